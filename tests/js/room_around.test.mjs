// Around the room: how the page opens, or says that it did not; its settings, its menus, the wall it opens, what a
// telephone changes, what another version brings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepHere } from "./kept_here.mjs";
import { focused, key, offered, press, read, theButton, theField, type } from "./page.mjs";
import { at, begun, closed, DATA, gesture, inRoom, MINUTE, said, START } from "./room_house.mjs";

const ID = DATA.meeting.id;
const seen = (part) => read(`[data-${part}]`);
const MENU = "Raccourcis et réglages";

// ---------- How it opens ----------

test("the bar names the collective and the meeting, and leads to the page of the meeting", inRoom({}, async () => {
  assert.ok(read(".live-top").startsWith("Les Tilleuls regroupement 2, mercredi 13 janvier 2027"));
  assert.equal(theButton("Les Tilleuls").getAttribute("href"), "/regroupement");
  assert.equal(theButton("Projeter").target, "_blank");
  assert.equal(read("#wait"), "");
}));

test("a link to nothing is not offered", inRoom({ data: { urls: { ...DATA.urls, step_sheet: null, sheet: null } },
  events: closed(), minute: 121 }, async () => {
  assert.ok(!offered().includes("Déroulé sur papier"));
  assert.ok(!offered().includes("Finir la fiche"));
}));

test("before the server has answered, nothing is said to be saved", inRoom({ before(_, server) {
  server.fetch = () => new Promise((resolve) => { server.answer = resolve; });
} }, async ({ page, server }) => {
  assert.equal(read("#kept"), "");
  assert.equal(offered("main").length, 0);
  server.answer(Response.json({ sequence: 0, events: [] }, { headers: { "X-Server-Now": new Date().toISOString() } }));
  await page.settle();
  assert.equal(read("#kept"), "Tout est enregistré");
}));

const withoutData = { isWithoutData: true };

test("without network, a device that keeps nothing of the meeting says so, and looks for the network",
  inRoom({ ...withoutData, before: (_, server) => { server.isUp = false; } }, async ({ page, server }) => {
    await page.settle();
    assert.ok(read("#wait").startsWith("La séance Pas de réseau, et cet appareil ne garde rien de cette séance"));
    assert.ok(theButton("Réessayer").getAttribute("href").endsWith(`/seance/${ID}?attendre=1`));
    await page.pass(15000);
    assert.deepEqual(page.went, []);
    server.isUp = true;
    await page.pass(15000);
    assert.deepEqual(page.went, [`/seance/${ID}?attendre=1`]);
  }));

test("without network, a device that keeps the meeting shows nothing before its code, then goes on with its clock",
  inRoom({ ...withoutData, minute: 3, async before(page, server) {
    server.isUp = false;
    keepHere();
    localStorage.setItem("collectifs-garde", "oui");
    Object.defineProperty(navigator, "serviceWorker", { value: {}, configurable: true });
    Object.defineProperty(navigator, "locks", { value: { request: async (_, work) => work() }, configurable: true });
    const { Keeper } = await import("../../collectifs/static/js/live/keeper.js");
    const { openStore } = await import("../../collectifs/static/js/live/store.js");
    const known = { meeting: ID, person: "maud", device: "cet-appareil", endsAt: START + 120 * MINUTE, code: "830529" };
    const keeper = await Keeper.make({ store: await openStore({ make: true }), ...known, now: START });
    keeper.put(begun(), false);
    keeper.remember("page", DATA);
    await keeper.settled();
  } }, async ({ page }) => {
    await page.settle();
    assert.ok(!read("main").includes("Ouverture"));
    assert.deepEqual(offered(".device-dialog"), ["Ouvrir"]);
    document.getElementById("appareil-code").value = "830529";
    document.querySelector(".device-dialog form").dispatchEvent(new Event("submit", { cancelable: true }));
    await page.until(() => read("h1") === "Ouverture");
    await page.pass(500);
    assert.equal(read(".time-left"), "1:59");
    press("Étape suivante");
    await page.pass(500);
    assert.equal(read("h1"), "Ce qui a été essayé");
  }));

test("whatever fails while nothing is shown, a sentence says so with the way on; later it says nothing",
  inRoom({ ...withoutData, before: (_, server) => { server.isUp = false; } }, async ({ page }) => {
    dispatchEvent(new Event("error"));
    assert.ok(read("#wait").includes("La séance ne s’est pas ouverte."));
    assert.ok(offered("#wait").includes("Recharger la page"));
    document.getElementById("wait").remove();
    dispatchEvent(new Event("unhandledrejection"));
    await page.settle();
  }));

test("the page answers for its person alone: somebody else who signed in here sends nothing in their name",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.says[DATA.urls.gestures] = [409, {}];
    press("Étape suivante");
    await page.pass(500);
    assert.ok(read("#kept").startsWith("Une autre personne s’est connectée ici : rien ne part à son nom : 1 action"));
    assert.deepEqual(server.asked.at(-1).body.person, "maud");
  }));

