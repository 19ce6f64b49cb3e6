// What seldom happens in the room: another canvas, a device that keeps what has not left, words that are not copied.
import assert from "node:assert/strict";
import { test } from "node:test";
import { key, offered, press, read, theField } from "./page.mjs";
import { at, begun, closed, DATA, gesture, inRoom, MINUTE, said, STEPS } from "./room_house.mjs";

const seen = (part) => read(`[data-${part}]`);
const title = () => read("h1");

// A meeting on some of these steps alone, at one of them since 14 h.
const on = (ids, current, more = {}) => {
  const steps = STEPS.filter(({ id }) => ids.includes(id));
  const plan = steps.map(({ id, title: name, minutes, least }) => ({ id, title: name, minutes, least }));
  return { data: { steps, ...more }, minute: 1, events: [
    gesture("hand_taken", { device: "cet-appareil" }), gesture("meeting_started", { plan }),
    gesture("step_entered", { step: current }),
  ] };
};

test("where the plan has no choice, STOP offers no other situation; without a closing step it ends at the last one",
  inRoom(on(["opening", "story", "talk"], "story"), async ({ page }) => {
    press("STOP de la personne qui expose");
    assert.ok(!offered().includes("Prendre une autre situationRetour au choix, les durées s’ajustent."));
    assert.deepEqual(offered(".halted").length, 3);
    press("Clore", ".halted");
    await page.settle();
    assert.equal(title(), "Mise en discussion");
  }));

test("where nobody exposes, STOP is offered from the first step",
  inRoom(on(["opening", "talk"], "opening"), async () => {
    assert.ok(offered().includes("STOP de la personne qui expose"));
    press("Étape suivante");
    assert.ok(!offered().includes("STOP de la personne qui expose"));
  }));

test("a step that was added since is shown, with no minutes prepared",
  inRoom({ ...on(["opening", "talk"], "opening"), data: { steps: STEPS.filter(({ id }) => id === "opening") } },
    async ({ page }) => {
      const rows = [...document.querySelectorAll("[data-plan-rows] tr")].map((each) => read(each));
      assert.equal(rows[1], "Mise en discussion 15");
      press("Étape suivante");
      await page.pass(500);
      assert.equal(read(".stage"), "Étape 2 sur 2 Mise en discussion Parle tout le monde");
      assert.equal(read("[data-time-planned]"), "15 min prévues, jusqu’à 14 h 16");
    }));

test("steps of an hour are told in hours", inRoom({ events: [...at("talk", 0), gesture("plan_changed", {
  steps: STEPS.map(({ id, minutes }) => ({ id, minutes: id === "talk" ? 75 : minutes })) }, 0)], minute: 61.2 },
async () => {
  const rows = [...document.querySelectorAll("[data-plan-rows] tr")].map((each) => read(each));
  assert.equal(rows[6], "Mise en discussion 15 1 h 15 1 h 01");
}));

test("past the hour when the room closes it is said beside the end",
  inRoom({ events: at("story", 50), minute: 51 }, async () => {
    assert.equal(read("[data-plan-end]"), "Fin prévue 16 h 25 25 min après l’heure, 10 min après la fermeture");
  }));

test("the key says nothing to a room that is closed, nor goes on",
  inRoom({ events: closed(), minute: 121 }, async ({ page, server }) => {
    await said(page);
    for (const name of ["r", "n"]) key(name);
    assert.equal(await said(page), "");
    assert.equal(server.kinds.at(-1), "meeting_closed");
  }));

test("once closed a meeting without notes has none to read",
  inRoom({ events: closed(), minute: 121, data: { notes: false } }, async () => {
    assert.ok(!read("main").includes("Les notes"));
    assert.ok(read("main").includes("Qui était là"));
  }));

test("actions that have not left a prepared device stay on it",
  inRoom({ events: closed(), minute: 121 }, async ({ page }) => {
    const { ClosedView } = await import("../../collectifs/static/js/live/closed_view.js");
    const journal = { unsent: 2, trouble: "offline", isKept: true, gestures: [] };
    const acts = { state: () => ({}), takeHand() {}, reopen() {} };
    const view = new ClosedView({ data: DATA, zone: "Europe/Paris", acts, journal, drafts: { begun: [] } });
    document.getElementById("contenu").replaceChildren(view.root);
    view.tick();
    assert.equal(seen("unsent-warning"), "2 actions ne sont pas encore parties : elles sont gardées sur cet appareil. "
      + "Rouvrez cette page quand le réseau sera revenu.");
    Object.assign(journal, { unsent: 1 });
    view.tick();
    const one = "1 action n’est pas encore partie : elle est gardée sur cet appareil.";
    assert.ok(seen("unsent-warning").startsWith(one));
    Object.assign(journal, { trouble: null });
    view.tick();
    assert.equal(seen("unsent-warning"), "");
    await page.settle();
  }));

