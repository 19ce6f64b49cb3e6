// lib/grow.js: where a browser does not know `field-sizing: content` (Safari before 26.2, Firefox before 152), a text
// box grows with its words by this. page.js asks for it there only.
const seen = new WeakMap(); // each box: how it looked when it was measured

function grow(box) {
  const looks = `${box.clientWidth} ${box.value}`;
  if (box.clientWidth === 0 || seen.get(box) === looks) return;
  seen.set(box, looks);
  const before = scrollY;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  if (scrollY !== before) scrollTo(scrollX, before);
}

let isAsked = false;

function growAll() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    for (const box of document.querySelectorAll("textarea")) grow(box);
  });
}

// What is typed, what a script writes (it says « collectifs-written »), what comes into the page or is unfolded.
export function growBoxes() {
  growAll();
  for (const kind of ["input", "collectifs-written"]) document.addEventListener(kind, growAll);
  addEventListener("resize", growAll);
  const parts = { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "open"] };
  new MutationObserver(growAll).observe(document.body, parts);
}
