// roll_call.js: ticking who is there goes on without network. The ticks (ids, never a name) stay on this device until
// the server has them, and leave by themselves when the network is back. Without this script the button sends them.
import { patience } from "./lib/browser.js";

const AGAIN = 15000;
const WORDS = {
  waits: "Pas de réseau\u00a0: les présences restent sur cet appareil. Elles partiront à son retour, page ouverte.",
  sent: "Les présences sont enregistrées.",
  refused: "Les présences n’ont pas été acceptées\u00a0: enregistrez-les de nouveau.",
};

export class RollCall {
  #sending = false;

  constructor(form, { store = localStorage, send = (url, options) => fetch(url, options) } = {}) {
    this.form = form;
    this.store = store;
    this.send = send;
    this.key = `presences:${form.dataset.roll}`;
    this.#restore();
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#keep(); this.flush(); });
    form.addEventListener("change", () => this.#keep());
  }

  boxes() {
    return [...this.form.querySelectorAll("input[name=present]")];
  }

  #keep() {
    this.store.setItem(this.key, JSON.stringify(this.boxes().filter((each) => each.checked).map((each) => each.value)));
  }

  #restore() {
    const kept = this.store.getItem(this.key);
    if (kept === null) return;
    const ticked = new Set(JSON.parse(kept));
    for (const each of this.boxes()) each.checked = ticked.has(each.value);
    this.flush();
  }

  // What was kept goes as the form would have sent it; what is ticked meanwhile goes with the next one.
  async flush() {
    const kept = this.store.getItem(this.key);
    if (kept === null || this.#sending) return;
    this.#sending = true;
    try {
      const body = new URLSearchParams(/** @type {any} */ (new FormData(this.form)));
      const options = { method: "POST", body, signal: patience(10000) };
      const answer = await this.send(this.form.action || location.href, options);
      if (answer.status >= 500) throw new Error("later");
      if (answer.ok && this.store.getItem(this.key) === kept) this.store.removeItem(this.key);
      this.#say(answer.ok ? "sent" : "refused");
    } catch {
      this.#say("waits");
    } finally {
      this.#sending = false;
    }
  }

  #say(what) {
    const box = this.form.querySelector("[data-roll-said]");
    box.hidden = false;
    box.className = `notice gap ${what === "sent" ? "kept" : "ask"}`;
    box.textContent = WORDS[what];
    for (const button of this.form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    delete this.form.dataset.sent;
  }
}

for (const form of document.querySelectorAll("form[data-roll]")) {
  const roll = new RollCall(form);
  addEventListener("online", () => roll.flush());
  setInterval(() => roll.flush(), AGAIN);
}
