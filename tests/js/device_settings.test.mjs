// The sound and the screen that stays lit: what is due, what is blocked, what is asked again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BLOCKED, isDue, MUTE, readSettings, Sound } from "../../collectifs/static/js/live/sound.js";
import { UNLIT, WakeLock } from "../../collectifs/static/js/live/wake_lock.js";

const MINUTES_2 = 120000;
const ALL = { end: true, before: true };

test("sound is off until it is asked for, and a strange setting is harmless", () => {
  assert.deepEqual(readSettings(null), { end: false, before: false, volume: 50 });
  assert.deepEqual(readSettings('{"end":true,"before":"oui","volume":900}'), { end: true, before: false, volume: 100 });
  assert.deepEqual(readSettings('{"before":true}'), { end: false, before: true, volume: 50 });
  const volumes = ["-1", "0", "1", "100", "101", "null", '"80"'];
  assert.deepEqual(volumes.map((each) => readSettings(`{"volume":${each}}`).volume), [0, 0, 1, 100, 100, 50, 50]);
});

test("a tone is due once, when the moment has just passed and was chosen", () => {
  assert.equal(isDue(400, -100, ALL), true);
  assert.equal(isDue(0, -100, ALL), false, "it rang at the last look");
  assert.equal(isDue(400, -100, { end: false, before: true }), false);
  assert.equal(isDue(MINUTES_2 + 300, MINUTES_2 - 200, ALL), true);
  assert.equal(isDue(MINUTES_2 + 300, MINUTES_2 - 200, { end: true, before: false }), false);
  assert.equal(isDue(-100, -600, ALL), false);
});

test("a moment is passed from its own millisecond on, and for less than five seconds", () => {
  for (const [moment, which] of [[0, "end"], [MINUTES_2, "before"]]) {
    const dueAt = (was, left) => isDue(moment + was, moment + left, { end: false, before: false, [which]: true });
    assert.deepEqual([[1, 0], [1, 1], [0, 0], [1, -4999], [1, -5000]].map((each) => dueAt(...each)),
      [true, false, false, true, false], which);
  }
});

test("a moment passed long ago, while the page slept, is not rung", () => {
  assert.equal(isDue(600000, -600000, ALL), false);
});

function storeOf(text) {
  const kept = { text };
  return { getItem: () => kept.text, setItem: (_key, value) => { kept.text = value; }, kept };
}

// An audio output that a browser opens, or holds back.
class Context {
  state = "suspended";
  constructor(isFree) { this.isFree = isFree; }
  resume() {
    if (!this.isFree()) return new Promise(() => {});
    this.state = "running";
    return Promise.resolve();
  }
}

test("when the browser holds the sound back it is said, until a tap lets it out", async () => {
  let isFree = false;
  const page = new EventTarget();
  const sound = new Sound({ store: storeOf('{"end":true}'), make: () => new Context(() => isFree), page });
  const said = [];
  sound.onChange((isBlocked) => said.push(isBlocked));
  await sound.check();
  isFree = true;
  page.dispatchEvent(new Event("pointerup"));
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.deepEqual(said, [false, true, false]);
  assert.match(BLOCKED, /retient le son/);
});

test("touched and still silent, it does not ask to be touched again", async () => {
  let isFree = false;
  const output = new Context(() => isFree);
  const sound = new Sound({ store: storeOf('{"end":true}'), make: () => output, page: new EventTarget() });
  const said = [];
  sound.onChange((isBlocked) => said.push(isBlocked ? sound.words : ""));
  await sound.check();
  await sound.attempt();
  assert.deepEqual(said, ["", BLOCKED, MUTE]);
  await sound.attempt();
  isFree = true;
  await sound.check();
  assert.deepEqual(said, ["", BLOCKED, MUTE, ""]);
  [isFree, output.state] = [false, "suspended"];
  await sound.check();
  assert.equal(said.at(-1), BLOCKED, "held back again, a tap may let it out");
});

test("no device to sound on is said like any other silence; off, nothing is said", async () => {
  const make = () => { throw new Error("no output"); };
  const silent = new Sound({ store: storeOf('{"before":true}'), make, page: new EventTarget() });
  await silent.check();
  assert.equal(silent.isBlocked, true);
  const off = new Sound({ store: storeOf(null), make, page: new EventTarget() });
  const said = [];
  off.onChange((isBlocked) => said.push(isBlocked));
  await off.check();
  await off.check();
  assert.deepEqual([off.isBlocked, said], [false, [false]]);
});

