// live/beam_stage.js: what stands on the wall: the step, who speaks, who keeps silent, the rule, the time left; and the
// question that the room writes, once it was put there.
import { leftMs, stepsToCome } from "../lib/agenda.js";
import { clockTime, timeFace } from "../lib/french.js";
import { set, show, typed, write } from "./dom.js";
import { voicesOf } from "./spare.js";

const SIZES = 8; // from the largest writing to the smallest, css/beam.css
const UNKNOWN = { speaks: "tout le monde", silent: "", rule: "" };

export class BeamStage {
  /** @param {Piece} root @param {Piece} next */
  constructor(root, next) {
    this.root = root;
    this.next = next;
    this.part = (name) => root.querySelector(`[data-${name}]`);
  }

  // A gesture was made.
  /** @param {RoomState} state @param {{ steps: WallStep[], starts_at: Instant | null, time_zone: string }} known */
  update(state, { steps, starts_at: startsAt, time_zone: zone }) {
    if (state.closed_at !== null) this.thank();
    else if (state.started_at === null) this.#wait(startsAt, zone);
    else this.#run(state, steps);
    this.fit();
  }

  thank() {
    this.#face("closed", "Merci.");
    write(this.next, "");
  }

  #wait(startsAt, zone) {
    this.#face("wait", "Nous commençons bientôt");
    show(this.part("rule"), startsAt !== null);
    if (startsAt !== null) {
      write(this.part("rule"), typed(`Le regroupement commence à ${clockTime(Date.parse(startsAt), zone)}.`));
    }
    write(this.next, "");
  }

  /** @param {RoomState} state @param {WallStep[]} steps */
  #run(state, steps) {
    const title = state.plan.find((step) => step.id === state.current)?.title ?? "";
    const { speaks, silent, rule } = voicesOf(steps.find((step) => step.id === state.current) ?? UNKNOWN, state);
    this.#face("running", typed(title));
    write(this.part("speaks"), typed(speaks));
    write(this.part("silent"), typed(silent));
    show(this.part("silence"), silent !== "");
    write(this.part("rule"), typed(rule));
    show(this.part("rule"), rule !== "" && state.question === "");
    write(this.part("asked"), typed(state.question));
    show(this.part("asked"), state.question !== "");
    const [next] = stepsToCome(state);
    write(this.next, next ? typed(`Ensuite : ${next.title}`) : "C’est la dernière étape.");
  }

  #face(face, heading) {
    set(this.root, "data-face", face);
    write(this.part("step"), heading);
    for (const name of ["voices", "clock"]) show(this.part(name), face === "running");
    if (face !== "running") for (const name of ["rule", "asked"]) show(this.part(name), false);
  }

  // The time has gone on; computed from instants each time.
  /** @param {RoomState} state @param {number} now */
  tick(state, now) {
    if (state.started_at === null || state.closed_at !== null) return;
    const left = leftMs(state, state.current, now);
    const isPaused = state.running_since === null;
    const face = timeFace(left);
    set(this.root, "data-time", isPaused ? "paused" : face.time);
    write(this.part("time-label"), isPaused ? (left > 0 ? "En pause, il reste" : "En pause") : face.label);
    const [sign, figure, unit] = this.part("time-left").children;
    write(sign, face.sign ?? "");
    write(figure, face.value);
    write(unit, face.unit && `\u00a0${face.unit}`);
  }

  // The largest writing with which everything stands on the wall at once: nobody scrolls a wall.
  fit() {
    const page = document.documentElement;
    for (let size = 0; size < SIZES; size += 1) {
      set(this.root, "data-size", size);
      if (page.scrollHeight <= innerHeight && this.root.scrollWidth <= this.root.clientWidth) return;
    }
  }
}
