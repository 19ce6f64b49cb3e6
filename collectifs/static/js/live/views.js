// live/views.js: the three faces of the screen: before it starts, while it runs, once it is closed.
import { expectedEnd, gapMs, spent } from "../lib/agenda.js";
import { clockTime, gapWords, minutes, several } from "../lib/french.js";
import { Controls } from "./controls.js";
import { button, el, show, typed, write } from "./dom.js";
import { Lanes, offerCapture } from "./notes.js";
import { chosenBody, chosenIn, Pick } from "./pick.js";
import { fillPlan, Plan } from "./plan.js";
import { ReplanPanel } from "./replan_panel.js";
import { attendanceWords, Roll } from "./roll.js";
import { Stage } from "./stage.js";

const MINUTE = 60000;

// A view of the template, with the one h1 of the page.
function build(name, title = "") {
  const root = document.getElementById(`view-${name}`).content.firstElementChild.cloneNode(true);
  const heading = el("h1", { tabindex: "-1" }, title);
  root.querySelector("[data-heading]").replaceWith(heading);
  return { root, heading, part: (key) => root.querySelector(`[data-${key}]`) };
}

export class OpeningView {
  title = "Avant de commencer";

  constructor({ data, zone, acts, options }) {
    Object.assign(this, build("opening", this.title), { data, zone });
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
    Object.assign(this, build("running"), { data, acts, options });
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
  }

  #notes({ acts, undoLine, announce, titleOf }) {
    if (this.data.notes === false) {
      for (const name of ["capture", "lanes", "circle"]) this.part(name).remove();
      this.root.querySelector(".help").classList.replace("help", "relance");
      return;
    }
    const stepNow = () => acts.state().current;
    offerCapture(this.part("capture"), { add: acts.add, copy: acts.copy, stepNow, announce });
    this.lanes = new Lanes(this.part("lanes"), { add: acts.add, copy: acts.copy, undoLine, titleOf, hasSheet: Boolean(this.data.sheet) });
    if (!this.data.sheet) this.root.querySelector('label:has([value="sheet"])').remove();
  }

  #previous() {
    const answers = this.data.previous?.answers ?? [];
    const list = el("ol", { class: "numbered" }, ...answers.map((answer) => el("li", {}, typed(answer.text))));
    const question = el("p", { class: "dit" }, typed(this.data.previous?.question ?? ""));
    this.part("previous").querySelector("div").append(question, list);
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
    this.#chosen(state);
    write(this.part("attendance-summary"), attendanceWords(this.data.members, state.attendance));
    if (this.at !== state.current) this.#entered(state, step);
  }

  // What the desk brings up for this step.
  #entered(state, step) {
    const feeds = step?.feeds ?? "";
    this.at = state.current;
    show(this.part("choice"), feeds === "situation");
    show(this.part("previous"), feeds === "follow_up" && Boolean(this.data.previous));
    if (this.desk) show(this.desk, this.#writesSheet(state));
    this.part("attendance").open = state.plan[0].id === state.current;
    if (feeds === "sheet") this.lanes?.openAll();
    this.#prompt(0);
  }

  // From the generalising step to the end, the two headings stay on the screen.
  #writesSheet(state) {
    const place = state.plan.findIndex((each) => this.steps.get(each.id)?.feeds === "sheet");
    return place >= 0 && state.plan.findIndex((each) => each.id === state.current) >= place;
  }

  #prompt(number) {
    const prompts = this.steps.get(this.at)?.prompts ?? [];
    this.prompt = prompts.length > 0 ? number % prompts.length : 0;
    show(this.part("prompt").parentElement, prompts.length > 0);
    show(this.part("next-prompt"), prompts.length > 1);
    const words = prompts[this.prompt] ?? "";
    write(this.part("prompt"), typed(words.startsWith("«") ? words : `« ${words} »`));
  }

  #chosen(state) {
    const chosen = chosenIn(this.options, state);
    const details = this.part("chosen");
    show(details, chosen !== null);
    if (details.dataset.id === chosen?.id || chosen === null) return;
    details.dataset.id = chosen.id;
    details.querySelector("summary").textContent = `La situation : ${typed(chosen.title)}`;
    details.querySelector("div").replaceChildren(chosenBody(chosen));
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
    Object.assign(this, build("closed", this.title), { data, zone, plannedEnd, journal });
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
