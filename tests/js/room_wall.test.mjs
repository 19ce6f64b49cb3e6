// What stands on the wall: the step, who speaks, the time left; what it says when it is cut off; its three keys.
import assert from "node:assert/strict";
import { test } from "node:test";
import { key, offered, Page, press, read, theButton } from "./page.mjs";
import { at, begun, closed, DATA, gesture, MINUTE, Server, START } from "./room_house.mjs";

const WALL = DATA.urls.projection;
const seen = (part) => read(`[data-${part}]`);
const face = () => document.getElementById("beam").dataset;
let opened = 0;

// `before(page)`: what this browser is, before the page opens in it.
const onWall = ({ events = [], minute = 0, before = () => {} } = {}, work) => async () => {
  const page = new Page("wall", { at: START + minute * MINUTE, address: `https://collectifs.example${WALL}` });
  const server = new Server([...events]);
  globalThis.fetch = async (address, asked) => {
    server.says[`${WALL}/etat`] ??= [200, {
      sequence: server.events.length, events: server.events, steps: DATA.steps, starts_at: DATA.meeting.starts_at,
      time_zone: "Europe/Paris",
    }];
    return server.fetch(address, asked);
  };
  before(page);
  opened += 1;
  await import(`../../collectifs/static/js/beam.js?${opened}`);
  await page.pass(500);
  try {
    await work({ page, server, told: (answer) => { server.says[`${WALL}/etat`] = answer; } });
  } finally {
    await page.close();
  }
};

test("before the start the wall says when it begins", onWall({ minute: -5 }, async () => {
  assert.equal(read("main"), "Nous commençons bientôt Le regroupement commence à 14 h.");
  assert.equal(seen("next"), "");
  assert.equal(face().face, "wait");
}));

test("while it runs: the step, who speaks, who keeps silent, the rule, the time left, what comes next",
  onWall({ events: at("story", 25), minute: 30 }, async () => {
    assert.equal(read("main"), "Exposé Parle la personne qui expose Se tait les pairs Il reste 10 min Personne "
      + "n’interrompt.");
    assert.equal(seen("next"), "Ensuite : Questions pour comprendre");
    assert.deepEqual([face().face, face().time], ["running", "running"]);
  }));

test("a step where nobody keeps silent, without a rule, shows neither",
  onWall({ events: at("talk", 90), minute: 91 }, async () => {
    assert.equal(read("main"), "Mise en discussion Parle tout le monde Il reste 14 min");
  }));

test("the question that was put there stands in the place of the rule",
  onWall({
    events: [...at("choice", 15), gesture("question_shown", { text: "Comment ?" }, 16)], minute: 17,
  }, async () => {
    assert.equal(seen("asked"), "Comment ?");
    assert.equal(seen("rule"), "");
  }));

test("the last step, a pause, a time that is over, the close", onWall({
  events: [...at("closing", 100), gesture("paused", {}, 103)], minute: 104,
}, async ({ page, told, server }) => {
  assert.equal(seen("next"), "C’est la dernière étape.");
  assert.equal(read(".beam-time"), "En pause, il reste 2:00");
  assert.equal(face().time, "paused");
  const later = (more) => told([200, { sequence: 9, events: [...server.events, ...more], steps: DATA.steps }]);
  later([gesture("resumed", {}, 104)]);
  await page.wake(4 * MINUTE);
  await page.pass(4000);
  assert.equal(read(".beam-time"), "Temps dépassé de +2 min");
  assert.equal(face().time, "over");
  later([gesture("resumed", {}, 104), gesture("paused", {}, 108)]);
  await page.pass(8000);
  assert.equal(seen("time-label"), "En pause");
  told([200, { sequence: 12, events: closed(112) }]);
  await page.pass(4000);
  assert.equal(read("main"), "Merci.");
  assert.equal(seen("next"), "");
}));

test("a spare situation is known by what the step says of it alone",
  onWall({ events: [...at("story", 25), gesture("situation_chosen", { spare: true }, 26)], minute: 30 }, async () => {
    assert.equal(seen("speaks"), "une voix qui lit");
    assert.equal(seen("rule"), "On lit jusqu’au bout.");
  }));

// ---------- Cut off ----------

test("once without network is nothing; twice is said, and what stands on the wall stays",
  onWall({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.isUp = false;
    await page.pass(4000);
    assert.equal(seen("away"), "");
    await page.pass(2000);
    assert.equal(seen("away"), "Hors réseau");
    assert.equal(seen("step"), "Ouverture");
    server.isUp = true;
    dispatchEvent(new Event("online"));
    await page.pass(500);
    assert.equal(seen("away"), "");
  }));

test("a session that expired is said", onWall({ events: begun(), minute: 1 }, async ({ page, told }) => {
  told([401, {}]);
  await page.pass(8000);
  assert.equal(seen("away"), "Connexion expirée");
}));

test("a meeting that is gone is thanked for where nothing is known of it, and left as it is elsewhere",
  onWall({}, async ({ page, told }) => {
    told([410, {}]);
    await page.pass(4000);
    assert.equal(read("main"), "Merci.");
    assert.equal(seen("away"), "La projection ne suit plus");
  }));

