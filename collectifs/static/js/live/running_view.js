// live/running_view.js: the screen while the meeting runs. What the room reads, the plan, and the pilot's desk.
import { leftMs } from "../lib/agenda.js";
import { Cards } from "./cards.js";
import { Controls } from "./controls.js";
import { build, show, typed, unbroken, write } from "./dom.js";
import { Duties, dutyWords } from "./duties.js";
import { mayStop } from "./exchange.js";
import { Halted } from "./halted.js";
import { echoLast, Lanes, offerCapture } from "./notes.js";
import { Parking } from "./parking.js";
import { everybody, isAway } from "./people.js";
import { chosenBody, chosenIn, Pick } from "./pick.js";
import { Plan } from "./plan.js";
import { attendanceWords, Roll } from "./roll.js";
import { showSaid } from "./said.js";
import { sayBlocked, sound, wakeLock } from "./settings.js";
import { Slim } from "./slim.js";
import { isSpare, promptsOf, readsAt, voicesOf } from "./spare.js";
import { Stage } from "./stage.js";

export class RunningView {
  /** @type {Roll} */
  roll;
  /** @type {Halted} */
  halted;
  /** @type {Duties} */
  duties;
  /** @type {Parking} */
  parking;
  /** @type {Pick} */
  pick;
  /** @type {string[]} */
  prompts = [];
  /** @type {{ tick(state: RoomState, now: number, mine: boolean): void }[]} */
  panels = []; // what to do when it is late, or early
  /** @type {{ update(state: RoomState, mine: boolean): void }[]} */
  later = []; // what was brought once the room stood
  prompt = 0; // which of the words to start with is shown

  /** @param {Known} known */
  constructor(known) {
    const { root, data, zone, acts, options, undoLine, announce, plannedEnd, lockedEnd } = known;
    const view = build("running", data);
    this.root = view.root;
    this.heading = view.heading;
    this.part = view.part;
    this.data = data;
    this.acts = acts;
    this.options = options;
    this.isPilot = data.role !== "note_taker";
    this.steps = new Map(data.steps.map((step) => [step.id, step]));
    this.stage = new Stage(this.root, this.heading, { root, steps: data.steps, zone, announce });
    this.plan = new Plan(this.root, { zone, plannedEnd, lockedEnd, prepared: data.steps, goTo: acts.jump });
    const meeting = data.meeting.id;
    this.#offerWaysOut({ zone, plannedEnd, lockedEnd, choose: acts.changeMinutes, undoLine, announce, meeting });
    this.controls = new Controls(this.root, acts);
    this.#stop(known);
    this.slim = new Slim(this.root, this.controls.next);
    this.#people(known);
    this.#handover(acts);
    sayBlocked(this.part("sound"));
    this.part("next-prompt").addEventListener("click", () => {
      this.#prompt(this.prompt + 1);
      announce(this.part("prompt").textContent);
    });
    this.cards = new Cards(this.part("cards"), data, announce);
    this.desk = this.root.querySelector("#sheet-desk");
    if (this.desk && data.sheet) this.#write(known);
    else this.desk?.remove();
    this.#notes(known);
    if (data.previous) this.#recall(data.previous);
    if (this.isPilot) this.#agreeOnNext(this.part("next"), data);
    sound.check(); // what is to ring is tried before it is needed
  }

