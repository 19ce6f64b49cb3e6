// What the meeting may work on, as the list of it stands: how each is called, what is folded, what is counted.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/" });
const { document } = window;
globalThis.document = document;
const { chosenIn, optionsOf, Pick } = await import("../../collectifs/static/js/live/pick.js");

const SENT = [
  { id: "s1", title: "Un élève qui dort", sentence: "Il dort.", question: "Le réveiller ?", shows_title: true,
    sent: "4 mars" },
  { id: "s2", title: "Un parent", sentence: "", question: "", shows_title: false, sent: "6 mars" },
];
const spare = (id, title) =>
  ({ id, title, sentence: `De ${id}.`, question: `Et ${id} ?`, story: "", questions: ["Qui ?"] });
const DATA = {
  situations: SENT, spare: spare("p", "Prête"), spares: [spare("q", "Autre")],
  members: [{ id: "odile", name: "Odile" }, { id: "karim", name: "Karim" }],
};
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ").trim();
const state = (more) => ({ situation: null, attendance: {}, hands: {}, ...more });
let place, chosen, counted;

beforeEach(() => {
  document.body.innerHTML = '<div id="place"></div>';
  place = document.getElementById("place");
  [chosen, counted] = [[], []];
});

const count = (...asked) => counted.push(asked);
const pickOf = (data, { counts = false } = {}) =>
  new Pick(place, optionsOf({ ...DATA, ...data }), (body) => chosen.push(body), counts ? count : null);
const label = (value) => plain(place.querySelector(`[value="${value}"]`).closest("label").textContent);
const values = (within = place) => [...within.querySelectorAll("input[type=radio]")].map(({ value }) => value);
const folds = () => [...place.querySelectorAll(":scope > details > summary")].map((each) => plain(each.textContent));

test("first what was sent and what is ready, then folded what is told aloud and the other spare ones", () => {
  pickOf({});
  assert.deepEqual(values(place.firstElementChild), ["situation/s1", "situation/s2", "spare/p"]);
  assert.deepEqual(folds(), ["Une situation dite de vive voix", "Une autre situation de secours"]);
  const [told, others] = place.querySelectorAll(":scope > details");
  assert.deepEqual([values(told), values(others)], [["told_by/odile", "told_by/karim"], ["spare/q"]]);
  assert.ok(!place.textContent.includes("Personne n’en a proposé"));
});

test("a situation is called by its title where its author shows it, by its day elsewhere; its words are folded", () => {
  pickOf({});
  assert.deepEqual([label("situation/s1"), label("situation/s2"), label("told_by/karim")], [
    "Un élève qui dort", "Une situation envoyée le 6 mars", "Karim",
  ]);
  const folded = [...place.querySelectorAll("details.small")].map((each) => plain(each.textContent));
  assert.deepEqual(folded, [
    "La relire, pour vousIl dort.« Le réveiller ? »", "La relire, pour vousUn parent",
  ]);
  assert.equal(label("spare/p"), "PrêteSituation de secoursDe p.« Et p ? »");
  assert.equal(label("spare/q"), "AutreDe q.« Et q ? »");
});

test("when nobody proposed one it is said, with where the spare ones stand; what there is none of is not offered", () => {
  const says = (data) => {
    place.replaceChildren();
    pickOf({ situations: [], ...data });
    return plain(place.querySelector(":scope > p").textContent).split(" : ")[1];
  };
  assert.equal(says({}), "demandez de vive voix. Celle de secours est prête.");
  assert.equal(says({ spare: null }), "demandez de vive voix. Il y en a de secours, plus bas.");
  assert.deepEqual(folds(), ["Une situation dite de vive voix", "Une situation de secours"]);
  says({ spare: null, spares: [], members: [] });
  assert.deepEqual([folds(), place.querySelectorAll("ul").length], [[], 0]);
  place.replaceChildren();
  pickOf({ situations: SENT.slice(0, 1) });
  assert.equal(place.querySelector(":scope > p"), null);
});

