// live/views.js: the screen before the meeting starts and once it is closed; running_view.js is the one in between.
import { expectedEnd, gapMs, spent } from "../lib/agenda.js";
import { clockTime, gapWords, minutes, several } from "../lib/french.js";
import { build, button, el, show, spell, typed, write } from "./dom.js";
import { Duties } from "./duties.js";
import { Lanes } from "./notes.js";
import { Pick } from "./pick.js";
import { fillPlan } from "./plan.js";
import { Roll } from "./roll.js";
import { wakeLock } from "./settings.js";

export { RunningView } from "./running_view.js";

const MINUTE = 60000;

export class OpeningView {
  title = "Avant de commencer";

  /** @param {Known} known */
  constructor({ data, zone, acts, options, announce }) {
    const view = build("opening", data, this.title);
    this.root = view.root;
    this.heading = view.heading;
    this.part = view.part;
    this.data = data;
    this.zone = zone;
    const start = button("Commencer le regroupement", acts.start, "btn primary");
    this.roll = new Roll(this.part("roll"), data, acts, announce);
    this.duties = new Duties(this.part("duties"), { data, acts });
    this.pick = new Pick(this.part("pick"), options, acts.choose);
    if (data.role === "note_taker") this.#waits();
    else this.part("start").append(start);
    this.total = data.steps.reduce((sum, step) => sum + step.minutes, 0);
  }

  // Whoever takes the notes starts nothing, and chooses nothing.
  #waits() {
    this.part("start").replaceWith(
      el("p", {}, "Vous prendrez les notes : cet écran s’ouvrira quand votre pilote aura commencé."),
    );
    for (const name of ["roll", "duties", "pick"]) this.part(name).closest("section").remove();
  }

  #without() {
    return this.data.notes === false ? " Sans notes, décidé à la préparation." : "";
  }

  update(state) {
    this.roll.update(state);
    this.duties.update(state);
    this.pick.update(state);
  }

  tick(state, now) {
    const { day, hours, place } = this.data.meeting;
    const end = clockTime(Math.round(now / MINUTE + this.total) * MINUTE, this.zone);
    const when = [day, hours, place].filter(Boolean).map(typed).join(", ");
    spell(
      this.part("lead"),
      `${when[0].toUpperCase()}${when.slice(1)}. ${several(this.data.steps.length, "étape")}, ` +
        `${minutes(this.total)} : en commençant maintenant, fin à ${end}.${this.#without()}`,
    );
  }
}

export class ClosedView {
  /** @param {Known} known */
  constructor({ data, zone, acts, undoLine, announce, titleOf, plannedEnd, journal }) {
    const view = build("closed", data);
    this.root = view.root;
    this.heading = view.heading;
    this.part = view.part;
    this.data = data;
    this.zone = zone;
    this.plannedEnd = plannedEnd;
    this.journal = journal;
    this.acts = acts;
    this.#handover();
    this.part("reopen").addEventListener("click", acts.reopen);
    this.part("close").addEventListener("click", acts.close);
    this.roll = new Roll(this.part("roll"), data, acts, announce);
    const forget = (note) => journal.forgetNote?.(note);
    if (data.notes === false) this.part("lanes").closest("section").remove();
    else {
      this.lanes = new Lanes(this.part("lanes"), {
        add: acts.add,
        copy: acts.copy,
        undoLine,
        titleOf,
        hasSheet: Boolean(data.sheet),
        announce,
        forget,
      });
    }
  }

  get title() {
    return this.heading.textContent;
  }

  #handover() {
    const [words, take] = this.part("handover").children;
    take.addEventListener("click", this.acts.takeHand);
    if (this.data.role !== "note_taker") return;
    take.remove();
    write(words, "Vous avez pris les notes : un autre appareil a conduit la séance.");
  }

  // Nobody closed it: half a day after its planned end it comes here, to be read again.
  update(state, mine) {
    const isOpen = state.closed_at === null;
    wakeLock.want(false);
    show(this.part("handover"), !mine);
    show(this.part("reopen"), mine);
    show(this.part("close"), mine && isOpen);
    show(this.part("roll").closest("section"), mine || this.data.role !== "note_taker");
    write(this.heading, isOpen ? "Restée ouverte : à relire" : "La séance est close");
    write(this.part("reopen"), isOpen ? "Rouvrir" : "Rouvrir la séance");
    this.roll.update(state);
    this.lanes?.update(state, true);
    // Left open, its last step lasted nobody knows how long.
    const end = isOpen ? Date.parse(state.running_since ?? state.started_at ?? "") : expectedEnd(state, 0);
    const lasted = state.plan.reduce((sum, step) => sum + spent(state, step.id, end), 0);
    const work = `${minutes(Math.round(lasted / MINUTE))} de travail.`;
    const said = isOpen
      ? "Personne n’a clos la séance : sa dernière étape n’est pas comptée."
      : `Fin à ${clockTime(end, this.zone)}, ${gapWords(gapMs(state, end, this.plannedEnd))} ; ${work}`;
    spell(this.part("lead"), said);
    fillPlan(this.part("plan-rows"), state, { prepared: this.data.steps, now: end });
  }

  tick() {
    const { unsent, trouble, isKept } = this.journal;
    show(this.part("unsent-warning"), unsent > 0 && Boolean(trouble));
    const many = unsent > 1;
    const words = `${several(unsent, "action")} ${many ? "ne sont pas encore parties" : "n’est pas encore partie"} : `;
    const where = `${many ? "ils sont gardés" : "il est gardé"} sur cet appareil.`;
    const kept = `${where} Rouvrez cette page quand le réseau sera revenu.`;
    write(
      this.part("unsent-warning"),
      words + (isKept ? kept : "gardez cette page ouverte jusqu’au retour du réseau."),
    );
  }
}