test("gone while it ran, the step stays", onWall({ events: begun(), minute: 1 }, async ({ page, told }) => {
  told([410, {}]);
  await page.pass(4000);
  assert.equal(seen("step"), "Ouverture");
  assert.equal(seen("away"), "La projection ne suit plus");
}));

test("without network it follows the window beside, whose clock it takes, and says so",
  onWall({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.isUp = false;
    const beside = new BroadcastChannel(`collectifs-seance-${DATA.meeting.id}`);
    const say = (more) => beside.postMessage({ kind: "room", offset: MINUTE, away: true, steps: DATA.steps, ...more });
    say({ gestures: [...begun(), gesture("step_entered", { step: "back" }, 1)] });
    await page.pass(500);
    assert.equal(seen("step"), "Ce qui a été essayé");
    assert.equal(seen("time-left"), "9 min");
    assert.equal(seen("away"), "Hors réseau : suit l’écran voisin");
    beside.postMessage({ kind: "beat", offset: MINUTE, away: false });
    await page.pass(500);
    assert.equal(seen("away"), "");
  }));

// ---------- Its keys ----------

test("T hides the time, for this browser, B makes the screen black, Escape brings it back",
  onWall({ events: begun(), minute: 1 }, async () => {
    assert.deepEqual(offered(".beam-foot"), ["T Cacher le temps", "B Écran noir"]);
    const has = (name) => document.body.hasAttribute(`data-${name}`);
    assert.ok(!has("hide-time") && !has("black"));
    key("t");
    assert.ok(has("hide-time"));
    assert.equal(theButton("T Cacher le temps").getAttribute("aria-pressed"), "true");
    assert.equal(localStorage.getItem("collectifs-projection-sans-temps"), "oui");
    press("T Cacher le temps");
    assert.equal(localStorage.getItem("collectifs-projection-sans-temps"), "non");
    for (const held of ["ctrlKey", "altKey", "metaKey", "repeat"]) key("b", { [held]: true });
    assert.ok(!has("black"));
    key("B");
    assert.ok(has("black"));
    assert.equal(document.querySelector("main").lastElementChild.textContent, "Écran noir");
    key("Escape");
    assert.ok(!has("black"));
    assert.ok(!document.querySelector("main").textContent.includes("Écran noir"));
    press("B Écran noir");
    press("B Écran noir");
    assert.ok(!has("black"));
  }));

test("the time stays hidden in this browser",
  onWall({ before: () => localStorage.setItem("collectifs-projection-sans-temps", "oui") }, async () => {
    assert.ok(document.body.hasAttribute("data-hide-time"));
  }));

test("the keys fade after four seconds, and come back as soon as somebody moves", onWall({}, async ({ page }) => {
  const isQuiet = () => document.body.classList.contains("is-quiet");
  await page.pass(3000);
  assert.equal(isQuiet(), false);
  await page.pass(1000);
  assert.equal(isQuiet(), true);
  document.dispatchEvent(new Event("pointermove"));
  assert.equal(isQuiet(), false);
  await page.pass(3500);
  document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  await page.pass(3500);
  assert.equal(isQuiet(), false);
}));

test("F fills the screen where the browser does, and leaves it", onWall({
  before: () => Object.defineProperty(document, "fullscreenEnabled", { value: true }),
}, async ({ page }) => {
  const full = (element) => {
    Object.defineProperty(document, "fullscreenElement", { value: element, configurable: true });
    document.dispatchEvent(new Event("fullscreenchange"));
  };
  const asked = [];
  document.documentElement.requestFullscreen = async () => asked.push("in");
  document.exitFullscreen = async () => asked.push("out");
  key("f");
  await page.settle();
  full(document.documentElement);
  assert.equal(theButton("F Plein écran").getAttribute("aria-pressed"), "true");
  press("F Plein écran");
  await page.settle();
  full(null);
  assert.deepEqual(asked, ["in", "out"]);
  document.documentElement.requestFullscreen = async () => { throw new Error("refused"); };
  press("F Plein écran");
  await page.settle();
  assert.ok(!offered().includes("F Plein écran"));
}));

test("the largest writing with which everything stands on the wall is taken",
  onWall({ events: begun(), minute: 1 }, async ({ page }) => {
    const main = document.getElementById("beam");
    let [highest, widest] = [3, 0]; // the sizes from which it stands
    Object.defineProperties(document.documentElement, {
      scrollHeight: { get: () => (Number(main.dataset.size) >= highest ? 800 : 801) },
    });
    Object.defineProperties(main, {
      scrollWidth: { get: () => (Number(main.dataset.size) >= widest ? 1280 : 1281) }, clientWidth: { value: 1280 },
    });
    dispatchEvent(new Event("resize"));
    assert.equal(face().size, "3");
    [highest, widest] = [0, 5];
    key("t");
    assert.equal(face().size, "5");
    [highest, widest] = [9, 9];
    dispatchEvent(new Event("resize"));
    assert.equal(face().size, "7");
    await page.settle();
  }));
