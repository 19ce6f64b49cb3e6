// live/undo_line.js: one line at the bottom with the way back: a removed note, a stop, a plan that was changed. It is
// said as it comes, with where the way back stands; a key goes there.
import { el, icon, show, write } from "./dom.js";

const isLasting = ({ until }) => Boolean(until);

// The newest offer is shown. One that lasts (a removed note) waits under those that come after it until its time is
// over or the line is closed; `onEnd` is called when it can no longer be taken.
export class UndoLine {
  #offers = [];

  /** @param {Piece} root @param {(words: string) => void} announce */
  constructor(root, announce) {
    this.announce = announce;
    this.words = el("span", { id: "retour-dit" });
    this.back = el("button", { type: "button", class: "btn tight", "aria-describedby": "retour-dit" });
    this.line = el("section", { class: "undo", "aria-label": "Revenir en arrière", hidden: true },
      this.words,
      this.back,
      el("button", { type: "button", class: "btn tight", "aria-label": "Fermer", onclick: () => this.close() },
        icon("close", 16),
      ),
    );
    this.back.addEventListener("click", () => this.#take());
    root.append(this.line);
  }

  offer(words, label, undo, { about = "", until = null, focus = false, onEnd = null } = {}) {
    const made = { words, label, undo, about, until, onEnd };
    if (until) made.timer = setTimeout(() => this.#end((each) => each === made), until);
    this.#end((each) => !isLasting(each));
    this.#offers.push(made);
    this.#show();
    if (focus) this.back.focus(); // the button is read with the words that describe it
    else this.announce(undo ? `${words} « ${label} » : bouton en bas de page, touche Z.` : words);
  }

  // The key: to the way back, if there is one.
  goTo() {
    if (!this.line.hidden && !this.back.hidden) this.back.focus();
  }

  closeAbout(about) {
    this.#end((each) => each.about === about);
  }

  close() {
    this.#end(() => true);
  }

  #take() {
    const { undo, timer } = this.#offers.pop();
    clearTimeout(timer);
    this.#show();
    undo();
  }

  #end(isOver) {
    const over = this.#offers.filter(isOver);
    this.#offers = this.#offers.filter((each) => !over.includes(each));
    for (const each of over) clearTimeout(each.timer);
    this.#show();
    for (const each of over) each.onEnd?.();
  }

  #show() {
    const top = this.#offers.at(-1);
    const hadFocus = this.line.contains(document.activeElement);
    write(this.words, top?.words ?? "");
    write(this.back, top?.label ?? "");
    show(this.back, Boolean(top?.undo));
    show(this.line, Boolean(top));
    if (hadFocus && this.line.hidden) {
      (document.getElementById("note") ?? document.querySelector("h1")).focus({ preventScroll: true });
    }
  }
}
