// live/roll.js: who is there, members then guests. One tap marks a person, the last mark counts, all of it by keyboard
// too; somebody who came in without an account is welcomed by name.
import { button, el, follow, show, typed } from "./dom.js";
import { several } from "../lib/french.js";
import { LIMITS } from "../lib/rules.js";
import { uuid } from "../lib/browser.js";
import { everybody } from "./people.js";

const STATES = [["present", "Là"], ["late", "En retard"], ["excused", "A prévenu"], ["absent", "Pas là"]];
let rolls = 0;

export class Roll {
  /** @param {Piece} place @param {RoomData} data @param {Acts} acts @param {Known["announce"]} announce */
  constructor(place, data, acts, announce) {
    this.announce = announce;
    this.data = data;
    this.acts = acts;
    /** @type {RoomState["attendance"]} */
    this.attendance = {};
    /** @type {Person[]} */
    this.people = [];
    rolls += 1;
    this.prefix = `presence-${rolls}`;
    this.all = button("Tout le monde est là", () => this.#markRest(), "btn tight");
    this.list = el("ul", { class: "roll" });
    place.append(el("div", { class: "actions roll-all" }, this.all), this.list, this.#welcome());
  }

  #row({ id, name, isGuest }) {
    // A group with the name that is seen: a legend of its own would be read besides.
    const group = el("div", { class: "pair", role: "group", "aria-labelledby": `${this.prefix}-${id}` });
    for (const [state, words] of STATES) {
      const inputId = `${this.prefix}-${id}-${state}`;
      const input = el("input", {
        type: "radio",
        id: inputId,
        name: `${this.prefix}-${id}`,
        value: state,
        onchange: () => this.acts.mark(id, state),
      });
      group.append(el("label", { for: inputId }, input, el("span", {}, words)));
    }
    return el("li", {},
      el("span", {},
        el("span", { id: `${this.prefix}-${id}` }, typed(name)),
        isGuest && " ", isGuest && el("small", { class: "soft" }, "en visite"),
      ),
      group,
    );
  }

  // Folded: most meetings have nobody to add.
  #welcome() {
    const field = el("input", {
      class: "input",
      id: `${this.prefix}-visite`,
      maxlength: LIMITS.person,
      autocomplete: "off",
      spellcheck: "false",
      translate: "no",
      "data-confidential": true,
    });
    const form = el("form", { class: "welcome" },
      el("label", { for: field.id }, "Son nom"),
      field,
      el("button", { type: "submit", class: "btn tight" }, "Ajouter"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = field.value.trim();
      if (name !== "") {
        this.acts.welcome(uuid(), name);
        this.announce(`${name} est là.`);
      }
      field.value = "";
      field.focus();
    });
    return el("details", {}, el("summary", {}, "Ajouter une personne en visite"), form);
  }

  // The button goes away: the focus goes to the first name, and the count is said.
  #markRest() {
    for (const { id } of this.people) if (!this.attendance[id]) this.acts.mark(id, "present");
    this.list.querySelector("input:checked")?.focus({ preventScroll: true });
    this.announce(`${attendanceWords(this.people, this.attendance)}.`);
  }

  update(state) {
    this.attendance = state.attendance;
    this.people = everybody(this.data, state);
    follow(this.list, this.people, ({ id }) => id, (person) => this.#row(person));
    for (const input of this.list.querySelectorAll("input")) {
      const who = input.name.slice(this.prefix.length + 1);
      input.checked = state.attendance[who] === input.value;
    }
    show(this.all.parentElement, this.people.some(({ id }) => !state.attendance[id]));
  }
}

// « Présences : 7 personnes là, 1 sans réponse »
export function attendanceWords(people, attendance) {
  const here = people.filter(({ id }) => ["present", "late"].includes(attendance[id])).length;
  const unknown = people.filter(({ id }) => !attendance[id]).length;
  const counted = here === 0 ? "personne encore" : `${several(here, "personne")} là`;
  return `Présences : ${counted}${unknown > 0 ? `, ${unknown} à noter` : ""}`;
}
