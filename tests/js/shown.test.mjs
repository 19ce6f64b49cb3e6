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
  };
}

function stageThatSays(said) {
  const view = { querySelector: part };
  const announce = (words) => said.push(words);
  return new Stage(view, part(), { root: part(), steps: [], zone: "Europe/Paris", announce });
}

test("two minutes left are said once, between two minutes and one, and to nobody before", () => {
  const said = [];
  const stage = stageThatSays(said);
  for (const [left, times] of [[600, 0], [121, 0], [120, 1], [119, 1], [61, 1], [60, 1], [-5, 1]]) {
    stage.tick(running, START + (TEN - left) * 1000);
    assert.deepEqual(said, Array(times).fill("Il reste 2 minutes."), `${left} s left`);
  }
});

test("they are not said past one minute, nor in a pause, and again when the step gets more time", () => {
  const said = [];
  const stage = stageThatSays(said);
  stage.tick(running, START + (TEN - 60) * 1000);
  stage.tick({ ...running, running_since: null, spent_ms: { opening: (TEN - 90) * 1000 } }, START);
  assert.deepEqual(said, []);
  stage.tick(running, START + (TEN - 90) * 1000);
  stage.tick({ ...running, added_s: { opening: 120 } }, START + (TEN + 120 - 90) * 1000);
  assert.deepEqual(said, ["Il reste 2 minutes.", "Il reste 2 minutes."]);
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
  assert.deepEqual(project(null, { ctrlKey: true }), { opened: [], isPrevented: false });
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
