// live/device_code.js: « Préparer cet appareil », and the code that opens what it keeps: the dialog of both.
import { inTime, workers } from "../lib/browser.js";
import { minutes, several } from "../lib/french.js";
import { el, show, write } from "./dom.js";
import { Keeper } from "./keeper.js";
import { NO_NETWORK, NO_STORE } from "./prepare_device.js";
import { actionsIn, openStore } from "./store.js";
import { CODE, weakness } from "./vault.js";

const WORKER = "/sw.js";
const SCOPE = "/seance/";
const PAGE_READY = 60000;
export const SLOW = 20000; // a code is made slow on purpose; an old telephone takes some seconds

const NO_ANSWER = "Ce navigateur ne répond pas : rechargez la page, puis redonnez le code.";

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
export async function keepPage(scope = SCOPE) {
  const keeping = workers();
  if (!keeping) throw new Error("no worker");
  const registered = keeping.register(WORKER, { scope, updateViaCache: "none" });
  await inTime(registered.then(() => keeping.ready), PAGE_READY);
}

function waitingWords(waiting) {
  if (waiting === 0) return "";
  const leave = waiting > 1 ? "ne sont pas parties : elles partiront" : "n’est pas partie : elle partira";
  return `${several(waiting, "action")} ${leave} dès le code donné.`;
}

export class DeviceCode {
  /** @param {Device} device */
  constructor(device) {
    this.device = device;
    this.dialog = device.dialog;
    this.form = this.dialog.querySelector("form");
    this.code = this.form.elements.code;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    this.dialog.querySelector("[data-later]").addEventListener("click", () => this.dialog.close());
  }

  // To prepare, or to give the code again.
  async open() {
    const isKept = this.device.row !== null;
    const waiting = isKept ? actionsIn(await this.device.store.unsent(this.device.id)) : 0;
    this.#dress(isKept, waiting);
    this.#say("");
    this.#refuse("");
    this.form.reset();
    if (this.device.mustOpen) this.dialog.show();
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
    if (!isKept) part("ready").replaceChildren(...readyWords(this.device.data).map((words) => el("li", {}, words)));
    write(part("waiting"), waitingWords(waiting));
    show(part("later"), !this.device.mustOpen);
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
    const why = this.device.row && CODE.test(code) ? "" : weakness(code); // one that was chosen before still opens
    this.#refuse(why);
    if (why) return;
    this.isBusy = true;
    try {
      await (this.device.row ? this.#unlock(code) : this.#prepare(code));
    } finally {
      this.isBusy = false;
      this.#say("");
    }
  }

  async #unlock(code) {
    this.#say("Un instant…");
    const { store, id: meeting } = this.device;
    const opened = await inTime(Keeper.open({ store, meeting, code }), SLOW).catch(() => null);
    if (!opened) return this.#refuse(NO_ANSWER);
    const { keeper, wait } = opened;
    if (!keeper) return this.#refuse(waitWords(wait));
    const kept = await keeper.load();
    if (this.device.data) keeper.remember("page", this.device.data);
    await this.device.attach(keeper, kept);
    return this.#ready(keeper, "persisted");
  }

  async #prepare(code) {
    this.#say("La page se range sur cet appareil…");
    const outcome = await this.device.tell("", { kind: kindOfDevice() });
    if (outcome !== "ok") {
      return this.#refuse(
        outcome === "offline"
          ? NO_NETWORK
          : "Le serveur n’a pas pris cet appareil. Rouvrez la séance, puis recommencez.",
      );
    }
    this.device.store = await openStore({ make: true });
    if (!this.device.store) return this.#notKept(NO_STORE);
    try {
      await keepPage();
    } catch {
      return this.#notKept(NO_NETWORK);
    }
    const keeper = await this.#make(code);
    if (!keeper) return this.#notKept(NO_STORE);
    keeper.remember("page", this.device.data);
    await this.device.attach(keeper);
    this.device.row = await this.device.store.meeting(this.device.id);
    return this.#ready(keeper, "persist");
  }

  // Null where the browser refuses to write.
  async #make(code) {
    const { store, id: meeting, number: device, data: { person }, endsAt } = this.device;
    try {
      return await inTime(Keeper.make({ store, meeting, person, device, endsAt, code }), SLOW);
    } catch {
      return null;
    }
  }

  // The server was told that this device keeps the meeting: it does not.
  #notKept(words) {
    this.device.tell("/rendu", {});
    if (words === NO_STORE) this.device.show("impossible", words);
    return this.#refuse(words);
  }

  #ready(keeper, question) {
    this.dialog.close();
    this.device.ready(keeper, question);
  }
}
