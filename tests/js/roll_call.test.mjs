// Ticking who is there without network: kept on the device, sent when it is back, once.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/animation/jeton/presences" });
const { document, FormData, DOMParser, location } = window;
Object.assign(globalThis, { document, FormData, DOMParser, location });
const { ClearTicks, RollCall } = await import("../../collectifs/static/js/roll/call.js");

function page() {
  window.document.body.innerHTML = `<form data-roll="a1" action="/ici"><p data-roll-said hidden></p>
    <input type="hidden" name="csrf_token" value="jeton">
    <input type="checkbox" name="present" value="un"><input type="checkbox" name="present" value="deux"></form>`;
  return window.document.querySelector("form");
}

function memory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

function tick(form, value) {
  const box = form.querySelector(`[value=${value}]`);
  box.checked = true;
  box.dispatchEvent(new window.Event("change", { bubbles: true }));
}

const later = async () => { throw new Error("no network"); };
const begin = (store, send = later) => new RollCall(page(), { ticks: new ClearTicks("a1", store), send });
const kept = (store) => JSON.parse(store.getItem("presences:a1") ?? "null")?.ids ?? null;
const said = (roll) => roll.form.querySelector("[data-roll-said]").textContent;
const shown = (roll) => [...roll.form.querySelectorAll("[name=shown]")].map(({ value }) => value);

test("what is ticked without network is kept, and leaves once when it is back", async () => {
  const store = memory();
  const sent = [];
  let isUp = false;
  const roll = begin(store, async (_url, { body }) => {
    if (!isUp) throw new Error("no network");
    sent.push(body.getAll("present"));
    return { ok: true, status: 200 };
  });
  tick(roll.form, "deux");
  await roll.flush();
  assert.match(said(roll), /Pas de réseau/);
  assert.deepEqual(kept(store), ["deux"]);
  isUp = true;
  await roll.flush();
  await roll.flush();
  assert.deepEqual(sent, [["deux"]]);
  assert.equal(kept(store), null);
  assert.deepEqual(shown(roll), ["deux"]); // the next list may untick whom the server now shows
});

test("the page opened again shows what had not left, for thirty days", () => {
  const store = memory();
  tick(begin(store).form, "un");
  assert.deepEqual(begin(store).boxes().map((each) => each.checked), [true, false]);
  const longAfter = new ClearTicks("a1", store, () => Date.now() + 31 * 86400000);
  assert.equal(longAfter.read(), null);
  assert.equal(store.getItem("presences:a1"), null);
});

test("a connection that expired sends nothing, and keeps what was ticked", async () => {
  const store = memory();
  const signIn = { ok: true, status: 200, redirected: true, url: "http://localhost/connexion" };
  const roll = begin(store, async () => signIn);
  tick(roll.form, "un");
  await roll.flush();
  assert.match(said(roll), /connexion a expiré/);
  assert.deepEqual(kept(store), ["un"]);
});

test("the page that a device keeps takes its token from the page of the server", async () => {
  const fresh = '<form data-roll="a1"><input type="hidden" name="csrf_token" value="neuf"></form>';
  const sent = [];
  const roll = begin(memory(), async (_url, { method, body } = {}) => {
    if (method === "POST") sent.push(body.get("csrf_token"));
    return { ok: true, status: 200, text: async () => fresh };
  });
  roll.form.querySelector("[name=csrf_token]").remove();
  tick(roll.form, "un");
  await roll.flush();
  assert.deepEqual(sent, ["neuf"]);
});
