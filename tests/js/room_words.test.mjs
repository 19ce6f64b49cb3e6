// What is written in the room: notes in their lanes, the sheet, its question on the wall.
import assert from "node:assert/strict";
import { test } from "node:test";
import { focused, key, offered, press, read, submit, theButton, theField, type } from "./page.mjs";
import { at, begun, DATA, gesture, inRoom, said } from "./room_house.mjs";

const seen = (part) => read(`[data-${part}]`);
const noted = (id, text, lane = "collective", step = "opening") =>
  gesture("note_written", { note: id, lane, step, text });
const lane = (name) => read(`.lane[aria-label="${name}"]`);
const menuOf = (text) => press(`Modifier, déplacer ou supprimer la note « ${text} »`);
const write = (text, voice = "") => {
  if (voice) theField(voice).click();
  const field = document.getElementById("note");
  field.value = text;
  key("Enter", { on: field });
};

test("a note is taken by Enter in the lane that is chosen, and said; an empty one is not",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    write("   ");
    write("Une idée");
    key("Enter", { on: document.getElementById("note"), shiftKey: true });
    await page.settle();
    const [{ note, ...first }, ...more] = server.bodies("note_written");
    assert.deepEqual(first, { lane: "collective", step: "opening", text: "Une idée" });
    assert.deepEqual(more, []);
    assert.ok(note.length > 10);
    assert.equal(lane("Du collectif"), "Du collectif les membres du collectif Une idée");
    assert.equal(seen("echo"), "Une idée du collectif");
    assert.equal(document.getElementById("note").value, "");
    assert.equal(document.activeElement.id, "note");
    assert.ok((await said(page)).endsWith("Noté, du collectif."));
    write("À moi", "Pour moi");
    assert.equal(await said(page), "Noté, pour moi.");
    assert.ok(lane("Pour moi").endsWith("À moi"));
  }));

test("a note for the sheet becomes an answer of the draft, marked as such",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    write("Se taire d’abord", "Pour la fiche");
    await page.settle();
    assert.deepEqual(server.last("note_copied_to_sheet"), { note: server.last("note_written").note });
    assert.ok(lane("Pour la fiche").includes("Se taire d’abord dans la fiche"));
    assert.equal(document.querySelector("#sheet-desk [data-answer=text]").value, "Se taire d’abord");
    menuOf("Se taire d’abord");
    assert.ok(!offered().includes("Pour la fiche : copier dans le brouillon"));
  }));

test("a note too long for an answer stays a note, and it is said why",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    write("a".repeat(501), "Pour la fiche");
    await page.settle();
    assert.equal(server.bodies("note_copied_to_sheet").length, 0);
    assert.equal(read(".undo"), "Trop longue pour une réponse, 500 signes au plus : elle reste une note.");
  }));

test("notes of other steps are folded under those of this one, and unfold at the generalising step",
  inRoom({ events: [...at("talk", 90), noted("a", "Au début"), noted("b", "Maintenant", "collective", "talk")],
    minute: 91 }, async () => {
    assert.equal(lane("Du collectif"), "Du collectif les membres du collectif Maintenant 1 note d’autres étapes");
    assert.equal(lane("Pour moi"), "Pour moi vous seulement");
    press("Étape suivante");
    assert.ok(lane("Du collectif").includes("2 notes d’autres étapes OuvertureAu début"));
  }));

test("a note is changed in its place, and goes back to what it was",
  inRoom({ events: [...begun(), noted("a", "Une idé")], minute: 1 }, async ({ page, server }) => {
    menuOf("Une idé");
    press("Modifier");
    const field = document.activeElement;
    assert.equal(field.value, "Une idé");
    field.value = "Une idée";
    key("Escape");
    assert.ok(lane("Du collectif").endsWith("Une idé"));
    menuOf("Une idé");
    press("Modifier");
    press("Garder");
    menuOf("Une idé");
    press("Modifier");
    document.activeElement.value = " Une idée ";
    submit(document.activeElement.form);
    await page.settle();
    const changed = { note: "a", lane: "collective", step: "opening", text: "Une idée" };
    assert.deepEqual(server.bodies("note_edited"), [changed]);
    assert.ok(lane("Du collectif").endsWith("Une idée"));
    menuOf("Une idée");
    press("Reprendre « Une idé »");
    await page.settle();
    assert.ok(lane("Du collectif").endsWith("Une idé"));
  }));

test("a note is moved to another lane, where the focus follows it, and for the sheet is copied",
  inRoom({ events: [...begun(), noted("a", "Une idée", "private")], minute: 1 }, async ({ page, server }) => {
    menuOf("Une idée");
    assert.ok(!offered().includes("Déplacer vers « Pour moi »"));
    press("Déplacer vers « Du collectif »");
    await page.settle();
    assert.ok(lane("Du collectif").endsWith("Une idée"));
    assert.equal(focused(), "Modifier, déplacer ou supprimer la note « Une idée »");
    assert.ok((await said(page)).endsWith("Note déplacée vers « Du collectif »."));
    assert.equal(server.bodies("note_copied_to_sheet").length, 0);
    menuOf("Une idée");
    press("Déplacer vers « Pour la fiche »");
    await page.settle();
    assert.equal(server.last("note_edited").lane, "sheet");
    assert.equal(server.bodies("note_copied_to_sheet").length, 1);
  }));

