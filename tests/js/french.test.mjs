// Words that scripts show: hours, écart, and what the clock of the stage says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { clockTime, french, gapWords, minutes, several, timeFace } from "../../collectifs/static/js/lib/french.js";
import { ofWhom } from "../../collectifs/static/js/live/people.js";

// The same table as tests/kernel/text/test_typography.py.
const TABLE = JSON.parse(readFileSync(new URL("../shared/typography_cases.json", import.meta.url), "utf8"));
const shown = (text) => text.replaceAll("\u00a0", "~").replaceAll("\u202f", "^");

for (const { at, zone, said } of TABLE.hours) {
  test(`hours are read on the clocks of the place: ${said} in ${zone}`, () => {
    assert.equal(shown(clockTime(Date.parse(at), zone)), said);
  });
}

for (const [number, said] of TABLE.minutes) {
  test(`${said} is said as pages say it`, () => assert.equal(shown(minutes(number)), said));
}

for (const [name, said] of TABLE.whose) {
  test(`${said} is said as pages say it`, () => assert.equal(ofWhom(name), said));
}

test("the écart is said in words", () => {
  assert.equal(gapWords(0), "à l’heure");
  assert.equal(gapWords(29000), "à l’heure");
  assert.equal(gapWords(240000), "4\u00a0min après l’heure");
  assert.equal(gapWords(-180000), "3\u00a0min avant l’heure");
  assert.equal(gapWords(-7080000), "1\u00a0h\u00a058 avant l’heure");
});

test("one is singular, none too", () => {
  assert.equal(several(1, "étape"), "1\u00a0étape");
  assert.equal(several(0, "action"), "0\u00a0action");
  assert.equal(several(2, "action"), "2\u00a0actions");
  assert.equal(several(2, "choix", "choix"), "2\u00a0choix");
});

for (const [typed, printed] of TABLE.french) {
  test(`what is typed is set as pages set it: ${typed}`, () => assert.equal(shown(french(typed)), printed));
}

// The same table as tests/live/domain/test_first_face.py.
for (const [left, time, label, value, unit] of TABLE.faces) {
  test(`with ${left} ms left the clock says ${label} ${value}`, () => {
    const face = timeFace(left);
    assert.deepEqual([face.time, face.label, face.value, shown(face.unit)], [time, label, value, unit]);
  });
}
