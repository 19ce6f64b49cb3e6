// What leaves the room and when: the next date, what waits to be sent, the close, a relay.
import assert from "node:assert/strict";
import { test } from "node:test";
import { focused, key, offered, press, read, submit, theButton, theField, type } from "./page.mjs";
import { at, begun, closed, DATA, gesture, inRoom } from "./room_house.mjs";

const seen = (part) => read(`[data-${part}]`);
const write = (text) => {
  const field = document.getElementById("note");
  field.value = text;
  key("Enter", { on: field });
};

// ---------- The next date ----------

const NOTED = gesture("note_written", { note: "a", lane: "collective", step: "opening", text: "Une idée" });
const fix = (values) => {
  const form = document.querySelector("[data-next-form]");
  for (const [name, value] of Object.entries(values)) type(form.elements[name], value);
  submit(form);
};
const agreed = (server) => server.asked.filter(({ path }) => path === DATA.urls.agree).map(({ body }) => body);

test("the next date is fixed at the closing step: it begins as this one, and is shown once it is taken",
  inRoom({ events: at("closing", 100), minute: 101 }, async ({ page, server }) => {
    await page.settle();
    assert.equal(theField("Début").value, "14:00");
    assert.equal(theField("Lieu").value, "Salle B 12");
    server.says["/prochaine"] = [200, { title: "3e regroupement", when: "mercredi 3 février", url: "/changer" }];
    fix({ day: "2027-02-03" });
    await page.settle();
    assert.deepEqual(agreed(server), [{ day: "2027-02-03", starts: "14:00", ends: "", place: "Salle B 12", keep: "" }]);
    assert.equal(seen("next"), "La prochaine date 3e regroupement Mercredi 3 février. La changer");
    assert.equal(document.activeElement.dataset.nextSaid, "");
    assert.equal(theButton("La changer").getAttribute("href"), "/changer");
  }));

test("an unusual date is asked, and kept by the same button; another day is another question",
  inRoom({ events: at("closing", 100), minute: 101 }, async ({ page, server }) => {
    await page.settle();
    server.says["/prochaine"] = [422, {
      errors: { place: "Indiquez le lieu." }, refusal: "", warnings: ["Un dimanche. La garder ?"], keep: "x",
    }];
    fix({ day: "2027-02-07", place: " " });
    await page.settle();
    assert.ok(seen("next").includes("Un dimanche. La garder ?"));
    assert.equal(read("#prochain-place-erreur"), "Indiquez le lieu.");
    assert.equal(read("#prochain-day-erreur"), "");
    assert.equal(document.getElementById("prochain-place").getAttribute("aria-invalid"), "true");
    assert.equal(document.activeElement.id, "prochain-place");
    press("Garder cette date");
    submit(document.querySelector("[data-next-form]"));
    await page.settle();
    assert.equal(agreed(server).at(-1).keep, "x");
    type(document.getElementById("prochain-day"), "2027-02-10");
    assert.equal(seen("next-ask"), "");
    assert.ok(offered().includes("Fixer cette date"));
  }));

test("a date that was fixed already is shown at once; whoever stands in for one meeting moves no other",
  inRoom({ events: at("closing", 100), minute: 101, data: { next: {
    ...DATA.next, planned: { title: "3e regroupement", when: "jeudi", url: "" } } } }, async ({ page }) => {
    await page.settle();
    assert.equal(seen("next"), "La prochaine date 3e regroupement Jeudi.");
    assert.equal(document.activeElement, document.body);
    press("Étape précédente");
    assert.equal(seen("next"), "");
  }));

// ---------- What waits to be sent ----------

test("without network what is done is kept in this page, said in the bar, and leaves when it is back",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    assert.equal(read("#kept"), "Tout est enregistré");
    server.isUp = false;
    press("Étape suivante");
    await page.pass(1000);
    assert.equal(read("#kept"), "Plus de réseau : 1 action gardée dans cette page seulement, laissez-la ouverte");
    server.isUp = true;
    dispatchEvent(new Event("online"));
    await page.pass(500);
    assert.equal(read("#kept"), "Tout est enregistré");
    assert.equal(server.bodies("step_entered").length, 1);
  }));

test("a session that expired is said, with the way in beside; the meeting goes on",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.says[DATA.urls.gestures] = [401, {}];
    press("Étape suivante");
    await page.pass(500);
    assert.equal(read("#kept"), "Votre connexion a expiré, la séance continue : 1 action gardée dans cette page "
      + "seulement, laissez-la ouverteEntrer de nouveau, dans un autre onglet");
    assert.equal(read("h1"), "Ce qui a été essayé");
  }));

