// The pilot conducts: what the room reads at each step, the gestures of the clock, the keys, the way back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { focused, key, offered, press, read, theButton, theField } from "./page.mjs";
import { at, begun, closed, gesture, inRoom, said } from "./room_house.mjs";

const title = () => read("h1");
const seen = (part) => read(`[data-${part}]`);

test("to begin takes la main and fixes the plan; the room reads the first step", inRoom({}, async ({ page, server }) => {
  assert.equal(title(), "Avant de commencer");
  press("Commencer le regroupement");
  await page.settle();
  assert.deepEqual(server.kinds, ["hand_taken", "meeting_started"]);
  assert.deepEqual(server.events.map(({ hand }) => hand), [1, 1]);
  assert.deepEqual(server.last("hand_taken"), { device: "cet-appareil" });
  assert.deepEqual(server.last("meeting_started").plan[0], { id: "opening", title: "Ouverture", minutes: 5, least: 2 });
  assert.deepEqual([title(), seen("place")], ["Ouverture", "Étape 1 sur 9"]);
  assert.equal(seen("speaks"), "chaque personne, en une phrase");
  assert.equal(seen("rule"), "Une phrase, pas deux.");
  assert.equal(seen("silence"), "");
  assert.equal(document.title, "Ouverture, étape 1 sur 9 – Collectifs");
  assert.equal(focused(), "Ouverture");
  const words = "Étape 1 sur 9 : Ouverture. Parle : chaque personne, en une phrase. Une phrase, pas deux.";
  assert.equal(await said(page), words);
}));

test("the next step is one press away, a double click is one, and the last step is closed instead",
  inRoom({ events: at("sheet", 95), minute: 96 }, async ({ page, server }) => {
    press("Étape suivante");
    press("Clore la séance");
    await page.settle();
    assert.equal(title(), "La séance est close");
    assert.deepEqual(server.bodies("step_entered").map(({ step }) => step), ["sheet", "closing"]);
    assert.equal(server.bodies("meeting_closed").length, 1);
  }));

test("a double click on the next step is one step; half a second later it is another",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    press("Étape suivante");
    press("Étape suivante");
    assert.equal(title(), "Ce qui a été essayé");
    await page.pass(500);
    press("Étape suivante");
    await page.settle();
    assert.equal(title(), "Choix de la situation");
    assert.equal(server.bodies("step_entered").length, 2);
  }));

test("the step before is offered from the second on",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    assert.ok(!offered().includes("Étape précédente"));
    press("Étape suivante");
    press("Étape précédente");
    await page.settle();
    assert.equal(title(), "Ouverture");
    assert.deepEqual(server.last("step_entered"), { step: "opening" });
  }));

test("who keeps silent is shown and said", inRoom({ events: at("choice", 15), minute: 16 }, async ({ page }) => {
  assert.equal(read(".stage"), "Étape 3 sur 9 Choix de la situation Parle tout le monde On choisit ensemble.");
  assert.ok(document.querySelector("h1").classList.contains("is-long"));
  press("Étape suivante");
  assert.equal(read(".stage"),
    "Étape 4 sur 9 Exposé Parle la personne qui expose Se tait les pairs Personne n’interrompt.");
  assert.ok(!document.querySelector("h1").classList.contains("is-long"));
  assert.equal(await said(page),
    "Étape 4 sur 9 : Exposé. Parle : la personne qui expose. Se tait : les pairs. Personne n’interrompt.");
}));

test("a pause stops the time, is said on its button, and the time goes on from there",
  inRoom({ events: begun(), minute: 2 }, async ({ page, server }) => {
    assert.equal(read(".time-label"), "Il reste");
    press("Pause");
    await page.pass(60000);
    assert.equal(read(".time-label"), "En pause, il reste");
    assert.equal(read(".time-left"), "3 min");
    assert.equal(document.getElementById("live").dataset.time, "paused");
    assert.equal(read("[data-time-planned]"), "5 min prévues");
    press("Reprendre");
    assert.equal(theButton("Pause").textContent, "Pause");
    await page.pass(60000);
    assert.equal(read(".time-left"), "2:00");
    assert.deepEqual(server.kinds.slice(2), ["paused", "resumed"]);
  }));

