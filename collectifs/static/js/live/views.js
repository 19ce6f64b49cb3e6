// live/views.js: the three faces of the screen: before it starts, while it runs, once it is closed.
import { expectedEnd, gapMs, spent } from "../lib/agenda.js";
import { clockTime, gapWords, minutes, several } from "../lib/french.js";
import { Controls } from "./controls.js";
import { button, el, fill, show, typed, unbroken, write } from "./dom.js";
import { Lanes, offerCapture } from "./notes.js";
import { chosenBody, chosenIn, Pick } from "./pick.js";
import { fillPlan, Plan } from "./plan.js";
import { NextMeeting } from "./next_meeting.js";
import { previousBody } from "./previous.js";
import { ReplanPanel } from "./replan_panel.js";
import { attendanceWords, Roll } from "./roll.js";
import { isSpare, promptsOf, readsAt } from "./spare.js";
import { Stage } from "./stage.js";

const MINUTE = 60000;

// A view of the shell, filled, with the one h1 of the page.
function build(name, data, title = "") {
  const root = document.getElementById(`view-${name}`).content.firstElementChild.cloneNode(true);
  const heading = el("h1", { tabindex: "-1" }, title);
  root.querySelector("[data-heading]").replaceWith(heading);
  fill(root, data, data.urls);
  return { root, heading, part: (key) => root.querySelector(`[data-${key}]`) };
}

export class OpeningView {
  title = "Avant de commencer";

  constructor({ data, zone, acts, options }) {
    Object.assign(this, build("opening", data, this.title), { data, zone });
    this.part("start").append(button("Commencer le regroupement", acts.start, "btn primary"));
    this.roll = new Roll(this.part("roll"), data.members, acts.mark);
    this.pick = new Pick(this.part("pick"), options, acts.choose);
    this.total = data.steps.reduce((sum, step) => sum + step.minutes, 0);
  }

  update(state) {
    this.roll.update(state);
    this.pick.update(state);
  }

  tick(state, now) {
    const { day, hours, place } = this.data.meeting;
    const end = clockTime(Math.round(now / MINUTE + this.total) * MINUTE, this.zone);
    const when = [day, hours, place].filter(Boolean).map(typed).join(", ");
    write(this.part("lead"), `${when[0].toUpperCase()}${when.slice(1)}. ${several(this.data.steps.length, "étape")}, ${minutes(this.total)} : en commençant maintenant, fin à ${end}.`);
  }
}

export class RunningView {
  constructor({ root, data, zone, acts, options, undoLine, announce, titleOf, plannedEnd, lockedEnd, makeEditor }) {
    Object.assign(this, build("running", data), { data, acts, options });
    this.steps = new Map(data.steps.map((step) => [step.id, step]));
    this.stage = new Stage(this.root, this.heading, { root, steps: data.steps, zone, announce });
    this.plan = new Plan(this.root, { zone, plannedEnd, lockedEnd, goTo: acts.goTo });
    this.replan = new ReplanPanel(this.part("replan"), { zone, plannedEnd, lockedEnd, choose: acts.changeMinutes });
    this.controls = new Controls(this.root, acts);
    this.roll = new Roll(this.part("attendance").querySelector("[data-roll]"), data.members, acts.mark);
    this.pick = new Pick(this.part("choice").querySelector("[data-pick]"), options, acts.choose);
    this.part("handover").querySelector("button").addEventListener("click", acts.takeHand);
    this.part("next-prompt").addEventListener("click", () => this.#prompt(this.prompt + 1));
    this.desk = this.root.querySelector("#sheet-desk");
    if (this.desk && data.sheet) makeEditor(this.desk);
    else this.desk?.remove();
    this.#notes({ acts, undoLine, announce, titleOf });
    this.#previous();
    this.next = new NextMeeting(this.part("next"), data);
  }

  #notes({ acts, undoLine, announce, titleOf }) {
    if (this.data.notes === false) {
      for (const name of ["capture", "lanes", "circle"]) this.part(name).remove();
      this.root.querySelector(".help").classList.replace("help", "relance");
      return;
    }
    this.#keepNotesFirst();
    const stepNow = () => acts.state().current;
    offerCapture(this.part("capture"), { add: acts.add, copy: acts.copy, stepNow, announce });
    this.lanes = new Lanes(this.part("lanes"), { add: acts.add, copy: acts.copy, undoLine, titleOf, hasSheet: Boolean(this.data.sheet) });
    if (!this.data.sheet) this.root.querySelector('label:has([value="sheet"])').remove();
  }

