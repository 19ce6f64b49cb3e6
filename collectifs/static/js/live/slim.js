// live/slim.js: the slim bar, once the great words are scrolled away: the step, the time left, the next gesture.
import { leftMs } from "../lib/agenda.js";
import { timeFace } from "../lib/french.js";
import { show, typed, write } from "./dom.js";

export class Slim {
  // `next` is the button that goes on, under the stage: this one does the same.
  /** @param {Piece} view @param {Piece} next */
  constructor(view, next) {
    this.part = (name) => view.querySelector(`[data-slim${name && `-${name}`}]`);
    this.part("next").addEventListener("click", () => next.click());
    this.#watch(view.querySelector("[data-time-left]"));
  }

  // Seen where, and only where, the time of the stage has left the screen by its top.
  #watch(time) {
    try {
      new IntersectionObserver(([{ isIntersecting: isSeen, boundingClientRect: box }]) => {
        show(this.part(""), !isSeen && box.height > 0 && box.top < 0);
      }).observe(time);
    } catch {
      // unknown here, or refused: there is no bar
    }
  }

  /** @param {RoomState} state @param {boolean} mine @param {string} speaks */
  update(state, mine, speaks) {
    const { title } = state.plan.find(({ id }) => id === state.current) ?? { title: "" };
    write(this.part("step"), typed(title));
    write(this.part("speaks"), typed(speaks));
    write(this.part("next"), state.plan.at(-1)?.id === state.current ? "Clore" : "Suivante");
    show(this.part("next"), mine);
  }

  /** @param {RoomState} state @param {number} now */
  tick(state, now) {
    const face = timeFace(leftMs(state, state.current, now));
    const over = face.time === "over" && face.value !== "0" ? "dépassé" : "reste";
    write(this.part("label"), state.running_since === null ? "en pause" : over);
    write(this.part("left"), `${face.sign ?? ""}${face.value}${face.unit && `\u00a0${face.unit}`}`);
  }
}
