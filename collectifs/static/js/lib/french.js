// lib/french.js: hours, counts and spaces as a French printer sets them, for words that scripts show.

export const NBSP = "\u00a0";
export const THIN = "\u202f";

// « 15 h 09 », « 14 h » on the hour, read on the clocks of the place where the meeting is held.
export function clockTime(milliseconds, timeZone) {
  const parts = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone })
    .formatToParts(new Date(milliseconds));
  const [hour, minute] = ["hour", "minute"].map((type) => parts.find((part) => part.type === type)?.value);
  return minute === "00" ? `${Number(hour)}${NBSP}h` : `${Number(hour)}${NBSP}h${NBSP}${minute}`;
}

export const minutes = (number) => `${number}${NBSP}min`;
export const several = (number, one, many = `${one}s`) => `${number}${NBSP}${number > 1 ? many : one}`;

// What people typed, with no-break spaces where a line must not break. Words and signs stay theirs.
// What stands before is captured and put back: a look-behind is a syntax error before Safari 16.4. What comes after is
// only looked at, so that it may stand before the next.
export function french(text) {
  return text
    .replace(/(\p{L})'(?=\p{L})/gu, "$1’")
    .replace(/« *(?=\S)/g, `«${NBSP}`)
    .replace(/(\S) *(?=»)/g, `$1${NBSP}`)
    .replace(/(\S) +(?=[;!?])/g, `$1${THIN}`)
    .replace(/(\S) +(?=:)/g, `$1${NBSP}`)
    .replace(/(\d) +(?=(?:h|min|€|%)(?!\p{L}))/gu, `$1${NBSP}`)
    .replace(/(\d\u00a0?h) +(?=\d\d(?!\d))/g, `$1${NBSP}`);
}

// « 4 min après l’heure », « à l’heure », « 3 min avant l’heure ».
export function gapWords(gap) {
  const rounded = Math.round(gap / 60000);
  if (rounded === 0) return "à l’heure";
  return `${minutes(Math.abs(rounded))} ${rounded > 0 ? "après" : "avant"} l’heure`;
}

// What the clock of the stage shows. Minutes only; seconds in the last two; then how far over.
export function timeFace(left) {
  if (left > 120000) return { time: "running", label: "Il reste", value: `${Math.ceil(left / 60000)}`, unit: "min" };
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
