// live/leftovers.js: what this device still keeps, seen from any page: how long it may stay, and what becomes of it
// at sign-out. Nothing is opened here: ids and counts are enough.
import { inTime, local } from "../lib/browser.js";
import { exchange } from "../lib/http.js";
import { several } from "../lib/french.js";
import { button, el, write } from "./dom.js";
import { LIMITS } from "../lib/rules.js";
import { actionsIn, deviceMark, isDoor, openStore } from "./store.js";

const PATIENCE = 2500; // leaving does not wait for a server that does not answer
const LEFT_OPEN = LIMITS.left_open_s * 1000; // later than that after its end, nobody is in the room
const NOTHING_NEW = 1e9; // past every gesture: the answer says only whether the room opens
const KEPT =
  "Ce qui est gardé s’efface trente jours après sa dernière ouverture ou, si elle vient plus tard, " +
  "après la séance, dès qu’une page de Collectifs s’ouvre ici.";

export async function tidy() {
  await (await openStore())?.tidy();
}

// The server may stop saying that this device is awaited.
function tell({ meeting, device }) {
  return inPatience(exchange(`/seance/${meeting}/appareils/rendu`, { body: { device } }));
}

/** @param {Promise<Answer>} asked @returns {Promise<Answer>} */
const inPatience = (asked) => inTime(asked, PATIENCE).catch(() => ({ outcome: "offline" }));

async function forget(store, rows) {
  await Promise.all(rows.map(tell));
  for (const { meeting } of rows) await store.wipe(meeting);
}

// The words of a meeting have perished on the server: nothing of it stays here either. Gives back whether something
// did, and how much of it had never left: { wasKept, unsent }.
export async function forgetPerished(meeting) {
  const store = await openStore();
  const row = await store?.meeting(meeting);
  const unsent = store && row ? actionsIn(await store.unsent(meeting)) : 0;
  if (store && row) await forget(store, [row]);
  local.removeItem(deviceMark(meeting));
  return { wasKept: Boolean(row), unsent };
}

// Whether the person may sign out now: at once when everything has left and nothing goes on, else as they choose.
export async function mayLeave() {
  const store = await openStore();
  if (!store) return true;
  const all = await store.meetings();
  await dropLists(store, all.filter(isDoor));
  const rows = await Promise.all(all.filter((row) => !isDoor(row)).map((row) => look(store, row)));
  await forget(store, rows.filter(({ isFree }) => isFree));
  const held = rows.filter(({ isFree }) => !isFree);
  if (held.length === 0) return true;
  const choice = await ask(held);
  const open = held.find(({ mayOpen }) => mayOpen);
  if (choice === "send" && open) location.assign(`/seance/${open.meeting}?ouvrir=1`);
  if (choice === "erase") await forget(store, held);
  return choice === "keep" || choice === "erase";
}

// The list of a workshop belongs to no sign-in (a host has no account): what never left stays sealed, the rest goes.
async function dropLists(store, rows) {
  for (const { meeting } of rows) await store.wipe(meeting, { onlySent: true });
}

// What waits here for a meeting, and what may become of it.
async function look(store, row) {
  const ids = await store.unsent(row.meeting);
  const runs = Boolean(row.runs) && Date.now() < row.ends_at + LEFT_OPEN;
  if (ids.length === 0 && !runs) return { ...row, isFree: true };
  const { outcome, status } = await inPatience(exchange(`/seance/${row.meeting}/etat?depuis=${NOTHING_NEW}`));
  const isGone = outcome === "gone";
  return {
    ...row, runs: runs && !isGone,
    actions: actionsIn(ids),
    begun: ids.length > actionsIn(ids),
    mayOpen: !isGone, // no longer this person’s room: its page would say no
    isFree: isGone && status === 410, // its words have perished: nothing would be taken
  };
}

/** @param {any[]} held  what look() gives back */
export function leavingWords(held) {
  const actions = held.reduce((sum, each) => sum + each.actions, 0);
  const [begun, runs, open] = ["begun", "runs", "mayOpen"].map((name) => held.some((each) => each[name]));
  const heading = actions > 0
    ? `${several(actions, "action")} ${actions > 1 ? "ne sont pas parties" : "n’est pas partie"}`
    : begun ? "Une note commencée n’est pas notée" : "Une séance est en cours sur cet appareil";
  const where = open
    ? "Pour revenir à ces mots, la séance se rouvre et demande son code."
    : "Cette séance ne s’ouvre plus avec votre compte : rien ne peut plus partir.";
  const waits = actions > 0 || begun ? `Des mots attendent sur cet appareil, chiffrés. ${where} ` : "";
  const goesOn = runs
    ? "La séance continue dans sa page. Effacé d’ici, ce qui s’y écrit ne tiendra plus que dans cette page ouverte. "
    : "";
  return {
    heading,
    words: waits + goesOn + KEPT,
    send: !open ? "" : actions > 0 ? "Les envoyer" : "Revenir à la séance",
  };
}

// « Les envoyer / garder, chiffré / effacer ». Escape: stay.
function ask(held) {
  dress();
  const { heading, words, send } = leavingWords(held);
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "device-dialog", "aria-labelledby": "pas-partis" });
    const choose = (choice) => { resolve(choice); dialog.close(); }; // to close alone is to stay
    const erase = button("Effacer d’ici", () => (erase.dataset.sure ? choose("erase") : makeSure(erase)));
    dialog.append(
      el("h2", { id: "pas-partis" }, heading),
      el("p", {}, words),
      el("div", { class: "actions" },
        ...(send ? [button(send, () => choose("send"), "btn primary")] : []),
        button("Garder ici, chiffré", () => choose("keep")),
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
  write(erase, "Oui, effacer pour toujours");
}

// The dialog's style sheet is that of the live page; another page fetches it when it is needed.
function dress() {
  const href = new URL("../../css/device.css", import.meta.url).href;
  if (![...document.styleSheets].some((sheet) => sheet.href === href)) {
    document.head.append(el("link", { rel: "stylesheet", href }));
  }
}
