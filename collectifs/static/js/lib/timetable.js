// lib/timetable.js: an agenda laid on the clock of a meeting. The twin of collectifs/meetings/domain/preparing.py.

const MINUTE = 60000;

// When each step ends, in milliseconds since the epoch.
export function ends(startsAt, minutes) {
  let at = startsAt;
  return minutes.map((each) => (at += each * MINUTE));
}

export const total = (minutes) => minutes.reduce((sum, each) => sum + each, 0);

// By how many minutes the agenda runs past the planned end; negative when it ends before.
export function minutesOver(minutes, startsAt, endsAt) {
  return total(minutes) - Math.floor((endsAt - startsAt) / MINUTE);
}

// One of the three sentences that the page brought along, « {gap} » replaced.
export function gapSentence(over, words, say) {
  return [words.early, words.even, words.late][Math.sign(over) + 1].replace("{gap}", say(Math.abs(over)));
}

// A number of minutes as typed: a whole number within the limits of its step, else what it was before.
export function readMinutes(typed, before, least, most) {
  if (!/^\d+$/.test(typed.trim())) return before;
  const number = Number(typed);
  return number >= least && number <= most ? number : before;
}

// The strokes of the ruler: one at the start, one at the end of each step, over a width of 1200.
export function strokes(minutes) {
  const whole = Math.max(total(minutes), 1);
  let at = 0;
  const marks = minutes.map((each) => `M${Math.round(((at += each) * 12000) / whole) / 10} 40v-24`);
  return `M0 40H1200M0 40v-24${marks.join("")}`;
}
