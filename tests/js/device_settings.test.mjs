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
});

test("a tone is due once, when the moment has just passed and was chosen", () => {
  assert.equal(isDue(400, -100, ALL), true);
  assert.equal(isDue(0, -100, ALL), false, "it rang at the last look");
  assert.equal(isDue(400, -100, { end: false, before: true }), false);
  assert.equal(isDue(MINUTES_2 + 300, MINUTES_2 - 200, ALL), true);
  assert.equal(isDue(MINUTES_2 + 300, MINUTES_2 - 200, { end: true, before: false }), false);
  assert.equal(isDue(-100, -600, ALL), false);
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
  const sound = new Sound({
    store: storeOf('{"end":true}'),
    make: () => new Context(() => isFree),
    page: new EventTarget(),
  });
  const said = [];
  sound.onChange((isBlocked) => said.push(isBlocked ? sound.words : ""));
  await sound.check();
  await sound.attempt();
  await sound.attempt();
  isFree = true;
  await sound.check();
  assert.deepEqual(said, ["", BLOCKED, MUTE, ""]);
});

test("no device to sound on is said like any other silence; off, nothing is said", async () => {
  const make = () => { throw new Error("no output"); };
  const silent = new Sound({ store: storeOf('{"before":true}'), make, page: new EventTarget() });
  await silent.check();
  assert.equal(silent.isBlocked, true);
  const off = new Sound({ store: storeOf(null), make, page: new EventTarget() });
  await off.check();
  assert.equal(off.isBlocked, false);
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
