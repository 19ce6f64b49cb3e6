// Notes in their lanes, and words that are no gesture yet.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/" });
const { document } = window;
Object.assign(globalThis, { document, CSS: window.CSS });
const { Drafts } = await import("../../collectifs/static/js/live/drafts.js");
const { echoLast, Lanes, offerCapture } = await import("../../collectifs/static/js/live/notes.js");

const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ").trim();
const words = (place) => plain(document.querySelector(place).textContent);
let heard, made;

beforeEach(() => { [heard, made] = [[], []]; });
const announce = (said) => heard.push(plain(said));

// ---------- Notes ----------

const note = (id, more) =>
  ({ id, lane: "collective", step: "a", text: `Note ${id}`, copied: false, earlier: [], ...more });
const noted = (...notes) => ({ current: "a", notes });

function lanes({ hasSheet = true } = {}) {
  document.body.innerHTML = '<div id="lanes"></div>';
  const add = (kind, body) => { made.push([kind, body]); return { id: "g1" }; };
  const known = { add, copy: ({ id }) => made.push(["copied", id]), undoLine: { offer: (...asked) => made.push(asked) },
    titleOf: (step) => `Étape ${step}`, hasSheet, announce, forget: (id) => made.push(["forgotten", id]) };
  return new Lanes(document.getElementById("lanes"), known);
}

const lane = (name) => [...document.querySelectorAll(`[aria-label="${name}"] li`)].map((item) => {
  const shown = item.cloneNode(true);
  shown.querySelector("details")?.remove();
  return plain(shown.textContent);
});
const buttons = (id) => [...document.querySelectorAll(`[data-key="${id}"] .menu-list button`)];
const entries = (id) => buttons(id).map((each) => plain(each.textContent));
const take = (id, text) => buttons(id).find((each) => plain(each.textContent).startsWith(text)).click();

test("notes stand in their lane, those of other steps folded below and counted, with the step they are of", () => {
  const made_ = lanes();
  const before = { step: "b" };
  made_.update(noted(note("n1"), note("n2", before), note("n3", before), note("n4", { lane: "private" })));
  assert.deepEqual(lane("Du collectif"), ["Note n1", "Étape bNote n2", "Étape bNote n3"]);
  assert.deepEqual(lane("Pour moi"), ["Note n4"]);
  const [mine, ours, sheet] = [...document.querySelectorAll("section")].map((each) => ({
    here: !each.querySelector("ul").hidden, rest: !each.querySelector(":scope > details").hidden,
    says: plain(each.querySelector(":scope > details > summary").textContent),
  }));
  const unfolds = [mine, ours, sheet].map(({ here, rest }) => [here, rest]);
  assert.deepEqual(unfolds, [[true, false], [true, true], [false, false]]);
  assert.equal(ours.says, "2 notes d’autres étapes");
  made_.update(noted(note("n1"), note("n2", { step: "b" })), true);
  assert.deepEqual(lane("Du collectif"), ["Étape aNote n1", "Étape bNote n2"]);
});

test("what may be done with a note depends on its lane, its words of before, and whether it is in the draft", () => {
  const move = (...names) => names.map((name) => `Déplacer vers « ${name} »`);
  lanes().update(noted(
    note("n1"),
    note("n2", { lane: "sheet", copied: true }), note("n3", { lane: "private", earlier: ["Avant", "Puis"] }),
  ));
  const copy = "Pour la fiche : copier dans le brouillon";
  assert.deepEqual(entries("n1"), ["Modifier", copy, ...move("Pour moi", "Pour la fiche"), "Supprimer"]);
  assert.deepEqual(entries("n2"), ["Modifier", ...move("Pour moi", "Du collectif"), "Supprimer"]);
  assert.deepEqual(entries("n3"),
    ["Modifier", "Reprendre « Puis »", copy, ...move("Du collectif", "Pour la fiche"), "Supprimer"]);
  assert.deepEqual(lane("Pour la fiche"), ["Note n2 dans la fiche"]);
  lanes({ hasSheet: false }).update(noted(note("n1")));
  assert.ok(!entries("n1").includes(copy));
});

