// lib/rules.js: what the rules say of gestures, and limits that they share.
// Written from the rules in Python by `make rules`, which a test compares.

/** @type {Record<GestureKind, DeclaredGesture>} */
export const GESTURES = {
  hand_taken: {"wall": {"device": "emptied"}},
  meeting_started: {"steers": true, "wall": "whole"},
  step_entered: {"steers": true, "wall": "whole"},
  paused: {"steers": true, "wall": "whole"},
  resumed: {"steers": true, "wall": "whole"},
  time_added: {"steers": true, "wall": "whole"},
  plan_changed: {"steers": true, "wall": "whole"},
  meeting_closed: {"steers": true, "wall": "whole"},
  meeting_reopened: {"steers": true, "wall": "whole"},
  note_written: {},
  note_edited: {},
  note_removed: {"undo_s": 600},
  note_copied_to_sheet: {},
  parked: {},
  unparked: {},
  attendance_marked: {},
  situation_chosen: {"wall": {"spare": "whether"}},
  duty_given: {},
  turn_taken: {},
  hands_counted: {},
  question_shown: {"steers": true, "wall": "whole"},
  guest_welcomed: {},
};

// What of a step the projector shows.
export const WALL_STEP = ["id", "speaks", "silent", "rule", "spare_speaks", "spare_silent", "spare_rule"];

export const LIMITS = {
  note: 2000,
  person: 80,
  parked: 300,
  hands: 60,
  answers: 12,
  answer: 500,
  tags: 3,
  left_open_s: 43200,
};
