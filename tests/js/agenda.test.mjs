// The fold of a meeting in JavaScript: the same table of cases as tests/live/domain/test_agenda.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as agenda from "../../collectifs/static/js/lib/agenda.js";
import { GESTURES } from "../../collectifs/static/js/lib/rules.js";
import * as replan from "../../collectifs/static/js/lib/replan.js";

const TABLE = JSON.parse(readFileSync(new URL("../shared/agenda_cases.json", import.meta.url), "utf8"));

const at = (clock) => {
  const [seconds, milliseconds = "000"] = clock.split(".");
  return `${TABLE.date}T${seconds}.${milliseconds}Z`;
};
const moment = (clock) => (clock ? Date.parse(at(clock)) : null);
const shown = (milliseconds) => milliseconds && new Date(milliseconds).toISOString().slice(11, 19);
const plan = (named) => (typeof named === "string" ? TABLE.plans[named] : named);

function gesturesOf({ beginning, events }) {
  return [...TABLE.beginnings[beginning].events, ...events].map((data, index) => ({
    id: data.id ?? `e${String(index + 1).padStart(2, "0")}`,
    kind: data.kind,
    hand: data.hand ?? 1,
    happened_at: at(data.at),
    body: "plan" in data.body ? { ...data.body, plan: plan(data.body.plan) } : data.body,
  }));
}

function stateOf({ beginning, state }) {
  const whole = { ...TABLE.beginnings.nothing.state, ...TABLE.beginnings[beginning].state, ...state };
  whole.plan = plan(whole.plan);
  for (const key of ["started_at", "closed_at", "reopened_at", "running_since"]) {
    whole[key] = whole[key] && at(whole[key]);
  }
  return whole;
}

const perStep = (reading) => (state, now, readings, name) =>
  Object.fromEntries(Object.keys(readings[name]).map((step) => [step, reading(state, step, now)]));
const proposed = (propose, limit) => (state, now, readings) => {
  const found = propose(state, now, moment(readings[limit]));
  return found && { minutes: found.minutes, ends_at: shown(found.ends_at) };
};
const READ = {
  spent: perStep(agenda.spent),
  left_ms: perStep(agenda.leftMs),
  expected_end: (state, now) => shown(agenda.expectedEnd(state, now)),
  gap_ms: (state, now, readings) => agenda.gapMs(state, now, moment(readings.planned_end)),
  is_left_open: (state, now, readings) => agenda.isLeftOpen(state, now, moment(readings.planned_end)),
  overrun_ms: agenda.overrunMs,
  to_go: agenda.toGo,
  take_from_last: proposed(replan.takeFromLast, "planned_end"),
  shorten_all: proposed(replan.shortenAll, "planned_end"),
  end_later: proposed(replan.endLater, "locked_end"),
};

for (const each of TABLE.cases) {
  test(each.name, () => {
    const state = agenda.fold(gesturesOf(each));
    assert.deepEqual(state, stateOf(each));
    const readings = each.readings ?? {};
    for (const name of Object.keys(readings).filter((key) => key in READ)) {
      assert.deepEqual(READ[name](state, moment(readings.now), readings, name), readings[name], name);
    }
    assert.deepEqual(
      Object.keys(readings).filter((key) => !(key in READ || ["now", "planned_end", "locked_end"].includes(key))),
      [],
    );
  });
}

// ---------- What a state says at an instant, to the millisecond ----------

const BEGUN = Date.parse("2027-01-13T13:00:00.000Z");
const HALF_A_DAY = 12 * 3600000;
const iso = (milliseconds) => new Date(milliseconds).toISOString();
const running = (more) => ({
  plan: [{ id: "a", minutes: 10 }, { id: "b", minutes: 20 }], current: "a", running_since: iso(BEGUN), spent_ms: {},
  added_s: {}, started_at: iso(BEGUN), closed_at: null, reopened_at: null, ...more,
});

test("on a screen whose clock is behind no time was spent; a step whose time is over is none to come", () => {
  assert.equal(agenda.spent(running(), "a", BEGUN - 1), 0);
  assert.deepEqual(agenda.toGo(running(), BEGUN + 599999), { ms: 1200001, steps: 2 });
  assert.deepEqual(agenda.toGo(running(), BEGUN + 600000), { ms: 1200000, steps: 1 });
});

