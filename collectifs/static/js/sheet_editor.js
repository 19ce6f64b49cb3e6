// sheet_editor.js: the editor of the fiche, on its own page (sheets/edit.html) and at the generalising step.
//
// It takes any element [data-sheet-editor] that holds
//   data-save-url="…" data-revision="12"   (the live screen gives them to the constructor instead)
//   textarea[data-question], ol[data-answers] (or .answers) of li[data-answer-row] (components' answer_fields),
//   [data-add-answer], .saved > [data-saved-text];  optional: template[data-answer-template], input[data-tag],
//   [data-gauge], input[name="revision"] (kept fresh), and anywhere in the page [data-preview] (img),
//   [data-preview-say], [data-preview-fill].
// It saves a second after the last key, never more often than each five seconds, at once when the page is left:
//   POST {revision, content: {question, answers: [{text, kind, condition}], tags: {list: [code]}}}
//   200 {revision, content, saved_label, pages, lines_left, over, say?, filled?, preview_url?}
//   409 {revision, content, saved_by_label}   422 {why}
// After a 409, what the two windows did in different places is put together; where both wrote the same thing one
// chooses, {do: "keep" | "take"}, and the server keeps the other text among the versions.
import { sendForm } from "./lib/browser.js";
import { exchange } from "./lib/http.js";
import { several } from "./lib/french.js";
import { LIMITS } from "./lib/rules.js";
import { started } from "./lib/started.js";
import { spell } from "./live/dom.js";
import { signInNotice, whenBack } from "./lib/resend.js";
import { holdsSomething } from "./live/store.js";
import { AnswerRows } from "./sheet/answer_rows.js";
import { sayFormer, showRoom } from "./sheet/gauge.js";
import { TagBoxes } from "./sheet/tags.js";

const AFTER_KEY = 1000;
const BETWEEN = 5000;
const LONGEST_RETRY = 30000;

export class SheetEditor {
  /** @type {SheetContent} */
  #base; // what the server holds, as far as this page knows
  /** @type {SheetAnswer[]} */
  #copied = []; // answers that came from notes since: the server adds them too, they are nobody else's
  /** @type {number | undefined} */
  #timer;
  #saving = false;
  #savedAt = -Infinity;
  #failures = 0;
  /** @type {import("./sheet/conflict.js").ConflictPanel | null} */
  #clash = null; // two texts to choose from: nothing is saved until one is kept
  /** @type {any} */
  #panel; // sheet/conflict.js, once it served
  /** @type {(() => void) | null} */
  #expired = null; // what ends the waiting for a new session
  isKept = false; // whether this device keeps what is typed (sheet/keeping.js)

