// What the desk of the live screen works out by itself: the round, the duties, the hands, the parking lot, the cards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstCard } from "../../collectifs/static/js/live/cards.js";
import { candidates, dutyWords } from "../../collectifs/static/js/live/duties.js";
import { aboutOf, isCounted, within } from "../../collectifs/static/js/live/hands.js";
import { offering, standing } from "../../collectifs/static/js/live/parking.js";
import { everybody, ofWhom, shortNames } from "../../collectifs/static/js/live/people.js";
import { countTurns, isRound, listening, roundOf } from "../../collectifs/static/js/live/turns.js";

const PEOPLE = [
  { id: "o", name: "Odile Ferrand" },
  { id: "k", name: "Karim Ouadah" },
  { id: "i", name: "Inès Cardoso" },
  { id: "t", name: "Thomas Keller" },
];
const given = (who, step = "tour") => ({ who, step, how: "given" });
const passed = (who, step = "tour") => ({ who, step, how: "passed" });
const stateOf = (turns, attendance = {}) => ({ current: "tour", turns, attendance, situation: null });
const order = (round) => round.people.map(({ id }) => id).join("");

test("the round goes on after whoever had the floor, and comes back to whoever was left out", () => {
  assert.equal(roundOf(PEOPLE, stateOf([])).next, "o");
  const middle = roundOf(PEOPLE, stateOf([given("k")]));
  assert.deepEqual([middle.floor, middle.next], ["k", "i"]);
  const round = roundOf(PEOPLE, stateOf([given("k"), given("i"), given("t")]));
  assert.equal(round.next, "o");
  assert.equal(roundOf(PEOPLE, stateOf([..."okit"].map((who) => given(who)))).next, null);
});

test("to pass leaves the floor free; whoever passed can be given it again", () => {
  const after = roundOf(PEOPLE, stateOf([given("o"), passed("o")]));
  assert.deepEqual([after.floor, after.next], [null, "k"]);
  assert.equal(after.people[0].mark, "passed");
  assert.equal(after.people[0].count, 0);
  const back = roundOf(PEOPLE, stateOf([given("o"), passed("o"), given("k"), given("o")]));
  assert.deepEqual([back.floor, back.people[0].mark, back.people[0].count], ["o", "now", 1]);
});

test("the absent are left out, whoever comes late speaks last, and nobody is sorted by what they said", () => {
  const attendance = { o: "late", k: "excused", i: "present" };
  assert.equal(order(roundOf(PEOPLE, stateOf([], attendance))), "ito");
  assert.equal(order(roundOf(PEOPLE, stateOf([given("t"), given("t", "avant")]))), "okit");
  assert.equal(order(roundOf(PEOPLE, stateOf([]), "k")), "oit");
});

test("a new step is a new round; the counts run over the whole meeting", () => {
  const round = roundOf(PEOPLE, stateOf([given("o", "avant"), given("k", "avant"), given("o")]));
  assert.deepEqual(round.people.map(({ count }) => count), [2, 1, 0, 0]);
  assert.deepEqual(round.people.map(({ mark }) => mark), ["now", "", "", ""]);
  assert.deepEqual(countTurns([{ who: "o", step: "", how: "given" }]), { o: 1 });
});

test("to pass takes back the turn one has just been given, at this step, and no other", () => {
  const counts = (...turns) => countTurns(turns);
  assert.deepEqual(counts(given("o"), passed("o")), { o: 0 });
  assert.deepEqual(counts(given("o"), passed("k")), { o: 1 });
  assert.deepEqual(counts(given("o", "avant"), passed("o")), { o: 1 });
  assert.deepEqual(counts(given("o"), passed("o"), passed("o")), { o: 0 });
  assert.deepEqual(counts(passed("o")), {});
});

