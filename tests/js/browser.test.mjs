// What a browser lacks or refuses, and the page goes on; how long a device keeps what it was prepared for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { keepsFor, local, openChannel, patience, sendForm } from "../../collectifs/static/js/lib/browser.js";
import { keptUntil } from "../../collectifs/static/js/live/store.js";

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

test("windows that may not hear each other are silent, not dead", async () => {
  const value = class { constructor() { throw new DOMException("no", "SecurityError"); } };
  await having("BroadcastChannel", { value }, () => {
    const channel = openChannel("séance");
    channel.postMessage({ kind: "hello" });
    channel.close();
  });
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