test("a note that is moved leaves whole, is copied when it goes to the sheet for the first time, and is said", () => {
  const shown = lanes();
  shown.update(noted(note("n1"), note("n2", { copied: true })));
  const moved = (id, to, text) => ["note_edited", { note: id, lane: to, step: "a", text }];
  for (const id of ["n1", "n2"]) take(id, "Déplacer vers « Pour la fiche »");
  take("n1", "Déplacer vers « Pour moi »");
  assert.deepEqual(made, [
    moved("n1", "sheet", "Note n1"), ["copied", "n1"], moved("n2", "sheet", "Note n2"),
    moved("n1", "private", "Note n1"),
  ]);
  assert.equal(heard.at(-1), "Note déplacée vers « Pour moi ».");
});

test("a note that is changed leaves only when its words did; thirty-six signs name its menu whole", () => {
  lanes().update(noted(note("n1", { text: "a".repeat(36) }), note("n2", { text: "b".repeat(37) })));
  const names = [...document.querySelectorAll("summary.more")].map((each) => plain(each.getAttribute("aria-label")));
  assert.ok(names[0].endsWith(`« ${"a".repeat(36)} »`));
  assert.ok(names[1].endsWith(`« ${"b".repeat(34)}… »`));
  for (const text of ["  ", ` ${"a".repeat(36)} `, " Autre "]) {
    take("n1", "Modifier");
    const field = document.querySelector('[data-key="n1"] textarea');
    assert.equal(document.activeElement, field);
    field.value = text;
    field.form.dispatchEvent(new window.Event("submit", { cancelable: true }));
  }
  assert.deepEqual(made, [["note_edited", { note: "n1", lane: "collective", step: "a", text: "Autre" }]]);
});

test("a change that is given up, by Escape alone, leaves the note as it stood, with the step it is of", () => {
  const shown = lanes();
  shown.update(noted(note("n1")), true);
  take("n1", "Modifier");
  const field = document.querySelector("textarea");
  for (const [key, isLeft] of [["a", false], ["Escape", true]]) {
    field.dispatchEvent(new window.KeyboardEvent("keydown", { key }));
    assert.equal(!field.isConnected, isLeft);
  }
  assert.deepEqual([lane("Du collectif"), made], [["Étape aNote n1"], []]);
  assert.equal(document.activeElement.className, "more");
  shown.update(noted(note("n1", { step: "b" })));
  shown.openAll();
  assert.ok([...document.querySelectorAll("section > details")].every(({ open }) => open));
});

test("a note that is being changed is not drawn anew under whoever changes it", () => {
  const shown = lanes();
  shown.update(noted(note("n1")));
  take("n1", "Modifier");
  const field = document.querySelector("textarea");
  shown.update(noted(note("n1", { text: "Ailleurs" })));
  assert.ok(field.isConnected);
});

test("a removal may be undone for ten minutes, in its lane; then its words are forgotten", () => {
  lanes().update(noted(note("n1")));
  take("n1", "Supprimer");
  const [removed, [said, label, undo, { about, until, focus, onEnd }]] = made;
  assert.deepEqual([removed, said, label, about, until, focus],
    [["note_removed", { note: "n1" }], "Note supprimée.", "Annuler", "note", 600000, true]);
  undo();
  assert.deepEqual(made.at(-1),
    ["note_edited", { note: "n1", lane: "collective", step: "a", text: "Note n1", undoes: "g1" }]);
  onEnd();
  assert.deepEqual(made.at(-1), ["forgotten", "n1"]);
});

test("under the field stands the last note of the step, and no words of one that is gone", () => {
  document.body.innerHTML = "<p><b data-echo-words></b><i data-echo-lane></i></p>";
  const place = document.querySelector("p");
  echoLast(place, noted(note("n1"), note("n2", { lane: "private" }), note("n3", { step: "b" })));
  assert.deepEqual([place.hidden, words("b"), words("i")], [false, "Note n2", "pour moi"]);
  echoLast(place, noted(note("n3", { step: "b" })));
  assert.deepEqual([place.hidden, words("b"), words("i")], [true, "", ""]);
});

