// How the room is left: what holds the page back, what it waits for, and when a device forgets what it kept.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Leaving } from "../../collectifs/static/js/live/leaving.js";

const CLOSED = { closed_at: "2027-01-13T15:00:00.000Z" };
const OPEN = { closed_at: null };

// A page in the room: all is sent, nothing is begun, this device keeps the meeting. `did` is what was asked of each.
function page({ journal, drafts, editor, wipes = true, row = {} } = {}) {
  const did = [];
  const say = (name, answer) => (...asked) => { did.push([name, ...asked]); return answer; };
  const known = {
    meeting: "m",
    device: { row, returned: say("returned"), perished: say("device perished"), forgotten: say("forgotten") },
    journal: {
      unsent: 0, loaded: true, trouble: null, keeper: {}, isKept: true, detach: say("detach", wipes),
      forgetUnsent: say("forget unsent"), lastAttempt: say("last attempt"), lost: say("lost"), ...journal,
    },
    drafts: { begun: [], isChanging: false, keep: say("keep"), forget: say("forget"), ...drafts },
    editor: () => (editor === null ? null
      : { isDirty: false, flush: say("flush"), drop: say("drop"), settle: say("settle"), ...editor }),
  };
  return { leaving: new Leaving(known), did, known };
}

const asked = (did) => did.map(([name]) => name);

test("closed, all sent and nothing begun, a device forgets the meeting and the server is told", async () => {
  const { leaving, did } = page();
  await leaving.whenDone(CLOSED);
  assert.deepEqual(did, [["keep"], ["detach", { onlySent: true }], ["returned"]]);
});

for (const [why, state, known] of [
  ["it is open", OPEN, {}],
  ["its gestures are not known yet", CLOSED, { journal: { loaded: false } }],
  ["the server does not answer", CLOSED, { journal: { trouble: "offline" } }],
  ["one action has not left", CLOSED, { journal: { unsent: 1 } }],
  ["the sheet is not saved", CLOSED, { editor: { isDirty: true } }],
  ["a note was begun", CLOSED, { drafts: { begun: ["Un mot"] } }],
  ["it keeps nothing", CLOSED, { journal: { keeper: null } }],
]) {
  test(`a device forgets nothing while ${why}`, async () => {
    const { leaving, did } = page(known);
    await leaving.whenDone(state);
    assert.deepEqual(did, []);
  });
}

test("without a sheet to write, nor words that another window has not sent, it is the same; one wipes at a time", async () => {
  const { leaving, did } = page({ editor: null, wipes: false });
  await Promise.all([leaving.whenDone(CLOSED), leaving.whenDone(CLOSED)]);
  assert.deepEqual(asked(did), ["keep", "detach"], "the server is not told");
  await leaving.whenDone(CLOSED);
  assert.equal(did.length, 4);
});

test("what never left and is not wanted goes for good, once", async () => {
  const { leaving, did } = page();
  await Promise.all([leaving.drop(), leaving.drop()]);
  assert.deepEqual(did, [["drop"], ["forget"], ["forget unsent"], ["detach", { onlySent: false }], ["returned"]]);
});

test("perished words go from the journal, then from the device", async () => {
  const { leaving, did } = page();
  await leaving.perished();
  assert.deepEqual(asked(did), ["detach", "device perished"]);
});

// ---------- The page is left ----------

const heard = {};
globalThis.addEventListener = (kind, hear) => { heard[kind] = hear; };
let channel;
globalThis.BroadcastChannel = class {
  constructor() { channel = this; }
  postMessage() {}
  close() {}
};

function isHeld(known) {
  const { leaving, did } = page(known);
  leaving.listen();
  let held = false;
  heard.beforeunload({ preventDefault() { held = true; } });
  assert.deepEqual(asked(did), known.editor === null ? [] : ["flush"]);
  return held;
}

const here = { isKept: false }; // in this page alone
for (const [what, known, held] of [
  ["nothing waits", { journal: here }, false],
  ["nothing waits, without a sheet", { journal: here, editor: null }, false],
  ["an action waits", { journal: { ...here, unsent: 1 } }, true],
  ["the sheet is not saved", { journal: here, editor: { isDirty: true } }, true],
  ["a note was begun", { journal: here, drafts: { begun: ["Un mot"] } }, true],
  ["an action waits on a device that keeps it", { journal: { unsent: 1 } }, false],
  ["a note was begun on a device that keeps it", { drafts: { begun: ["Un mot"] } }, false],
  ["a note is being changed, kept nowhere", { drafts: { isChanging: true } }, true],
]) {
  test(`the page may ${held ? "not " : ""}be left at once: ${what}`, () => assert.equal(isHeld(known), held));
}

test("as the page is left what is typed is kept and what waits leaves", () => {
  const { leaving, did } = page();
  leaving.listen();
  heard.pagehide();
  assert.deepEqual(asked(did), ["keep", "last attempt"]);
});

test("what another window wiped is not said to be kept any more: of this meeting, on a prepared device", () => {
  for (const [meeting, row, told] of [["m", {}, ["forgotten", "lost"]], ["n", {}, []], ["m", null, []]]) {
    const { leaving, did } = page({ row });
    leaving.listen();
    channel.onmessage({ data: { wiped: meeting } });
    assert.deepEqual(asked(did), told);
  }
});

test("what this window wipes itself is no news to it", async () => {
  const { leaving, did } = page();
  leaving.listen();
  const wiping = leaving.whenDone(CLOSED);
  channel.onmessage({ data: { wiped: "m" } });
  await wiping;
  assert.deepEqual(asked(did), ["keep", "detach", "returned"]);
});

// ---------- To the sheet ----------

async function toSheet(known, keys = {}) {
  const { leaving, did, known: made } = page(known);
  const went = [];
  globalThis.location = { assign: (to) => went.push(to) };
  let isHeldBack = false;
  const preventDefault = () => { isHeldBack = true; };
  const going = leaving.goToSheet({ currentTarget: { href: "/fiche" }, preventDefault, ...keys });
  return { going, did, went, made, isHeldBack };
}

test("when all has left, or in a tab or a window of its own, the link to the sheet is followed as any other", async () => {
  assert.equal((await toSheet({})).isHeldBack, false);
  for (const held of ["ctrlKey", "metaKey", "shiftKey"]) {
    assert.equal((await toSheet({ journal: { unsent: 1 } }, { [held]: true })).isHeldBack, false, held);
  }
});

test("else the gestures go first, then the sheet, and the page opens; it is waited for five seconds at the most", async (t) => {
  let now = 0;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => now);
  const pass = async (ms) => {
    for (let gone = 0; gone < ms; gone += 50) {
      now += 50;
      t.mock.timers.tick(50);
      await new Promise((resolve) => { setImmediate(resolve); });
    }
  };
  const sent = await toSheet({ journal: { unsent: 1 } });
  assert.equal(sent.isHeldBack, true);
  await pass(1000);
  assert.deepEqual(sent.went, []);
  sent.made.journal.unsent = 0;
  await pass(50);
  assert.deepEqual([asked(sent.did), sent.went], [["settle"], ["/fiche"]]);
  const late = await toSheet({ journal: { unsent: 1 }, editor: null });
  await pass(5000);
  assert.deepEqual(late.went, []);
  await pass(50);
  assert.deepEqual(late.went, ["/fiche"]);
});
