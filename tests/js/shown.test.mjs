// What the room shows and says: two minutes left, in time and once; the projection in front; a device tidied in time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBeamApart } from "../../collectifs/static/js/live/channel.js";
import { Stage } from "../../collectifs/static/js/live/stage.js";
import { keptUntil, Store } from "../../collectifs/static/js/live/store.js";

const START = Date.parse("2027-01-13T13:00:00Z");
const TEN = 600;
const running = {
  current: "opening",
  plan: [{ id: "opening", title: "Ouverture", minutes: TEN / 60 }],
  added_s: {},
  entered: ["opening"],
  spent_ms: {},
  running_since: new Date(START).toISOString(),
};

// As much of a page as a stage writes to: every part is there, and holds three pieces.
function part() {
  return {
    textContent: "",
    children: [{ textContent: "" }, { textContent: "" }, { textContent: "" }],
    getAttribute() {},
    setAttribute() {},
    replaceChildren() {},
    append() {},
  };
}

globalThis.document = { createElement: part };

function stageThatSays(said) {
  const view = { querySelector: part };
  const announce = (words) => said.push(words);
  return new Stage(view, part(), { root: part(), steps: [], zone: "Europe/Paris", announce });
}

const SOON = "Il reste 2 minutes.";
const NOW = "C’est l’heure.";

test("two minutes left are said once, between two minutes and one; that it is time once, at the end", () => {
  const said = [];
  const stage = stageThatSays(said);
  const looks = [[600, []], [121, []], [120, [SOON]], [61, [SOON]], [60, [SOON]], [1, [SOON]], [0, [SOON, NOW]]];
  for (const [left, heard] of [...looks, [-5, [SOON, NOW]], [-400, [SOON, NOW]]]) {
    stage.tick(running, START + (TEN - left) * 1000);
    assert.deepEqual(said, heard, `${left} s left`);
  }
});

test("after a sleep it is not said that it is time, but how long it has been", () => {
  const said = [];
  stageThatSays(said).tick(running, START + (TEN + 300) * 1000);
  assert.deepEqual(said, ["Temps dépassé de 5\u00a0minutes."]);
});

test("a pause is said with the time that is left, once, and so is its end", () => {
  const said = [];
  const stage = stageThatSays(said);
  const paused = { ...running, running_since: null, spent_ms: { opening: 120000 } };
  stage.tick(running, START);
  stage.tick(paused, START + 120000);
  stage.tick(paused, START + 180000);
  stage.tick({ ...paused, running_since: new Date(START + 180000).toISOString() }, START + 180000);
  const eight = "il reste 8\u00a0minutes.";
  assert.deepEqual(said, [`En pause, ${eight}`, `Le temps repart. I${eight.slice(1)}`]);
});

test("two minutes are not said past one minute, and again when the step gets more time", () => {
  const said = [];
  const stage = stageThatSays(said);
  stage.tick(running, START + (TEN - 60) * 1000);
  assert.deepEqual(said, []);
  stage.tick(running, START + (TEN - 90) * 1000);
  stage.tick({ ...running, added_s: { opening: 120 } }, START + (TEN + 120 - 90) * 1000);
  assert.deepEqual(said, [SOON, SOON]);
});

// Presses « Projeter » where a window opens, or is held back.
function project(beam, keys = {}) {
  const opened = [];
  let press;
  let isPrevented = false;
  globalThis.window = { open: (...asked) => { opened.push(asked); return beam; } };
  openBeamApart({ querySelector: () => ({ href: "/projection", addEventListener: (_, hear) => { press = hear; } }) });
  press({ ...keys, preventDefault() { isPrevented = true; } });
  delete globalThis.window;
  return { opened, isPrevented };
}

test("« Projeter » brings one window to the front, the same when it is pressed again", () => {
  let times = 0;
  const beam = { focus() { times += 1; } };
  const { opened, isPrevented } = project(beam);
  assert.equal(isPrevented, true);
  assert.deepEqual(opened[0].slice(0, 2), ["/projection", "collectifs-projection"]);
  assert.equal(times, 1);
  project(beam);
  assert.equal(times, 2);
});

test("where windows are held back, or a tab is asked for, the link is followed as any other", () => {
  assert.equal(project(null).isPrevented, false);
  for (const held of ["ctrlKey", "metaKey", "shiftKey"]) {
    assert.deepEqual(project(null, { [held]: true }), { opened: [], isPrevented: false }, held);
  }
});

test("a device is tidied past its time, to the millisecond, and not before", async () => {
  for (const unsent of [[], ["one"]]) {
    const row = { meeting: "here", last_seen: START, ends_at: START };
    const wiped = [];
    class Kept extends Store {
      meetings = async () => [row];
      unsent = async () => unsent;
      wipe = async (meeting) => wiped.push(meeting);
    }
    const until = keptUntil(row, unsent.length > 0);
    const store = new Kept({});
    await store.tidy(until);
    assert.deepEqual(wiped, []);
    await store.tidy(until + 1);
    assert.deepEqual(wiped, ["here"]);
  }
});
