// Pieces of the room, one at a time: the line with the way back, the choice, the round, what is said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { offered, Page, press, read, theButton } from "./page.mjs";
import { DATA, START } from "./room_house.mjs";

const LIVE = "../../collectifs/static/js/live";

// A bare page, with a piece put in it by `make(root)`.
const within = (make, work) => async () => {
  const page = new Page("room", { at: START, address: "https://collectifs.example/" });
  document.body.innerHTML = '<h1 tabindex="-1">Titre</h1><div id="root"></div>';
  try {
    const made = await make(document.getElementById("root"), page);
    await work({ page, ...made });
  } finally {
    await page.close();
  }
};

// ---------- The line with the way back ----------

async function line(root) {
  const { UndoLine } = await import(`${LIVE}/undo_line.js`);
  const heard = [];
  const taken = [];
  const undo = new UndoLine(root, (words) => heard.push(words));
  const offer = (name, more) => undo.offer(`${name}.`, "Annuler", () => taken.push(name), more);
  return { undo, heard, taken, offer };
}

test("a newer offer takes the place of one that does not last", within(line, async ({ offer, taken, undo }) => {
  offer("Première", { about: "step" });
  offer("Seconde", { about: "step" });
  assert.equal(read(".undo"), "Seconde. Annuler");
  press("Annuler");
  assert.deepEqual(taken, ["Seconde"]);
  assert.equal(read(".undo"), "");
  undo.goTo();
  assert.equal(document.activeElement, document.body);
}));

test("one that lasts comes back under a newer one, and ends with its time, told once",
  within(line, async ({ page, offer, taken }) => {
    const ended = [];
    offer("Une note", { about: "note", until: 10000, onEnd: () => ended.push("une") });
    offer("Une autre", { about: "note", until: 20000, onEnd: () => ended.push("autre") });
    offer("Le temps", { about: "step" });
    await page.pass(10000);
    assert.deepEqual(ended, ["une"]);
    assert.equal(read(".undo"), "Le temps. Annuler");
    press("Annuler");
    assert.equal(read(".undo"), "Une autre. Annuler");
    press("Annuler");
    await page.pass(20000);
    assert.deepEqual([ended, taken], [["une"], ["Le temps", "Une autre"]]);
  }));

test("to close the line ends all that it offered; to close what is about a step, that alone",
  within(line, async ({ offer, undo }) => {
    const ended = [];
    offer("Une note", { about: "note", until: 10000, onEnd: () => ended.push("note") });
    offer("Le temps", { about: "step" });
    undo.closeAbout("step");
    assert.equal(read(".undo"), "Une note. Annuler");
    assert.deepEqual(ended, []);
    press("Fermer");
    assert.equal(read(".undo"), "");
    assert.deepEqual(ended, ["note"]);
  }));

test("words without a way back are said as they are, and no key goes there",
  within(line, async ({ undo, heard }) => {
    undo.offer("C’est dit.", "", null);
    assert.deepEqual(heard, ["C’est dit."]);
    assert.deepEqual(offered(".undo"), ["Fermer"]);
    undo.goTo();
    assert.equal(document.activeElement, document.body);
    theButton("Fermer").focus();
    press("Fermer");
    assert.equal(document.activeElement.textContent, "Titre");
  }));

test("an offer that takes the focus is not said besides: its button is read with the words",
  within(line, async ({ offer, heard }) => {
    offer("Une note", { focus: true });
    assert.equal(document.activeElement.textContent, "Annuler");
    assert.equal(document.activeElement.getAttribute("aria-describedby"), "retour-dit");
    assert.deepEqual(heard, []);
  }));

// ---------- What is said ----------

test("what one gesture brings about is said in one go, and is not told for ever",
  within(async (root) => {
    const { Announcer } = await import(`${LIVE}/announcer.js`);
    return { root, announcer: new Announcer(root) };
  }, async ({ page, root, announcer }) => {
    announcer.say("Fin à 16 h.");
    announcer.say("Il reste 5 min.");
    assert.equal(root.textContent, "");
    await page.pass(150);
    assert.equal(root.textContent.replace(/\u00a0/g, " "), "Fin à 16 heures. Il reste 5 minutes.");
    announcer.say("Ensuite.");
    assert.equal(root.textContent, "");
    await page.pass(150);
    assert.equal(root.textContent, "Ensuite.");
    await page.pass(29500);
    assert.equal(root.textContent, "Ensuite.");
    await page.pass(500);
    assert.equal(root.textContent, "");
  }));

// ---------- The situation that was chosen ----------

const chosen = (id, reads) => async (root) => {
  const { chosenBody, optionsOf } = await import(`${LIVE}/pick.js`);
  root.append(chosenBody(optionsOf(DATA).find((each) => each.id === id), reads));
  return {};
};

for (const [reads, words] of [
  ["", "Une autre prête Une phrase de autre. « Que faire de autre ? » Le récit de autre. Est-ce la première fois ? "
    + "Qui le sait ?"],
  ["story", "Une autre prête Une phrase de autre. « Que faire de autre ? » Le récit de autre."],
  ["questions", "Une autre prête Une phrase de autre. « Que faire de autre ? » Est-ce la première fois ? "
    + "Qui le sait ?"],
  ["sequel", "Une autre prête Une phrase de autre. « Que faire de autre ? » La suite de l’autre."],
]) {
  const part = reads || "all of it";
  test(`of a spare situation, what is read now alone: ${part}`, within(chosen("autre", reads), async () => {
    assert.equal(read("#root"), words);
    assert.ok(!offered().includes("Ouvrir la vidéo (nouvel onglet)"));
  }));
}

test("a spare situation without a sequel says so", within(chosen("prete", "sequel"), async () => {
  assert.ok(read("#root").endsWith("Cette situation n’a pas de suite : on peut passer."));
}));
