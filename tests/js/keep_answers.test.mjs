// Each answer leaves as it is given: what the server keeps is said beside its question, what it refuses beside its
// field.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";
import { keepAnswers } from "../../collectifs/static/js/lib/keep_answers.js";

const window = new Window({ url: "http://localhost/" });
const { document } = window;
Object.assign(globalThis, { document, FormData: window.FormData });

const question = (id, fields) =>
  `<div data-answer id="${id}">${fields}<p class="kept" hidden>Gardé <span></span></p></div>`;
const box = (name, value, type) => `<input type="${type}" name="${name}" value="${value}">`;
let asked, answer, form;

beforeEach(() => {
  asked = [];
  answer = { errors: {}, kept: ["combien"], at: "à 14 h 05", left: "Encore 2 questions" };
  globalThis.fetch = async (url, { body, ...how }) => {
    asked.push([url, String(body), how.method, how.redirect]);
    if (answer instanceof Error) throw answer;
    return { ok: !answer.status, json: async () => answer };
  };
  document.body.innerHTML = `<form data-keeps="/garder"><p data-left>Encore 3 questions</p>
    ${question("nombre", '<div class="field"><input name="combien"></div>')}
    ${question("avis", `<fieldset>${box("avis", "oui", "radio")}${box("avis", "non", "radio")}</fieldset>`)}
    ${question("choix", `<fieldset>${box("choix", "a", "checkbox")}</fieldset>`)}
    <input name="autre"></form>`;
  form = document.querySelector("form");
  keepAnswers(form);
});

async function give(name, value) {
  const field = form.querySelector(`[name=${name}]`);
  field.value = value;
  field.checked = true;
  field.dispatchEvent(new window.Event("change", { bubbles: true }));
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => { setImmediate(resolve); });
  return field;
}

const said = (id) => {
  const kept = form.querySelector(`#${id} .kept`);
  return kept.hidden ? "" : kept.textContent;
};
const refusals = (id) => [...form.querySelectorAll(`#${id} [role=alert]`)].map(({ textContent }) => textContent);

test("an answer leaves by itself, is said to be kept, and what is left is counted", async () => {
  const field = await give("combien", "3");
  assert.deepEqual(asked, [["/garder", "combien=3&autre=", "POST", "error"]]);
  assert.equal(said("nombre"), "Gardé à 14 h 05");
  assert.equal(form.querySelector("[data-left]").textContent, "Encore 2 questions");
  assert.deepEqual([refusals("nombre"), field.hasAttribute("aria-invalid")], [[], false]);
});

test("what helps to answer is read beside what is refused, and alone again once it is mended", async () => {
  const field = form.querySelector("[name=combien]");
  field.insertAdjacentHTML("afterend", '<p id="combien-aide">De 1 à 9.</p><p class="error" id="ancien">Trop.</p>');
  field.setAttribute("aria-describedby", "combien-aide ancien");
  answer = { ...answer, kept: [], errors: { combien: "Un nombre entier." } };
  await give("combien", "trois");
  assert.equal(field.getAttribute("aria-describedby"), "combien-aide combien-refus");
  answer = { ...answer, kept: ["combien"], errors: {} };
  await give("combien", "3");
  assert.equal(field.getAttribute("aria-describedby"), "combien-aide");
  field.removeAttribute("aria-describedby");
  await give("combien", "4");
  assert.equal(field.hasAttribute("aria-describedby"), false);
});

test("what is refused is said once, beside its field, and no more once it is mended", async () => {
  answer = { ...answer, kept: [], errors: { combien: "Un nombre entier." } };
  for (const times of ["une", "deux"]) {
    const field = await give("combien", times);
    assert.deepEqual(refusals("nombre"), ["Un nombre entier."]);
    assert.equal(field.getAttribute("aria-invalid"), "true");
    assert.equal(document.getElementById(field.getAttribute("aria-describedby")).textContent, "Un nombre entier.");
    assert.equal(said("nombre"), "");
  }
  answer = { ...answer, kept: ["combien"], errors: {} };
  const field = await give("combien", "3");
  assert.deepEqual([refusals("nombre"), field.hasAttribute("aria-invalid")], [[], false]);
  assert.equal(said("nombre"), "Gardé à 14 h 05");
});

test("an answer that was kept before and is refused now is not said to be kept, nor is another one", async () => {
  answer.errors = { combien: "Trop." };
  await give("combien", "3000");
  assert.equal(said("nombre"), "");
  answer = { ...answer, errors: {}, kept: ["avis"] };
  await give("combien", "4");
  assert.equal(said("nombre"), "");
});

test("of a group one sentence is enough, and none of its boxes is invalid by itself", async () => {
  answer.errors = { avis: "Choisissez.", choix: "Un au moins." };
  for (const [id, sentence] of Object.entries(answer.errors)) {
    await give(id, "oui");
    assert.deepEqual(refusals(id), [sentence]);
    assert.equal(form.querySelector(`#${id} [aria-invalid]`), null);
  }
});

test("without network, or when the server cannot, nothing is said to be kept any more; the next answer leaves all the same",
  async () => {
    await give("combien", "3");
    for (const trouble of [new TypeError("no network"), { ...answer, status: 503 }]) {
      answer = trouble;
      await give("combien", "4");
      assert.equal(said("nombre"), "");
    }
    answer = { errors: {}, kept: ["combien"], at: "à 14 h 06", left: "" };
    await give("combien", "5");
    assert.equal(said("nombre"), "Gardé à 14 h 06");
    assert.equal(asked.length, 4);
  });

test("a field that is no answer is sent with the others, by the button alone", async () => {
  await give("autre", "un mot");
  assert.deepEqual(asked, []);
});
