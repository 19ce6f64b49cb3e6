// live/plan.js: the plan beside the stage: minutes planned and real, expected end, écart; and the way to any step.
import { expectedEnd, gapMs, plannedMs, spent, toGo } from "../lib/agenda.js";
import { clockTime, gapWords, minutes, several } from "../lib/french.js";
import { el, follow, menu, show, typed, write } from "./dom.js";

const newRow = () => el("tr", {}, el("th", { scope: "row" }), el("td", { class: "num" }), el("td", { class: "num" }));

// A step that runs has lasted whole minutes; one that is over is rounded.
function realMinutes(state, step, now) {
  const ran = spent(state, step, now);
  if (ran === 0 && !state.entered.includes(step)) return "";
  return String(step === state.current && !state.closed_at ? Math.floor(ran / 60000) : Math.round(ran / 60000));
}

export function fillPlan(rows, state, now) {
  const reached = state.plan.findIndex((each) => each.id === state.current);
  follow(rows, [...state.plan.entries()], ([, step]) => step.id, newRow, (row, [place, step]) => {
    const isNow = place === reached && !state.closed_at;
    row.className = isNow ? "is-now" : place < reached ? "is-past" : "";
    if (isNow) row.setAttribute("aria-current", "step");
    else row.removeAttribute("aria-current");
    const [title, planned, real] = row.children;
    write(title, typed(step.title));
    write(planned, String(Math.round(plannedMs(state, step.id) / 60000)));
    write(real, realMinutes(state, step.id, now));
  });
}

export class Plan {
  #menuFor = "";

  /** @param {Piece} view @param {Pick<Known, "zone" | "plannedEnd" | "lockedEnd"> & { goTo: Acts["goTo"] }} known */
  constructor(view, { zone, plannedEnd, lockedEnd, goTo }) {
    this.zone = zone;
    this.plannedEnd = plannedEnd;
    this.lockedEnd = lockedEnd;
    this.goTo = goTo;
    this.part = (name) => view.querySelector(`[data-plan-${name}]`);
    this.gap = el("small", { class: "nb" });
    this.end = el("span", { class: "nb" });
    this.part("end").append("Fin prévue ", this.end, " ", this.gap);
  }

  update(state, mine) {
    const wanted = JSON.stringify([mine, state.current, state.plan]);
    if (wanted === this.#menuFor) return;
    this.#menuFor = wanted;
    const others = state.plan.filter((step) => step.id !== state.current);
    const entries = others.map((step) => ({ text: typed(step.title), action: () => this.goTo(step.id) }));
    this.part("menu").replaceChildren(...(mine ? [menu("Aller à une autre étape", entries)] : []));
  }

  tick(state, now) {
    fillPlan(this.part("rows"), state, now);
    const gap = gapMs(state, now, this.plannedEnd);
    write(this.end, clockTime(Math.round(expectedEnd(state, now) / 60000) * 60000, this.zone));
    this.end.classList.toggle("is-over", gap >= 60000);
    write(this.gap, gapWords(gap));
    const rest = toGo(state, now);
    const toCome =
      rest.steps > 0 ? `Il reste ${minutes(Math.ceil(rest.ms / 60000))} pour ${several(rest.steps, "étape")}.` : "";
    const closes = this.lockedEnd ? ` La salle ferme à ${clockTime(this.lockedEnd, this.zone)}.` : "";
    write(this.part("rest"), `${toCome}${closes}`.trim());
    show(this.part("rest"), Boolean(toCome || closes));
  }
}
