// live/closed_view.js: the screen once the meeting is closed, or found open long after. It comes once the room stands.
import { expectedEnd, gapMs, lastLived, spent } from "../lib/agenda.js";
import { clockTime, gapWords, minutes, several } from "../lib/french.js";
import { build, show, spell, typed, write } from "./dom.js";
import { Lanes } from "./notes.js";
import { fillPlan } from "./plan.js";
import { Roll } from "./roll.js";
import { wakeLock } from "./settings.js";

const MINUTE = 60000;

export class ClosedView {
  /** @param {Known} known */
  constructor({ data, zone, acts, undoLine, announce, titleOf, plannedEnd, journal, drafts }) {
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
    this.drafts = drafts;
    this.undoLine = undoLine;
    this.part("reopen").addEventListener("click", acts.reopen);
    this.part("close").addEventListener("click", () => this.#close());
    this.#offerBegun();
    if (data.role === "note_taker") this.part("plan-rows").closest("section").remove(); // whoever leads reads it
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

  // A note was begun when the meeting was closed: it is noted now, or erased. Nothing is wiped before.
  #offerBegun() {
    const [note, erase] = this.part("begun").querySelectorAll("button");
    note.addEventListener("click", () => {
      for (const text of this.drafts.begun) this.acts.note(text);
      this.#forgetBegun();
    });
    erase.addEventListener("click", () => this.#forgetBegun());
  }

  #forgetBegun() {
    this.drafts.forgetBegun();
    this.journal.onChange();
    this.heading.focus({ preventScroll: true });
  }

  // Found again the next day: it ends when somebody last did something in it.
  #close() {
    const end = this.#end(this.acts.state());
    this.acts.closeAt(end);
    const words = `Close à ${clockTime(end, this.zone)}, l’heure de la dernière action.`;
    this.undoLine.offer(words, "", null);
  }

  /** @param {RoomState} state @returns {number} */
  #end(state) {
    const lived = lastLived(state, this.journal.gestures, this.plannedEnd);
    return state.closed_at === null ? lived : expectedEnd(state, 0);
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
    if (this.part("finish")) show(this.part("finish"), !isOpen); // the sheet comes once it is closed
    show(this.part("roll").closest("section"), mine || this.data.role !== "note_taker");
    write(this.heading, isOpen ? "Restée ouverte : à relire" : "La séance est close");
    write(this.part("reopen"), isOpen ? "Rouvrir" : "Rouvrir la séance");
    this.roll.update(state);
    this.lanes?.update(state, true);
    const end = this.#end(state);
    const lasted = state.plan.reduce((sum, step) => sum + spent(state, step.id, end), 0);
    const work = `${minutes(Math.round(lasted / MINUTE))} de travail.`;
    const said = isOpen
      ? `Personne n’a clos la séance : fermée d’ici, elle finit à ${clockTime(end, this.zone)}, à la dernière action.`
      : `Fin à ${clockTime(end, this.zone)}, ${gapWords(gapMs(state, end, this.plannedEnd))} ; ${work}`;
    spell(this.part("lead"), said);
    const rows = this.part("plan-rows");
    if (rows) fillPlan(rows, state, { prepared: this.data.steps, now: end });
  }

  tick() {
    const { unsent, trouble, isKept } = this.journal;
    const { begun } = this.drafts;
    show(this.part("begun"), begun.length > 0);
    write(this.part("begun").querySelector("[data-begun-words]"), typed(begun.join(" · ")));
    show(this.part("unsent-warning"), unsent > 0 && Boolean(trouble));
    const many = unsent > 1;
    const words = `${several(unsent, "action")} ${many ? "ne sont pas encore parties" : "n’est pas encore partie"} : `;
    const where = `${many ? "elles sont gardées" : "elle est gardée"} sur cet appareil.`;
    const kept = `${where} Rouvrez cette page quand le réseau sera revenu.`;
    write(
      this.part("unsent-warning"),
      words + (isKept ? kept : "gardez cette page ouverte jusqu’au retour du réseau."),
    );
  }
}