// ---------- What comes from elsewhere ----------

test("a gesture that another version made is left aside, and said once",
  inRoom({ events: [...begun(), gesture("sung", {}, 1)], minute: 2 }, async ({ page, server }) => {
    assert.ok(read(".undo").startsWith("Une action faite ailleurs n’est pas montrée ici"));
    assert.equal(offered(".undo").length, 1);
    press("Fermer", ".undo");
    server.events.push(gesture("danced", {}, 2));
    await page.pass(16000);
    assert.equal(read(".undo"), "");
  }));

test("a note that another device put into the draft stands on this desk too",
  inRoom({ events: [...at("sheet", 95), gesture("note_written", {
    note: "n1", lane: "sheet", step: "answers", text: "Se taire" }, 80)], minute: 96 }, async ({ page, server }) => {
    server.events.push(gesture("note_copied_to_sheet", { note: "n1" }, 96));
    await page.pass(16000);
    const answers = [...document.querySelectorAll("#sheet-desk [data-answer=text]")].map(({ value }) => value);
    assert.ok(answers.includes("Se taire"), answers.join());
  }));

test("back in front after a sleep the page is right at once, and asks for the news",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.events.push(gesture("step_entered", { step: "back" }, 2));
    page.now += 2 * MINUTE;
    document.dispatchEvent(new Event("visibilitychange"));
    assert.equal(read(".time-left"), "2:00");
    await page.settle();
    assert.equal(read("h1"), "Ce qui a été essayé");
  }));

// ---------- The wall beside ----------

test("« Projeter » opens a window of its own, which hears the room and never a note",
  inRoom({ events: begun(), minute: 1 }, async ({ page }) => {
    const event = new Event("click", { bubbles: true, cancelable: true });
    theButton("Projeter").dispatchEvent(event);
    assert.equal(page.opened[0][1], "collectifs-projection");
    const heard = [];
    const wall = new BroadcastChannel(`collectifs-seance-${ID}`);
    wall.onmessage = ({ data }) => heard.push(data);
    wall.postMessage({ kind: "hello" });
    assert.deepEqual(heard[0].gestures.map(({ kind }) => kind), ["hand_taken", "meeting_started"]);
    assert.equal(heard[0].away, false);
    document.getElementById("note").value = "Une idée";
    key("Enter", { on: document.getElementById("note") });
    press("Étape suivante");
    await page.pass(1000);
    assert.equal(heard.filter(({ kind }) => kind === "beat").length, 1);
    assert.ok(!JSON.stringify(heard).includes("Une idée"));
    assert.equal(heard.findLast(({ kind }) => kind === "room").gestures.at(-1).kind, "step_entered");
  }));

// ---------- Settings ----------

test("a soft sound is off until it is asked for; held back by the browser, it is said in the menu and on the stage",
  inRoom({ events: begun(), minute: 1, before: () => {
    globalThis.AudioContext = class {
      state = "suspended";
      resume() { return new Promise(() => {}); }
    };
  } }, async ({ page }) => {
    press(MENU);
    const end = theField("à la fin de l’étape");
    assert.equal(end.checked, false);
    assert.equal(theField("deux minutes avant").checked, false);
    assert.equal(seen("sound"), "");
    end.checked = true;
    end.dispatchEvent(new Event("change"));
    await page.pass(1000);
    assert.equal(seen("sound"), "Le navigateur retient le son : touchez « Essayer ». Essayer");
    assert.ok(document.querySelector("[data-sound]").classList.contains("is-said"));
    assert.ok(read("#shortcuts").includes("Le navigateur retient le son"));
    const volume = theField("Volume");
    assert.equal(volume.value, "50");
    volume.value = "80";
    volume.dispatchEvent(new Event("change"));
    const { sound } = await import("../../collectifs/static/js/live/settings.js");
    assert.deepEqual(sound.settings, { end: true, before: false, volume: 80 });
    end.checked = false;
    end.dispatchEvent(new Event("change"));
    await page.pass(1000);
    assert.equal(seen("sound"), "");
  }));

// ---------- Menus, and a telephone ----------

test("the menu of a note opens on the side that has more room", inRoom({ events: [
  ...begun(), gesture("note_written", { note: "n1", lane: "collective", step: "opening", text: "Une idée" }),
], minute: 1 }, async () => {
  const details = document.querySelector("[data-key=n1] details");
  const list = details.querySelector(".menu-list");
  const row = document.querySelector(".controls");
  Object.defineProperty(list, "offsetHeight", { value: 200 });
  const opens = (top, bottom) => {
    details.getBoundingClientRect = () => ({ top, bottom });
    details.dispatchEvent(new Event("toggle"));
    return list.classList.contains("is-above");
  };
  assert.equal(opens(100, 140), false);
  assert.equal(opens(660, 700), true);
  assert.equal(opens(90, 650), false, "no side has room");
  row.style.position = "fixed";
  row.getBoundingClientRect = () => ({ top: 500 });
  assert.equal(opens(340, 380), true);
}));

