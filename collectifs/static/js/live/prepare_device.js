// live/prepare_device.js: what this device keeps of the meeting, and what it says of it. Its code is asked for by
// device_code.js, which comes when it serves. The words stand in templates/live/run.html.
import { keepsFor, local, sealing, workers } from "../lib/browser.js";
import { exchange } from "../lib/http.js";
import { button, el, leaveMenu, show, write } from "./dom.js";
import { actionsIn, deviceMark, openStore } from "./store.js";


export const NO_STORE =
  "Ce navigateur ne garde rien ici (fenêtre privée, disque plein ?) : ouvrez la séance dans une fenêtre ordinaire.";
export const NO_NETWORK = "La préparation a besoin du réseau : recommencez dès qu’il revient.";
const NOT_SAFE = "La préparation demande une adresse en https : celle-ci ne l’est pas.";
const NO_WORKER =
  "Ce navigateur ne sait pas garder la séance. Ouverte depuis un message ou une autre application, " +
  "la page n’y est pas dans un vrai navigateur : ouvrez-la dans Safari, Chrome, Edge ou Firefox.";
const GONE = "Les notes de ce regroupement sont effacées ; cet appareil a effacé les siennes.";
const NOT_YOURS =
  "Cet appareil garde des actions d’une autre personne pour cette séance, pas encore parties : " +
  "qu’elle entre ici pour les envoyer.";

export class Device {
  /** @type {(keeper: Keeper, kept?: Kept) => Promise<void>} */
  attach;

  /** @type {(waiting: number) => void} */
  onLocked;

  /** @type {DeviceCode | null} */
  asking = null; // live/device_code.js, once it served

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
    this.section.querySelector("button").addEventListener("click", () => this.ask());
  }

  // A line of the « … » menu: also once the meeting has begun.
  offerIn(menu) {
    this.entry = button("Préparer cet appareil", () => { leaveMenu(menu); this.ask(); }, "");
    this.why = el("p", { class: "small soft", hidden: true });
    menu.prepend(this.entry, this.why);
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
    if (state === "impossible") write(this.section.querySelector("[data-why]"), words);
    const act = this.section.querySelector("button");
    show(act, state === "none" || state === "locked");
    write(act, state === "locked" ? "Donner le code" : "Préparer cet appareil");
    if (this.entry) {
      show(this.entry, !act.hidden);
      write(this.entry, act.textContent);
      show(this.why, state === "impossible");
      write(this.why, words);
    }
    show(this.section, true);
  }

  // With the page's own data: what this device keeps of the meeting, if anything.
  async look() {
    if (!sealing()) return this.show("impossible", NOT_SAFE);
    if (!workers()) return this.show("impossible", NO_WORKER);
    try {
      return await this.#offer();
    } catch {
      return this.show("impossible", NO_STORE); // the browser opens its store and refuses what is in it
    }
  }

  async #offer() {
    await this.#find();
    if (this.row && this.row.person !== this.data.person) return this.#ofSomebodyElse();
    if (!this.row) return this.show("none");
    this.show("locked");
    this.onLocked(actionsIn(await this.store.unsent(this.id)));
    return this.ask();
  }

  async #find() {
    this.store = await openStore();
    if (this.data) await this.store?.changeMeeting(this.id, { ends_at: this.endsAt }); // its date may have moved
    await this.store?.tidy();
    this.row = (await this.store?.meeting(this.id)) ?? null;
  }

  get endsAt() {
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
    if (sealing()) await this.#find();
    if (!this.row) return false;
    this.mustOpen = true;
    place.append(this.dialog); // in the page: there is nothing behind it to come back to
    await this.ask();
    return true;
  }

  // Opens the dialog: to prepare, or to give the code again.
  async ask() {
    try {
      const { DeviceCode } = await import("./device_code.js");
      this.asking ??= new DeviceCode(this);
    } catch {
      return this.show("impossible", NO_NETWORK); // it did not come: the page goes on without it
    }
    return this.asking.open();
  }

  // `question` to the browser, of what is kept here: does it promise to keep it? It is not waited for, since some ask
  // the person; until it says yes, and in a private window, the page promises less.
  ready(keeper, question) {
    this.#promise(false);
    keepsFor(question).then((doesKeep) => this.#promise(doesKeep));
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

  async tell(path, body) {
    return (await exchange(this.data.urls.devices + path, { body: { device: this.number, ...body } })).outcome;
  }

  // The words have perished on the server: what is kept here goes, the code given or not.
  async perished() {
    await this.store?.wipe(this.id);
    local.removeItem(deviceMark(this.id));
    await this.tell("/rendu", {});
    this.row = null;
    this.show("impossible", GONE);
  }

  // Another window has wiped what this browser kept: it is not prepared any more.
  forgotten() {
    this.row = null;
    this.show("none");
  }

  // All has left and nothing is kept here any more: the server may stop saying that this device is awaited.
  async returned() {
    this.row = null;
    this.show("none");
    await this.tell("/rendu", {});
  }
}
