// sheet/gauge.js: how much room the fiche still has on its one page, beside the editor and beside the preview.
import { several } from "../lib/french.js";

// What the server has measured, in words.
function roomWords(left, isOver) {
  if (isOver) return `${several(Math.max(1, Math.abs(left)), "ligne")} de trop.`;
  return left > 0 ? `Une page. Il reste de la place pour ${several(left, "ligne")}.` : "Une page, remplie.";
}

function showPreview(isOver, filled, picture) {
  const height = isOver ? 297 : Math.min(100, filled) * 2.97; // millimetres of the page
  document.querySelector(".preview")?.classList.toggle("is-over", isOver);
  document.querySelector("[data-preview-fill]")?.setAttribute("height", height);
  if (picture) document.querySelector("[data-preview]")?.setAttribute("src", picture);
}

// Nothing changes when the page was not measured.
export function showRoom(root, { pages, lines_left: left, over, say, filled, preview_url: picture }) {
  if (pages === undefined && say === undefined) return;
  const isOver = over ?? pages > 1;
  const words = say ?? roomWords(left, isOver);
  for (const place of [root.querySelector("[data-gauge]"), document.querySelector("[data-preview-say]")]) {
    if (place && place.textContent !== words) place.textContent = words;
    place?.classList.toggle("is-over", isOver);
  }
  showPreview(isOver, filled ?? 100, picture);
}
