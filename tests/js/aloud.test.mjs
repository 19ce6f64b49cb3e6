// What is heard where « 14 h » is shown, and how the time left is said.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { aloud, piecesAloud, timeAloud } from "../../collectifs/static/js/lib/aloud.js";

// Words as pages show them, and as they are heard.
const TABLE = JSON.parse(readFileSync(new URL("../shared/aloud_cases.json", import.meta.url), "utf8"));
const typed = (text) => text.replaceAll("~", "\u00a0").replaceAll("^", "\u202f");

for (const [shown, heard] of TABLE.aloud) {
  test(`« ${shown} » is heard as « ${heard} »`, () => {
    assert.equal(aloud(typed(shown)), typed(heard));
    assert.equal(piecesAloud(typed(shown)).map(([written]) => written).join(""), typed(shown));
  });
}

test("a text is cut where a word is heard otherwise, and nowhere else", () => {
  const pieces = (text) => piecesAloud(typed(text)).map((each) => each.map((words) => words.replaceAll("\u00a0", "~")));
  assert.deepEqual(pieces("14~h"), [["14~h", "14~heures"]]);
  assert.deepEqual(pieces("à 14~h~05."), [["à "], ["14~h~05", "14~heures~5"], ["."]]);
  assert.deepEqual(pieces(""), []);
});

test("the time left is that of a step that runs, unless it is said to be paused", () => {
  assert.equal(timeAloud(900000), "Il reste 15\u00a0minutes");
});

for (const [left, isPaused, said] of TABLE.clock) {
  test(`with ${left} ms left${isPaused ? ", in a pause" : ""}, the time is said: ${said}`, () => {
    assert.equal(timeAloud(left, isPaused), typed(said));
  });
}
