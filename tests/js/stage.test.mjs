// What the room reads from three metres, piece by piece; the plan beside it, line by line.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";

const { document, MutationObserver } = new Window({ url: "http://localhost/" });
globalThis.document = document;
const { Plan, fillPlan, threeTimes } = await import("../../collectifs/static/js/live/plan.js");
const { Stage } = await import("../../collectifs/static/js/live/stage.js");

const START = Date.parse("2027-01-13T13:00:00Z");
const MINUTE = 60000;
const iso = (minute) => new Date(START + minute * MINUTE).toISOString();
const STEP = { speaks: "tous", silent: "", rule: "" };
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");
const words = (place) => plain(document.querySelector(place).textContent);
let heard;

// At the first of these steps since 14 h: { id: minutes }.
const stateOf = (minutes, more) => ({
  plan: Object.entries(minutes).map(([id, each]) => ({ id, title: id, minutes: each, least: 1 })),
  current: Object.keys(minutes)[0], entered: [Object.keys(minutes)[0]], spent_ms: {}, added_s: {},
  running_since: iso(0), started_at: iso(0), closed_at: null, reopened_at: null, situation: null, question: "", ...more,
});

// ---------- The stage ----------

function stage(steps = []) {
  return new Stage(document.getElementById("view"), document.querySelector("h1"), {
    root: document.body, steps, zone: "Europe/Paris", announce: (each) => heard.push(plain(each)),
  });
}

beforeEach(() => {
  heard = [];
  const parts = ["place", "speaks", "rule", "asked", "time-label", "time-aloud", "time-planned", "time-clock"];
  document.body.innerHTML = `<div id="view"><h1></h1>${parts.map((each) => `<p data-${each}></p>`).join("")}
    <p data-silence><b data-silent></b></p><p data-time-left><i></i><b></b><u></u></p>
    <p class="time-bar"><i class="spent"></i><i class="run"></i></p></div>
    <table><tbody></tbody></table>`;
});

for (const [ran, planned, bar] of [
  [0, 10, "0 | 0 0"], [4, 10, "0 | 0 60"], [10, 10, "0 | 0 150"], [12, 10, "125 | 127 23"],
  [10.1, 10, "148.5 | 150.5 0"], [0, 0, "0 | 0 0"], [3, 0, "0 | 2 148"],
  [4.03, 10, "0 | 0 60.5"], [4.04, 10, "0 | 0 60.5"],
]) {
  test(`${ran} min of ${planned} are drawn in a bar of 150: ${bar}`, () => {
    stage().tick(stateOf({ a: planned }), START + ran * MINUTE);
    const [spent, run] = ["spent", "run"].map((each) => document.querySelector(`.${each}`));
    assert.equal(`${spent.getAttribute("width")} | ${run.getAttribute("x")} ${run.getAttribute("width")}`, bar);
  });
}

test("where nothing has changed to the eye, the page is not touched", () => {
  const [state, it, plan] = [stateOf({ a: 10, b: 5 }), stage(), document.querySelector("tbody")];
  const look = (now) => { it.tick(state, now); fillPlan(plan, state, { prepared: prepared({ a: 10, b: 5 }), now }); };
  look(START + 4.03 * MINUTE);
  const eyes = new MutationObserver(() => null);
  for (const each of [document.getElementById("view"), plan]) {
    eyes.observe(each, { subtree: true, childList: true, characterData: true, attributes: true });
  }
  look(START + 4.04 * MINUTE);
  assert.deepEqual(eyes.takeRecords().map(({ target }) => target.outerHTML), []);
  look(START + 4.07 * MINUTE);
  assert.deepEqual(eyes.takeRecords().map(({ target }) => target.className), ["run"]);
  eyes.disconnect();
});

