// lib/agenda_reading.js: what the folded state of a meeting says at an instant. Twin of live/domain/agenda_reading.py,
// held to it by tests/shared/agenda_cases.json. Pure: `now` is milliseconds since 1970.

import { LIMITS } from "./rules.js";

export const LEFT_OPEN = LIMITS.left_open_s * 1000; // nothing steered for so long, or past the planned end: left open

export const ms = (instant) => Date.parse(instant);

// Milliseconds spent in a step, pauses left out.
/** @param {RoomState} state @param {string} step @param {number} now */
export function spent(state, step, now) {
  const over = state.spent_ms[step] ?? 0;
  const runs = step === state.current && state.running_since !== null;
  return runs ? over + Math.max(0, now - ms(state.running_since)) : over;
}

// Milliseconds foreseen for a step, with the minutes added to it.
/** @param {RoomState} state @param {string} step */
export function plannedMs(state, step) {
  const minutes = state.plan.find((each) => each.id === step)?.minutes ?? 0;
  return minutes * 60000 + (state.added_s[step] ?? 0) * 1000;
}

// Milliseconds left in a step; negative once the time is over.
/** @type {(state: RoomState, step: string, now: number) => number} */
export const leftMs = (state, step, now) => plannedMs(state, step) - spent(state, step, now);

// By how much the current step runs over.
/** @type {(state: RoomState, now: number) => number} */
export const overrunMs = (state, now) => (state.current === null ? 0 : Math.max(0, -leftMs(state, state.current, now)));

// The steps that stand after the current one in the plan.
/** @type {(state: RoomState) => PlannedStep[]} */
export const stepsToCome = (state) => state.plan.slice(state.plan.findIndex((each) => each.id === state.current) + 1);

// « Il reste 38 min pour 3 étapes »: time foreseen for what is not over yet.
/** @param {RoomState} state @param {number} now */
export function toGo(state, now) {
  const ids = [state.current, ...stepsToCome(state).map((each) => each.id)].filter((id) => id !== null);
  const rest = ids.map((id) => leftMs(state, id, now)).filter((left) => left > 0);
  return { ms: rest.reduce((sum, left) => sum + left, 0), steps: rest.length };
}

// When the meeting ends at this pace; when it ended once closed; nothing before it starts.
/** @param {RoomState} state @param {number} now @returns {any} a number, or null */
export function expectedEnd(state, now) {
  if (state.started_at === null) return null;
  return state.closed_at === null ? now + toGo(state, now).ms : ms(state.closed_at);
}

// The écart: by how much the expected end comes after the planned one (negative: before).
/** @param {RoomState} state @param {number} now @param {number} plannedEnd */
export function gapMs(state, now, plannedEnd) {
  const end = expectedEnd(state, now);
  return end === null ? 0 : end - plannedEnd;
}

// By how much the expected end comes after the hour when the room closes; nothing where it does not.
/** @param {RoomState} state @param {number} now @param {number | null} lockedEnd */
export const closingGap = (state, now, lockedEnd) => (lockedEnd === null ? 0 : gapMs(state, now, lockedEnd));

// When somebody last did something in a meeting that was left open: what is done once it is found again does not count.
/** @param {RoomState} state @param {Gesture[]} gestures @param {number} plannedEnd @returns {number} */
export function lastLived(state, gestures, plannedEnd) {
  const found = Math.max(plannedEnd, ms(state.reopened_at ?? state.started_at)) + LEFT_OPEN;
  const lived = gestures.map(({ happened_at: at }) => ms(at)).filter((at) => at < found);
  return Math.max(ms(state.started_at), ...lived);
}

// From when a meeting that nobody closed is « à relire »: twelve hours after its planned end, or after it was reopened.
/** @param {RoomState} state @param {number} now @param {number} plannedEnd */
export function isLeftOpen(state, now, plannedEnd) {
  if (state.started_at === null || state.closed_at !== null) return false;
  return now >= Math.max(plannedEnd, state.reopened_at === null ? plannedEnd : ms(state.reopened_at)) + LEFT_OPEN;
}