  // Late or early is never at the first minute: their panels come once the room stands.
  async #offerWaysOut(times) {
    const brought = await import("./replan_panel.js").catch(() => null);
    if (!brought) return;
    this.panels = [
      new brought.ReplanPanel(this.part("replan"), times),
      new brought.EarlyPanel(this.part("early"), times),
    ];
  }

  #bring(part, acts) {
    this.later.push(part);
    part.update(acts.state(), acts.isMine);
  }

  // Nobody speaks in turn before the room stands.
  async #goRound(known) {
    const brought = await import("./turns.js").catch(() => null);
    if (!brought) return;
    this.#bring(new brought.Round(this.part("round"), known), known.acts);
  }

  // The answers of last time serve at their step: they come once the room stands.
  async #recall(previous) {
    const brought = await import("./previous.js").catch(() => null);
    if (brought) this.part("previous").querySelector("div").append(brought.previousBody(previous));
  }

  // The way of its question to the wall serves late: it comes once the room stands.
  async #write({ makeEditor, acts, announce }) {
    makeEditor(this.desk);
    const brought = await import("./asked.js").catch(() => null);
    if (!brought) return;
    const [box, field] = ["ask", "question"].map((name) => this.desk.querySelector(`[data-${name}]`));
    this.#bring(new brought.Asked(box, field, acts, announce), acts);
  }

  // Its form serves at the last step: it comes once the room stands. Without its script it is sent as any form is.
  async #agreeOnNext(section, data) {
    section.querySelector("[data-next-form]").action = data.urls.agree ?? "";
    const brought = await import("./next_meeting.js").catch(() => null);
    if (brought) this.next = new brought.NextMeeting(section, data);
  }

  #stop({ acts, data, plannedEnd, journal }) {
    this.halted = new Halted(this.part("halted"), {
      acts, plannedEnd, meeting: data.meeting.id, steps: data.steps, now: () => journal.clock.now(),
      onChange: () => this.update(acts.state(), acts.isMine),
    });
    this.part("halt").addEventListener("click", () => this.halted.open(acts.state()));
  }

  #people({ data, acts, options, undoLine, announce, journal }) {
    const removed = () => journal.gestures.filter(({ kind }) => kind === "unparked").map(({ body }) => body.item);
    this.roll = new Roll(this.part("attendance").querySelector("[data-roll]"), data, acts, announce);
    this.duties = new Duties(this.part("duties"), { data, acts });
    this.#goRound({ data, steps: this.steps, acts, announce });
    this.parking = new Parking(this.part("parking"), { data, acts, undoLine, announce, removed });
    this.pick = new Pick(this.part("choice").querySelector("[data-pick]"), options, acts.choose, acts.countHands);
  }

  // Whoever takes the notes only steers once the pilot has passed la main, by a square code.
  #handover(acts) {
    const [words, take] = this.part("handover").children;
    take.addEventListener("click", acts.takeHand);
    if (this.isPilot) return;
    take.remove();
    write(words, "Vous prenez les notes : un autre appareil conduit la séance.");
  }

  #notes({ data, acts, undoLine, announce, titleOf, journal }) {
    if (data.notes === false) {
      for (const name of ["capture", "lanes", "circle"]) this.part(name).remove();
      show(this.part("without"), true);
      return;
    }
    this.#keepNotesFirst();
    const stepNow = () => acts.state().current;
    offerCapture(this.part("capture"), { add: acts.add, copy: acts.copy, stepNow, announce });
    const forget = (note) => journal.forgetNote?.(note);
    this.lanes = new Lanes(this.part("lanes"), {
      add: acts.add,
      copy: acts.copy,
      undoLine,
      titleOf,
      hasSheet: Boolean(data.sheet),
      announce,
      forget,
    });
    if (!data.sheet && this.isPilot) this.root.querySelector('label:has([value="sheet"])').remove();
  }

  // On a phone an overrun never pushes the note field down: its panel comes after it.
  #keepNotesFirst() {
    const [rail, panel, capture] = [this.root.querySelector(".rail"), this.part("ways-out"), this.part("capture")];
    const phone = matchMedia("(max-width: 44rem)");
    const settle = () => (phone.matches ? capture.after(panel) : rail.prepend(panel));
    phone.addEventListener("change", settle);
    settle();
  }

  /** @param {RoomState} state @param {boolean} mine */
  update(state, mine) {
    const step = this.steps.get(state.current);
    wakeLock.want(true);
    show(this.part("handover"), !mine);
    this.halted.update(state, mine);
    this.stage.update(state, this.halted.isOn);
    this.plan.update(state, mine);
    this.controls.update(state, mine, { isHalted: this.halted.isOn, mayStop: mayStop(this.data.steps, state) });
    this.roll.update(state);
    this.duties.update(state);
    this.pick.update(state);
    this.lanes?.update(state);
    if (this.lanes) echoLast(this.part("echo"), state);
    this.slim.update(state, mine, step ? voicesOf(step, state).speaks : "");
    this.parking.update(state, step?.feeds === "next_meeting");
    const conducts = this.isPilot || mine; // whoever only takes notes neither calls the roll nor chooses
    show(this.part("choice"), conducts && step?.feeds === "situation");
    show(this.part("attendance"), conducts);
    this.#chosen(state, step);
    showSaid(this.part("said"), state, this.steps);
    if (this.at !== state.current) this.#entered(state, step);
    this.#beside(state, step);
    this.#never(state);
    this.#whoseStop(state);
    this.#attendance(state);
    for (const brought of this.later) brought.update(state, mine);
    show(this.part("but-question"), state.question !== "");
    this.#refreshPrompts(step, state);
  }

  #whoseStop(state) {
    const words = isSpare(state) ? "pour tout le monde" : "de la personne qui expose";
    write(this.part("halt").querySelector(".wide"), words);
  }

  // What the desk brings up for this step.
  #entered(state, step) {
    const feeds = step?.feeds ?? "";
    this.at = state.current;
    show(this.part("next"), this.isPilot && feeds === "next_meeting");
    this.#parking(feeds === "next_meeting");
    this.cards.enter(feeds);
    show(this.part("previous"), feeds === "follow_up" && Boolean(this.data.previous));
    if (this.desk) show(this.desk, this.#writesSheet(state));
    this.part("attendance").open = state.plan[0].id === state.current;
    if (feeds === "sheet") this.lanes?.openAll();
  }

  // Folded while the meeting runs; at the closing step it opens, under the next date.
  #parking(isClosing) {
    const box = this.part("parking");
    box.open = isClosing;
    if (isClosing) this.part("next").after(box);
    else this.part("attendance").before(box);
  }

  #attendance(state) {
    const people = everybody(this.data, state);
    const duties = dutyWords(this.data.duties ?? [], people, state);
    write(
      this.part("attendance-summary"),
      typed(`${attendanceWords(people, state.attendance)}${duties && ` · ${duties}`}`),
    );
  }

  // Words to start with, anew at each step and when another situation is chosen.
  #refreshPrompts(step, state) {
    const wanted = JSON.stringify([state.current, state.situation]);
    if (this.promptsFor === wanted) return;
    this.promptsFor = wanted;
    this.prompts = promptsOf(step, state, chosenIn(this.options, state));
    this.#prompt(0);
  }

  // A memory, not a rank: who, among those present, has never presented.
  #never(state) {
    const here = ({ id }) => !isAway(state, id) && state.situation?.told_by !== id;
    const names = this.data.members
      .filter((member) => (this.data.never ?? []).includes(member.id) && here(member))
      .map(({ name }) => name);
    const line = this.part("never");
    const kept = this.data.remembers_all === false ? ", d’après ce qui n’est pas effacé" : "";
    show(line, names.length > 0);
    write(
      line,
      typed(`${names.length > 1 ? "N’ont" : "N’a"} pas encore exposé${kept} : ${names.join(", ")}. Rien n’y oblige.`),
    );
  }

  // From the generalising step to the end, the two headings stay on the screen.
  #writesSheet(state) {
    const found = state.plan.findIndex((each) => this.steps.get(each.id)?.feeds === "sheet");
    const place = found >= 0 ? found : state.plan.length - 1; // a canvas without such a step writes at its last one
    return state.plan.findIndex((each) => each.id === state.current) >= place;
  }

  #prompt(number) {
    const { prompts } = this;
    this.prompt = prompts.length > 0 ? number % prompts.length : 0;
    show(this.part("prompt").parentElement, prompts.length > 0);
    show(this.part("next-prompt"), prompts.length > 1);
    const words = prompts[this.prompt] ?? "";
    const said = typed(words.startsWith("«") ? words : `« ${words} »`);
    if (this.part("prompt").textContent !== said) this.part("prompt").replaceChildren(...unbroken(said));
  }

  // What this step asks stands beside the note field, which keeps its place at every step.
  #beside(state, step) {
    const isRead = readsAt(step, state) !== "" && chosenIn(this.options, state) !== null;
    const names = ["chosen", "choice", "previous", "round", "said"];
    const [chosen, choice, previous, round, said] = names.map(this.part);
    const help = this.root.querySelector(".relance-side");
    const asked = [choice, previous, said].find((each) => !each.hidden);
    const wanted = [isRead && chosen, asked, round.open && round];
    const side = wanted.find(Boolean) || help;
    for (const each of [chosen, choice, previous, round, said, help]) each.classList.toggle("is-side", each === side);
  }

  #chosen(state, step) {
    const chosen = chosenIn(this.options, state);
    const details = this.part("chosen");
    const reads = readsAt(step, state);
    show(details, chosen !== null);
    const wanted = `${chosen?.kind}/${chosen?.id}/${reads}`;
    if (chosen === null || details.dataset.id === wanted) return;
    details.dataset.id = wanted;
    if (reads) details.open = true;
    const below = reads ? this.part("previous") : this.part("attendance");
    below.before(details); // what is read now stands beside the note field
    details.querySelector("summary").textContent = `La situation : ${typed(chosen.title)}`;
    details.querySelector("div").replaceChildren(chosenBody(chosen, reads));
  }

  // The time, in words, to whoever asks by the key.
  timeNow(state, now) {
    return `${this.stage.timeNow(state, now)} ${this.plan.timeNow(state, now)}`;
  }

  tick(state, now, mine) {
    this.stage.tick(state, now);
    this.plan.tick(state, now);
    this.slim.tick(state, now);
    for (const panel of this.panels) panel.tick(state, now, mine && !this.halted.isOn);
    const turn = `${state.entered.length}/${state.current}/${state.added_s[state.current] ?? 0}`;
    if (state.running_since !== null) sound.tick(turn, leftMs(state, state.current, now));
  }
}
