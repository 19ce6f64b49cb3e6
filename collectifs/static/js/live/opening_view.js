// live/opening_view.js: the screen before the meeting starts.
import { clockTime, minutes, several } from "../lib/french.js";
import { build, button, el, spell, typed } from "./dom.js";
import { Duties } from "./duties.js";
import { Pick } from "./pick.js";
import { Roll } from "./roll.js";

const A_MINUTE = 60000;

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
    const end = clockTime(Math.round(now / A_MINUTE + this.total) * A_MINUTE, this.zone);
    const when = [day, hours, place].filter(Boolean).map(typed).join(", ");
    spell(
      this.part("lead"),
      `${when[0].toUpperCase()}${when.slice(1)}. ${several(this.data.steps.length, "étape")}, ` +
        `${minutes(this.total)} : en commençant maintenant, fin à ${end}.${this.#without()}`,
    );
  }
}
