// live/journal.js: the gestures of this meeting. Each is kept first (on the disk, sealed, when this device is
// prepared), then sent; those of other devices are fetched. What is not acknowledged is sent again; repeating it is
// harmless.
import { oneWindow, uuid } from "../lib/browser.js";
import { exchange } from "../lib/http.js";
import { GESTURES } from "../lib/rules.js";

// How often the server is asked for news: tools/bench_live.py measures with these numbers.
export const POLL = 4000;
export const POLL_ALONE = 15000; // this page steers and nobody else was heard of
export const POLL_HIDDEN = 20000;
export const FIRST_WAIT = 1000;
export const LONGEST_WAIT = 30000;
export const BATCH = 50;
const COMPANY = 600000; // for how long another device that was heard of is thought to be there

export const UNDO = (GESTURES.note_removed.undo_s ?? 0) * 1000; // the words of a removed note can be brought back

const wordless = (gesture) => ({ ...gesture, body: { ...gesture.body, text: "" } });
/** @type {(gesture?: any) => string} */
const looksOf = ({ kind, hand, happened_at: at, body }) =>
  JSON.stringify([kind, hand, Date.parse(at), Object.entries(body).sort()]);

// `after(ms)` waits, and `hidden()` says whether anybody is looking: tests give their own.
export class Journal {
  /** @type {Map<string, Gesture>} */
  #gestures = new Map();
  /** @type {Map<string, Gesture>} */
  #unsent = new Map();
  #sequence = 0;
  #failures = 0;
  #isBehind = false; // somebody else wrote meanwhile: fetched without waiting
  #heardAt = -Infinity; // when another device was last heard of
  /** @type {(value?: any) => void} */
  #wake = () => {};
  loaded = false;
  locked = 0; // gestures that wait on this device for its code to be given
  /** @type {Keeper | null} */
  keeper = null; // live/keeper.js, once this device is prepared and its code given
  /** @type {string | null} */
  trouble = null; // null, offline, closed, refused (the whole sending), expired, stranger, hidden, ended, gone

  /**
   * @param {{
   *   urls: RoomUrls, device: string, person: string, clock: ServerClock,
   *   onChange: () => void, onRefused: (refused: Refused[]) => void, onSeen?: (gesture: Gesture) => void,
   *   onGone?: () => void, isAlone?: () => boolean, ask?: Ask,
   *   wait?: ((delay: number) => Promise<void>) | null, hidden?: () => boolean,
   * }} known
   */
  constructor({
    urls,
    device,
    person,
    clock,
    onChange,
    onRefused,
    onSeen = () => {},
    onGone = () => {},
    isAlone = () => false,
    ask = exchange,
    wait = null,
    hidden = () => document.hidden,
  }) {
    this.urls = urls;
    this.device = device;
    this.person = person;
    this.clock = clock;
    this.onChange = onChange;
    this.onRefused = onRefused;
    this.onSeen = onSeen;
    this.onGone = onGone;
    this.isAlone = isAlone;
    this.ask = ask;
    this.hidden = hidden;
    this.wait = wait ?? ((delay) => new Promise((resolve) => setTimeout(resolve, delay)));
  }

