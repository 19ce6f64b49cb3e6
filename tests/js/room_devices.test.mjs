// La main from one device to another, by a square code; a device prepared, opened by its code, left; a sign-out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepHere } from "./kept_here.mjs";
import { offered, press, read, submit } from "./page.mjs";
import { at, begun, closed, DATA, gesture, inRoom, MINUTE, START } from "./room_house.mjs";

const seen = (part) => read(`[data-${part}]`);
const ID = DATA.meeting.id;
const MENU = "Raccourcis et réglages";
const GIVE = "Passer la main à un autre appareil";
const TAKE = "Prendre la main sur cet appareil";
const offers = (dialog) => read(`dialog[aria-labelledby=${dialog}]`);

// ---------- La main ----------

const code = (seconds) => [200, {
  url: "https://collectifs.example/seance/x#main=abc", rows: ["101"],
  expires_at: new Date(START + MINUTE + seconds * 1000).toISOString(),
}];

test("la main is offered by a square code for two minutes, to a device of one's own or the secretary's",
  inRoom({ events: [...begun(), gesture("duty_given", { duty: "note_taker", who: "ines" })], minute: 1 },
    async ({ page, server }) => {
      server.says[DATA.urls.offer_hand] = code(120);
      press(MENU);
      press(GIVE);
      await page.pass(500);
      assert.deepEqual(server.asked.at(-1), { path: DATA.urls.offer_hand, body: { device: "cet-appareil" } });
      assert.ok(offers("passer-la-main").startsWith("Passer la main Votre téléphone (entré sous votre nom), ou "
        + "l’appareil d’Inès Cardoso, secrétaire. Deux minutes, une seule fois."));
      assert.ok(offers("passer-la-main").includes("Encore 1 min 59 s."));
      assert.equal(document.querySelectorAll(".square-code path").length, 1);
      assert.equal(document.getElementById("adresse-main").value, "https://collectifs.example/seance/x#main=abc");
      assert.ok(!offered().includes("Un nouveau code"));
      press("Copier l’adresse");
      await page.settle();
      assert.deepEqual(page.copied, ["https://collectifs.example/seance/x#main=abc"]);
      assert.ok(offers("passer-la-main").includes("Adresse copiée."));
      await page.wake(2 * MINUTE);
      assert.ok(offers("passer-la-main").includes("Ce code ne vaut plus."));
      assert.equal(document.querySelectorAll(".square-code path").length, 0);
      assert.equal(document.getElementById("adresse-main").value, "");
      assert.ok(!offered().includes("Copier l’adresse"));
      press("Un nouveau code");
      server.says[DATA.urls.offer_hand] = code(300);
      await page.settle();
      press("Fermer", "dialog[aria-labelledby=passer-la-main]");
      assert.equal(offers("passer-la-main"), "");
    }));

test("without network there is no code, and another way is told; what the server says is told as it says it",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.isUp = false;
    press(MENU);
    press(GIVE);
    await page.settle();
    assert.ok(offers("passer-la-main").includes("Le réseau ne répond pas : un code en a besoin."));
    assert.ok(!offers("passer-la-main").includes("secrétaire"));
    server.isUp = true;
    server.says[DATA.urls.offer_hand] = [422, { why: "Trop de codes." }];
    press("Un nouveau code");
    await page.settle();
    assert.ok(offers("passer-la-main").includes("Trop de codes."));
  }));

test("an address that is not copied is selected instead",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.says[DATA.urls.offer_hand] = code(120);
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    press(MENU);
    press(GIVE);
    await page.settle();
    press("Copier l’adresse");
    await page.settle();
    assert.ok(offers("passer-la-main").includes("Copiez l’adresse sélectionnée."));
  }));

test("once la main has gone, the code is closed and the menu no longer offers it",
  inRoom({ events: begun(), minute: 1 }, async ({ page, server }) => {
    server.says[DATA.urls.offer_hand] = code(120);
    press(MENU);
    press(GIVE);
    await page.settle();
    server.events.push(gesture("hand_taken", { device: "un-autre" }, 1, 2));
    await page.pass(2500);
    assert.equal(offers("passer-la-main"), "");
    assert.ok(!offered().includes(GIVE));
  }));

