// What a browser lacks or refuses, and the page goes on; how long a device keeps what it was prepared for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  copyWords, IN_TIME, inTime, keepsFor, local, oneWindow, openChannel, patience, sealing, sendForm, session, uuid,
  workers,
} from "../../collectifs/static/js/lib/browser.js";
import { leavingWords } from "../../collectifs/static/js/live/leftovers.js";
import { hearWiped, keptUntil, openStore, Store } from "../../collectifs/static/js/live/store.js";

const DAY = 86400000;

// With `name` of the global object replaced for as long as `work` lasts.
async function having(name, value, work) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { configurable: true, ...value });
  try {
    await work();
  } finally {
    if (before) Object.defineProperty(globalThis, name, before);
    else delete globalThis[name];
  }
}

test("where AbortSignal.timeout is unknown a request is given up all the same", async () => {
  const { timeout } = AbortSignal;
  for (const known of [timeout, undefined]) {
    AbortSignal.timeout = known;
    try {
      const signal = patience(5);
      assert.equal(signal.aborted, false);
      await new Promise((resolve) => { signal.addEventListener("abort", resolve); });
      assert.equal(signal.aborted, true);
    } finally {
      AbortSignal.timeout = timeout;
    }
  }
});

test("a storage that refuses to be reached holds settings for as long as the page lives", async () => {
  const refuse = { get() { throw new DOMException("no cookies", "SecurityError"); } };
  await having("localStorage", refuse, () => {
    assert.equal(local.getItem("one"), null);
    assert.equal(local.setItem("one", "oui"), false);
    assert.equal(local.getItem("one"), "oui");
    local.removeItem("one");
    assert.equal(local.getItem("one"), null);
  });
});

test("a storage that refuses to write is read, and what was not written is said", async () => {
  const kept = new Map([["two", "avant"]]);
  let isFull = true;
  const value = {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, words) { if (isFull) throw new DOMException("full", "QuotaExceededError"); kept.set(key, words); },
    removeItem: (key) => kept.delete(key),
  };
  await having("localStorage", { value }, () => {
    assert.equal(local.getItem("two"), "avant");
    assert.equal(local.setItem("two", "après"), false);
    assert.deepEqual([local.getItem("two"), kept.get("two")], ["après", "avant"]);
    isFull = false;
    assert.equal(local.setItem("two", "enfin"), true);
    assert.deepEqual([local.getItem("two"), kept.get("two")], ["enfin", "enfin"]);
    local.removeItem("two");
    assert.deepEqual([local.getItem("two"), kept.size], [null, 0]);
  });
});

// What each service may do instead of serving: [the global, how the page asks, what it then goes on with, its moods].
const NEVER = new Promise(() => {});
const refuses = { get() { throw new DOMException("no", "SecurityError"); } };
const isNull = { value: null };
const mute = (...path) => ({ value: path.reduceRight((inner, name) => ({ [name]: inner }), () => NEVER) });
const asked = [
  ["localStorage", () => local.getItem("nothing"), null, [refuses, isNull]],
  ["sessionStorage", () => session.getItem("nothing"), null, [refuses, isNull]],
  ["indexedDB", () => openStore({ make: true }), null, [refuses, isNull, { value: { open: () => ({}) } }]],
  ["navigator", () => keepsFor("persist"), false, [refuses, isNull]],
  ["navigator", () => copyWords("un mot"), false, [refuses, isNull, mute("clipboard", "writeText")]],
  ["navigator", () => oneWindow("une", async () => "sent"), "sent", [refuses, isNull, mute("locks", "request")]],
  ["BroadcastChannel", () => speaks(), false, [
    refuses, isNull, { value: class { constructor() { throw new DOMException("no", "SecurityError"); } } },
  ]],
  ["crypto", () => uuid().length, 36, [refuses, isNull, { value: {} }]],
];

function speaks() {
  const channel = openChannel("séance");
  channel.postMessage({ kind: "hello" });
  channel.close();
  return channel.isHeard;
}

for (const [name, ask, expected, moods] of asked) {
  for (const [place, mood] of moods.entries()) {
    test(`${name} that ${["throws", "is null", "never answers"][place]} is done without, within four seconds`, async () => {
      const start = performance.now();
      await having(name, mood, async () => assert.equal(await ask(), expected));
      assert.ok(performance.now() - start < 4000);
    });
  }
}

test("a channel that refuses a word is silent, not dead", async () => {
  const value = class { postMessage() { throw new DOMException("closed", "InvalidStateError"); } close() {} };
  await having("BroadcastChannel", { value }, () => assert.equal(speaks(), true));
});