test("a tap chooses, and what is chosen anywhere is marked; whoever is away tells none", () => {
  const pick = pickOf({});
  for (const [value, body] of [["situation/s2", { situation: "s2" }], ["spare/q", { spare: "q" }],
    ["told_by/odile", { told_by: "odile" }]]) {
    place.querySelector(`[value="${value}"]`).dispatchEvent(new window.Event("change"));
    assert.deepEqual(chosen.at(-1), body);
    pick.update(state({ situation: body }));
    assert.deepEqual([...place.querySelectorAll("input:checked")].map((each) => each.value), [value]);
  }
  pick.update(state({ attendance: { karim: "excused" } }));
  assert.equal(place.querySelector("input:checked"), null);
  const told = [...place.querySelectorAll("details > .pick li")].filter(({ hidden }) => !hidden);
  assert.deepEqual(told.map((row) => row.dataset.key), ["odile", "q"]);
});

test("what was chosen is known by its kind and its number", () => {
  const options = optionsOf(DATA);
  assert.equal(chosenIn(options, state({ situation: { spare: "q" } })).title, "Autre");
  assert.equal(chosenIn(options, state({ situation: { spare: "s1" } })), null);
  assert.equal(chosenIn(options, state({})), null);
  assert.deepEqual(options.map(({ kind }) => kind), ["situation", "situation", "spare", "told_by", "told_by", "spare"]);
  assert.deepEqual(options.filter((each) => each.isReady).map(({ id }) => id), ["p"]);
});

// ---------- Hands ----------

const boxes = () => [...place.querySelectorAll(".hands")];

test("where hands are not counted there is no way to", () => {
  pickOf({}).update(state({ hands: { s1: { urgency: 2 } } }));
  assert.deepEqual([boxes().length, place.querySelector("button")], [0, null]);
});

test("hands are counted once that is asked for, or was elsewhere; none raised is not to have counted", () => {
  const counts = [[{}, false], [{ s1: { urgency: 0 } }, false], [{ "told:odile": { resonance: 1 } }, true]];
  for (const [hands, isOpen] of counts) {
    place.replaceChildren();
    const pick = pickOf({}, { counts: true });
    assert.deepEqual([boxes().every(({ hidden }) => hidden), pick.says.hidden], [true, true]);
    pick.update(state({ hands }));
    assert.deepEqual([boxes().some(({ hidden }) => hidden), pick.says.hidden, pick.counter.parentElement.hidden],
      [!isOpen, !isOpen, isOpen]);
  }
  assert.equal(place.querySelector('[data-about="told:odile"] [data-criterion=resonance]').value, "1");
});

test("a count goes up and down by one, may be typed, and stays between none and sixty", () => {
  pickOf({}, { counts: true }).counter.click();
  const [less, more] = place.querySelectorAll('[data-about="s1"] [role=group]:first-child button');
  const field = place.querySelector('[data-about="s1"] input');
  for (const button of [less, more, more, less]) button.click();
  for (const typed of ["60", "75", "x"]) {
    field.value = typed;
    field.dispatchEvent(new window.Event("change"));
  }
  field.value = 60;
  more.click();
  assert.deepEqual(counted.map((each) => each.join(" ")),
    [0, 1, 2, 1, 60, 60, 0, 60].map((number) => `s1 urgency ${number}`));
  assert.deepEqual([less, more].map((each) => plain(each.getAttribute("aria-label"))), [
    "Une main de moins, urgence : Un élève qui dort", "Une main de plus, urgence : Un élève qui dort",
  ]);
});

test("a number that is being typed is left alone, the others follow the room", () => {
  const pick = pickOf({}, { counts: true });
  pick.counter.click();
  const [urgency, resonance] = place.querySelectorAll('[data-about="s1"] input');
  urgency.focus();
  urgency.value = "7";
  pick.update(state({ hands: { s1: { urgency: 3, resonance: 4 } } }));
  assert.deepEqual([urgency.value, resonance.value], ["7", "4"]);
  urgency.blur();
  pick.update(state({ hands: {} }));
  assert.deepEqual([urgency.value, resonance.value], ["0", "0"]);
});

test("whoever opened the count goes on from its first button", () => {
  const { counter } = pickOf({}, { counts: true });
  counter.focus();
  counter.click();
  assert.ok(document.activeElement.getAttribute("aria-label").startsWith("Une main de plus, urgence"));
});