test("a line of a menu is taken and the menu is closed", inRoom({ events: [
  ...begun(), gesture("note_written", { note: "n1", lane: "collective", step: "opening", text: "Une idée" }),
], minute: 1 }, async () => {
  const details = document.querySelector("[data-key=n1] details");
  details.open = true;
  press("Modifier", "[data-key=n1]");
  assert.equal(details.open, false);
}));

const ORDER = "[data-ways-out], [data-capture], .plan";
const order = () => [...document.querySelectorAll(ORDER)].map(({ className }) => className).join(" ");

test("on a telephone an overrun comes after the note field, and before the plan in a wide window",
  inRoom({ events: begun(), minute: 1, isNarrow: true }, async ({ page }) => {
    assert.equal(order(), "plan capture ways-out");
    page.narrow.matches = false;
    page.narrow.dispatchEvent(new Event("change"));
    assert.equal(order(), "ways-out plan capture");
  }));

// ---------- The focus ----------

test("what had the focus and went away gives it back to the step",
  inRoom({ events: at("sheet", 95), minute: 96 }, async ({ page }) => {
    theButton("Étape précédente").focus();
    await page.pass(500);
    press("Ouverture", ".plan");
    assert.equal(focused(), "Ouverture");
  }));

test("a view that opens is read from its top, by its title; the first one takes nothing",
  inRoom({ events: at("closing", 100), minute: 101 }, async ({ page }) => {
    assert.equal(document.activeElement, document.body);
    assert.deepEqual(page.seenTop, []);
    press("Clore la séance");
    await page.settle();
    assert.deepEqual(page.seenTop, [[0, 0]]);
    assert.equal(focused(), "La séance est close");
    assert.ok((await said(page)).includes("La séance est close"));
  }));

// ---------- What this device keeps of what is being typed ----------

test("words being typed and a sheet that has not left come back on a device that keeps them",
  inRoom({ events: at("sheet", 95), minute: 96 }, async ({ page }) => {
    const { Drafts } = await import("../../collectifs/static/js/live/drafts.js");
    const told = [];
    const keeper = { remember: (...words) => told.push(words) };
    const draft = (question, text) => ({ base: { question: "", answers: [{ text: "Ancienne" }] },
      content: { question, answers: [{ text }] } });
    let sheet = null;
    const editor = {
      isDirty: false, draft: () => draft("Comment ?", "Nouvelle"), resume(kept) { sheet = kept; },
    };
    const drafts = new Drafts({ keeper: () => keeper, editor: () => editor, root: document.getElementById("live") });
    drafts.resume({ typed: { note: "Commencée", "pense-bete": "À garder" }, sheet: draft("Pourquoi ?", "Ancienne") });
    assert.equal(document.getElementById("note").value, "Commencée");
    assert.equal(sheet.content.question, "Pourquoi ?");
    assert.deepEqual(drafts.begun, ["Commencée", "À garder"]);
    drafts.keep();
    assert.deepEqual(told, [["sheet", null, true]]);
    type(document.getElementById("note"), "Commencée, et");
    drafts.keep();
    assert.deepEqual(told.at(-1), ["typed", { note: "Commencée, et", "pense-bete": "À garder" }, true]);
    drafts.keep();
    assert.equal(told.length, 2);
    editor.isDirty = true;
    assert.deepEqual(drafts.sheetWords, ["Comment ?", "Nouvelle"]);
    drafts.keep();
    assert.deepEqual(told.at(-1)[1].content.question, "Comment ?");
    drafts.forgetBegun();
    assert.deepEqual([drafts.begun, told.at(-1)], [[], ["typed", null, false]]);
    drafts.forget();
    assert.deepEqual(told.slice(-2), [["typed", null], ["sheet", null]]);
    await page.settle();
  }));

test("what was typed since is not written over by what the device kept",
  inRoom({ events: at("closing", 100), minute: 101 }, async () => {
    const { Drafts } = await import("../../collectifs/static/js/live/drafts.js");
    const drafts = new Drafts({ keeper: () => null, editor: () => null, root: document.getElementById("live") });
    type(document.getElementById("note"), "Depuis");
    drafts.resume({ typed: { note: "Avant", "prochain-place": "Mairie" } });
    assert.equal(document.getElementById("note").value, "Depuis");
    assert.equal(document.getElementById("prochain-place").value, "Mairie");
    assert.deepEqual(drafts.sheetWords, []);
  }));
