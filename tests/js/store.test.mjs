// What this browser keeps of the meetings that it was prepared for, over shelves in memory.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keepHere } from "./kept_here.mjs";
import { local } from "../../collectifs/static/js/lib/browser.js";
import {
  actionsIn, deviceMark, holdsSomething, isDoor, openStore, TYPED,
} from "../../collectifs/static/js/live/store.js";

const DAY = 86400000;
const MARK = "collectifs-garde";
const row = (meeting, more) => ({ meeting, last_seen: 0, ends_at: 0, ...more });
const record = (id, unsent, meeting = "m") => ({ meeting, id, unsent, sealed: `scellé ${id}` });
let kept, store;

beforeEach(async () => {
  local.removeItem(MARK);
  kept = keepHere();
  store = await openStore({ make: true });
  // A browser that keeps its settings.
  const shelf = new Map();
  globalThis.localStorage = {
    getItem: (key) => shelf.get(key) ?? null, setItem: (key, words) => shelf.set(key, words),
    removeItem: (key) => shelf.delete(key),
  };
});

const ids = () => [...kept.records.values()].map(({ id, unsent }) => `${id}${unsent ? " à envoyer" : ""}`);

test("nothing is opened where nothing was ever kept, unless it is to keep something", async () => {
  assert.equal(await openStore(), null);
  assert.equal(holdsSomething(), false);
  await store.addMeeting(row("m"));
  assert.equal(holdsSomething(), true);
  assert.ok(await openStore());
});

test("a device prepared again for a meeting begins with nothing of it, and keeps the others", async () => {
  await store.addMeeting(row("n"));
  await store.put([record("x", 1, "n")]);
  await store.addMeeting(row("m"));
  await store.put([record("a", 1), record("b", 0)]);
  assert.deepEqual(ids(), ["x à envoyer", "a à envoyer", "b"]);
  await store.addMeeting(row("m", { tries: 2 }));
  assert.deepEqual(ids(), ["x à envoyer"]);
  assert.equal((await store.meeting("m")).tries, 2);
});

test("where the mark cannot be left nothing is kept: no page would ever tidy it", async () => {
  globalThis.localStorage.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
  await assert.rejects(store.addMeeting(row("m")), /mark/);
  assert.deepEqual([kept.meetings.size, holdsSomething()], [0, false]);
});

test("nothing is written for a meeting that another window has wiped, nor is it brought back", async () => {
  await assert.rejects(store.put([record("a", 1)]));
  await store.changeMeeting("m", { tries: 3 });
  assert.deepEqual([kept.meetings.size, kept.records.size], [0, 0]);
});

test("what has left is no more to send, what is not wanted goes, the rest stays", async () => {
  await store.addMeeting(row("m"));
  await store.put([record("a", 1), record("b", 1), record("c", 0)]);
  await store.markSent("m", ["a", "c", "unknown"]);
  assert.deepEqual([ids(), await store.unsent("m")], [["a", "b à envoyer", "c"], ["b"]]);
  assert.equal((await store.records("m")).find(({ id }) => id === "a").sealed, "scellé a");
  await store.remove("m", ["a", "b"]);
  assert.deepEqual(ids(), ["c"]);
  await store.changeMeeting("m", { tries: 3 });
  assert.deepEqual(await store.meetings(), [row("m", { tries: 3 })]);
});

test("what has not left is wiped only when that is asked for; the mark goes with the last meeting", async () => {
  for (const meeting of ["m", "n"]) await store.addMeeting(row(meeting));
  await store.put([record("a", 1), record("b", 0)]);
  assert.equal(await store.wipe("m", { onlySent: true }), false);
  assert.equal(kept.records.size, 2);
  assert.equal(await store.wipe("m"), true);
  assert.deepEqual([kept.records.size, kept.meetings.size, holdsSomething()], [0, 1, true]);
  await store.put([record("c", 0, "n")]);
  assert.equal(await store.wipe("n", { onlySent: true }), true);
  assert.deepEqual([kept.records.size, kept.meetings.size, holdsSomething()], [0, 0, false]);
});

test("past its time a meeting goes, later when something of it has not left", async () => {
  for (const meeting of ["m", "n"]) await store.addMeeting(row(meeting));
  await store.put([record("a", 1)]);
  await store.put([record("b", 0, "n")]);
  await store.tidy(7 * DAY);
  assert.equal(kept.meetings.size, 2);
  await store.tidy(7 * DAY + 1);
  assert.deepEqual((await store.meetings()).map(({ meeting }) => meeting), ["m"]);
  await store.tidy(30 * DAY);
  assert.equal(kept.meetings.size, 1);
  await store.tidy(30 * DAY + 1);
  assert.equal(kept.meetings.size, 0);
});

test("words being typed are no action; the list of a workshop is known by its name", () => {
  assert.equal(actionsIn(["a", TYPED, "b"]), 2);
  assert.equal(actionsIn([]), 0);
  assert.deepEqual(["porte:a1", "a1"].map((meeting) => isDoor({ meeting })), [true, false]);
  assert.equal(deviceMark("m"), "collectifs-appareil-m");
});