// An output that writes down what it is given to sound: [pitch, starts, stops, [loudness, at, softly]…].
function outputOf(tones) {
  const voices = { connect: (to) => to };
  globalThis.OscillatorNode = class {
    constructor(_, { frequency }) { Object.assign(this, voices, { tone: [frequency] }); tones.push(this.tone); }
    start(at) { this.tone.push(at); }
    stop(at) { this.tone.push(at); }
  };
  globalThis.GainNode = class {
    constructor(_, { gain }) {
      const levels = [[gain]];
      tones.at(-1).levels = levels;
      const put = (...asked) => levels.push(asked);
      Object.assign(this, voices, {
        gain: { setValueAtTime: put, linearRampToValueAtTime: put, setTargetAtTime: put },
      });
    }
  };
  return Object.assign(new Context(() => true), { currentTime: 10 });
}

test("a soft tone: two notes down, each rising from silence and dying away, as loud as was chosen", async () => {
  const tones = [];
  const output = outputOf(tones);
  const sound = new Sound({ store: storeOf('{"end":true,"volume":50}'), make: () => output, page: new EventTarget() });
  await sound.attempt();
  assert.equal(sound.isBlocked, false);
  const near = (number) => Number(number.toFixed(3));
  assert.deepEqual(tones.map((tone) => tone.map(near)), [[659.3, 10, 11.6], [523.3, 10.28, 11.88]]);
  assert.deepEqual(tones.map(({ levels }) => levels.map((each) => each.map(near))), [
    [[0], [0, 10], [0.1, 10.06], [0, 10.1, 0.25]], [[0], [0, 10.28], [0.1, 10.34], [0, 10.38, 0.25]],
  ]);
});

test("a step rings when its end is passed while it is counted, and not because another step is counted now", async () => {
  const tones = [];
  const output = outputOf(tones);
  const sound = new Sound({ store: storeOf('{"end":true}'), make: () => output, page: new EventTarget() });
  sound.tick("one", 400);
  await sound.tick("two", -100);
  assert.equal(tones.length, 0);
  await sound.tick("two", -600);
  assert.equal(tones.length, 0);
  sound.tick("three", 400);
  await sound.tick("three", -100);
  await sound.tick("three", -600);
  assert.deepEqual([tones.length, sound.isBlocked], [2, false]);
});

test("settings that nobody can read are those of a browser that never had any", () => {
  for (const text of ["", "{", "null", "[]", "12", '"oui"']) {
    assert.deepEqual(readSettings(text), { end: false, before: false, volume: 50 });
  }
});

test("what is kept in the browser is settings alone", async () => {
  const store = storeOf(null);
  const sound = new Sound({ store, make: () => new Context(() => true), page: new EventTarget() });
  await sound.choose({ before: true, volume: 30 });
  assert.deepEqual(JSON.parse(store.kept.text), { end: false, before: true, volume: 30 });
});

class Lock extends EventTarget {
  released = 0;
  async release() { this.released += 1; }
}

function deviceWith(locks) {
  return { wakeLock: { request: async () => { const lock = new Lock(); locks.push(lock); return lock; } } };
}

const settle = () => new Promise((resolve) => { setTimeout(resolve, 5); });

test("the screen is kept lit from the start, again each time the page is back, and let go at close", async () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const locks = [];
  const said = [];
  const lock = new WakeLock({ device: deviceWith(locks), page, says: (words) => said.push(words) });
  await lock.want(true);
  await lock.want(true);
  assert.equal(locks.length, 1);
  page.hidden = true;
  locks[0].dispatchEvent(new Event("release"));
  page.dispatchEvent(new Event("visibilitychange"));
  assert.equal(lock.isHeld, false);
  page.hidden = false;
  page.dispatchEvent(new Event("visibilitychange"));
  await settle();
  assert.equal(locks.length, 2);
  await lock.want(false);
  assert.deepEqual([locks[1].released, lock.isHeld, said.at(-1)], [1, false, ""]);
  assert.ok(said.includes("L’écran reste allumé."));
});

test("where it is not supported, refused or never answers, it is said that the screen may go dark, and no more at close", async () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const refused = { wakeLock: { request: () => Promise.reject(new Error("battery")) } };
  const throws = { get wakeLock() { throw new Error("policy"); } };
  const mute = { wakeLock: { request: () => new Promise(() => {}) } };
  await Promise.all([{}, { wakeLock: null }, refused, throws, mute].map(async (device) => {
    const said = [];
    const lock = new WakeLock({ device, page, says: (words) => said.push(words) });
    await lock.want(true);
    assert.deepEqual([lock.isHeld, said], [false, [UNLIT]]);
    await lock.want(false);
    assert.equal(said.at(-1), "");
  }));
});
