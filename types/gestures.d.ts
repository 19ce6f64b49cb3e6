// types/gestures.d.ts: the body of each kind of gesture. Read by tsc, never served.
// Written from the rules in Python by `make rules`, which a test compares.

interface GestureBodies {
  hand_taken: { device: string };
  meeting_started: { plan: { id: string; minutes: number; title: string; least: number }[] };
  step_entered: { step: string };
  paused: {};
  resumed: {};
  time_added: { step: string; seconds: number };
  plan_changed: { steps: { id: string; minutes: number; title?: string; least?: number }[] };
  meeting_closed: {};
  meeting_reopened: {};
  note_written: { note: string; lane: "private" | "collective" | "sheet"; step: string; text: string };
  note_edited: { note: string; text: string; lane?: "private" | "collective" | "sheet"; step?: string; undoes?: string };
  note_removed: { note: string };
  note_copied_to_sheet: { note: string };
  parked: { item?: string; text: string };
  unparked: { item: string };
  attendance_marked: { who: string; state: "present" | "late" | "excused" | "absent" };
  situation_chosen: { situation?: string; spare?: string; told_by?: string };
  duty_given: { duty: "moderator" | "note_taker" | "timekeeper"; who: string };
  turn_taken: { who: string; step?: string; how?: "given" | "passed" };
  hands_counted: { about: string; criterion: "urgency" | "resonance" | "never"; count: number };
  question_shown: { text?: string };
  guest_welcomed: { who: string; name: string };
}

type GestureKind = keyof GestureBodies;
