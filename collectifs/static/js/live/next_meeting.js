// live/next_meeting.js: the next date, agreed in the room at the closing step. The page stays, nothing typed is lost;
// on a prepared device drafts.js keeps it too, sealed.
import { exchange } from "../lib/http.js";
import { el, show, typed, write } from "./dom.js";

const FIELDS = ["day", "starts", "ends", "place"];
const KEEP = "Garder cette date";
const TROUBLES = {
  offline: "Plus de réseau : la date n’est pas fixée. Ce que vous avez écrit reste ici, recommencez dès son retour.",
  expired: "Votre connexion a expiré : ouvrez Collectifs dans un autre onglet, connectez-vous, puis recommencez ici.",
  gone: "Ce regroupement n’accepte plus de date d’ici : fixez-la depuis la page du collectif.",
};

// What is sent. Elsewhere than last time, what was said of the way in no longer holds.
/** @param {Record<string, string>} values @param {NextMeetingData} before @param {string} keep */
export function bodyOf(values, before, keep) {
  const elsewhere = values.place.trim() === before.place ? {} : { access_note: "", commune: "" };
  return { ...values, ...elsewhere, keep };
}

// What the answer asks of the page: a date to show, or sentences by field, above, and to be asked.
/** @param {Answer} answer @returns {any} */
export function readAnswer({ outcome, data }) {
  if (outcome === "ok") return { planned: data };
  if (outcome !== "refused" || !data) return { errors: {}, asked: [TROUBLES[outcome] ?? TROUBLES.offline], keep: "" };
  const { errors = {}, refusal = "", warnings = [], keep = "", sentence = "" } = data;
  const elsewhere = Object.entries(errors).filter(([name]) => !FIELDS.includes(name)).map(([, said]) => said);
  return { errors, asked: [refusal, sentence, ...elsewhere, ...warnings].filter(Boolean), keep };
}

export class NextMeeting {
  #keep = "";
  #isSending = false;

  /** @param {Piece} section @param {RoomData} data */
  constructor(section, data) {
    this.section = section;
    this.before = data.next;
    this.form = section.querySelector("[data-next-form]");
    this.button = this.form.querySelector("button");
    this.form.action = data.urls.agree ?? "";
    this.form.elements.starts.defaultValue = data.next.starts;
    this.form.elements.place.defaultValue = data.next.place;
    this.form.addEventListener("input", ({ target }) => this.#typed(target));
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    if (data.next.planned) this.#fixed(data.next.planned);
  }

  #values() {
    return Object.fromEntries(FIELDS.map((name) => [name, this.form.elements[name].value]));
  }

  // Another day is another question.
  #typed(field) {
    if (field.name === "day") this.#ask([], "");
  }

  async #send() {
    if (this.#isSending) return;
    this.#isSending = true;
    this.button.setAttribute("aria-disabled", "true");
    const answer = readAnswer(
      await exchange(this.form.action, { body: bodyOf(this.#values(), this.before, this.#keep) }),
    );
    this.button.removeAttribute("aria-disabled");
    this.#isSending = false;
    if (answer.planned) this.#fixed(answer.planned, true);
    else this.#refused(answer);
  }

  #refused({ errors, asked, keep }) {
    for (const name of FIELDS) {
      const place = this.form.querySelector(`[data-error="${name}"]`);
      write(place.querySelector("p"), errors[name] ?? "");
      show(place, Boolean(errors[name]));
      if (errors[name]) this.form.elements[name].setAttribute("aria-invalid", "true");
      else this.form.elements[name].removeAttribute("aria-invalid");
    }
    this.#ask(asked, keep);
    const first = FIELDS.find((name) => errors[name]);
    if (first) this.form.elements[first].focus();
  }

  #ask(sentences, keep) {
    const place = this.form.querySelector("[data-next-ask]");
    place.replaceChildren(...sentences.map((sentence) => el("p", {}, typed(sentence))));
    show(place, sentences.length > 0);
    this.#keep = keep;
    write(this.button, keep ? KEEP : "Fixer cette date");
  }

  /** @param {PlannedMeeting} planned */
  #fixed({ title, when, url }, isNew = false) {
    const said = this.section.querySelector("[data-next-said]");
    write(said.querySelector("b"), typed(title));
    write(said.querySelector("span"), `${when[0].toUpperCase()}${when.slice(1)}.`);
    show(said.querySelector(".inline-links"), Boolean(url)); // whoever stands in for one meeting moves no other
    Object.assign(said.querySelector("a"), { href: url, target: "_blank", rel: "opener" });
    show(this.form, false);
    show(said, true);
    if (isNew) said.focus();
  }
}
