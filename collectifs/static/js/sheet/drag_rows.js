// sheet/drag_rows.js: an answer moved by its grip, with a mouse, a pen or a finger. By keyboard: sheet/answer_rows.js.
// The other rows step aside: the one that is held never leaves the page, and the pointer never loses it.

/** @param {Piece} grip @param {Piece} row @param {(before: Element[]) => void} dropped */
export function makeDraggable(grip, row, dropped) {
  grip.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    grip.releasePointerCapture(event.pointerId);
    const before = [...row.parentElement.children];
    const follow = ({ clientY }) => stepAside(row, clientY);
    const drop = ({ type }) => {
      for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, drop);
      removeEventListener("pointermove", follow);
      row.classList.remove("is-held");
      if (type === "pointercancel") row.parentElement.replaceChildren(...before);
      else if (before.indexOf(row) !== [...row.parentElement.children].indexOf(row)) dropped(before);
    };
    row.classList.add("is-held");
    addEventListener("pointermove", follow);
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, drop);
  });
}

function stepAside(row, y) {
  const { previousElementSibling: above, nextElementSibling: below } = row;
  if (above && y < middle(above)) row.after(above);
  else if (below && y > middle(below)) row.before(below);
}

function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
