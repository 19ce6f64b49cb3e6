// lib/aloud.js: words as they must be heard. A voice reads « 14 h » as « quatorze hache »: for the ear, hours and
// minutes are spelled out.
import { several, timeFace } from "./french.js";

const BLANK = "[ \\u00a0\\u202f]";
const END = "(?![\\p{L}\\p{N}])";
// What stands before is looked at by hand: a look-behind is a syntax error before Safari 16.4.
const SHORT = new RegExp(
  `(^|[^\\p{L}\\p{N}])(?:(\\d{1,3})${BLANK}h(?:${BLANK}(\\d\\d))?|(\\d{1,4})${BLANK}min|(2)d${BLANK}degré|(·))${END}`,
  "gu",
);

function spelled(hour, rest, minute, second) {
  if (hour) return `${several(Number(hour), "heure")}${rest ? `\u00a0${Number(rest)}` : ""}`;
  if (minute) return several(Number(minute), "minute");
  return second ? "second degré" : ",";
}

// Every shortened word of a text with what is said instead: [["Fin à "], ["16 h 05", "16 heures 5"], …].
/** @param {string} text @returns {string[][]} */
export function piecesAloud(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(SHORT)) {
    const [whole, before, ...groups] = match;
    const start = match.index + before.length;
    if (start > from) pieces.push([text.slice(from, start)]);
    from = match.index + whole.length;
    pieces.push([text.slice(start, from), spelled(...groups)]);
  }
  if (from < text.length) pieces.push([text.slice(from)]);
  return pieces;
}

/** @param {string} text */
export function aloud(text) {
  return piecesAloud(text).map(([written, said]) => said ?? written).join("").replace(/ ,/gu, ",");
}

// « Il reste 13 minutes », « Bientôt la fin, il reste 1 minute 12 », « En pause, temps dépassé de 5 minutes ».
/** @param {number} left @param {boolean} isPaused */
export function timeAloud(left, isPaused = false) {
  const { time, label, value, unit } = timeFace(left);
  const figure = unit ? `${value}\u00a0${unit}` : seconds(value);
  const words = time === "over" && value === "0" ? label : `${label} ${figure}`;
  return aloud(isPaused ? `En pause, ${words[0].toLowerCase()}${words.slice(1)}` : words);
}

function seconds(face) {
  const [minutes, rest] = face.split(":").map(Number);
  if (minutes === 0) return several(rest, "seconde");
  return `${several(minutes, "minute")}${rest ? `\u00a0${rest}` : ""}`;
}