  get gestures() {
    return [...this.#gestures.values()];
  }

  get unsent() {
    return this.#unsent.size;
  }

  // Whether what is made here outlives this page.
  get isKept() {
    return this.keeper !== null && !this.keeper.failed;
  }

  /**
   * @template {GestureKind} K
   * @param {K} kind @param {GestureBodies[K]} body @param {number} hand @param {Instant} [at]
   * @returns {Gesture}
   */
  add(kind, body, hand, at = this.clock.stamp()) {
    const gesture = { id: uuid(), kind, hand, happened_at: at, body };
    this.#gestures.set(gesture.id, gesture);
    this.#unsent.set(gesture.id, gesture);
    this.keeper?.put([gesture], true);
    this.onChange();
    if (!this.trouble) this.#wake();
    return gesture;
  }

  // From now on this device keeps a copy. What it held already comes in; what this page made goes there.
  /** @param {Keeper} keeper @param {Pick<Kept, "gestures" | "unsent">} kept */
  async attach(keeper, { gestures, unsent } = { gestures: [], unsent: [] }) {
    const before = this.gestures;
    for (const gesture of gestures) {
      this.clock.saw(gesture.happened_at);
      if (!this.#gestures.has(gesture.id)) {
        this.#gestures.set(gesture.id, gesture);
        if (unsent.includes(gesture.id)) this.#unsent.set(gesture.id, gesture);
      }
    }
    this.keeper = keeper;
    keeper.onFailed = () => this.onChange();
    this.locked = 0;
    keeper.put(
      before.filter(({ id }) => !this.#unsent.has(id)),
      false,
    );
    keeper.put(
      before.filter(({ id }) => this.#unsent.has(id)),
      true,
    );
    await keeper.settled();
    this.loaded = true;
    this.onChange();
    this.#wake();
  }

  // Nothing is kept on this device any more; the page goes on in memory.
  // With `onlySent`, only when nothing waits to be sent, from another window either; resolves to whether it went.
  async detach({ onlySent = false } = {}) {
    const { keeper } = this;
    if (!keeper || !(await keeper.wipe({ onlySent }))) return false;
    this.keeper = null;
    this.onChange();
    return true;
  }

  // Another window of this browser has wiped what was kept: from now on the words stand in this page alone.
  lost() {
    this.keeper = null;
    this.locked = 0;
    this.onChange();
  }

  // The words of what has not left, in their order.
  get unsentWords() {
    return [...this.#unsent.values()].map(({ body }) => body.text ?? "").filter((words) => words !== "");
  }

  // What has not left never will: it is forgotten here.
  forgetUnsent() {
    const ids = [...this.#unsent.keys()];
    for (const id of ids) this.#forget(id);
    this.keeper?.drop(ids);
    this.onChange();
  }

  // Sends and fetches for as long as the page lives.
  async run() {
    while (this.trouble !== "gone") {
      const outcome = this.#unsent.size > 0 ? await this.#send() : await this.#fetch();
      this.#note(outcome);
      if (outcome === "gone") await this.onGone();
      await this.#pause();
    }
  }

  // Back in the foreground, or the network said to be back: do not wait longer.
  hurry() {
    this.#wake();
  }

  // The page is being left: one last attempt, that outlives it.
  lastAttempt() {
    const mayLeave = !["stranger", "hidden", "ended", "gone"].includes(this.trouble ?? "");
    if (this.#unsent.size > 0 && mayLeave) this.#post([...this.#unsent.values()], true);
  }

  // ---------- Words that were removed ----------

  // The words of a removed note leave this page and this device; what the server has not got yet goes there first.
  forgetNote(note) {
    const full = this.gestures.filter(({ id, body }) => body.note === note && body.text && !this.#unsent.has(id));
    const emptied = full.map(wordless);
    for (const gesture of emptied) this.#gestures.set(gesture.id, gesture);
    this.keeper?.put(emptied, false);
    return emptied.length;
  }

  // Those of notes that nobody can bring back: their time of undo is over, or they were removed before the close.
  forgetRemoved(isClosed = false) {
    const undone = new Set(this.gestures.map(({ body }) => body.undoes));
    const isOver = ({ happened_at: at }) => isClosed || Date.parse(at) + UNDO < this.clock.now();
    const removed = this.gestures.filter(
      (each) => each.kind === "note_removed" && !undone.has(each.id) && isOver(each),
    );
    const forgotten = removed.map(({ body }) => this.forgetNote(body.note)).some((number) => number > 0);
    if (forgotten) this.onChange();
  }

  // ---------- The exchange ----------

  #note(outcome) {
    const went = outcome === "ok" || outcome === "unchanged";
    this.#failures = went ? 0 : this.#failures + 1;
    const trouble = went ? null : outcome;
    if (went) {
      this.loaded = true;
      this.keeper?.seen(this.clock.offset);
    }
    if (trouble !== this.trouble || went) {
      this.trouble = trouble;
      this.onChange();
    }
  }

  async #pause() {
    const delay = this.#delay();
    if (delay === 0) return;
    await Promise.race([
      this.wait(delay),
      new Promise((resolve) => {
        this.#wake = resolve;
      }),
    ]);
    this.#wake = () => {};
  }

  #delay() {
    if (this.#failures > 0) {
      return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1)) * (0.5 + Math.random() / 2);
    }
    if (this.#unsent.size > 0 || this.#isBehind) return 0;
    if (this.hidden()) return POLL_HIDDEN;
    return this.isAlone() && performance.now() - this.#heardAt > COMPANY ? POLL_ALONE : POLL;
  }

  #post(events, keepalive = false) {
    const { device, person } = this;
    return this.ask(this.urls.gestures, { body: { device, person, events }, keepalive, person });
  }

  // 404: not with this account, and so nothing leaves; another may come back. When the server knows that it is the same
  // person, the room is no longer theirs. 410: the words have perished.
  /** @param {Answer} answer */
  #outcome({ outcome, status, headers }) {
    if (outcome === "gone" && status === 404) return headers?.get("X-Person") ? "ended" : "hidden";
    return status === 409 ? "stranger" : outcome;
  }

  #send() {
    // Two windows share one journal: one at a time sends what this browser keeps.
    return this.keeper ? oneWindow(`collectifs-${this.keeper.meeting}`, () => this.#sendBatch()) : this.#sendBatch();
  }

  async #sendBatch() {
    if (this.keeper) await this.#sentElsewhere();
    const sent = [...this.#unsent.values()].slice(0, BATCH);
    if (sent.length === 0) return this.#fetch();
    const answer = await this.#post(sent);
    this.clock.hear(answer);
    if (answer.outcome !== "ok") return this.#outcome(answer);
    /** @type {SentAnswer} */
    const { accepted, refused, sequence } = answer.data;
    for (const id of accepted) this.#unsent.delete(id);
    for (const { id } of refused) this.#forget(id);
    this.keeper?.sent(accepted);
    this.keeper?.drop(refused.map(({ id }) => id));
    if (refused.length > 0) this.onRefused(refused);
    // Nobody else wrote meanwhile: these gestures need not be fetched back.
    this.#isBehind = sequence !== this.#sequence + accepted.length;
    if (!this.#isBehind) this.#sequence = sequence;
    return "ok";
  }

  // What another window of this browser has sent is not sent twice.
  async #sentElsewhere() {
    const ids = [...this.#unsent.keys()]; // what is added from here on is not on the disk yet
    const waiting = await this.keeper?.unsent();
    if (!this.isKept || !waiting) return;
    for (const id of ids) if (!waiting.includes(id)) this.#unsent.delete(id);
  }

  async #fetch() {
    const answer = await this.ask(`${this.urls.state}?depuis=${this.#sequence}`, { person: this.person });
    this.clock.hear(answer);
    this.#isBehind = false;
    if (answer.outcome !== "ok") return this.#outcome(answer);
    /** @type {NewsAnswer} */
    const { events, sequence } = answer.data;
    const unseen = events.filter((gesture) => !this.#gestures.has(gesture.id));
    if (this.loaded && unseen.length > 0) this.#heardAt = performance.now();
    this.#take(events);
    for (const gesture of unseen) this.onSeen(gesture);
    this.#sequence = sequence;
    return "ok";
  }

  // What the server holds is what is true: a clock brought back to its time, words that are gone.
  #take(events) {
    const news = events.filter(
      (each) =>
        this.#unsent.has(each.id) ||
        !this.#gestures.has(each.id) ||
        looksOf(each) !== looksOf(this.#gestures.get(each.id)),
    );
    for (const gesture of events) {
      this.clock.saw(gesture.happened_at);
      this.#gestures.set(gesture.id, gesture);
      this.#unsent.delete(gesture.id);
    }
    this.keeper?.put(news, false);
  }

  #forget(id) {
    this.#gestures.delete(id);
    this.#unsent.delete(id);
  }
}
