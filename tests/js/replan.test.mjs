// Late, three ways out; early, minutes given back; another situation, begun over. Whole minutes, never under the least.
import assert from "node:assert/strict";
import { test } from "node:test";
import { endLater, giveBack, shortenAll, startOver, takeFromLast } from "../../collectifs/static/js/lib/replan.js";
import { exchangeOf } from "../../collectifs/static/js/live/exchange.js";

const MINUTE = 60000;
const NOW = 1000 * MINUTE;
const PLAN = { a: [10, 5], b: [20, 10], c: [5, 3] }; // minutes, and the least of them
const SUM = ({ b, c }) => b[0] + c[0];

// Paused at a step (the first), `spent` and `added` in minutes.
function stateOf({ plan = PLAN, current = "a", spent = {}, added = {}, hasStarted = true } = {}) {
  const steps = Object.entries(plan).map(([id, [minutes, least]]) => ({ id, title: id, minutes, least }));
  const scaled = (minutes, by) => Object.fromEntries(Object.entries(minutes).map(([id, each]) => [id, each * by]));
  return {
    plan: steps, current, entered: [current], spent_ms: scaled(spent, MINUTE), added_s: scaled(added, 60),
    running_since: null, closed_at: null, started_at: hasStarted ? new Date(0).toISOString() : null,
  };
}

const NOTHING = { ...stateOf({ plan: {}, hasStarted: false }), current: null, entered: [] };
const end = NOW + 35 * MINUTE; // of all that is foreseen
const way = (found) => found && { ...found.minutes, saved: (end - found.ends_at) / MINUTE };

// [how late, what differs of the plan, taken from the end, taken everywhere]
const LATE = [
  [4, {}, { b: 18, c: 3, saved: 4 }, { b: 16, saved: 4 }],
  [5, {}, { b: 17, c: 3, saved: 5 }, { b: 16, c: 4, saved: 5 }],
  [0.1, {}, { c: 4, saved: 1 }, { b: 19, saved: 1 }],
  [0, {}, null, null],
  [-3, {}, null, null],
  [60, {}, { b: 10, c: 3, saved: 12 }, { b: 10, c: 3, saved: 12 }],
  [9, { plan: { ...PLAN, c: [5, 5] } }, { b: 11, saved: 9 }, { b: 11, saved: 9 }],
  [9, { plan: { ...PLAN, b: [20, 20], c: [5, 5] } }, null, null],
];
for (const [late, known, fromLast, fromAll] of LATE) {
  test(`${late} min late, ${JSON.stringify(known)}: the last steps give first, or all by their length`, () => {
    const state = stateOf(known);
    assert.deepEqual(way(takeFromLast(state, NOW, end - late * MINUTE)), fromLast);
    assert.deepEqual(way(shortenAll(state, NOW, end - late * MINUTE)), fromAll);
  });
}

test("a step that ran already gives no more than the whole minutes it has left, and none when it ran over", () => {
  for (const [spent, given] of [[15.5, 16], [16, 16], [19.5, undefined], [25, undefined]]) {
    const state = stateOf({ spent: { b: spent } });
    for (const propose of [takeFromLast, shortenAll]) {
      assert.deepEqual(propose(state, NOW, NOW).minutes, { ...(given && { b: given }), c: 3 }, `${spent} min`);
    }
  }
});

test("to end later keeps every minute, until the room closes and no later", () => {
  const later = { minutes: {}, ends_at: end };
  assert.deepEqual([null, end, end + 1].map((locked) => endLater(stateOf(), NOW, locked)), [later, later, later]);
  assert.equal(endLater(stateOf(), NOW, end - 1), null);
});

test("before the start there is nothing to take, to give back, nor to end later", () => {
  for (const propose of [takeFromLast, shortenAll, giveBack]) assert.equal(propose(NOTHING, NOW, NOW), null);
  assert.equal(endLater(NOTHING, NOW, null), null);
});

test("time to spare goes a minute at a time to the step that is the shortest of it, never to one that is over", () => {
  const early = (minutes, known) => giveBack(stateOf(known), NOW, end + minutes * MINUTE);
  assert.deepEqual(early(4), { minutes: { b: 24 }, ends_at: end + 4 * MINUTE });
  assert.deepEqual(early(5), { minutes: { b: 24, c: 6 }, ends_at: end + 5 * MINUTE });
  assert.deepEqual(early(0.5).minutes, { b: 21 });
  assert.equal(early(0.4), null);
  assert.deepEqual(early(0, { spent: { b: 20 } }).minutes, { c: 25 });
  assert.deepEqual(early(0, { plan: { ...PLAN, b: [0, 0] }, added: { b: 1 } }).minutes, { c: 24 });
  assert.equal(early(30, { current: "c" }), null);
  assert.equal(early(30, { plan: { a: [10, 5], b: [0, 0] }, added: { b: 1 } }), null);
  assert.deepEqual(early(0, { plan: { a: [10, 5], b: [1, 1] } }).minutes, { b: 25 });
});

test("begun over, each step has its minutes on top of those that ran, or its share of what is left", () => {
  const over = (minutes, known, from = "a") => startOver(stateOf(known), from, NOW, NOW + minutes * MINUTE);
  assert.equal(SUM(PLAN) + PLAN.a[0], 35);
  assert.deepEqual(over(35), { a: 10, b: 20, c: 5 });
  assert.deepEqual(over(90), { a: 10, b: 20, c: 5 });
  assert.deepEqual(over(7), { a: 2, b: 4, c: 1 });
  assert.deepEqual(over(0), { a: 0, b: 0, c: 0 });
  assert.deepEqual(over(0, {}, "c"), { c: 0 });
  assert.deepEqual(over(-9), { a: 0, b: 0, c: 0 });
  assert.deepEqual(over(25, {}, "b"), { b: 20, c: 5 });
  assert.deepEqual(over(35, { spent: { a: 3.2, b: 6 }, added: { b: 2, c: 2 } }), { a: 14, b: 24, c: 5 });
  assert.deepEqual(over(1, { plan: { a: [1, 1] } }), { a: 1 });
});

test("the exchange ends before the closing step, the last that gathers the next date; else before the last", () => {
  const speaks = (id) => (id === "b" ? "la personne qui expose" : "");
  const steps = ["a", "b", "c", "d"].map((id) => ({ id, speaks: speaks(id), silent: "" }));
  const plan = steps.map(({ id }) => ({ id }));
  assert.deepEqual(exchangeOf(steps, plan), ["b", "c"]);
  const closing = (...ids) => steps.map((each) => ({ ...each, feeds: ids.includes(each.id) ? "next_meeting" : "" }));
  assert.deepEqual(exchangeOf(closing("c"), plan), ["b"]);
  assert.deepEqual(exchangeOf(closing("c", "d"), plan), ["b", "c"]);
  assert.deepEqual(exchangeOf(steps.map((each) => ({ ...each, speaks: "" })), plan), []);
  assert.deepEqual(exchangeOf(steps.map((each) => ({ ...each, speaks: speaks("b") })), plan), ["a", "b", "c"]);
});
