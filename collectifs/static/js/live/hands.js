// live/hands.js: a show of hands, as an indication: a small number beside each situation. Nothing is sorted by it,
// nothing is chosen by it; it is gone at close.
import { LIMITS } from "../lib/rules.js";
import { button, el } from "./dom.js";

export const CRITERIA = [["urgency", "urgence"], ["resonance", "résonance"]];
let counters = 0;

// What a count is about: a situation that was sent, a spare one, or one that a person tells aloud.
/** @type {(option: Option) => string} */
export const aboutOf = ({ kind, id }) => (kind === "told_by" ? `told:${id}` : id);

export const within = (count) => Math.min(LIMITS.hands, Math.max(0, Math.round(Number(count)) || 0));

export const isCounted = (hands) =>
  Object.values(hands ?? {}).some((each) => Object.values(each).some((count) => count > 0));

export function handsBox(about, name, count) {
  return el("div", { class: "hands", "data-about": about, hidden: true },
    ...CRITERIA.map(([criterion, label]) => counter(about, criterion, label, name, count)),
  );
}

function counter(about, criterion, label, name, count) {
  counters += 1;
  const id = `mains-${counters}`;
  const field = el("input", {
    type: "number",
    class: "input",
    id,
    min: 0,
    max: LIMITS.hands,
    inputmode: "numeric",
    autocomplete: "off",
    "data-criterion": criterion,
    onchange: () => send(0),
  });
  const send = (more) => {
    const wanted = within(Number(field.value) + more);
    field.value = wanted;
    count(about, criterion, wanted);
  };
  field.value = 0;
  const press = (sign, more, words) => {
    const made = button(sign, () => send(more), "btn tight");
    made.setAttribute("aria-label", `${words}, ${label} : ${name}`);
    return made;
  };
  return el("div", { class: "hand-count", role: "group", "aria-label": `${label} : ${name}` },
    el("label", { for: id }, label), press("−", -1, "Une main de moins"), field, press("+", 1, "Une main de plus"));
}

// The numbers of the moment; a field that is being typed in is left alone.
export function fillHands(box, hands) {
  for (const field of box.querySelectorAll("input")) {
    const wanted = String(hands?.[box.dataset.about]?.[field.dataset.criterion] ?? 0);
    if (field.value !== wanted && document.activeElement !== field) field.value = wanted;
  }
}
