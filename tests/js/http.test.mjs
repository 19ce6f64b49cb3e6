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