  // On a phone an overrun never pushes the note field down: its panel comes after it.
  #keepNotesFirst() {
    const [rail, panel, capture] = [this.root.querySelector(".rail"), this.part("replan"), this.part("capture")];
    const phone = matchMedia("(max-width: 44rem)");
    const settle = () => (phone.matches ? capture.after(panel) : rail.prepend(panel));
    phone.addEventListener("change", settle);
    settle();
  }

  #previous() {
    if (this.data.previous) this.part("previous").querySelector("div").append(previousBody(this.data.previous));
  }

  update(state, mine) {
    const step = this.steps.get(state.current);
    show(this.part("handover"), !mine);
    this.stage.update(state);
    this.plan.update(state, mine);
    this.controls.update(state, mine);
    this.roll.update(state);
    this.pick.update(state);
    this.lanes?.update(state);
    this.#chosen(state, step);
    this.#never(state);
    write(this.part("halt").querySelector(".wide"), isSpare(state) ? "pour tout le monde" : "de la personne qui expose");
    write(this.part("attendance-summary"), attendanceWords(this.data.members, state.attendance));
    if (this.at !== state.current) this.#entered(state, step);
    this.#refreshPrompts(step, state);
  }

  // What the desk brings up for this step.
  #entered(state, step) {
    const feeds = step?.feeds ?? "";
    this.at = state.current;
    show(this.part("choice"), feeds === "situation");
    show(this.part("next"), feeds === "next_meeting");
    show(this.part("previous"), feeds === "follow_up" && Boolean(this.data.previous));
    if (this.desk) show(this.desk, this.#writesSheet(state));
    this.part("attendance").open = state.plan[0].id === state.current;
    if (feeds === "sheet") this.lanes?.openAll();
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
    const here = ({ id }) => !["excused", "absent"].includes(state.attendance[id]) && state.situation?.told_by !== id;
    const names = this.data.members.filter((member) => (this.data.never ?? []).includes(member.id) && here(member)).map(({ name }) => name);
    const line = this.part("never");
    const kept = this.data.remembers_all === false ? ", d’après ce qui n’est pas effacé" : "";
    show(line, names.length > 0);
    write(line, typed(`${names.length > 1 ? "N’ont" : "N’a"} pas encore exposé${kept} : ${names.join(", ")}. Rien n’y oblige.`));
  }

  // From the generalising step to the end, the two headings stay on the screen.
  #writesSheet(state) {
    const place = state.plan.findIndex((each) => this.steps.get(each.id)?.feeds === "sheet");
    return place >= 0 && state.plan.findIndex((each) => each.id === state.current) >= place;
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

  #chosen(state, step) {
    const chosen = chosenIn(this.options, state);
    const details = this.part("chosen");
    const reads = readsAt(step, state);
    show(details, chosen !== null);
    const wanted = `${chosen?.kind}/${chosen?.id}/${reads}`;
    if (chosen === null || details.dataset.id === wanted) return;
    details.dataset.id = wanted;
    if (reads) details.open = true;
    const below = reads ? this.root.querySelector("[data-capture], .relance") : this.part("attendance");
    below.before(details); // what is read now stands first on the desk
    details.querySelector("summary").textContent = `La situation : ${typed(chosen.title)}`;
    details.querySelector("div").replaceChildren(chosenBody(chosen, reads));
  }

  tick(state, now, mine) {
    this.stage.tick(state, now);
    this.plan.tick(state, now);
    this.replan.tick(state, now, mine);
  }
}

export class ClosedView {
  title = "La séance est close";

  constructor({ data, zone, acts, undoLine, titleOf, plannedEnd, journal }) {
    Object.assign(this, build("closed", data, this.title), { data, zone, plannedEnd, journal });
    this.part("handover").querySelector("button").addEventListener("click", acts.takeHand);
    this.part("reopen").addEventListener("click", acts.reopen);
    this.roll = new Roll(this.part("roll"), data.members, acts.mark);
    if (data.notes === false) this.part("lanes").closest("section").remove();
    else this.lanes = new Lanes(this.part("lanes"), { add: acts.add, copy: acts.copy, undoLine, titleOf, hasSheet: Boolean(data.sheet) });
  }

  update(state, mine) {
    show(this.part("handover"), !mine);
    show(this.part("reopen"), mine);
    this.roll.update(state);
    this.lanes?.update(state, true);
    const end = expectedEnd(state, 0);
    const lasted = state.plan.reduce((sum, step) => sum + spent(state, step.id, end), 0);
    write(this.part("lead"), `Fin à ${clockTime(end, this.zone)}, ${gapWords(gapMs(state, end, this.plannedEnd))} ; ${minutes(Math.round(lasted / MINUTE))} de travail.`);
    fillPlan(this.part("plan-rows"), state, end);
  }

  tick() {
    const { unsent } = this.journal;
    show(this.part("unsent-warning"), unsent > 0 && Boolean(this.journal.trouble));
    write(this.part("unsent-warning"), `${several(unsent, "geste")} ${unsent > 1 ? "ne sont pas encore partis" : "n’est pas encore parti"} : gardez cette page ouverte jusqu’au retour du réseau.`);
  }
}
