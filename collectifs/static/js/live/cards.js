// live/cards.js: dilemma cards, one at a time, at hand beside the words to start with.
import { show, typed, write } from "./dom.js";

// Every device of a meeting turns the same pack from the same card; another meeting begins elsewhere.
export function firstCard(meeting, number) {
  if (number === 0) return 0;
  return [...meeting].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % number;
}

export class Cards {
  /** @param {Piece} box @param {Pick<RoomData, "cards" | "meeting">} data @param {Known["announce"]} announce */
  constructor(box, { cards = [], meeting }, announce) {
    this.box = box;
    /** @type {Card[]} */
    this.cards = cards;
    this.at = firstCard(meeting.id, cards.length);
    this.another = box.querySelector("[data-card-next]");
    this.another.addEventListener("click", () => {
      this.#show(this.at + 1);
      announce(`${this.cards[this.at].title}. ${this.cards[this.at].text}`);
    });
    show(box, cards.length > 0);
    show(this.another, cards.length > 1);
    this.#show(this.at);
  }

  // Put forward where the question of the sheet is looked for, folded elsewhere.
  enter(feeds) {
    this.box.open = feeds === "sheet";
  }

  #show(number) {
    if (this.cards.length === 0) return;
    this.at = number % this.cards.length;
    const { title, text } = this.cards[this.at];
    write(this.box.querySelector("[data-card-title]"), typed(title));
    write(this.box.querySelector("[data-card-text]"), typed(text));
  }
}
