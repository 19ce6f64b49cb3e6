// live/leftovers.js: what this device still keeps, seen from any page: how long it may stay, and what becomes of it
// at sign-out. Nothing is opened here: ids and counts are enough.
import { local } from "../lib/browser.js";
import { exchange } from "../lib/http.js";
import { several } from "../lib/french.js";
import { button, el, write } from "./dom.js";
import { deviceMark, openStore } from "./store.js";

const PATIENCE = 2500; // leaving does not wait for a server that does not answer

export async function tidy() {
  await (await openStore())?.tidy();
}

// The server may stop saying that this device is awaited.
function tell({ meeting, device }) {
  const told = exchange(`/seance/${meeting}/appareils/rendu`, { body: { device } });
  return Promise.race([told, new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);
}

async function forget(store, rows) {
  await Promise.all(rows.map(tell));
  for (const { meeting } of rows) await store.wipe(meeting);
}

// The words of a meeting have perished on the server: nothing of it stays here either. Gives back whether something
// did, and how much of it had never left: { wasKept, unsent }.
export async function forgetPerished(meeting) {
  const store = await openStore();
  const row = await store?.meeting(meeting);
  const unsent = store && row ? (await store.unsent(meeting)).length : 0;
  if (store && row) await forget(store, [row]);
  local.removeItem(deviceMark(meeting));
  return { wasKept: Boolean(row), unsent };
}

// Whether the person may sign out now: at once when everything has left, else as they choose.
export async function mayLeave() {
  const store = await openStore();
  if (!store) return true;
  const rows = await Promise.all(
    (await store.meetings()).map(async (row) => ({ ...row, waiting: (await store.unsent(row.meeting)).length })),
  );
  await forget(store, rows.filter(({ waiting }) => waiting === 0));
  const held = rows.filter(({ waiting }) => waiting > 0);
  if (held.length === 0) return true;
  const choice = await ask(held.reduce((sum, { waiting }) => sum + waiting, 0));
  if (choice === "send") location.assign(`/seance/${held[0].meeting}?ouvrir=1`);
  if (choice === "erase") await forget(store, held);
  return choice === "keep" || choice === "erase";
}

function heading(number) {
  return `${several(number, "action")} ${number > 1 ? "ne sont pas parties" : "n’est pas partie"}`;
}

// « Les envoyer / les garder chiffrés / les effacer ». Escape: stay.
function ask(number) {
  dress();
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "device-dialog", "aria-labelledby": "pas-partis" });
    const choose = (choice) => { dialog.close(); resolve(choice); };
    const erase = button("Les effacer", () => (erase.dataset.sure ? choose("erase") : makeSure(erase)));
    dialog.append(
      el("h2", { id: "pas-partis" }, heading(number)),
      el("p", {},
        "Ils attendent sur cet appareil, chiffrés. Pour les envoyer, la séance se rouvre et demande son code. " +
          "Gardés, ils s’effacent trente jours après leur dernière ouverture ou, si elle vient plus tard, " +
          "après la séance, dès qu’une page de Collectifs s’ouvre ici.",
      ),
      el("div", { class: "actions" },
        button("Les envoyer", () => choose("send"), "btn primary"),
        button("Les garder chiffrés", () => choose("keep")),
        erase,
        button("Rester", () => choose("stay"), "btn quiet"),
      ),
    );
    dialog.addEventListener("close", () => { dialog.remove(); resolve("stay"); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// Words that are nowhere else: asked twice.
function makeSure(erase) {
  erase.dataset.sure = "yes";
  write(erase, "Oui, les effacer pour toujours");
}

// The dialog's style sheet is that of the live page; another page fetches it when it is needed.
function dress() {
  const href = new URL("../../css/device.css", import.meta.url).href;
  if (![...document.styleSheets].some((sheet) => sheet.href === href)) {
    document.head.append(el("link", { rel: "stylesheet", href }));
  }
}