  // `isHeld()`: something else must reach the server first; saving waits for it.
  /**
   * @param {Piece} root
   * @param {{ url?: string, signIn?: string, revision?: number, content?: SheetContent | null, ask?: Ask,
   *   isHeld?: () => boolean }} known
   */
  constructor(
    root,
    {
      url = root.dataset.saveUrl,
      signIn = root.dataset.signIn ?? "/entrer",
      revision = Number(root.dataset.revision),
      content = null,
      ask = exchange,
      isHeld = () => false,
    } = {},
  ) {
    this.root = root;
    this.url = url;
    this.signIn = signIn;
    this.revision = revision;
    this.ask = ask;
    this.isHeld = isHeld;
    this.question = root.querySelector("[data-question]");
    const template = root.querySelector("template[data-answer-template]");
    this.rows = new AnswerRows(root.querySelector("[data-answers], ol.answers"), template, () => this.#changed());
    this.tags = new TagBoxes(root);
    this.#base = this.#begun(content);
    root.addEventListener("input", () => this.#changed());
    root.querySelector("[data-add-answer]").addEventListener("click", () => this.#addByHand());
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    if (this.isDirty) this.#changed(); // typed before this script came
  }

  get isDirty() {
    return JSON.stringify(this.content()) !== JSON.stringify(this.#base);
  }

  /** @returns {SheetContent} */
  content() {
    return { question: this.question.value, answers: this.rows.answers(), tags: this.tags.read() };
  }

  /** Without content, what came with the page: somebody may have typed before. @param {SheetContent | null} content */
  #begun(content) {
    if (content) this.#show(content);
    const { question, rows, tags } = this;
    return content ? this.content() : { question: question.defaultValue, answers: rows.served(), tags: tags.served() };
  }

  // A note put into the draft becomes an answer, here and (by the same gesture) on the server; its kind is
  // still to be said. Gives back why not, or nothing.
  append(text) {
    const answer = { text, kind: null, condition: "" };
    if (this.rows.answers().some((each) => each.text.trim() === text.trim())) return "";
    if (text.length > LIMITS.answer) {
      return `Trop longue pour une réponse, ${LIMITS.answer} signes au plus : elle reste une note.`;
    }
    if (this.rows.isFull) return "La fiche porte déjà douze réponses : la note n’a pas été copiée.";
    this.rows.append(answer);
    this.#copied.push(answer);
    this.#changed();
    return "";
  }

  // Sends what is not saved yet, now. The request outlives the page.
  flush() {
    if (this.isDirty && !this.#saving && !this.#clash) this.#save(true);
  }

  // Saves what was typed, now. False when the page had better stay: no network, or two questions to choose from.
  async settle() {
    clearTimeout(this.#timer);
    while (this.#saving) await new Promise((resolve) => setTimeout(resolve, 50));
    for (let attempt = 0; this.isDirty && !this.#clash && attempt < 2; attempt += 1) {
      const outcome = await this.#save();
      if (outcome === "refused") return true; // the page that answers says what is wrong
      if (outcome !== "ok") return false;
    }
    if (this.#clash) this.#clash.focus();
    return !this.#clash;
  }

  // What is not saved yet will not be: the page goes back to what the server holds.
  drop() {
    clearTimeout(this.#timer);
    this.#show(this.#base);
  }

  // What is not saved yet, with what it was written upon: enough to go on elsewhere, later.
  draft() {
    return { revision: this.revision, base: this.#base, content: this.content() };
  }

  // Goes on with such a draft; what the server holds now is merged when it is saved.
  resume({ revision, base, content }) {
    this.#base = base;
    this.#revised(revision);
    this.#show(content);
    this.#changed();
  }

  /** @param {SheetContent} content */
  #show({ question, answers, tags = {} }) {
    this.question.value = question;
    this.rows.show(answers);
    this.tags.show(tags);
    this.root.dispatchEvent(new Event("collectifs-written", { bubbles: true }));
  }

  #addByHand() {
    if (this.rows.isFull) this.#say(`Une fiche porte au plus ${several(LIMITS.answers, "réponse")}.`, "alert");
    else this.rows.addByHand();
  }

  // ---------- Saving ----------

  #changed() {
    clearTimeout(this.#timer);
    if (!this.isDirty) sayFormer(false);
    if (!this.isDirty || this.#clash) return;
    const sinceSaved = performance.now() - this.#savedAt;
    this.#timer = setTimeout(() => this.#save(), Math.max(AFTER_KEY, BETWEEN - sinceSaved));
  }

  async #save(keepalive = false) {
    if (this.#saving || this.#clash) return;
    if (this.isHeld() && !keepalive) {
      this.#timer = setTimeout(() => this.#save(), AFTER_KEY);
      return;
    }
    const sent = this.content();
    const answer = await this.#post({ revision: this.revision, content: sent }, keepalive);
    if (answer.outcome === "ok") this.#saved(sent, answer.data);
    else if (answer.status === 409) await this.#merge(answer.data);
    else this.#notSaved(answer);
    return answer.status === 409 ? "ok" : answer.outcome;
  }

  async #post(body, keepalive = false) {
    this.#saving = true;
    this.#savedAt = performance.now();
    const answer = await this.ask(this.url ?? "", { body, keepalive });
    this.#saving = false;
    if (answer.outcome !== "expired") this.#signedIn();
    return answer;
  }

  #revised(revision) {
    this.revision = revision;
    for (const hidden of this.root.querySelectorAll('input[name="revision"]')) hidden.value = revision;
  }

  #saved(sent, data) {
    this.#failures = 0;
    this.#base = sent;
    this.#copied = [];
    this.#revised(data.revision);
    this.#say(data.saved_label, "check");
    showRoom(this.root, data);
    this.root.dispatchEvent(new CustomEvent("sheet-saved", { bubbles: true, detail: data }));
    this.#changed();
  }

  // What puts two texts together comes when it serves: the server has just answered. If it does not come all the same,
  // the next saving asks for it again.
  async #merge(theirs) {
    this.#saving = true;
    const [merging, panel] = await Promise.all(
      [import("./lib/merge_sheet.js"), import("./sheet/conflict.js")],
    ).catch(() => []);
    this.#saving = false;
    if (!merging || !panel) {
      this.#notSaved({ outcome: "offline", data: null });
      return;
    }
    this.#panel = panel;
    const mine = this.content();
    const base = { ...this.#base, answers: [...this.#base.answers, ...this.#copied] };
    const { content, clashes } = merging.mergeSheets(base, mine, theirs.content);
    if (clashes) {
      this.#choose(theirs);
      return;
    }
    this.#copied = [];
    this.#revised(theirs.revision);
    this.#base = theirs.content;
    this.#savedAt = -Infinity;
    if (JSON.stringify(content) !== JSON.stringify(mine)) this.#showMerged(content);
    this.#changed();
  }

  // « Garder la mienne », « Prendre l’autre », « Voir les deux ».
  #choose(theirs) {
    this.#clash?.close();
    this.#say("Deux textes pour cette fiche\u00a0: choisissez", "alert");
    this.#clash = new this.#panel.ConflictPanel(this.root, {
      theirs,
      mine: () => this.content(),
      choose: (wanted) => this.#chosen(wanted, theirs),
    });
  }

  async #chosen(wanted, theirs) {
    if (this.#saving) return;
    const mine = this.content();
    const answer = await this.#post({ do: wanted, revision: theirs.revision, content: mine });
    if (answer.status === 409) {
      this.#choose(answer.data);
    } else if (answer.outcome === "ok") {
      this.#clash?.close();
      this.#clash = null;
      if (wanted === "take") this.#show(answer.data.content);
      this.#saved(wanted === "take" ? this.content() : mine, answer.data);
      this.question.focus();
    } else {
      this.#notSaved(answer);
    }
  }

  // What another device wrote comes in; the person who types here stays where they are.
  #showMerged(content) {
    /** @type {any} */
    const { id, selectionStart: caret } = document.activeElement ?? {};
    this.#show(content);
    const field = id && document.getElementById(id);
    field?.focus();
    if (caret !== undefined && field?.setSelectionRange) field.setSelectionRange(caret, caret);
    this.#say("Repris avec ce qui a été écrit sur un autre appareil", "device");
  }

  /** @param {Answer} answer */
  #notSaved({ outcome, data }) {
    sayFormer(true);
    if (outcome === "refused") {
      this.#say(data?.why ?? "Cette fiche n’a pas pu être enregistrée", "alert");
      return; // the next key tries again
    }
    this.#failures += 1;
    if (outcome === "expired") this.#askSignIn();
    const words = {
      expired: "Pas encore enregistré\u00a0: votre connexion a expiré",
      gone: "Cette fiche n’est plus accessible",
    };
    const waits = this.isKept ? "gardé, chiffré, sur cet appareil" : "gardez cette page ouverte";
    this.#say(words[outcome] ?? `Pas encore enregistré\u00a0: ${waits}`, "device");
    if (outcome === "gone") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), Math.min(LONGEST_RETRY, 1000 * 2 ** this.#failures));
  }