test("a long title is set smaller: from twenty-one signs on", () => {
  for (const [length, isLong] of [[1, false], [20, false], [21, true], [60, true]]) {
    const state = stateOf({ a: 5 });
    state.plan[0].title = "x".repeat(length);
    stage().update(state);
    assert.equal(document.querySelector("h1").classList.contains("is-long"), isLong, `${length}`);
  }
});

test("in a pause the time left is told while there is some; nor is it said until when", () => {
  const paused = (spent) => stateOf({ a: 5 }, { running_since: null, spent_ms: { a: spent } });
  for (const [spent, label] of [[299999, "En pause, il reste"], [300000, "En pause"], [300001, "En pause"]]) {
    stage().tick(paused(spent), START);
    assert.equal(words("[data-time-label]"), label);
    assert.equal(words("[data-time-planned]"), "5 min5 minutes prévues");
    assert.equal(document.body.dataset.time, "paused");
  }
});

test("seconds have no unit after them, minutes have one", () => {
  for (const [minute, unit] of [[0, "min"], [4.5, ""]]) {
    stage().tick(stateOf({ a: 5 }), START + minute * MINUTE);
    assert.equal(document.querySelector("[data-time-left] u").textContent, unit && `\u00a0${unit}`);
  }
});

test("minutes that were foreseen are told, and those that were prepared where they differ", () => {
  const told = (planned, prepared) => {
    stage(prepared === undefined ? [] : [{ id: "a", ...STEP, minutes: prepared }]).tick(stateOf({ a: planned }), START);
    const spoken = document.querySelector("[data-time-planned]").cloneNode(true);
    for (const each of spoken.querySelectorAll(".sr")) each.remove();
    return plain(spoken.textContent).split(",")[0];
  };
  assert.deepEqual([told(2, 2), told(1, 1), told(0, 0), told(3), told(3, 5)], [
    "2 min prévues", "1 min prévue", "0 min prévue", "3 min prévues", "3 min au lieu de 5 min",
  ]);
});

test("a step is said as it comes, with who keeps silent; not again while it stands", () => {
  const shown = stage([
    { id: "a", ...STEP, rule: "Une phrase." }, { id: "b", ...STEP, silent: "les pairs", rule: "On écoute." },
  ]);
  const state = stateOf({ a: 5, b: 5 });
  for (const current of ["a", "a", "b", "b", "a"]) shown.update({ ...state, current });
  assert.deepEqual(heard, [
    "Étape 1 sur 2 : a. Parle : tous. Une phrase.", "Étape 2 sur 2 : b. Parle : tous. Se tait : les pairs. On écoute.",
    "Étape 1 sur 2 : a. Parle : tous. Une phrase.",
  ]);
  assert.equal(document.title, "a, étape 1 sur 2 – Collectifs");
  assert.equal(document.querySelector("[data-silence]").hidden, true);
});

test("STOP is said once; then the step again", () => {
  const shown = stage([{ id: "a", ...STEP }]);
  const state = stateOf({ a: 5 });
  for (const isHalted of [false, true, true, false]) shown.update(state, isHalted);
  assert.deepEqual(heard.map((each) => each.slice(0, 12)), ["Étape 1 sur ", "On s’arrête ", "Étape 1 sur "]);
});

test("the question on the wall stands in the place of the rule", () => {
  const shown = stage([{ id: "a", ...STEP, rule: "Une phrase." }]);
  const seen = () => ["rule", "asked"].filter((each) => !document.querySelector(`[data-${each}]`).hidden);
  shown.update(stateOf({ a: 5 }));
  assert.deepEqual(seen(), ["rule"]);
  shown.update(stateOf({ a: 5 }, { question: "Comment ?" }));
  assert.deepEqual([seen(), words("[data-asked]")], [["asked"], "Comment ?"]);
  shown.update(stateOf({ a: 5 }, { question: "Comment ?" }), true);
  assert.deepEqual([seen(), words("[data-rule]")], [["rule"], "Personne n’a à dire pourquoi."]);
});

// ---------- The plan ----------

