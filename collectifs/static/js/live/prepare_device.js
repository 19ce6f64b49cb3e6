// live/prepare_device.js: « Préparer cet appareil », the code that opens what it keeps, and what it says of both.
// The words stand in templates/live/run.html; this fills them in and shows the part that applies.
import { keepsFor, local, workers } from "../lib/browser.js";
import { exchange } from "../lib/http.js";
import { minutes, several } from "../lib/french.js";
import { button, el, leaveMenu, show, write } from "./dom.js";
import { Keeper } from "./keeper.js";
import { deviceMark, openStore } from "./store.js";
import { canSeal, CODE } from "./vault.js";

const WORKER = "/sw.js";
const SCOPE = "/seance/";
const PAGE_READY = 60000;

export const NO_STORE =
  "Ce navigateur ne garde rien ici (fenêtre privée, disque plein ?) : ouvrez la séance dans une fenêtre ordinaire.";
const NOT_SAFE = "La préparation demande une adresse en https : celle-ci ne l’est pas.";
const NO_WORKER =
  "Ce navigateur ne sait pas garder la séance. Ouverte depuis un message ou une autre application, " +
  "la page n’y est pas dans un vrai navigateur : ouvrez-la dans Safari, Chrome, Edge ou Firefox.";
const NO_NETWORK = "La préparation a besoin du réseau : recommencez dès qu’il revient.";
const GONE = "Les notes de ce regroupement sont effacées ; cet appareil a effacé les siennes.";
const NOT_YOURS =
  "Cet appareil garde des actions d’une autre personne pour cette séance, pas encore parties : " +
  "qu’elle entre ici pour les envoyer.";

// Phone or computer: what its owner would recognise, no more.
const kindOfDevice = () => (matchMedia("(pointer: coarse)").matches ? "phone" : "computer");

// What the device will hold, as people would say it.
/** @param {RoomData} data */
export function readyWords({ steps, situations, sheet, members }) {
  const total = steps.reduce((sum, step) => sum + step.minutes, 0);
  return [
    "La page et tout ce qu’il lui faut",
    `Le déroulé : ${several(steps.length, "étape")}, ${minutes(total)}`,
    situations.length > 0 && several(situations.length, "situation proposée", "situations proposées"),
    `Les noms du collectif : ${several(members.length, "personne")}`,
    sheet && "Le brouillon de la fiche",
  ].filter(Boolean);
}

export function waitWords(wait) {
  if (wait <= 0) return "Ce n’est pas ce code.";
  const rest = wait < 60000 ? several(Math.ceil(wait / 1000), "seconde") : minutes(Math.ceil(wait / 60000));
  return `Ce n’est pas ce code. Après cinq codes faux, il faut attendre : le prochain essai dans ${rest}.`;
}

// The page and its files, kept by the browser; resolves once they all are.
async function keepPage() {
  const keeping = workers();
  if (!keeping) throw new Error("no worker");
  await keeping.register(WORKER, { scope: SCOPE, updateViaCache: "none" });
  let timer;
  const tooLong = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("too long")), PAGE_READY); });
  await Promise.race([keeping.ready, tooLong]);
  clearTimeout(timer);
}

function waitingWords(waiting) {
  if (waiting === 0) return "";
  const leave = waiting > 1 ? "ne sont pas parties : elles partiront" : "n’est pas partie : elle partira";
  return `${several(waiting, "action")} ${leave} dès le code donné.`;
}

export class Device {
  /** @type {(keeper: Keeper, kept?: Kept) => Promise<void>} */
  attach;

  /** @type {(waiting: number) => void} */
  onLocked;

  /** @type {any} */
  store; // live/store.js, once it was found

  // `attach(keeper, kept)`, set by whoever owns the journal: it goes on with it. `number`: this browser's, for this
  // meeting.
  /** @param {Piece} root @param {{ id: string, data?: any }} known  `data`: RoomData, once it is known */
  constructor(root, { id, data = null }) {
    this.root = root;
    this.id = id;
    /** @type {RoomData} */
    this.data = data;
    this.number = "";
    this.row = null;
    this.section = root.querySelector("[data-device]");
    this.dialog = root.querySelector("[data-device-dialog]");
    this.form = this.dialog.querySelector("form");
    this.code = this.form.elements.code;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    this.dialog.querySelector("[data-later]").addEventListener("click", () => this.dialog.close());
    this.section.querySelector("button").addEventListener("click", () => this.ask());
  }