test("what the server refuses is taken back, and said",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    const asked = server.fetch.bind(server);
    globalThis.fetch = async (address, sent = {}) => {
      if (!sent.body || !address.endsWith("/gestes")) return asked(address, sent);
      const refused = JSON.parse(sent.body).events.map(({ id }) => ({ id, why: "La séance est close." }));
      return Response.json({ sequence: 2, accepted: [], refused });
    };
    press("Étape suivante");
    await page.pass(500);
    assert.equal(read("h1"), "Ouverture");
    assert.equal(read(".undo"), "La séance est close.");
  }));

test("the page may not be left while something has not",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
  const isHeld = () => {
    const event = new Event("beforeunload", { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.equal(isHeld(), false);
  document.getElementById("note").value = "Commencée";
  assert.equal(isHeld(), true);
  document.getElementById("note").value = " ";
  assert.equal(isHeld(), false);
  write("Une idée");
  await page.settle();
  press("Modifier, déplacer ou supprimer la note « Une idée »");
  press("Modifier");
  assert.equal(isHeld(), false);
  document.activeElement.value = "Autre";
  assert.equal(isHeld(), true);
  press("Annuler", ".lanes");
  server.isUp = false;
  press("Étape suivante");
  await page.settle();
  assert.equal(isHeld(), true);
}));

test("as the page is left what waits makes one last attempt",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
  server.isUp = false;
  press("Étape suivante");
  await page.settle();
  server.isUp = true;
  dispatchEvent(new Event("pagehide"));
  await page.settle();
  assert.equal(server.bodies("step_entered").length, 1);
}));

// ---------- Closed ----------

test("once closed: when it ended, how long it lasted, the notes, the roll, minutes prepared and lived",
  inRoom({ events: [...closed(112), NOTED, gesture("attendance_marked", { who: "ines", state: "late" })],
    minute: 113 }, async ({ page }) => {
    assert.equal(read("h1"), "La séance est close");
    assert.equal(document.title, "La séance est close – Collectifs");
    assert.equal(document.getElementById("live").dataset.time, "closed");
    assert.equal(seen("lead"), "Fin à 15 h 52, 8 min avant l’heure ; 1 h 52 de travail.");
    assert.ok(read('.lane[aria-label="Du collectif"]').endsWith("OuvertureUne idée"));
    assert.equal(document.querySelector("[aria-labelledby$=ines] [value=late]").checked, true);
    assert.ok(read("[data-plan-rows]").includes("Clôture 5 5"));
    assert.equal(theButton("Finir la fiche").getAttribute("href"), "/fiche");
    for (const name of ["Clore la séance", "Ouverture"]) assert.ok(!offered().includes(name), name);
    for (const part of ["unsent-warning", "begun", "handover"]) assert.equal(seen(part), "", part);
    await page.settle();
  }));

test("once closed, an exchange that was not lived whole is one line, wherever it was left",
  inRoom({ events: [...at("story", 25), gesture("step_entered", { step: "questions" }, 40),
    gesture("step_entered", { step: "closing" }, 50), gesture("meeting_closed", {}, 55)], minute: 56 }, async () => {
    const rows = [...document.querySelectorAll("[data-plan-rows] tr")].filter((each) => !each.hidden).map(read);
    assert.deepEqual(rows.map((each) => each.split(/ \d/u)[0]), [
      "Ouverture", "Ce qui a été essayé", "Choix de la situation", "L’échange", "Clôture",
    ]);
    assert.ok(rows[3].startsWith("L’échange 1 h 30 25"), rows[3]);
  }));

test("minutes prepared and lived are for whoever leads: the secretary is not shown them",
  inRoom({ events: closed(112), minute: 113, data: { role: "note_taker" } }, async () => {
    assert.equal(read("h1"), "La séance est close");
    assert.equal(document.querySelector("[data-plan-rows]"), null);
  }));

test("a note begun at the close is noted, or erased",
  inRoom({ events: at("closing", 100), minute: 101 }, async ({ page, server }) => {
  document.getElementById("note").value = "Commencée";
  press("Clore la séance");
  await page.pass(1000);
  assert.ok(seen("begun").startsWith("Une note commencée n’est pas notée : « Commencée »"));
  press("La noter");
  await page.pass(500);
  assert.deepEqual({ ...server.last("note_written"), note: "" },
    { note: "", lane: "collective", step: "closing", text: "Commencée" });
  assert.equal(seen("begun"), "");
  assert.equal(focused(), "La séance est close");
}));