test("Enter notes, with Shift it goes to the next line, while words are composed it does nothing; not before the start", () => {
  document.body.innerHTML = '<form><textarea name="note"></textarea><input name="lane" value="sheet"></form>';
  const form = document.forms[0];
  let step = null;
  const add = (kind, { note: id, ...body }) => made.push([kind, body, id.length]);
  offerCapture(form, { add, copy: ({ text }) => made.push(["copied", text]), stepNow: () => step, announce });
  const field = form.elements.note;
  assert.equal(field.maxLength, 2000);
  const press = (more) => {
    field.value = " Un mot ";
    const event = new window.KeyboardEvent("keydown", { key: "Enter", cancelable: true, ...more });
    field.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.deepEqual([press(), made], [true, []]);
  step = "a";
  assert.deepEqual([press({ shiftKey: true }), press({ isComposing: true }), press({ key: "a" }), made],
    [false, false, false, []]);
  assert.equal(press(), true);
  assert.deepEqual(made, [["note_written", { lane: "sheet", step: "a", text: "Un mot" }, 36], ["copied", "Un mot"]]);
  assert.deepEqual([field.value, heard], ["", ["Noté, pour la fiche."]]);
});

// ---------- Words that are no gesture yet ----------

function drafts({ keeper = true, editor = null } = {}) {
  document.body.innerHTML = `<div id="root"><textarea id="note"></textarea><input id="pense-bete">
    <input id="prochain-place" value="Salle B"><div class="lane"><textarea>Un</textarea></div></div>`;
  const kept = { remember: (...asked) => made.push(asked) };
  const root = document.getElementById("root");
  return new Drafts({ keeper: () => (keeper ? kept : null), editor: () => editor, root });
}
const put = (id, text) => { document.getElementById(id).value = text; };

test("what is typed and not noted is kept as it changes; what stands as the page brought it is not", () => {
  const kept = drafts();
  kept.keep();
  put("note", "Un mot");
  put("prochain-place", "Mairie");
  for (const times of [1, 2]) { kept.keep(); assert.equal(made.length, 1, `${times}`); }
  assert.deepEqual(made[0], ["typed", { note: "Un mot", "prochain-place": "Mairie" }, true]);
  put("note", "  ");
  kept.keep();
  assert.deepEqual(made[1], ["typed", { note: "  ", "prochain-place": "Mairie" }, false]);
  for (const [id, text] of [["note", ""], ["prochain-place", ""]]) put(id, text);
  kept.keep();
  assert.deepEqual(made[2], ["typed", null, false]);
  put("pense-bete", "Plus tard");
  kept.keep();
  assert.deepEqual(made[3], ["typed", { "pense-bete": "Plus tard" }, true]);
});

test("a device that keeps nothing is asked for nothing", () => {
  const kept = drafts({ keeper: false });
  put("note", "Un mot");
  kept.keep();
  kept.forget();
  assert.deepEqual([made, kept.begun], [[], []]);
});

test("a note that is changed in its lane is one, as soon as its words differ", () => {
  const kept = drafts();
  assert.equal(kept.isChanging, false);
  document.querySelector(".lane textarea").value = "Deux";
  assert.equal(kept.isChanging, true);
});

test("the sheet is kept while it is not saved; kept words are not put over what is being written", () => {
  const draft = (...texts) => ({ base: { question: "Q", answers: [{ text: "A" }] },
    content: { question: texts[0], answers: texts.slice(1).map((text) => ({ text })) } });
  const editor = { isDirty: true, draft: () => draft("Q ?", "A", "B", " "), resume: () => made.push("resumed") };
  const kept = drafts({ editor });
  assert.deepEqual(kept.sheetWords, ["Q ?", "B"]);
  kept.keep();
  assert.deepEqual(made, [["sheet", editor.draft(), true]]);
  made.length = 0;
  kept.resume({ sheet: draft("Avant") });
  assert.deepEqual(made, []);
  editor.isDirty = false;
  assert.deepEqual(kept.sheetWords, ["Avant"]);
  kept.resumeSheet();
  kept.resumeSheet();
  assert.deepEqual(made, ["resumed"]);
  assert.deepEqual(kept.sheetWords, []);
});

test("kept words come back where nothing was typed since, or when their field comes", () => {
  const kept = drafts();
  put("note", "Depuis");
  document.getElementById("pense-bete").remove();
  kept.resume({ typed: { note: "Avant", "prochain-place": "Mairie", "pense-bete": "Plus tard" } });
  assert.deepEqual(["note", "prochain-place"].map((id) => document.getElementById(id).value), ["Depuis", "Mairie"]);
  assert.deepEqual(kept.begun, ["Depuis", "Plus tard"]);
  kept.resume({});
  assert.deepEqual(kept.begun, ["Depuis"]);
});