  // A line of the « … » menu: also once the meeting has begun.
  offerIn(menu) {
    this.entry = button("Préparer cet appareil", () => { leaveMenu(menu); this.ask(); }, "");
    menu.prepend(this.entry);
  }

  // It shows itself before the start; afterwards the menu is enough.
  standIn(view) {
    const place = view?.querySelector("[data-start]");
    if (place) place.after(this.section);
    else this.section.remove();
  }

  // What this device is: not prepared, locked (it keeps something, the code was not given yet), ready, impossible.
  show(state, words = "") {
    this.state = state;
    for (const part of this.section.querySelectorAll("[data-state]")) show(part, part.dataset.state === state);
    const refusal = this.section.querySelector('[data-state="impossible"]');
    if (state === "impossible") write(refusal, words);
    const act = this.section.querySelector("button");
    show(act, state === "none" || state === "locked");
    write(act, state === "locked" ? "Donner le code" : "Préparer cet appareil");
    if (this.entry) {
      show(this.entry, !act.hidden);
      write(this.entry, act.textContent);
    }
    show(this.section, true);
  }

  // With the page's own data: what this device keeps of the meeting, if anything.
  async look() {
    if (!canSeal()) return this.show("impossible", NOT_SAFE);
    if (!workers()) return this.show("impossible", NO_WORKER);
    try {
      await this.#find();
    } catch {
      return this.show("impossible", NO_STORE); // the browser opens its store and refuses what is in it
    }
    if (this.row && this.row.person !== this.data.person) return this.#ofSomebodyElse();
    if (!this.row) return this.show("none");
    this.show("locked");
    this.onLocked((await this.store.unsent(this.id)).length);
    return this.ask();
  }

  async #find() {
    this.store = await openStore();
    if (this.data) await this.store?.changeMeeting(this.id, { ends_at: this.#endsAt() }); // its date may have moved
    await this.store?.tidy();
    this.row = (await this.store?.meeting(this.id)) ?? null;
  }

  #endsAt() {
    return Date.parse(this.data.meeting.ends_at);
  }

