// review.js: the inspector's desk by keys, and the place of each scroll kept from sheet to sheet.
import { session } from "./lib/browser.js";
import { areKeysOn, isPlainKey, offerKeys } from "./lib/keys.js";

const PLACE = "collectifs-pile"; // how far down the pile one was, in this tab
const FIELDS = "input, textarea, select, [contenteditable]";

// The pile stays where it was; the sheet that is open is in sight.
function keepPlace() {
  const pile = document.querySelector("[data-pile]");
  const kept = Number(session.getItem(PLACE));
  if (kept) pile.scrollTop = kept;
  pile.querySelector(".pile [aria-current]")?.scrollIntoView({ block: "nearest" });
  addEventListener("pagehide", () => session.setItem(PLACE, String(Math.round(pile.scrollTop))));
}

// Space and arrows move the sheet at once: it is what one has come to read.
function readAtOnce() {
  /** @type {any} */
  const sheet = document.querySelector("[data-sheet]");
  sheet?.focus({ preventScroll: true });
}

function offerShortcuts() {
  const help = document.querySelector("details.keys");
  if (!help) return;
  offerKeys(help.querySelector("input"));
  const press = (selector) => () => document.querySelector(selector)?.click();
  const keys = {
    l: press("[data-read]"),
    j: press(".dock [rel=next]"),
    k: press(".dock [rel=prev]"),
    r: () => document.getElementById("text")?.focus(),
    "/": () => document.getElementById("mots").focus(),
    "?": () => { help.open = !help.open; },
  };
  document.addEventListener("keydown", (event) => {
    /** @type {any} */
    const target = event.target;
    const act = keys[event.key.toLowerCase()];
    if (!act || !isPlainKey(event) || !areKeysOn() || target.closest(FIELDS)) return;
    event.preventDefault();
    act();
  });
}

keepPlace();
readAtOnce();
offerShortcuts();
