// The time in the room: what is left, the plan beside it, the ways out when it is late or early, STOP.
import assert from "node:assert/strict";
import { test } from "node:test";
import { focused, offered, press, read } from "./page.mjs";
import { at, begun, DATA, gesture, inRoom, MINUTE, said, STEPS } from "./room_house.mjs";

const title = () => read("h1");
const bar = () => ["spent", "run"].map((part) => {
  const piece = document.querySelector(`.time-bar .${part}`);
  return `${piece.getAttribute("x") ?? 0}+${piece.getAttribute("width")}`;
});
const row = (name) => {
  const found = [...document.querySelectorAll("[data-plan-rows] tr")].find((each) => read(each).startsWith(name));
  return [...found.querySelectorAll("td")].map(read);
};
const PREPARED = STEPS.map(({ minutes }) => minutes);
const revised = (server) => server.last("plan_changed").steps.map(({ minutes }) => minutes);
const sumOf = (numbers) => numbers.reduce((sum, each) => sum + each, 0);
const isOver = (part) => document.querySelector(`[data-${part}] span`).classList.contains("is-over");

test("the time of a step: what is left, its bar, what is past it",
  inRoom({ events: begun(), minute: 1 }, async ({ page }) => {
  assert.equal(read(".time"), "Il reste 4 min 5 min prévues, jusqu’à 14 h 05Il est 14 h 01");
  assert.deepEqual(bar(), ["0+0", "0+30.5"]);
  await page.wake(6 * MINUTE);
  assert.equal(read(".time-label"), "Temps dépassé de");
  assert.equal(read(".time-left"), "+2 min");
  assert.equal(document.getElementById("live").dataset.time, "over");
  assert.deepEqual(bar(), ["0+107", "109+41"]);
  assert.equal(await said(page), "Temps dépassé de 2 minutes. À ce rythme, fin à 16 heures 2, prévue à 16 heures. "
    + "3 choix sous le titre « Reprendre 3 minutes ? »");
}));

test("of a step of one minute it is said « prévue »",
  inRoom({ events: [...at("closing", 0), gesture("plan_changed", {
    steps: STEPS.map(({ id, minutes }) => ({ id, minutes: id === "closing" ? 1 : minutes })) }, 0)] }, async () => {
    assert.equal(read("[data-time-planned]"), "1 min au lieu de 5 min, jusqu’à 14 h 01");
    assert.deepEqual(row("Clôture"), ["5", "1", "0"]);
  }));

test("the plan tells minutes prepared, revised and lived, where the meeting is, and when it ends",
  inRoom({ events: [
    ...at("back", 6), gesture("step_entered", { step: "choice" }, 14.4),
    gesture("time_added", { step: "choice", seconds: 120 }, 15),
  ], minute: 16.9 }, async () => {
    assert.deepEqual(row("Ouverture"), ["5", "", "6"]);
    assert.deepEqual(row("Ce qui"), ["10", "", "8"]);
    assert.deepEqual(row("Choix"), ["10", "12", "2"]);
    assert.deepEqual(row("Exposé"), ["15", "", ""]);
    const rows = [...document.querySelectorAll("[data-plan-rows] tr")];
    assert.deepEqual(rows.map(({ className }) => className).slice(0, 4), ["is-past", "is-past", "is-now", ""]);
    assert.deepEqual(rows.map((each) => each.getAttribute("aria-current")).slice(1, 4), [null, "step", null]);
    assert.ok(rows[2].textContent.includes("(en cours)") && rows[3].querySelector(".sr").hidden);
    assert.ok(document.querySelector(".plan-table").classList.contains("is-revised"));
    assert.equal(read("[data-plan-end]"), "Fin prévue 16 h 01 1 min après l’heure");
    assert.equal(read("[data-plan-rest]"), "Il reste 1 h 45 pour 7 étapes. La salle ferme à 16 h 15.");
    assert.ok(isOver("plan-end"));
  }));

test("in time, nothing is revised and nothing is late",
  inRoom({ events: begun(), minute: 2, data: { meeting: { ...DATA.meeting, room_closes_at: null } } }, async () => {
    assert.ok(!document.querySelector(".plan-table").classList.contains("is-revised"));
    assert.ok(!isOver("plan-end"));
    assert.equal(read("[data-plan-end]"), "Fin prévue 16 h à l’heure");
    assert.equal(read("[data-plan-rest]"), "Il reste 1 h 58 pour 9 étapes.");
    for (const panel of ["replan", "early"]) assert.equal(read(`[data-${panel}]`), "", panel);
  }));

const late = { events: at("story", 37), minute: 41 }; // twelve minutes late at the fourth step

