// live/said.js: what was noted at the step before, where answers were given, for the step that discusses them.
import { el, follow, show, typed, write } from "./dom.js";

// The notes of the step that has just been left, if it gathers answers; never those that are for oneself.
/** @param {RoomState} state @param {Map<string, Step>} steps @returns {Note[]} */
export function saidBefore(state, steps) {
  const before = state.plan[state.plan.findIndex(({ id }) => id === state.current) - 1]?.id;
  const isDiscussed = steps.get(before)?.feeds === "answers" && steps.get(state.current ?? "")?.feeds !== "sheet";
  return isDiscussed ? state.notes.filter((note) => note.step === before && note.lane !== "private") : [];
}

/** @param {Piece} section @param {RoomState} state @param {Map<string, Step>} steps */
export function showSaid(section, state, steps) {
  const notes = saidBefore(state, steps);
  show(section, notes.length > 0);
  follow(section.querySelector("ul"), notes, (note) => note.id, () => el("li"), (item, note) => {
    write(item, typed(note.text));
  });
}
