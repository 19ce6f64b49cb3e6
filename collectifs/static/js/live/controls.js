// live/controls.js: the few gestures that steer, each by a button and, outside fields, by a key.
import { areKeysOn, isPlainKey, offerKeys } from "../lib/keys.js";
import { button, el, icon, set, show, spell } from "./dom.js";
import { offerSettings } from "./settings.js";

export { UndoLine } from "./undo_line.js";

const FIELDS = "input, textarea, select, [contenteditable], details[open] .menu-list";

function wordy(name, wide, narrow = "") {
  return [icon(name), el("span", { class: "wide" }, wide), narrow && el("span", { class: "narrow" }, narrow)];
}

export class Controls {
  /** @param {Piece} view @param {Acts} act */
  constructor(view, act) {
    this.act = act;
    this.box = view.querySelector("[data-controls]");
    this.halt = view.querySelector("[data-halt]");
    this.back = button("", () => act.previous());
    this.back.append(...wordy("left", "Précédente").filter(Boolean));
    this.back.setAttribute("aria-label", "Étape précédente");
    this.pause = button("", () => act.pauseOrResume());
    this.more = button("", () => act.addTime());
    spell(this.more, "+ 2 min");
    this.next = button("", () => (this.next.dataset.says === "clore" ? act.close() : act.next()), "btn primary");
    this.box.append(this.back, this.pause, this.more, this.next);
  }

  /** @param {RoomState} state @param {boolean} mine @param {{ isHalted: boolean, mayStop: boolean }} around */
  update(state, mine, { isHalted, mayStop }) {
    const place = state.plan.findIndex((each) => each.id === state.current);
    const isLast = place === state.plan.length - 1;
    const isPaused = state.running_since === null;
    show(this.box, mine && !isHalted);
    show(this.halt, mine && mayStop && !isHalted);
    this.back.disabled = place === 0;
    this.#say(this.pause, isPaused ? "reprendre" : "pause", () => [
      icon(isPaused ? "play" : "pause"),
      el("span", { class: "wide" }, isPaused ? "Reprendre" : "Pause"),
    ]);
    set(this.pause, "aria-label", isPaused ? "Reprendre" : "Pause");
    this.#say(this.next, isLast ? "clore" : "suivante", () => [
      el("span", { class: "wide" }, isLast ? "Clore la séance" : "Étape suivante"),
      el("span", { class: "narrow" }, isLast ? "Clore" : "Suivante"),
      ...(isLast ? [] : [icon("right")]),
    ]);
  }

  // Rebuilt only when the wording changes: the focus stays on the button.
  #say(target, wording, build) {
    if (target.dataset.says === wording) return;
    target.dataset.says = wording;
    target.replaceChildren(...build());
  }
}

// Keys N or →, ←, P, + steer; R says the time, Z goes to the way back, E to the note field, and « ? » opens their list.
// Never while a field or a menu has the focus; they can be switched off.
export function offerShortcuts(menuBox, act, { isSteering, goBack, sayTime }) {
  const box = el("input", { type: "checkbox", id: "raccourcis" });
  offerKeys(box);
  const rows = [
    ["N ou →", "étape suivante"],
    ["←", "étape précédente"],
    ["P", "pause, reprise"],
    ["+", "deux minutes de plus"],
    ["R", "dire le temps qui reste"],
    ["Z", "aller au bouton qui annule"],
    ["E", "écrire une note"],
    ["?", "cette liste"],
  ];
  const list = el("dl", { class: "facts" });
  for (const [key, says] of rows) list.append(el("dt", {}, el("kbd", {}, key)), el("dd", {}, says));
  menuBox.append(
    el("div", { class: "shortcut-list" },
      list,
      el("p", { class: "small soft" }, "Avec un lecteur d’écran : en mode focus, ou par les boutons."),
      el("div", { class: "check" }, box, el("label", { for: "raccourcis" }, "Raccourcis du clavier")),
    ),
  );
  offerSettings(menuBox);

  const opens = listOpener(menuBox.closest("details"), box);
  const keys = {
    n: act.next,
    ArrowRight: act.next,
    ArrowLeft: act.previous,
    p: act.pauseOrResume,
    "+": act.addTime,
  };
  const anywhere = { "?": opens, e: goToNote, r: sayTime, z: goBack };
  document.addEventListener("keydown", (event) => {
    if (!isPlainKey(event) || !areKeysOn() || isInField(event)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = anywhere[key] ?? (isSteering() && keys[key]);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

const isInField = ({ target }) => target.closest(FIELDS);

const goToNote = () => document.getElementById("note")?.focus();

// Opens the list; Escape closes it and gives the focus back to where it was.
function listOpener(details, first) {
  /** @type {Piece | null} */
  let from = null;
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !from) return;
    event.stopPropagation();
    const back = from.isConnected ? from : details.querySelector("summary");
    details.open = false;
    back.focus({ preventScroll: true });
  });
  details.addEventListener("toggle", () => { if (!details.open) from = null; });
  return () => {
    const before = document.activeElement;
    from = before === document.body ? document.querySelector("h1") : before;
    details.open = true;
    first.focus();
  };
}