test("late: three ways with what each would change, folded until a step runs over, none taken for anybody",
  inRoom(late, async ({ page, server }) => {
    await page.pass(500);
    assert.equal(read("[data-replan]"), "Reprendre 12 min ?");
    press("Reprendre 12 minutes ?");
    await page.pass(500);
    const ways = [...document.querySelectorAll("[data-replan] .replan-choices button")].map((each) => read(each));
    assert.deepEqual(ways, [
      "Prendre sur la finGénéralisation 11 min, Clôture 2 min : fin à 16 h",
      "Raccourcir un peu partoutQuestions pour comprendre 16 min, Réponses 17 min, Mise en discussion 13 min, "
        + "Généralisation 17 min : fin à 16 h",
      "Finir à 16 h 12Chaque étape garde ses minutes. La salle ferme à 16 h 15",
    ]);
    assert.equal(read("[data-replan] p"), "À ce rythme, fin à 16 h 12. Il reste 1 h 31 pour 6 étapes, et 1 h 18 "
      + "jusqu’à 16 h. Rien ne change tant que vous n’avez pas choisi.");
    assert.equal(server.events.length, 3);
  }));

test("to take from the end changes the last steps, and is undone by one gesture",
  inRoom(late, async ({ page, server }) => {
  await page.pass(500);
  press("Reprendre 12 minutes ?");
  press("Prendre sur la fin");
  await page.pass(500);
  assert.deepEqual(revised(server), [5, 10, 10, 15, 20, 20, 15, 11, 2]);
  assert.equal(read("[data-replan]"), "");
  assert.equal(read(".undo"), "Les durées ont changé. Annuler");
  press("Annuler");
  await page.pass(500);
  assert.deepEqual(revised(server), PREPARED);
  assert.equal(read("[data-replan] summary"), "Reprendre 12 min ?");
}));

test("to end later changes no step, is not asked again, even reloaded, and is taken back by one gesture",
  inRoom(late, async ({ page, server }) => {
    await page.pass(500);
    press("Reprendre 12 minutes ?");
    press("Finir à 16 heures 12");
    await page.pass(1000);
    assert.equal(server.bodies("plan_changed").length, 0);
    assert.equal(read("[data-replan]"), "");
    assert.equal(sessionStorage.length, 1);
    assert.equal(read(".undo"), "Fin à 16 h 12 : chaque étape garde ses minutes. Annuler");
    press("Annuler");
    await page.pass(500);
    assert.equal(read("[data-replan] summary"), "Reprendre 12 min ?");
    assert.equal(sessionStorage.length, 0);
  }));

test("past the hour when the room closes, to end later shortens the steps too",
  inRoom({ events: at("story", 45), minute: 50 }, async ({ page, server }) => {
    await page.pass(500);
    press("Reprendre 20 minutes ?");
    assert.ok(!offered().some((name) => name.startsWith("Finir à")));
    press("Finir plus tard, avant 16 heures 15");
    await page.settle();
    assert.equal(sumOf(revised(server)), 120 - 5);
  }));

test("once a step runs over its time the ways unfold by themselves, are said once, and stay folded once they were",
  inRoom({ events: at("story", 25), minute: 40.4 }, async ({ page }) => {
    await said(page);
    assert.equal(read("[data-replan]"), "");
    await page.wake(MINUTE);
    assert.ok(read("[data-replan] p").startsWith("À ce rythme, fin à 16 h 01."));
    assert.ok((await said(page)).includes("3 choix sous le titre « Reprendre 2 minutes ? »"));
    assert.ok(read("[data-replan] p") !== "", "it stays unfolded");
    press("Reprendre 2 minutes ?");
    await page.wake(MINUTE);
    assert.equal(read("[data-replan]"), "Reprendre 3 min ?");
    assert.ok(!(await said(page)).includes("choix sous le titre"));
    press("Étape suivante");
    await page.pass(500);
    assert.equal(read("[data-replan]"), "Reprendre 3 min ?");
  }));

test("nobody is late on a screen that follows",
  inRoom({ ...late, events: at("story", 37, "un-autre") }, async ({ page }) => {
  await page.pass(500);
  assert.equal(read("[data-replan]"), "");
}));

test("time to spare can be given back to the steps to come, by one gesture",
  inRoom({ events: at("story", 15), minute: 16 }, async ({ page, server }) => {
    await page.pass(500);
    assert.equal(read("[data-early] summary"), "10 min d’avance : les rendre ?");
    press("10 minutes d’avance : les rendre ?");
    assert.ok(read("[data-early]").includes("Ou finir plus tôt, à 15 h 50 : il n’y a rien à faire."));
    press("Les rendre aux étapes");
    await page.pass(500);
    assert.equal(sumOf(revised(server)), 130);
    assert.equal(read("[data-early]"), "");
  }));

test("less than three minutes are not worth a word, nor time to spare at the first step",
  inRoom({ events: [...begun(), gesture("time_added", { step: "opening", seconds: -240 }, 0)] }, async ({ page }) => {
    await page.pass(500);
    assert.equal(read("[data-early]"), "");
    press("Étape suivante");
    await page.pass(500);
    assert.equal(read("[data-early] summary"), "4 min d’avance : les rendre ?");
  }));

// ---------- STOP ----------

