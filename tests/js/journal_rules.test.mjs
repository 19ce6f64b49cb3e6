// What the journal decides: how long it waits, what an answer makes of a gesture, what goes to the disk, what perishes.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { BATCH, POLL, POLL_ALONE, POLL_HIDDEN, UNDO } from "../../collectifs/static/js/live/journal.js";
import { device, park, server } from "./journal_house.mjs";

const NOON = "2027-01-13T12:00:00.000Z";
const done = (id, kind, body = {}, more = {}) => ({ id, kind, hand: 1, happened_at: NOON, body, ...more });
const noted = (id, note, text) => done(id, "note_written", { note, lane: "collective", step: "a", text });

// What a device keeps, and what was asked of it.
function disk({ unsent = [], failed = false } = {}) {
  const did = [];
  const say = (name, answer) => (...asked) => { did.push([name, ...asked]); return answer; };
  return {
    did, failed, meeting: "m", settled: async () => {}, seen() {}, unsent: async () => unsent,
    put(gestures, isUnsent) { did.push(["put", gestures.map(({ id }) => id), isUnsent]); },
    sent: say("sent"), drop: say("drop"), wipe: say("wipe", true),
  };
}

// ---------- How long it waits ----------

for (const [what, more, pause] of [
  ["others may be there", {}, POLL],
  ["it steers alone", { isAlone: () => true }, POLL_ALONE],
  ["nobody looks", { hidden: () => true }, POLL_HIDDEN],
  ["nobody looks, alone", { hidden: () => true, isAlone: () => true }, POLL_HIDDEN],
]) {
  test(`between two looks, while ${what}: ${pause} ms`, async () => {
    const onGone = () => assert.fail("it is not gone");
    const { pauses, turn } = device(server(), "laptop", { onGone, ...more });
    await turn();
    assert.deepEqual(pauses, [pause]);
  });
}

test("another device is company for ten minutes after it was heard of, and what was there at first is none", async () => {
  let now = 0;
  mock.method(performance, "now", () => now);
  const house = server();
  const phone = device(house, "phone");
  park(phone.journal);
  await phone.turn();
  const { pauses, turn } = device(house, "laptop", { isAlone: () => true });
  await turn();
  assert.equal(pauses.at(-1), POLL_ALONE);
  park(phone.journal);
  await phone.turn();
  for (const [at, pause] of [[1000, POLL], [601000, POLL], [601001, POLL_ALONE]]) {
    now = at;
    await turn();
    assert.equal(pauses.at(-1), pause, `${at} ms`);
  }
  mock.restoreAll();
});

test("each failure doubles the wait, from one second to thirty, half of it by chance", async () => {
  for (const [chance, share] of [[0, 0.5], [0.999999, 1]]) {
    mock.method(Math, "random", () => chance);
    const house = server();
    house.mood = () => "offline";
    const { pauses, turn } = device(house);
    for (let round = 0; round < 7; round += 1) await turn();
    assert.deepEqual(pauses.map((ms) => Math.round(ms)), [1, 2, 4, 8, 16, 30, 30].map((s) => s * 1000 * share));
    house.mood = () => null;
    await turn();
    house.mood = () => "offline";
    await turn();
    assert.equal(Math.round(pauses.at(-1)), 1000 * share, "counted anew");
    mock.restoreAll();
  }
});

test("what is more than one sending goes at once after it, in its order", async () => {
  const house = server();
  const { journal, pauses, turn } = device(house);
  const ids = Array.from({ length: BATCH + 1 }, () => park(journal).id);
  await turn();
  assert.deepEqual([house.asked, pauses], [["50 gestures", "1 gestures"], [POLL]]);
  assert.deepEqual(house.events.map(({ id }) => id), ids);
});

test("while there is a trouble a gesture does not hurry the sending; to come back in front does", async () => {
  const house = server();
  const { journal, turn } = device(house);
  house.mood = () => "offline";
  await turn();
  park(journal);
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(house.asked.length, 1);
  journal.hurry();
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(house.asked.length, 2);
});

// ---------- What an answer makes of a gesture ----------

