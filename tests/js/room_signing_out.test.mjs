// Beside the room: what a device still keeps at a sign-out, a form whose session ended, the code that opens a device.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepHere } from "./kept_here.mjs";
import { offered, Page, press, read, submit } from "./page.mjs";
import { begun, DATA, inRoom, MINUTE, START } from "./room_house.mjs";

const ID = DATA.meeting.id;
const HOUR = 60 * MINUTE;
const opening = async (work) => {
  const page = new Page("room", { at: START, address: "https://collectifs.example/" });
  page.kept = keepHere();
  localStorage.setItem("collectifs-garde", "oui");
  try {
    await work(page);
  } finally {
    await page.close();
  }
};

// ---------- A sign-out ----------

function keeps(page, { unsent = [], ...more } = {}) {
  page.kept.meetings.set(JSON.stringify(ID), { meeting: ID, device: "d1", last_seen: START, ends_at: START, ...more });
  for (const id of unsent) page.kept.records.set(JSON.stringify([ID, id]), { meeting: ID, id, unsent: 1 });
}

async function leave(page, status = 304) {
  page.asked = [];
  globalThis.fetch = async (address, { body } = {}) => {
    page.asked.push([new URL(address, "https://x").pathname, body && JSON.parse(body)]);
    if (status === "offline") throw new TypeError("no network");
    return status === 304 ? new Response(null, { status }) : Response.json({}, { status });
  };
  const { mayLeave } = await import("../../collectifs/static/js/live/leftovers.js");
  const left = { may: null };
  mayLeave().then((may) => { left.may = may; });
  for (let turn = 0; turn < 4; turn += 1) await page.settle();
  return left;
}

const dialog = () => read("[aria-labelledby=pas-partis]");

test("where nothing waits one signs out at once, and the server is told that the device is free", async () => {
  await opening(async (page) => {
    keeps(page);
    const left = await leave(page);
    assert.equal(left.may, true);
    assert.deepEqual(page.asked, [[`/seance/${ID}/appareils/rendu`, { device: "d1" }]]);
    assert.equal(page.kept.meetings.size, 0);
    assert.equal(dialog(), "");
  });
});

test("what waits is sent, kept or erased as the person chooses; Escape stays", async () => {
  await opening(async (page) => {
    keeps(page, { unsent: ["a", "b"] });
    const left = await leave(page);
    assert.ok(dialog().startsWith("2 actions ne sont pas parties Des mots attendent sur cet appareil, chiffrés."));
    assert.deepEqual(offered("[aria-labelledby=pas-partis]"), [
      "Les envoyer", "Garder ici, chiffré", "Effacer d’ici", "Rester",
    ]);
    assert.equal(left.may, null);
    document.querySelector("[aria-labelledby=pas-partis]").close();
    await page.settle();
    assert.equal(left.may, false);
    assert.equal(dialog(), "");
    assert.equal(page.kept.records.size, 2);
  });
});

test("to send them opens the room again", async () => {
  await opening(async (page) => {
    keeps(page, { unsent: ["a"] });
    const left = await leave(page, "offline");
    assert.ok(dialog().startsWith("1 action n’est pas partie"));
    press("Les envoyer");
    await page.settle();
    assert.deepEqual(page.went, [`/seance/${ID}?ouvrir=1`]);
    assert.equal(left.may, false);
  });
});

test("to keep them signs out and leaves them; to erase them is asked twice", async () => {
  await opening(async (page) => {
    keeps(page, { unsent: ["a"] });
    const first = await leave(page);
    press("Garder ici, chiffré");
    await page.settle();
    assert.equal(first.may, true);
    assert.equal(page.kept.records.size, 1);
    const second = await leave(page);
    press("Effacer d’ici");
    await page.settle();
    assert.equal(page.kept.records.size, 1);
    press("Oui, effacer pour toujours");
    for (let turn = 0; turn < 4; turn += 1) await page.settle();
    assert.equal(second.may, true);
    assert.equal(page.kept.records.size, 0);
  });
});

