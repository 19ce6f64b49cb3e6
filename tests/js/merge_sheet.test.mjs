// A sheet written on two devices at once: nothing that anybody typed is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeSheets } from "../../collectifs/static/js/lib/merge_sheet.js";

const answer = (text, kind = null, condition = "") => ({ text, kind, condition });
const sheet = (question, ...answers) => ({ question, answers: answers.map((each) => (typeof each === "string" ? answer(each) : each)) });

const CASES = [
  ["nobody changed anything", sheet("A ?", "un"), sheet("A ?", "un"), sheet("A ?", "un"), sheet("A ?", "un"), null],
  ["only the other device wrote", sheet("", "un"), sheet("", "un"), sheet("B ?", "un", "deux"), sheet("B ?", "un", "deux"), null],
  ["only this one wrote", sheet("", "un"), sheet("A ?", "un", "deux"), sheet("", "un"), sheet("A ?", "un", "deux"), null],
  ["both added an answer", sheet("", "un"), sheet("", "un", "mien"), sheet("", "un", "leur"), sheet("", "un", "mien", "leur"), null],
  ["both added the same answer", sheet("", "un"), sheet("", "un", "deux"), sheet("", "un", "deux"), sheet("", "un", "deux"), null],
  ["both wrote a question", sheet("", "un"), sheet("A ?", "un"), sheet("B ?", "un"), sheet("A ?", "un"), "B ?"],
  ["both wrote the same question", sheet(""), sheet("A ?"), sheet("A ?"), sheet("A ?"), null],
  ["theirs was emptied", sheet("A ?"), sheet("A bis ?"), sheet(""), sheet("A bis ?"), null],
  ["one was removed there, another added here", sheet("", "un", "deux"), sheet("", "un", "deux", "trois"), sheet("", "un"), sheet("", "un", "deux", "trois"), null],
  ["its kind was said here, a condition there", sheet("", "un"), sheet("", answer("un", "tried")), sheet("", "un", "deux"), sheet("", answer("un", "tried"), "deux"), null],
];
for (const [name, base, mine, theirs, content, question] of CASES) {
  test(name, () => assert.deepEqual(mergeSheets(base, mine, theirs), { content, question }));
}