test("as the page is left what waits is sent once more, unless it is nobody's any longer", async () => {
  for (const [trouble, leaves] of [
    [null, true], ["offline", true], ["expired", true], ["closed", true], ["stranger", false], ["hidden", false],
    ["ended", false], ["gone", false],
  ]) {
    const asked = [];
    const { journal } = device({ ask: async (url, how) => { asked.push([url, how]); return { outcome: "offline" }; } });
    journal.lastAttempt();
    assert.equal(asked.length, 0, "nothing waits");
    const { id } = park(journal);
    journal.trouble = trouble;
    journal.lastAttempt();
    assert.equal(asked.length, Number(leaves), `${trouble}`);
    if (!leaves) continue;
    const [url, { keepalive, person, body }] = asked[0];
    assert.deepEqual([url, keepalive, person, body.events.map((each) => each.id)], ["/gestes", true, "hélène", [id]]);
  }
});

test("what the server holds is what is true: its instant, its words; known already, it is neither told nor kept anew",
  async () => {
    const house = server();
    const { journal, seen, turn } = device(house);
    const keeper = disk();
    await journal.attach(keeper, { gestures: [noted("n1", "a", "Un mot"), noted("n2", "b", "Un autre")], unsent: [] });
    house.events.push(
      noted("n1", "a", "Un mot"), noted("n2", "b", ""), done("p1", "parked", { text: "Plus tard" }),
    );
    keeper.did.length = 0;
    await turn();
    assert.deepEqual(keeper.did, [["put", ["n2", "p1"], false]]);
    assert.deepEqual(seen, ["p1"]);
    assert.deepEqual(journal.gestures.map(({ body }) => body.text), ["Un mot", "", "Plus tard"]);
  });

test("the same gesture with its keys in another order, or its instant in other words, is the same", async () => {
  const house = server();
  const { journal, turn } = device(house);
  const keeper = disk();
  await journal.attach(keeper, { gestures: [noted("n1", "a", "Un mot")], unsent: [] });
  const { body } = noted("n1", "a", "Un mot");
  house.events.push({ ...noted("n1"), happened_at: "2027-01-13T12:00:00Z",
    body: Object.fromEntries(Object.entries(body).reverse()) });
  keeper.did.length = 0;
  await turn();
  assert.deepEqual(keeper.did, [["put", [], false]]);
});

// ---------- What this device keeps ----------

test("a device that is prepared gets what this page knew, sent or not; what it kept comes in, sent or not", async () => {
  const house = server();
  const { journal, turn } = device(house);
  house.events.push(done("old", "parked"));
  await turn();
  const { id: made } = park(journal);
  const keeper = disk();
  const saw = [];
  journal.clock.saw = (at) => saw.push(at);
  journal.locked = 2;
  await journal.attach(keeper, { gestures: [done("k1", "parked"), done("k2", "parked"), done("old", "paused")],
    unsent: ["k1", "old"] });
  assert.deepEqual(keeper.did, [["put", ["old"], false], ["put", [made], true]]);
  assert.deepEqual(journal.gestures.map(({ id, kind }) => `${id} ${kind}`),
    ["old parked", `${made} parked`, "k1 parked", "k2 parked"]);
  assert.deepEqual([journal.unsent, journal.locked, journal.loaded, saw], [2, 0, true, [NOON, NOON, NOON]]);
  keeper.failed = true;
  assert.equal(journal.isKept, false);
});

test("what was made, taken and refused is so on the disk; what another window sent is not sent twice", async () => {
  const house = server();
  const { journal, turn } = device(house);
  const waiting = [];
  const keeper = disk({ unsent: waiting });
  await journal.attach(keeper);
  const made = [park(journal), journal.add("paused", {}, 1), park(journal)];
  const [kept, refused, elsewhere] = made.map(({ id }) => id);
  waiting.push(kept, refused);
  assert.deepEqual(keeper.did.slice(-3), [kept, refused, elsewhere].map((id) => ["put", [id], true]));
  house.refuse = ({ kind }) => kind === "paused";
  await turn();
  assert.deepEqual(house.events.map(({ id }) => id), [kept]);
  assert.deepEqual(keeper.did.slice(-2), [["sent", [kept]], ["drop", [refused]]]);
  assert.equal(journal.unsent, 0);
});