test("STOP is offered once somebody exposes and until the last step",
  inRoom({ events: at("choice", 15), minute: 20 }, async ({ page }) => {
    const stop = "STOP de la personne qui expose";
    assert.ok(!offered().includes(stop));
    press("Exposé", ".plan");
    await page.pass(600);
    assert.ok(offered().includes(stop));
    press("Clôture", ".plan");
    assert.ok(!offered().includes(stop));
  }));

test("at STOP the room reads that it stops, nobody why; the time waits and three ways are offered",
  inRoom({ events: at("story", 25), minute: 30 }, async ({ page, server }) => {
    press("STOP de la personne qui expose");
    await page.settle();
    assert.equal(title(), "On s’arrête là");
    assert.equal(read(".stage"), "STOP On s’arrête là Parle qui le souhaite Personne n’a à dire pourquoi.");
    assert.equal(server.kinds.at(-1), "paused");
    assert.equal(focused(), "Et maintenant ?");
    for (const name of ["Étape suivante", "STOP de la personne qui expose"]) assert.ok(!offered().includes(name), name);
    assert.ok((await said(page)).startsWith("On s’arrête là. Personne n’a à dire pourquoi."));
    press("Ce n’était pas un STOP : revenir où nous en étions");
    await page.settle();
    assert.equal(title(), "Exposé");
    assert.equal(server.kinds.at(-1), "resumed");
    assert.equal(sessionStorage.length, 0);
  }));

test("after STOP, another situation: back to the choice, with the minutes that are left",
  inRoom({ events: at("story", 25), minute: 55 }, async ({ page, server }) => {
    press("STOP de la personne qui expose");
    press("Prendre une autre situation");
    await page.pass(500);
    assert.equal(title(), "Choix de la situation");
    assert.equal(read(".undo"), "On s’arrête là, sans raison à donner. Revenir à « Exposé »");
    assert.deepEqual(revised(server), [5, 10, 6, 40, 12, 12, 9, 12, 3]);
    press("Revenir à « Exposé »");
    await page.settle();
    assert.equal(title(), "Exposé");
    assert.deepEqual(revised(server), PREPARED);
  }));

test("after STOP, to close goes to the closing step, and the minutes of the exchange are not told",
  inRoom({ events: at("story", 25), minute: 30 }, async ({ page, server }) => {
    press("STOP de la personne qui expose");
    press("Clore");
    await page.pass(500);
    assert.equal(title(), "Clôture");
    assert.deepEqual(server.last("step_entered"), { step: "closing" });
    assert.deepEqual(row("Exposé"), ["15", "", ""]);
    assert.deepEqual(row("Ouverture"), ["5", "", "25"]);
  }));

test("after STOP, a pause keeps the step, without its time",
  inRoom({ events: at("story", 25), minute: 30 }, async ({ page }) => {
  press("STOP de la personne qui expose");
  press("Faire une pause");
  await page.settle();
  assert.equal(title(), "Exposé");
  assert.ok(offered().includes("Reprendre"));
}));

test("a page that is reloaded after STOP shows the ways again, on the screen that conducts",
  inRoom({ events: [...at("story", 25), gesture("paused", {}, 30)], minute: 31, kept: {
    [`collectifs-arret-${DATA.meeting.id}`]: "story/ran" } }, async ({ page, server }) => {
    assert.equal(title(), "On s’arrête là");
    press("Ce n’était pas un STOP : revenir où nous en étions");
    await page.settle();
    assert.equal(server.kinds.at(-1), "resumed");
  }));

// ---------- The slim bar ----------

test("once the great words are scrolled away a slim bar has the step, the time and the next gesture",
  inRoom({ events: at("story", 25), minute: 30 }, async ({ page, server }) => {
    assert.equal(read(".slim"), "");
    page.scroll({ isIn: false, top: -50 });
    assert.equal(read(".slim"), "Exposé la personne qui expose reste 10 min Suivante");
    press("Suivante", ".slim");
    await page.pass(500);
    assert.deepEqual(server.last("step_entered"), { step: "questions" });
    page.scroll({ isIn: false, top: 900 });
    assert.equal(read(".slim"), "");
    page.scroll({ isIn: true, top: 20 });
    assert.equal(read(".slim"), "");
  }));

test("the slim bar tells a pause, a time that is over and the close",
  inRoom({ events: [...at("closing", 100), gesture("paused", {}, 107)], minute: 108 }, async ({ page }) => {
    page.scroll({ isIn: false, top: -50 });
    assert.equal(read(".slim"), "Clôture chacun en pause +2 min Clore");
    press("Reprendre");
    await page.pass(500);
    assert.equal(read(".slim"), "Clôture chacun dépassé +2 min Clore");
  }));

test("the slim bar of a screen that follows has no gesture",
  inRoom({ events: at("story", 25, "un-autre"), minute: 30 }, async ({ page }) => {
    page.scroll({ isIn: false, top: -50 });
    assert.equal(read(".slim"), "Exposé la personne qui expose reste 10 min");
  }));
