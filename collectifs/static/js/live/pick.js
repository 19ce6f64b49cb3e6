// live/pick.js: the situations that were proposed, and the spare one. Each question is there to be read aloud.
import { el, follow, typed } from "./dom.js";

let picks = 0;

export function optionsOf({ situations, spare }) {
  const options = situations.map((each) => ({ ...each, kind: "situation", questions: [] }));
  if (spare) options.push({ ...spare, id: spare.id ?? "spare", kind: "spare", questions: spare.questions ?? [] });
  return options;
}

export const chosenIn = (options, state) =>
  options.find((each) => state.situation !== null && state.situation[each.kind] === each.id) ?? null;

export class Pick {
  constructor(place, options, choose) {
    picks += 1;
    this.prefix = `situation-${picks}`;
    this.options = options;
    if (!options.some((each) => each.kind === "situation")) {
      place.append(el("p", {}, "Personne n’a proposé de situation à l’avance. Demandez de vive voix ; celle de secours est prête."));
    }
    this.list = el("ul", { class: "pick" });
    place.append(this.list);
    follow(this.list, options, (each) => each.id, (each) => this.#row(each, choose));
  }

  #row(each, choose) {
    const inputId = `${this.prefix}-${each.id}`;
    const input = el("input", { type: "radio", name: this.prefix, id: inputId, value: each.id, autocomplete: "off", onchange: () => choose({ [each.kind]: each.id }) });
    const badge = each.kind === "spare" && el("span", { class: "badge" }, "Situation de secours");
    return el("li", {}, el("label", { for: inputId }, input,
      el("b", {}, typed(each.title)), badge,
      each.sentence && el("span", {}, typed(each.sentence)),
      each.question && el("span", { class: "dit" }, typed(`« ${each.question} »`))));
  }

  update(state) {
    const chosen = chosenIn(this.options, state);
    for (const input of this.list.querySelectorAll("input")) input.checked = input.value === chosen?.id;
  }
}

// The chosen situation, at hand during the steps that follow; the spare one brings its own questions.
export function chosenBody(chosen) {
  const box = el("div", { class: "stack" }, el("p", {}, el("b", {}, typed(chosen.title))));
  if (chosen.sentence) box.append(el("p", {}, typed(chosen.sentence)));
  if (chosen.question) box.append(el("p", { class: "dit" }, typed(`« ${chosen.question} »`)));
  if (chosen.questions.length > 0) box.append(el("ul", {}, ...chosen.questions.map((each) => el("li", {}, typed(each)))));
  return box;
}