const prepared = (minutes) => Object.entries(minutes).map(([id, each]) => ({
  id, minutes: each, title: id, speaks: id === "récit" ? "la personne qui expose" : "", silent: "",
  feeds: id === "fin" ? "next_meeting" : "",
}));

function lines(state, known) {
  const rows = document.querySelector("tbody");
  fillPlan(rows, state, { now: START, ...known });
  return [...rows.children].filter((row) => !row.hidden).map((row) => {
    const cells = [...row.children].map((each) => plain((each.firstElementChild ?? each).textContent));
    return [...cells, row.className].join(" | ");
  });
}

test("minutes under an hour are a figure, from an hour on they are hours; what a replan left alone is told once", () => {
  const state = stateOf({ a: 59, b: 60, c: 61, d: 5 });
  const three = (step, minutes) =>
    Object.values(threeTimes(state, step, prepared(minutes), START)).map(plain).join("|");
  assert.deepEqual([three("a", { a: 59 }), three("b", { b: 60 }), three("c", { c: 60 }), three("d", {})], [
    "59||0", "1 h||", "1 h|1 h 01|", "|5|",
  ]);
});

test("what a step lasted: whole minutes while it runs, rounded once it is over, nothing when it was never entered", () => {
  const lived = (more, step, minute) =>
    threeTimes(stateOf({ a: 5, b: 5 }, more), step, [], START + minute * MINUTE).lived;
  assert.equal(lived({}, "a", 2.9), "2");
  assert.equal(lived({ current: "b", spent_ms: { a: 2.5 * MINUTE } }, "a", 3), "3");
  assert.equal(lived({ running_since: null, closed_at: iso(3), spent_ms: { a: 2.5 * MINUTE } }, "a", 3), "3");
  assert.equal(lived({}, "b", 3), "");
  assert.equal(lived({ entered: ["a", "b"] }, "b", 3), "0");
  assert.equal(lived({ spent_ms: { b: 29999 } }, "b", 3), "0");
});

test("the line of the step that runs is told apart from those before it; once closed there is none", () => {
  const state = stateOf({ a: 5, b: 5, c: 5 }, { current: "b", entered: ["a", "b"] });
  const known = { prepared: prepared({ a: 5, b: 5, c: 5 }) };
  assert.deepEqual(lines(state, known), ["a | 5 |  | 0 | is-past", "b | 5 |  | 0 | is-now", "c | 5 |  |  | "]);
  const current = () => [...document.querySelectorAll("tr")].map((row) => row.getAttribute("aria-current"));
  assert.deepEqual(current(), [null, "step", null]);
  assert.deepEqual([...document.querySelectorAll("th .sr")].map(({ hidden }) => hidden), [true, false, true]);
  lines({ ...state, closed_at: iso(9), running_since: null }, known);
  assert.deepEqual(current(), [null, null, null]);
});

test("left before its end, the exchange has the minutes prepared alone; once closed it is one line, with all it lasted", () => {
  const minutes = { ouverture: 5, récit: 10, ajout: 7, tour: 20, fin: 5 };
  const first = prepared(minutes).filter(({ id }) => id !== "ajout");
  const spent = { ouverture: 5 * MINUTE, récit: 4.4 * MINUTE, ajout: 1.4 * MINUTE };
  const state = stateOf(minutes, { current: "fin", entered: ["ouverture", "récit", "ajout", "fin"], spent_ms: spent });
  assert.deepEqual(lines(state, { prepared: first }), [
    "ouverture | 5 |  | 5 | is-past", "récit | 10 |  |  | is-past", "ajout | 0 |  |  | is-past",
    "tour | 20 |  |  | is-past", "fin | 5 |  | 0 | is-now",
  ]);
  assert.deepEqual(lines({ ...state, closed_at: iso(20), running_since: null }, { prepared: first }), [
    "ouverture | 5 |  | 5 | is-past", "L’échange | 30 |  | 5 | is-past", "fin | 5 |  | 0 | ",
  ]);
});