test("a room that goes on is told so, until twelve hours after its end", async () => {
  await opening(async (page) => {
    keeps(page, { runs: true });
    await leave(page);
    assert.ok(dialog().startsWith("Une séance est en cours sur cet appareil La séance continue dans sa page."));
    assert.ok(offered().includes("Revenir à la séance"));
    press("Rester");
    page.now += 12 * HOUR;
    assert.equal((await leave(page)).may, true);
  });
});

test("words that have perished, or a room that is somebody else’s now, cannot be sent", async () => {
  await opening(async (page) => {
    keeps(page, { unsent: ["a"] });
    await leave(page, 404);
    assert.ok(dialog().includes("Cette séance ne s’ouvre plus avec votre compte : rien ne peut plus partir."));
    assert.ok(!offered().includes("Les envoyer"));
    press("Rester");
    assert.equal((await leave(page, 410)).may, true);
    assert.equal(page.kept.records.size, 0);
  });
});

test("a note that was begun and not noted is told to be one", async () => {
  await opening(async (page) => {
    keeps(page, { unsent: ["typed"] });
    const { TYPED } = await import("../../collectifs/static/js/live/store.js");
    page.kept.records.clear();
    page.kept.records.set(JSON.stringify([ID, TYPED]), { meeting: ID, id: TYPED, unsent: 1 });
    await leave(page);
    assert.ok(dialog().startsWith("Une note commencée n’est pas notée"));
    assert.ok(offered().includes("Revenir à la séance"));
  });
});

test("the words of a meeting that perished go from this device, which tells whether it kept some", async () => {
  await opening(async (page) => {
    keeps(page, { unsent: ["a", "b"] });
    localStorage.setItem(`collectifs-appareil-${ID}`, "d1");
    globalThis.fetch = async () => Response.json({});
    const { forgetPerished } = await import("../../collectifs/static/js/live/leftovers.js");
    assert.deepEqual(await forgetPerished(ID), { wasKept: true, unsent: 2 });
    assert.equal(localStorage.getItem(`collectifs-appareil-${ID}`), null);
    assert.deepEqual(await forgetPerished(ID), { wasKept: false, unsent: 0 });
  });
});

test("where nothing was ever kept one signs out at once; the list of a workshop goes unless some of it has not left", async () => {
  await opening(async (page) => {
    localStorage.removeItem("collectifs-garde");
    assert.equal((await leave(page)).may, true);
    localStorage.setItem("collectifs-garde", "oui");
    for (const [id, unsent] of [["porte:a1", 0], ["porte:a2", 1]]) {
      page.kept.meetings.set(JSON.stringify(id), { meeting: id, last_seen: START, ends_at: START });
      page.kept.records.set(JSON.stringify([id, "liste"]), { meeting: id, id: "liste", unsent });
    }
    assert.equal((await leave(page)).may, true);
    assert.deepEqual([[...page.kept.meetings.values()].map(({ meeting }) => meeting), page.asked], [["porte:a2"], []]);
  });
});

// ---------- A form whose session ended ----------

async function form(states) {
  const { Resender } = await import("../../collectifs/static/js/lib/resend.js");
  document.body.innerHTML = '<form method="post" data-resend="/compte" data-sign-in="/entrer">'
    + '<input name="csrf_token" value="old"><button>Envoyer</button></form>';
  const [made] = document.forms;
  const went = [];
  made.requestSubmit = () => went.push(made.elements.csrf_token.value);
  new Resender(made, { ask: async () => states.shift() });
  submit(made);
  return { made, went };
}

test("while the session lives a form leaves at once, with a fresh token", async () => {
  await opening(async (page) => {
    const { went } = await form([{ state: "in", token: "new" }]);
    await page.settle();
    assert.deepEqual(went, ["new"]);
    assert.equal(read("form .notice"), "");
  });
});

