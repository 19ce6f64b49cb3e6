// La main by a square code, piece by piece: what the code is good for, what an answer makes of it, what is forgotten.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Window } from "happy-dom";

const window = new Window({ url: "https://collectifs.example/seance/x" });
const { document, sessionStorage } = window;
const copied = [];
Object.assign(globalThis, {
  document, sessionStorage, location: window.location, history: window.history,
  addEventListener: window.addEventListener.bind(window),
});
Object.defineProperty(globalThis, "navigator", {
  value: { clipboard: { writeText: async (words) => { copied.push(words); } } }, configurable: true,
});
const { HandOffer, offerHand, takeHandFromAddress, tokenInAddress } =
  await import("../../collectifs/static/js/live/hand_over.js");

const START = Date.parse("2027-01-13T13:00:00Z");
const TOKEN = "a".repeat(20);
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ").trim();
const seen = (element) => (element.closest("[hidden]") ? "" : plain(element.textContent));
const settle = () => new Promise((resolve) => { setImmediate(resolve); });
const MEMBERS = [{ id: "odile", name: "Odile Ferrand" }, { id: "inès", name: "Inès Cardoso" }];
let now, asked, answer, root;

beforeEach(() => {
  [now, asked, copied.length] = [START, [], 0];
  sessionStorage.clear();
  location.hash = "";
  document.body.innerHTML = '<main></main><details open><summary>Menu</summary><div class="menu-list"></div></details>';
  root = document.querySelector("main");
  const expires = new Date(START + 90000).toISOString();
  answer = { outcome: "ok", data: { url: "https://x/#main=abc", rows: ["101"], expires_at: expires } };
});

const known = (more) => ({
  root, data: { members: MEMBERS, person: "odile" }, urls: { offer_hand: "/main", gestures: "/gestes" },
  person: "odile", device: "ici", clock: { now: () => now, hear() {}, stamp: () => "2027-01-13T13:00:00.000Z" },
  state: () => ({ hand: 3, duties: { note_taker: "inès" }, ...more }),
  journal: { hurry: () => asked.push("news") },
  ask: async (url, { body }) => { asked.push([url, body]); return answer; },
});
const dialog = () => document.querySelector("dialog");
const offers = () => [...dialog().querySelectorAll("button")].map(seen).filter(Boolean);

test("the secretary is named only when it is a member, and somebody else", () => {
  const named = (note_taker) => {
    root.replaceChildren();
    const offer = new HandOffer(known({ duties: { note_taker } }));
    offer.open();
    offer.close(); // its code does not tick on
    return plain(offer.words.textContent).includes("secrétaire");
  };
  assert.deepEqual(["inès", "odile", "visite", undefined].map(named), [true, false, false, false]);
});

test("a code is shown until its last second, the news are asked every two, then nothing of it stays", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const offer = new HandOffer(known());
  offer.open();
  await settle();
  assert.deepEqual(asked, [["/main", { device: "ici" }]]);
  assert.deepEqual([seen(offer.left), offer.link.value, dialog().querySelectorAll("path").length],
    ["Encore 1 min 30 s.", "https://x/#main=abc", 1]);
  assert.deepEqual([offers(), offer.link.readOnly], [["Copier l’adresse", "Fermer"], true]);
  now += 89999;
  t.mock.timers.tick(2000);
  assert.deepEqual([seen(offer.left), asked.at(-1), seen(offer.said)], ["Encore 1 s.", "news", ""]);
  now += 1;
  t.mock.timers.tick(500);
  assert.deepEqual([seen(offer.said), offer.link.value, dialog().querySelectorAll("path").length],
    ["Ce code ne vaut plus.", "", 0]);
  assert.deepEqual(offers(), ["Fermer", "Un nouveau code"]);
  const before = asked.length;
  t.mock.timers.tick(9000);
  assert.equal(asked.length, before);
});

test("an address is copied, or selected where it cannot be; closed, it is nowhere", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const offer = new HandOffer(known());
  offer.open();
  await settle();
  dialog().querySelector("button").click();
  await settle();
  assert.deepEqual([copied, seen(offer.copied)], [["https://x/#main=abc"], "Adresse copiée."]);
  offer.close();
  offer.close();
  assert.deepEqual([offer.link.value, dialog().open], ["", false]);
});

