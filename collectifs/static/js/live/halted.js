// live/halted.js: STOP. The time stops, and the room has three ways. Nothing that is kept says that there was one;
// until a way is taken this tab alone knows the step, so that a page that is reloaded shows them again.
import { session } from "../lib/browser.js";
import { startOver } from "../lib/replan.js";
import { show } from "./dom.js";

export class Halted {
  isOn = false;
  #at = ""; // the step where it was said; "" once a way was taken
  #ran = false; // whether the time ran

  /**
   * @param {Piece} box
   * @param {{
   *   acts: Acts, meeting: string, steps: Step[], now: () => number, plannedEnd: number, onChange: () => void,
   * }} known
   */
  constructor(box, { acts, meeting, steps, now, plannedEnd, onChange }) {
    this.box = box;
    this.acts = acts;
    this.steps = steps;
    this.now = now;
    this.plannedEnd = plannedEnd;
    this.onChange = onChange;
    this.mark = `collectifs-arret-${meeting}`;
    const [at, ran] = (session.getItem(this.mark) ?? "/").split("/");
    [this.#at, this.#ran] = [at, ran === "ran"];
    const ways = {
      pause: () => {},
      again: () => this.#again(),
      close: () => acts.closeExchange(),
      back: () => this.#back(),
    };
    for (const [way, take] of Object.entries(ways)) {
      this.#way(way).addEventListener("click", () => this.#leave(take));
    }
  }

  #way(name) {
    return this.box.querySelector(`[data-way="${name}"]`);
  }

  #choice(state) {
    return this.steps.find(({ id, feeds }) => feeds === "situation" && state.plan.some((each) => each.id === id));
  }

  open(state) {
    this.isOn = true;
    this.#at = state.current;
    this.#ran = state.running_since !== null;
    session.setItem(this.mark, `${this.#at}/${this.#ran ? "ran" : ""}`);
    if (this.#ran) this.acts.pauseOrResume();
    this.onChange();
    this.box.querySelector("h2").focus({ preventScroll: true });
  }

  #leave(take) {
    this.#forget();
    take();
    this.onChange();
  }

  #forget() {
    this.isOn = false;
    this.#at = "";
    session.removeItem(this.mark);
  }

  #back() {
    if (this.#ran) this.acts.pauseOrResume();
  }

  #again() {
    const state = this.acts.state();
    const from = this.#choice(state)?.id ?? state.current;
    this.acts.startOver(from, startOver(state, from, this.now(), this.plannedEnd));
  }

  // The time goes on or the step has changed, from here or elsewhere: it is over.
  update(state, mine) {
    if (this.#at !== "" && (state.running_since !== null || state.current !== this.#at)) this.#forget();
    this.isOn = mine && this.#at !== "";
    show(this.#way("again"), Boolean(this.#choice(state)));
    show(this.box, this.isOn);
  }
}