test("past the hour when the room closes it is said by how much; nothing where it does not close", () => {
  const end = BEGUN + 30 * 60000;
  const past = (locked) => agenda.closingGap(running(), BEGUN, locked);
  assert.deepEqual([null, end, end - 7, end + 7].map(past), [0, 0, 7, -7]);
});

test("left open, it lived until its last action before half a day had gone, whatever was done once it was found", () => {
  const end = BEGUN + 30 * 60000;
  const lived = (known, ...instants) =>
    agenda.lastLived(running(known), instants.map((instant) => ({ happened_at: iso(instant) })), end) - BEGUN;
  assert.equal(lived({}), 0);
  assert.equal(lived({}, BEGUN - 9), 0);
  assert.equal(lived({}, BEGUN + 5, BEGUN + 3), 5);
  assert.equal(lived({}, BEGUN + 5, end + HALF_A_DAY - 1), end + HALF_A_DAY - 1 - BEGUN);
  assert.equal(lived({}, BEGUN + 5, end + HALF_A_DAY), 5);
  const reopened = end + 3600000;
  const night = reopened + HALF_A_DAY;
  assert.equal(lived({ reopened_at: iso(reopened) }, reopened, night - 1, night), night - 1 - BEGUN);
});

// A generator with a seed: what fails here fails again.
function chance(seed) {
  let value = seed;
  return (below) => {
    value = (value * 1103515245 + 12345) % 2147483648;
    return Math.floor((value / 2147483648) * below);
  };
}

test("shuffled, repeated and split, the gestures of every case fold to one state", () => {
  const below = chance(2027);
  for (const each of TABLE.cases) {
    const gestures = gesturesOf(each);
    const once = agenda.fold(gestures);
    for (let round = 0; round < 20; round += 1) {
      const repeated = [...gestures, ...gestures.filter(() => below(2))];
      assert.deepEqual(agenda.fold(shuffled(repeated, below)), once, each.name);
    }
  }
});

// Random sets of gestures of every kind: minutes apart, now and then a night, three hands, some at the same instant.
function randomSet(below) {
  return Array.from({ length: below(40) }, (_, index) => {
    const { kind, body } = TABLE.samples[below(TABLE.samples.length)];
    const minutes = String(below(40)).padStart(2, "0");
    return {
      id: `e${String(index).padStart(2, "0")}`,
      kind,
      hand: below(3),
      happened_at: at(below(20) ? `14:${minutes}:00` : "01:30:00"),
      body: "plan" in body ? { ...body, plan: plan(body.plan) } : body,
    };
  });
}

function shuffled(gestures, below) {
  const mixed = [...gestures];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = below(index + 1);
    [mixed[index], mixed[other]] = [mixed[other], mixed[index]];
  }
  return mixed;
}

test("random gestures, shuffled, repeated or split in two, fold to one state", () => {
  const below = chance(4321);
  for (let round = 0; round < 300; round += 1) {
    const gestures = randomSet(below);
    const once = agenda.fold(gestures);
    const repeated = [...gestures, ...gestures.filter(() => below(2))];
    assert.deepEqual(agenda.fold(shuffled(repeated, below)), once);
    const cut = below(gestures.length + 1);
    const [first, second] = [gestures.slice(0, cut), gestures.slice(cut)];
    assert.deepEqual(agenda.fold([...second, ...first, ...second]), once);
  }
});

test("every kind that is declared is folded; one of another version, or named like a part of the language, is left aside", () => {
  const kinds = new Set(TABLE.samples.map(({ kind }) => kind));
  for (const kind of Object.keys(GESTURES)) assert.ok(kinds.has(kind), kind);
  const events = TABLE.samples.map(({ kind, body }) => ({ at: "14:05:00", kind, body }));
  const odd = [{ at: "14:06:00", kind: "toString", body: {} }];
  const state = agenda.fold(gesturesOf({ beginning: "started", events: [...events, ...odd] }));
  assert.deepEqual(state.unknown, ["anthem_sung", "bell_rung", "toString"]);
});

test("folding changes none of its gestures", () => {
  for (const each of TABLE.cases) {
    const gestures = gesturesOf(each);
    const before = structuredClone(gestures);
    agenda.fold(gestures);
    assert.deepEqual(gestures, before);
  }
});
