// live/exchange.js: the steps where somebody exposes, from the first that names that person to the closing, left out.
// The twin of what live/domain/lived.py says of a meeting that was cut short.

const EXPOSES = "la personne qui expose";

// The ids of these steps, in the order of the plan.
/** @param {Step[]} steps @param {PlannedStep[]} plan */
export function exchangeOf(steps, plan) {
  const known = new Map(steps.map((step) => [step.id, step]));
  const voices = ({ id }) => `${known.get(id)?.speaks ?? ""} ${known.get(id)?.silent ?? ""}`;
  const first = plan.findIndex((each) => voices(each).includes(EXPOSES));
  const closing = plan.findLastIndex(({ id }) => known.get(id)?.feeds === "next_meeting");
  return first < 0 ? [] : plan.slice(first, closing).map(({ id }) => id); // without one (-1), the last step is left out
}

// STOP is offered once somebody exposes, and until the last step.
/** @param {Step[]} steps @param {RoomState} state */
export function mayStop(steps, state) {
  const [first] = exchangeOf(steps, state.plan);
  const place = (step) => state.plan.findIndex(({ id }) => id === step);
  const at = place(state.current);
  return at < state.plan.length - 1 && at >= (first === undefined ? 0 : place(first));
}

// The steps of which no minutes are told once the room is past them, unless each was lived once and in order: a STOP
// is one of many ways to be told so, and nobody reads where it was.
/** @param {Step[]} steps @param {RoomState} state */
export function untold(steps, state) {
  const exchange = exchangeOf(steps, state.plan);
  const lived = state.entered.filter((step) => exchange.includes(step));
  const isWhole = lived.length === exchange.length && lived.every((step, place) => step === exchange[place]);
  const after = state.plan.slice(state.plan.findIndex(({ id }) => id === exchange.at(-1)) + 1);
  const isPast = after.some(({ id }) => id === state.current) || state.closed_at !== null;
  return lived.length > 0 && isPast && !isWhole ? exchange : [];
}
