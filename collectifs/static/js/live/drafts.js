// live/drafts.js: words that are no gesture yet, the sheet being written and the note being typed. On a prepared
// device they are kept as the gestures are, so that a page opened again has them still. A note that was begun counts
// as unsent.
import { TYPED } from "./store.js";

const SHEET = "sheet"; // {revision, base, content}, until the server has it
const WORDS = ["note", "pense-bete"]; // what somebody said, not noted yet
const DRAFTED = [...WORDS, "prochain-day", "prochain-starts", "prochain-ends", "prochain-place"]; // TYPED: {id: words}

export class Drafts {
  #kept = {}; // name: what is on the disk, as text
  #typed = {};
  #sheet = null;
  #seen = {}; // the fields, which leave the page with their view and keep what they hold

  // `keeper()` and `editor()` give what there is now, or null.
  /** @param {{ keeper: () => Keeper | null, editor: () => SheetEditor | null, root: Piece }} known */
  constructor({ keeper, editor, root }) {
    this.keeper = keeper;
    this.editor = editor;
    this.root = root;
  }

  // What the device kept comes back, where nothing was typed since.
  resume(named) {
    this.#typed = named[TYPED] ?? {};
    this.#sheet = named[SHEET] ?? null;
    this.#kept = { [TYPED]: JSON.stringify(this.#typed), [SHEET]: JSON.stringify(this.#sheet) };
    this.resumeTyped();
    this.resumeSheet();
  }

  resumeTyped() {
    for (const [id, words] of Object.entries(this.#typed)) {
      const field = this.#field(id);
      if (!field) continue;
      if (field.value === field.defaultValue || field.value === "") field.value = words;
      delete this.#typed[id];
    }
  }

  resumeSheet() {
    const editor = this.editor();
    if (!editor || !this.#sheet || editor.isDirty) return;
    editor.resume(this.#sheet);
    this.#sheet = null;
  }

  // Keeps what changed since the last time.
  keep() {
    if (!this.keeper()) return;
    this.#remember(TYPED, this.#fields(), this.begun.length > 0);
    const editor = this.editor();
    if (editor) this.#remember(SHEET, editor.isDirty ? editor.draft() : null, true);
  }

  /** @returns {Piece | null} */
  #field(id) {
    this.#seen[id] = document.getElementById(id) ?? this.#seen[id] ?? null;
    return this.#seen[id];
  }

  // Words that were begun and not noted.
  get begun() {
    return WORDS.map((id) => this.#field(id)?.value || this.#typed[id] || "").filter((words) => words.trim() !== "");
  }

  // A note being changed in its lane: kept nowhere before « Garder ».
  get isChanging() {
    const fields = [...this.root.querySelectorAll(".lane textarea")];
    return fields.some((field) => field.value !== field.defaultValue);
  }

  // What of the sheet the server has not got.
  get sheetWords() {
    const editor = this.editor();
    const draft = editor?.isDirty ? editor.draft() : this.#sheet;
    if (!draft) return [];
    const before = new Set([draft.base.question, ...draft.base.answers.map(({ text }) => text)]);
    const now = [draft.content.question, ...draft.content.answers.map(({ text }) => text)];
    return now.filter((words) => words.trim() !== "" && !before.has(words));
  }

  // They were noted, or are not wanted.
  forgetBegun() {
    for (const id of WORDS) {
      const field = this.#field(id);
      if (field) field.value = "";
      delete this.#typed[id];
    }
    this.keep();
  }

  // All of it goes: the sheet too.
  forget() {
    this.forgetBegun();
    this.#sheet = null;
    for (const name of [TYPED, SHEET]) this.keeper()?.remember(name, null);
  }

  #fields() {
    const found = { ...this.#typed };
    for (const id of DRAFTED) {
      const field = this.#field(id);
      if (field && field.value !== "" && field.value !== field.defaultValue) found[id] = field.value;
    }
    return Object.keys(found).length > 0 ? found : null;
  }

  #remember(name, value, isUnsent) {
    const looks = JSON.stringify(value);
    if (looks === (this.#kept[name] ?? "null")) return;
    this.#kept[name] = looks;
    this.keeper()?.remember(name, value, isUnsent);
  }
}
