// STOP, and time that is short or to spare: what the room may do, and what nobody is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { giveBack, startOver } from "../../collectifs/static/js/lib/replan.js";
import { exchangeOf, mayStop, untold } from "../../collectifs/static/js/live/exchange.js";
import { threeTimes } from "../../collectifs/static/js/live/plan.js";

const SAYS = { speaks: "", silent: "", feeds: "" };
const step = (id, minutes, voices = {}) => ({ id, minutes, title: id, least: 1, ...SAYS, ...voices });
const STEPS = [
  step("ouverture", 5), step("choix", 5, { feeds: "situation" }),
  step("recit", 10, { speaks: "la personne qui expose" }),
  step("tour", 20, { silent: "la personne qui expose" }), step("cloture", 5, { feeds: "next_meeting" }),
];
const MINUTE = 60000;
const NOW = 1000 * MINUTE;
const at = (current, entered, more = {}) => ({
  plan: STEPS.map(({ id, title, minutes, least }) => ({ id, title, minutes, least })),
  current, entered, spent_ms: {}, added_s: {}, running_since: null, closed_at: null,
  started_at: new Date(0).toISOString(), ...more,
});

test("STOP is offered from the moment somebody exposes until the closing", () => {
  assert.deepEqual(exchangeOf(STEPS, at("choix", []).plan), ["recit", "tour"]);
  const offered = STEPS.filter(({ id }) => mayStop(STEPS, at(id, [id]))).map(({ id }) => id);
  assert.deepEqual(offered, ["recit", "tour"]);
});

test("unless the exchange was lived whole, and in order, nothing tells which of its steps were", () => {
  const told = (current, ...entered) => untold(STEPS, at(current, ["ouverture", ...entered]));
  assert.deepEqual(told("cloture", "recit", "cloture"), ["recit", "tour"]); // left at the first step
  assert.deepEqual(told("cloture", "tour", "cloture"), ["recit", "tour"]); // a step was left out
  assert.deepEqual(told("cloture", "recit", "tour", "choix", "recit", "tour", "cloture"), ["recit", "tour"]); // anew
  assert.deepEqual(told("cloture", "recit", "tour", "cloture"), []);
  assert.deepEqual(told("recit", "recit"), []);
  assert.deepEqual(told("tour", "tour"), []); // not past it yet
  assert.deepEqual(told("cloture", "cloture"), []); // nothing of it was lived
});

test("time to spare goes back to the steps to come, by their length, and to the end that was agreed", () => {
  const state = at("recit", ["recit"]);
  const way = giveBack(state, NOW, NOW + 41 * MINUTE);
  assert.deepEqual(way.minutes, { tour: 25, cloture: 6 });
  assert.equal(way.ends_at, NOW + 41 * MINUTE);
  assert.equal(giveBack(state, NOW, NOW + 35 * MINUTE), null);
  assert.equal(giveBack(at("cloture", ["cloture"]), NOW, NOW + 90 * MINUTE), null);
});

test("another situation has the minutes that are left, on top of those that are spent", () => {
  const state = at("tour", ["recit", "tour"], { spent_ms: { recit: 8 * MINUTE, tour: 4 * MINUTE } });
  assert.deepEqual(startOver(state, "choix", NOW, NOW + 20 * MINUTE), { choix: 2, recit: 13, tour: 14, cloture: 2 });
  assert.deepEqual(startOver(state, "choix", NOW, NOW + 90 * MINUTE), { choix: 5, recit: 18, tour: 24, cloture: 5 });
});

test("minutes are those prepared; what a replan made of them stands beside", () => {
  const state = at("tour", ["tour"], { spent_ms: { tour: 3 * MINUTE } });
  state.plan[3].minutes = 15;
  assert.deepEqual(threeTimes(state, "tour", STEPS, NOW), { planned: "20", revised: "15", lived: "3" });
  assert.deepEqual(threeTimes(state, "recit", STEPS, NOW), { planned: "10", revised: "", lived: "" });
});
