// lib/replan.js: three ways out of an overrun, proposed and never taken.
// Whole minutes only, never under a step's least, only steps still to come.
import { expectedEnd, leftMs, stepsToCome } from "./agenda.js";

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

function missingMinutes(state, now, limit) {
  const end = expectedEnd(state, now);
  return end === null ? 0 : Math.max(0, Math.ceil((end - limit) / MINUTE));
}

function roomsOf(state, now) {
  return stepsToCome(state).map(({ id, minutes, least }) => {
    const room = Math.max(0, Math.min(minutes - least, Math.floor(leftMs(state, id, now) / MINUTE)));
    return { id, minutes, room, cut: 0 };
  });
}

// Nothing to propose when nothing can be cut.
function proposal(state, now, rooms) {
  const cut = rooms.reduce((sum, each) => sum + each.cut, 0);
  const end = expectedEnd(state, now);
  if (end === null || cut === 0) return null;
  const changed = rooms.filter((each) => each.cut > 0).map((each) => [each.id, each.minutes - each.cut]);
  return { minutes: Object.fromEntries(changed), ends_at: end - cut * MINUTE };
}
