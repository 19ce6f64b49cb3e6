// live/turns.js: the speaking round. The floor is given, passed, given back by a tap; counts are told, never sorted,
// and everything of it is dropped at close. Nothing is timed.
import { el, follow, set, show, typed, write } from "./dom.js";
import { everybody, hereAmong, ofWhom, shortNames } from "./people.js";
import { isSpare, voicesOf } from "./spare.js";

const IN_TURN = /\btour\b|chaque personne|chacun|en une phrase/iu;

// Whether people speak in turn at this step, by its own words.
/** @type {(step: Step | undefined, state: RoomState) => boolean} */
export const isRound = (step, state) => step !== undefined && IN_TURN.test(voicesOf(step, state).speaks);

// Whoever presents listens at the steps that say so: known by name when the situation is told aloud.
/** @param {Step | undefined} step @param {RoomState} state */
export function listening(step, state) {
  if (!step || isSpare(state) || !/expose/iu.test(voicesOf(step, state).silent ?? "")) return null;
  return { who: state.situation?.told_by ?? "" };
}

// How often each spoke in the whole meeting; to be given the floor and to pass is not to speak.
/** @param {Turn[]} turns @returns {Record<string, number>} */
export function countTurns(turns) {
  const counts = {};
  turns.forEach(({ who, step, how }, place) => {
    const before = turns[place - 1];
    if (how === "given") counts[who] = (counts[who] ?? 0) + 1;
    else if (before?.who === who && before.step === step && before.how === "given") counts[who] -= 1;
  });
  return counts;
}

// The round of the current step: in the order of the list, those who came late at the end.
/** @param {Person[]} people @param {RoomState} state */
export function roundOf(people, state, quiet = "") {
  const all = hereAmong(people, state).filter(({ id }) => id !== quiet);
  const late = ({ id }) => state.attendance[id] === "late";
  const order = [...all.filter((each) => !late(each)), ...all.filter(late)];
  const turns = state.turns ?? [];
  const round = turns.filter(({ step }) => step === state.current);
  const marks = new Map(round.map(({ who, how }) => [who, how]));
  const last = round.at(-1) ?? null;
  const floor = last?.how === "given" ? last.who : null;
  const counts = countTurns(turns);
  const markOf = (id) => (id === floor ? "now" : marks.get(id) ?? "");
  const from = order.findIndex(({ id }) => id === last?.who) + 1;
  const next = [...order.slice(from), ...order.slice(0, from)].find(({ id }) => !marks.has(id)) ?? null;
  return {
    floor,
    next: next?.id ?? null,
    people: order.map((each) => ({ ...each, mark: markOf(each.id), count: counts[each.id] ?? 0 })),
  };
}

const SAID = { now: "a la parole", given: "a parlé", passed: "passe" };

export class Round {
  /** @param {Piece} box @param {Pick<Known, "data" | "acts" | "announce"> & { steps: Map<string, Step> }} known */
  constructor(box, { data, steps, acts, announce }) {
    this.box = box;
    this.data = data;
    this.steps = steps;
    this.acts = acts;
    this.announce = announce;
    const part = (name) => box.querySelector(`[data-round-${name}]`);
    this.list = part("list");
    this.says = part("says");
    this.next = part("next");
    this.pass = part("pass");
    this.names = new Map();
    /** @type {ReturnType<typeof roundOf>} */
    this.round = { floor: null, next: null, people: [] };
    this.next.addEventListener("click", () => this.#give(this.round.next));
    this.pass.addEventListener("click", () => {
      const passing = this.round.floor ?? this.round.next;
      acts.passTurn(passing);
      this.announce(`${this.names.get(passing)} passe.`);
    });
  }

  // Said: the button that was pressed speaks of the next person already.
  #give(id) {
    this.acts.giveFloor(id);
    this.announce(`${this.names.get(id)} a la parole.`);
  }

  update(state) {
    const step = this.steps.get(state.current);
    if (this.at !== state.current) this.#entered(step, state);
    const people = everybody(this.data, state);
    const quiet = listening(step, state);
    this.names = shortNames(people);
    this.round = roundOf(people, state, quiet?.who);
    follow(
      this.list,
      this.round.people,
      ({ id }) => id,
      (each) => this.#build(each),
      (item, each) => this.#show(item, each),
    );
    this.#buttons();
    this.#say(state, people, quiet);
  }

  // A new round at each step; open where people speak in turn.
  #entered(step, state) {
    this.at = state.current;
    const opens = isRound(step, state);
    this.box.open = opens;
  }

  #build({ id }) {
    const give = el("button", { type: "button", onclick: () => this.#give(id) },
      el("span", {}),
      el("small", {}),
      el("span", { class: "sr" }),
    );
    return el("li", {}, give);
  }

  #show(item, { id, mark, count }) {
    const button = item.firstElementChild;
    const [name, times, said] = button.children;
    item.className = mark && `is-${mark}`;
    write(name, typed(this.names.get(id)));
    write(times, mark === "passed" ? `passe${count ? ` · ${count}` : ""}` : count ? String(count) : "");
    set(times, "aria-hidden", "true");
    const often = count > 0 ? `, ${count} fois la parole` : "";
    write(said, `${mark ? `, ${SAID[mark]}` : ""}${often}`);
    if (mark === "now") set(button, "aria-current", "true");
    else button.removeAttribute("aria-current");
  }

  #buttons() {
    const { floor, next } = this.round;
    const passing = floor ?? next;
    const gone = document.activeElement;
    if (next) write(this.next, `Au tour ${ofWhom(typed(this.names.get(next)))}`);
    if (passing) write(this.pass, `${typed(this.names.get(passing))} passe`);
    show(this.next, next !== null);
    show(this.pass, passing !== null && passing !== undefined);
    if (gone && gone.hidden && this.box.contains(gone)) {
      this.box.querySelector("summary").focus({ preventScroll: true });
    }
  }

  #say(state, people, quiet) {
    const told = quiet?.who && this.names.get(quiet.who);
    const away = people
      .filter(({ id }) => state.attendance[id] === "absent" || state.attendance[id] === "excused")
      .map(({ id }) => this.names.get(id));
    const words = [
      quiet &&
        (told ? `${told} expose : écoute sans prendre la parole.` : "La personne qui expose écoute : passez son tour."),
      away.length > 0 && `${away.length > 1 ? "Ne sont pas là" : "N’est pas là"} : ${away.join(", ")}.`,
      this.round.next === null && this.round.people.length > 0 && "Le tour est fait. Touchez un nom pour y revenir.",
    ];
    write(this.says, typed(words.filter(Boolean).join(" ")));
    show(this.says, words.some(Boolean));
  }
}
