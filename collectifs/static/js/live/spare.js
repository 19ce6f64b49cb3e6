// live/spare.js: with a spare situation nobody presents; what the step says instead, and what of it is at hand.

/** @type {(state: RoomState) => boolean} */
export const isSpare = (state) => Boolean(state.situation?.spare);

// Who speaks, who keeps silent, the rule: those of the step, or those it has for a situation that is read.
/** @param {Voices} step @param {RoomState} state */
export function voicesOf(step, state) {
  const { speaks, silent, rule } = step;
  if (!isSpare(state) || !step.spare_speaks) return { speaks, silent, rule };
  return { speaks: step.spare_speaks, silent: step.spare_silent, rule: step.spare_rule || rule };
}

// Words to start with; at the step that asks questions, those of the spare situation.
/** @param {Step | undefined} step @param {RoomState} state @param {Option | null} chosen */
export function promptsOf(step, state, chosen) {
  if (!step) return [];
  if (!isSpare(state)) return step.prompts;
  if (step.spare_reads === "questions" && chosen && chosen.questions.length > 0) return chosen.questions;
  return step.spare_prompts?.length > 0 ? step.spare_prompts : step.prompts;
}

// The part of the spare situation that is at hand at this step: "", "story", "questions" or "sequel".
/** @type {(step: Step | undefined, state: RoomState) => string} */
export const readsAt = (step, state) => (isSpare(state) ? step?.spare_reads ?? "" : "");