  async #ofSomebodyElse() {
    const waiting = await this.store.unsent(this.id);
    this.row = null;
    if (waiting.length > 0) this.show("impossible", NOT_YOURS);
    else this.show("none");
  }

  // Without network: nothing is shown before the code. False when this device keeps nothing of the meeting.
  async open(place) {
    if (canSeal()) await this.#find();
    if (!this.row) return false;
    this.mustOpen = true;
    place.append(this.dialog); // in the page: there is nothing behind it to come back to
    await this.ask();
    return true;
  }

  // Opens the dialog: to prepare, or to give the code again.
  async ask() {
    const isKept = this.row !== null;
    const waiting = isKept ? (await this.store.unsent(this.id)).length : 0;
    this.#dress(isKept, waiting);
    this.#say("");
    this.#refuse("");
    this.form.reset();
    if (this.mustOpen) this.dialog.show();
    else this.dialog.showModal();
    // On a telephone what is said first is read first; elsewhere the field has the focus, and is read with all that.
    const isFirst = !isKept && kindOfDevice() === "phone";
    (isFirst ? this.dialog.querySelector("h2") : this.code).focus();
    if (!isKept) this.dialog.scrollTop = 0; // a field that has the focus may have scrolled it
  }

  #dress(isKept, waiting) {
    const part = (name) => this.dialog.querySelector(`[data-${name}]`);
    for (const each of this.dialog.querySelectorAll("[data-for]")) {
      show(each, each.dataset.for === (isKept ? "open" : "prepare"));
    }
    if (!isKept) part("ready").replaceChildren(...readyWords(this.data).map((words) => el("li", {}, words)));
    write(part("waiting"), waitingWords(waiting));
    show(part("later"), !this.mustOpen);
    write(this.form.querySelector("button[type=submit]"), isKept ? "Ouvrir" : "Préparer cet appareil");
  }

  #say(words) {
    write(this.dialog.querySelector("[data-said]"), words);
  }

  #refuse(words) {
    const place = this.dialog.querySelector("[data-refusal]");
    show(place, words !== "");
    write(place.querySelector("p"), words);
    if (words === "") this.code.removeAttribute("aria-invalid");
    else {
      this.code.setAttribute("aria-invalid", "true");
      this.code.select();
      this.code.focus();
    }
  }

  async #submit() {
    const code = this.code.value.replace(/\s/g, "");
    if (this.isBusy) return;
    this.#refuse(CODE.test(code) ? "" : "Le code compte six chiffres.");
    if (!CODE.test(code)) return;
    this.isBusy = true;
    try {
      await (this.row ? this.#unlock(code) : this.#prepare(code));
    } finally {
      this.isBusy = false;
      this.#say("");
    }
  }

  async #unlock(code) {
    this.#say("Un instant…");
    const { keeper, wait } = await Keeper.open({ store: this.store, meeting: this.id, code });
    if (!keeper) return this.#refuse(waitWords(wait));
    const kept = await keeper.load();
    if (this.data) keeper.remember("page", this.data);
    await this.attach(keeper, kept);
    return this.#ready(keeper, "persisted");
  }

  async #prepare(code) {
    this.#say("La page se range sur cet appareil…");
    const outcome = await this.#tell("", { kind: kindOfDevice() });
    if (outcome !== "ok") {
      return this.#refuse(
        outcome === "offline"
          ? NO_NETWORK
          : "Le serveur n’a pas pris cet appareil. Rouvrez la séance, puis recommencez.",
      );
    }
    this.store = await openStore({ make: true });
    if (!this.store) return this.#notKept(NO_STORE);
    try {
      await keepPage();
    } catch {
      return this.#notKept(NO_NETWORK);
    }
    const keeper = await this.#make(code);
    if (!keeper) return this.#notKept(NO_STORE);
    keeper.remember("page", this.data);
    await this.attach(keeper);
    this.row = await this.store.meeting(this.id);
    return this.#ready(keeper, "persist");
  }

  // Null where the browser refuses to write.
  async #make(code) {
    const { store, id: meeting, number: device, data: { person } } = this;
    try {
      return await Keeper.make({ store, meeting, person, device, endsAt: this.#endsAt(), code });
    } catch {
      return null;
    }
  }

  // The server was told that this device keeps the meeting: it does not.
  #notKept(words) {
    this.#tell("/rendu", {});
    return this.#refuse(words);
  }

  // `question` to the browser, of what is kept here: does it promise to keep it? It is not waited for, since some ask
  // the person; until it says yes, and in a private window, the page promises less.
  #ready(keeper, question) {
    this.#promise(false);
    keepsFor(question).then((doesKeep) => this.#promise(doesKeep));
    this.dialog.close();
    this.root.append(this.dialog);
    this.mustOpen = false;
    if (keeper.failed) this.show("impossible", NO_STORE);
    else this.show("ready");
    (this.section.isConnected ? this.section : document.querySelector("h1")).focus({ preventScroll: true });
  }

  #promise(doesKeep) {
    show(this.section.querySelector("[data-lasts]"), doesKeep);
    show(this.section.querySelector("[data-may-forget]"), !doesKeep);
  }

  async #tell(path, body) {
    return (await exchange(this.data.urls.devices + path, { body: { device: this.number, ...body } })).outcome;
  }

  // The words have perished on the server: what is kept here goes, the code given or not.
  async perished() {
    await this.store?.wipe(this.id);
    local.removeItem(deviceMark(this.id));
    await this.#tell("/rendu", {});
    this.row = null;
    this.show("impossible", GONE);
  }

  // All has left and nothing is kept here any more: the server may stop saying that this device is awaited.
  async returned() {
    this.row = null;
    this.show("none");
    await this.#tell("/rendu", {});
  }
}
