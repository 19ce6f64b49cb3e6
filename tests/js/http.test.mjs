// One exchange with the server, and in one word what came of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exchange } from "../../collectifs/static/js/lib/http.js";

globalThis.location = { href: "http://localhost/seance" };
const JSON_TYPE = { "Content-Type": "application/json" };

// Answers each request in the same way, and counts them.
function server(answer) {
  const asked = [];
  const made = { ok: false, type: "basic", json: async () => ({}), ...answer, headers: new Headers(answer.headers) };
  globalThis.fetch = async (url, options) => { asked.push([url, options]); return made; };
  return asked;
}

for (const [what, answer, outcome] of [
  ["a redirect leads to sign-in", { status: 0, type: "opaqueredirect" }, "expired"],
  ["refused again with a fresh token", { status: 403 }, "expired"],
  ["nobody is signed in", { status: 401 }, "expired"],
  ["it is no more", { status: 410 }, "gone"],
  ["somebody else is signed in", { status: 409 }, "refused"],
  ["it does not open any more", { status: 503, headers: JSON_TYPE, json: async () => ({ closed: true }) }, "closed"],
  ["the server cannot", { status: 503 }, "offline"],
  ["nothing was changed", { status: 304 }, "unchanged"],
  ["what it says is no data", { ok: true, status: 200 }, "offline"],
  ["it says its data", { ok: true, status: 200, headers: JSON_TYPE }, "ok"],
]) {
  test(`${what}: ${outcome}`, async () => {
    const asked = server(answer);
    assert.equal((await exchange("/gestes")).outcome, outcome);
    assert.equal(asked.length, answer.status === 403 ? 3 : 1); // asked, a token, asked again
    assert.equal(asked[0][1].redirect, "manual");
  });
}

test("no network, or no answer in time: offline", async () => {
  globalThis.fetch = async () => { throw new TypeError("no network"); };
  assert.deepEqual(await exchange("/gestes"), { outcome: "offline" });
});

// A page whose token grew old meanwhile: the server takes only the one that the page has now.
function renewed(page) {
  const sent = [];
  const metaOf = (content) => ({ querySelector: () => (content === null ? null : { content }) });
  globalThis.document = metaOf("old");
  globalThis.DOMParser = class { parseFromString(text) { return metaOf(text); } };
  globalThis.fetch = async (url, { method = "GET", headers = {}, body, ...how }) => {
    sent.push([method, headers["X-CSRFToken"], body, how.keepalive]);
    if (url === location.href) return page;
    const isTaken = headers["X-CSRFToken"] === "new";
    const answer = { ok: isTaken, type: "basic", status: isTaken ? 200 : 403 };
    return { ...answer, headers: new Headers(JSON_TYPE), json: async () => ({}) };
  };
  return sent;
}

test("a form token that grew old is renewed from the page itself, and what was sent goes once more; then it serves", async () => {
  const sent = renewed({ ok: true, text: async () => "new" });
  const body = { events: [] };
  assert.equal((await exchange("/gestes", { body, keepalive: true })).outcome, "ok");
  const words = '{"events":[]}';
  assert.deepEqual(sent, [
    ["POST", "old", words, true], ["GET", undefined, undefined, undefined], ["POST", "new", words, true],
  ]);
  sent.length = 0;
  assert.equal((await exchange("/gestes", { body })).outcome, "ok");
  assert.deepEqual(sent, [["POST", "new", words, false]]);
});

test("what is asked for somebody says for whom; what is only asked has neither token nor body", async () => {
  const asked = server({ ok: true, status: 200, headers: { ...JSON_TYPE, "X-Server-Now": "2027-01-13T13:00:00Z" } });
  const { serverNow } = await exchange("/etat", { person: "maud" });
  assert.equal(serverNow, "2027-01-13T13:00:00Z");
  await exchange("/etat");
  const [[, first], [, second]] = asked;
  assert.deepEqual(first.headers, { "Accept": "application/json", "X-Person": "maud" });
  assert.deepEqual(second.headers, { Accept: "application/json" });
  assert.deepEqual([first.method, first.body, first.cache], ["GET", undefined, "no-store"]);
});
