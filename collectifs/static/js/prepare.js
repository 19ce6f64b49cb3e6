// prepare.js: on the page that prepares a meeting, − and + beside each duration, and the hours that follow.
// Without it the same form has plain number fields, and the hours follow once it is saved.

import { clockTime, minutes as inMinutes } from "./lib/french.js";
import { started } from "./lib/started.js";
import { ends, gapSentence, minutesOver, readMinutes, strokes, total } from "./lib/timetable.js";
import { say } from "./page.js";

const form = document.querySelector("[data-agenda]");

function stepButton(sign, words, change) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn tight";
  button.textContent = sign;
  button.setAttribute("aria-label", words);
  button.addEventListener("click", change);
  return button;
}

// One field and its two buttons; `read` gives the last sound number.
function duration(box, changed) {
  const input = box.querySelector("input");
  const [least, most] = [Number(input.min), Number(input.max)];
  let sound = readMinutes(input.value, least, least, most);
  const set = (value) => {
    input.value = Math.min(most, Math.max(least, value));
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  input.addEventListener("input", () => { sound = readMinutes(input.value, sound, least, most); changed(); });
  const step = `pour l’étape ${box.dataset.place}`;
  input.before(stepButton("−", `Une minute de moins ${step}`, () => set(sound - 1)));
  input.after(stepButton("+", `Une minute de plus ${step}`, () => set(sound + 1)));
  return () => sound;
}

function prepare() {
  const { starts, ends: endsAt, zone, even, late, early, closes, closingWords } = form.dataset;
  const [startsAt, plannedEnd] = [Number(starts), Number(endsAt)];
  const cells = [...form.querySelectorAll("[data-ends-at]")];
  const [gap, closing] = [form.querySelector("[data-gap]"), form.querySelector("[data-closing]")];
  const ruler = form.querySelector(".ruler .steps");
  const rulerEnd = form.querySelector(".ruler p span:last-child");
  let unsaved = false;
  const pastClosing = (plan) => {
    const past = closes ? minutesOver(plan, startsAt, Number(closes)) : 0;
    return past > 0 ? closingWords.replace("{gap}", inMinutes(past)) : "";
  };
  const show = () => {
    const plan = durations.map((read) => read());
    const hours = ends(startsAt, plan).map((at) => clockTime(at, zone));
    [...hours, hours.at(-1)].forEach((hour, place) => { cells[place].textContent = hour; });
    const over = minutesOver(plan, startsAt, plannedEnd);
    const said = gapSentence(over, { even, late, early }, inMinutes);
    if (gap.textContent !== said) gap.textContent = said;      // announced once, and only when it changes
    closing.textContent = pastClosing(plan);
    gap.parentElement.classList.toggle("is-off", over !== 0);
    form.querySelector("[data-total]").textContent = inMinutes(total(plan));
    ruler.setAttribute("d", strokes(plan));
    rulerEnd.textContent = hours.at(-1);
  };
  const touched = () => {
    unsaved = true;
    say(document.querySelector("#enregistre"), "Pas encore enregistré", "clock");
  };
  const durations = [...form.querySelectorAll(".dur")].map((box) => duration(box, () => { touched(); show(); }));
  form.addEventListener("change", touched);
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  show();
}

if (form) prepare();
started();
