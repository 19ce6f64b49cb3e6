// sw.js: what the browser keeps of the application so that the live pages, and the list of a workshop, open without
// network: empty pages and the static files, never a page or an answer that holds a datum. The server writes BUILD,
// FILES and SHELLS above this.
/* global BUILD, FILES, SHELLS */
const CACHE = `collectifs-${BUILD}`;
const PATIENCE = 3000; // ms before the page kept here is shown instead of the one that does not come

const PAGES = [
  [/^\/seance\/[0-9a-f-]{36}$/, SHELLS.run],
  [/^\/seance\/[0-9a-f-]{36}\/projection$/, SHELLS.projection],
  [/^\/(animation|ateliers)\/[^/]+\/presences$/, SHELLS.roll],
];

// Files of this very build: while machines are being upgraded one after the other, another build may answer with its
// own, which it lets nobody keep for ever. The browser then comes again later.
async function keepFile(cache, url) {
  const answer = await fetch(url);
  if (!answer.ok || !answer.headers.get("Cache-Control")?.includes("immutable")) throw new Error("another build");
  await cache.put(url, answer);
}

async function fillCache() {
  const cache = await caches.open(CACHE);
  const shells = Object.values(SHELLS).map((url) => new Request(url, { cache: "no-store", credentials: "omit" }));
  await Promise.all([...FILES.map((url) => keepFile(cache, url)), cache.addAll(shells)]);
}

async function dropOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith("collectifs-") && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => event.waitUntil(fillCache().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

const tooLong = () => new Promise((_, reject) => { setTimeout(() => reject(new Error("too long")), PATIENCE); });

// The server first. When it does not answer, or cannot, the empty page; `?attendre=1` waits for as long as it takes.
async function page(request, shell, isPatient) {
  try {
    const asked = fetch(request);
    const answer = await (isPatient ? asked : Promise.race([asked, tooLong()]));
    if (answer.status < 500) return answer;
  } catch {
    // no network, or too slow
  }
  return (await caches.match(shell, { ignoreVary: true })) ?? Response.error();
}

async function kept(request) {
  return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    const shell = PAGES.find(([path]) => path.test(url.pathname))?.[1];
    if (shell) event.respondWith(page(request, shell, url.searchParams.has("attendre")));
  } else if (url.pathname.startsWith("/static/")) event.respondWith(kept(request));
});
