// lib/agenda.js: what a meeting has become, folded from its gestures. The twin of live/domain/agenda.py, held to
// it by tests/shared/agenda_cases.json. Pure: no clock, no page.
// Instants of the state are texts in UTC (`2027-01-13T13:00:00.000Z`). lib/agenda_reading.js computes the rest from it.
import { LEFT_OPEN, ms } from "./agenda_reading.js";
import { GESTURES } from "./rules.js";

export * from "./agenda_reading.js";

const ATTRIBUTES = ["id", "title", "minutes", "least"];

const iso = (milliseconds) => (milliseconds === null ? null : new Date(milliseconds).toISOString());
const pick = (object, keys) => Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const steers = (kind) => GESTURES[kind]?.steers ?? false;
const byPlace = (a, b) => a.hand - b.hand || ms(a.happened_at) - ms(b.happened_at) || compare(a.id, b.id);

// Each gesture once, by hand, then instant, then id.
export function inOrder(gestures) {
  const once = new Map();
  for (const gesture of gestures) once.set(gesture.id, gesture);
  return [...once.values()].sort(byPlace);
}

// What these gestures add up to, in whatever order they came and however often.
/** @param {Gesture[]} gestures @returns {RoomState} */
export function fold(gestures) {
  const ordered = inOrder(gestures);
  const handovers = ordered.filter((each) => each.kind === "hand_taken");
  const folding = new Folding();
  for (const gesture of ordered) {
    if (!(steers(gesture.kind) && isOutranked(gesture, handovers))) folding.take(gesture);
  }
  return folding.state();
}

// A steering gesture made after somebody else took la main is kept and ignored.
function isOutranked(gesture, handovers) {
  return handovers.some((each) => each.hand > gesture.hand && ms(gesture.happened_at) > ms(each.happened_at));
}

class Folding {
  hand = 0;
  /** @type {string | null} */
  handDevice = null;
  /** @type {number | null} */
  startedAt = null;
  /** @type {number | null} */
  closedAt = null;
  /** @type {number | null} */
  lastClosedAt = null;
  /** @type {number | null} */
  reopenedAt = null;
  wasLeftOpen = false;
  reached = -Infinity; // the instant of the steering so far: it never goes back, should two clocks differ a little
  /** @type {Map<string, any>} */
  plan = new Map();
  /** @type {any} */
  current = null; // the id of a step
  /** @type {number | null} */
  runningSince = null;
  /** @type {Record<string, number>} */
  spentMs = {};
  /** @type {Record<string, number>} */
  addedS = {};
  /** @type {string[]} */
  entered = [];
  drafts = new Map();
  /** @type {Record<string, string>} */
  attendance = {};
  /** @type {ChosenSituation | null} */
  situation = null;
  /** @type {Record<string, string>} */
  guests = {};
  parked = new Map();
  unparked = new Set();
  /** @type {Record<string, string>} */
  duties = {};
  /** @type {Gesture[]} */
  turns = [];
  /** @type {Gesture[]} */
  counts = [];
  question = "";
  unknown = new Set(); // kinds that only another version of Collectifs knows

  take(gesture) {
    if (!Object.hasOwn(GESTURES, gesture.kind)) {
      this.unknown.add(gesture.kind);
      return;
    }
    if (steers(gesture.kind)) {
      if (!this.#isExpected(gesture.kind)) return;
      this.#reach(ms(gesture.happened_at));
    }
    HANDLERS[gesture.kind](this, gesture.body, gesture);
  }

  // Nothing steered for half a day: nobody was in the room any more, and its time stopped.
  #reach(instant) {
    const before = this.reached;
    this.reached = Math.max(before, instant);
    this.wasLeftOpen = this.reached - before >= LEFT_OPEN;
    if (this.wasLeftOpen) this.#forgetTheHours();
  }

