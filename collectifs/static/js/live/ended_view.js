// live/ended_view.js: the old screen of a relay. It conducts no more; the words that never left are there to be copied,
// or erased.
import { copyWords } from "../lib/browser.js";
import { build, el, show, typed, write } from "./dom.js";
import { wakeLock } from "./settings.js";

export class EndedView {
  title = "Cet écran ne conduit plus";

  /** @param {Known} known */
  constructor({ data, journal, drafts, leave }) {
    const view = build("ended", data, this.title);
    this.root = view.root;
    this.heading = view.heading;
    this.part = view.part;
    this.journal = journal;
    this.drafts = drafts;
    this.leave = leave;
    this.part("copy-words").addEventListener("click", () => this.#copy());
    this.part("erase-words").addEventListener("click", () => this.#erase());
  }

  /** @returns {string[]} */
  #words() {
    return [...this.journal.unsentWords, ...this.drafts.begun, ...this.drafts.sheetWords];
  }

  // Nothing waits: what the device kept goes by itself.
  update() {
    wakeLock.want(false);
    const words = this.#words();
    show(this.part("words"), words.length > 0);
    this.part("words-list").replaceChildren(...words.map((each) => el("blockquote", {}, el("p", {}, typed(each)))));
    if (words.length === 0 && this.journal.keeper) this.leave();
  }

  tick() {} // its time is no longer this screen’s

  async #copy() {
    const isCopied = await copyWords(this.#words().join("\n\n"));
    if (!isCopied) getSelection()?.selectAllChildren(this.part("words-list"));
    write(this.part("words-said"), isCopied ? "Copié." : "Copiez les mots sélectionnés.");
  }

  async #erase() {
    await this.leave();
    this.update();
    write(this.part("words-said"), "Effacé de cet appareil.");
    this.heading.focus({ preventScroll: true });
  }
}