// The answer of the server to a device that no longer conducts.
const relayed = async (page, server) => {
  const headers = { "X-Person": "maud", "Content-Type": "application/json" };
  const known = new Response("{}", { status: 404, headers });
  server.isUp = true;
  globalThis.fetch = async () => known.clone();
  dispatchEvent(new Event("online"));
  await page.pass(1000);
};

test("words that are not copied are selected instead", inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
  server.isUp = false;
  document.getElementById("note").value = "Commencée";
  await relayed(page, server);
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  press("Copier ces mots");
  await page.settle();
  assert.equal(seen("words-said"), "Copiez les mots sélectionnés.");
}));

test("a screen from which a relay was taken, where all had left, has no word to copy",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    await relayed(page, server);
    assert.equal(title(), "Cet écran ne conduit plus");
    assert.equal(seen("words"), "");
    assert.equal(document.title, "Cet écran ne conduit plus – Collectifs");
  }));

test("words of the sheet that the server has not got are among those to copy",
  inRoom({ events: at("sheet", 95), minute: 96 }, async ({ page, server }) => {
    server.isUp = false;
    const field = document.getElementById("problematique");
    field.value = "Comment ?";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await relayed(page, server);
    assert.equal(read("[data-words-list]"), "Comment ?");
  }));

test("a guest named before is in the list; a secretary who is a guest opens nothing elsewhere",
  inRoom({ data: { guests: [{ id: "lea", name: "Léa Fontaine" }] }, minute: 1,
    events: [...begun(), gesture("duty_given", { duty: "note_taker", who: "lea" })] }, async () => {
    assert.ok(read("[data-roll]").includes("Léa Fontaine en visite"));
    assert.equal(theField("Secrétaire").value, "lea");
    assert.ok(!offered().includes("QR code pour noter"));
  }));

test("in a meeting without notes nobody is told that the secretary may note elsewhere",
  inRoom({ data: { notes: false }, minute: 1,
    events: [...begun(), gesture("duty_given", { duty: "note_taker", who: "ines" })] }, async () => {
    assert.ok(!offered().includes("QR code pour noter"));
  }));

test("without spare situations none is offered; a meeting of four says nothing of those that are not there",
  inRoom({ events: at("choice", 15), minute: 16, data: { spare: null, spares: [], never: [], situations: [] } },
    async () => {
      assert.deepEqual(offered("[data-choice]"), ["Compter les mains levées", "Une situation dite de vive voix"]);
      assert.equal(seen("never"), "");
    }));

test("where windows do not hear each other it is told in the settings, and the room goes on",
  inRoom({ events: begun(), minute: 1, before: () => { globalThis.BroadcastChannel = undefined; } }, async () => {
    press("Raccourcis et réglages");
    const deaf = "Ce navigateur ne relie pas ses fenêtres : la projection suit par le réseau.";
    assert.ok(read("#shortcuts").includes(deaf));
    press("Étape suivante");
    assert.equal(title(), "Ce qui a été essayé");
  }));

test("to ring was asked for: the end of a step rings once, in time, and not after a sleep", inRoom({
  events: begun(), minute: 4.9, before: (page) => {
    page.rung = 0;
    globalThis.AudioContext = class {
      state = "running";
      currentTime = 0;
      resume() { return Promise.resolve(); }
    };
    globalThis.GainNode = class {
      gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, setTargetAtTime() {} };
      connect(to) { return to; }
    };
    globalThis.OscillatorNode = class {
      connect(to) { return to; }
      start() { page.rung += 1; }
      stop() {}
    };
  },
}, async ({ page }) => {
  press("Raccourcis et réglages");
  const box = theField("à la fin de l’étape");
  box.checked = true;
  box.dispatchEvent(new Event("change"));
  await page.pass(2000);
  assert.equal(page.rung, 0);
  await page.pass(8000);
  assert.equal(page.rung, 2, "two notes of one tone");
  await page.pass(3000);
  press("Pause");
  await page.wake(MINUTE);
  assert.equal(page.rung, 2);
  press("Reprendre");
  await page.pass(1000);
  assert.equal(page.rung, 2);
  box.checked = false;
  box.dispatchEvent(new Event("change"));
}));