test("two minutes more are shown, and taken back by the line at the bottom",
  inRoom({ events: begun(), minute: 2 }, async ({ page, server }) => {
    press("+ 2 min");
    await page.pass(500);
    assert.equal(read(".time-left"), "5 min");
    assert.equal(read("[data-time-planned]"), "7 min au lieu de 5 min, jusqu’à 14 h 07");
    assert.equal(read(".undo"), "Deux minutes de plus. Annuler");
    press("Annuler");
    await page.pass(500);
    assert.equal(read(".undo"), "");
    assert.deepEqual(server.bodies("time_added"), [
      { step: "opening", seconds: 120 }, { step: "opening", seconds: -120 },
    ]);
    assert.equal(read("[data-time-planned]"), "5 min prévues, jusqu’à 14 h 05");
  }));

test("a line of the plan leads to its step, with the way back; that of the current step changes nothing",
  inRoom({ events: begun(), minute: 2 }, async ({ page, server }) => {
    press("Ouverture", ".plan");
    assert.equal(read(".undo"), "");
    press("Réponses", ".plan");
    await page.pass(500);
    assert.equal(title(), "Réponses");
    assert.equal(read(".undo"), "Étape changée. Revenir");
    press("Revenir");
    await page.settle();
    assert.equal(title(), "Ouverture");
    assert.deepEqual(server.bodies("step_entered").map(({ step }) => step), ["answers", "opening"]);
  }));

test("the way back to a step goes away with the next step",
  inRoom({ events: begun(), minute: 2 }, async ({ page }) => {
    press("Réponses", ".plan");
    await page.pass(600);
    press("Étape suivante");
    assert.equal(read(".undo"), "");
  }));

// ---------- Keys ----------

test("keys steer: N and the arrows, P and +", inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
  const pressed = ["n", "ArrowLeft", "ArrowRight", "p", "P", "+"];
  for (const name of pressed) {
    key(name);
    await page.pass(500);
  }
  assert.deepEqual(server.kinds.slice(2), [
    "step_entered", "step_entered", "step_entered", "paused", "resumed", "time_added",
  ]);
  assert.equal(title(), "Ce qui a été essayé");
}));

test("no key steers with Ctrl, Alt or the command key, nor held down, nor while words are composed",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    for (const held of ["ctrlKey", "altKey", "metaKey", "repeat", "isComposing"]) key("n", { [held]: true });
    await page.settle();
    assert.equal(server.events.length, 2);
  }));

test("no key steers while a field has the focus; E goes to the note field",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    key("e");
    assert.equal(document.activeElement.id, "note");
    key("n");
    await page.settle();
    assert.equal(server.events.length, 2);
  }));

test("keys are switched off in the menu, where their list stands, and on again",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    key("?");
    assert.ok(read("#shortcuts").includes("N ou → étape suivante ← étape précédente P pause, reprise"));
    assert.equal(document.activeElement.id, "raccourcis");
    key("Escape");
    assert.equal(read("#shortcuts .menu-list"), "");
    assert.equal(focused(), "Ouverture");
    key("?");
    const box = theField("Raccourcis du clavier");
    assert.equal(box.checked, true);
    box.click();
    key("Escape");
    key("n");
    await page.settle();
    assert.equal(server.events.length, 2);
    box.click();
    key("n");
    await page.settle();
    assert.equal(server.events.length, 3);
  }));

test("R says the time and the end that is foreseen; Z goes to the way back",
  inRoom({ events: begun(), minute: 1 }, async ({ page }) => {
    key("r");
    assert.equal(await said(page), "Il reste 4 minutes. Fin prévue 16 heures, à l’heure.");
    key("z");
    assert.equal(document.activeElement, document.body);
    press("+ 2 min");
    key("z");
    assert.equal(focused(), "Annuler");
  }));

test("a screen that follows is told so: it neither steers nor leads to a step; it may take la main",
  inRoom({ events: at("story", 25, "un-autre"), minute: 26 }, async ({ page, server }) => {
    const follows = "Cet écran suit : un autre appareil conduit la séance. Ici, les notes s’écrivent toujours.";
    assert.equal(seen("handover"), `${follows} Prendre la main sur cet appareil`);
    for (const name of ["Pause", "Étape suivante", "STOP de la personne qui expose", "Ouverture"]) {
      assert.ok(!offered().includes(name), name);
    }
    key("n");
    key("r");
    assert.equal(await said(page), "Il reste 14 minutes. Fin prévue 16 heures, à l’heure.");
    assert.equal(server.events.length, 3);
    press("Prendre la main sur cet appareil");
    await page.settle();
    assert.deepEqual([server.events.at(-1).hand, server.last("hand_taken")], [2, { device: "cet-appareil" }]);
    assert.equal(seen("handover"), "");
    for (const name of ["Pause", "Étape suivante", "STOP de la personne qui expose", "Ouverture"]) {
      assert.ok(offered().includes(name), name);
    }
    press("Étape suivante");
    await page.settle();
    assert.equal(title(), "Questions pour comprendre");
  }));

