// live/notes.js: the notes in their three lanes: type, Enter, next; edit, move, remove, undo.
import { el, follow, menu, show, typed, write } from "./dom.js";
import { uuid } from "../lib/browser.js";
import { several } from "../lib/french.js";
import { LIMITS } from "../lib/rules.js";
import { UNDO } from "./journal.js";

const LANES = [
  { id: "private", title: "Pour moi", says: "vous seulement", kind: "is-private" },
  { id: "collective", title: "Du collectif", says: "les membres du collectif", kind: "" },
  { id: "sheet", title: "Pour la fiche", says: "copiées dans le brouillon", kind: "is-sheet" },
];

const TAKEN = { private: "Noté, pour moi.", collective: "Noté, du collectif.", sheet: "Noté, pour la fiche." };

const short = (text) => (text.length > 36 ? `${text.slice(0, 34).trimEnd()}…` : text);

// Enter sends, Shift + Enter goes to the next line, Escape gives up.
function onEnter(field, send, giveUp = () => {}) {
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") giveUp();
  });
}

// The last note of the step, under the field: where one writes, one sees that it was taken.
/** @param {Piece} place @param {RoomState} state */
export function echoLast(place, state) {
  const last = state.notes.findLast((note) => note.step === state.current);
  show(place, last !== undefined);
  write(place.querySelector("[data-echo-words]"), typed(last?.text ?? "")); // no words stay of one that was removed
  write(place.querySelector("[data-echo-lane]"), LANES.find(({ id }) => id === last?.lane)?.title.toLowerCase() ?? "");
}

// `add(kind, body)` makes a gesture; `copy(note)` puts a note in the draft of the sheet.
export function offerCapture(form, { add, copy, stepNow, announce }) {
  const field = form.elements.note;
  field.maxLength = LIMITS.note;
  const send = () => {
    const text = field.value.trim();
    if (text === "" || stepNow() === null) return;
    const lane = form.elements.lane.value;
    const note = uuid();
    add("note_written", { note, lane, step: stepNow(), text });
    if (lane === "sheet") copy({ id: note, text });
    field.value = "";
    field.focus();
    announce(TAKEN[lane]);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  onEnter(field, send);
}

export class Lanes {
  // `forget(note)`: its words leave this device too, once the removal can no longer be undone.
  /** @param {Piece} place @param {any} known  what a lane does with a note */
  constructor(place, { add, copy, undoLine, titleOf, hasSheet, announce, forget = () => {} }) {
    this.place = place;
    this.announce = announce;
    this.add = add;
    this.copy = copy;
    this.undoLine = undoLine;
    this.titleOf = titleOf;
    this.hasSheet = hasSheet;
    this.forget = forget;
    this.lanes = LANES.map((lane) => ({ ...lane, ...this.#build(place, lane) }));
  }

  #build(place, { title, says, kind }) {
    const here = el("ul");
    const before = el("ul");
    const summary = el("summary");
    const rest = el("details", {}, summary, before);
    const heading = el("h3", {}, title, " ", el("small", {}, says));
    place.append(el("section", { class: `lane ${kind}`.trim(), "aria-label": title }, heading, here, rest));
    return { here, before, summary, rest };
  }

  // Notes of the current step above; those of the other steps folded, unless `all` asks for them.
  update(state, all = false) {
    for (const lane of this.lanes) {
      const notes = state.notes.filter((note) => note.lane === lane.id);
      const here = all ? notes : notes.filter((note) => note.step === state.current);
      const elsewhere = all ? [] : notes.filter((note) => note.step !== state.current);
      this.#fill(lane.here, here, all);
      this.#fill(lane.before, elsewhere, true);
      lane.rest.hidden = elsewhere.length === 0;
      lane.here.hidden = here.length === 0;
      write(lane.summary, `${several(elsewhere.length, "note")} d’autres étapes`);
    }
  }

  openAll() {
    for (const lane of this.lanes) lane.rest.open = true;
  }

  #fill(list, notes, withStep) {
    follow(list, notes, (note) => note.id, () => el("li"), (item, note) => {
      const looks = JSON.stringify([note.text, note.lane, note.copied, note.earlier, withStep]);
      if (item.dataset.looks === looks || item.querySelector("form")) return;
      item.dataset.looks = looks;
      item.replaceChildren(...this.#shown(note, withStep, item));
    });
  }

  #shown(note, withStep, item) {
    const step = withStep && el("span", { class: "was" }, typed(this.titleOf(note.step)));
    const mark = note.copied && el("span", { class: "badge" }, "dans la fiche");
    const entries = this.#entries(note, withStep, item);
    return [
      step, el("span", { translate: "no" }, typed(note.text)), mark && " ", mark,
      menu(`Modifier, déplacer ou supprimer la note « ${typed(short(note.text))} »`, entries),
    ].filter(Boolean);
  }

  #entries(note, withStep, item) {
    const before = note.earlier.at(-1);
    return [
      { text: "Modifier", action: () => this.#edit(note, withStep, item) },
      before && { text: `Reprendre « ${typed(short(before))} »`, action: () => this.#change(note, { text: before }) },
      this.hasSheet &&
        !note.copied && { text: "Pour la fiche : copier dans le brouillon", action: () => this.copy(note) },
      ...LANES.filter((lane) => lane.id !== note.lane).map((lane) => ({
        text: `Déplacer vers « ${lane.title} »`,
        action: () => this.#move(note, lane.id),
      })),
      { text: "Supprimer", action: () => this.#remove(note) },
    ].filter(Boolean);
  }

  #change(note, changes) {
    // With its lane and step, so that a note leaving the private lane is whole for whoever never saw it.
    this.add("note_edited", { note: note.id, lane: note.lane, step: note.step, text: note.text, ...changes });
  }

  #move(note, lane) {
    this.#change(note, { lane });
    if (lane === "sheet" && !note.copied) this.copy(note);
    this.#follow(note.id);
    this.announce(`Note déplacée vers « ${LANES.find(({ id }) => id === lane)?.title} ».`);
  }

  // The focus goes where the note went.
  #follow(id) {
    const item = this.place.querySelector(`li[data-key="${CSS.escape(id)}"]`);
    if (!item) return;
    item.closest("details:not(.menu)")?.setAttribute("open", "");
    item.querySelector("summary").focus();
  }

  #edit(note, withStep, item) {
    const field = el("textarea", {
      class: "input", rows: 2, maxlength: LIMITS.note, autocomplete: "off", spellcheck: "false", translate: "no",
      "aria-label": "La note", "data-confidential": true,
    });
    field.defaultValue = note.text;
    const leave = () => {
      item.replaceChildren(...this.#shown(note, withStep, item));
      item.querySelector("summary").focus();
    };
    const save = () => {
      const text = field.value.trim();
      leave();
      if (text !== "" && text !== note.text) this.#change(note, { text });
    };
    const form = el("form", {}, field, el("div", { class: "pair" },
      el("button", { type: "submit", class: "btn tight" }, "Garder"),
      el("button", { type: "button", class: "btn quiet tight", onclick: leave }, "Annuler")));
    form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
    onEnter(field, save, leave);
    item.replaceChildren(form);
    field.focus();
  }

  // The words of a removed note stay in this page for as long as they can be brought back, and no longer.
  #remove(note) {
    const removal = this.add("note_removed", { note: note.id });
    const undo = () => this.#change(note, { undoes: removal.id });
    this.undoLine.offer("Note supprimée.", "Annuler", undo, {
      about: "note", until: UNDO, focus: true, onEnd: () => this.forget(note.id),
    });
  }
}
