// lib/resend.js: the session ended while somebody wrote. The words stay in the page, sign-in opens beside it (a new
// tab), and what was to be sent goes with a fresh token once they are back.
//
// For an ordinary form:
//   <form method="post" data-resend="{{ url_for('account.show') }}" data-sign-in="{{ url_for('auth.sign_in') }}">
//   (page.js looks for these forms; data-resend is a page that any signed-in person may open.)
// For a script that sends by itself:  whenBack(send), signInNotice(url).
import { button, el } from "../live/dom.js";
import { patience, sendForm } from "./browser.js";

const SIGN_IN_PATIENCE = 10000;

// One page that any signed-in person may open tells both things: whether the session lives, and the present token.
//   { state: "in", token }   { state: "out" }   { state: "offline" }
export async function askSession(url, get = fetch) {
  try {
    const answer = await get(url, { cache: "no-store", redirect: "manual", signal: patience(SIGN_IN_PATIENCE) });
    if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "out" };
    if (!answer.ok) return { state: "offline" };
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { state: "in", token: page.querySelector('meta[name="csrf-token"]')?.content ?? "" };
  } catch {
    return { state: "offline" };
  }
}

// Calls `then` each time the person comes back to this tab. Gives back what ends it.
export function whenBack(then) {
  const seen = () => { if (!document.hidden) then(); };
  document.addEventListener("visibilitychange", seen);
  addEventListener("focus", seen);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    removeEventListener("focus", seen);
  };
}

// « Votre connexion a expiré »: what to do, and that nothing is lost.
export function signInNotice(url) {
  return el("div", { class: "notice ask sign-in-beside", role: "alert" },
    el("p", {}, el("strong", {}, "Votre connexion a expiré")),
    el("p", {},
      "Gardez cette page ouverte\u00a0: ce que vous avez écrit y est encore. " +
        "Connectez-vous dans un autre onglet, puis revenez.",
    ),
    el("p", { class: "actions" },
      el("a", { class: "btn tight", href: url, target: "_blank", rel: "noopener" },
        "Se connecter dans un autre onglet",
      ),
    ),
  );
}

function offlineNotice(retry) {
  return el("div", { class: "notice ask sign-in-beside", role: "alert" },
    el("p", {}, el("strong", {}, "Rien n’est parti\u00a0: pas de réseau")),
    el("p", {}, "Gardez cette page ouverte\u00a0: ce que vous avez écrit y est encore."),
    el("p", { class: "actions" }, button("Envoyer de nouveau", retry, "btn tight")));
}

export class Resender {
  #passing = false;
  #stop = () => {};

  constructor(form, { url = form.dataset.resend, signIn = form.dataset.signIn, ask = askSession } = {}) {
    this.form = form;
    this.url = url;
    this.signIn = signIn;
    this.ask = ask;
    form.addEventListener("submit", (event) => this.#hold(event));
  }

  // Another script of the page may have held it back already: then it comes by here again.
  #hold(event) {
    if (this.#passing || event.defaultPrevented || this.form.method !== "post") return;
    event.preventDefault();
    this.send(event.submitter);
  }

  async send(submitter) {
    const { state, token } = await this.ask(this.url);
    this.#clear();
    if (state === "in") this.#go(submitter, token);
    else if (state === "out") this.#wait(submitter);
    else this.form.prepend(offlineNotice(() => this.send(submitter)));
  }

  // The button was pressed once: back with a session, it needs no second press.
  #wait(submitter) {
    this.form.prepend(signInNotice(this.signIn));
    this.#stop = whenBack(async () => {
      const { state, token } = await this.ask(this.url);
      if (state !== "in") return;
      this.#clear();
      this.#go(submitter, token);
    });
  }

  #go(submitter, token) {
    const field = this.form.elements.namedItem("csrf_token");
    if (field && token) field.value = token;
    delete this.form.dataset.sent; // page.js: not sent yet
    this.#passing = true;
    sendForm(this.form, submitter);
    this.#passing = false;
  }

  #clear() {
    this.#stop();
    this.#stop = () => {};
    this.form.querySelector(".sign-in-beside")?.remove();
  }
}

export function guardForms(root = document) {
  for (const form of root.querySelectorAll("form[data-resend]")) new Resender(form);
}
