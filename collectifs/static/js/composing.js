// composing.js: a draft that is being composed, or published, is followed; a person dragged onto a collective shows,
// before anything changes, what that move would do. Without this script the same stands behind each name.
const AGAIN_MS = 2000;

async function follow() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return void setTimeout(follow, AGAIN_MS);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("[data-progress]")) return void location.reload();
  /** @type {any} */
  const there = page.querySelector("[data-progress] progress");
  /** @type {any} */
  const here = document.querySelector("[data-progress] progress");
  if (here && there) here.value = there.value;
  setTimeout(follow, AGAIN_MS);
}

/** @param {HTMLElement} person */
function makeMovable(person) {
  const link = person.querySelector("a");
  if (!link) return;
  person.draggable = true;
  link.draggable = false;
  person.addEventListener("dragstart", (event) => event.dataTransfer?.setData("text/plain", link.href));
}

/** @param {HTMLElement} group */
function makeWelcoming(group) {
  group.addEventListener("dragover", (event) => {
    event.preventDefault();
    group.classList.add("is-over");
  });
  for (const name of ["dragleave", "drop"]) group.addEventListener(name, () => group.classList.remove("is-over"));
  group.addEventListener("drop", (event) => {
    event.preventDefault();
    const said = event.dataTransfer?.getData("text/plain") ?? "";
    const link = [...document.querySelectorAll("[data-person] a")].find(({ href }) => href === said);
    if (!link) return;
    const url = new URL(link.href);
    url.searchParams.set("vers", group.dataset.group ?? "");
    location.assign(url);
  });
}

if (document.querySelector("[data-progress]")) setTimeout(follow, AGAIN_MS);
document.querySelectorAll("[data-person]").forEach(makeMovable);
document.querySelectorAll("[data-group]").forEach(makeWelcoming);
if (location.hash === "#deplacer") document.getElementById("deplacer")?.focus();
