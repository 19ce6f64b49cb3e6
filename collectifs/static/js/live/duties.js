// live/duties.js: the duties of the day, given to whoever is there: who moderates, who takes notes, who keeps the time.
import { button, el, follow, show, typed, write } from "./dom.js";
import { everybody, hereAmong, shortNames } from "./people.js";

let boxes = 0;

// Whom each duty may go to: those who are here, and whoever has it already.
/** @param {Person[]} people @param {RoomState} state @param {string} duty */
export function candidates(people, state, duty) {
  const has = state.duties?.[duty] ?? "";
  const here = new Set(hereAmong(people, state).map(({ id }) => id));
  return people.filter(({ id }) => here.has(id) || id === has);
}

// « Secrétaire : Karim · Temps : Maud »; nothing for a duty that nobody has.
/** @param {Duty[]} duties @param {Person[]} people @param {RoomState} state */
export function dutyWords(duties, people, state) {
  const names = shortNames(people);
  const given = duties.filter(({ id }) => names.has(state.duties?.[id]));
  return given.map(({ id, label }) => `${label} : ${names.get(state.duties[id])}`).join(" · ");
}

export class Duties {
  /** @param {Piece} place @param {{ data: RoomData, acts: Acts }} known */
  constructor(place, { data, acts }) {
    boxes += 1;
    this.data = data;
    this.prefix = `role-${boxes}`;
    this.fields = new Map();
    this.box = el("div", { class: "duties" }, ...(data.duties ?? []).map((each) => this.#field(each, acts)));
    this.taker = ""; // the name of a secretary who is somebody else
    this.says = el("p", { class: "small soft", role: "status" });
    this.code = button("QR code pour noter", () => this.#showCode(), "btn tight");
    place.append(this.box, this.says, this.code);
  }

  #field({ id, label }, acts) {
    const field = el("select", {
      class: "input",
      id: `${this.prefix}-${id}`,
      autocomplete: "off",
      onchange: () => acts.giveDuty(id, field.value),
    });
    this.fields.set(id, field);
    return el("div", {}, el("label", { for: field.id }, typed(label)), field);
  }

  update(state) {
    const people = everybody(this.data, state);
    for (const [duty, field] of this.fields) {
      const offered = [{ id: "", name: "à choisir" }, ...candidates(people, state, duty)];
      follow(
        field,
        offered,
        ({ id }) => id,
        ({ id }) => el("option", { value: id }),
        (option, { name }) => write(option, typed(name)),
      );
      const has = state.duties?.[duty] ?? "";
      if (field.value !== has) field.value = has;
    }
    this.#say(state);
  }

  // It comes when it serves.
  async #showCode() {
    const brought = await import("./note_code.js").catch(() => null);
    if (brought) brought.showNoteCode(this.data.note_code, this.taker, this.box.closest(".live"));
    else write(this.says, "Le code ne s’affiche pas sans réseau.");
  }

  // A guest has no account: only a member opens this screen elsewhere.
  #say(state) {
    const taker =
      this.data.notes === false ? null : this.data.members.find(({ id }) => id === state.duties?.note_taker);
    const isOther = taker && taker.id !== this.data.person;
    this.taker = isOther ? taker.name : "";
    show(this.code, Boolean(isOther));
    write(this.says, isOther ? typed(`${taker.name} peut ouvrir cet écran sur son appareil pour noter.`) : "");
    show(this.says, Boolean(isOther));
  }
}
