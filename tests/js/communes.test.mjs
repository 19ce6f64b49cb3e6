// The names offered under a field of communes: by the keys of a combobox, never in the way of a form.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Window } from "happy-dom";
import { offerCommunes } from "../../collectifs/static/js/lib/communes.js";

const NAMES = ["Agen (47)", "Agen-d’Aveyron (12)", "Agencourt (21)"];
let field, list, changes, asked;

async function type(value) {
  field.value = value;
  field.dispatchEvent(new Event("input"));
  mock.timers.tick(200);
  for (let turn = 0; turn < 9; turn++) await Promise.resolve();
}

function press(key) {
  const event = new KeyboardEvent("keydown", { key, cancelable: true });
  field.dispatchEvent(event);
  return event.defaultPrevented;
}

const chosen = () => [...list.children].filter((each) => each.getAttribute("aria-selected") === "true")
  .map((each) => each.textContent);

beforeEach(() => {
  const window = new Window({ url: "http://localhost/" });
  for (const each of ["document", "Event", "KeyboardEvent"]) {
    Object.defineProperty(globalThis, each, { value: window[each], configurable: true, writable: true });
  }
  mock.timers.enable({ apis: ["setTimeout"] });
  asked = [];
  mock.method(globalThis, "fetch", async (url) => {
    asked.push(url);
    return { ok: true, json: async () => ({ communes: url.endsWith("zzz") ? [] : NAMES }) };
  });
  document.body.innerHTML = "<div><input id='commune' data-communes='/communes'></div>";
  field = document.querySelector("input");
  offerCommunes([field]);
  list = document.querySelector("[role=listbox]");
  field.focus();
  changes = 0;
  field.addEventListener("change", () => { changes += 1; });
});

afterEach(() => { mock.timers.reset(); mock.restoreAll(); });

test("what is typed is asked for once one pauses, and names are offered, none chosen yet", async () => {
  await type("age n");
  assert.deepEqual(asked, ["/communes?nom=age%20n"]);
  assert.equal(list.hidden, false);
  assert.equal(field.getAttribute("aria-expanded"), "true");
  assert.deepEqual([...list.children].map((each) => each.textContent), NAMES);
  assert.deepEqual(chosen(), []);
});

test("the arrows go round, both ways, and say which name one is on", async () => {
  await type("agen");
  const walk = (key) => { assert.equal(press(key), true); return chosen()[0]; };
  assert.deepEqual(["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"].map(walk), [...NAMES, NAMES[0]]);
  assert.equal(field.getAttribute("aria-activedescendant"), list.children[0].id);
  assert.deepEqual(["ArrowUp", "ArrowUp"].map(walk), [NAMES[2], NAMES[1]]);
});

test("upwards one begins with the last", async () => {
  await type("agen");
  press("ArrowUp");
  assert.deepEqual(chosen(), [NAMES[2]]);
});

test("Enter takes the name one is on, the first too, and says so to the form", async () => {
  await type("agen");
  press("ArrowDown");
  assert.equal(press("Enter"), true);
  assert.equal(field.value, NAMES[0]);
  assert.equal(list.hidden, true);
  assert.equal(field.getAttribute("aria-expanded"), "false");
  assert.equal(changes, 1);
});

test("Enter with no name chosen, or nothing offered, sends the form as anywhere else", async () => {
  await type("agen");
  assert.equal(press("Enter"), false);
  assert.equal(field.value, "agen");
  press("Escape");
  assert.equal(list.hidden, true);
  assert.equal(press("ArrowDown"), false);
  await type("zzz");
  assert.equal(list.hidden, true);
});

test("another key is left to the field, and leaving it closes what is offered", async () => {
  await type("agen");
  assert.equal(press("a"), false);
  assert.equal(list.hidden, false);
  field.dispatchEvent(new Event("blur"));
  assert.equal(list.hidden, true);
});

test("an answer that comes when one has typed on, or left, is dropped", async () => {
  await type("agen");
  field.value = "agenc";
  field.dispatchEvent(new Event("input"));
  mock.timers.tick(200);
  field.dispatchEvent(new Event("blur"));
  for (let turn = 0; turn < 9; turn++) await Promise.resolve();
  assert.equal(list.hidden, true);
});
