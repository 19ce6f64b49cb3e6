// What each step brings up on the desk: words to start with, cards, last time, what was just said, the parking lot.
import assert from "node:assert/strict";
import { test } from "node:test";
import { focused, offered, press, read, submit, theButton, theField } from "./page.mjs";
import { at, begun, DATA, gesture, inRoom, said } from "./room_house.mjs";

const seen = (part) => read(`[data-${part}]`);
const names = (list) => [...document.querySelectorAll(`${list} > li`)].filter((each) => read(each)).map(read);
const noted = (id, text, lane, step) => gesture("note_written", { note: id, lane, step, text });

// ---------- Words to start with, cards, last time ----------

test("another prompt and another card come by a press, and are said",
  inRoom({ events: at("story", 25), minute: 26 }, async ({ page }) => {
    assert.equal(seen("prompt"), "« Racontez le moment. »");
    await said(page);
    press("Une autre relance");
    assert.equal(seen("prompt"), "« Que s’est-il dit ? »");
    assert.equal(await said(page), "« Que s’est-il dit ? »");
    press("Une autre relance");
    assert.equal(seen("prompt"), "« Racontez le moment. »");
    await said(page);
    press("Une carte dilemme");
    const before = seen("card-title");
    press("Une autre carte");
    assert.notEqual(seen("card-title"), before);
    assert.equal(await said(page), `${seen("card-title")}. ${seen("card-text")}`);
    press("Une autre carte");
    assert.equal(seen("card-title"), before);
  }));

test("where a step has one prompt there is no other, and none where it has none; without cards, no card",
  inRoom({ events: at("talk", 90), minute: 91, data: { cards: [] } }, async ({ page }) => {
    assert.equal(seen("prompt"), "« Qu’est-ce qui dérange ? »");
    assert.ok(!offered().includes("Une autre relance"));
    assert.equal(seen("cards"), "");
    press("Étape suivante");
    assert.ok(!read("[data-prompt]"));
    await page.settle();
  }));

test("the card is put forward where the question of the sheet is looked for",
  inRoom({ events: at("talk", 90), minute: 91, data: { cards: DATA.cards.slice(0, 1) } }, async () => {
    assert.equal(seen("card-text"), "");
    press("Étape suivante");
    assert.equal(seen("card-title"), "Le silence");
    assert.ok(!offered().includes("Une autre carte"));
  }));

test("the answers of last time stand where they are asked for, with the words that members let the room hear",
  inRoom({ events: begun(), minute: 1 }, async () => {
    assert.equal(seen("previous"), "");
    press("Étape suivante");
    assert.ok(seen("previous").includes("Comment écouter alors que le temps presse ?"));
    assert.ok(seen("previous").endsWith("Se taire d’abord. (éprouvée) « Essayé » Inès"));
    assert.ok(!seen("previous").includes("brouillon"));
    assert.ok(document.querySelector("[data-previous]").classList.contains("is-side"));
  }));

test("a draft of last time is told to be one, with what was said of answers that changed since",
  inRoom({ events: at("back", 5), minute: 6, data: { previous: {
    ...DATA.previous, is_draft: true, others: [{ words: "Pas osé", by: "" }] } } }, async () => {
    assert.ok(seen("previous").includes("C’est encore votre brouillon : les autres ne l’ont pas lu."));
    assert.ok(seen("previous").endsWith("Sur des réponses qui ont changé depuis : « Pas osé »"));
  }));

test("the discussion shows the answers that were just noted, none that is for oneself",
  inRoom({ events: [
    ...at("talk", 90), noted("a", "Se taire", "collective", "answers"),
    noted("b", "Pour moi seule", "private", "answers"), noted("c", "Plus tôt", "collective", "questions"),
  ], minute: 91 }, async () => {
    assert.deepEqual(names("[data-said] > ul"), ["Se taire"]);
    press("Étape suivante");
    assert.equal(seen("said"), "");
  }));

// ---------- The parking lot ----------

test("what is left for another time is kept, removed, and brought back by the line at the bottom",
  inRoom({ events: at("talk", 90), minute: 91 }, async ({ page, server }) => {
    assert.equal(seen("parking-summary"), "Pense-bête de la série : 1 point");
    press("Pense-bête de la série : 1 point");
    const field = theField("À reprendre une autre fois");
    field.value = "  ";
    submit(field.form);
    field.value = " Le bilan ";
    submit(field.form);
    await page.settle();
    assert.equal(server.last("parked").text, "Le bilan");
    assert.deepEqual(names("[data-parking-list]"), ["Une visite 2 décembre", "Le bilan"]);
    assert.equal(seen("parking-summary"), "Pense-bête de la série : 2 points");
    await said(page);
    press("Retirer « Une visite » du pense-bête");
    await page.settle();
    assert.deepEqual(server.last("unparked"), { item: "p1" });
    assert.deepEqual(names("[data-parking-list]"), ["Le bilan"]);
    assert.equal(focused(), "Retirer « Le bilan » du pense-bête");
    press("Annuler", ".undo");
    await page.settle();
    assert.deepEqual(names("[data-parking-list]"), ["Le bilan", "Une visite"]);
    press("Retirer « Une visite » du pense-bête");
    press("Retirer « Le bilan » du pense-bête");
    assert.equal(seen("parking-summary"), "Pense-bête de la série");
    assert.equal(focused(), "Pense-bête de la série");
  }));

test("at the closing step it opens, and a tap says who might bring a situation, another takes it back",
  inRoom({ events: at("sheet", 95), minute: 96 }, async ({ page, server }) => {
    press("Étape suivante");
    await page.settle();
    assert.ok(seen("parking").includes("Qui pourrait apporter une situation ?"));
    press("Inès", "[data-parking]");
    await page.settle();
    assert.equal(server.last("parked").text, "Inès pensait apporter une situation.");
    assert.equal(theButton("Inès", "[data-parking]").getAttribute("aria-pressed"), "true");
    press("Inès", "[data-parking-names]");
    await page.settle();
    assert.equal(server.bodies("unparked").length, 1);
    assert.equal(theButton("Inès", "[data-parking]").getAttribute("aria-pressed"), "false");
    press("Généralisation", ".plan");
    assert.ok(!seen("parking").includes("Qui pourrait"));
  }));
