// live/replan_panel.js: late, three ways out with what each would change; early, the way to give time back. None is
// taken for anybody.
import { closingGap, expectedEnd, gapMs, overrunMs, toGo } from "../lib/agenda.js";
import { session } from "../lib/browser.js";
import { clockTime, minutes, several } from "../lib/french.js";
import { endLater, giveBack, shortenAll, takeFromLast } from "../lib/replan.js";
import { el, show, spell, spelledPieces, typed } from "./dom.js";

export class ReplanPanel {
  #shown = "";
  #later = ""; // the step for which it was folded, or decided
  #at = ""; // the step where it was last looked at
  #asked = ""; // the step for which it unfolded by itself

  /**
   * @param {Piece} panel
   * @param {Pick<Known, "zone" | "plannedEnd" | "lockedEnd" | "undoLine" | "announce">
   *   & { choose: Acts["changeMinutes"], meeting: string }} known
   */
  constructor(panel, { zone, plannedEnd, lockedEnd, choose, undoLine, announce, meeting }) {
    this.panel = panel;
    this.mark = `collectifs-fin-${meeting}`;
    this.announce = announce;
    this.zone = zone;
    this.plannedEnd = plannedEnd;
    this.lockedEnd = lockedEnd;
    this.choose = choose;
    this.undoLine = undoLine;
    this.step = "";
    // The planned one, or the later one that was chosen here, which a page that is reloaded does not ask again.
    this.agreedEnd = Math.max(plannedEnd, Number(session.getItem(this.mark)));
    // By a press alone: « toggle » also comes, later, when the panel is folded by this script.
    panel.firstElementChild.addEventListener("click", () => { if (panel.open) this.#later = this.step; });
  }

  /** @param {RoomState} state @param {number} now @param {boolean} mine */
  tick(state, now, mine) {
    this.step = `${state.entered.length}/${state.current}`;
    const isLate = gapMs(state, now, this.agreedEnd) >= 60000 || closingGap(state, now, this.lockedEnd) >= 60000;
    const isNews = this.#unfold(mine && isLate, overrunMs(state, now) >= 60000);
    if (this.panel.hidden) return;
    this.#refresh(state, now);
    if (isNews) this.#say(state, now);
  }

  #refresh(state, now) {
    // The choices change by whole minutes: a button is not rebuilt under a finger each second.
    const gap = Math.ceil(gapMs(state, now, this.plannedEnd) / 60000);
    const wanted = `${this.step}/${gap}/${JSON.stringify(state.plan)}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#fill(state, now);
  }

  // Unfolded when a step runs over, once; folded with the next one, it stays for as long as the end is late. Whether
  // that is news.
  #unfold(isLate, isOver) {
    const { hidden: wasHidden, open: wasOpen } = this.panel;
    show(this.panel, isLate);
    if (!isLate) return false;
    const isAsked = isOver && this.#asked !== this.step;
    if (isAsked) this.#asked = this.step;
    if (isAsked || wasHidden || this.#at !== this.step) this.panel.open = isAsked && this.#later !== this.step;
    this.#at = this.step;
    return wasHidden || (this.panel.open && !wasOpen);
  }

  // Said when it appears, not at each minute that it counts.
  #say(state, now) {
    const [summary, , choices] = this.panel.children;
    const ways = several(choices.children.length, "choix", "choix");
    const [end, planned] = [expectedEnd(state, now), this.plannedEnd].map((moment) => this.#clock(moment));
    const name = summary.querySelector(".sr").textContent;
    this.announce(`À ce rythme, fin à ${end}, prévue à ${planned}. ${ways} sous le titre « Reprendre ${name} ? »`);
  }

  #fill(state, now) {
    const end = this.#clock(expectedEnd(state, now));
    const rest = toGo(state, now);
    const until = Math.floor((this.plannedEnd - now) / 60000);
    const [summary, says, choices] = this.panel.children;
    const gap = Math.max(gapMs(state, now, this.plannedEnd), closingGap(state, now, this.lockedEnd));
    spell(summary.firstElementChild, `Reprendre ${minutes(Math.ceil(gap / 60000))} ?`);
    const planned =
      rest.steps > 0
        ? `Il reste ${minutes(Math.ceil(rest.ms / 60000))} pour ${several(rest.steps, "étape")}`
        : "Le temps prévu est écoulé";
    const before = until > 0 ? `, et ${minutes(until)} jusqu’à ${this.#clock(this.plannedEnd)}` : "";
    spell(says, `À ce rythme, fin à ${end}. ${planned}${before}. Rien ne change tant que vous n’avez pas choisi.`);
    choices.replaceChildren(...this.#choices(state, now).map((each) => this.#button(each)));
  }

  #choices(state, now) {
    const fromLast = takeFromLast(state, now, this.plannedEnd);
    const fromAll = shortenAll(state, now, this.plannedEnd);
    return [
      fromLast && { text: "Prendre sur la fin", proposal: fromLast, says: this.#changes(state, fromLast) },
      fromAll && { text: "Raccourcir un peu partout", proposal: fromAll, says: this.#changes(state, fromAll) },
      this.#laterChoice(state, now),
    ].filter(Boolean);
  }

  // Later, but never past the hour when the room closes: then the steps give what is missing.
  #laterChoice(state, now) {
    const later = endLater(state, now, this.lockedEnd);
    if (later) {
      return {
        text: `Finir à ${this.#clock(later.ends_at)}`,
        proposal: later,
        says: `Chaque étape garde ses minutes${this.#closes(". ")}`,
      };
    }
    const bounded = Number(this.lockedEnd) - this.plannedEnd >= 60000 && shortenAll(state, now, this.lockedEnd);
    if (!bounded) return null;
    return {
      text: `Finir plus tard, avant ${this.#clock(this.lockedEnd)}`,
      proposal: bounded,
      says: `${this.#closes()} : ${this.#changes(state, bounded)}`,
    };
  }

  #closes(before = "") {
    return this.lockedEnd ? `${before}La salle ferme à ${this.#clock(this.lockedEnd)}` : "";
  }

  /** @param {any} way */
  #button({ text, proposal, says }) {
    const isLater = Object.keys(proposal.minutes).length === 0;
    const choose = () => {
      this.#later = this.step;
      if (isLater) this.#agree(proposal.ends_at);
      else this.choose(proposal.minutes, () => this.#askAgain());
      if (proposal.ends_at > this.plannedEnd) this.#agreeOn(proposal.ends_at);
      show(this.panel, false);
    };
    return el("button", { type: "button", class: "btn", onclick: choose }, ...spelled(text), small(says));
  }

  // Nothing changes but what is expected: not asked again for this end, and taken back by one gesture.
  #agree(end) {
    this.undoLine.offer(
      `Fin à ${this.#clock(end)} : chaque étape garde ses minutes.`,
      "Annuler",
      () => this.#askAgain(),
      { about: "step" },
    );
  }

  #agreeOn(end) {
    this.agreedEnd = end;
    session.setItem(this.mark, String(end));
  }

