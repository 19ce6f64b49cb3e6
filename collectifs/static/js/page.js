// page.js: the small helps that every page may use. Without it everything still works.
import { copyWords, local, patience, sendForm, session } from "./lib/browser.js";

// A button pressed twice sends once. The page shown again by the back button is fresh.
function sendOnce() {
  // On the window, after every other listener: a form that a script holds back was not sent.
  addEventListener("submit", (event) => {
    /** @type {any} */
    const { target: form, submitter: button } = event;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (!button?.hasAttribute("data-once")) return;
    form.dataset.sent = "yes";
    // Not `disabled`: that would drop its name and value, and the focus.
    button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  });
}

// Words are sent once somebody is there to receive them. The browser would leave the page, and with it what was typed.
const UNREACHED =
  "Le réseau ou le serveur ne répond pas. " +
  "Votre texte reste dans cette page\u00a0: envoyez-le de nouveau dans un instant.";

async function answers() {
  try {
    await fetch("/sante", { cache: "no-store", signal: patience(5000) });
    return true;
  } catch {
    return false;
  }
}

function sayBeside(button, text) {
  const before = button.parentNode.querySelector(".unreached");
  const said = before ?? document.createElement("p");
  said.className = "notice stop unreached";
  said.setAttribute("role", "alert");
  if (!before) button.before(said);
  said.textContent = text;
}

function holdWords() {
  addEventListener("submit", async (event) => {
    /** @type {any} */
    const { target: form, submitter: button } = event;
    if (event.defaultPrevented || !button || form.dataset.reached || !form.querySelector("textarea")) return;
    event.preventDefault();
    if (form.dataset.reaching) return;
    form.dataset.reaching = "yes";
    const reached = await answers();
    delete form.dataset.reaching;
    if (!reached) { sayBeside(button, UNREACHED); return; }
    form.dataset.reached = "yes";
    sendForm(form, button);
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-reached]")) delete form.dataset.reached;
  });
}

// A form shown again with its errors is a page like another: neither « back » nor « reload » sends it a second time.
function forgetPosting() {
  history.replaceState(history.state, "");
}

// The browser's spelling check may send words to its maker: off until asked for, and only on this page.
function offerSpelling() {
  for (const box of document.querySelectorAll("[data-spellcheck]")) {
    box.hidden = false;
    const switcher = box.querySelector("input");
    switcher.checked = false; // whatever a browser that reloads the page remembers
    switcher.addEventListener("change", () => {
      const fields = (box.closest("form") ?? document).querySelectorAll("[data-confidential]");
      for (const field of fields) field.spellcheck = switcher.checked;
    });
  }
}

// A code to take la main brought somebody here, to sign in: it does not pass that door. The live page asks for another.
function dropHandCode() {
  if (!location.hash.startsWith("#main=") || document.getElementById("live")) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  session.setItem("collectifs-code-perdu", "oui");
}

// « … » menus close on Escape and when one looks elsewhere.
function closeMenus() {
  const close = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  };
  const leave = ({ target }) => close(target.closest("details.menu"));
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
  document.addEventListener("keydown", ({ key, target }) => {
    /** @type {any} */
    const from = target;
    const menu = key === "Escape" && from.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Copy, then say so beside the button (the region exists before the words: it is announced).
function offerCopies() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "small soft";
    button.after(said);
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copy);
      const text = source.value ?? source.textContent.trim();
      const isCopied = await copyWords(text);
      if (!isCopied) getSelection()?.selectAllChildren(source);
      said.textContent = isCopied ? "Copié" : "Sélectionné\u00a0: copiez avec Ctrl\u00a0+\u00a0C";
    });
  }
}

// « Pas encore enregistré »: say(region, text); the region is components' `saved`.
export function say(region, text, icon = "check") {
  const words = region.querySelector("[data-saved-text]");
  if (words.textContent !== text) words.textContent = text;
  region.querySelector("use")?.setAttribute("href", `#i-${icon}`);
}

// A form whose words must outlive the session: sign-in opens beside it (lib/resend.js).
async function keepWords() {
  if (!document.querySelector("form[data-resend]")) return;
  const { guardForms } = await import("./lib/resend.js");
  guardForms();
}

// A meeting may be kept on this device (live/store.js): nothing stays longer than said, nothing is left at sign-out
// unasked.
const KEPT = "collectifs-garde";
const leftovers = () => import("./live/leftovers.js");

function leaveNothing() {
  if (local.getItem(KEPT) !== null) leftovers().then(({ tidy }) => tidy());
  addEventListener("submit", async (event) => {
    /** @type {any} */
    const { target: form, submitter } = event;
    const isLeaving = new URL(form.action).pathname === "/sortir";
    if (!isLeaving || form.dataset.mayLeave || local.getItem(KEPT) === null) return;
    event.preventDefault();
    if (!(await (await leftovers()).mayLeave())) return;
    form.dataset.mayLeave = "yes";
    sendForm(form, submitter);
  });
}

// A text box is as high as its words: the style sheet says so, to the browsers that know how.
async function growBoxes() {
  if (!CSS.supports("field-sizing", "content")) (await import("./lib/grow.js")).growBoxes();
}

// The first letters of a commune offer names.
async function offerCommunes() {
  const fields = document.querySelectorAll("[data-communes]");
  if (fields.length) (await import("./lib/communes.js")).offerCommunes(fields);
}

// Each answer of a candidacy is kept as it is given.
async function keepAnswers() {
  const form = document.querySelector("form[data-keeps]");
  if (form) (await import("./lib/keep_answers.js")).keepAnswers(form);
}

function start() {
  for (const element of document.querySelectorAll("[data-js]")) element.hidden = false;
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  document.querySelector("[data-focus]")?.focus();
  forgetPosting();
  dropHandCode();
  leaveNothing(); // first: it asks before anything leaves
  holdWords(); // before sendOnce: what is held was not sent
  sendOnce();
  offerSpelling();
  offerCopies();
  closeMenus();
  keepWords();
  growBoxes();
  offerCommunes();
  keepAnswers();
}

start();
