// What a browser keeps, as much of it as live/store.js asks for: two shelves in memory, each write ended soon after.

const keyOf = (row) => JSON.stringify(row.id === undefined ? row.meeting : [row.meeting, row.id]);
const asKey = (key) => JSON.stringify(key);

class Shelf {
  constructor(rows, transaction) {
    this.rows = rows;
    this.transaction = transaction;
  }

  #answer(result) {
    const request = { result, transaction: this.transaction };
    queueMicrotask(() => request.onsuccess?.({ target: request }));
    return request;
  }

  #within({ meeting }) {
    return [...this.rows.values()].filter((row) => row.meeting === meeting);
  }

  #unsent({ meeting }) {
    return this.#within({ meeting }).filter(({ unsent }) => unsent === 1).map(({ id }) => [meeting, id]);
  }

  get(key) { return this.#answer(structuredClone(this.rows.get(asKey(key)))); }
  getAll(range) { return this.#answer(range ? this.#within(range) : [...this.rows.values()]); }
  put(row) { return this.#answer(this.rows.set(keyOf(row), row) && undefined); }

  delete(key) {
    const keys = key.meeting === undefined ? [asKey(key)] : this.#within(key).map(keyOf);
    for (const each of keys) this.rows.delete(each);
    return this.#answer(undefined);
  }

  index() {
    return {
      getAllKeys: (range) => this.#answer(this.#unsent(range)),
      count: (range) => this.#answer(this.#unsent(range).length),
    };
  }
}

// Put in the place of the browser's own: gives { meetings, records }, what is kept now.
export function keepHere() {
  const kept = { meetings: new Map(), records: new Map() };
  const transaction = () => {
    const made = { objectStore: (name) => new Shelf(kept[name], made), abort() { made.isAborted = true; } };
    setImmediate(() => (made.isAborted ? made.onabort?.() : made.oncomplete?.()));
    return made;
  };
  globalThis.indexedDB = {
    open() {
      const request = { result: { transaction, close() {} } };
      queueMicrotask(() => request.onsuccess?.());
      return request;
    },
  };
  globalThis.IDBKeyRange = {
    bound: ([meeting]) => ({ meeting }),
    only: ([meeting]) => ({ meeting }),
  };
  return kept;
}