test("an answer that comes once the dialog is closed is shown to nobody; a refusal is told as it is said", async () => {
  const offer = new HandOffer(known());
  offer.open();
  offer.close();
  await settle();
  assert.equal(offer.link.value, "");
  for (const [given, said] of [
    [{ outcome: "refused", data: { why: "Trop de codes." } }, "Trop de codes."],
    [{ outcome: "offline" }, "Le réseau ne répond pas : un code en a besoin."],
  ]) {
    answer = given;
    offer.open();
    await settle();
    assert.ok(seen(offer.said).startsWith(said));
    assert.ok(offers().includes("Un nouveau code"));
    offer.close();
  }
});

test("the menu offers it while this screen has la main, and closes the code once it has gone; without an address, never",
  async () => {
    const menu = document.querySelector(".menu-list");
    const hand = offerHand({ menu, ...known() });
    const entry = menu.querySelector("button");
    hand.update(true);
    assert.equal(entry.hidden, false);
    entry.click();
    assert.deepEqual([dialog().open, document.querySelector("details").open], [true, false]);
    hand.update(true);
    assert.equal(dialog().open, true);
    hand.update(false);
    assert.deepEqual([dialog().open, entry.hidden], [false, true]);
    await settle();
    menu.replaceChildren();
    offerHand({ menu, ...known(), urls: {} }).update(true);
    assert.equal(menu.children.length, 0);
  });

// ---------- The other device ----------

test("a token leaves the address at once, whether it is one or not; any other address stays", () => {
  for (const [hash, token, left] of [
    [`#main=${TOKEN}`, TOKEN, ""], [`#main=${"b".repeat(100)}`, "b".repeat(100), ""],
    [`#main=${"b".repeat(19)}`, "", ""], [`#main=${"b".repeat(101)}`, "", ""], ["#main=", "", ""],
    ["#contenu", "", "#contenu"],
  ]) {
    location.hash = hash;
    assert.deepEqual([tokenInAddress(), location.hash], [token, left], hash);
  }
});

async function arrive(hash, more) {
  location.hash = hash;
  const taken = [];
  await takeHandFromAddress({ ...known(), whenLoaded: Promise.resolve(), onTaken: () => taken.push("taken"), ...more });
  return taken;
}
const said = () => seen(dialog().querySelector("[role=status]"));
const press = async () => { dialog().querySelector(".primary").click(); await settle(); };

test("la main is taken by a press: one gesture, one further, with its code; what follows is fetched", async () => {
  const taken = await arrive(`#main=${TOKEN}`);
  assert.deepEqual([dialog().open, offers(), asked], [true, ["Prendre la main sur cet appareil", "Fermer"], []]);
  answer = { outcome: "ok", data: { refused: [] } };
  await press();
  const [url, { device, person, pass, events: [{ id, ...gesture }] }] = asked[0];
  assert.deepEqual([url, device, person, pass], ["/gestes", "ici", "odile", TOKEN]);
  assert.deepEqual(gesture,
    { kind: "hand_taken", hand: 4, happened_at: "2027-01-13T13:00:00.000Z", body: { device: "ici" } });
  assert.equal(id.length, 36);
  assert.deepEqual([taken, dialog().open], [["taken"], false]);
  await press();
  assert.equal(asked.length, 1, "once closed, its code is forgotten");
});

test("without an answer the same gesture may leave again; two presses are one", async () => {
  const taken = await arrive(`#main=${TOKEN}`);
  answer = { outcome: "offline" };
  dialog().querySelector(".primary").click();
  await press();
  assert.deepEqual([asked.length, said()], [1, "Le réseau ne répond pas : essayez encore."]);
  answer = { outcome: "ok", data: {} };
  await press();
  const ids = asked.map(([, { events: [{ id }] }]) => id);
  assert.deepEqual([ids.length, new Set(ids).size, taken], [2, 1, ["taken"]]);
});

for (const [why, given] of [
  ["Code déjà pris.", { outcome: "ok", data: { refused: [{ why: "Code déjà pris." }] } }],
  ["La séance est close.", { outcome: "refused", data: { why: "La séance est close." } }],
]) {
  test(`a code that was refused serves no more, and it is said why: ${why}`, async () => {
    const taken = await arrive(`#main=${TOKEN}`);
    answer = given;
    await press();
    assert.deepEqual([said(), offers(), taken], [why, ["Fermer"], []]);
  });
}

test("a code that a sign-in lost is asked for anew, once; an ordinary address asks for nothing", async () => {
  await arrive("#contenu");
  assert.equal(dialog().open, false);
  root.replaceChildren();
  sessionStorage.setItem("collectifs-code-perdu", "oui");
  await arrive("");
  assert.deepEqual([offers(), sessionStorage.getItem("collectifs-code-perdu")], [["Fermer"], null]);
  assert.ok(seen(dialog()).includes("Demandez un nouveau code sur l’écran qui a la main."));
});
