// A sheet written on two devices at once: nothing that anybody typed is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeSheets } from "../../collectifs/static/js/lib/merge_sheet.js";

const answer = (text, kind = null, condition = "") => ({ text, kind, condition });
const sheet = (question, ...answers) => ({
  question,
  answers: answers.map((each) => (typeof each === "string" ? answer(each) : each)),
  tags: {},
});
const filed = (...concern) => ({ ...sheet("A ?"), tags: { concern } });

const CASES = [
  ["what either ticked is ticked", filed("a"), filed("a", "b"), filed("a", "c"), filed("a", "b", "c")],
  ["what either took out is out", filed("a", "b"), filed("b"), filed("a"), filed()],
  ["one took out, the other ticked", filed("a"), filed(), filed("a", "c"), filed("c")],
  ["nobody changed anything", sheet("A ?", "un"), sheet("A ?", "un"), sheet("A ?", "un"), sheet("A ?", "un")],
  [
    "only the other device wrote",
    sheet("", "un"),
    sheet("", "un"),
    sheet("B ?", "un", "deux"),
    sheet("B ?", "un", "deux"),
  ],
  ["only this one wrote", sheet("", "un"), sheet("A ?", "un", "deux"), sheet("", "un"), sheet("A ?", "un", "deux")],
  [
    "both added an answer",
    sheet("", "un"),
    sheet("", "un", "mien"),
    sheet("", "un", "leur"),
    sheet("", "un", "mien", "leur"),
  ],
  [
    "both added the same answer",
    sheet("", "un"),
    sheet("", "un", "deux"),
    sheet("", "un", "deux"),
    sheet("", "un", "deux"),
  ],
  ["both wrote the same question", sheet(""), sheet("A ?"), sheet("A ?"), sheet("A ?")],
  ["theirs was emptied", sheet("A ?"), sheet("A bis ?"), sheet(""), sheet("A bis ?")],
  [
    "one was removed there, another added here",
    sheet("", "un", "deux"),
    sheet("", "un", "deux", "trois"),
    sheet("", "un"),
    sheet("", "un", "deux", "trois"),
  ],
  [
    "its kind was said here, one more there",
    sheet("", "un"),
    sheet("", answer("un", "tried")),
    sheet("", "un", "deux"),
    sheet("", answer("un", "tried"), "deux"),
  ],
  [
    "its kind was said here, its condition there",
    sheet("", "un"),
    sheet("", answer("un", "tried")),
    sheet("", answer("un", null, "seul")),
    sheet("", answer("un", "tried", "seul")),
  ],
  [
    "a question here, an answer there",
    sheet("", "un"),
    sheet("A ?", "un"),
    sheet("", "un bis"),
    sheet("A ?", "un bis"),
  ],
  [
    "two answers changed, one in each window",
    sheet("", "un", "deux"),
    sheet("", "un bis", "deux"),
    sheet("", "un", "deux ter"),
    sheet("", "un bis", "deux ter"),
  ],
  [
    "moved here, changed there",
    sheet("", "un", "deux"),
    sheet("", "deux", "un"),
    sheet("", "un", answer("deux", "tried")),
    sheet("", answer("deux", "tried"), "un"),
  ],
  [
    "taken out here, another changed there",
    sheet("", "un", "deux"),
    sheet("", "deux"),
    sheet("", "un", answer("deux", "tried")),
    sheet("", answer("deux", "tried")),
  ],
  ["only the other window took one out", sheet("", "un", "deux"), sheet("", "un", "deux"), sheet("", "deux"),
    sheet("", "deux")],
  ["an answer that is still empty there is none", sheet("", "un"), sheet("", "un", "mien"), sheet("", "un", " "),
    sheet("", "un", "mien")],
  ["what was written twice there was there already", sheet("", "un"), sheet("", "un", "mien"), sheet("", "un", "un"),
    sheet("", "un", "mien")],
  ["both added one alike, this window another", sheet("", "un"), sheet("", "un", "deux", "mien"),
    sheet("", "un", "deux"), sheet("", "un", "deux", "mien")],
  ["together they are twelve", sheet(""), sheet("", "1", "2", "3", "4", "5", "6"),
    sheet("", "7", "8", "9", "10", "11", "12"),
    sheet("", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")],
  ["together they ticked three", filed(), filed("a"), filed("b", "c"), filed("a", "b", "c")],
];
for (const [name, base, mine, theirs, content] of CASES) {
  test(name, () => assert.deepEqual(mergeSheets(base, mine, theirs), { content, clashes: false }));
}

const twelve = (word) => Array.from({ length: 12 }, (_, place) => `${word} ${place}`);
const CLASHES = [
  ["together they ticked more than three", filed(), filed("a", "b"), filed("c", "d")],
  ["both wrote a question", sheet("", "un"), sheet("A ?", "un"), sheet("B ?", "un")],
  ["both rewrote the same answer", sheet("", "un"), sheet("", "un bis"), sheet("", "un ter")],
  ["each said another kind", sheet("", "un"), sheet("", answer("un", "tried")), sheet("", answer("un", "considered"))],
  [
    "each wrote another condition",
    sheet("", "un"),
    sheet("", answer("un", null, "seul")),
    sheet("", answer("un", null, "à deux")),
  ],
  [
    "taken out here, changed there",
    sheet("", "un", "deux"),
    sheet("", "deux", "trois"),
    sheet("", answer("un", "tried"), "deux"),
  ],
  ["together they would be more than twelve", sheet(""), sheet("", ...twelve("mien")), sheet("", ...twelve("leur"))],
];
for (const [name, base, mine, theirs] of CLASHES) {
  test(`${name}: one chooses`, () =>
    assert.deepEqual(mergeSheets(base, mine, theirs), { content: mine, clashes: true }));
}

test("not one typed word is lost, whatever the two windows did", () => {
  const words = ["un", "deux", "trois", "quatre"];
  const pick = (seed) =>
    words.filter((_, place) => (seed >> place) & 1).map((word) => (seed & 16 ? `${word} bis` : word));
  for (let a = 0; a < 32; a += 1) {for (let b = 0; b < 32; b += 1) {
    const mine = sheet("", ...pick(a)), theirs = sheet("", ...pick(b)), base = sheet("", "un", "deux");
    const { content, clashes } = mergeSheets(base, mine, theirs);
    if (clashes) continue;
    const said = content.answers.map((each) => each.text);
    for (const { text } of [...mine.answers, ...theirs.answers]) {
      assert.ok(said.includes(text) || base.answers.some((each) => each.text === text), `${text} lost: ${a} ${b}`);
    }
  }}
});