test("a long note is shortened in the name of its menu",
  inRoom({
    events: [...begun(), noted("a", "Une phrase qui compte bien plus de trente-six signes")], minute: 1,
  }, async () => {
    menuOf("Une phrase qui compte bien plus de…");
  }));

test("a meeting without notes says so where the field was",
  inRoom({ events: begun(), minute: 1, data: { notes: false } }, async () => {
  assert.ok(seen("without").startsWith("Sans notes, décidé à la préparation"));
  assert.ok(!offered().includes("Noter"));
  assert.equal(document.querySelectorAll(".lane").length, 0);
}));

test("a meeting without notes is told so before it starts", inRoom({ data: { notes: false } }, async () => {
  assert.ok(seen("lead").endsWith("fin à 16 h. Sans notes, décidé à la préparation."));
}));

test("where the sheet may not be written there is no lane for it to choose, nor its desk",
  inRoom({ events: at("sheet", 95), minute: 96, data: { sheet: null } }, async () => {
    assert.equal(document.querySelector(".lane-choice [value=sheet]"), null);
    assert.equal(document.getElementById("sheet-desk"), null);
  }));

// ---------- The sheet, and its question on the wall ----------

test("the sheet comes at the generalising step, is saved as it is written, and stays to the end",
  inRoom({ events: at("talk", 90), minute: 91 }, async ({ page, server }) => {
    assert.equal(read("#sheet-desk"), "");
    press("Étape suivante");
    assert.ok(read("#sheet-desk").includes("La fiche, écrite ensemble"));
    type(document.getElementById("problematique"), "Comment écouter ?");
    await page.pass(6000);
    const sent = server.asked.filter(({ path }) => path === DATA.urls.sheet_save);
    assert.deepEqual(sent.map(({ body }) => [body.revision, body.content.question]), [[3, "Comment écouter ?"]]);
    press("Étape suivante");
    assert.ok(read("#sheet-desk").includes("La fiche, écrite ensemble"));
  }));

test("without a generalising step the sheet is written at the last one",
  inRoom({ events: at("closing", 100), minute: 101, data: {
    steps: DATA.steps.map((each) => ({ ...each, feeds: each.id === "closing" ? "next_meeting" : "" })),
  } }, async () => {
    assert.ok(read("#sheet-desk").includes("La fiche"));
    press("Étape précédente");
    assert.equal(read("#sheet-desk"), "");
  }));

test("the question goes to the wall by a press, follows what is written, and leaves it by another press",
  inRoom({ events: at("sheet", 95), minute: 96 }, async ({ page, server }) => {
    await page.pass(500);
    const field = document.getElementById("problematique");
    assert.equal(seen("ask"),
      "Projeter la question La salle la lira et l’amendera. Cercle : collectif, rien ne sort de la salle.");
    press("Projeter la question");
    assert.equal(document.activeElement, field);
    assert.equal(await said(page), "Écrivez d’abord la question.");
    type(field, "Comment écouter ?");
    press("Projeter la question");
    await page.settle();
    assert.deepEqual(server.last("question_shown"), { text: "Comment écouter ?" });
    assert.equal(theButton("Projeter la question").getAttribute("aria-pressed"), "true");
    assert.ok(read(".stage").endsWith("Comment écouter ?"));
    assert.equal(read(".fold"), "Ci-dessous, votre espace de travail : rien n’en est projeté, sauf la question");
    assert.ok((await said(page)).endsWith("À l’écran de la salle, telle que vous l’écrivez. Cercle : collectif."));
    type(field, "Comment écouter alors que le temps presse ?");
    await page.pass(500);
    assert.equal(server.bodies("question_shown").length, 1);
    await page.pass(1000);
    assert.equal(server.last("question_shown").text, "Comment écouter alors que le temps presse ?");
    press("Projeter la question");
    await page.settle();
    assert.deepEqual(server.last("question_shown"), {});
    assert.equal(theButton("Projeter la question").getAttribute("aria-pressed"), "false");
    assert.equal(await said(page), "La question n’est plus à l’écran.");
  }));

test("a question that is not on the wall is not sent as it is written, nor offered to whoever follows",
  inRoom({ events: at("sheet", 95, "un-autre"), minute: 96 }, async ({ page, server }) => {
    await page.pass(500);
    assert.equal(seen("ask"), "");
    type(document.getElementById("problematique"), "Comment ?");
    await page.pass(1500);
    assert.equal(server.bodies("question_shown").length, 0);
  }));
