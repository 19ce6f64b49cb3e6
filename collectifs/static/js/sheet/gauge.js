// sheet/gauge.js: how much room the fiche still has on its one page, beside the editor and beside the preview.

const PAUSE = 2000; // without a key: then the true page is asked for
/** @type {number | undefined} */
let timer;
let wanted = ""; // the page to show
let isLoading = false; // one at a time
export let heard = 0; // how often the server said how much room there is

function showPreview(isOver, filled, picture) {
  const height = isOver ? 297 : Math.min(100, filled) * 2.97; // millimetres of the page
  document.querySelector(".preview")?.classList.toggle("is-over", isOver);
  document.querySelector("[data-preview-fill]")?.setAttribute("height", height);
  want(picture);
}

export function want(picture) {
  wanted = picture ?? wanted;
  rest();
}

function rest() {
  clearTimeout(timer);
  if (wanted) timer = setTimeout(draw, PAUSE);
}

// The new page takes the place of the former one once it is there; a machine that is busy is asked again later.
function draw() {
  const shown = document.querySelector("[data-preview]");
  if (isLoading || !shown) return;
  /** @type {any} */
  const next = shown.cloneNode();
  const address = wanted;
  isLoading = true;
  next.onload = () => {
    shown.replaceWith(next);
    drawn(wanted === address);
  };
  next.onerror = () => drawn(false);
  next.src = address;
}

function drawn(isLast) {
  isLoading = false;
  if (isLast) wanted = "";
  else rest();
}

addEventListener("input", () => { if (wanted) rest(); });

// Which answers end below the page (the server counts those that are filled), and what cannot print.
function showMarks(root, { over_answers: over = [], signs = "" }) {
  let number = 0;
  for (const row of root.querySelectorAll("[data-answer-row]")) {
    const isFilled = [...row.querySelectorAll("textarea, .condition input")].some(({ value }) => value.trim());
    number += Number(isFilled);
    row.classList.toggle("ends-below", isFilled && over.includes(number));
  }
  const line = document.querySelector("[data-preview-signs]");
  if (line && line.textContent !== signs) line.textContent = signs;
}

export function say(root, words) {
  const places = [root.querySelector("[data-gauge]"), document.querySelector("[data-preview-say]")];
  for (const place of places) if (place && place.textContent !== words) place.textContent = words;
  return places;
}

// Whether what is measured and shown is of an earlier text: the present one was not saved.
export function sayFormer(isFormer) {
  const line = document.querySelector("[data-preview-former]");
  const words = isFormer ? line?.dataset.previewFormer : "";
  if (line && line.textContent !== words) line.textContent = words;
}

// Nothing changes when the page was not measured.
export function showRoom(root, measured) {
  sayFormer(false);
  const { say: words, over, filled, preview_url: picture } = measured;
  heard += 1;
  if (measured.busy) {
    import("./busy.js").then((busy) => busy.showBusy(root, measured));
    return;
  }
  if (words === undefined) return;
  for (const place of say(root, words)) place?.classList.toggle("is-over", over);
  showMarks(root, measured);
  showPreview(over, filled, picture);
}
