// Pieces of the desk, one at a time: ways out of an overrun, time to spare, cards, duties, what is parked.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/" });
const { document } = window;
Object.assign(globalThis, { document, CSS: window.CSS, sessionStorage: window.sessionStorage });
const { Cards } = await import("../../collectifs/static/js/live/cards.js");
const { Duties } = await import("../../collectifs/static/js/live/duties.js");
const { Parking } = await import("../../collectifs/static/js/live/parking.js");
const { EarlyPanel, ReplanPanel } = await import("../../collectifs/static/js/live/replan_panel.js");

const START = Date.parse("2027-01-13T13:00:00Z");
const MINUTE = 60000;
const at = (minute) => START + minute * MINUTE;
const iso = (minute) => new Date(at(minute)).toISOString();
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ").trim();
// What is seen, without what is only heard.
function seen(element) {
  const shown = element.cloneNode(true);
  for (const each of shown.querySelectorAll(".sr, [hidden]")) each.remove();
  return element.hidden ? "" : plain(shown.textContent);
}
let heard, made;
const announce = (said) => heard.push(plain(said));

beforeEach(() => {
  [heard, made] = [[], []];
  sessionStorage.clear();
  document.body.innerHTML = '<h1 tabindex="-1"></h1><main></main>';
});

// ---------- Late, early ----------

const PANEL = "<details hidden><summary><h2></h2></summary><p></p><div></div></details>";
// At one of two steps of ten minutes since 14 h: it ends at 14 h 20, or ten minutes later than the second began.
const state = (more) => ({
  plan: [{ id: "a", title: "Un", minutes: 10, least: 5 }, { id: "b", title: "Deux", minutes: 10, least: 9 }],
  current: "a", entered: ["a"], running_since: iso(0), spent_ms: {}, added_s: {}, started_at: iso(0), closed_at: null,
  ...more,
});

function panel(Kind, { plannedEnd = 20, lockedEnd = null } = {}) {
  document.querySelector("main").innerHTML = PANEL;
  const box = document.querySelector("details");
  const locked = lockedEnd === null ? null : at(lockedEnd);
  const times = { zone: "Europe/Paris", plannedEnd: at(plannedEnd), lockedEnd: locked };
  const undoLine = { offer: (...offer) => made.push(["offered", ...offer]) };
  const choose = (...minutes) => made.push(["chosen", ...minutes]);
  const known = new Kind(box, { ...times, choose, undoLine, announce, meeting: "m" });
  const buttons = () => [...box.querySelectorAll("button")].map(seen);
  return { box, tick: (minute, mine = true, more = {}) => known.tick(state(more), at(minute), mine), buttons };
}

test("late from a whole minute on, before the planned end or the closing of the room, on the screen that conducts", () => {
  const isShown = (known, mine = true) => {
    const { box, tick } = panel(ReplanPanel, known);
    tick(5, mine);
    return !box.hidden;
  };
  assert.deepEqual([20, 19.01, 19].map((plannedEnd) => isShown({ plannedEnd })), [false, false, true]);
  assert.deepEqual([20, 19.01, 19].map((lockedEnd) => isShown({ lockedEnd })), [false, false, true]);
  assert.equal(isShown({ plannedEnd: 10 }, false), false);
});

test("it unfolds by itself once a step runs over by a whole minute, and is said; folded, it stays so at this step", () => {
  const { box, tick } = panel(ReplanPanel, { plannedEnd: 15 });
  tick(10.9);
  assert.deepEqual([box.open, heard.length], [false, 1]);
  tick(11);
  assert.deepEqual([box.open, heard.length], [true, 2]);
  assert.equal(heard.at(-1),
    "À ce rythme, fin à 14 h 21, prévue à 14 h 15. 3 choix sous le titre « Reprendre 6 minutes ? »");
  tick(11.5);
  assert.deepEqual([box.open, heard.length], [true, 2]);
  box.firstElementChild.dispatchEvent(new window.Event("click"));
  box.open = false;
  tick(12);
  assert.deepEqual([box.open, heard.length], [false, 2]);
});

test("what each way would change is told; none is taken before it is pressed", () => {
  const { box, tick, buttons } = panel(ReplanPanel, { plannedEnd: 19, lockedEnd: 25 });
  tick(0);
  assert.equal(seen(box.children[1]), "À ce rythme, fin à 14 h 20. Il reste 20 min pour 2 étapes, et 19 min jusqu’à "
    + "14 h 19. Rien ne change tant que vous n’avez pas choisi.");
  assert.deepEqual(buttons(), [
    "Prendre sur la finDeux 9 min : fin à 14 h 19", "Raccourcir un peu partoutDeux 9 min : fin à 14 h 19",
    "Finir à 14 h 20Chaque étape garde ses minutes. La salle ferme à 14 h 25",
  ]);
  assert.deepEqual(made, []);
  box.querySelector("button").click();
  assert.deepEqual([made[0].slice(0, 2), box.hidden], [["chosen", { b: 9 }], true]);
  assert.equal(sessionStorage.getItem("collectifs-fin-m"), null, "the end is the one that was agreed");
});

