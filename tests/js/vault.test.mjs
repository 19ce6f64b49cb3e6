// What a device keeps: sealed under a key that a code of six digits opens; a journal that goes there first.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Journal } from "../../collectifs/static/js/live/journal.js";
import { Keeper } from "../../collectifs/static/js/live/keeper.js";
import { waitWords } from "../../collectifs/static/js/live/device_code.js";
import {
  CODE, ITERATIONS, makeKey, openKey, seal, unseal, waitAfter, weakness,
} from "../../collectifs/static/js/live/vault.js";

const FEW = 1000; // turns of the crank, in tests

test("the crank is turned at least six hundred thousand times", () => assert.ok(ITERATIONS >= 600000));

test("the right code opens, another does not", async () => {
  const { lock, key } = await makeKey("246810", FEW);
  const sealed = await seal(key, { text: "CanariNote" }, "m/1");
  assert.deepEqual([lock.salt.length, lock.iv.length, sealed.iv.length], [16, 12, 12]);
  assert.ok(!Buffer.from(sealed.sealed).toString("latin1").includes("Canari"));
  const opened = await openKey(lock, "246810");
  assert.deepEqual(await unseal(opened, sealed, "m/1"), { text: "CanariNote" });
  assert.equal(await openKey(lock, "246811"), null);
});

test("the key cannot be taken out of the page", async () => {
  const { lock, key } = await makeKey("246810", FEW);
  for (const each of [key, await openKey(lock, "246810")]) {
    assert.equal(each.extractable, false);
    await assert.rejects(crypto.subtle.exportKey("raw", each));
  }
});

test("moved to another place, a text does not open", async () => {
  const { key } = await makeKey("246810", FEW);
  await assert.rejects(unseal(key, await seal(key, "à moi", "m/1"), "m/2"));
});

test("two locks of one code are not alike", async () => {
  const locks = await Promise.all([makeKey("246810", FEW), makeKey("246810", FEW)]);
  const [one, two] = locks.map(({ lock }) => Buffer.from(lock.wrapped).toString("hex"));
  assert.notEqual(one, two);
});

test("a code is six digits", () => {
  assert.deepEqual(
    ["246810", "24681", "2468101", "24681a"].map((code) => CODE.test(code)),
    [true, false, false, false],
  );
});

test("neither a run of digits nor a date is a code", () => {
  for (const run of ["123456", "012345", "567890", "654321", "098765", "000000", "121212", "407407"]) {
    assert.ok(weakness(run).startsWith("C’est une suite"), run);
  }
  for (const date of ["130127", "311299", "010100"]) assert.ok(weakness(date).startsWith("Cela se lit comme une date"));
  const good = ["246810", "320185", "151399", "001199", "150099", "134679"];
  for (const each of good) assert.equal(weakness(each), "", each);
  assert.equal(weakness("24681"), "Le code compte six chiffres.");
});

test("after five wrong codes one waits, ever longer, an hour at most", () => {
  assert.deepEqual([1, 4, 5, 6, 40].map(waitAfter), [0, 0, 30000, 60000, 3600000]);
  assert.equal(waitWords(0), "Ce n’est pas ce code.");
  assert.ok(waitWords(30000).endsWith("le prochain essai dans 30\u00a0secondes."));
  assert.ok(waitWords(120000).endsWith("dans 2\u00a0min."));
});

// What live/store.js does, without a browser.
class Shelf {
  rows = new Map();
  kept = new Map();
  isFull = false;

  async meeting(id) { return this.rows.get(id); }
  async addMeeting(row) { this.rows.set(row.meeting, row); }
  async changeMeeting(id, changes) { this.rows.set(id, { ...this.rows.get(id), ...changes }); }
  async records() { return [...this.kept.values()]; }
  async put(records) {
    if (this.isFull) throw new Error("full");
    for (const each of records) this.kept.set(each.id, each);
  }
  async markSent(_, ids) { for (const id of ids) this.kept.get(id).unsent = 0; }
  async remove(_, ids) { for (const id of ids) this.kept.delete(id); }
  async unsent() { return [...this.kept.values()].filter((each) => each.unsent).map(({ id }) => id); }
  async wipe(id, { onlySent = false } = {}) {
    if (onlySent && (await this.unsent()).length > 0) return false;
    this.rows.delete(id);
    this.kept.clear();
    return true;
  }
}

const ENDS = Date.parse("2027-01-13T15:00:00Z");
const prepare = (store) =>
  Keeper.make({ store, meeting: "m", person: "hélène", device: "laptop", endsAt: ENDS, code: "246810" });

function page(server) {
  let instant = Date.parse("2027-01-13T13:00:00Z");
  return new Journal({
    urls: { state: "/etat", gestures: "/gestes" },
    device: "laptop",
    person: "hélène",
    clock: {
      offset: 0,
      now: () => instant,
      stamp: () => new Date((instant += 1000)).toISOString(),
      hear() {},
      saw() {},
    },
    onChange() {},
    onRefused() {},
    ask: async (url, { body } = {}) => server(url, body),
    wait: () =>
      new Promise((resolve) => {
        setImmediate(resolve);
      }),
    hidden: () => false,
  });
}

const nobody = () => ({ outcome: "offline" });

// Keeps what is sent, once each, and counts how often it was sent.
function house() {
  const events = new Map();
  const times = new Map();
  const answer = (_, body) => {
    if (!body) return { outcome: "unchanged" };
    for (const each of body.events) {
      events.set(each.id, each);
      times.set(each.id, (times.get(each.id) ?? 0) + 1);
    }
    return { outcome: "ok", data: { sequence: events.size, accepted: body.events.map(({ id }) => id), refused: [] } };
  };
  return { events, times, answer };
}