test("a table where a replan changed minutes says so; only the screen that conducts leads to a step", () => {
  const state = stateOf({ a: 5, b: 7 });
  const went = [];
  lines(state, { prepared: prepared({ a: 5, b: 5 }), goTo: (step) => went.push(step) });
  assert.ok(document.querySelector("table").classList.contains("is-revised"));
  document.querySelectorAll("th button")[1].click();
  assert.deepEqual(went, ["b"]);
  document.querySelector("tbody").replaceChildren();
  lines(state, { prepared: prepared({ a: 5, b: 7 }) });
  assert.ok(!document.querySelector("table").classList.contains("is-revised"));
  assert.equal(document.querySelector("th button"), null);
});

function beside({ plannedEnd = 60, lockedEnd = null } = {}) {
  document.body.innerHTML = `<div id="view"><table><tbody data-plan-rows></tbody></table><p data-plan-end></p>
    <p data-plan-rest></p><p data-plan-says></p></div>`;
  const at = (minute) => (minute === null ? null : START + minute * MINUTE);
  const known = { zone: "Europe/Paris", plannedEnd: at(plannedEnd), lockedEnd: at(lockedEnd), prepared: [], goTo() {} };
  return new Plan(document.getElementById("view"), known);
}

test("a line leads to its step on the screen that conducts, which says so, and no more once it follows", () => {
  const plan = beside();
  document.querySelector("[data-plan-says]").hidden = true;
  const state = stateOf({ a: 5 });
  const says = document.querySelector("[data-plan-says]");
  const leads = () => [document.querySelector("th button") !== null, !says.hidden];
  for (const [mine, does] of [[false, false], [true, true], [true, true], [false, false]]) {
    plan.update(state, mine);
    plan.tick(state, START);
    assert.deepEqual(leads(), [does, does]);
  }
});

test("the end is late from a whole minute on, and past the closing of the room too", () => {
  const told = (known, minutes = { a: 60 }) => {
    beside(known).tick(stateOf(minutes), START);
    const isLate = document.querySelector("[data-plan-end] span").classList.contains("is-over");
    const seen = document.querySelector("[data-plan-end]").cloneNode(true);
    for (const each of seen.querySelectorAll(".sr")) each.remove();
    return [plain(seen.textContent), isLate];
  };
  assert.deepEqual(told({}), ["Fin prévue 15 h à l’heure", false]);
  assert.deepEqual(told({ plannedEnd: 59.01 }), ["Fin prévue 15 h 1 min après l’heure", false]);
  assert.deepEqual(told({ plannedEnd: 59 }), ["Fin prévue 15 h 1 min après l’heure", true]);
  assert.deepEqual(told({ plannedEnd: 58, lockedEnd: 59.01 }), ["Fin prévue 15 h 2 min après l’heure", true]);
  assert.deepEqual(told({ plannedEnd: 58, lockedEnd: 59 }),
    ["Fin prévue 15 h 2 min après l’heure, 1 min après la fermeture", true]);
});

test("what is left is told for as long as there is some, and when the room closes where it does", () => {
  const rest = (known, minute) => {
    beside(known).tick(stateOf({ a: 1 }), START + minute * MINUTE);
    const place = document.querySelector("[data-plan-rest]");
    const seen = place.cloneNode(true);
    for (const each of seen.querySelectorAll(".sr")) each.remove();
    return place.hidden ? null : plain(seen.textContent);
  };
  assert.equal(rest({}, 0.5), "Il reste 1 min pour 1 étape.");
  assert.equal(rest({ lockedEnd: 75 }, 0), "Il reste 1 min pour 1 étape. La salle ferme à 15 h 15.");
  assert.equal(rest({ lockedEnd: 75 }, 2), "La salle ferme à 15 h 15.");
  assert.equal(rest({}, 2), null);
});
