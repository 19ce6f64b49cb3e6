// prepare.js: on the page that prepares a meeting, − and + beside each duration, the hours that follow, and the steps
// that are moved, taken out and put back without leaving it. Nothing is kept before « Enregistrer ».
// Without it the same form has plain number fields, and each button shows the page again, arranged.

import { clockTime, minutes } from "./lib/french.js";
import { started } from "./lib/started.js";
import { ends, gapSentence, minutesOver, readMinutes, strokes, total } from "./lib/timetable.js";
import { spell } from "./live/dom.js";
import { say } from "./page.js";

const form = document.querySelector("[data-agenda]");

function minuteButton(sign, words, change) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = sign;
  button.setAttribute("aria-label", words);
  button.addEventListener("click", change);
  return button;
}

// One step of the list: its minutes, its place, whether it is out.
class Row {
  /** @param {HTMLElement} line @param {() => void} changed */
  constructor(line, changed) {
    this.line = line;
    this.id = line.dataset.step;
    this.kept = line.querySelector(".step:not(.out)");
    this.out = line.querySelector(".step.out");
    this.input = line.querySelector(".mins input");
    const [least, most] = [Number(this.input.min), Number(this.input.max)];
    this.minutes = readMinutes(this.input.value, least, least, most);
    this.input.addEventListener("input", () => {
      this.minutes = readMinutes(this.input.value, this.minutes, least, most);
      changed();
    });
    const set = (value) => {
      this.input.value = Math.min(most, Math.max(least, value));
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const title = line.querySelector(".mins label").textContent.replace(/^.*?\s:\s/u, "");
    this.input.before(minuteButton("−", `Une minute de moins\u00a0: ${title}`, () => set(this.minutes - 1)));
    this.input.after(minuteButton("+", `Une minute de plus\u00a0: ${title}`, () => set(this.minutes + 1)));
  }

  get isOut() { return this.kept.hidden; }

  take(isOut) {
    this.kept.hidden = isOut;
    this.out.hidden = !isOut;
    this.line.classList.toggle("is-out", isOut);
    this.kept.querySelector("details").open = false;
    (isOut ? this.button("back") : this.kept.querySelector("summary")).focus();
  }

  button(name) { return this.line.querySelector(`button[name="${name}"]`); }

  // Its number, when it ends, and the gestures that it allows there.
  show(place, last, hour) {
    this.line.querySelector("[data-place]").textContent = String(place);
    for (const cell of this.line.querySelectorAll("[data-ends-at]")) spell(cell, hour);
    this.#allow("up", place > 1);
    this.#allow("down", place < last);
    this.#allow("drop", last > 1);
  }

  // A button that goes away while it has the focus leaves it to its neighbour.
  #allow(name, may) {
    const button = this.button(name);
    const had = document.activeElement === button;
    button.hidden = !may;
    if (had && !may) this.button(name === "up" ? "down" : "up").focus();
  }
}

// The line goes past its neighbour: it is the neighbour that is moved, so that the focus stays where it is.
function move(rows, row, isUp) {
  const kept = rows.filter((each) => !each.isOut);
  const other = kept[kept.indexOf(row) + (isUp ? -1 : 1)];
  if (!other) return;
  if (isUp) row.line.after(other.line);
  else row.line.before(other.line);
}

function closing(hour, startsAt, first) {
  const inDay = (clock) => clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return /^\d\d:\d\d/u.test(hour) ? startsAt + (inDay(hour.slice(0, 5)) - inDay(first)) * 60000 : null;
}

// What the page says of an agenda: its end, its size, by how much it runs past.
function tell(plan, hours) {
  const { starts, ends: endsAt, first, even, late, early, closingWords } = form.dataset;
  const part = (name) => form.querySelector(`[data-${name}]`);
  const over = minutesOver(plan, Number(starts), Number(endsAt));
  spell(part("gap"), gapSentence(over, { even, late, early }, minutes)); // announced once, when it changes
  part("gap").parentElement.classList.toggle("is-off", over !== 0);
  const closes = closing(form.elements.room_closes.value, Number(starts), first);
  const past = closes > Number(starts) ? minutesOver(plan, Number(starts), closes) : 0;
  spell(part("closing"), past > 0 ? closingWords.replace("{gap}", minutes(past)) : "");
  spell(part("end"), hours.at(-1));
  spell(part("size"), `${plan.length}\u00a0étape${plan.length > 1 ? "s" : ""}, ${minutes(total(plan))}`);
  form.querySelector(".ruler .steps").setAttribute("d", strokes(plan));
  form.querySelector(".ruler p span:last-child").textContent = hours.at(-1);
}

function prepare() {
  let unsaved = "unsaved" in form.dataset;
  const list = form.querySelector("ol.steps");
  const touched = () => {
    unsaved = true;
    say(document.querySelector("#enregistre"), "Pas encore enregistré", "clock");
  };
  const rows = [...list.children].map((line) => new Row(line, () => { touched(); show(); }));
  const inOrder = () => rows.sort((a, b) => (a.line.compareDocumentPosition(b.line) & 4 ? -1 : 1));
  const show = () => {
    const kept = inOrder().filter((row) => !row.isOut);
    const plan = kept.map((row) => row.minutes);
    const hours = ends(Number(form.dataset.starts), plan).map((at) => clockTime(at, form.dataset.zone));
    kept.forEach((row, index) => row.show(index + 1, kept.length, hours[index]));
    form.elements.order.value = rows.map((row) => row.id).join(" ");
    form.elements.removed.value = rows.filter((row) => row.isOut).map((row) => row.id).join(" ");
    tell(plan, hours);
  };
  const gestures = {
    up: (row) => move(rows, row, true),
    down: (row) => move(rows, row, false),
    drop: (row) => row.take(true),
    back: (row) => row.take(false),
  };
  list.addEventListener("click", (event) => {
    /** @type {any} */
    const { target } = event;
    const button = target.closest("button[name]");
    if (!button) return;
    event.preventDefault();
    gestures[button.name](rows.find((row) => row.id === button.value));
    touched();
    show();
  });
  form.elements.room_closes.addEventListener("input", show);
  form.addEventListener("change", touched);
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  // The server has shown all this; but a page that is reloaded keeps what was typed in its fields.
  if (rows.some((row) => row.input.value !== row.input.defaultValue)) show();
}

if (form) prepare();
started();
