// lib/browser.js: what a browser may lack, or refuse (cookies blocked, a full disk): the page goes on without it.

// Ends a request that takes longer. The short way exists since Safari 16 and Chrome 103.
export function patience(delay) {
  if (AbortSignal.timeout) return AbortSignal.timeout(delay);
  const controller = new AbortController();
  setTimeout(() => controller.abort(), delay);
  return controller.signal;
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

// What keeps the page itself, or null.
export function workers() {
  try {
    return globalThis.navigator.serviceWorker ?? null;
  } catch {
    return null; // refused
  }
}

// To the other windows of this browser; to nobody where it does not let them hear each other.
/** @returns {{ postMessage(message: any): void, close(): void, onmessage?: any }} */
export function openChannel(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return { postMessage() {}, close() {} };
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
