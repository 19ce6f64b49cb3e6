// lib/communes.js: the first letters of a commune offer names, as a combobox (WAI-ARIA 1.2). Without it the same field
// is answered in words when the name is unknown, or borne twice.
import { patience } from "./browser.js";

const PAUSE = 150;

async function named(url, typed) {
  const answer = await fetch(`${url}?nom=${encodeURIComponent(typed)}`, { signal: patience(4000) });
  return answer.ok ? (await answer.json()).communes : [];
}

class Offer {
  #timer;
  #turn = 0;
  #chosen = -1;

  constructor(field) {
    this.field = field;
    this.list = document.createElement("ul");
    this.list.id = `${field.id}-communes`;
    this.list.className = "offered";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Communes");
    this.list.hidden = true;
    field.after(this.list);
    field.parentElement.classList.add("offers");
    const said = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(said)) field.setAttribute(name, value);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("input", () => this.#typed());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => this.close());
    // Before the field loses the focus.
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      /** @type {any} */
      const target = event.target;
      const option = target.closest("[role=option]");
      if (option) this.#take(option);
    });
  }

  #typed() {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.#timer = setTimeout(async () => {
      const names = await named(this.field.dataset.communes, this.field.value).catch(() => []);
      if (turn === this.#turn && document.activeElement === this.field) this.#show(names);
    }, PAUSE);
  }

  #show(names) {
    this.list.replaceChildren(...names.map((name, place) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = name;
      return option;
    }));
    this.list.hidden = names.length === 0;
    this.field.setAttribute("aria-expanded", String(names.length > 0));
    this.#choose(-1);
  }

  #choose(place) {
    this.#chosen = place;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.list.children[place];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView?.({ block: "nearest" });
  }

  #key(event) {
    if (this.list.hidden) return;
    const last = this.list.children.length - 1;
    if (event.key === "ArrowDown") this.#choose(this.#chosen >= last ? 0 : this.#chosen + 1);
    else if (event.key === "ArrowUp") this.#choose(this.#chosen <= 0 ? last : this.#chosen - 1);
    else if (event.key === "Enter" && this.#chosen >= 0) this.#take(this.list.children[this.#chosen]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  #take(option) {
    this.field.value = option.textContent;
    this.close();
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#show([]);
  }
}

export function offerCommunes(fields) {
  for (const field of fields) new Offer(field);
}
