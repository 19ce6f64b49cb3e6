// live/keeper.js: the kept copy of one meeting, open: every write is sealed, in the order in which it was asked for.
import { makeKey, openKey, seal, unseal, waitAfter } from "./vault.js";

const LOOSE = 1000; // ms by which the server's time may drift before it is written again
const SEEN = 3600000; // how often « last seen here » is written

export class Keeper {
  #queue = Promise.resolve();
  #row;
  failed = false; // the browser refused to write: the page says that it alone holds the words
  onFailed = () => {};

  constructor({ store, row, key }) {
    this.store = store;
    this.key = key;
    this.meeting = row.meeting;
    this.#row = row;
  }

  // Prepares this device for a meeting.
  static async make({ store, meeting, person, device, endsAt, code, now = Date.now() }) {
    const { lock, key } = await makeKey(code);
    const row = {
      meeting, person, device, lock, offset: 0, prepared_at: now, last_seen: now, ends_at: endsAt, tries: 0,
      wait_until: 0, runs: false,
    };
    await store.addMeeting(row);
    return new Keeper({ store, row, key });
  }

  // Opens what this device keeps: {keeper}, or {wait} in ms before another code may be tried.
  static async open({ store, meeting, code, now = Date.now() }) {
    const row = await store.meeting(meeting);
    if (row.wait_until > now) return { wait: row.wait_until - now };
    const key = await openKey(row.lock, code);
    const tries = key ? 0 : row.tries + 1;
    await store.changeMeeting(
      meeting,
      key ? { tries, wait_until: 0, last_seen: now } : { tries, wait_until: now + waitAfter(tries) },
    );
    return key ? { keeper: new Keeper({ store, row, key }) } : { wait: waitAfter(tries) };
  }

  get offset() {
    return this.#row.offset;
  }

  // One after the other. Resolves once all that was asked for is on the disk.
  #after(work) {
    this.#queue = this.#queue.then(work).catch(() => {
      if (this.failed) return;
      this.failed = true;
      this.onFailed();
    });
    return this.#queue;
  }

  settled() {
    return this.#queue;
  }

  #place(id) {
    return `${this.meeting}/${id}`;
  }

  async #record(id, value, unsent) {
    return { meeting: this.meeting, id, unsent: unsent ? 1 : 0, ...(await seal(this.key, value, this.#place(id))) };
  }

  put(gestures, unsent) {
    if (gestures.length === 0) return this.#queue;
    return this.#after(async () =>
      this.store.put(await Promise.all(gestures.map((each) => this.#record(each.id, each, unsent)))),
    );
  }

  // Something that is no gesture, under a name: the page's own data, words being typed. `unsent`: the server has not
  // got it.
  remember(name, value, unsent = false) {
    if (value === null) return this.#after(() => this.store.remove(this.meeting, [name]));
    return this.#after(async () => this.store.put([await this.#record(name, value, unsent)]));
  }

  sent(ids) {
    return ids.length > 0 ? this.#after(() => this.store.markSent(this.meeting, ids)) : this.#queue;
  }

  drop(ids) {
    return ids.length > 0 ? this.#after(() => this.store.remove(this.meeting, ids)) : this.#queue;
  }

  // Whether the meeting goes on: a browser does not forget one that does without asking.
  runs(isRunning) {
    if (isRunning === Boolean(this.#row.runs)) return;
    this.#row = { ...this.#row, runs: isRunning };
    this.#after(() => this.store.changeMeeting(this.meeting, { runs: isRunning }));
  }

  // Everything that is kept: {gestures, unsent: ids, named: {name: value}}.
  async load() {
    await this.#queue;
    /** @type {Kept} */
    const found = { gestures: [], unsent: [], named: {} };
    for (const record of await this.store.records(this.meeting)) {
      const value = await unseal(this.key, record, this.#place(record.id));
      if (value?.kind) {
        found.gestures.push(value);
        if (record.unsent) found.unsent.push(record.id);
      } else found.named[record.id] = value;
    }
    return found;
  }

  // The ids of what the server has not got; null when another window has wiped everything.
  async unsent() {
    await this.#queue;
    return (await this.store.meeting(this.meeting)) ? this.store.unsent(this.meeting) : null;
  }

  // The server's time against this machine's, so that the page starts right without network.
  seen(offset, now = Date.now()) {
    if (Math.abs(offset - this.#row.offset) < LOOSE && now - this.#row.last_seen < SEEN) return;
    this.#row = { ...this.#row, offset, last_seen: now };
    this.#after(() => this.store.changeMeeting(this.meeting, { offset, last_seen: now }));
  }

  // Resolves to whether everything went. With `onlySent`, what another window has not sent yet stays.
  async wipe({ onlySent = false } = {}) {
    await this.#queue;
    return this.store.wipe(this.meeting, { onlySent });
  }
}
