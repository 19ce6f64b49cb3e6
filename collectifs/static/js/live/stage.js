// live/stage.js: what the room reads from three metres: the step, who speaks, who keeps silent, the time left.
import { leftMs, plannedMs, spent } from "../lib/agenda.js";
import { timeAloud } from "../lib/aloud.js";
import { clockTime, minutes, timeFace } from "../lib/french.js";
import { set, show, spell, typed, write } from "./dom.js";
import { voicesOf } from "./spare.js";

const STOPPED = "On s’arrête là";
const BAR = 150; // the width of the time bar, in its own units
const NOTCH = 0.5; // it grows by so much at once: in a step of ten minutes every two seconds, not at each look

export class Stage {
  #warned = "";
  #said = ""; // the title that was said last
  #paused = ""; // the step in which a pause was said

  /**
   * @param {Piece} view
   * @param {Piece} heading
   * @param {{ steps: Step[] } & Pick<Known, "root" | "zone" | "announce">} known
   */
  constructor(view, heading, { root, steps, zone, announce }) {
    this.view = view;
    this.heading = heading;
    this.root = root;
    this.zone = zone;
    this.announce = announce;
    this.title = "";
    this.steps = new Map(steps.map((step) => [step.id, step]));
    this.part = (name) => view.querySelector(`[data-${name}]`);
  }

  // A gesture was made, here or elsewhere.
  /** @param {RoomState} state @param {boolean} isHalted */
  update(state, isHalted = false) {
    if (isHalted) this.#halt();
    else this.#show(state);
  }

  // STOP: what the room reads until one of the ways is taken.
  #halt() {
    const words = { place: "STOP", speaks: "qui le souhaite", silent: "", rule: "Personne n’a à dire pourquoi." };
    for (const [name, said] of Object.entries(words)) write(this.part(name), said);
    for (const name of ["silence", "asked"]) show(this.part(name), false);
    show(this.part("rule"), true);
    this.heading.classList.remove("is-long");
    write(this.heading, STOPPED);
    if (this.#said === STOPPED) return;
    this.#said = STOPPED;
    this.announce(`${STOPPED}. Personne n’a à dire pourquoi. Les choix suivent, et la façon de revenir.`);
  }

  #show(state) {
    const place = state.plan.findIndex((each) => each.id === state.current) + 1;
    const { title } = state.plan[place - 1];
    const step = this.steps.get(state.current) ?? { speaks: "tout le monde", silent: "", rule: "" };
    write(this.part("place"), `Étape ${place} sur ${state.plan.length}`);
    this.heading.classList.toggle("is-long", title.length > 20);
    const { speaks, silent, rule } = voicesOf(step, state);
    write(this.part("speaks"), typed(speaks));
    write(this.part("silent"), typed(silent));
    show(this.part("silence"), silent !== "");
    write(this.part("rule"), typed(rule));
    show(this.part("rule"), state.question === ""); // in its place, the question that stands on the wall
    show(this.part("asked"), state.question !== "");
    write(this.part("asked"), typed(state.question));
    write(this.heading, typed(title));
    if (this.#said === title) return;
    this.#said = title;
    this.title = `${title}, étape ${place} sur ${state.plan.length} – Collectifs`;
    this.retitle();
    const kept = silent ? ` Se tait : ${silent}.` : "";
    this.announce(`Étape ${place} sur ${state.plan.length} : ${title}. Parle : ${speaks}.${kept} ${rule}`);
  }

  retitle() {
    document.title = this.title;
  }

  // The time has gone on. Computed from instants each time: right at the first paint after a sleep.
  /** @param {RoomState} state @param {number} now */
  tick(state, now) {
    const left = leftMs(state, state.current, now);
    const paused = state.running_since === null;
    const face = timeFace(left);
    set(this.root, "data-time", paused ? "paused" : face.time);
    write(this.part("time-label"), paused ? (left > 0 ? "En pause, il reste" : "En pause") : face.label);
    const [sign, figure, unit] = this.part("time-left").children;
    write(sign, face.sign ?? "");
    write(figure, face.value);
    write(unit, face.unit && `\u00a0${face.unit}`);
    write(this.part("time-aloud"), timeAloud(left, paused));
    this.#bar(spent(state, state.current, now), plannedMs(state, state.current));
    this.#ends(state, now, left, paused);
    this.#sayPause(state, left, paused);
    this.#warn(state, left, paused);
  }

  // « Il reste 13 minutes », to whoever asks by the key.
  /** @param {RoomState} state @param {number} now */
  timeNow(state, now) {
    return `${timeAloud(leftMs(state, state.current, now), state.running_since === null)}.`;
  }

  #bar(ran, planned) {
    const whole = Math.max(ran, planned, 1);
    const within = (Math.min(ran, planned) / whole) * BAR;
    const over = ran > planned;
    const notched = (width) => Math.round(Math.max(0, width) / NOTCH) * NOTCH;
    const [run, before] = [this.view.querySelector(".time-bar .run"), this.view.querySelector(".time-bar .spent")];
    set(before, "width", over ? notched(within) : 0);
    set(run, "x", over ? notched(within) + 2 : 0);
    set(run, "width", notched(over ? BAR - notched(within) - 2 : within));
  }

  #ends(state, now, left, paused) {
    const planned = Math.round(plannedMs(state, state.current) / 60000);
    const { minutes: prepared = planned } = this.steps.get(state.current) ?? {};
    const word = planned > 1 ? " prévues" : " prévue";
    const instead = prepared === planned ? word : ` au lieu de ${minutes(prepared)}`; // what was foreseen never changes
    const until = paused ? "" : `, jusqu’à ${clockTime(now + left, this.zone)}`;
    spell(this.part("time-planned"), `${minutes(planned)}${instead}${until}`);
    spell(this.part("time-clock"), `Il est ${clockTime(now, this.zone)}`);
  }

  // A pause and its end: the name of a button that changes under the focus is read to nobody.
  #sayPause(state, left, paused) {
    const wanted = paused ? state.current : "";
    if (wanted === this.#paused) return;
    this.#paused = wanted;
    this.announce(`${paused ? "" : "Le temps repart. "}${timeAloud(left, paused)}.`);
  }

  // Each said once each time a step is entered, to those who listen to the page: soon, and that it is time.
  #warn(state, left, paused) {
    const moment = left <= 0 ? "over" : left > 60000 && left <= 120000 ? "soon" : "";
    const turn = `${state.entered.length}/${state.current}/${state.added_s[state.current] ?? 0}/${moment}`;
    if (paused || !moment || this.#warned === turn) return;
    this.#warned = turn;
    this.announce(moment === "soon" ? "Il reste 2 minutes." : `${timeAloud(left)}.`);
  }
}
