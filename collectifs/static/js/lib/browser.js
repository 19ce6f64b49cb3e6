// lib/browser.js: what a browser may lack, or refuse (cookies blocked, a full disk): the page goes on without it.

// Ends a request that takes longer. The short way exists since Safari 16 and Chrome 103.
export function patience(delay) {
  if (AbortSignal.timeout) return AbortSignal.timeout(delay);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), delay);
  return controller.signal;
}

// What is asked of the browser and comes in time; a refusal when it never answers: the page goes on without it.
export const IN_TIME = 3000;
export function inTime(asked, delay = IN_TIME) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("no answer")), delay); });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

// Settings of this browser. Where it keeps nothing (reaching for its storage may throw by itself), they hold for as
// long as the page lives.
class Shelf {
  #here = new Map();

  constructor(storage) {
    this.storage = storage;
  }

  getItem(key) {
    if (this.#here.has(key)) return this.#here.get(key);
    try {
      return this.storage().getItem(key);
    } catch {
      return null; // refused: nothing was kept
    }
  }

  // Whether it outlives the page.
  setItem(key, value) {
    try {
      this.storage().setItem(key, value);
      this.#here.delete(key);
      return true;
    } catch {
      this.#here.set(key, value);
      return false;
    }
  }

  removeItem(key) {
    this.#here.delete(key);
    try {
      this.storage().removeItem(key);
    } catch {
      this.#here.set(key, null); // refused: at least it is not read again
    }
  }
}

export const local = new Shelf(() => localStorage);
export const session = new Shelf(() => sessionStorage);

// The databases of this browser, or null.
export function databases() {
  try {
    return globalThis.indexedDB ?? null;
  } catch {
    return null; // refused
  }
}

// Sealing needs a page served over https, or from this very machine; null where there is none, or it is refused.
/** @returns {any} */
export function sealing() {
  try {
    return globalThis.crypto.subtle ?? null;
  } catch {
    return null;
  }
}

// What keeps the page itself, or null.
export function workers() {
  try {
    return globalThis.navigator.serviceWorker ?? null;
  } catch {
    return null; // refused
  }
}

// To the other windows of this browser; to nobody where it does not let them hear each other (`isHeard`).
/** @returns {{ postMessage(message: any): void, close(): void, onmessage?: any, isHeard: boolean }} */
export function openChannel(name) {
  try {
    const channel = new BroadcastChannel(name);
    const post = channel.postMessage.bind(channel);
    return Object.assign(channel, { isHeard: true, postMessage: (message) => attempt(() => post(message)) });
  } catch {
    return { postMessage() {}, close() {}, isHeard: false };
  }
}

function attempt(work) {
  try {
    work();
  } catch {
    // refused: nobody hears it
  }
}

// One window of this browser at a time; without the others where it does not say in time whose turn it is.
export async function oneWindow(name, work) {
  let isLate = false;
  /** @type {(value?: any) => void} */
  let release = () => {};
  const turn = new Promise((resolve, reject) => {
    const hold = () => (isLate ? null : new Promise((free) => { release = free; resolve(null); }));
    navigator.locks.request(name, hold).catch(reject);
  });
  await inTime(turn).catch(() => { isLate = true; });
  try {
    return await work();
  } finally {
    release();
  }
}

// A number of its own for a gesture or a device, where the page is not served over https too.
export function uuid() {
  try {
    return crypto.randomUUID();
  } catch {
    return uuidFrom(randomBytes());
  }
}

function randomBytes() {
  const bytes = new Uint8Array(16);
  try {
    return crypto.getRandomValues(bytes);
  } catch {
    return bytes.map(() => Math.floor(Math.random() * 256)); // nothing is sealed by it: it tells two gestures apart
  }
}

function uuidFrom(bytes) {
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// Whether the words are where the person can paste them from.
export async function copyWords(words) {
  try {
    await inTime(navigator.clipboard.writeText(words));
    return true;
  } catch {
    return false; // unknown here, refused, or it never said
  }
}

// What it says when it is asked to keep what this site holds even when its disk fills: a promise, never a refusal.
// "persist" asks (some ask the person), "persisted" only looks.
export async function keepsFor(question) {
  try {
    return (await navigator.storage[question]()) === true;
  } catch {
    return false; // unknown here, or refused
  }
}

// Sends a form as its button would. `requestSubmit` exists since Safari 16.
export function sendForm(form, button) {
  if (form.requestSubmit) form.requestSubmit(button);
  else if (button) button.click();
  else form.submit();
}
