// live/wake_lock.js: the screen stays lit while the meeting runs, where the browser knows how. Asked again each time
// the page comes back to the front: a hidden page always loses it.
import { inTime } from "../lib/browser.js";

export const UNLIT = "L’écran peut s’éteindre : réglez la veille de cet appareil.";

export class WakeLock {
  #isWanted = false;
  #isAsking = false;
  /** @type {WakeLockSentinel | null} */
  #lock = null;

  // `says(words)` is told what holds now.
  /** @param {{ device?: Navigator, page?: Document, says?: (words: string) => void }} known */
  constructor({ device = navigator, page = document, says = () => {} } = {}) {
    this.device = device;
    this.page = page;
    this.says = says;
    page.addEventListener("visibilitychange", () => this.#ask());
  }

  get isHeld() {
    return this.#lock !== null;
  }

  want(isWanted) {
    if (isWanted === this.#isWanted) return undefined;
    this.#isWanted = isWanted;
    return isWanted ? this.#ask() : this.#letGo();
  }

  async #ask() {
    if (!this.#isWanted || this.#lock || this.#isAsking || this.page.hidden) return;
    this.#isAsking = true;
    try {
      this.#take(await inTime(this.device.wakeLock.request("screen")));
    } catch {
      this.#lock = null; // unknown here, refused (battery, policy), or it never answered
    }
    this.#isAsking = false;
    if (!this.#isWanted) await this.#letGo();
    this.#tell();
  }

  #take(lock) {
    this.#lock = lock;
    lock.addEventListener("release", () => {
      if (this.#lock === lock) this.#lock = null;
      this.#tell();
    });
  }

  async #letGo() {
    const lock = this.#lock;
    this.#lock = null;
    await lock?.release().catch(() => {}); // gone already
    this.#tell();
  }

  #tell() {
    const words = this.isHeld ? "L’écran reste allumé." : UNLIT;
    this.says(this.#isWanted ? words : "");
  }
}
