// The agenda laid on the clock, in JavaScript: the same table of cases as tests/meetings/domain/test_timetable.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { minutes as inMinutes } from "../../collectifs/static/js/lib/french.js";
import * as timetable from "../../collectifs/static/js/lib/timetable.js";

const TABLE = JSON.parse(readFileSync(new URL("../shared/timetable_cases.json", import.meta.url), "utf8"));
const START = Date.parse("2027-01-13T13:00:00Z");
const MINUTE = 60000;

for (const each of TABLE.cases) {
  test(`${each.minutes} in ${each.slot} min`, () => {
    const ends = timetable.ends(START, each.minutes).map((at) => (at - START) / MINUTE);
    const over = timetable.minutesOver(each.minutes, START, START + each.slot * MINUTE);
    assert.deepEqual(ends, each.ends);
    assert.equal(over, each.over);
    assert.equal(timetable.gapSentence(over, TABLE.words, inMinutes).replaceAll("\u00a0", " "), each.said);
  });
}

test("what is typed counts when it is a whole number that the step allows", () => {
  const read = (typed) => timetable.readMinutes(typed, 20, TABLE.least, TABLE.most);
  assert.deepEqual(["5", " 12 ", "240"].map(read), [5, 12, 240]);
  assert.deepEqual(["4", "241", "", "dix", "1e2", "-8", "7.5"].map(read), [20, 20, 20, 20, 20, 20, 20]);
});

test("the ruler has one stroke at the start and one at the end of each step", () => {
  assert.equal(timetable.strokes([30, 90]), "M0 40H1200M0 40v-24M300 40v-24M1200 40v-24");
  assert.equal(timetable.strokes([1]), "M0 40H1200M0 40v-24M1200 40v-24");
  assert.equal(timetable.strokes([]), "M0 40H1200M0 40v-24");
});
