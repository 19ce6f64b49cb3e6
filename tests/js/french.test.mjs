// Words that scripts show: hours, écart, and what the clock of the stage says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime, french, gapWords, several, timeFace } from "../../collectifs/static/js/lib/french.js";

const at = (clock) => Date.parse(`2027-01-13T${clock}Z`);

test("hours are read on the clocks of the place", () => {
  assert.equal(clockTime(at("13:09:00"), "Europe/Paris"), "14\u00a0h\u00a009");
  assert.equal(clockTime(at("13:00:00"), "Europe/Paris"), "14\u00a0h");
  assert.equal(clockTime(at("23:30:00"), "Europe/Paris"), "0\u00a0h\u00a030");
  assert.equal(clockTime(at("13:00:00"), "Indian/Reunion"), "17\u00a0h");
});

test("the écart is said in words", () => {
  assert.equal(gapWords(0), "à l’heure");
  assert.equal(gapWords(29000), "à l’heure");
  assert.equal(gapWords(240000), "4\u00a0min après l’heure");
  assert.equal(gapWords(-180000), "3\u00a0min avant l’heure");
});

test("one is singular, none too", () => {
  assert.equal(several(1, "étape"), "1\u00a0étape");
  assert.equal(several(0, "geste"), "0\u00a0geste");
  assert.equal(several(12, "geste"), "12\u00a0gestes");
});

test("no-break spaces are set, words are not touched", () => {
  assert.equal(french("Pourquoi ?"), "Pourquoi\u202f?");
  assert.equal(french("« je »"), "«\u00a0je\u00a0»");
  assert.equal(french("l'aider : à 14 h 30"), "l’aider\u00a0: à 14\u00a0h\u00a030");
  for (const text of ["Pourquoi ?", "« je » ; 15 min", "10 h 12 : six élèves"]) {
    assert.equal(french(french(text)), french(text));
    assert.equal(french(text).replace(/[\u00a0\u202f]/g, " "), text);
  }
});

// The same rules told with look-behinds, which Node reads and a Safari before 16.4 does not.
const LOOKING_BEHIND = [
  [/(?<=\p{L})'(?=\p{L})/gu, "’"],
  [/« *(?=\S)/g, "«\u00a0"],
  [/(?<=\S) *»/g, "\u00a0»"],
  [/(?<=\S) +(?=[;!?])/g, "\u202f"],
  [/(?<=\S) +(?=:)/g, "\u00a0"],
  [/(?<=\d) +(?=(?:h|min|€|%)(?!\p{L}))/gu, "\u00a0"],
  [/(?<=\dh|\d\u00a0h) +(?=\d\d(?!\d))/g, "\u00a0"],
];

// Every text of at most `length` of these signs.
function* texts(signs, length) {
  yield "";
  if (length > 0) for (const text of texts(signs, length - 1)) for (const sign of signs) yield text + sign;
}

test("without look-behinds the result is the same, where one match begins at the end of another too", () => {
  const kinds = [
    ["a", "'", "\u{1f642}"],
    ["a", "«", "»", " ", "\u00a0"],
    ["!", ":", "?", " ", "é"],
    ["1", "h", " ", "\u00a0", "min"],
  ];
  for (const signs of kinds) {
    for (const text of texts(signs, 6)) {
      const expected = LOOKING_BEHIND.reduce((known, [rule, put]) => known.replace(rule, put), text);
      assert.equal(french(text), expected, JSON.stringify(text));
    }
  }
  assert.equal(
    french("« a »» ! ! : 3 h 12 h 30"),
    "«\u00a0a\u00a0»\u00a0»\u202f!\u202f!\u00a0: 3\u00a0h\u00a012\u00a0h\u00a030",
  );
});

const FACES = [
  [900000, "running", "Il reste", "15", "min"],
  [120001, "running", "Il reste", "3", "min"],
  [120000, "short", "Bientôt la fin, il reste", "2:00", ""],
  [61000, "short", "Bientôt la fin, il reste", "1:01", ""],
  [400, "short", "Bientôt la fin, il reste", "0:01", ""],
  [0, "over", "C’est l’heure", "0", "min"],
  [-59999, "over", "C’est l’heure", "0", "min"],
  [-60000, "over", "Temps dépassé de", "1", "min"],
  [-200000, "over", "Temps dépassé de", "3", "min"],
  [-5700000, "over", "Temps dépassé de plus de", "1", "h"],
];
for (const [left, time, label, value, unit] of FACES) {
  test(`with ${left} ms left the clock says ${label} ${value}`, () => {
    const face = timeFace(left);
    assert.deepEqual([face.time, face.label, face.value, face.unit], [time, label, value, unit]);
  });
}
