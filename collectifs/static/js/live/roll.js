// live/roll.js: who is there. One tap marks a person, the last mark counts, all of it by keyboard too.
import { button, el, follow, show, typed } from "./dom.js";
import { several } from "../lib/french.js";

const STATES = [["present", "Là"], ["late", "En retard"], ["excused", "A prévenu"], ["absent", "Pas là"]];
let rolls = 0;

export class Roll {
  constructor(place, members, mark) {
    Object.assign(this, { members, mark });
    rolls += 1;
    this.prefix = `presence-${rolls}`;
    this.all = button("Tout le monde est là", () => this.#markRest(), "btn tight");
    this.list = el("ul", { class: "roll" });
    place.append(el("div", { class: "actions roll-all" }, this.all), this.list);
    follow(this.list, members, (member) => member.id, (member) => this.#row(member));
  }

  #row({ id, name }) {
    const fieldset = el("fieldset", { class: "pair" }, el("legend", { class: "sr" }, name));
    for (const [state, words] of STATES) {
      const inputId = `${this.prefix}-${id}-${state}`;
      const input = el("input", { type: "radio", id: inputId, name: `${this.prefix}-${id}`, value: state, autocomplete: "off", onchange: () => this.mark(id, state) });
      fieldset.append(el("label", { for: inputId }, input, el("span", {}, words)));
    }
    return el("li", {}, el("span", {}, typed(name)), fieldset);
  }

  #markRest() {
    for (const { id } of this.members) if (!this.attendance[id]) this.mark(id, "present");
  }

  update(state) {
    this.attendance = state.attendance;
    for (const input of this.list.querySelectorAll("input")) {
      const who = input.name.slice(this.prefix.length + 1);
      input.checked = state.attendance[who] === input.value;
    }
    show(this.all.parentElement, this.members.some(({ id }) => !state.attendance[id]));
  }
}

// « Présences : 7 personnes là, 1 sans réponse »
export function attendanceWords(members, attendance) {
  const here = members.filter(({ id }) => ["present", "late"].includes(attendance[id])).length;
  const unknown = members.filter(({ id }) => !attendance[id]).length;
  const counted = here === 0 ? "personne encore" : `${several(here, "personne")} là`;
  return `Présences : ${counted}${unknown > 0 ? `, ${unknown} à noter` : ""}`;
}