  // Before the start nothing steers but the start; once closed, only reopening.
  #isExpected(kind) {
    if (this.startedAt === null) return kind === "meeting_started";
    if (this.closedAt !== null) return kind === "meeting_reopened";
    return kind !== "meeting_started";
  }

  enter(step) {
    this.current = step;
    this.question = "";
    this.runningSince = this.reached;
    this.entered.push(step);
  }

  // Puts the running time of the current step aside; without it, does nothing.
  stop() {
    if (this.runningSince !== null) {
      this.spentMs[this.current] = (this.spentMs[this.current] ?? 0) + this.reached - this.runningSince;
    }
    this.runningSince = null;
  }

  // A step left running ran for what it was given at most.
  #forgetTheHours() {
    if (this.runningSince !== null) {
      const given = this.plan.get(this.current).minutes * 60000 + (this.addedS[this.current] ?? 0) * 1000;
      const over = this.spentMs[this.current] ?? 0;
      this.spentMs[this.current] = over + Math.max(0, Math.min(this.reached - this.runningSince, given - over));
    }
    this.runningSince = null;
  }

  draft(note) {
    if (!this.drafts.has(note)) {
      this.drafts.set(note, { written: null, edits: [], removals: new Set(), undone: new Set(), copied: false });
    }
    return this.drafts.get(note);
  }

  // Turns, hands raised and replaced words are kept until close: those of before are gone, reopened or not.
  #outlivesClose(gesture) {
    if (this.closedAt !== null) return false;
    return this.lastClosedAt === null || ms(gesture.happened_at) > this.lastClosedAt;
  }

  #notes() {
    return [...this.drafts.values()]
      .filter((draft) => [...draft.removals].every((id) => draft.undone.has(id)))
      .map(whole)
      .filter(({ written }) => written)
      .sort((a, b) => byPlace(a.written, b.written))
      .map((draft) => this.#note(draft));
  }

  // The latest edit wins; its lane and step only when it names them.
  #note({ written, edits, copied }) {
    const { note, lane, step, text } = written.body;
    const now = { lane, step, text };
    const earlier = [];
    for (const edit of edits) {
      if (now.text && edit.body.text !== now.text && this.#outlivesClose(edit)) earlier.push(now.text);
      Object.assign(now, pick(edit.body, ["lane", "step", "text"]));
    }
    return { id: note, ...now, copied, earlier };
  }

  #turns() {
    const bodies = this.turns.filter((each) => this.#outlivesClose(each)).map((each) => each.body);
    return bodies.map(({ who, step = "", how = "given" }) => ({ who, step, how }));
  }

  // The last count wins, for each situation and each criterion.
  #hands() {
    const hands = {};
    for (const { body } of this.counts.filter((each) => this.#outlivesClose(each))) {
      hands[body.about] = { ...hands[body.about], [body.criterion]: body.count };
    }
    return hands;
  }

  /** @returns {RoomState} */
  state() {
    return {
      hand: this.hand,
      hand_device: this.handDevice,
      started_at: iso(this.startedAt),
      closed_at: iso(this.closedAt),
      reopened_at: iso(this.reopenedAt),
      plan: [...this.plan.values()],
      current: this.current,
      running_since: iso(this.runningSince),
      spent_ms: this.spentMs,
      added_s: this.addedS,
      entered: this.entered,
      notes: this.#notes(),
      attendance: this.attendance,
      situation: this.situation,
      guests: this.guests,
      parked: [...this.parked].filter(([item]) => !this.unparked.has(item)).map(([item, text]) => ({ item, text })),
      duties: this.duties,
      turns: this.#turns(),
      hands: this.#hands(),
      question: this.question,
      unknown: [...this.unknown].sort(),
    };
  }
}

// A note that left somebody's private lane comes here as an edit that names everything: it begins there.
function whole(draft) {
  if (draft.written) return draft;
  const place = draft.edits.findIndex(({ body }) => ["lane", "step", "text"].every((key) => key in body));
  return { ...draft, written: draft.edits[place], edits: draft.edits.slice(place + 1) };
}

const planFrom = (steps) => new Map(steps.map((step) => [step.id, pick(step, ATTRIBUTES)]));

// Every kind that is declared, and no other: tsc compares.
/** @type {{ [K in GestureKind]: (folding: Folding, body: GestureBodies[K], gesture: Gesture) => void }} */
const HANDLERS = {
  hand_taken(folding, body, gesture) {
    folding.hand = gesture.hand;
    folding.handDevice = body.device;
  },
  meeting_started(folding, body) {
    folding.plan = planFrom(body.plan);
    folding.startedAt = folding.reached;
    folding.enter(body.plan[0].id);
  },
  step_entered(folding, { step }) {
    if (!folding.plan.has(step) || step === folding.current) return;
    folding.stop();
    folding.enter(step);
  },
  paused: (folding) => folding.stop(),
  resumed(folding) {
    folding.runningSince ??= folding.reached;
  },
  time_added(folding, { step, seconds }) {
    if (folding.plan.has(step)) folding.addedS[step] = (folding.addedS[step] ?? 0) + seconds;
  },
  // The whole plan anew: keys left out are kept. A step already entered cannot go.
  plan_changed(folding, { steps }) {
    const anew = steps.map((step) => ({ ...folding.plan.get(step.id), ...step }));
    const ids = new Set(anew.map((step) => step.id));
    if (!folding.entered.every((step) => ids.has(step))) return;
    if (anew.every((step) => ATTRIBUTES.every((key) => key in step))) folding.plan = planFrom(anew);
  },
  meeting_closed(folding) {
    folding.stop();
    folding.closedAt = folding.lastClosedAt = folding.reached;
    folding.question = "";
  },
  // Closed, or left open for hours: its time waits to be resumed. Of what is simply open, nothing changes.
  meeting_reopened(folding) {
    if (folding.closedAt === null && !folding.wasLeftOpen) return;
    folding.closedAt = null;
    folding.reopenedAt = folding.reached;
  },
  note_written(folding, body, gesture) {
    const draft = folding.draft(body.note);
    if (draft.written === null) draft.written = gesture;
    else draft.edits.push(gesture);
  },
  note_edited(folding, body, gesture) {
    const draft = folding.draft(body.note);
    draft.edits.push(gesture);
    draft.undone.add(body.undoes);
  },
  note_removed: (folding, body, gesture) => folding.draft(body.note).removals.add(gesture.id),
  note_copied_to_sheet(folding, body) {
    folding.draft(body.note).copied = true;
  },
  // Put back once, an item is gone for good: to park it anew is another item.
  parked: (folding, body, gesture) => folding.parked.set(body.item ?? gesture.id, body.text),
  unparked: (folding, body) => folding.unparked.add(body.item),
  guest_welcomed(folding, { who, name }) {
    folding.guests[who] = name;
  },
  attendance_marked(folding, { who, state }) {
    folding.attendance[who] = state;
  },
  situation_chosen(folding, body) {
    folding.situation = pick(body, ["situation", "spare", "told_by"]);
  },
  duty_given(folding, { duty, who }) {
    folding.duties[duty] = who;
  },
  turn_taken: (folding, body, gesture) => folding.turns.push(gesture),
  hands_counted: (folding, body, gesture) => folding.counts.push(gesture),
  // On the wall until the step, or the meeting, is over.
  question_shown(folding, { text = "" }) {
    folding.question = text;
  },
};
