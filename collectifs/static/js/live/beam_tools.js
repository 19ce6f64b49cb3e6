// live/beam_tools.js: the three keys of the projection, each a button too; they fade while nobody moves.
// None of them means something else on the pilot’s screen, which is often on the same desk.
import { local } from "../lib/browser.js";
import { el, set, show } from "./dom.js";

const QUIET = 4000;
const HIDES_TIME = "collectifs-projection-sans-temps"; // a setting of this browser: « oui » when the time is hidden

export class BeamTools {
  /** @param {Piece} box @param {{ onChange: () => void }} known */
  constructor(box, { onChange }) {
    this.body = document.body;
    this.onChange = onChange;
    /** @type {Record<string, Piece>} */
    this.buttons = Object.fromEntries(
      ["hide-time", "black", "full"].map((name) => [name, box.querySelector(`[data-${name}]`)]),
    );
    this.buttons["hide-time"].addEventListener("click", () => this.hideTime(!this.isOn("hide-time")));
    this.buttons.black.addEventListener("click", () => this.black(!this.isOn("black")));
    this.buttons.full.addEventListener("click", () => this.#full());
    this.nothing = el("h1", { class: "sr" }, "Écran noir");
    show(this.buttons.full, Boolean(document.fullscreenEnabled));
    document.addEventListener("fullscreenchange", () => this.#press("full", Boolean(document.fullscreenElement)));
    document.addEventListener("keydown", (event) => this.#key(event));
    for (const kind of ["pointermove", "pointerdown", "keydown", "focusin"]) {
      document.addEventListener(kind, () => this.#wake());
    }
    show(box, true);
    this.hideTime(local.getItem(HIDES_TIME) === "oui");
    this.#wake();
  }

  isOn(name) {
    return this.body.hasAttribute(`data-${name}`);
  }

  #press(name, isOn) {
    this.body.toggleAttribute(`data-${name}`, isOn);
    set(this.buttons[name], "aria-pressed", isOn);
  }

  hideTime(isHidden) {
    this.#press("hide-time", isHidden);
    local.setItem(HIDES_TIME, isHidden ? "oui" : "non");
    this.onChange();
  }

  // The page keeps a title for whoever listens to it.
  black(isBlack) {
    this.#press("black", isBlack);
    if (isBlack) document.querySelector("main").append(this.nothing);
    else this.nothing.remove();
  }

  // Refused by the browser, or left by Escape: the page stays as it is.
  async #full() {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    } catch {
      show(this.buttons.full, false);
    }
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const acts = {
      t: () => this.hideTime(!this.isOn("hide-time")),
      b: () => this.black(!this.isOn("black")),
      f: () => this.#full(),
    };
    const key = event.key.toLowerCase();
    if (key === "escape" && this.isOn("black")) this.black(false);
    acts[key]?.();
  }

  #wake() {
    clearTimeout(this.timer);
    this.body.classList.remove("is-quiet");
    this.timer = setTimeout(() => this.body.classList.add("is-quiet"), QUIET);
  }
}