  #askAgain() {
    this.agreedEnd = this.plannedEnd;
    session.removeItem(this.mark);
    this.#later = "";
    this.#asked = "";
  }

  #changes(state, proposal) {
    return changesOf(state, proposal, this.zone);
  }

  #clock(moment) {
    return roundClock(moment, this.zone);
  }
}

const spelled = (words) => spelledPieces(typed(words));
const small = (says) => el("small", {}, ...spelled(says));

const roundClock = (moment, zone) => clockTime(Math.round(moment / 60000) * 60000, zone);

function changesOf(state, { minutes: changed, ends_at: end }, zone) {
  const said = state.plan
    .filter((step) => step.id in changed)
    .map((step) => `${typed(step.title)} ${minutes(changed[step.id])}`);
  return `${said.join(", ")} : fin à ${roundClock(end, zone)}`;
}

const EARLY = 180000; // less is not worth a word

// Time to spare, once the first step is over: given back to the steps to come by one gesture.
export class EarlyPanel {
  #shown = "";

  /**
   * @param {Piece} panel
   * @param {Pick<Known, "zone" | "plannedEnd" | "lockedEnd"> & { choose: Acts["changeMinutes"] }} known
   */
  constructor(panel, { zone, plannedEnd, lockedEnd, choose }) {
    this.panel = panel;
    this.zone = zone;
    this.limit = Math.min(plannedEnd, lockedEnd ?? plannedEnd);
    this.choose = choose;
  }

  /** @param {RoomState} state @param {number} now @param {boolean} mine */
  tick(state, now, mine) {
    const early = -gapMs(state, now, this.limit);
    const way = mine && early >= EARLY && state.plan[0].id !== state.current && giveBack(state, now, this.limit);
    show(this.panel, Boolean(way));
    if (!way) return;
    const wanted = `${Math.floor(early / 60000)}/${JSON.stringify(way.minutes)}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const [summary, says, choices] = this.panel.children;
    spell(summary.firstElementChild, `${minutes(Math.floor(early / 60000))} d’avance : les rendre ?`);
    spell(says, `Ou finir plus tôt, à ${roundClock(expectedEnd(state, now), this.zone)} : il n’y a rien à faire.`);
    const give = () => { this.panel.open = false; this.choose(way.minutes); };
    choices.replaceChildren(
      el("button", { type: "button", class: "btn", onclick: give },
        "Les rendre aux étapes", small(changesOf(state, way, this.zone)),
      ),
    );
  }
}
