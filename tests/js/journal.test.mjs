// The journal against a server that fails, loses its answers, refuses, or hears of other devices.
import assert from "node:assert/strict";
import { test } from "node:test";
import { POLL, POLL_ALONE } from "../../collectifs/static/js/live/journal.js";
import { device, park, server } from "./journal_house.mjs";

test("a gesture is kept at once and sent; it is not fetched back", async () => {
  const house = server();
  const { journal, turn } = device(house);
  await turn();
  const { id } = park(journal);
  assert.deepEqual([journal.gestures.map((each) => each.id), journal.unsent], [[id], 1]);
  await turn();
  assert.deepEqual([house.events.map((each) => each.id), journal.unsent], [[id], 0]);
  await turn();
  assert.equal(house.asked.at(-1), "/etat?depuis=1");
});

test("the network gone, gestures wait here, ever longer and never past thirty seconds; then all go, once", async () => {
  const house = server();
  const { journal, pauses, turn } = device(house);
  await turn();
  house.mood = () => "offline";
  for (let number = 0; number < 12; number += 1) park(journal, `pensée ${number}`);
  for (let round = 0; round < 9; round += 1) await turn();
  const waits = pauses.slice(1);
  assert.ok(waits[0] >= 500 && waits[0] <= 1000);
  assert.ok(waits.every((wait) => wait <= 30000));
  assert.ok(waits.at(-1) >= 15000);
  assert.deepEqual([journal.unsent, journal.trouble, house.events.length], [12, "offline", 0]);
  house.mood = () => null;
  await turn();
  assert.deepEqual([journal.unsent, journal.trouble, house.events.length], [0, null, 12]);
});

test("an answer lost on its way: the gestures are sent again and counted once", async () => {
  const house = server();
  const { journal, turn } = device(house);
  await turn();
  house.mood = () => "lost";
  park(journal);
  await turn();
  assert.deepEqual([journal.unsent, house.events.length], [1, 1]);
  house.mood = () => null;
  await turn();
  assert.deepEqual([journal.unsent, house.events.length, journal.gestures.length], [0, 1, 1]);
});

test("two hundred gestures on two devices while the network comes and goes: all arrive, once, on both", async () => {
  const house = server();
  const devices = [device(house, "laptop"), device(house, "phone")];
  for (const each of devices) await each.turn();
  let round = 0;
  house.mood = () => ["offline", "lost", null, "expired"][round % 4];
  for (round = 0; round < 100; round += 1) {
    for (const each of devices) {
      park(each.journal, `pensée ${round}`);
      await each.turn();
    }
  }
  house.mood = () => null;
  for (let more = 0; more < 12; more += 1) for (const each of devices) await each.turn();
  assert.equal(house.events.length, 200);
  for (const { journal } of devices) {
    assert.deepEqual([journal.unsent, journal.gestures.length], [0, 200]);
  }
});

test("what another device did is fetched once and told", async () => {
  const house = server();
  const [laptop, phone] = [device(house, "laptop"), device(house, "phone")];
  await laptop.turn();
  await phone.turn();
  const { id } = park(phone.journal);
  await phone.turn();
  await laptop.turn();
  await laptop.turn();
  assert.deepEqual([laptop.seen, phone.seen], [[id], []]);
});

test("when somebody else wrote meanwhile, their gestures are not skipped", async () => {
  const house = server();
  const [laptop, phone] = [device(house, "laptop"), device(house, "phone")];
  await laptop.turn();
  await phone.turn();
  park(phone.journal);
  await phone.turn();
  park(laptop.journal);
  await laptop.turn();
  await laptop.turn();
  assert.equal(laptop.journal.gestures.length, 2);
});

test("a gesture refused is taken back and said", async () => {
  const house = server();
  const { journal, refusals, turn } = device(house);
  await turn();
  house.refuse = ({ kind }) => kind === "paused";
  journal.add("paused", {}, 1);
  park(journal);
  await turn();
  assert.deepEqual([journal.unsent, journal.gestures.map((each) => each.kind)], [0, ["parked"]]);
  assert.equal(refusals[0].why, "Un autre appareil a la main.");
});

