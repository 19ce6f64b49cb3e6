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
    return this.#ticked((box) => box.checked);
  }

  // What the page came with.
  served() {
    return this.#ticked((box) => box.defaultChecked);
  }

  #ticked(isTicked) {
    if (this.boxes.length === 0) return this.#kept;
    /** @type {Record<string, string[]>} */
    const ticked = {};
    for (const box of this.boxes) {
      ticked[box.name] ??= [];
      if (isTicked(box)) ticked[box.name].push(box.value);
    }
    return ticked;
  }

  show(tags) {
    this.#kept = tags;
    for (const box of this.boxes) box.checked = tags[box.name]?.includes(box.value) ?? false;
  }
}
