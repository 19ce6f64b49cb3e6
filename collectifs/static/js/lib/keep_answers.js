// lib/keep_answers.js: each answer is sent as it is given, and says that it is kept. Without it the button at the end
// sends them all; what is wrong is said beside its field in both.
import { patience } from "./browser.js";

class Answers {
  #last = Promise.resolve();

  constructor(form) {
    this.form = form;
    form.addEventListener("change", ({ target }) => {
      const question = target.closest("[data-answer]");
      if (question) this.#last = this.#last.then(() => this.#keep(question)).catch(() => this.#say(question, ""));
    });
  }

  async #keep(question) {
    const sent = new URLSearchParams(/** @type {any} */ (new FormData(this.form)));
    const answer = await fetch(this.form.dataset.keeps, {
      method: "POST", body: sent, headers: { Accept: "application/json" }, redirect: "error", signal: patience(12000),
    });
    if (!answer.ok) throw new Error("not kept");
    const { errors, kept, at, left } = await answer.json();
    this.form.querySelector("[data-left]").textContent = left;
    for (const each of question.querySelectorAll("[name]")) {
      this.#tell(each, errors[each.name] ?? "");
    }
    const names = [...question.querySelectorAll("[name]")].map((each) => each.name);
    this.#say(question, names.some((name) => kept.includes(name) && !errors[name]) ? at : "");
  }

  #say(question, words) {
    const kept = question.querySelector(".kept");
    kept.hidden = words === "";
    kept.querySelector("span").textContent = words;
  }

  // Beside the field, with the words of the server. Of a group, one is enough: they share their error.
  #tell(field, words) {
    const holder = field.closest("fieldset, .field");
    const id = `${field.name}-refus`;
    for (const old of holder.querySelectorAll(".error")) old.remove();
    if (field.type !== "radio" && field.type !== "checkbox") {
      field.toggleAttribute("aria-invalid", words !== "");
      if (words) field.setAttribute("aria-invalid", "true");
    }
    const named = (field.getAttribute("aria-describedby") ?? "").split(" ");
    const there = [...named.filter((each) => document.getElementById(each)), ...(words ? [id] : [])];
    if (there.length) field.setAttribute("aria-describedby", there.join(" "));
    else field.removeAttribute("aria-describedby");
    if (!words) return;
    const error = document.createElement("div");
    error.className = "error";
    error.id = id;
    error.setAttribute("role", "alert");
    error.textContent = words;
    holder.append(error);
  }
}

export function keepAnswers(form) {
  return new Answers(form);
}
