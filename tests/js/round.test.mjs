// The speaking round: who has the floor, who comes next, what is told of it.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";

const { document } = new Window({ url: "http://localhost/" });
globalThis.document = document;
const { Round } = await import("../../collectifs/static/js/live/turns.js");

const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ").trim();
const words = (place) => plain(document.querySelector(place).textContent);
const isSeen = (place) => document.querySelector(place).closest("[hidden]") === null;
let heard, made;

beforeEach(() => { [heard, made] = [[], []]; });
const announce = (said) => heard.push(plain(said));

const MEMBERS = [
  { id: "o", name: "Odile Ferrand" }, { id: "k", name: "Karim Ouadah" }, { id: "i", name: "Inès Cardoso" },
];
const STEPS = new Map([
  ["tour", { speaks: "les pairs, tour de table", silent: "la personne qui expose" }],
  ["libre", { speaks: "tout le monde", silent: "" }],
]);
const turn = (who, how = "given", step = "tour") => ({ who, step, how });
const inRound = (turns = [], more = {}) => ({ current: "tour", turns, attendance: {}, situation: null, ...more });

function round(members = MEMBERS) {
  document.body.innerHTML = `<h1 tabindex="-1"></h1><details data-round><summary>Tour</summary>
    <ul data-round-list></ul><p data-round-says></p><button data-round-next></button><button data-round-pass></button>
    </details>`;
  const acts = { giveFloor: (who) => made.push(["given", who]), passTurn: (who) => made.push(["passed", who]) };
  return new Round(document.querySelector("details"), { data: { members }, steps: STEPS, acts, announce });
}

const rows = () => [...document.querySelectorAll("[data-round-list] li")].map((row) => {
  const [name, times, said] = [...row.firstElementChild.children].map((each) => plain(each.textContent));
  return [name, times, said, row.className, row.firstElementChild.getAttribute("aria-current") ?? ""].join("|");
});

test("each is told by what they did at this step, and by how often they spoke", () => {
  const turns = [turn("o"), turn("k", "passed"), turn("k"), turn("k", "passed"), turn("i")];
  round().update(inRound(turns));
  assert.deepEqual(rows(), [
    "Odile|1|, a parlé, 1 fois la parole|is-given|", "Karim|passe|, passe|is-passed|",
    "Inès|1|, a la parole, 1 fois la parole|is-now|true",
  ]);
  round().update(inRound([turn("o", "given", "avant"), turn("o", "passed")]));
  assert.deepEqual(rows()[0], "Odile|passe · 1|, passe, 1 fois la parole|is-passed|");
  assert.deepEqual(rows()[1], "Karim||||");
});

test("the two buttons speak of who comes next, of who has the floor, and go away when nobody is left", () => {
  const shown = round();
  const buttons = () => ["next", "pass"].map((each) => isSeen(`[data-round-${each}]`) && words(`[data-round-${each}]`));
  shown.update(inRound());
  assert.deepEqual(buttons(), ["Au tour d’Odile", "Odile passe"]);
  shown.update(inRound([turn("o")]));
  assert.deepEqual(buttons(), ["Au tour de Karim", "Odile passe"]);
  shown.update(inRound([turn("o"), turn("k"), turn("i")]));
  assert.deepEqual(buttons(), [false, "Inès passe"]);
  shown.update(inRound([turn("o"), turn("k"), turn("i"), turn("i", "passed")]));
  assert.deepEqual(buttons(), [false, false]);
});

test("a press gives the floor or passes it, and says so", () => {
  const shown = round();
  shown.update(inRound([turn("o")]));
  for (const part of ["next", "pass"]) document.querySelector(`[data-round-${part}]`).click();
  document.querySelector("[data-round-list] li:last-child button").click();
  assert.deepEqual(made, [["given", "k"], ["passed", "o"], ["given", "i"]]);
  assert.deepEqual(heard, ["Karim a la parole.", "Odile passe.", "Inès a la parole."]);
});

test("the button that went away gives the focus to the round; any other focus stays", () => {
  const shown = round();
  shown.update(inRound([turn("o"), turn("k")]));
  document.querySelector("[data-round-next]").focus();
  shown.update(inRound([turn("o"), turn("k"), turn("i")]));
  assert.equal(document.activeElement.tagName, "SUMMARY");
  document.querySelector("h1").focus();
  document.querySelector("h1").hidden = true;
  shown.update(inRound([turn("o")]));
  assert.equal(document.activeElement.tagName, "H1");
});

test("who is away, who presents, and that all have spoken is told; nothing where there is nothing to tell", () => {
  const told = (state, members) => {
    round(members).update(state);
    return isSeen("[data-round-says]") ? words("[data-round-says]") : null;
  };
  const LISTENS = "La personne qui expose écoute : passez son tour.";
  assert.equal(told(inRound([], { current: "libre" })), null);
  assert.equal(told(inRound()), LISTENS);
  assert.equal(told(inRound([], { situation: { told_by: "k" } })), "Karim expose : écoute sans prendre la parole.");
  assert.equal(told(inRound([], { attendance: { o: "absent", k: "late" } })), `${LISTENS} N’est pas là : Odile.`);
  const away = inRound([], { attendance: { o: "absent", i: "excused" } });
  assert.equal(told(away), `${LISTENS} Ne sont pas là : Odile, Inès.`);
  const over = `${LISTENS} Le tour est fait. Touchez un nom pour y revenir.`;
  assert.equal(told(inRound([turn("o"), turn("k"), turn("i")])), over);
  assert.equal(told(inRound([turn("o")]), MEMBERS.slice(0, 1)), over);
  assert.equal(told(inRound(), []), LISTENS);
});

test("it opens where people speak in turn, once, so that it may be folded", () => {
  const shown = round();
  const box = document.querySelector("details");
  shown.update(inRound());
  assert.equal(box.open, true);
  box.open = false;
  shown.update(inRound([turn("o")]));
  assert.equal(box.open, false);
  for (const [current, isOpen] of [["libre", false], ["tour", true]]) {
    shown.update(inRound([], { current }));
    assert.equal(box.open, isOpen);
  }
});
