// The projection: what goes to it, how it is heard, how it asks; and the drawing of a square code.
import assert from "node:assert/strict";
import test from "node:test";

import { BeamFeed } from "../../collectifs/static/js/live/beam_feed.js";
import { publicGestures, publicSteps, RoomEar, RoomVoice } from "../../collectifs/static/js/live/channel.js";
import { countdown } from "../../collectifs/static/js/live/hand_over.js";
import { pathOf } from "../../collectifs/static/js/live/square_code.js";

const at = "2027-01-13T13:00:00.000Z";
const gesture = (kind, body = {}) => ({ id: kind, kind, hand: 1, happened_at: at, body });

// Two ends of one channel in one process: what one posts, the other hears.
function makeRoom() {
  const ends = [];
  return (name) => {
    const end = {
      name,
      onmessage: null,
      postMessage: (data) =>
        ends.filter((each) => each !== end).forEach((each) => each.onmessage?.({ data: structuredClone(data) })),
      close() {},
    };
    ends.push(end);
    return end;
  };
}

test("only what steers goes to the wall", () => {
  const all = [
    "note_written", "attendance_marked", "turn_taken", "hands_counted", "guest_welcomed", "duty_given", "parked",
    "note_removed",
  ];
  assert.deepEqual(publicGestures(all.map((kind) => gesture(kind, { text: "canari" }))), []);
  assert.deepEqual(publicGestures([gesture("paused")]), [gesture("paused")]);
});

test("the device, the situation and who tells it stay out", () => {
  const sent = [
    gesture("hand_taken", { device: "canari" }),
    gesture("situation_chosen", { situation: "canari" }),
    gesture("situation_chosen", { told_by: "canari" }),
    gesture("situation_chosen", { spare: "canari" }),
  ];
  assert.deepEqual(
    publicGestures(sent).map(({ body }) => body),
    [{ device: "" }, { spare: false }, { spare: false }, { spare: true }],
  );
});

test("a step shows its voices and its rule, nothing for the pilot", () => {
  const step = {
    id: "a",
    title: "Ouverture",
    speaks: "tous",
    silent: "",
    rule: "Écouter.",
    prompts: ["canari"],
    feeds: "sheet",
    minutes: 5,
  };
  const [seen] = publicSteps([step]);
  assert.deepEqual(seen, {
    id: "a", speaks: "tous", silent: "", rule: "Écouter.", spare_speaks: "", spare_silent: "",
    spare_rule: "",
  });
});

test("a projection that opens is told everything at once, and each change after it", () => {
  const makeChannel = makeRoom();
  const gestures = [gesture("meeting_started", { plan: [] })];
  const clock = { now: () => 5000 };
  const voice = new RoomVoice("m", {
    clock,
    wall: () => 2000,
    makeChannel,
    known: () => ({ gestures, steps: [], starts_at: at, time_zone: "Europe/Paris" }),
  });
  const heard = [];
  const offsets = [];
  const ear = new RoomEar("m", {
    makeChannel,
    steady: () => 0,
    onRoom: (room) => heard.push(room.gestures.length),
    onOffset: (offset) => offsets.push(offset),
  });
  gestures.push(gesture("paused"), gesture("note_written", { text: "canari" }));
  voice.say();
  voice.close();
  assert.deepEqual(heard, [1, 2]);
  assert.deepEqual(offsets, [3000, 3000]);
  assert.equal(ear.isNear, true);
});

test("the screen beside is near for three seconds after it was heard", () => {
  const makeChannel = makeRoom();
  let now = 0;
  const ear = new RoomEar("m", { makeChannel, steady: () => now, onRoom() {}, onOffset() {} });
  assert.equal(ear.isNear, false);
  makeChannel("m").postMessage({ kind: "beat", offset: 0 });
  now = 2900;
  assert.equal(ear.isNear, true);
  now = 3000;
  assert.equal(ear.isNear, false);
});

test("the server is asked every four seconds, later and later while it does not answer, and no more once it is over", async () => {
  const answers = [
    { outcome: "ok", data: { sequence: 7 } },
    { outcome: "unchanged" },
    { outcome: "offline" },
    { outcome: "offline" },
    { outcome: "offline" },
    { outcome: "gone" },
  ];
  const asked = [];
  const waits = [];
  const troubles = [];
  const feed = new BeamFeed({
    url: "/etat",
    clock: { hear() {} },
    hidden: () => false,
    ask: async (url) => {
      asked.push(url);
      return answers.shift();
    },
    wait: async (delay) => {
      waits.push(delay);
    },
    onNews() {},
    onTrouble: (trouble) => troubles.push(trouble),
  });
  await feed.run();
  assert.deepEqual(asked, ["/etat?depuis=-1", ...Array(5).fill("/etat?depuis=7")]);
  assert.deepEqual(troubles, [null, null, "offline", "offline", "offline", "gone"]);
  assert.deepEqual(waits.slice(0, 2), [4000, 4000]);
  for (const [place, most] of [
    [2, 1000],
    [3, 2000],
    [4, 4000],
  ]) {
    assert.ok(waits[place] <= most && waits[place] >= most / 2, `${waits[place]} after ${place} tries`);
  }
});

test("while nobody looks, or the window beside says everything, the server is asked every twenty seconds", async () => {
  for (const [hidden, isNear, delay] of [[false, false, 4000], [true, false, 20000], [false, true, 20000]]) {
    const waits = [];
    const answers = [{ outcome: "unchanged" }, { outcome: "gone" }];
    const feed = new BeamFeed({
      url: "/etat", clock: { hear() {} }, hidden: () => hidden, isNear: () => isNear, onNews() {}, onTrouble() {},
      ask: async () => answers.shift(), wait: async (ms) => { waits.push(ms); },
    });
    await feed.run();
    assert.equal(waits[0], delay);
  }
});

test("what the pilot's window says each second: that it is there, by whose clock, and whether the server is lost to it", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const makeChannel = makeRoom();
  let isAway = true;
  const voice = new RoomVoice("m", {
    clock: { now: () => 70 }, wall: () => 50, known: () => ({ gestures: [], steps: [] }), isAway: () => isAway,
    makeChannel,
  });
  const heard = [];
  makeChannel("m").onmessage = ({ data }) => heard.push(data);
  const [offsets, rooms] = [[], []];
  const ear = new RoomEar("m", {
    makeChannel, steady: () => 0, onRoom: (room) => rooms.push(room), onOffset: (offset) => offsets.push(offset),
  });
  heard.length = 0;
  t.mock.timers.tick(1000);
  isAway = false;
  t.mock.timers.tick(1000);
  assert.deepEqual(heard, [
    { kind: "beat", offset: 20, away: true }, { kind: "beat", offset: 20, away: false },
  ]);
  assert.equal(ear.isAway, false);
  voice.close();
  t.mock.timers.tick(5000);
  assert.equal(heard.length, 2);
  makeChannel("m").postMessage({ kind: "hello", offset: 5 }); // another wall that opens
  assert.ok(!offsets.includes(5));
});

test("a square code is drawn run by run, inside its white margin", () => {
  assert.equal(pathOf(["1101", "0000", "0110"]), "M4 4h2v1h-2zM7 4h1v1h-1zM5 6h2v1h-2z");
});

test("what is left of a code is said in minutes and seconds", () => {
  assert.deepEqual([120000, 99500, 60000, 400, 0, -5].map(countdown), [
    "2\u00a0min", "1\u00a0min 40\u00a0s", "1\u00a0min", "1\u00a0s", "0\u00a0s", "0\u00a0s",
  ]);
});
