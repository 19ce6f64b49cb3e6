// sheet/tags.js: what the sheet is filed under: the boxes of the page or, where there are none, what the text had.

export class TagBoxes {
  /** @type {Record<string, string[]>} */
  #kept = {};

  // Boxes are input[data-tag]: their name is the list, their value the code.
  /** @param {Piece} root */
  constructor(root) {
    /** @type {Piece[]} */
    this.boxes = [...root.querySelectorAll("input[data-tag]")];
  }

  read() {
    if (this.boxes.length === 0) return this.#kept;
    /** @type {Record<string, string[]>} */
    const ticked = {};
    for (const { name, value, checked } of this.boxes) {
      ticked[name] ??= [];
      if (checked) ticked[name].push(value);
    }
    return ticked;
  }

  show(tags) {
    this.#kept = tags;
    for (const box of this.boxes) box.checked = tags[box.name]?.includes(box.value) ?? false;
  }
}