test("a note begun at the close and erased is nowhere",
  inRoom({ events: at("closing", 100), minute: 101 }, async ({ page, server }) => {
  document.getElementById("pense-bete").value = "Commencée";
  press("Clore la séance");
  await page.pass(1000);
  press("L’effacer");
  await page.pass(500);
  assert.equal(seen("begun"), "");
  assert.equal(server.bodies("note_written").length, 0);
}));

test("left open and found again the next day it is to be read again, and closed at its last action",
  inRoom({ events: at("closing", 110), minute: 24 * 60 }, async ({ page, server }) => {
    assert.equal(read("h1"), "Restée ouverte : à relire");
    assert.equal(seen("lead"),
      "Personne n’a clos la séance : fermée d’ici, elle finit à 15 h 50, à la dernière action.");
    assert.ok(!offered().includes("Finir la fiche") && offered().includes("Rouvrir"));
    press("Clore la séance");
    await page.settle();
    assert.equal(server.events.at(-1).happened_at, "2027-01-13T14:50:00.001Z");
    assert.equal(read(".undo"), "Close à 15 h 50, l’heure de la dernière action.");
    assert.equal(read("h1"), "La séance est close");
  }));

test("a device that only followed is told so once it is closed",
  inRoom({ events: [...at("closing", 100, "un-autre"), gesture("meeting_closed", {}, 110)], minute: 111, data: {
    role: "note_taker" } }, async () => {
    assert.equal(seen("handover"), "Vous avez pris les notes : un autre appareil a conduit la séance.");
    assert.ok(!offered().includes("Rouvrir la séance"));
    assert.ok(!read("main").includes("Qui était là"));
  }));

test("from the closed room one goes to the sheet at once when all has left",
  inRoom({ events: closed(), minute: 121 }, async () => {
    const event = new Event("click", { bubbles: true, cancelable: true });
    theButton("Finir la fiche").dispatchEvent(event);
    assert.equal(event.defaultPrevented, false);
  }));

test("once closed with actions that have not left, it is said how many",
  inRoom({ events: at("closing", 100), minute: 101 }, async ({ page, server }) => {
    server.isUp = false;
    press("Clore la séance");
    await page.pass(1500);
    assert.equal(seen("unsent-warning"),
      "1 action n’est pas encore partie : gardez cette page ouverte jusqu’au retour du réseau.");
    document.querySelector("[aria-labelledby$=ines] [value=late]").click();
    await page.pass(500);
    assert.ok(seen("unsent-warning").startsWith("2 actions ne sont pas encore parties :"));
    const link = theButton("Finir la fiche");
    const event = new Event("click", { bubbles: true, cancelable: true });
    link.dispatchEvent(event);
    assert.equal(event.defaultPrevented, true);
    server.isUp = true;
    dispatchEvent(new Event("online"));
    await page.pass(2000);
    assert.ok(page.went.at(-1).endsWith("/fiche"));
    assert.equal(seen("unsent-warning"), "");
  }));

// ---------- A relay ----------

test("a screen that no longer conducts keeps the words that never left, to be copied, then erased",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.isUp = false;
    write("Jamais partie");
    document.getElementById("pense-bete").value = "Commencée";
    await page.pass(500);
    server.isUp = true;
    const asked = server.fetch.bind(server);
    globalThis.fetch = async (address, sent) => (address.includes("/seance/")
      ? new Response("{}", { status: 404, headers: { "X-Person": "maud", "Content-Type": "application/json" } })
      : asked(address, sent));
    dispatchEvent(new Event("online"));
    await page.pass(500);
    assert.equal(read("h1"), "Cet écran ne conduit plus");
    assert.equal(read("[data-words-list]"), "Jamais partie Commencée");
    assert.equal(read("#kept"), "Cet écran ne conduit plus");
    assert.ok(!offered().includes("Projeter"));
    press("Copier ces mots");
    await page.settle();
    assert.deepEqual(page.copied, ["Jamais partie\n\nCommencée"]);
    assert.equal(seen("words-said"), "Copié.");
    press("Les effacer de cet appareil");
    await page.pass(500);
    assert.equal(seen("words"), "");
    assert.equal(seen("words-said"), "Effacé de cet appareil.");
    assert.equal(focused(), "Cet écran ne conduit plus");
  }));

test("when the notes have perished on the server, it is said, and that they are here too",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.says[DATA.urls.state] = [410, {}];
    dispatchEvent(new Event("online"));
    await page.pass(1000);
    assert.equal(read("#kept"), "Les notes de ce regroupement sont effacées, ici aussi");
  }));
