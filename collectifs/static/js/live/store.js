// live/store.js: what this browser keeps of the meetings that it was prepared for (IndexedDB). In clear: ids, counts
// and instants. Everything else is sealed by vault.js before it comes here.
//   meetings  {meeting, person, device, lock, offset, prepared_at, last_seen, ends_at, tries, wait_until, runs}
//             ends_at: the planned end of the meeting, in ms; rows of before it was kept have none
//             runs: whether its time goes on, as far as this browser knows
//   records   {meeting, id, unsent: 0 or 1, iv, sealed}     id: of a gesture, or a name such as « page »
import { databases, inTime, local, openChannel } from "../lib/browser.js";

const BASE = "collectifs-seance";
const MARK = "collectifs-garde"; // says to every page, without opening anything, that something is kept
export const DAY = 86400000;
// Under which this browser's number for a meeting is kept; it says nothing of anybody.
export const deviceMark = (meeting) => `collectifs-appareil-${meeting}`;
// The list of a workshop (roll/device.js) is kept as a meeting is, under a name that begins so.
export const DOOR = "porte:";
export const isDoor = ({ meeting }) => meeting.startsWith(DOOR);
const KEPT_DAYS = 7;
const KEPT_DAYS_UNSENT = 30;

// The record of words that are typed and not noted: they wait for a key, not for the server.
export const TYPED = "typed";
/** @type {(ids: string[]) => number} */
export const actionsIn = (ids) => ids.filter((id) => id !== TYPED).length;

const done = (request) => inTime(new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
}));

const finished = (transaction) => inTime(new Promise((resolve, reject) => {
  transaction.oncomplete = resolve;
  transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  transaction.onerror = () => reject(transaction.error);
}));

// A window that wipes a meeting tells the others, which believed that they kept it.
function tellWiped(meeting) {
  const channel = openChannel(BASE);
  channel.postMessage({ wiped: meeting });
  channel.close();
}

// Gives back what ends the listening.
/** @param {(meeting: string) => void} listener */
export function hearWiped(listener) {
  const channel = openChannel(BASE);
  channel.onmessage = ({ data }) => listener(data.wiped);
  return () => channel.close();
}

function makeTables({ result: base }) {
  base.createObjectStore("meetings", { keyPath: "meeting" });
  base.createObjectStore("records", { keyPath: ["meeting", "id"] }).createIndex("unsent", ["meeting", "unsent"]);
}

export const holdsSomething = () => local.getItem(MARK) !== null;

// A device prepared ahead keeps what it was prepared for: a week from when it was last used here or, when that is
// later, from the meeting; thirty days when some never reached the server.
export function keptUntil({ last_seen: seen, ends_at: ends }, hasUnsent) {
  const from = Number.isFinite(ends) ? Math.max(seen, ends) : seen;
  return from + (hasUnsent ? KEPT_DAYS_UNSENT : KEPT_DAYS) * DAY;
}

// The store of this browser; null where there is none (a private window of some browsers). Without `make`, only one
// that holds something already is opened.
export async function openStore({ make = false } = {}) {
  const found = databases();
  if (!found || (!make && !holdsSomething())) return null;
  try {
    const request = found.open(BASE, 1);
    request.onupgradeneeded = () => makeTables(request);
    return new Store(await done(request));
  } catch {
    return null; // the browser refuses: the page says that nothing is kept
  }
}

const everyRecord = (meeting) => IDBKeyRange.bound([meeting], [meeting, []]);

export class Store {
  constructor(base) {
    this.base = base;
    base.onversionchange = () => base.close();
  }

  // On the disk, not in a buffer, before anything says that it is kept.
  async #write(work) {
    const transaction = this.base.transaction(["meetings", "records"], "readwrite", { durability: "strict" });
    const end = finished(transaction);
    work(transaction.objectStore("meetings"), transaction.objectStore("records"));
    await end;
  }

  #read(name) {
    return this.base.transaction(name).objectStore(name);
  }

  meeting(id) {
    return done(this.#read("meetings").get(id));
  }

  meetings() {
    return done(this.#read("meetings").getAll());
  }

  // A device prepared (again): what it held for this meeting goes away. Nothing is kept that no page would ever tidy.
  async addMeeting(row) {
    if (!local.setItem(MARK, "oui")) {
      local.removeItem(MARK);
      throw new Error("the mark is refused");
    }
    await this.#write((meetings, records) => {
      records.delete(everyRecord(row.meeting));
      meetings.put(row);
    });
  }

  changeMeeting(id, changes) {
    return this.#write((meetings) => {
      meetings.get(id).onsuccess = ({ target }) => {
        if (target.result) meetings.put({ ...target.result, ...changes });
      };
    });
  }

  records(meeting) {
    return done(this.#read("records").getAll(everyRecord(meeting)));
  }

  // Refused for a meeting that another window has wiped.
  put(kept) {
    return this.#write((meetings, records) => {
      meetings.get(kept[0].meeting).onsuccess = ({ target }) => {
        if (target.result) for (const each of kept) records.put(each);
        else target.transaction.abort();
      };
    });
  }

  markSent(meeting, ids) {
    return this.#write((_, records) => {
      for (const id of ids) {
        records.get([meeting, id]).onsuccess = ({ target }) => {
          if (target.result?.unsent) records.put({ ...target.result, unsent: 0 });
        };
      }
    });
  }

  remove(meeting, ids) {
    return this.#write((_, records) => { for (const id of ids) records.delete([meeting, id]); });
  }

  // The ids of what has not reached the server.
  async unsent(meeting) {
    const keys = await done(this.#read("records").index("unsent").getAllKeys(IDBKeyRange.only([meeting, 1])));
    return keys.map(([, id]) => id);
  }

  // Whether everything went. With `onlySent`, nothing does while something has not reached the server.
  async wipe(meeting, { onlySent = false } = {}) {
    let isWiped = false;
    await this.#write((meetings, records) => {
      records.index("unsent").count(IDBKeyRange.only([meeting, 1])).onsuccess = ({ target }) => {
        if (onlySent && target.result > 0) return;
        isWiped = true;
        records.delete(everyRecord(meeting));
        meetings.delete(meeting);
      };
    });
    if ((await this.meetings()).length === 0) local.removeItem(MARK);
    if (isWiped) tellWiped(meeting);
    return isWiped;
  }

  // Past its time, nothing is left of a meeting.
  async tidy(now = Date.now()) {
    for (const row of await this.meetings()) {
      const hasUnsent = (await this.unsent(row.meeting)).length > 0;
      if (now > keptUntil(row, hasUnsent)) await this.wipe(row.meeting);
    }
  }
}
