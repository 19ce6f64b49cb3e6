// live/parking.js: the parking lot of the series. What is left for another time, and who might bring a situation.
import { el, follow, icon, set, show, typed, write } from "./dom.js";
import { several } from "../lib/french.js";
import { LIMITS } from "../lib/rules.js";
import { everybody, hereAmong, shortNames } from "./people.js";
import { uuid } from "../lib/browser.js";

// What stands: the items of the series, those of this meeting, without those put away by anybody since.
/** @param {ParkedItem[]} items @param {RoomState["parked"]} parked @param {string[]} removed */
export function standing(items, parked, removed) {
  const gone = new Set(removed);
  const own = parked.map(({ item, text }) => ({ id: item, text, day: "" }));
  const known = new Set(items.map(({ id }) => id));
  return [...items, ...own.filter(({ id }) => !known.has(id))].filter(({ id }) => !gone.has(id));
}

export const offering = (name) => `${name} pensait apporter une situation.`;

export class Parking {
  /**
   * @param {Piece} box
   * @param {Pick<Known, "data" | "acts" | "undoLine" | "announce"> & { removed: () => string[] }} known
   */
  constructor(box, { data, acts, undoLine, announce, removed }) {
    this.box = box;
    this.data = data;
    this.acts = acts;
    this.undoLine = undoLine;
    this.announce = announce;
    this.removed = removed;
    const part = (name) => box.querySelector(`[data-parking-${name}]`);
    this.summary = part("summary");
    this.list = part("list");
    this.who = part("who");
    this.names = part("names");
    const form = part("form");
    form.elements.parked.maxLength = LIMITS.parked;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#park(form.elements.parked);
    });
  }

  #park(field) {
    const text = field.value.trim();
    if (text !== "") {
      this.acts.park(uuid(), text);
      this.announce("Gardé au pense-bête.");
    }
    field.value = "";
    field.focus();
  }

  #remove({ id, text }) {
    const next = this.list.querySelector(`[data-key="${CSS.escape(id)}"]`)?.nextElementSibling;
    this.acts.unpark(id);
    (next?.querySelector("button") ?? this.box.querySelector("summary")).focus({ preventScroll: true });
    this.undoLine.offer("Retiré du pense-bête.", "Annuler", () => this.acts.park(uuid(), text), { about: "parking" });
  }

  update(state, isClosing) {
    const items = standing(this.data.parking ?? [], state.parked ?? [], this.removed());
    write(this.summary, `Pense-bête de la série${items.length > 0 ? ` : ${several(items.length, "point")}` : ""}`);
    show(this.list, items.length > 0);
    follow(this.list, items, ({ id }) => id, (item) => this.#row(item));
    show(this.who, isClosing);
    if (isClosing) this.#volunteers(state, items);
  }

  /** @param {ParkedItem} item */
  #row(item) {
    const words = typed(item.text);
    const away = el(
      "button",
      {
        type: "button",
        class: "more",
        "aria-label": `Retirer « ${words} » du pense-bête`,
        onclick: () => this.#remove(item),
      },
      icon("close", 16),
    );
    return el("li", {},
      el("span", { translate: "no" }, words),
      item.day && " ",
      item.day && el("small", {}, item.day),
      away,
    );
  }

  // A tap says that a person might; a second tap takes it back.
  #volunteers(state, items) {
    const people = hereAmong(everybody(this.data, state), state);
    const short = shortNames(people);
    const itemOf = (id) => items.find(({ text }) => text === offering(short.get(id)));
    const toggle = (id) => {
      const known = standing(this.data.parking ?? [], this.acts.state().parked ?? [], this.removed()).find(
        ({ text }) => text === offering(short.get(id)),
      );
      if (known) this.acts.unpark(known.id);
      else this.acts.park(uuid(), offering(short.get(id)));
    };
    const build = ({ id }) =>
      el("li", {},
        el("button", { type: "button", class: "btn tight", onclick: () => toggle(id) }, typed(short.get(id))),
      );
    follow(
      this.names,
      people,
      ({ id }) => id,
      build,
      (item, { id }) => set(item.firstElementChild, "aria-pressed", String(Boolean(itemOf(id)))),
    );
  }
}
