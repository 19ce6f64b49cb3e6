// sheet/answer_rows.js: the numbered answers of the editor: added, moved, removed and put back, read and shown.
import { blank } from "../lib/answer.js";
import { LIMITS } from "../lib/rules.js";
import { button, el, menu } from "../live/dom.js";

const NEW = { text: "", kind: null, condition: "" };
const field = (row, name) => row.querySelector(`[data-answer="${name}"]`);

// Where a field has what stands in it, and what came with the page.
const NOW = { value: "value", checked: "checked" };
const SERVED = { value: "defaultValue", checked: "defaultChecked" };

function readRow(row, { value, checked } = NOW) {
  const kind = [...row.querySelectorAll('[data-answer="kind"]')].find((each) => each[checked])?.value ?? null;
  return { text: field(row, "text")[value], kind, condition: field(row, "condition")[value] };
}

export class AnswerRows {
  /** @type {Piece | null} */
  undo = null; // the line that takes a move back

  // `list` holds li[data-answer-row]; `template` holds one more, for answers to come, when there is one.
  /** @param {Piece} list @param {Piece | null} template @param {() => void} onChange */
  constructor(list, template, onChange) {
    this.list = list;
    this.onChange = onChange;
    this.pattern = (template?.content ?? list).querySelector("[data-answer-row]").cloneNode(true);
    for (const row of this.#rows()) this.#equip(row);
    this.#settle();
  }

  get isFull() {
    return !this.#free() && this.#rows().length >= LIMITS.answers;
  }

  /** @returns {SheetAnswer[]} */
  answers() {
    return this.#rows().map((row) => readRow(row)).filter((answer) => !blank(answer));
  }

  // What the page came with: somebody may have typed before its script started.
  /** @returns {SheetAnswer[]} */
  served() {
    return this.#rows().map((row) => readRow(row, SERVED)).filter((answer) => !blank(answer));
  }

  show(answers) {
    this.list.replaceChildren();
    for (const answer of answers) this.#add(answer);
    this.#settle();
  }

  // In the first empty row, or in a new one.
  append(answer) {
    const free = this.#free();
    if (free) this.#fill(free, answer);
    else this.#add(answer);
    this.#settle();
  }

  addByHand() {
    const row = this.#free() ?? this.#add(NEW);
    this.#settle();
    field(row, "text").focus();
  }

  #rows() {
    return [...this.list.querySelectorAll("[data-answer-row]")];
  }

  #free() {
    return this.#rows().find((row) => blank(readRow(row)));
  }

  /** @param {Piece} row @param {SheetAnswer} answer */
  #fill(row, answer) {
    field(row, "text").value = answer.text;
    field(row, "condition").value = answer.condition;
    for (const choice of row.querySelectorAll('[data-answer="kind"]')) choice.checked = choice.value === answer.kind;
  }

  #add(answer) {
    const row = this.pattern.cloneNode(true);
    row.querySelector(".error")?.remove();
    for (const name of ["aria-invalid", "aria-describedby"]) field(row, "text").removeAttribute(name);
    // Its own names from the first: two rows in one group of radios would lose a choice.
    this.#name(row, this.#rows().length + 1);
    this.#fill(row, answer);
    this.list.append(row);
    this.#equip(row);
    return row;
  }

  #equip(row) {
    row.querySelector(".menu")?.remove();
    row.querySelector(".grip")?.remove();
    const grip = el("span", { class: "grip", "aria-hidden": "true" }); // by keyboard: the menu, or Alt and an arrow
    import("./drag_rows.js")
      .then(({ makeDraggable }) => makeDraggable(grip, row, (before) => this.#moved(row, before)))
      .catch(() => grip.remove());
    row.append(grip);
    row.addEventListener("keydown", (event) => this.#onKey(event, row));
    row.querySelector(".answer-kind").append(menu("Déplacer ou retirer cette réponse", [
      { text: "Monter", action: () => this.#moveByMenu(row, -1) },
      { text: "Descendre", action: () => this.#moveByMenu(row, 1) },
      { text: "Retirer", action: () => this.#remove(row) },
    ]));
  }

  #onKey(event, row) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#move(row, by);
  }

  #moveByMenu(row, by) {
    this.#move(row, by);
    row.querySelector("summary").focus();
  }

  // The other row steps over: the one that moves keeps the focus.
  #move(row, by) {
    const rows = this.#rows();
    const other = rows[rows.indexOf(row) + by];
    if (!other) return;
    const before = [...this.list.children];
    if (by < 0) row.after(other);
    else row.before(other);
    this.#moved(row, before);
  }

  // It is said where it went, and one button puts the order back.
  #moved(row, before) {
    this.#settle();
    this.onChange();
    this.undo?.remove();
    const place = this.#rows().indexOf(row) + 1;
    const back = button("Annuler le déplacement", () => this.#putBack(before), "btn quiet tight");
    this.undo = el("p", { class: "small inline-links", role: "status" }, `Réponse déplacée au rang ${place}. `, back);
    this.list.after(this.undo);
  }

  // What was added since stays, after the rest.
  #putBack(before) {
    const here = [...this.list.children];
    this.list.replaceChildren(
      ...before.filter((each) => here.includes(each)), ...here.filter((each) => !before.includes(each)),
    );
    this.undo?.remove();
    this.#settle();
    this.onChange();
    field(this.#rows()[0], "text").focus();
  }

  // Removed, and one button to have it back in its place.
  #remove(row) {
    const putBack = () => {
      this.#name(row, 2000); // its old number is another row's by now
      stub.replaceWith(row);
      this.#settle();
      this.onChange();
      field(row, "text").focus();
    };
    const undo = button("Remettre la réponse retirée", putBack, "btn quiet tight");
    const stub = el("li", { class: "is-gone" }, undo);
    row.replaceWith(stub);
    this.#settle();
    this.onChange();
    undo.focus();
  }

  // Never without a row to write in; names, labels and numbers follow the order, so that the form sent
  // without scripts says the same. Names first go out of the way: radios of one name share one choice.
  #settle() {
    if (this.#rows().length === 0) this.#add(NEW);
    const rows = this.#rows();
    rows.forEach((row, index) => this.#name(row, 1000 + index));
    rows.forEach((row, index) => this.#name(row, index + 1));
  }

  #name(row, number) {
    for (const part of row.querySelectorAll("[id], [for], [name]")) {
      for (const key of ["id", "for", "name", "aria-describedby"]) {
        const value = part.getAttribute(key);
        if (value) part.setAttribute(key, value.replace(/-\d+-/, `-${number}-`));
      }
    }
    for (const part of row.querySelectorAll("label.sr, legend.sr, .condition .sr")) {
      part.textContent = part.textContent.replace(/(réponse) \d+/i, `$1 ${number}`);
    }
    row.querySelector(".menu > summary")?.setAttribute("aria-label", `Déplacer ou retirer la réponse ${number}`);
  }
}
