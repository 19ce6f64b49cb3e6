// lib/http.js: one exchange of JSON with the server, and in one word what came of it.
//   ok, unchanged (304), refused (400, 409, 413, 422: read `status` and `data`), expired (sign-in needed),
//   gone (404, 410), closed (503: what it belongs to does not open any more), offline (no answer, or a server that
//   cannot: to be tried again).
import { patience } from "./browser.js";

const OUTCOMES = {
  304: "unchanged", 400: "refused", 401: "expired", 404: "gone", 409: "refused", 410: "gone", 413: "refused",
  422: "refused",
};

let token = null;

const tokenIn = (page) => page.querySelector('meta[name="csrf-token"]')?.content ?? "";

// After a new sign-in in another tab the form token of this page is stale: the page itself has a fresh one.
async function renewToken() {
  const answer = await fetch(location.href, { cache: "no-store", redirect: "manual", signal: patience(10000) });
  if (!answer.ok) return;
  token = tokenIn(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

async function once(url, body, keepalive, person) {
  const headers = { Accept: "application/json" };
  if (person) headers["X-Person"] = person;
  if (body !== undefined) {
    token ??= tokenIn(document);
    Object.assign(headers, { "Content-Type": "application/json", "X-CSRFToken": token });
  }
  return fetch(url, {
    method: body === undefined ? "GET" : "POST",
    body: body === undefined ? undefined : JSON.stringify(body),
    headers,
    keepalive,
    cache: "no-store",
    redirect: "manual", // a redirect is the way to sign-in
    signal: patience(12000),
  });
}

async function read(answer, sentAt) {
  const arrivedAt = performance.now();
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const data = isJson ? await answer.json() : null;
  const serverNow = data?.server_now ?? answer.headers.get("X-Server-Now");
  return { status: answer.status, data, headers: answer.headers, serverNow, sentAt, arrivedAt };
}

function told({ ok, status }, found) {
  if (!ok) return { outcome: OUTCOMES[status] ?? (found.data?.closed ? "closed" : "offline"), ...found };
  return found.data ? { outcome: "ok", ...found } : { outcome: "offline" };
}

// `person`: for whom the answer is meant; nobody else signed in on this browser gets it (409).
/** @type {Ask} */
export async function exchange(url, { body, keepalive = false, person = null } = {}) {
  try {
    let sentAt = performance.now();
    let answer = await once(url, body, keepalive, person);
    if (answer.status === 403) {
      await renewToken();
      sentAt = performance.now();
      answer = await once(url, body, keepalive, person);
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return { outcome: "expired" };
    return told(answer, await read(answer, sentAt));
  } catch {
    return { outcome: "offline" }; // no network, no answer in time, or an answer cut short
  }
}
