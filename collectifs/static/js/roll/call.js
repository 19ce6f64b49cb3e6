// roll/call.js: ticking who is there goes on without network. The ticks (ids, never a name) stay on this device until
// the server has them, and leave by themselves when the network is back. Without this script the button sends them.
import { local, patience } from "../lib/browser.js";
import { DAY } from "../live/store.js";

const TICKS_KEPT_DAYS = 30; // what never left goes with the next list that is opened here
const WORDS = {
  waits: "Pas de réseau\u00a0: les présences restent sur cet appareil. Elles partiront à son retour, page ouverte.",
  sent: "Les présences sont enregistrées.",
  refused: "Les présences n’ont pas été acceptées\u00a0: enregistrez-les de nouveau.",
  expired:
    "Votre connexion a expiré\u00a0: connectez-vous dans un autre onglet. Les présences restent sur cet appareil, et " +
    "partiront ensuite.",
};

// Ids alone, beside the page: what a device that was not prepared keeps.
export class ClearTicks {
  constructor(name, shelf = local, now = Date.now) {
    this.key = `presences:${name}`;
    this.shelf = shelf;
    this.now = now;
  }

  read() {
    const kept = this.shelf.getItem(this.key);
    if (kept === null) return null;
    const { at, ids } = JSON.parse(kept);
    if (this.now() < at + TICKS_KEPT_DAYS * DAY) return ids;
    this.clear();
    return null;
  }

  write(ids) {
    this.shelf.setItem(this.key, JSON.stringify({ at: this.now(), ids }));
  }

  clear() {
    this.shelf.removeItem(this.key);
  }
}

// Sealed under the code of a prepared device (live/keeper.js).
export class SealedTicks {
  constructor(keeper, ids = null) {
    this.keeper = keeper;
    this.ids = ids;
  }

  read() {
    return this.ids;
  }

  write(ids) {
    this.ids = ids;
    this.keeper.remember("ticks", ids, true);
  }

  clear() {
    this.ids = null;
    this.keeper.remember("ticks", null);
  }
}

const isElsewhere = ({ redirected, url }) => redirected && new URL(url).pathname !== location.pathname;

export class RollCall {
  #sending = false;

  /** @type {(ids: string[]) => void} */
  onSent = () => {};

  /** @param {any} form @param {{ ticks?: any, send?: any }} known */
  constructor(form, { ticks = new ClearTicks(form.dataset.roll), send = (url, options) => fetch(url, options) } = {}) {
    this.form = form;
    this.ticks = ticks;
    this.send = send;
    this.#restore();
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#keep(); this.flush(); });
    form.addEventListener("change", () => this.#keep());
  }

  // From now on in another place: what waited goes there too.
  keepIn(ticks) {
    const waiting = this.ticks.read();
    this.ticks.clear();
    this.ticks = ticks;
    if (waiting !== null && ticks.read() === null) ticks.write(waiting);
    this.#restore();
  }

  keepInClear() {
    this.keepIn(new ClearTicks(this.form.dataset.roll));
  }

  boxes() {
    return [...this.form.querySelectorAll("input[name=present]")];
  }

  #keep() {
    this.ticks.write(this.boxes().filter((each) => each.checked).map((each) => each.value));
  }

  #restore() {
    const kept = this.ticks.read();
    if (kept === null) return;
    for (const each of this.boxes()) each.checked = kept.includes(each.value);
    this.flush();
  }

  // What was kept goes as the form would have sent it; what is ticked meanwhile goes with the next one.
  async flush() {
    const kept = this.ticks.read();
    if (kept === null || this.#sending) return;
    this.#sending = true;
    try {
      const said = await this.#post();
      if (said === "sent" && String(this.ticks.read()) === String(kept)) this.#left(kept);
      this.#say(said);
    } catch {
      this.#say("waits");
    } finally {
      this.#sending = false;
    }
  }

  async #post() {
    if (!this.form.elements.csrf_token && !(await this.#freshToken())) return "expired";
    let answer = await this.#try();
    if (answer.status === 403 && (await this.#freshToken())) answer = await this.#try();
    if (answer.status >= 500) throw new Error("later");
    if (isElsewhere(answer)) return "expired";
    return answer.ok ? "sent" : "refused";
  }

  #try() {
    const body = new URLSearchParams(/** @type {any} */ (new FormData(this.form)));
    return this.send(this.form.action || location.href, { method: "POST", body, signal: patience(10000) });
  }

  // The page that this device keeps has none, and that of a former sign-in is stale: the page itself has one.
  async #freshToken() {
    const answer = await this.send(location.pathname, { cache: "no-store", signal: patience(10000) });
    if (answer.status >= 500) throw new Error("later");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = isElsewhere(answer) ? null : page.querySelector("form[data-roll] input[name=csrf_token]");
    if (!token) return false;
    this.form.elements.csrf_token?.remove();
    this.form.append(token);
    return true;
  }

  // The server has them: who unticks somebody now says so of what it knows.
  #left(ids) {
    this.ticks.clear();
    for (const each of this.form.querySelectorAll("input[name=shown]")) each.remove();
    for (const id of ids) this.form.append(hidden("shown", id));
    this.onSent(ids);
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

export function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}
