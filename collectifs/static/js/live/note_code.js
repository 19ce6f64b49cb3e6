// live/note_code.js: the square code « pour noter », by which the secretary’s own device opens this screen. It holds
// the address and no secret: the server opens the room to whom it is open, whoever scans the code.
import { button, el, typed } from "./dom.js";
import { drawing } from "./square_code.js";

/** @param {string[]} rows @param {string} name  of the secretary @param {Piece} place */
export function showNoteCode(rows, name, place) {
  const title = el("h2", { id: "pour-noter", tabindex: "-1" }, "Pour noter");
  const says = `${name} scanne ce code : l’écran des notes s’ouvre sur son appareil, s’il est entré dans Collectifs. ` +
    "À personne d’autre il n’ouvre rien.";
  const dialog = el("dialog", {
    class: "hand-over", "aria-labelledby": "pour-noter", "aria-describedby": "pour-noter-dit",
  },
    title,
    el("p", { id: "pour-noter-dit" }, typed(says)),
    el("div", { class: "square-code" }, drawing(rows)),
    el("div", { class: "actions" }, button("Fermer", () => dialog.close(), "btn primary")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  place.append(dialog);
  dialog.showModal();
  title.focus({ preventScroll: true });
}
