// lib/replan.js: three ways out of an overrun and what to do with time to spare, proposed and never taken.
// Whole minutes only, never under a step's least, only steps still to come.
import { expectedEnd, leftMs, spent, stepsToCome } from "./agenda.js";

const MINUTE = 60000;

// Takes the missing minutes from the last steps, the very last first.
export function takeFromLast(state, now, limit) {
  const rooms = roomsOf(state, now);
  let missing = missingMinutes(state, now, limit);
  for (const each of [...rooms].reverse()) {
    each.cut = Math.min(each.room, missing);
    missing -= each.cut;
  }
  return proposal(state, now, rooms);
}

// Shortens every step to come in proportion to its length, a minute at a time.
export function shortenAll(state, now, limit) {
  const rooms = roomsOf(state, now);
  for (let missing = missingMinutes(state, now, limit); missing > 0; missing -= 1) {
    const able = rooms.filter((each) => each.cut < each.room);
    if (able.length === 0) break;
    const ratio = (each) => (each.cut + 1) / each.minutes;
    able.reduce((best, each) => (ratio(each) < ratio(best) ? each : best)).cut += 1;
  }
  return proposal(state, now, rooms);
}

// Keeps every minute; not proposed past the hour when the room closes.
export function endLater(state, now, lockedEnd) {
  const end = expectedEnd(state, now);
  if (end === null || (lockedEnd !== null && end > lockedEnd)) return null;
  return { minutes: {}, ends_at: end };
}

// Gives what is left until the limit back to the steps to come, in proportion to their length.
export function giveBack(state, now, limit) {
  const end = expectedEnd(state, now);
  const able = stepsToCome(state).filter(({ id }) => leftMs(state, id, now) > 0);
  const given = able.map(({ id, minutes }) => ({ id, minutes, gain: 0 })).filter(({ minutes }) => minutes > 0);
  const free = given.length === 0 ? 0 : Math.round((limit - end) / MINUTE);
  if (free < 1) return null;
  const ratio = (each) => (each.gain + 1) / each.minutes;
  for (let left = free; left > 0; left -= 1) {
    given.reduce((best, each) => (ratio(each) < ratio(best) ? each : best)).gain += 1;
  }
  const changed = given.filter(({ gain }) => gain > 0).map(({ id, minutes, gain }) => [id, minutes + gain]);
  return { minutes: Object.fromEntries(changed), ends_at: end + free * MINUTE };
}

// Another situation: from `from` on, each step has its minutes again, less where the time left is shorter.
export function startOver(state, from, now, limit) {
  const steps = state.plan.slice(state.plan.findIndex(({ id }) => id === from));
  const whole = steps.reduce((sum, { minutes }) => sum + minutes, 0);
  const share = Math.min(1, Math.max(0, (limit - now) / MINUTE) / Math.max(1, whole));
  const anew = ({ id, minutes }) => {
    const gone = (spent(state, id, now) - (state.added_s[id] ?? 0) * 1000) / MINUTE;
    return Math.floor(minutes * share) + Math.ceil(Math.max(0, gone));
  };
  return Object.fromEntries(steps.map((step) => [step.id, anew(step)]));
}

const missingMinutes = (state, now, limit) => Math.max(0, Math.ceil((expectedEnd(state, now) - limit) / MINUTE));

function roomsOf(state, now) {
  return stepsToCome(state).map(({ id, minutes, least }) => {
    const room = Math.max(0, Math.min(minutes - least, Math.floor(leftMs(state, id, now) / MINUTE)));
    return { id, minutes, room, cut: 0 };
  });
}

// Nothing to propose when nothing can be cut.
function proposal(state, now, rooms) {
  const cut = rooms.reduce((sum, each) => sum + each.cut, 0);
  if (cut === 0) return null;
  const changed = rooms.filter((each) => each.cut > 0).map((each) => [each.id, each.minutes - each.cut]);
  return { minutes: Object.fromEntries(changed), ends_at: expectedEnd(state, now) - cut * MINUTE };
}