async function settle(journal) {
  const run = journal.run();
  for (let round = 0; round < 50 && journal.unsent > 0; round += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
  await journal.keeper?.settled();
  journal.trouble = "gone"; // ends this page
  await Promise.race([run, new Promise((resolve) => { setTimeout(resolve, 20); })]);
}

async function reopen(store, server, code = "246810") {
  const { keeper } = await Keeper.open({ store, meeting: "m", code });
  const journal = page(server);
  await journal.attach(keeper, await keeper.load());
  return journal;
}

test("the page dies without network; opened again with its code, all is there and leaves once", async () => {
  const store = new Shelf();
  const first = page(nobody);
  await first.attach(await prepare(store));
  const ids = Array.from(
    { length: 60 },
    (_, number) => first.add("note_written", { note: `${number}`, text: `CanariNote ${number}` }, 1).id,
  );
  await first.keeper.settled();
  assert.ok(![...store.kept.values()].some(({ sealed }) => Buffer.from(sealed).toString("latin1").includes("Canari")));
  const { events, times, answer } = house();
  const second = await reopen(store, answer);
  assert.deepEqual([second.unsent, second.gestures.map(({ id }) => id).sort()], [60, [...ids].sort()]);
  await settle(second);
  assert.deepEqual([events.size, Math.max(...times.values()), (await store.unsent()).length], [60, 1, 0]);
});

test("two windows share what is kept: nothing is sent twice", async () => {
  const store = new Shelf();
  const first = page(nobody);
  await first.attach(await prepare(store));
  for (let number = 0; number < 12; number += 1) first.add("parked", { text: `${number}` }, 1);
  await first.keeper.settled();
  const { events, times, answer } = house();
  const windows = [await reopen(store, answer), await reopen(store, answer)];
  for (const each of windows) await settle(each);
  assert.deepEqual([events.size, Math.max(...times.values()), ...windows.map(({ unsent }) => unsent)], [12, 1, 0, 0]);
});

test("what was written before the device was prepared is kept too", async () => {
  const store = new Shelf();
  const journal = page(nobody);
  const { id } = journal.add("parked", { text: "tôt" }, 1);
  await journal.attach(await prepare(store));
  assert.deepEqual(await store.unsent(), [id]);
});

test("a disk that is full is said, and the gestures still leave", async () => {
  const store = new Shelf();
  const { events, answer } = house();
  const journal = page(answer);
  await journal.attach(await prepare(store));
  store.isFull = true;
  journal.add("parked", { text: "de trop" }, 1);
  await journal.keeper.settled();
  assert.equal(journal.isKept, false);
  await settle(journal);
  assert.equal(events.size, 1);
});

test("while something waits in another window, nothing is wiped", async () => {
  const store = new Shelf();
  const journal = page(nobody);
  await journal.attach(await prepare(store));
  const { id } = journal.add("parked", { text: "ici" }, 1);
  await journal.keeper.settled();
  assert.equal(await journal.detach({ onlySent: true }), false);
  await journal.keeper.sent([id]);
  assert.equal(await journal.detach({ onlySent: true }), true);
  assert.deepEqual([store.rows.size, store.kept.size, journal.keeper], [0, 0, null]);
});

test("wrong codes are counted on the device: a page opened again does not start anew", async () => {
  const store = new Shelf();
  await prepare(store);
  const open = (code, now) => Keeper.open({ store, meeting: "m", code, now });
  for (let attempt = 1; attempt < 5; attempt += 1) assert.deepEqual(await open("000000", 1), { wait: 0 });
  assert.deepEqual(await open("000000", 1), { wait: 30000 });
  assert.deepEqual(await open("246810", 2), { wait: 29999 });
  assert.ok((await open("246810", 30002)).keeper);
  assert.equal(store.rows.get("m").tries, 0);
});

test("words being typed, the sheet and the page's own data come back by name", async () => {
  const store = new Shelf();
  const keeper = await prepare(store);
  keeper.remember("page", { collective: { name: "Les Tilleuls" } });
  keeper.remember("sheet", { content: {} }, true);
  keeper.remember("typed", { note: "une id" });
  keeper.remember("typed", null);
  const { gestures, unsent, named } = await keeper.load();
  assert.deepEqual(
    [gestures, unsent, Object.keys(named).sort(), await store.unsent()],
    [[], [], ["page", "sheet"], ["sheet"]],
  );
});

test("what is kept knows when its meeting ends, and when it was last opened here", async () => {
  const store = new Shelf();
  await prepare(store);
  assert.equal(store.rows.get("m").ends_at, ENDS);
  await Keeper.open({ store, meeting: "m", code: "000000", now: ENDS });
  assert.notEqual(store.rows.get("m").last_seen, ENDS);
  await Keeper.open({ store, meeting: "m", code: "246810", now: ENDS + 1 });
  assert.equal(store.rows.get("m").last_seen, ENDS + 1);
});

test("once the browser refuses to write, it is told at once, and once", async () => {
  const store = { remove: async () => { throw new Error("full"); } };
  const keeper = new Keeper({ store, row: { meeting: "m" }, key: null });
  let told = 0;
  keeper.onFailed = () => { told += 1; };
  await keeper.remember("one", null);
  await keeper.remember("two", null);
  assert.deepEqual([keeper.failed, told], [true, 1]);
});

test("what was refused or is not wanted leaves the disk, and nothing else", async () => {
  const removed = [];
  const store = { remove: async (...asked) => removed.push(asked) };
  const keeper = new Keeper({ store, row: { meeting: "m" }, key: null });
  await keeper.drop([]);
  await keeper.drop(["a", "b"]);
  assert.deepEqual(removed, [["m", ["a", "b"]]]);
});
