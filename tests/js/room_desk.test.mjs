// The desk under the stage: the roll, the duties, the round, the choice of a situation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { focused, hear, offered, press, read, submit, theButton, theField, type } from "./page.mjs";
import { at, begun, gesture, inRoom, said } from "./room_house.mjs";

const seen = (part) => read(`[data-${part}]`);
const names = (list) => [...document.querySelectorAll(`${list} > li`)].filter((each) => read(each)).map(read);

// ---------- Who is there ----------

test("one tap marks a person, the last one counts, and the rest come by one button",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    assert.equal(seen("attendance-summary"), "Présences : personne encore, 4 à noter");
    const group = document.querySelector("[aria-labelledby$=karim]");
    group.querySelector("[value=absent]").click();
    group.querySelector("[value=late]").click();
    await page.settle();
    assert.equal(seen("attendance-summary"), "Présences : 1 personne là, 3 à noter");
    assert.equal(group.querySelector("[value=late]").checked, true);
    press("Tout le monde est là");
    await page.settle();
    assert.deepEqual(server.bodies("attendance_marked").map(({ who, state }) => `${who} ${state}`), [
      "karim absent", "karim late", "odile present", "ines present", "thomas present",
    ]);
    assert.equal(seen("attendance-summary"), "Présences : 4 personnes là");
    assert.ok(!offered().includes("Tout le monde est là"));
    assert.equal(await said(page), "Présences : 4 personnes là.");
    assert.equal(document.activeElement.value, "present");
  }));

test("somebody who came in is welcomed by name, is there, and is called a visitor",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    press("Ajouter une personne en visite");
    const field = theField("Son nom");
    assert.equal(field.getAttribute("maxlength"), "80");
    field.value = "   ";
    submit(field.form);
    field.value = " Léa Fontaine ";
    submit(field.form);
    await page.settle();
    const { who } = server.last("guest_welcomed");
    assert.equal(server.bodies("guest_welcomed").length, 1);
    assert.deepEqual(server.last("attendance_marked"), { who, state: "present" });
    assert.equal(names(".roll").at(-1), "Léa Fontaine en visite Là En retard A prévenu Pas là");
    assert.equal(names(".roll")[0], "Odile Ferrand Là En retard A prévenu Pas là");
    assert.equal(field.value, "");
    assert.equal(document.activeElement, field);
    assert.equal(await said(page), "Léa Fontaine est là.");
  }));

test("the roll is unfolded at the first step, folded afterwards", inRoom({ events: begun(), minute: 1 }, async () => {
  assert.ok(read("[data-attendance] [data-roll]").includes("Karim Ouadah"));
  press("Étape suivante");
  assert.equal(read("[data-attendance] [data-roll]"), "");
}));

test("a duty goes to somebody, is told beside the roll, and a secretary may open this screen by a square code",
  inRoom({ events: begun(), minute: 1, data: { person: "odile" } }, async ({ page, server }) => {
    assert.ok(!offered().includes("QR code pour noter"));
    type(theField("Secrétaire"), "karim");
    await page.settle();
    assert.deepEqual(server.last("duty_given"), { duty: "note_taker", who: "karim" });
    assert.ok(seen("attendance-summary").endsWith("· Secrétaire : Karim"));
    assert.ok(read("[data-duties]").includes("Karim Ouadah peut ouvrir cet écran sur son appareil pour noter."));
    press("QR code pour noter");
    await page.settle();
    const code = read("[aria-labelledby=pour-noter]");
    assert.ok(code.includes("Karim Ouadah scanne ce code : l’écran des notes s’ouvre sur son appareil"), code);
    press("Fermer", "[aria-labelledby=pour-noter]");
    assert.equal(document.querySelector("[aria-labelledby=pour-noter]"), null);
    type(theField("Secrétaire"), "odile");
    await page.settle();
    assert.ok(!offered().includes("QR code pour noter"));
    type(theField("Secrétaire"), "");
    await page.settle();
    assert.ok(!seen("attendance-summary").includes("Secrétaire"));
  }));

