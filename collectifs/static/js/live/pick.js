// live/pick.js: what the meeting may work on: a situation that was sent, one told aloud, a spare one.
// The room hears a situation from its author: its words stay folded, its title too unless its author shows it.
import { button, el, follow, show, typed, unbroken } from "./dom.js";
import { aboutOf, fillHands, handsBox, isCounted } from "./hands.js";
import { isAway } from "./people.js";

let picks = 0;

/** @param {RoomData} data @returns {Option[]} */
export function optionsOf({ situations, spare, spares = [], spare_link: link = "", members = [] }) {
  const asSpare = (each) => ({ ...each, kind: "spare", link });
  return [
    ...situations.map((each) => ({ ...each, kind: "situation", questions: [] })),
    ...(spare ? [{ ...asSpare(spare), isReady: true }] : []),
    ...members.map(({ id, name }) => ({ id, kind: "told_by", title: `Racontée par ${name}`, name, questions: [] })),
    ...spares.map(asSpare),
  ];
}

/** @type {(options: Option[], state: RoomState) => Option | null} */
export const chosenIn = (options, state) =>
  options.find((each) => state.situation !== null && state.situation[each.kind] === each.id) ?? null;

// How the room may call it: by its title only where its author shows it.
/** @type {(option: Option) => string} */
const nameOf = ({ kind, title, name, shows_title: shows, sent }) =>
  kind === "told_by" ? name ?? "" : kind === "situation" && !shows ? `Une situation envoyée le ${sent}` : title;

export class Pick {
  /** @type {Piece} */
  counter;
  /** @type {Piece} */
  says;

  // `count(about, criterion, number)`: hands are only counted where it is given.
  /**
   * @param {Piece} place
   * @param {Option[]} options
   * @param {Acts["choose"]} choose
   * @param {Acts["countHands"] | null} count
   */
  constructor(place, options, choose, count = null) {
    picks += 1;
    this.prefix = `situation-${picks}`;
    this.choose = choose;
    this.count = count;
    this.options = options;
    this.place = place;
    const of = (kind, isReady) => options.filter((each) => each.kind === kind && Boolean(each.isReady) === isReady);
    const sent = of("situation", false);
    const ready = of("spare", true);
    if (sent.length === 0) {
      const held = ready.length > 0 ? " Celle de secours est prête." : " Il y en a de secours, plus bas.";
      place.append(el("p", {}, `Personne n’en a proposé à l’avance : demandez de vive voix.${held}`));
    }
    if (count) this.#offerCount();
    this.#list([...sent, ...ready], (each) => this.#row(each));
    this.told = this.#folded("Une situation dite de vive voix", of("told_by", false), (each) =>
      this.#line(each, typed(each.name)),
    );
    const others = ready.length > 0 ? "Une autre situation de secours" : "Une situation de secours";
    this.#folded(others, of("spare", false), (each) => this.#row(each));
  }

  // Out of the way until somebody asks for hands to be raised.
  #offerCount() {
    this.counter = button("Compter les mains levées", () => this.#openCount(), "btn tight");
    this.says = el("p", { class: "small soft", hidden: true },
      "Une indication, oubliée à la clôture : rien n’est classé. La personne qui exposerait décide, avec vous.",
    );
    this.place.append(el("div", { class: "actions" }, this.counter), this.says);
  }

  #openCount() {
    const hadFocus = document.activeElement === this.counter;
    show(this.counter.parentElement, false);
    show(this.says, true);
    for (const box of this.place.querySelectorAll(".hands")) show(box, true);
    if (hadFocus) this.place.querySelector(".hands button:last-child").focus({ preventScroll: true });
  }

  #list(options, build, place = this.place) {
    const list = el("ul", { class: "pick" });
    if (options.length > 0) place.append(list);
    follow(list, options, (each) => each.id, build);
    return list;
  }

  #folded(title, options, build) {
    const details = el("details", {}, el("summary", {}, title));
    if (options.length > 0) this.place.append(details);
    this.#list(options, build, details);
    return details;
  }

  #line(each, ...words) {
    const id = `${this.prefix}-${each.id}`;
    const input = el("input", {
      type: "radio",
      name: this.prefix,
      id,
      value: `${each.kind}/${each.id}`,
      onchange: () => this.choose({ [each.kind]: each.id }),
    });
    const hands = this.count && handsBox(aboutOf(each), typed(nameOf(each)), this.count);
    return el("li", {}, el("label", { for: id }, input, ...words), hands);
  }

  /** @param {Option} each */
  #row(each) {
    const isHeard = each.kind === "situation"; // from its author, not from this screen
    const isShown = !isHeard || each.shows_title;
    const title = el("b", {}, typed(nameOf(each)));
    const badge = each.isReady && el("span", { class: "badge" }, "Situation de secours");
    if (!isHeard) {
      return this.#line(
        each,
        title,
        badge,
        el("span", {}, typed(each.sentence)),
        el("span", { class: "dit" }, typed(`« ${each.question} »`)),
      );
    }
    const row = this.#line(each, title);
    row.append(el("details", { class: "small" }, el("summary", {}, "La relire, pour vous"), wordsOf(each, !isShown)));
    return row;
  }

  update(state) {
    const chosen = chosenIn(this.options, state);
    for (const input of this.place.querySelectorAll(`input[name="${this.prefix}"]`)) {
      input.checked = chosen !== null && input.value === `${chosen.kind}/${chosen.id}`;
    }
    for (const row of this.told.querySelectorAll("li")) show(row, !isAway(state, row.dataset.key));
    if (!this.count) return;
    for (const box of this.place.querySelectorAll(".hands")) fillHands(box, state.hands);
    if (isCounted(state.hands) && this.says.hidden) this.#openCount();
  }
}

/** @param {Option} each @param {boolean} withTitle */
function wordsOf(each, withTitle) {
  const box = el("div", { class: "stack", translate: "no" });
  if (withTitle) box.append(el("p", {}, el("b", {}, typed(each.title))));
  if (each.sentence) box.append(el("p", {}, typed(each.sentence)));
  if (each.question) box.append(el("p", { class: "dit" }, typed(`« ${each.question} »`)));
  return box;
}

// The chosen situation, at hand during the steps that follow; `reads` names the part of a spare one that comes up now.
/** @param {Option} chosen */
export function chosenBody(chosen, reads = "") {
  const box = wordsOf(chosen, true);
  if (chosen.kind === "spare") {
    if (chosen.link) {
      box.append(
        el("p", {},
          el("a", { href: chosen.link, target: "_blank", rel: "noopener noreferrer" },
            "Ouvrir la vidéo (nouvel onglet)",
          ),
        ),
      );
    }
    if (reads === "sequel") {
      box.append(
        el("p", {}, el("b", {}, typed(chosen.sequel || "Cette situation n’a pas de suite : on peut passer."))),
      );
    }
    if (reads !== "questions" && reads !== "sequel") box.append(el("p", {}, typed(chosen.story)));
    if (reads !== "story" && reads !== "sequel") {
      box.append(el("ul", {}, ...chosen.questions.map((each) => el("li", {}, ...unbroken(typed(each))))));
    }
  }
  return box;
}
