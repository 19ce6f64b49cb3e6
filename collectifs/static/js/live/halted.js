// live/halted.js: STOP. The time stops, and the room has three ways; nothing that is kept says that there was one.
import { startOver } from "../lib/replan.js";
import { show } from "./dom.js";

export class Halted {
  isOn = false;
  #at = ""; // the step where it was said
  #ran = false; // whether the time ran

  /**
   * @param {Piece} box
   * @param {{ acts: Acts, steps: Step[], now: () => number, plannedEnd: number, onChange: () => void }} known
   */
  constructor(box, { acts, steps, now, plannedEnd, onChange }) {
    this.box = box;
    this.acts = acts;
    this.steps = steps;
    this.now = now;
    this.plannedEnd = plannedEnd;
    this.onChange = onChange;
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
    show(this.#way("again"), Boolean(this.#choice(state)));
    if (this.#ran) this.acts.pauseOrResume();
    this.onChange();
    this.box.querySelector("h2").focus({ preventScroll: true });
  }

  #leave(take) {
    this.isOn = false;
    take();
    this.onChange();
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
    if (!mine || state.running_since !== null || state.current !== this.#at) this.isOn = false;
    show(this.box, this.isOn);
  }
}
