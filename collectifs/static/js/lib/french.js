// lib/french.js: hours, counts and spaces as a French printer sets them, for words that scripts show.

export const NBSP = "\u00a0";
export const THIN = "\u202f";

/** @type {Map<string, Intl.DateTimeFormat>} */
const CLOCKS = new Map(); // by time zone, made once: a screen reads the hour several times a second

function clockOf(timeZone) {
  const made = CLOCKS.get(timeZone)
    ?? new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone });
  CLOCKS.set(timeZone, made);
  return made;
}

// « 15 h 09 », « 14 h » on the hour, read on the clocks of the place where the meeting is held.
export function clockTime(milliseconds, timeZone) {
  const parts = clockOf(timeZone).formatToParts(new Date(milliseconds));
  const [hour, minute] = ["hour", "minute"].map((type) => parts.find((part) => part.type === type)?.value);
  return minute === "00" ? `${Number(hour)}${NBSP}h` : `${Number(hour)}${NBSP}h${NBSP}${minute}`;
}

// « 15 min », « 2 h », « 1 h 50 »: hours from sixty minutes on.
export function minutes(number) {
  const [hours, rest] = [Math.floor(number / 60), number % 60];
  if (hours === 0) return `${number}${NBSP}min`;
  return `${hours}${NBSP}h${rest ? `${NBSP}${String(rest).padStart(2, "0")}` : ""}`;
}

export const several = (number, one, many = `${one}s`) => `${number}${NBSP}${number > 1 ? many : one}`;

// The rules of kernel/text/typography.py, in its order: the sign that must stand before (or must not), what is found,
// what is put there. tests/shared/typography_cases.json and random texts hold the two together.
// What stands before is looked at by hand: a look-behind is a syntax error before Safari 16.4.
const SPACE = "[ \\t\\u00a0\\u2000-\\u200a\\u202f]";
const LETTER = "[\\p{L}\\p{N}_]";
const COUNTED = "min|km|ans?|minutes?|heures?|élèves?|personnes?";
const MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre";
const AFTER_WORD = `^(?:${LETTER}|[)\\]%€°»…’"])$`; // what a tall sign may follow closely when its space was forgotten
const NO_LETTER = `^${LETTER.replace("[", "[^")}?$`;
const NO_SPACE = `^${SPACE.replace("[", "[^")}?$`;
/** @type {[string, string, string | ((...found: any[]) => string)][]} */
const WRITTEN = [
  ["^[^.]?$", "\\.{3}(?!\\.)", "…"],
  ["^\\p{L}$", "'(?=[\\p{L}«\\d])", "’"],
  ["", `«${SPACE}*(?=[^\\s»])`, `«${NBSP}`],
  [NO_SPACE, `${SPACE}+»`, `${NBSP}»`],
  ["^[^\\s«]$", "»", `${NBSP}»`],
  [NO_SPACE, `${SPACE}+(?=[;!?])`, THIN],
  [AFTER_WORD, "(?=[!?]+(?:[\\s)\\]»\"’,.…]|$)|;(?:\\s|$))", THIN],
  [NO_SPACE, `${SPACE}+(?=:)`, NBSP],
  [AFTER_WORD, "(?=:(?:\\s|$))", NBSP],
  [NO_LETTER, `(\\d{1,3})${SPACE}*h(?:${SPACE}*(\\d\\d))?(?!${LETTER})`,
    (_, hour, rest) => `${hour}${NBSP}h${rest ? NBSP + rest : ""}`],
  ["^[^\\p{L}\\p{N}_.,]?$", `\\d{1,3}(?:${SPACE}\\d{3})+(?!${LETTER})`, (found) => found.replace(/\D/g, THIN)],
  ["^\\d$", `${SPACE}*(?=[%€‰](?!${LETTER}))`, NBSP],
  ["^\\d$", `${SPACE}+(?=(?:${COUNTED})(?!${LETTER}))`, NBSP],
  ["^[^\\p{L}\\p{N}_/.,]?$", `(\\d{1,2}(?:er)?)${SPACE}+(?=(?:${MONTHS})(?!${LETTER}))`, `$1${NBSP}`],
  [NO_LETTER, `([nN]°)${SPACE}*(?=\\d)`, `$1${NBSP}`],
  [NO_LETTER, `(MM?\\.|Mmes?|Mlles?)${SPACE}+(?=[A-ZÀ-ÖØ-Þ])`, `$1${NBSP}`],
  [NO_LETTER, `(pp?\\.|art\\.)${SPACE}+(?=\\d)`, `$1${NBSP}`],
];
const RULES = WRITTEN.map(([before, found, put]) => ({
  before: new RegExp(before, "u"), found: new RegExp(found, "gu"), put,
}));
// Web and mail addresses are copied letter by letter; their final punctuation belongs to the sentence.
const REST = "[^\\s«»<>\"]*[^\\s«»<>\".,;:!?)\\]…]";
const NAME = "[\\p{L}\\p{N}_-]+";
const ADDRESS = new RegExp(
  `((?:[a-z][a-z0-9+.-]{0,30}:\\/\\/(?:${REST})?|(?:www\\.|mailto:|data:)${REST})` +
    `|[\\p{L}\\p{N}_.+'-]{1,64}@${NAME}(?:\\.${NAME})+)`,
  "giu",
);

function typeset(text, { before, found, put }) {
  found.lastIndex = 0;
  let [done, from] = ["", 0];
  for (let match = found.exec(text); match; match = found.exec(text)) {
    const { 0: words, index } = match;
    if (!before.test(text[index - 1] ?? "")) {
      found.lastIndex = index + 1;
    } else {
      const [, first, second] = match;
      const said = typeof put === "string" ? put.replace("$1", first) : put(words, first, second);
      done += text.slice(from, index) + said;
      from = index + words.length;
      if (words === "") found.lastIndex = index + 1;
    }
  }
  return done + text.slice(from);
}

// The same words with French spaces, apostrophes and ellipses; applied twice, it changes nothing more.
/** @param {string} text @returns {string} */
export function french(text) {
  const pieces = text.split(ADDRESS); // every second one is an address
  return pieces.map((piece, place) => (place % 2 ? piece : RULES.reduce(typeset, piece))).join("");
}

// « 4 min après l’heure », « à l’heure », « 3 min avant l’heure ».
export function gapWords(gap) {
  const rounded = Math.round(gap / 60000);
  if (rounded === 0) return "à l’heure";
  return `${minutes(Math.abs(rounded))} ${rounded > 0 ? "après" : "avant"} l’heure`;
}

// « 45 », « min »; « 1 », « h 15 ».
function inTwo(number) {
  const [value, ...unit] = minutes(number).split(NBSP);
  return { value, unit: unit.join(NBSP) };
}

// What the clock of the stage shows. Minutes only; seconds in the last two; then how far over.
export function timeFace(left) {
  if (left > 120000) return { time: "running", label: "Il reste", ...inTwo(Math.ceil(left / 60000)) };
  if (left > 0) {
    const seconds = Math.ceil(left / 1000);
    const value = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    return { time: "short", label: "Bientôt la fin, il reste", value, unit: "" };
  }
  const over = Math.floor(-left / 60000);
  if (over === 0) return { time: "over", label: "C’est l’heure", value: "0", unit: "min" };
  if (over >= 60) {
    return { time: "over", label: "Temps dépassé de plus de", value: `${Math.floor(over / 60)}`, unit: "h" };
  }
  return { time: "over", label: "Temps dépassé de", sign: "+", value: `${over}`, unit: "min" };
}