test("on the other device the code offers la main, which is taken by a press and not before",
  inRoom({ events: at("story", 25, "un-autre"), minute: 26, hash: "#main=abcdefghijklmnopqrstuvwxyz" },
    async ({ page, server }) => {
      await page.settle();
      assert.ok(offers("prendre-la-main").startsWith("Prendre la main Cet appareil conduira la séance ; l’écran qui la "
        + "conduit maintenant suivra."));
      assert.equal(server.events.length, 3);
      press(TAKE, "dialog[aria-labelledby=prendre-la-main]");
      await page.settle();
      const { pass, events: [taken] } = server.asked.at(-1).body;
      assert.deepEqual([pass, taken.kind, taken.hand, taken.body.device],
        ["abcdefghijklmnopqrstuvwxyz", "hand_taken", 2, "cet-appareil"]);
      assert.equal(offers("prendre-la-main"), "");
      await page.pass(500);
      assert.ok(offered().includes("Étape suivante"));
    }));

test("a code that does not serve any more says so; without an answer the same press may be tried again",
  inRoom({ events: at("story", 25, "un-autre"), minute: 26, hash: "#main=abcdefghijklmnopqrstuvwxyz" },
    async ({ page, server }) => {
      await page.settle();
      server.isUp = false;
      press(TAKE, "dialog[aria-labelledby=prendre-la-main]");
      await page.settle();
      assert.ok(offers("prendre-la-main").includes("Le réseau ne répond pas : essayez encore."));
      server.isUp = true;
      const refused = [{ id: "x", why: "Code déjà pris." }];
      server.says[DATA.urls.gestures] = [200, { sequence: 3, accepted: [], refused }];
      press(TAKE, "dialog[aria-labelledby=prendre-la-main]");
      await page.settle();
      assert.ok(offers("prendre-la-main").includes("Code déjà pris."));
      assert.deepEqual(offered("dialog[aria-labelledby=prendre-la-main]"), ["Fermer"]);
    }));

test("an address whose code was lost at the sign-in asks for a new one",
  inRoom({ events: at("story", 25, "un-autre"), minute: 26, kept: { "collectifs-code-perdu": "oui" } },
    async ({ page }) => {
      await page.settle();
      assert.ok(offers("prendre-la-main").includes("Demandez un nouveau code sur l’écran qui a la main."));
      assert.deepEqual(offered("dialog[aria-labelledby=prendre-la-main]"), ["Fermer"]);
      assert.equal(sessionStorage.getItem("collectifs-code-perdu"), null);
    }));

// ---------- A prepared device ----------

const workers = { register: async () => ({}), ready: Promise.resolve({}) };
let kept;
const canKeep = ({ person = "maud", unsent = [] } = {}) => () => {
  kept = keepHere();
  Object.defineProperty(navigator, "serviceWorker", { value: workers, configurable: true });
  Object.defineProperty(navigator, "locks", { value: { request: async (_, work) => work() }, configurable: true });
  Object.defineProperty(navigator, "storage", { value: { persist: async () => true }, configurable: true });
  if (!person) return;
  localStorage.setItem("collectifs-garde", "oui");
  kept.meetings.set(JSON.stringify(ID), { meeting: ID, person, last_seen: START, ends_at: START, tries: 0, lock: {} });
  for (const id of unsent) kept.records.set(JSON.stringify([ID, id]), { meeting: ID, id, unsent: 1 });
};

const give = (digits) => {
  document.getElementById("appareil-code").value = digits;
  submit(document.querySelector(".device-dialog form"));
};

test("a device is prepared by a code that nobody guesses at once: from then on it says that it may lose the network",
  inRoom({ before: canKeep({ person: "" }) }, async ({ page, server }) => {
    assert.equal(seen("device").split(" : ")[0], "Cet appareil Il n’est pas préparé");
    press("Préparer cet appareil", "[data-device]");
    await page.settle();
    const dialog = read(".device-dialog");
    assert.ok(dialog.includes("Le déroulé : 9 étapes, 2 h 2 situations proposées Les noms du collectif : 4 personnes "
      + "Le brouillon de la fiche"), dialog);
    give("12 34 56");
    assert.equal(seen("refusal"), "C’est une suite : choisissez d’autres chiffres.");
    give("120 387");
    assert.equal(seen("refusal"), "Cela se lit comme une date : choisissez d’autres chiffres.");
    assert.equal(document.activeElement.getAttribute("aria-invalid"), "true");
    give("830 529");
    await page.until(() => seen("device").includes("Prêt"));
    assert.deepEqual(server.asked.at(-1), {
      path: DATA.urls.devices, body: { device: "cet-appareil", kind: "computer" } });
    assert.equal(read(".device-dialog"), "");
    assert.equal(seen("lasts"), "Même éteint puis rallumé, il reprend ici, après le code.");
    assert.equal(seen("may-forget"), "");
    assert.equal(kept.meetings.size, 1);
    assert.ok(!JSON.stringify([...kept.records.values()]).includes("Odile"));
    press("Commencer le regroupement");
    server.isUp = false;
    await page.until(() => kept.records.size > 1);
    press("Étape suivante");
    await page.pass(500);
    await page.until(() => read("#kept").endsWith("sur cet appareil"));
    await page.until(() => [...kept.records.values()].some(({ unsent }) => unsent === 1));
  }));