const second = { current: "b", entered: ["a", "b"], running_since: iso(15), spent_ms: { a: 15 * MINUTE } };

test("folded with the next step, for as long as the end is late", () => {
  const { box, tick } = panel(ReplanPanel, { plannedEnd: 15 });
  tick(11);
  assert.equal(box.open, true);
  tick(15, true, second);
  assert.equal(box.open, false);
});

test("minutes until the planned end are told while there is a whole one; what is left, to the last step", () => {
  const says = (plannedEnd) => {
    const { box, tick } = panel(ReplanPanel, { plannedEnd });
    tick(20, true, second);
    return seen(box.children[1]).split("Il reste ")[1].split(". Rien")[0];
  };
  assert.equal(says(21), "5 min pour 1 étape, et 1 min jusqu’à 14 h 21");
  assert.equal(says(20), "5 min pour 1 étape");
  assert.equal(says(19), "5 min pour 1 étape");
});

test("past the hour when the room closes one may end later by shortening, when that is a whole minute later", () => {
  const longer = { plan: [state().plan[0], { id: "b", title: "Deux", minutes: 12, least: 5 }] };
  const offered = (lockedEnd) => {
    const { tick, buttons } = panel(ReplanPanel, { plannedEnd: 19, lockedEnd });
    tick(0, true, longer);
    return buttons().slice(2);
  };
  const later = "Finir plus tard, avant 14 h 20La salle ferme à 14 h 20 : Deux 10 min : fin à 14 h 20";
  assert.deepEqual(offered(20), [later]);
  assert.deepEqual([offered(19.9), offered(19), offered(18)], [[], [], []]);
});

test("past the planned end it is not said how long is left until there; past all steps, that their time is over", () => {
  const { box, tick, buttons } = panel(ReplanPanel, { plannedEnd: 19 });
  tick(26, true, { current: "b", entered: ["a", "b"], running_since: iso(10), spent_ms: { a: 10 * MINUTE } });
  assert.equal(seen(box.children[1]), "À ce rythme, fin à 14 h 26. Le temps prévu est écoulé. Rien ne change tant que "
    + "vous n’avez pas choisi.");
  assert.deepEqual(buttons(), ["Finir à 14 h 26Chaque étape garde ses minutes"]);
});

test("an end that was agreed on later is not asked again, even reloaded, until it is late for that one too", () => {
  const { box, tick } = panel(ReplanPanel, { plannedEnd: 18 });
  tick(0);
  [...box.querySelectorAll("button")].at(-1).click();
  assert.equal(sessionStorage.getItem("collectifs-fin-m"), String(at(20)));
  const [, , label, undo] = made[0];
  assert.equal(label, "Annuler");
  for (const each of [{ box, tick }, panel(ReplanPanel, { plannedEnd: 18 })]) {
    each.tick(10.5);
    assert.equal(each.box.hidden, true);
    each.tick(11);
    assert.equal(each.box.hidden, false);
  }
  undo();
  assert.equal(sessionStorage.getItem("collectifs-fin-m"), null);
});

test("early from three minutes on, past the first step, on the screen that conducts: given back by one press", () => {
  const next = { current: "b", entered: ["a", "b"] };
  const isShown = (early, { mine = true, more = {} } = {}) => {
    const { box, tick } = panel(EarlyPanel, { plannedEnd: 20 + early });
    tick(0, mine, { plan: [...state().plan, { id: "c", title: "Trois", minutes: 10, least: 5 }], ...next, ...more });
    return seen(box) !== "";
  };
  assert.deepEqual([2.99, 3, 9].map((early) => isShown(early)), [false, true, true]);
  assert.equal(isShown(9, { mine: false }), false);
  assert.equal(isShown(19, { more: { current: "a", entered: ["a"] } }), false);
  isShown(3);
  const box = document.querySelector("details");
  assert.equal(seen(box), "3 min d’avance : les rendre ?Ou finir plus tôt, à 14 h 20 : il n’y a rien à faire."
    + "Les rendre aux étapesTrois 13 min : fin à 14 h 23");
  box.open = true;
  box.querySelector("button").click();
  assert.deepEqual([made, box.open], [[["chosen", { c: 13 }]], false]);
});

// ---------- Cards ----------

