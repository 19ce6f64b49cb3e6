// Every gesture that a screen makes: what leaves, in whose hand, and the way back that is offered with it.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Acts } from "../../collectifs/static/js/live/acts.js";

const CLOSED = "2027-01-13T15:00:00.000Z";
const STEPS = [
  { id: "a", title: "Ouverture", minutes: 5, least: 2, feeds: "" },
  { id: "b", title: "Exposé : le récit", minutes: 15, least: 8, feeds: "next_meeting" },
  { id: "c", title: "Clôture", minutes: 5, least: 3, feeds: "next_meeting" },
  { id: "d", title: "Après", minutes: 5, least: 3, feeds: "" },
];
const PLAN = STEPS.map(({ id, title, minutes, least }) => ({ id, title, minutes, least }));
let steady = 10000;
mock.method(performance, "now", () => steady);

// A screen in the room at one step: `made` is what it did, `offers` the ways back.
function screen({ now = CLOSED, refusal = "", ...known } = {}) {
  const state = {
    hand: 3, hand_device: "ici", plan: PLAN, current: "b", running_since: CLOSED, closed_at: null, ...known,
  };
  const made = [], offers = [];
  const journal = {
    clock: { now: () => Date.parse(now) },
    add(kind, body, hand, at) { made.push([kind, body, hand, ...(at ? [at] : [])]); return { id: "g1" }; },
  };
  const undoLine = { offer: (...offer) => offers.push(offer), close() {}, closeAbout() {} };
  const copyText = () => refusal;
  const acts = new Acts({ journal, device: "ici", steps: STEPS, state: () => state, undoLine, copyText });
  return { acts, made, offers, state };
}

// What a screen does, the hand left out.
const does = (known, ...path) => {
  const { acts, made, offers } = screen(known);
  const [name, ...given] = path;
  acts[name](...given);
  const back = offers.at(-1)?.[2];
  const count = made.length;
  back?.();
  const strip = (rows) => rows.map(([kind, body, , at]) => [kind, body, ...(at ? [at] : [])]);
  return { made: strip(made.slice(0, count)), said: offers.map(([words, label]) => [words, label]),
    back: strip(made.slice(count)) };
};
const entered = (step) => ["step_entered", { step }];
const steps = (...minutes) => [
  "plan_changed", { steps: PLAN.map(({ id }, place) => ({ id, minutes: minutes[place] })) },
];

test("la main is taken one further than it was; what is done after it is done in the hand that is", () => {
  const { acts, made } = screen();
  acts.takeHand();
  acts.pauseOrResume();
  assert.deepEqual(made.map(([kind, , hand]) => [kind, hand]), [["hand_taken", 4], ["paused", 3]]);
});

for (const [name, given, made] of [
  ["start", [], [["hand_taken", { device: "ici" }], ["meeting_started", { plan: PLAN }]]],
  ["next", [], [entered("c")]],
  ["previous", [], [entered("a")]],
  ["goTo", ["d"], [entered("d")]],
  ["pauseOrResume", [], [["paused", {}]]],
  ["close", [], [["meeting_closed", {}]]],
  ["closeAt", [Date.parse(CLOSED)], [["meeting_closed", {}, "2027-01-13T15:00:00.001Z"]]],
  ["showQuestion", ["Comment ?"], [["question_shown", { text: "Comment ?" }]]],
  ["showQuestion", [""], [["question_shown", {}]]],
  ["reopen", [], [["meeting_reopened", {}]]],
]) {
  test(`${name}(${given}) steers: done by the screen that has la main, and by no other`, () => {
    assert.deepEqual(does({}, name, ...given), { made, said: [], back: [] });
    const elsewhere = does({ hand_device: "là-bas" }, name, ...given).made;
    assert.deepEqual(elsewhere, name === "start" ? made.slice(0, 1) : []);
  });
}

test("a pause that is on ends by the same button", () => {
  assert.deepEqual(does({ running_since: null }, "pauseOrResume").made, [["resumed", {}]]);
});

test("there is no step after the last, before the first, nor once it is closed or not begun", () => {
  for (const [known, name] of [
    [{ current: "d" }, "next"], [{ current: "a" }, "previous"], [{ closed_at: CLOSED }, "next"],
    [{ plan: [], current: null }, "next"], [{ plan: [], current: null }, "previous"],
  ]) assert.deepEqual(does(known, name).made, [], `${name} ${JSON.stringify(known)}`);
  assert.deepEqual(does({ current: "c" }, "next").made, [entered("d")]);
});