test("a duty is offered to those who are there",
  inRoom({ events: [...begun(), gesture("attendance_marked", { who: "ines", state: "absent" })] }, async () => {
    const options = [...theField("Temps").options].map(({ textContent }) => textContent);
    assert.deepEqual(options, ["à choisir", "Odile Ferrand", "Karim Ouadah", "Thomas Keller"]);
  }));

// ---------- Who speaks ----------

test("the floor is given, passed and given back; whoever has it is marked, and said",
  inRoom({ events: at("answers", 70), minute: 71 }, async ({ page, server }) => {
    assert.ok(document.querySelector("[data-round]").open);
    press("Au tour d’Odile");
    press("Au tour de Karim");
    await page.settle();
    assert.deepEqual(names("[data-round-list]"), ["Odile1", "Karim1", "Inès", "Thomas"]);
    assert.equal(document.querySelector("[data-round-list] [aria-current]").firstElementChild.textContent, "Karim");
    assert.equal(hear("[data-round-list] li"), "Odile, a parlé, 1 fois la parole");
    await said(page);
    press("Karim passe");
    assert.deepEqual(names("[data-round-list]"), ["Odile1", "Karimpasse", "Inès", "Thomas"]);
    assert.equal(document.querySelectorAll("[data-round-list] .is-passed").length, 1);
    assert.equal(await said(page), "Karim passe.");
    press("Inès passe");
    press("Thomas", "[data-round-list]");
    await page.settle();
    assert.deepEqual(server.bodies("turn_taken").map(({ who, how }) => `${who} ${how}`), [
      "odile given", "karim given", "karim passed", "ines passed", "thomas given",
    ]);
    assert.equal(seen("round-says"), "Le tour est fait. Touchez un nom pour y revenir.");
    assert.ok(!offered().includes("Au tour d’Odile"));
    assert.equal(await said(page), "Inès passe. Thomas a la parole.");
    theButton("Thomas passe").focus();
    press("Thomas passe");
    assert.equal(seen("round-pass"), "");
    assert.equal(focused(), "Tour de parole");
  }));

test("whoever presents listens, whoever is away is named, and the round is folded where all speak",
  inRoom({ events: [
    ...at("questions", 40), gesture("situation_chosen", { told_by: "karim" }),
    gesture("attendance_marked", { who: "ines", state: "excused" }),
  ], minute: 41 }, async ({ page }) => {
    assert.deepEqual(names("[data-round-list]"), ["Odile", "Thomas"]);
    assert.equal(seen("round-says"), "Karim expose : écoute sans prendre la parole. N’est pas là : Inès.");
    document.querySelector("[aria-labelledby$=odile] [value=absent]").click();
    await page.settle();
    assert.ok(seen("round-says").endsWith("Ne sont pas là : Odile, Inès."));
    press("Mise en discussion", ".plan");
    assert.ok(!document.querySelector("[data-round]").open);
  }));

test("the person who presents is not known by name when the situation was sent",
  inRoom({
    events: [...at("questions", 40), gesture("situation_chosen", { situation: "s1" })], minute: 41,
  }, async () => {
    assert.equal(seen("round-says"), "La personne qui expose écoute : passez son tour.");
  }));

// ---------- The choice ----------

test("a situation is called as its author wishes, folded, and chosen by a tap",
  inRoom({ events: at("choice", 15), minute: 16 }, async ({ page, server }) => {
    const [first, second, ready] = names("[data-pick] > .pick");
    assert.deepEqual([first, second], [
      "Un élève qui dort La relire, pour vous", "Une situation envoyée le 6 janvier La relire, pour vous",
    ]);
    assert.ok(ready.startsWith("Une situation prêteSituation de secours"));
    const folded = document.querySelectorAll("[data-pick] details.small div");
    assert.ok(!folded[0].textContent.includes("Un élève qui dort") && folded[0].textContent.includes("Il dort."));
    assert.ok(folded[1].textContent.includes("Un parent au portail"));
    assert.equal(seen("chosen"), "");
    document.querySelector("[value='situation/s2']").click();
    await page.settle();
    assert.deepEqual(server.last("situation_chosen"), { situation: "s2" });
    assert.equal(seen("chosen"), "La situation : Un parent au portail");
    assert.equal(document.querySelector("[value='situation/s2']").checked, true);
    assert.equal(seen("never"), "N’ont pas encore exposé : Karim Ouadah, Inès Cardoso. Rien n’y oblige.");
    press("Une situation dite de vive voix");
    theField("Karim Ouadah").click();
    await page.settle();
    assert.deepEqual(server.last("situation_chosen"), { told_by: "karim" });
    assert.equal(seen("chosen"), "La situation : Racontée par Karim Ouadah");
    assert.equal(seen("never"), "N’a pas encore exposé : Inès Cardoso. Rien n’y oblige.");
  }));