test("a screen from which la main went elsewhere follows at the next news",
  inRoom({ events: begun(), minute: 2 }, async ({ page, server }) => {
    const elsewhere = { hand_taken: { device: "un-autre" }, step_entered: { step: "back" } };
    for (const [kind, body] of Object.entries(elsewhere)) server.events.push(gesture(kind, body, 2, 2));
    await page.pass(15000);
    assert.equal(title(), "Ce qui a été essayé");
    assert.ok(!offered().includes("Étape suivante"));
  }));

test("whoever takes the notes neither steers nor takes la main, calls no roll and chooses nothing",
  inRoom({ events: at("choice", 15, "un-autre"), minute: 16, data: { role: "note_taker" } }, async () => {
    assert.equal(seen("handover"), "Vous prenez les notes : un autre appareil conduit la séance.");
    for (const part of ["choice", "attendance", "controls", "halt"]) assert.equal(seen(part), "", part);
    assert.ok(offered().includes("Noter"));
  }));

test("whoever takes the notes waits for the start, without a roll, a duty or a choice",
  inRoom({ data: { role: "note_taker" } }, async () => {
    assert.ok(read("main").includes("Vous prendrez les notes : cet écran s’ouvrira quand votre pilote aura commencé."));
    assert.ok(!offered().includes("Commencer le regroupement"));
    assert.ok(!read("main").includes("Qui est là"));
    assert.ok(!read("main").includes("Les situations proposées"));
  }));

// ---------- The line with the way back ----------

test("the line at the bottom is said with its key, closed by its cross, and gives the focus back",
  inRoom({ events: begun(), minute: 1 }, async ({ page }) => {
    press("+ 2 min");
    const words = await said(page);
    assert.ok(words.endsWith("Deux minutes de plus. « Annuler » : bouton en bas de page, touche Z."), words);
    theButton("Fermer", ".undo").focus();
    press("Fermer", ".undo");
    assert.equal(read(".undo"), "");
    assert.equal(document.activeElement.id, "note");
  }));

const noted = (id, text, lane = "collective", step_ = "opening") =>
  gesture("note_written", { note: id, lane, step: step_, text });

test("the way back to a removed note waits under a newer one, and is taken",
  inRoom({ events: [...begun(), noted("n1", "Une idée")], minute: 1 }, async ({ page, server }) => {
    const note = document.querySelector('.lane [data-key="n1"]');
    press("Modifier, déplacer ou supprimer la note « Une idée »", note);
    press("Supprimer", note);
    await page.settle();
    assert.equal(read(".undo"), "Note supprimée. Annuler");
    assert.equal(focused(), "Annuler");
    press("+ 2 min");
    assert.equal(read(".undo"), "Deux minutes de plus. Annuler");
    press("Annuler");
    assert.equal(read(".undo"), "Note supprimée. Annuler");
    press("Annuler");
    await page.settle();
    assert.equal(read(".undo"), "");
    assert.deepEqual(server.last("note_edited").undoes, server.events.find(({ kind }) => kind === "note_removed").id);
    assert.ok(read(".lanes").includes("Une idée"));
  }));

test("ten minutes after its removal the words of a note are nowhere in the page",
  inRoom({ events: [...begun(), noted("n1", "Une idée")], minute: 1 }, async ({ page }) => {
    press("Modifier, déplacer ou supprimer la note « Une idée »");
    press("Supprimer");
    await page.wake(570000);
    await page.pass(30000);
    assert.ok(!document.documentElement.textContent.includes("Une idée"));
  }));

test("before the start the page says when it would end, begun now", inRoom({ minute: 4.4 }, async () => {
  assert.equal(seen("lead"),
    "Mercredi 13 janvier 2027, de 14 h à 16 h, Salle B 12. 9 étapes, 2 h : en commençant maintenant, fin à 16 h 04.");
}));

test("reopened at once the time goes on; ten minutes later it waits",
  inRoom({ events: closed(100), minute: 105 }, async ({ page, server }) => {
    press("Rouvrir la séance");
    await page.settle();
    assert.deepEqual(server.kinds.slice(-2), ["meeting_reopened", "resumed"]);
    assert.equal(title(), "Clôture");
    press("Clore la séance");
    await page.settle();
    await page.wake(600000);
    press("Rouvrir la séance");
    await page.settle();
    assert.equal(server.kinds.at(-1), "meeting_reopened");
    assert.ok(offered().includes("Reprendre"));
  }));
