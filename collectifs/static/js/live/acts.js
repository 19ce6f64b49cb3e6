// live/acts.js: every gesture that this screen can make, named as people say it.
import { uuid } from "../lib/browser.js";
import { typed } from "./dom.js";

const TWICE = 500; // ms: a double click is one gesture
const MORE = 120; // seconds that one press adds
const OF_THE_ROOM = ["welcome", "giveFloor", "passTurn", "countHands", "giveDuty", "park", "unpark"];

export class Acts {
  #steppedAt = -Infinity;

  // `state()` is the folded state now; `copyText(text)` puts a text in the draft, or says why it cannot.
  /**
   * @param {{
   *   journal: Journal, device: string, steps: Step[], state: () => RoomState, undoLine: UndoLine,
   *   copyText: (text: string) => string,
   * }} known
   */
  constructor({ journal, device, steps, state, undoLine, copyText }) {
    this.journal = journal;
    this.device = device;
    this.steps = steps;
    this.state = state;
    this.undoLine = undoLine;
    this.copyText = copyText;
    // Handed about as plain functions.
    for (const name of [
      "start", "takeHand", "next", "previous", "goTo", "jump", "pauseOrResume", "addTime", "closeExchange", "startOver",
      "close", "closeAt", "note", "reopen",
      "changeMinutes", "mark", "choose", "add", "copy", ...OF_THE_ROOM,
    ]) {
      this[name] = this[name].bind(this);
    }
  }

  get isMine() {
    return this.state().hand_device === this.device;
  }

  /** @template {GestureKind} K @param {K} kind @param {GestureBodies[K]} body @returns {Gesture} */
  add(kind, body) {
    return this.journal.add(kind, body, this.state().hand);
  }

  /** @template {GestureKind} K @param {K} kind @param {GestureBodies[K]} body */
  #steer(kind, body) {
    if (this.isMine) this.add(kind, body);
  }

  // ---------- Steering ----------

  takeHand() {
    this.journal.add("hand_taken", { device: this.device }, this.state().hand + 1);
  }

  start() {
    this.takeHand();
    const plan = this.steps.map(({ id, title, minutes, least }) => ({ id, title, minutes, least }));
    this.#steer("meeting_started", { plan });
  }

  #place() {
    return this.state().plan.findIndex((step) => step.id === this.state().current);
  }

  goTo(step) {
    this.#steppedAt = performance.now();
    this.undoLine.closeAbout("step");
    this.#steer("step_entered", { step });
  }

  // From a line of the plan, with the way back: a finger may slip.
  jump(step) {
    const { current } = this.state();
    if (step === current) return;
    this.goTo(step);
    this.undoLine.offer("Étape changée.", "Revenir", () => this.goTo(current), { about: "step" });
  }

  next() {
    if (!this.isMine || performance.now() - this.#steppedAt < TWICE) return;
    const { plan, closed_at: closedAt } = this.state();
    const place = this.#place();
    if (closedAt !== null || place < 0) return;
    if (place < plan.length - 1) this.goTo(plan[place + 1].id);
  }

  previous() {
    if (this.isMine && this.#place() > 0) this.goTo(this.state().plan[this.#place() - 1].id);
  }

  pauseOrResume() {
    this.#steer(this.state().running_since === null ? "resumed" : "paused", {});
  }

  addTime() {
    const step = this.state().current;
    this.#steer("time_added", { step, seconds: MORE });
    const undo = () => this.#steer("time_added", { step, seconds: -MORE });
    this.undoLine.offer("Deux minutes de plus.", "Annuler", undo, { about: "step" });
  }

  // After a STOP: an ordinary change of step. Nothing is asked, nothing says who or why.
  closeExchange() {
    const { plan, current } = this.state();
    const isPlanned = ({ id }) => plan.some((each) => each.id === id);
    const closing = this.steps.findLast((step) => step.feeds === "next_meeting" && isPlanned(step));
    this.goTo((closing ?? plan[plan.length - 1]).id);
    this.#offerBack(current);
  }

  // Another situation: back to the choice, with the minutes that are left.
  startOver(from, minutes) {
    const { plan, current } = this.state();
    this.goTo(from);
    this.#steer("plan_changed", { steps: plan.map(({ id, minutes: had }) => ({ id, minutes: minutes[id] ?? had })) });
    const before = plan.map(({ id, minutes: had }) => ({ id, minutes: had }));
    this.#offerBack(current, () => this.#steer("plan_changed", { steps: before }));
  }

  #offerBack(step, also = () => {}) {
    const title = this.state().plan.find(({ id }) => id === step)?.title ?? "";
    const back = () => { also(); this.goTo(step); };
    this.undoLine.offer("On s’arrête là, sans raison à donner.", `Revenir à « ${typed(title)} »`, back, {
      about: "step",
    });
  }

  close() {
    this.undoLine.close();
    this.#steer("meeting_closed", {});
  }

  // Left open and found again: it ended then.
  closeAt(end) {
    this.undoLine.close();
    const after = new Date(end + 1).toISOString(); // what came last comes before it
    if (this.isMine) this.journal.add("meeting_closed", {}, this.state().hand, after);
  }

  // A note of the step that was the last, for the collective.
  note(text) {
    this.add("note_written", { note: uuid(), lane: "collective", step: this.state().current, text });
  }

  // Reopened at once, the time goes on; later, it waits for « reprendre ».
  reopen() {
    const justClosed = this.journal.clock.now() - Date.parse(this.state().closed_at ?? "") < 600000;
    this.#steer("meeting_reopened", {});
    if (justClosed) this.#steer("resumed", {});
  }

  // `minutes`: {step: minutes} for the steps that change. Undone by the plan of before.
  changeMinutes(minutes, undone = () => {}) {
    const before = this.state().plan.map(({ id, minutes: had }) => ({ id, minutes: had }));
    const steps = before.map((step) => ({ ...step, minutes: minutes[step.id] ?? step.minutes }));
    this.#steer("plan_changed", { steps });
    const undo = () => {
      undone(); // before the screen looks again
      this.#steer("plan_changed", { steps: before });
    };
    this.undoLine.offer("Les durées ont changé.", "Annuler", undo, { about: "step" });
  }

  // ---------- From any device ----------

  mark(who, state) {
    this.add("attendance_marked", { who, state });
  }

  choose(body) {
    this.add("situation_chosen", body);
  }

  // Somebody without an account who came in: named, and there.
  welcome(who, name) {
    this.add("guest_welcomed", { who, name });
    this.mark(who, "present");
  }

  giveFloor(who) {
    this.add("turn_taken", { who, step: this.state().current, how: "given" });
  }

  passTurn(who) {
    this.add("turn_taken", { who, step: this.state().current, how: "passed" });
  }

  // On the wall; without words, away from it.
  showQuestion(text) {
    this.#steer("question_shown", text === "" ? {} : { text });
  }

  countHands(about, criterion, count) {
    this.add("hands_counted", { about, criterion, count });
  }

  giveDuty(duty, who) {
    this.add("duty_given", { duty, who });
  }

  park(item, text) {
    this.add("parked", { item, text });
  }

  unpark(item) {
    this.add("unparked", { item });
  }

  copy(note) {
    const refusal = this.copyText(note.text);
    if (refusal) this.undoLine.offer(refusal, "", null);
    else this.add("note_copied_to_sheet", { note: note.id });
  }
}
