// live/journal.js: the gestures of this meeting. Each is kept here at once, then sent; those of other devices
// are fetched. Nothing is lost while this page stays open: what is not acknowledged is sent again.
import { exchange } from "../lib/http.js";

const POLL = 4000;
const POLL_HIDDEN = 20000;
const LONGEST_WAIT = 30000;
const BATCH = 50;

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // where the page is not served over https
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// `after(ms)` waits, and `hidden()` says whether anybody is looking: tests give their own.
export class Journal {
  #gestures = new Map();
  #unsent = new Map();
  #sequence = 0;
  #failures = 0;
  #wake = () => {};
  loaded = false;
  trouble = null; // null, offline, refused (the whole sending), expired, gone

  constructor({ urls, device, clock, onChange, onRefused, onSeen = () => {}, ask = exchange, wait = null, hidden = () => document.hidden }) {
    Object.assign(this, { urls, device, clock, onChange, onRefused, onSeen, ask, hidden });
    this.wait = wait ?? ((delay) => new Promise((resolve) => setTimeout(resolve, delay)));
  }

  get gestures() {
    return [...this.#gestures.values()];
  }

  get unsent() {
    return this.#unsent.size;
  }

  add(kind, body, hand) {
    const gesture = { id: uuid(), kind, hand, happened_at: this.clock.stamp(), body };
    this.#gestures.set(gesture.id, gesture);
    this.#unsent.set(gesture.id, gesture);
    this.onChange();
    if (!this.trouble) this.#wake();
    return gesture;
  }

  // Sends and fetches for as long as the page lives.
  async run() {
    while (this.trouble !== "gone") {
      const outcome = this.#unsent.size > 0 ? await this.#send() : await this.#fetch();
      this.#note(outcome);
      await this.#pause();
    }
  }

  // Back in the foreground, or the network said to be back: do not wait longer.
  hurry() {
    this.#wake();
  }

  // The page is being left: one last attempt, that outlives it.
  lastAttempt() {
    if (this.#unsent.size > 0) this.#post([...this.#unsent.values()], true);
  }

  #note(outcome) {
    const went = outcome === "ok" || outcome === "unchanged";
    this.#failures = went ? 0 : this.#failures + 1;
    const trouble = went ? null : outcome;
    if (went) this.loaded = true;
    if (trouble !== this.trouble || went) {
      this.trouble = trouble;
      this.onChange();
    }
  }

  async #pause() {
    const delay = this.#delay();
    if (delay === 0) return;
    await Promise.race([this.wait(delay), new Promise((resolve) => { this.#wake = resolve; })]);
    this.#wake = () => {};
  }

  #delay() {
    if (this.#failures > 0) return Math.min(LONGEST_WAIT, 1000 * 2 ** (this.#failures - 1)) * (0.5 + Math.random() / 2);
    if (this.#unsent.size > 0) return 0;
    return this.hidden() ? POLL_HIDDEN : POLL;
  }

  #post(events, keepalive = false) {
    return this.ask(this.urls.gestures, { body: { device: this.device, events }, keepalive });
  }

  async #send() {
    const sent = [...this.#unsent.values()].slice(0, BATCH);
    const answer = await this.#post(sent);
    this.clock.hear(answer);
    if (answer.outcome !== "ok") return answer.outcome;
    for (const id of answer.data.accepted) this.#unsent.delete(id);
    for (const { id } of answer.data.refused) this.#forget(id);
    if (answer.data.refused.length > 0) this.onRefused(answer.data.refused);
    // Nobody else wrote meanwhile: these gestures need not be fetched back.
    if (answer.data.sequence === this.#sequence + answer.data.accepted.length) this.#sequence = answer.data.sequence;
    return "ok";
  }

  async #fetch() {
    const answer = await this.ask(`${this.urls.state}?depuis=${this.#sequence}`);
    this.clock.hear(answer);
    if (answer.outcome !== "ok") return answer.outcome;
    const unseen = answer.data.events.filter((gesture) => !this.#gestures.has(gesture.id));
    for (const gesture of answer.data.events) this.#take(gesture);
    for (const gesture of unseen) this.onSeen(gesture);
    this.#sequence = answer.data.sequence;
    return "ok";
  }

  #take(gesture) {
    this.clock.saw(gesture.happened_at);
    this.#gestures.set(gesture.id, gesture);
    this.#unsent.delete(gesture.id);
  }

  #forget(id) {
    this.#gestures.delete(id);
    this.#unsent.delete(id);
  }
}
