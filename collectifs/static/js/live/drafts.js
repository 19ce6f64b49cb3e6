// live/drafts.js: words that are no gesture yet, the sheet being written and the note being typed. On a prepared device
// they are kept as the gestures are, so that a page opened again has them still.

const SHEET = "sheet"; // {revision, base, content}, until the server has it
const TYPED = "typed"; // {field id: words}
const FIELDS = ["note", "prochain-day", "prochain-starts", "prochain-ends", "prochain-place"];

export class Drafts {
  #kept = {}; // name: what is on the disk, as text
  #typed = {};
  #sheet = null;

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
      const field = document.getElementById(id);
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
    this.#remember(TYPED, this.#fields(), false);
    const editor = this.editor();
    if (editor) this.#remember(SHEET, editor.isDirty ? editor.draft() : null, true);
  }

  #fields() {
    const found = { ...this.#typed };
    for (const id of FIELDS) {
      const field = document.getElementById(id);
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