test("nobody who is away tells a situation, nor is said to have never presented",
  inRoom({ events: [...at("choice", 15), gesture("attendance_marked", { who: "karim", state: "absent" })],
    data: { situations: [], spare: null, remembers_all: false }, minute: 16 }, async () => {
    assert.ok(read("[data-pick]").startsWith("Personne n’en a proposé à l’avance : demandez de vive voix. "
      + "Il y en a de secours, plus bas."));
    press("Une situation dite de vive voix");
    assert.deepEqual(names("[data-pick] > details > .pick"), ["Odile Ferrand", "Inès Cardoso", "Thomas Keller"]);
    assert.equal(seen("never"), "N’a pas encore exposé, d’après ce qui n’est pas effacé : Inès Cardoso. "
      + "Rien n’y oblige.");
    assert.ok(offered().includes("Une situation de secours"));
  }));

test("hands are counted when they are asked for, within the room, and choose nothing",
  inRoom({ events: at("choice", 15), minute: 16 }, async ({ page, server }) => {
    const more = "Une main de plus, urgence : Un élève qui dort";
    assert.ok(!offered().includes(more));
    theButton("Compter les mains levées").focus();
    press("Compter les mains levées");
    assert.ok(read("[data-pick]").includes("Une indication, oubliée à la clôture : rien n’est classé."));
    assert.equal(focused(), more);
    for (const name of [more, more, more, "Une main de moins, urgence : Un élève qui dort"]) press(name);
    await page.settle();
    assert.deepEqual(server.bodies("hands_counted"), [1, 2, 3, 2].map((count) => (
      { about: "s1", criterion: "urgency", count })));
    assert.equal(document.querySelector("[data-about=s1] [data-criterion=urgency]").value, "2");
    assert.equal(document.querySelector("[data-about=s1] [data-criterion=resonance]").value, "0");
    assert.ok(!offered().includes("Compter les mains levées"));
    assert.equal(server.bodies("situation_chosen").length, 0);
  }));

test("hands counted elsewhere are shown at once",
  inRoom({ minute: 16, events: [
    ...at("choice", 15), gesture("hands_counted", { about: "told:ines", criterion: "resonance", count: 3 }),
  ] }, async () => {
    press("Une situation dite de vive voix");
    assert.ok(offered().includes("Une main de plus, résonance : Inès Cardoso"));
    assert.equal(document.querySelector("[data-about='told:ines'] [data-criterion=resonance]").value, "3");
  }));

test("a spare situation changes who speaks, and its words unfold where they are read",
  inRoom({ events: [...at("choice", 15), gesture("situation_chosen", { spare: "autre" }, 16)],
    data: { spare_link: "https://video.example/a" }, minute: 17 }, async ({ page }) => {
    assert.equal(seen("chosen"), "La situation : Une autre prête");
    assert.ok(document.querySelector("[data-halt]").textContent.includes("pour tout le monde"));
    press("Étape suivante");
    assert.equal(read(".stage"),
      "Étape 4 sur 9 Exposé Parle une voix qui lit Se tait les autres On lit jusqu’au bout.");
    assert.ok(seen("chosen").includes("Le récit de autre."));
    assert.ok(!seen("chosen").includes("Qui le sait ?"));
    assert.equal(theButton("Ouvrir la vidéo (nouvel onglet)").getAttribute("href"), "https://video.example/a");
    assert.equal(seen("prompt"), "« Lisez lentement. »");
    assert.equal(document.querySelector(".is-side").dataset.chosen, "");
    await page.pass(500);
    press("Étape suivante");
    assert.ok(seen("chosen").includes("Qui le sait ?") && !seen("chosen").includes("Le récit de autre."));
    assert.equal(seen("prompt"), "« Est-ce la première fois ? »");
  }));