test("perished words: nothing is asked again, and it is told", async () => {
  const house = server();
  let told = 0;
  const { journal } = device(house, "laptop", { onGone: () => { told += 1; } });
  house.mood = () => ({ outcome: "gone", status: 410 });
  park(journal);
  journal.run();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([journal.trouble, journal.unsent, told, house.asked.length], ["gone", 1, 1, 1]);
});

test("no longer this person’s room: nothing leaves; their words are there to be copied, then forgotten for good", async () => {
  const house = server();
  const { journal, turn } = device(house);
  await turn();
  const headers = new Headers({ "X-Person": "the same" });
  house.mood = () => ({ outcome: "gone", status: 404, headers });
  journal.add("note_written", { note: "n", lane: "private", step: "one", text: "Un mot." }, 0);
  journal.add("paused", {}, 0);
  await turn();
  journal.lastAttempt();
  assert.deepEqual([journal.trouble, journal.unsent, house.events.length, house.asked.length], ["ended", 2, 0, 2]);
  assert.deepEqual(journal.unsentWords, ["Un mot."]);
  journal.forgetUnsent();
  house.mood = () => null;
  await turn();
  assert.deepEqual([journal.trouble, journal.unsent, journal.unsentWords, house.events.length], [null, 0, [], 0]);
});

for (const [mood, trouble] of [
  [{ outcome: "refused", status: 409 }, "stranger"],
  [{ outcome: "gone", status: 404, headers: new Headers() }, "hidden"],
]) {
  test(`somebody else is signed in (${mood.status}): nothing leaves, nothing is lost; it goes when its author is back`, async () => {
    const house = server();
    const { journal, turn } = device(house);
    await turn();
    house.mood = () => mood;
    park(journal);
    await turn();
    journal.lastAttempt();
    assert.deepEqual([journal.trouble, journal.unsent, house.events.length, house.asked.length], [trouble, 1, 0, 2]);
    house.mood = () => null;
    await turn();
    assert.deepEqual([journal.trouble, journal.unsent, house.events.length], [null, 0, 1]);
  });
}

test("a page that steers alone asks less often; not once another device was heard of", async () => {
  const house = server();
  const laptop = device(house, "laptop", { isAlone: () => true });
  const phone = device(house, "phone");
  for (const each of [laptop, phone]) await each.turn();
  assert.equal(laptop.pauses.at(-1), POLL_ALONE);
  park(phone.journal);
  await phone.turn();
  await laptop.turn();
  assert.deepEqual([laptop.pauses.at(-1), phone.pauses.at(-1)], [POLL, POLL]);
});

const written = (journal, note, text) => journal.add("note_written", { note, lane: "collective", step: "a", text }, 1);
const textOf = (journal, id) => journal.gestures.find((each) => each.id === id).body.text;

test("the words of a removed note stay while it can be brought back, then leave this page", async () => {
  const house = server();
  const { journal, turn, later } = device(house);
  await turn();
  const [{ id: gone }, { id: kept }] = [written(journal, "n1", "à oublier"), written(journal, "n2", "à garder")];
  const removals = ["n1", "n2"].map((note) => journal.add("note_removed", { note }, 1).id);
  journal.add("note_edited", { note: "n2", text: "à garder", undoes: removals[1] }, 1);
  await turn();
  journal.forgetRemoved();
  assert.equal(textOf(journal, gone), "à oublier");
  later(600001);
  journal.forgetRemoved();
  assert.deepEqual([textOf(journal, gone), textOf(journal, kept)], ["", "à garder"]);
});

test("the words of a removed note that never left go to the server first, and then leave", async () => {
  const house = server();
  const { journal, turn } = device(house);
  await turn();
  house.mood = () => "offline";
  const { id } = written(journal, "n1", "à oublier");
  journal.add("note_removed", { note: "n1" }, 1);
  await turn();
  journal.forgetRemoved(true);
  assert.equal(textOf(journal, id), "à oublier");
  house.mood = () => null;
  await turn();
  journal.forgetRemoved(true);
  assert.deepEqual([textOf(journal, id), house.events.length], ["", 2]);
});
