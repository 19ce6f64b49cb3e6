// Ticking who is there without network: kept on the device, sent when it is back, once.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/animation/jeton/presences" });
Object.assign(globalThis, { document: window.document, FormData: window.FormData });
const { RollCall } = await import("../../collectifs/static/js/roll_call.js");

function page() {
  window.document.body.innerHTML = `<form data-roll="a1" action="/ici"><p data-roll-said hidden></p>
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

test("what is ticked without network is kept, and leaves once when it is back", async () => {
  const store = memory();
  const sent = [];
  let isUp = false;
  const send = async (_url, { body }) => {
    if (!isUp) throw new Error("no network");
    sent.push(body.getAll("present"));
    return { ok: true, status: 200 };
  };
  const roll = new RollCall(page(), { store, send });
  tick(roll.form, "deux");
  await roll.flush();
  assert.match(roll.form.querySelector("[data-roll-said]").textContent, /Pas de réseau/);
  assert.equal(store.getItem("presences:a1"), '["deux"]');
  isUp = true;
  await roll.flush();
  await roll.flush();
  assert.deepEqual(sent, [["deux"]]);
  assert.equal(store.getItem("presences:a1"), null);
});

test("the page opened again shows what had not left", async () => {
  const store = memory();
  store.setItem("presences:a1", '["un"]');
  const roll = new RollCall(page(), { store, send: async () => { throw new Error("no network"); } });
  assert.deepEqual(roll.boxes().map((each) => each.checked), [true, false]);
});
