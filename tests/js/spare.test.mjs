// With a spare situation nobody presents: what a step says instead, in the words of its canvas.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isSpare, promptsOf, readsAt, voicesOf } from "../../collectifs/static/js/live/spare.js";

const STEP = {
  speaks: "la personne qui expose",
  silent: "les pairs",
  rule: "On n’interrompt pas.",
  prompts: ["Racontez."],
  spare_speaks: "la personne qui lit",
  spare_silent: "toutes les autres",
  spare_rule: "",
  spare_prompts: [],
  spare_reads: "questions",
};
// Prepared before spare words existed.
const OLD = { speaks: "tout le monde", silent: "", rule: "Une règle.", prompts: ["Et vous ?"] };
const spare = { situation: { spare: "un" } };
const chosen = { questions: ["Qui a vu ?"] };

test("whoever presents speaks, unless the situation is a spare one", () => {
  for (const state of [{ situation: null }, { situation: { situation: "x" } }, { situation: { told_by: "maud" } }]) {
    assert.equal(isSpare(state), false);
    assert.deepEqual(voicesOf(STEP, state), { speaks: STEP.speaks, silent: "les pairs", rule: STEP.rule });
    assert.deepEqual(promptsOf(STEP, state, null), ["Racontez."]);
    assert.equal(readsAt(STEP, state), "");
  }
});

test("with a spare situation the step says who reads and who keeps silent, its rule kept when it has no other", () => {
  assert.deepEqual(voicesOf(STEP, spare), {
    speaks: "la personne qui lit",
    silent: "toutes les autres",
    rule: "On n’interrompt pas.",
  });
});

test("its own questions are the words to start with", () => {
  assert.deepEqual(promptsOf(STEP, spare, chosen), ["Qui a vu ?"]);
  assert.deepEqual(promptsOf({ ...STEP, spare_reads: "story", spare_prompts: ["Qui lit ?"] }, spare, chosen), [
    "Qui lit ?",
  ]);
  assert.equal(readsAt(STEP, spare), "questions");
});

test("without a question of its own, or words for it, the step keeps its words", () => {
  for (const option of [null, { questions: [] }]) {
    assert.deepEqual(promptsOf(STEP, spare, option), ["Racontez."]);
    assert.deepEqual(promptsOf({ ...STEP, spare_prompts: ["Qui lit ?"] }, spare, option), ["Qui lit ?"]);
  }
});

test("a step without spare words stays as it is", () => {
  assert.deepEqual(voicesOf(OLD, spare), { speaks: "tout le monde", silent: "", rule: "Une règle." });
  assert.deepEqual(promptsOf(OLD, spare, chosen), ["Et vous ?"]);
  assert.equal(readsAt(undefined, spare), "");
  assert.deepEqual(promptsOf(undefined, spare, chosen), []);
});