test("for half a second after a step a press on the next one is the same press, whatever led there", () => {
  const { acts, made } = screen();
  acts.goTo("b");
  steady += 499;
  acts.next();
  assert.equal(made.length, 1);
  steady += 1;
  acts.next();
  assert.equal(made.length, 2);
});

test("a step that was left by a slip, minutes that were added or changed: each comes back by one gesture", () => {
  assert.deepEqual(does({}, "jump", "d"), {
    made: [entered("d")], said: [["Étape changée.", "Revenir"]], back: [entered("b")],
  });
  assert.deepEqual(does({}, "jump", "b"), { made: [], said: [], back: [] });
  assert.deepEqual(does({}, "addTime"), {
    made: [["time_added", { step: "b", seconds: 120 }]], said: [["Deux minutes de plus.", "Annuler"]],
    back: [["time_added", { step: "b", seconds: -120 }]],
  });
  assert.deepEqual(does({}, "changeMinutes", { b: 9, d: 0 }), {
    made: [steps(5, 9, 5, 0)], said: [["Les durées ont changé.", "Annuler"]], back: [steps(5, 15, 5, 5)],
  });
});

test("after a STOP the closing step is the last planned one that gathers the next date, or the last of all", () => {
  const back = [["On s’arrête là, sans raison à donner.", "Revenir à « Exposé\u00a0: le récit »"]];
  assert.deepEqual(does({}, "closeExchange"), { made: [entered("c")], said: back, back: [entered("b")] });
  const without = (...gone) => ({ plan: PLAN.filter(({ id }) => !gone.includes(id)) });
  assert.deepEqual(does({ ...without("c"), current: "a" }, "closeExchange").made, [entered("b")]);
  assert.deepEqual(does({ ...without("b", "c"), current: "a" }, "closeExchange").made, [entered("d")]);
});

test("another situation begins over with the minutes that are left; the way back gives those of before", () => {
  const { made, back } = does({}, "startOver", "a", { a: 1, b: 0 });
  assert.deepEqual(made, [entered("a"), steps(1, 0, 5, 5)]);
  assert.deepEqual(back, [steps(5, 15, 5, 5), entered("b")]);
});

test("reopened within ten minutes the time goes on; from then on, or never closed, it waits", () => {
  const reopened = (now, closed = CLOSED) => does({ now, closed_at: closed }, "reopen").made.map(([kind]) => kind);
  assert.deepEqual(reopened("2027-01-13T15:09:59.999Z"), ["meeting_reopened", "resumed"]);
  assert.deepEqual(reopened("2027-01-13T15:10:00.000Z"), ["meeting_reopened"]);
  assert.deepEqual(reopened("2027-01-13T15:00:00.000Z", null), ["meeting_reopened"]);
});

test("from any device: words, who is there, who speaks, hands, what is parked, a note put into the draft", () => {
  const made = (...path) => does({ hand_device: "là-bas" }, ...path).made;
  assert.deepEqual(made("welcome", "léa", "Léa"), [
    ["guest_welcomed", { who: "léa", name: "Léa" }], ["attendance_marked", { who: "léa", state: "present" }],
  ]);
  assert.deepEqual(made("giveFloor", "léa"), [["turn_taken", { who: "léa", step: "b", how: "given" }]]);
  assert.deepEqual(made("passTurn", "léa"), [["turn_taken", { who: "léa", step: "b", how: "passed" }]]);
  assert.deepEqual(made("copy", { id: "n1", text: "Se taire" }), [["note_copied_to_sheet", { note: "n1" }]]);
  assert.deepEqual(does({ refusal: "Trop longue." }, "copy", { id: "n1", text: "…" }), {
    made: [], said: [["Trop longue.", ""]], back: [],
  });
  const [[kind, { note, ...body }]] = made("note", "Un mot");
  assert.deepEqual([kind, body, note.length], [
    "note_written", { lane: "collective", step: "b", text: "Un mot" }, 36,
  ]);
  assert.equal(screen().acts.add("paused", {}).id, "g1");
});
