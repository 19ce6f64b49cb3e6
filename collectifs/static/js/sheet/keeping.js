// sheet/keeping.js: on a device that was prepared for the meeting, what is typed on the sheet's page is kept in the
// journal of the live screen, sealed, under the name that the live screen gives it: opened again here or there, it goes
// on from it. Nothing opens without the code of the device.
import { button, el, write } from "../live/dom.js";
import { waitWords } from "../live/device_code.js";
import { Keeper } from "../live/keeper.js";
import { openStore } from "../live/store.js";

const SHEET = "sheet"; // as live/drafts.js names it
const REST = 300;
// Only the live pages open without network (docs/decisions/kept-pages.md).
const BACK = "Sans réseau, cette page ne se rouvre pas : vos mots y reviendront avec lui.";

// Offers it where there is something to open, and only to whom the device was prepared by.
/** @param {Piece} root @param {import("../sheet_editor.js").SheetEditor} editor */
export async function offerKeeping(root, editor) {
  const store = await openStore();
  const { meeting, person } = root.dataset;
  const row = store && await store.meeting(meeting);
  if (!store || row?.person !== person) return;
  const said = el("p", { class: "small", role: "status" });
  const code = el("input", {
    class: "input", id: "code-appareil", inputmode: "numeric", autocomplete: "off", maxlength: "6",
  });
  const open = async () => {
    const { keeper, wait = 0 } = await Keeper.open({ store, meeting, code: code.value });
    if (!keeper) write(said, waitWords(wait));
    else box.replaceWith(await keep(root, editor, keeper));
  };
  code.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    open();
  });
  const box = el("div", { class: "notice" },
    el("p", {}, "Cet appareil est préparé pour ce regroupement : avec son code, ce que vous écrivez y est gardé, " +
      "même sans réseau."),
    el("p", { class: "inline-links" }, el("label", { for: "code-appareil" }, "Code de l’appareil"), code,
      button("Garder ici", open, "btn tight")),
    said,
  );
  root.before(box);
}

async function keep(root, editor, keeper) {
  const words = `Gardé sur cet appareil à mesure que vous écrivez. ${BACK}`;
  const line = el("p", { class: "small soft", role: "status" }, words);
  editor.isKept = true;
  keeper.onFailed = () => {
    editor.isKept = false;
    write(line, "Cet appareil ne garde plus rien : laissez cette page ouverte.");
  };
  const { named } = await keeper.load();
  if (named[SHEET] && !editor.isDirty) {
    editor.resume(named[SHEET]);
    write(line, `Ce que cet appareil gardait est revenu ; la suite y est gardée aussi. ${BACK}`);
  }
  /** @type {number | undefined} */
  let timer;
  const remember = () => keeper.remember(SHEET, editor.isDirty ? editor.draft() : null, true);
  const soon = () => { clearTimeout(timer); timer = setTimeout(remember, REST); };
  for (const name of ["input", "sheet-saved", "collectifs-written"]) root.addEventListener(name, soon);
  addEventListener("pagehide", remember);
  return line;
}