test("once it ended the words stay, the way in stands beside, and they go when the person is back", async () => {
  await opening(async (page) => {
    const { went } = await form([{ state: "out" }, { state: "out" }, { state: "in", token: "new" }]);
    await page.settle();
    assert.ok(read("form .notice").startsWith("Votre connexion a expiré Gardez cette page ouverte"));
    dispatchEvent(new Event("focus"));
    await page.settle();
    assert.deepEqual(went, []);
    document.dispatchEvent(new Event("visibilitychange"));
    await page.settle();
    assert.deepEqual(went, ["new"]);
    assert.equal(read("form .notice"), "");
    dispatchEvent(new Event("focus"));
    await page.settle();
    assert.equal(went.length, 1);
  });
});

test("without network nothing left, and another press tries again", async () => {
  await opening(async (page) => {
    const { went } = await form([{ state: "offline" }, { state: "in", token: "" }]);
    await page.settle();
    assert.ok(read("form .notice").startsWith("Rien n’est parti : pas de réseau"));
    press("Envoyer de nouveau");
    await page.settle();
    assert.deepEqual(went, ["old"]);
  });
});

test("a session is told by a page that any signed-in person may open", async () => {
  await opening(async () => {
    const { askSession } = await import("../../collectifs/static/js/lib/resend.js");
    const told = (answer) => askSession("/compte", async () => answer);
    const page = '<meta name="csrf-token" content="t1">';
    assert.deepEqual(await told(new Response(page)), { state: "in", token: "t1" });
    assert.deepEqual(await told(new Response("")), { state: "in", token: "" });
    assert.deepEqual(await told({ type: "opaqueredirect" }), { state: "out" });
    assert.deepEqual(await told(new Response("", { status: 401 })), { state: "out" });
    assert.deepEqual(await told(new Response("", { status: 503 })), { state: "offline" });
    assert.deepEqual(await askSession("/compte", async () => { throw new TypeError("no network"); }),
      { state: "offline" });
  });
});

// ---------- The code of a device ----------

test("a wrong code opens nothing, the right one brings back what was made here and typed", inRoom({
  events: begun(), minute: 1,
  async before(page) {
    page.kept = keepHere();
    localStorage.setItem("collectifs-garde", "oui");
    Object.defineProperty(navigator, "serviceWorker", { value: {}, configurable: true });
    Object.defineProperty(navigator, "locks", { value: { request: async (_, work) => work() }, configurable: true });
    const { Keeper } = await import("../../collectifs/static/js/live/keeper.js");
    const { openStore } = await import("../../collectifs/static/js/live/store.js");
    const known = { meeting: ID, person: "maud", device: "cet-appareil", endsAt: START + 2 * HOUR, code: "830529" };
    const keeper = await Keeper.make({ store: await openStore({ make: true }), ...known, now: START });
    const body = { note: "n1", lane: "collective", step: "opening", text: "Gardée ici" };
    keeper.put([{ id: "k1", kind: "note_written", hand: 1, happened_at: "2027-01-13T13:00:30.000Z", body }], true);
    keeper.remember("typed", { note: "Commencée" }, true);
    await keeper.settled();
  },
}, async ({ page, server }) => {
  await page.settle();
  const give = (digits) => {
    document.getElementById("appareil-code").value = digits;
    submit(document.querySelector(".device-dialog form"));
  };
  give("12");
  assert.equal(read("[data-refusal]"), "Le code compte six chiffres.");
  give("111 213");
  await page.until(() => read("[data-refusal]") === "Ce n’est pas ce code.");
  assert.ok(!read("main").includes("Gardée ici"));
  give("830 529");
  await page.until(() => read(".device-dialog") === "");
  await page.pass(500);
  assert.ok(read(".lanes").includes("Gardée ici"));
  assert.equal(document.getElementById("note").value, "Commencée");
  await page.until(() => server.kinds.includes("note_written"));
}));