test("numbers of gestures are never the same, whatever gives them", async () => {
  const made = new Set(Array.from({ length: 50 }, () => uuid()));
  await having("crypto", isNull, () => { for (let each = 0; each < 50; each += 1) made.add(uuid()); });
  assert.equal(made.size, 100);
  for (const each of made) assert.match(each, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("what comes in time is given back, a refusal too; what does not come is refused", async () => {
  assert.equal(await inTime(Promise.resolve(3)), 3);
  await assert.rejects(inTime(Promise.reject(new Error("full"))), /full/);
  await assert.rejects(inTime(NEVER, 5), /no answer/);
});

test("whoever waits for their turn goes on without the other window, and lets a late turn go at once", async () => {
  let give;
  const value = { locks: { request: (_, hold) => { give = hold; return NEVER; } } };
  await having("navigator", { value }, async () => assert.equal(await oneWindow("une", async () => 1), 1));
  assert.equal(give(), null);
});

test("a window holds its turn for as long as it works, and no longer", async () => {
  let held;
  const value = { locks: { async request(_, hold) { held = hold(); await held; } } };
  await having("navigator", { value }, async () =>
    assert.equal(await oneWindow("une", async () => held instanceof Promise), true),
  );
  await held;
});

test("what a browser has is what the page is given", async () => {
  const [subtle, serviceWorker] = [{}, {}];
  await having("crypto", { value: { subtle } }, () => assert.equal(sealing(), subtle));
  const value = { serviceWorker, clipboard: { writeText: async () => {} } };
  await having("navigator", { value }, async () => {
    assert.equal(workers(), serviceWorker);
    assert.equal(await copyWords("un mot"), true);
  });
});

test("a window that wipes what was kept says so to the others", async () => {
  let stop = () => {};
  const heard = new Promise((resolve) => { stop = hearWiped(resolve); });
  globalThis.IDBKeyRange = { only() {}, bound() {} };
  const store = new Store({});
  store.meetings = async () => [];
  store.base = { transaction: () => nothingKept() };
  assert.equal(await store.wipe("m"), true);
  assert.equal(await heard, "m");
  stop();
});

// A transaction over nothing, that ends at once.
function nothingKept() {
  const counted = { set onsuccess(hear) { hear({ target: { result: 0 } }); } };
  const shelf = { index: () => ({ count: () => counted }), delete() {} };
  const transaction = { objectStore: () => shelf };
  setImmediate(() => transaction.oncomplete());
  return transaction;
}

test("at sign-out it is said what waits here, and the room is offered only where it opens", () => {
  const row = { actions: 0, begun: false, runs: false, mayOpen: true };
  const words = (...held) => {
    const { heading, send } = leavingWords(held.map((each) => ({ ...row, ...each })));
    return [heading.replaceAll("\u00a0", " "), send];
  };
  assert.deepEqual(words({ actions: 2 }), ["2 actions ne sont pas parties", "Les envoyer"]);
  assert.deepEqual(words({ actions: 1, begun: true }), ["1 action n’est pas partie", "Les envoyer"]);
  assert.deepEqual(words({ begun: true }), ["Une note commencée n’est pas notée", "Revenir à la séance"]);
  assert.deepEqual(words({ runs: true }), ["Une séance est en cours sur cet appareil", "Revenir à la séance"]);
  assert.deepEqual(words({ actions: 1, mayOpen: false }), ["1 action n’est pas partie", ""]);
});

test("only a browser that says yes is believed to keep what it holds", async () => {
  const answers = [
    [async () => true, true],
    [async () => false, false],
    [() => Promise.reject(new Error("private")), false],
    [undefined, false],
  ];
  for (const [persist, expected] of answers) {
    await having("navigator", { value: { storage: { persist } } }, async () =>
      assert.equal(await keepsFor("persist"), expected),
    );
  }
  await having("navigator", { value: {} }, async () => assert.equal(await keepsFor("persist"), false));
});

test("a form goes as its button would send it, in a browser without requestSubmit too", () => {
  const pressed = [];
  const button = { click: () => pressed.push("button") };
  sendForm({ requestSubmit: (by) => pressed.push(by === button) }, button);
  sendForm({}, button);
  sendForm({ submit: () => pressed.push("form") }, null);
  assert.deepEqual(pressed, [true, "button", "form"]);
});

test("a device is kept a week, or thirty days, after its last use or the meeting, whichever is later", () => {
  const seen = Date.parse("2027-01-06T18:00:00Z");
  const ends = Date.parse("2027-01-13T15:00:00Z");
  const after = (row, hasUnsent = false) => (keptUntil(row, hasUnsent) - seen) / DAY;
  assert.equal(keptUntil({ last_seen: seen, ends_at: ends }, false), ends + 7 * DAY);
  assert.equal(keptUntil({ last_seen: seen, ends_at: ends }, true), ends + 30 * DAY);
  assert.equal(after({ last_seen: seen, ends_at: seen - DAY }), 7);
  assert.equal(after({ last_seen: seen, ends_at: seen - DAY }, true), 30);
  for (const unknown of [undefined, null, NaN]) assert.equal(after({ last_seen: seen, ends_at: unknown }), 7);
});

test("the script outside the modules is written in words that the oldest browser reads", () => {
  const text = readFileSync(new URL("../../collectifs/static/js/lifeline.js", import.meta.url), "utf8").replace(
    /\/\/.*$/gm,
    "",
  );
  for (const sign of [/=>/, /\b(?:const|let|class|import|export|async|await|of)\b/, /`/, /\?\.|\?\?/, /\.\.\./, /\*\*/]) {
    assert.doesNotMatch(text, sign);
  }
});

test("what never answers is given up within four seconds, with time left to say so", () => {
  assert.ok(IN_TIME <= 3000);
});
