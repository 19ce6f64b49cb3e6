// live/beam_feed.js: what the projection learns from the server, every four seconds; slower while it does not answer,
// or while the pilot's window beside says everything.
import { exchange } from "../lib/http.js";

const POLL = 4000;
const POLL_SLOW = 20000; // nobody looks, or the window beside is heard
const LONGEST_WAIT = 30000;

// `onNews(data)` gets what is new; `onTrouble(trouble)` is null, offline, expired or gone.
export class BeamFeed {
  #sequence = -1;
  #failures = 0;
  /** @type {(value?: any) => void} */
  #wake = () => {};

  /**
   * @param {{
   *   url: string, clock: ServerClock, onNews: (data: WallAnswer) => void, onTrouble: (trouble: string | null) => void,
   *   ask?: Ask, hidden?: () => boolean, isNear?: () => boolean, wait?: ((delay: number) => Promise<void>) | null,
   * }} known
   */
  constructor({
    url,
    clock,
    onNews,
    onTrouble,
    ask = exchange,
    hidden = () => document.hidden,
    isNear = () => false,
    wait = null,
  }) {
    this.url = url;
    this.clock = clock;
    this.onNews = onNews;
    this.onTrouble = onTrouble;
    this.ask = ask;
    this.hidden = hidden;
    this.isNear = isNear;
    this.wait = wait ?? ((delay) => new Promise((resolve) => setTimeout(resolve, delay)));
  }

  async run() {
    let outcome = "";
    while (outcome !== "gone") {
      outcome = await this.#fetch();
      const went = outcome === "ok" || outcome === "unchanged";
      this.#failures = went ? 0 : this.#failures + 1;
      this.onTrouble(went ? null : outcome);
      await Promise.race([
        this.wait(this.#delay()),
        new Promise((resolve) => {
          this.#wake = resolve;
        }),
      ]);
    }
  }

  // Back in the foreground, or the network said to be back: do not wait longer.
  hurry() {
    this.#wake();
  }

  #delay() {
    if (this.#failures > 0) return Math.min(LONGEST_WAIT, 1000 * 2 ** (this.#failures - 1)) * (0.5 + Math.random() / 2);
    return this.hidden() || this.isNear() ? POLL_SLOW : POLL;
  }

  async #fetch() {
    const answer = await this.ask(`${this.url}?depuis=${this.#sequence}`);
    this.clock.hear(answer);
    if (answer.outcome !== "ok") return answer.outcome;
    /** @type {WallAnswer} */
    const news = answer.data;
    this.#sequence = news.sequence;
    this.onNews(news);
    return "ok";
  }
}
