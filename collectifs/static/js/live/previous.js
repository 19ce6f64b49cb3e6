// live/previous.js: the answers of last time, with the words that members let the room hear. Nothing is counted.
import { el, typed } from "./dom.js";

/** @type {(shared: SharedWords) => Piece} */
const heard = ({ words, by }) =>
  el("li", {}, el("span", { class: "dit" }, typed(`« ${words} »`)), by && ` ${typed(by)}`);
/** @type {(words: SharedWords[]) => Piece | false} */
const list = (words) => words.length > 0 && el("ul", { class: "heard", translate: "no" }, ...words.map(heard));

/** @param {PreviousSheet} previous */
export function previousBody({ question, answers, others = [], is_draft: isDraft = false }) {
  const box = el("div", { class: "stack" });
  if (isDraft) {
    box.append(el("p", { class: "small soft" }, "C’est encore votre brouillon : les autres ne l’ont pas lu."));
  }
  box.append(el("p", { class: "dit", translate: "no" }, typed(question)));
  box.append(el("ol", { class: "numbered" }, ...answers.map(answered)));
  if (others.length > 0) {
    box.append(el("p", { class: "small soft" }, "Sur des réponses qui ont changé depuis :"), list(others) || "");
  }
  return box;
}

/** @param {PreviousAnswer} answer */
function answered({ text, kind, condition, words }) {
  const more = [kind, condition].filter(Boolean).join(", ");
  return el("li", {},
    el("span", { translate: "no" }, typed(text)),
    more && el("span", { class: "small soft", translate: "no" }, typed(` (${more})`)),
    list(words),
  );
}
