// live/plan.js: the plan beside the stage: minutes prepared, replanned and lived, expected end, écart. Each line is the
// way to its step.
import { closingGap, expectedEnd, gapMs, plannedMs, spent, toGo } from "../lib/agenda.js";
import { clockTime, gapWords, minutes, several } from "../lib/french.js";
import { button, el, follow, set, show, spell, typed, write } from "./dom.js";
import { untold } from "./exchange.js";

// Of minutes, the figure alone; from an hour on, « 1 h 15 ».
const figure = (count) => (count >= 60 ? minutes(count) : String(count));
const inMinutes = (ms) => figure(Math.round(ms / 60000));

// A step that runs has lasted whole minutes; one that is over is rounded.
function livedMinutes(state, step, now) {
  const ran = spent(state, step, now);
  if (ran === 0 && !state.entered.includes(step)) return "";
  return step === state.current && !state.closed_at ? figure(Math.floor(ran / 60000)) : inMinutes(ran);
}

// The minutes of a step: prepared (none for one that was added), replanned where that differs, lived.
/** @param {RoomState} state @param {string} step @param {Step[]} prepared @param {number} now */
export function threeTimes(state, step, prepared, now) {
  const first = prepared.find(({ id }) => id === step);
  const planned = first ? figure(first.minutes) : "";
  const revised = inMinutes(plannedMs(state, step));
  return { planned, revised: revised === planned ? "" : revised, lived: livedMinutes(state, step, now) };
}

// Of steps whose own minutes are not told: what was prepared; once all is over, what the whole lasted.
function timesOf(state, step, hidden, { prepared, now }) {
  if (!hidden.includes(step)) return threeTimes(state, step, prepared, now);
  const isOver = state.closed_at !== null;
  const sum = (minutesOf) => figure((isOver ? hidden : [step]).reduce((total, each) => total + minutesOf(each), 0));
  const planned = sum((each) => prepared.find(({ id }) => id === each)?.minutes ?? 0);
  return { planned, revised: "", lived: isOver ? sum((each) => Math.round(spent(state, each, now) / 60000)) : "" };
}

function newRow(goTo, step) {
  const title = goTo ? button("", () => goTo(step), "") : el("span");
  const now = el("span", { class: "sr" }, " (en cours)"); // a row that is current is not read as one
  const figures = ["num", "num revised", "num"].map((kind) => el("td", { class: kind }));
  return el("tr", {}, el("th", { scope: "row" }, title, now), ...figures);
}

// `goTo` makes each title a button; `prepared`: the steps as they were before the meeting.
/**
 * @param {Piece} rows @param {RoomState} state
 * @param {{ prepared: Step[], now: number, goTo?: Acts["goTo"] | null }} known
 */
export function fillPlan(rows, state, { prepared, now, goTo = null }) {
  const reached = state.plan.findIndex((each) => each.id === state.current);
  let isRevised = false;
  const hidden = untold(prepared, state);
  const build = ([, step]) => newRow(goTo, step.id);
  follow(rows, [...state.plan.entries()], ([, step]) => step.id, build, (row, [place, step]) => {
    const isNow = place === reached && !state.closed_at;
    set(row, "class", isNow ? "is-now" : place < reached ? "is-past" : "");
    if (isNow) set(row, "aria-current", "step");
    else row.removeAttribute("aria-current");
    const [title, planned, revised, lived] = row.children;
    const isOne = state.closed_at !== null && hidden.includes(step.id); // the exchange is one line
    const times = timesOf(state, step.id, hidden, { prepared, now });
    show(row, !isOne || step.id === hidden[0]);
    write(title.firstElementChild, isOne ? "L’échange" : typed(step.title));
    show(title.lastElementChild, isNow);
    write(planned, times.planned);
    write(revised, times.revised);
    write(lived, times.lived);
    isRevised ||= times.revised !== "";
  });
  rows.closest("table").classList.toggle("is-revised", isRevised);
}

export class Plan {
  #isMine = false;

  /**
   * @param {Piece} view
   * @param {Pick<Known, "zone" | "plannedEnd" | "lockedEnd"> & { prepared: Step[], goTo: Acts["goTo"] }} known
   */
  constructor(view, { zone, plannedEnd, lockedEnd, prepared, goTo }) {
    this.zone = zone;
    this.plannedEnd = plannedEnd;
    this.lockedEnd = lockedEnd;
    this.prepared = prepared;
    this.goTo = goTo;
    this.part = (name) => view.querySelector(`[data-plan-${name}]`);
    this.gap = el("small", { class: "nb" });
    this.end = el("span", { class: "nb" });
    this.part("end").append("Fin prévue ", this.end, " ", this.gap);
  }

  // Only the screen that steers leads to a step.
  update(state, mine) {
    if (mine === this.#isMine) return;
    this.#isMine = mine;
    this.part("rows").replaceChildren();
    show(this.part("says"), mine);
  }

  tick(state, now) {
    fillPlan(this.part("rows"), state, { prepared: this.prepared, now, goTo: this.#isMine ? this.goTo : null });
    const gap = gapMs(state, now, this.plannedEnd);
    const past = closingGap(state, now, this.lockedEnd);
    spell(this.end, this.#endClock(state, now));
    for (const each of [this.end, this.gap]) each.classList.toggle("is-over", gap >= 60000);
    spell(this.gap, gapWords(gap) + (past >= 60000 ? `, ${minutes(Math.round(past / 60000))} après la fermeture` : ""));
    const rest = toGo(state, now);
    const toCome =
      rest.steps > 0 ? `Il reste ${minutes(Math.ceil(rest.ms / 60000))} pour ${several(rest.steps, "étape")}.` : "";
    const closes = this.lockedEnd ? ` La salle ferme à ${clockTime(this.lockedEnd, this.zone)}.` : "";
    spell(this.part("rest"), `${toCome}${closes}`.trim());
    show(this.part("rest"), Boolean(toCome || closes));
  }

  #endClock(state, now) {
    return clockTime(Math.round(expectedEnd(state, now) / 60000) * 60000, this.zone);
  }

  // « Fin prévue 15 h 54, 6 min avant l’heure », to whoever asks by the key.
  /** @param {RoomState} state @param {number} now */
  timeNow(state, now) {
    return `Fin prévue ${this.#endClock(state, now)}, ${gapWords(gapMs(state, now, this.plannedEnd))}.`;
  }
}