  // The words stay here; back from the other tab, they go.
  #askSignIn() {
    if (this.#expired) return;
    this.root.prepend(signInNotice(this.signIn));
    this.#expired = whenBack(() => this.#save());
  }

  #signedIn() {
    this.#expired?.();
    this.#expired = null;
    this.root.querySelector(".sign-in-beside")?.remove();
  }

  #say(text, symbol) {
    const saved = this.root.querySelector(".saved");
    const words = saved?.querySelector("[data-saved-text]");
    if (!words) return;
    spell(words, text);
    saved.querySelector("use")?.setAttribute("href", `#i-${symbol}`);
  }
}

// On a page of its own it starts by itself; the live screen makes its editor when it has the draft.
function enhance(root) {
  const editor = new SheetEditor(root);
  started();
  if (root.dataset.gaugeUrl) import("./sheet/busy.js"); // the page came without figures
  if (holdsSomething()) import("./sheet/keeping.js").then(({ offerKeeping }) => offerKeeping(root, editor));
  let leaving = false;
  addEventListener("beforeunload", (event) => { if (editor.isDirty && !leaving) event.preventDefault(); });
  // A form of this page goes once what was typed is saved: two savings never meet.
  document.addEventListener("submit", async (event) => {
    /** @type {any} */
    const { target: form, submitter } = event;
    if (leaving) return;
    event.preventDefault();
    const mayGo = await editor.settle();
    await new Promise((resolve) => setTimeout(resolve)); // a form ignores requestSubmit until this event is over
    delete form.dataset.sent; // page.js: not sent yet
    if (!mayGo) return;
    leaving = true;
    sendForm(form, submitter);
    leaving = form.method === "post";
  });
}

for (const root of document.querySelectorAll("[data-sheet-editor][data-save-url]")) enhance(root);