test("once wiped by another window, or when the disk refuses, what waits is still sent from this page", async () => {
  for (const state of [{ unsent: null }, { unsent: [], failed: true }]) {
    const house = server();
    const { journal, turn } = device(house);
    await journal.attach(disk(state));
    park(journal);
    await turn();
    assert.equal(house.events.length, 1);
  }
});

test("nothing is kept any more: said once it went, and not before", async () => {
  const { journal } = device(server());
  assert.deepEqual([await journal.detach(), journal.locked], [false, 0]);
  const first = disk();
  await journal.attach(first);
  assert.equal(await journal.detach(), true);
  assert.deepEqual([journal.isKept, first.did.at(-1)], [false, ["wipe", { onlySent: false }]]);
  const keeper = disk();
  await journal.attach(keeper);
  keeper.wipe = async () => false;
  assert.equal(await journal.detach({ onlySent: true }), false);
  assert.equal(journal.isKept, true);
  journal.locked = 3;
  journal.lost();
  assert.deepEqual([journal.isKept, journal.locked], [false, 0]);
});

test("when another window has sent all, this one asks for the news instead", async () => {
  const house = server();
  const { journal, turn } = device(house);
  await journal.attach(disk());
  park(journal);
  await turn();
  assert.deepEqual([house.asked, journal.unsent, journal.trouble], [["/etat?depuis=0"], 0, null]);
});

test("an ordinary sending does not outlive the page, and what was taken is not told as refused", async () => {
  const asked = [];
  const house = server();
  const ask = (url, how) => { asked.push(how.keepalive); return house.ask(url, how); };
  const refused = [];
  const { journal, turn } = device({ ask }, "laptop", { onRefused: (each) => refused.push(each.length) });
  park(journal);
  await turn();
  house.refuse = () => true;
  park(journal);
  await turn();
  assert.deepEqual([asked, refused], [[false, false], [1]]);
});

// ---------- Words that were removed ----------

test("the words of a removed note leave after its time of undo, to the millisecond, on the disk too, and it is told once",
  async () => {
    let told = 0;
    const { journal, later } = device(server(), "laptop", { onChange: () => { told += 1; } });
    const keeper = disk();
    await journal.attach(keeper, { gestures: [
      noted("n1", "a", "Un mot"), noted("n2", "b", "Un autre"), done("e1", "note_edited", { note: "a", lane: "sheet" }),
      done("r1", "note_removed", { note: "a" }, { happened_at: "2027-01-13T13:00:00.000Z" }),
    ], unsent: [] });
    [keeper.did.length, told] = [0, 0];
    later(UNDO);
    journal.forgetRemoved();
    assert.deepEqual([keeper.did, told], [[], 0]);
    later(1);
    journal.forgetRemoved();
    assert.deepEqual([keeper.did, told], [[["put", ["n1"], false]], 1]);
    journal.forgetRemoved();
    assert.equal(told, 1);
    assert.deepEqual(journal.gestures.map(({ body }) => body.text), ["", "Un autre", undefined, undefined]);
  });

test("once the room is closed nobody brings a note back: its words leave at once; unless its removal was undone", async () => {
  const { journal } = device(server());
  await journal.attach(disk(), { gestures: [
    noted("n1", "a", "Un mot"), noted("n2", "b", "Un autre"),
    done("r1", "note_removed", { note: "a" }, { happened_at: "2027-01-13T13:00:00.000Z" }),
    done("r2", "note_removed", { note: "b" }, { happened_at: "2027-01-13T13:00:00.000Z" }),
    done("e2", "note_edited", { note: "b", undoes: "r2" }),
  ], unsent: [] });
  journal.forgetRemoved();
  assert.equal(journal.gestures[0].body.text, "Un mot");
  journal.forgetRemoved(true);
  assert.deepEqual(journal.gestures.slice(0, 2).map(({ body }) => body.text), ["", "Un autre"]);
});

test("words that never left are told in their order, without those that have none", () => {
  const { journal } = device(server());
  park(journal, "Un");
  journal.add("paused", {}, 1);
  park(journal, "");
  park(journal, "Deux");
  assert.deepEqual(journal.unsentWords, ["Un", "Deux"]);
});