test("cards come one at a time and go round; without a second one there is no other, without one no card", () => {
  const card = (number) => ({ title: `Carte ${number}`, text: "Ou ?" });
  const cardsOf = (number) => {
    document.querySelector("main").innerHTML =
      "<details><b data-card-title></b><p data-card-text></p><button data-card-next></button></details>";
    const box = document.querySelector("details");
    const cards = Array.from({ length: number }, (_, place) => card(place));
    return { box, cards: new Cards(box, { cards, meeting: { id: "m" } }, announce) };
  };
  const { box, cards } = cardsOf(3);
  const first = cards.at;
  for (const more of [1, 2, 3]) {
    box.querySelector("button").click();
    assert.equal(box.querySelector("b").textContent, `Carte ${(first + more) % 3}`);
    assert.equal(heard.at(-1), `Carte ${(first + more) % 3}. Ou ?`);
  }
  assert.deepEqual([0, 1, 2].map((number) => {
    const { box: made_ } = cardsOf(number);
    return [made_.hidden, made_.querySelector("button").hidden, made_.querySelector("b").textContent !== ""];
  }), [[true, true, false], [false, true, true], [false, false, true]]);
  cards.enter("sheet");
  assert.equal(box.open, true);
  cards.enter("answers");
  assert.equal(box.open, false);
});

// ---------- Duties ----------

test("the secretary may open this screen elsewhere: a member, somebody else, in a meeting with notes", () => {
  const told = (who, more = {}) => {
    document.querySelector("main").innerHTML = "";
    const data = {
      members: [{ id: "o", name: "Odile Ferrand" }, { id: "k", name: "Karim Ouadah" }], notes: true, person: "o",
      duties: [{ id: "note_taker", label: "Secrétaire" }], ...more,
    };
    const acts = { giveDuty: (...duty) => made.push(duty) };
    const duties = new Duties(document.querySelector("main"), { data, acts });
    duties.update({ attendance: {}, duties: { note_taker: who } });
    return [document.querySelector("select").value, document.querySelector("button").hidden ? "" : seen(duties.says)];
  };
  assert.deepEqual(told("k"), ["k", "Karim Ouadah peut ouvrir cet écran sur son appareil pour noter."]);
  assert.deepEqual(told("o"), ["o", ""]);
  assert.deepEqual(told("k", { notes: false }), ["k", ""]);
  assert.deepEqual(told(""), ["", ""]);
  const field = document.querySelector("select");
  field.value = "k";
  field.dispatchEvent(new window.Event("change"));
  assert.deepEqual(made, [["note_taker", "k"]]);
});

// ---------- What is parked ----------

function parking() {
  document.querySelector("main").innerHTML = `<details><summary data-parking-summary></summary>
    <ul data-parking-list></ul><form data-parking-form><input name="parked"></form>
    <div data-parking-who><ul data-parking-names></ul></div></details>`;
  let parked = [];
  const acts = {
    park: (item, text) => { parked = [...parked, { item, text }]; made.push(["parked", text]); },
    unpark: (item) => made.push(["unparked", item]), state: () => ({ parked }),
  };
  const data = {
    members: [{ id: "o", name: "Odile Ferrand" }], parking: [{ id: "p1", text: "Une visite", day: "2 mars" }],
  };
  const removed = () => made.filter(([what]) => what === "unparked").map(([, item]) => item);
  const undoLine = { offer: (...offer) => made.push(["offered", ...offer]) };
  const lot = new Parking(document.querySelector("details"), { data, acts, undoLine, announce, removed });
  const update = (isClosing = false) => lot.update({ ...acts.state(), attendance: {} }, isClosing);
  update();
  return { update, list: () => [...document.querySelectorAll("[data-parking-list] li")].map(seen) };
}

test("what is written is parked, said, and counted; nothing is no item", () => {
  const { update, list } = parking();
  const [form] = document.forms;
  for (const text of ["  ", " Le bilan "]) {
    form.elements.parked.value = text;
    form.dispatchEvent(new window.Event("submit", { cancelable: true }));
  }
  update();
  assert.deepEqual([made, heard], [[["parked", "Le bilan"]], ["Gardé au pense-bête."]]);
  assert.deepEqual(list(), ["Une visite 2 mars", "Le bilan"]);
  assert.equal(seen(document.querySelector("summary")), "Pense-bête de la série : 2 points");
  document.querySelector("[data-parking-list] button").click();
  update();
  assert.deepEqual([list(), document.querySelector("[data-parking-list]").hidden], [["Le bilan"], false]);
  assert.equal(seen(document.querySelector("summary")), "Pense-bête de la série : 1 point");
  document.querySelector("[data-parking-list] button").click();
  update();
  assert.deepEqual([document.querySelector("[data-parking-list]").hidden, seen(document.querySelector("summary"))],
    [true, "Pense-bête de la série"]);
});

test("at the close a tap says that somebody might bring a situation, another takes it back", () => {
  const { update } = parking();
  assert.equal(document.querySelector("[data-parking-who]").hidden, true);
  update(true);
  assert.equal(document.querySelector("[data-parking-who]").hidden, false);
  const tap = document.querySelector("[data-parking-names] button");
  assert.equal(tap.getAttribute("aria-pressed"), "false");
  tap.click();
  update(true);
  assert.deepEqual([made.at(-1), tap.getAttribute("aria-pressed")],
    [["parked", "Odile pensait apporter une situation."], "true"]);
  tap.click();
  assert.equal(made.at(-1)[0], "unparked");
});