test("a device that cannot be prepared says why: without the network, or where the browser keeps nothing",
  inRoom({ before: canKeep({ person: "" }) }, async ({ page, server }) => {
    server.isUp = false;
    press("Préparer cet appareil", "[data-device]");
    await page.settle();
    give("830529");
    await page.settle();
    assert.equal(seen("refusal"), "La préparation a besoin du réseau : recommencez dès qu’il revient.");
    server.isUp = true;
    server.says[DATA.urls.devices] = [422, {}];
    give("830529");
    await page.settle();
    assert.ok(seen("refusal").startsWith("Le serveur n’a pas pris cet appareil."));
    delete server.says[DATA.urls.devices];
    globalThis.indexedDB = null;
    give("830529");
    await page.settle();
    assert.ok(seen("refusal").startsWith("Ce navigateur ne garde rien ici"));
    assert.equal(server.asked.at(-1).path, `${DATA.urls.devices}/rendu`);
    press("Plus tard");
    assert.ok(seen("device").startsWith("Cet appareil Ce navigateur ne garde rien ici"));
  }));

test("a device that keeps this meeting asks for its code at once, and tells what waits for it",
  inRoom({ before: canKeep({ unsent: ["a", "b"] }) }, async ({ page }) => {
    await page.settle();
    assert.ok(read(".device-dialog").includes("2 actions ne sont pas parties : elles partiront dès le code donné."));
    assert.ok(offered(".device-dialog").includes("Ouvrir"));
    assert.ok(!read(".device-dialog").includes("Il gardera"));
    press("Plus tard", ".device-dialog");
    assert.ok(seen("device").includes("Il est préparé, mais son code n’a pas été donné"));
    assert.ok(offered("[data-device]").includes("Donner le code"));
    assert.equal(read("#kept"), "2 actions attendent le code de cet appareil");
    press(MENU);
    assert.ok(offered("#shortcuts").includes("Donner le code"));
  }));

test("a device that keeps what somebody else has not sent is not prepared over it",
  inRoom({ before: canKeep({ person: "karim", unsent: ["a"] }) }, async ({ page }) => {
    await page.settle();
    assert.ok(seen("device").includes("Cet appareil garde des actions d’une autre personne pour cette séance"));
    assert.deepEqual(offered("[data-device]"), []);
    assert.equal(kept.records.size, 1);
  }));

test("a device that keeps what somebody else has sent may be prepared anew",
  inRoom({ before: canKeep({ person: "karim" }) }, async ({ page }) => {
    await page.settle();
    assert.ok(seen("device").includes("Il n’est pas préparé"));
    assert.deepEqual(offered("[data-device]"), ["Préparer cet appareil"]);
  }));

test("when the words have perished on the server, what this device keeps goes too",
  inRoom({ events: closed(), minute: 121, before: canKeep() }, async ({ page, server }) => {
    press("Plus tard", ".device-dialog");
    server.says[DATA.urls.state] = [410, {}];
    dispatchEvent(new Event("online"));
    await page.pass(1000);
    assert.equal(kept.meetings.size, 0);
    assert.equal(server.asked.at(-1).path, `${DATA.urls.devices}/rendu`);
    press(MENU);
    const gone = "Les notes de ce regroupement sont effacées ; cet appareil a effacé les siennes.";
    assert.ok(read("#shortcuts").includes(gone));
    assert.equal(localStorage.getItem(`collectifs-appareil-${ID}`), null);
  }));
