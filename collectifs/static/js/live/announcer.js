// live/announcer.js: what is said, once, to those who listen to the page. Screen readers speak what is added to a
// region that stood before: this one is in the page from the start, and is never hidden.
import { aloud } from "../lib/aloud.js";
import { typed } from "./dom.js";

const TOGETHER = 150; // ms: what one gesture brings about is said in one go
const STALE = 30000; // read line by line, the page does not tell what was true long ago

export class Announcer {
  /** @type {string[]} */
  #waiting = [];

  /** @param {Piece} region */
  constructor(region) {
    this.region = region;
  }

  // Emptied first: the same words twice are said twice.
  /** @param {string} words */
  say(words) {
    this.#waiting.push(words);
    this.region.textContent = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#speak(), TOGETHER);
  }

  #speak() {
    this.region.textContent = aloud(typed(this.#waiting.join(" ")));
    this.#waiting = [];
    this.timer = setTimeout(() => { this.region.textContent = ""; }, STALE);
  }
}
