// roll/device.js: « Préparer cet appareil » for the list of a workshop, which then opens here again without network,
// after its code. What it keeps is sealed as the live page's is (live/keeper.js); it goes as soon as all has left, once
// the workshop is over, or when live/store.js says that its days are past.
import { inTime, sealing, workers } from "../lib/browser.js";
import { several } from "../lib/french.js";
import { SLOW, keepPage, waitWords } from "../live/device_code.js";
import { el, show, write } from "../live/dom.js";
import { Keeper } from "../live/keeper.js";
import { NO_NETWORK } from "../live/prepare_device.js";
import { DOOR, openStore } from "../live/store.js";
import { CODE, weakness } from "../live/vault.js";
import { RollCall, SealedTicks, hidden } from "./call.js";

const NOTHING_KEPT =
  "Ce navigateur ne garde rien ici (fenêtre privée, disque plein ?) : gardez plutôt cette page ouverte.";

/** @type {any} */
const keeping = workers();

// A fingerprint of its address: that of a host holds their link, which nobody may read here.
async function doorKey(path) {
  const mark = await sealing().digest("SHA-256", new TextEncoder().encode(path));
  return DOOR + [...new Uint8Array(mark)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What the list says, off the page of the server.
function readList(form) {
  const rows = [...form.querySelectorAll("input[name=present]")];
  return {
    title: document.querySelector(".lead")?.textContent ?? "",
    when: document.querySelector("[data-roll-when]").textContent.trim(),
    people: rows.map((box) => {
      const label = box.closest("label");
      const from = label.querySelector("small")?.textContent ?? "";
      return { id: box.value, name: label.querySelector("[data-name]").textContent, from };
    }),
    shown: [...form.querySelectorAll("input[name=shown]")].map(({ value }) => value),
  };
}

export class ListDevice {
  /** @type {any} */
  keeper = null;

  /** @type {any} */
  row = null;

  /** @type {any} */
  store = null; // live/store.js, once it was found

  /** @param {Piece} section @param {{ form?: any, roll?: any }} known  none on the page that this device keeps */
  constructor(section, { form = null, roll = null } = {}) {
    this.section = section;
    this.form = form;
    this.roll = roll;
    this.code = section.querySelector("[name=code]");
    section.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    section.querySelector("[data-erase]").addEventListener("click", () => this.#erase());
  }

  // What this device keeps of this list; false where it cannot keep anything, or does not.
  async look() {
    if (!sealing() || !keeping || !(await this.#find())) return false;
    if (!this.row && Date.now() > Number(this.section.dataset.ends)) return false; // the workshop is over
    this.#show(this.row ? "locked" : "none");
    if (this.row) this.#waits((await this.store.unsent(this.key)).length > 0);
    return this.row !== null;
  }

  async #find() {
    try {
      this.key = await doorKey(location.pathname);
      this.store = await openStore();
      await this.store?.tidy();
      this.row = (await this.store?.meeting(this.key)) ?? null;
      return true;
    } catch {
      return false; // the browser refuses: the page stays as it is
    }
  }

  #show(state) {
    for (const part of this.section.querySelectorAll("[data-state]")) {
      show(part, part.dataset.state.split(" ").includes(state));
    }
    write(this.section.querySelector("button[type=submit]"), state === "locked" ? "Ouvrir" : "Préparer cet appareil");
    show(this.section, true);
  }

  #waits(isWaiting) {
    show(this.section.querySelector("[data-waits]"), isWaiting);
  }

  #refuse(words) {
    const place = this.section.querySelector("[data-refusal]");
    show(place, words !== "");
    write(place.querySelector("p"), words);
    if (words === "") return this.code.removeAttribute("aria-invalid");
    this.code.setAttribute("aria-invalid", "true");
    return this.code.focus();
  }

  async #submit() {
    const code = this.code.value.replace(/\s/g, "");
    const why = this.row && CODE.test(code) ? "" : weakness(code);
    this.#refuse(why);
    if (why || this.isBusy) return;
    this.isBusy = true;
    write(this.section.querySelector("[data-said]"), "Un instant…");
    try {
      await (this.row ? this.#open(code) : this.#prepare(code));
    } finally {
      this.isBusy = false;
      write(this.section.querySelector("[data-said]"), "");
    }
  }

  async #prepare(code) {
    try {
      await keepPage(location.pathname.replace(/^(\/[a-z]+\/).*$/, "$1"));
    } catch {
      return this.#refuse(NO_NETWORK);
    }
    try {
      this.store = await openStore({ make: true });
      const endsAt = Number(this.section.dataset.ends);
      const known = { store: this.store, meeting: this.key, person: null, device: "", endsAt, code };
      this.keeper = await inTime(Keeper.make(known), SLOW);
    } catch {
      return this.#refuse(NOTHING_KEPT);
    }
    this.row = await this.store.meeting(this.key);
    return this.#goOn({});
  }

  async #open(code) {
    const asked = Keeper.open({ store: this.store, meeting: this.key, code });
    const { keeper, wait } = await inTime(asked, SLOW).catch(() => ({ keeper: null, wait: 0 }));
    if (!keeper) return this.#refuse(waitWords(wait));
    this.keeper = keeper;
    return this.#goOn((await keeper.load()).named);
  }

  // The list of the server is what counts; without it, the one that was kept.
  /** @param {Record<string, any>} named  what was kept */
  #goOn({ page, ticks = null }) {
    this.code.value = "";
    this.list = this.form ? readList(this.form) : page;
    if (this.form) this.keeper.remember("page", this.list);
    else this.#build(this.list);
    const sealed = new SealedTicks(this.keeper, ticks);
    if (this.roll) this.roll.keepIn(sealed);
    else this.roll = new RollCall(this.form, { ticks: sealed });
    this.roll.onSent = (ids) => this.#sent(ids);
    this.#waits(false);
    this.#show("ready");
    document.querySelector("h1").focus({ preventScroll: true });
  }

  #build({ title, when, people, shown }) {
    this.form = /** @type {any} */ (document.querySelector("form[data-roll]"));
    write(document.querySelector("[data-roll-title]"), title);
    write(document.querySelector("[data-roll-when]"), when);
    write(document.querySelector("[data-roll-count]"), several(people.length, "place prise", "places prises"));
    this.form.querySelector("fieldset").append(...people.map(({ id, name, from }) =>
      el("label", {},
        el("input", { type: "checkbox", name: "present", value: id, checked: shown.includes(id) }),
        el("span", {}, name, from && el("small", { class: "soft" }, from)),
      ),
    ));
    this.form.append(...shown.map((id) => hidden("shown", id)));
    show(this.form, true);
  }

  // All has left: once the workshop is over nothing stays here.
  async #sent(ids) {
    this.list = { ...this.list, shown: ids };
    this.keeper.remember("page", this.list);
    if (Date.now() < this.row.ends_at) return;
    if (await this.keeper.wipe({ onlySent: true })) this.#gone();
  }

  async #erase() {
    await this.store.wipe(this.key);
    this.#gone();
    if (this.section.dataset.shell !== undefined) location.reload();
  }

  #gone() {
    this.row = null;
    this.keeper = null;
    this.roll?.keepInClear();
    this.#show("gone");
  }
}
