// The kept copy of a meeting: what is written of it, when, and what its code opens.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { readyWords, waitWords } from "../../collectifs/static/js/live/device_code.js";
import { Keeper } from "../../collectifs/static/js/live/keeper.js";
import { makeKey, seal } from "../../collectifs/static/js/live/vault.js";

const HOUR = 3600000;
const NOW = Date.parse("2027-01-13T13:00:00Z");
const { lock, key } = await makeKey("246810", 1000);
let did, kept, row;

beforeEach(() => {
  did = [];
  kept = [];
  row = { meeting: "m", lock, offset: 400, last_seen: NOW, tries: 2, wait_until: NOW, runs: false };
});

const say = (name, answer) => async (...asked) => { did.push([name, ...asked]); return answer; };
const storeOf = (more) => ({
  meeting: async () => row, addMeeting: say("added"), changeMeeting: say("changed"), put: say("put"),
  markSent: say("sent"), remove: say("removed"), unsent: async () => ["g1"], records: async () => kept,
  wipe: say("wiped", true), ...more,
});
const keeperOf = (more) => new Keeper({ store: storeOf(more), row, key });

test("a device that is prepared begins with no wrong code, no wait, and a meeting that does not run", async () => {
  const known = { meeting: "m", person: "maud", device: "d", endsAt: 7, code: "246810", now: NOW };
  await Keeper.make({ store: storeOf(), ...known });
  const [[, { lock: made, ...begun }]] = did;
  assert.deepEqual(begun, {
    meeting: "m", person: "maud", device: "d", offset: 0, prepared_at: NOW, last_seen: NOW, ends_at: 7, tries: 0,
    wait_until: 0, runs: false,
  });
  assert.deepEqual([made.salt.length, made.iv.length], [16, 12]);
});

test("a code may be tried from the instant the wait is over; the right one is counted nowhere any more", async () => {
  const open = (code, now) => Keeper.open({ store: storeOf(), meeting: "m", code, now });
  assert.deepEqual(await open("246810", NOW - 1), { wait: 1 });
  assert.deepEqual(did, []);
  assert.deepEqual(await open("000000", NOW), { wait: 0 });
  assert.deepEqual(did.pop(), ["changed", "m", { tries: 3, wait_until: NOW }]);
  row.tries = 4;
  assert.deepEqual(await open("000000", NOW), { wait: 30000 });
  assert.deepEqual(did.pop(), ["changed", "m", { tries: 5, wait_until: NOW + 30000 }]);
  const { keeper } = await open("246810", NOW);
  assert.deepEqual(did.pop(), ["changed", "m", { tries: 0, wait_until: 0, last_seen: NOW }]);
  assert.deepEqual([keeper.offset, keeper.meeting], [400, "m"]);
});

test("the server's time is written when it drifts by a second, or an hour after the last time", async () => {
  for (const [offset, now, isWritten] of [
    [400, NOW, false], [1399, NOW, false], [-599, NOW, false], [1400, NOW, true], [-600, NOW, true],
    [400, NOW + HOUR - 1, false], [400, NOW + HOUR, true],
  ]) {
    did = [];
    const keeper = keeperOf();
    keeper.seen(offset, now);
    await keeper.settled();
    assert.deepEqual(did, isWritten ? [["changed", "m", { offset, last_seen: now }]] : [], `${offset} ${now - NOW}`);
    keeper.seen(offset, now);
    await keeper.settled();
    assert.equal(did.length, Number(isWritten), "once");
  }
});

test("that the meeting goes on is written as it begins and as it ends", async () => {
  for (const before of [false, undefined]) {
    did = [];
    row.runs = before;
    const keeper = keeperOf();
    for (const runs of [false, true, true, false]) keeper.runs(runs);
    await keeper.settled();
    assert.deepEqual(did, [["changed", "m", { runs: true }], ["changed", "m", { runs: false }]]);
  }
});

test("gestures go to the disk sealed, told to wait or not; of none there is nothing to write", async () => {
  const keeper = keeperOf();
  await keeper.put([], true);
  await keeper.sent([]);
  await keeper.drop([]);
  assert.deepEqual(did, []);
  await keeper.put([{ id: "g1", kind: "parked" }, { id: "g2", kind: "parked" }], true);
  await keeper.put([{ id: "g3", kind: "parked" }], false);
  await keeper.remember("page", { title: "Les Tilleuls" });
  await keeper.remember("sheet", {}, true);
  const written = did.flatMap(([, records]) => records.map(({ meeting, id, unsent }) => `${meeting} ${id} ${unsent}`));
  assert.deepEqual(written, ["m g1 1", "m g2 1", "m g3 0", "m page 0", "m sheet 1"]);
  await keeper.sent(["g1"]);
  await keeper.remember("sheet", null);
  assert.deepEqual(did.slice(-2), [["sent", "m", ["g1"]], ["removed", "m", ["sheet"]]]);
});

test("what is kept comes back: gestures, those that wait, the rest by its name", async () => {
  const record = async (id, value, unsent) => ({ meeting: "m", id, unsent, ...(await seal(key, value, `m/${id}`)) });
  const gestures = [{ id: "g1", kind: "parked" }, { id: "g2", kind: "paused" }];
  kept = [
    await record("g1", gestures[0], 1), await record("g2", gestures[1], 0), await record("sheet", { content: "x" }, 1),
    await record("empty", null, 0),
  ];
  assert.deepEqual(await keeperOf().load(), {
    gestures, unsent: ["g1"], named: { sheet: { content: "x" }, empty: null },
  });
});

test("what waits is asked of the disk; once another window has wiped all, there is nothing to ask", async () => {
  assert.deepEqual(await keeperOf().unsent(), ["g1"]);
  row = null;
  const gone = new Keeper({ store: storeOf(), row: { meeting: "m" }, key });
  assert.equal(await gone.unsent(), null);
});

test("to wipe is told what it may wipe", async () => {
  const keeper = keeperOf();
  assert.equal(await keeper.wipe(), true);
  await keeper.wipe({ onlySent: true });
  assert.deepEqual(did, [["wiped", "m", { onlySent: false }], ["wiped", "m", { onlySent: true }]]);
});

// ---------- Its words ----------

test("a wrong code is told with the wait, in seconds under a minute, in whole minutes from there", () => {
  const wait = (ms) => waitWords(ms).split("dans ")[1]?.replaceAll("\u00a0", " ");
  assert.deepEqual([0, -1, 1, 1001, 59000, 59999, 60000, 60001, HOUR].map(wait), [
    undefined, undefined, "1 seconde.", "2 secondes.", "59 secondes.", "60 secondes.", "1 min.", "2 min.", "1 h.",
  ]);
});

test("what a device will hold is told, without what there is none of", () => {
  const steps = [{ minutes: 60 }, { minutes: 15 }];
  const words = (known) => readyWords({ steps, situations: [], members: [1], sheet: null, ...known })
    .map((each) => each.replaceAll("\u00a0", " "));
  const always = ["La page et tout ce qu’il lui faut", "Le déroulé : 2 étapes, 1 h 15"];
  assert.deepEqual(words({}), [...always, "Les noms du collectif : 1 personne"]);
  assert.deepEqual(words({ situations: [1], members: [1, 2], sheet: {} }), [
    ...always, "1 situation proposée", "Les noms du collectif : 2 personnes", "Le brouillon de la fiche",
  ]);
});