test("a round is offered where people speak in turn, and whoever presents is apart where they listen", () => {
  const step = { speaks: "chaque personne, à son tour", silent: "la personne qui expose" };
  const told = { situation: { told_by: "k" } };
  assert.equal(isRound(step, told), true);
  assert.equal(isRound({ speaks: "les pairs, tour de table", silent: "" }, told), true);
  assert.equal(isRound({ speaks: "tout le monde", silent: "" }, told), false);
  assert.equal(isRound(undefined, told), false);
  assert.deepEqual(listening(step, told), { who: "k" });
  assert.deepEqual(listening(step, { situation: { situation: "x" } }), { who: "" });
  assert.equal(listening(step, { situation: { spare: "un" } }), null);
  assert.equal(listening({ speaks: "tout le monde", silent: "les pairs" }, told), null);
});

test("first names, unless two people share one; « de » as French says it", () => {
  const names = shortNames([...PEOPLE, { id: "z", name: "Inès Bernard" }]);
  assert.deepEqual([...names.values()], ["Odile", "Karim", "Inès Cardoso", "Thomas", "Inès Bernard"]);
  assert.deepEqual(["Maud", "Inès", "Hélène", "Yves", "Yasmine", "Élise"].map(ofWhom), [
    "de Maud", "d’Inès", "d’Hélène", "d’Yves", "de Yasmine", "d’Élise",
  ]);
});

test("guests come after the members, once each", () => {
  const data = { members: PEOPLE, guests: [{ id: "g", name: "Léa" }] };
  const people = everybody(data, { guests: { g: "Léa", h: "Paul" } });
  assert.deepEqual(people.map(({ id }) => id).join(""), "okitgh");
  assert.equal(people.at(-1).isGuest, true);
  assert.equal(everybody({ members: PEOPLE }, {}).length, 4);
});

test("a duty goes to somebody who is there, and stays with whoever has it", () => {
  const state = { attendance: { k: "absent", t: "absent" }, duties: { note_taker: "k", timekeeper: "" } };
  assert.deepEqual(candidates(PEOPLE, state, "note_taker").map(({ id }) => id), ["o", "k", "i"]);
  assert.deepEqual(candidates(PEOPLE, state, "timekeeper").map(({ id }) => id), ["o", "i"]);
  const duties = [{ id: "note_taker", label: "Secrétaire" }, { id: "timekeeper", label: "Temps" }];
  assert.equal(dutyWords(duties, PEOPLE, state), "Secrétaire : Karim");
  assert.equal(dutyWords(duties, PEOPLE, {}), "");
});

test("a count of hands is about one situation and stays within the room", () => {
  assert.equal(aboutOf({ kind: "told_by", id: "o" }), "told:o");
  assert.equal(aboutOf({ kind: "spare", id: "un" }), "un");
  assert.deepEqual([-1, 3, 61, "7", "x"].map(within), [0, 3, 60, 7, 0]);
  assert.equal(isCounted({ a: { urgency: 0 } }), false);
  assert.equal(isCounted({ a: { urgency: 0, resonance: 2 } }), true);
  assert.equal(isCounted(undefined), false);
});

test("the parking lot: what the series holds and what was added, without what was put away", () => {
  const items = [
    { id: "a", text: "Une visite", day: "2 décembre" },
    { id: "b", text: "Le rapport", day: "2 décembre" },
  ];
  const parked = [{ item: "c", text: "Le bilan" }, { item: "b", text: "Le rapport" }];
  assert.deepEqual(standing(items, parked, ["a"]).map(({ id }) => id), ["b", "c"]);
  assert.deepEqual(standing([], [], []), []);
  assert.equal(offering("Odile"), "Odile pensait apporter une situation.");
});

test("every device of a meeting begins with the same card", () => {
  assert.equal(firstCard("une-seance", 12), firstCard("une-seance", 12));
  assert.ok([..."abcdefgh"].map((id) => firstCard(id, 12)).every((card) => card >= 0 && card < 12));
  assert.ok(new Set([..."abcdefgh"].map((id) => firstCard(id, 12))).size > 1);
  assert.equal(firstCard("une-seance", 0), 0);
});
