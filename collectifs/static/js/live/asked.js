// live/asked.js: the question of the sheet, put on the wall by a press, as it is being written, until another press
// takes it away. Nothing else that is written goes there.
import { set, show, write } from "./dom.js";

const SETTLED = 1000; // after the last key
const ON = "À l’écran de la salle, telle que vous l’écrivez. Cercle : collectif.";
const OFF = "La salle la lira et l’amendera. Cercle : collectif, rien ne sort de la salle.";

export class Asked {
  /** @type {number | undefined} */
  #timer;

  // `box`: the button and the words beside it; `field`: where the question is written.
  /** @param {Piece} box @param {Piece} field @param {Acts} acts @param {(words: string) => void} announce */
  constructor(box, field, acts, announce) {
    this.box = box;
    this.field = field;
    this.acts = acts;
    this.announce = announce;
    this.button = box.querySelector("button");
    this.says = box.querySelector("p");
    this.button.addEventListener("click", () => this.#press());
    field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#follow(), SETTLED);
    });
  }

  #press() {
    const words = this.field.value.trim();
    if (this.acts.state().question !== "") return this.#show("", "La question n’est plus à l’écran.");
    if (words !== "") return this.#show(words, ON);
    this.field.focus();
    return this.announce("Écrivez d’abord la question.");
  }

  #show(words, said) {
    this.acts.showQuestion(words);
    this.announce(said);
  }

  // What stands on the wall is what is written here; an emptied field leaves it.
  #follow() {
    const { question } = this.acts.state();
    const words = this.field.value.trim();
    if (question !== "" && question !== words) this.acts.showQuestion(words);
  }

  /** @param {RoomState} state @param {boolean} mine */
  update(state, mine) {
    const isOn = state.question !== "";
    show(this.box, mine);
    set(this.button, "aria-pressed", isOn);
    write(this.says, isOn ? ON : OFF);
  }
}
