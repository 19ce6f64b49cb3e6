// lib/agenda.js: what a meeting has become, folded from its gestures. The twin of domain/agenda.py and
// domain/agenda_reading.py, held to them by tests/shared/agenda_cases.json. Pure: no clock, no page.
// Instants of the state are texts in UTC (`2027-01-13T13:00:00.000Z`); `now` is milliseconds since 1970.

export const STEERING = new Set([
  "meeting_started", "step_entered", "paused", "resumed", "time_added", "plan_changed", "meeting_closed", "meeting_reopened",
]);
const ATTRIBUTES = ["id", "title", "minutes", "least"];

const ms = (instant) => Date.parse(instant);
const iso = (milliseconds) => (milliseconds === null ? null : new Date(milliseconds).toISOString());
const pick = (object, keys) => Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a, b) => a.hand - b.hand || ms(a.happened_at) - ms(b.happened_at) || compare(a.id, b.id);

// Each gesture once, by hand, then instant, then id.
export function inOrder(gestures) {
  const once = new Map();
  for (const gesture of gestures) once.set(gesture.id, gesture);
  return [...once.values()].sort(byPlace);
}

// What these gestures add up to, in whatever order they came and however often.
export function fold(gestures) {
  const ordered = inOrder(gestures);
  const handovers = ordered.filter((each) => each.kind === "hand_taken");
  const folding = new Folding();
  for (const gesture of ordered) {
    if (!(STEERING.has(gesture.kind) && isOutranked(gesture, handovers))) folding.take(gesture);
  }
  return folding.state();
}

// A steering gesture made after somebody else took la main is kept and ignored.
function isOutranked(gesture, handovers) {
  return handovers.some((each) => each.hand > gesture.hand && ms(gesture.happened_at) > ms(each.happened_at));
}

class Folding {
  hand = 0;
  handDevice = null;
  startedAt = null;
  closedAt = null;
  lastClosedAt = null;
  reached = -Infinity; // the instant of the steering so far: it never goes back, should two clocks differ a little
  plan = new Map();
  current = null;
  runningSince = null;
  spentMs = {};
  addedS = {};
  entered = [];
  drafts = new Map();
  attendance = {};
  situation = null;
  parked = [];
  duties = {};
  turns = [];

  take(gesture) {
    if (STEERING.has(gesture.kind)) {
      if (!this.#isExpected(gesture.kind)) return;
      this.reached = Math.max(this.reached, ms(gesture.happened_at));
    }
    HANDLERS[gesture.kind]?.(this, gesture.body, gesture);
  }

  // Before the start nothing steers but the start; once closed, only reopening.
  #isExpected(kind) {
    if (this.startedAt === null) return kind === "meeting_started";
    if (this.closedAt !== null) return kind === "meeting_reopened";
    return kind !== "meeting_started" && kind !== "meeting_reopened";
  }

  enter(step) {
    this.current = step;
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

  draft(note) {
    if (!this.drafts.has(note)) {
      this.drafts.set(note, { written: null, edits: [], removals: new Set(), undone: new Set(), copied: false });
    }
    return this.drafts.get(note);
  }

  // Turns and replaced words are kept until close: those of before are gone, reopened or not.
  #outlivesClose(gesture) {
    if (this.closedAt !== null) return false;
    return this.lastClosedAt === null || ms(gesture.happened_at) > this.lastClosedAt;
  }

  #notes() {
    return [...this.drafts.values()]
      .filter((draft) => draft.written && [...draft.removals].every((id) => draft.undone.has(id)))
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

  state() {
    return {
      hand: this.hand,
      hand_device: this.handDevice,
      started_at: iso(this.startedAt),
      closed_at: iso(this.closedAt),
      plan: [...this.plan.values()],
      current: this.current,
      running_since: iso(this.runningSince),
      spent_ms: this.spentMs,
      added_s: this.addedS,
      entered: this.entered,
      notes: this.#notes(),
      attendance: this.attendance,
      situation: this.situation,
      parked: this.parked,
      duties: this.duties,
      turns: this.turns.filter((each) => this.#outlivesClose(each)).map((each) => each.body.who),
    };
  }
}

const planFrom = (steps) => new Map(steps.map((step) => [step.id, pick(step, ATTRIBUTES)]));

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
    const whole = steps.map((step) => ({ ...folding.plan.get(step.id), ...step }));
    const ids = new Set(whole.map((step) => step.id));
    if (!folding.entered.every((step) => ids.has(step))) return;
    if (whole.every((step) => ATTRIBUTES.every((key) => key in step))) folding.plan = planFrom(whole);
  },
  meeting_closed(folding) {
    folding.stop();
    folding.closedAt = folding.lastClosedAt = folding.reached;
  },
  meeting_reopened(folding) {
    folding.closedAt = null;
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
  parked: (folding, body) => folding.parked.push(body.text),
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
};

// ---------- Reading functions ----------

// Milliseconds spent in a step, pauses left out.
export function spent(state, step, now) {
  const over = state.spent_ms[step] ?? 0;
  const runs = step === state.current && state.running_since !== null;
  return runs ? over + Math.max(0, now - ms(state.running_since)) : over;
}

// Milliseconds foreseen for a step, with the minutes added to it.
export function plannedMs(state, step) {
  const minutes = state.plan.find((each) => each.id === step)?.minutes ?? 0;
  return minutes * 60000 + (state.added_s[step] ?? 0) * 1000;
}

// Milliseconds left in a step; negative once the time is over.
export const leftMs = (state, step, now) => plannedMs(state, step) - spent(state, step, now);

// By how much the current step runs over.
export const overrunMs = (state, now) => (state.current === null ? 0 : Math.max(0, -leftMs(state, state.current, now)));

// The steps that stand after the current one in the plan.
export const stepsToCome = (state) => state.plan.slice(state.plan.findIndex((each) => each.id === state.current) + 1);

// « Il reste 38 min pour 3 étapes »: time foreseen for what is not over yet.
export function toGo(state, now) {
  const ids = [state.current, ...stepsToCome(state).map((each) => each.id)].filter((id) => id !== null);
  const rest = ids.map((id) => leftMs(state, id, now)).filter((left) => left > 0);
  return { ms: rest.reduce((sum, left) => sum + left, 0), steps: rest.length };
}

// When the meeting ends at this pace; when it ended once closed; nothing before it starts.
export function expectedEnd(state, now) {
  if (state.started_at === null) return null;
  return state.closed_at === null ? now + toGo(state, now).ms : ms(state.closed_at);
}

// The écart: by how much the expected end comes after the planned one (negative: before).
export function gapMs(state, now, plannedEnd) {
  const end = expectedEnd(state, now);
  return end === null ? 0 : end - plannedEnd;
}
