"""The kinds of gestures that a meeting is made of; what is known of each stands in `live/domain/gesture_table.py`."""

from enum import StrEnum


class GestureKind(StrEnum):
    """A kind that this version knows. A row may hold another one, which another version wrote: it is left aside."""

    HAND_TAKEN = "hand_taken"
    MEETING_STARTED = "meeting_started"
    STEP_ENTERED = "step_entered"
    PAUSED = "paused"
    RESUMED = "resumed"
    TIME_ADDED = "time_added"
    PLAN_CHANGED = "plan_changed"
    MEETING_CLOSED = "meeting_closed"
    MEETING_REOPENED = "meeting_reopened"
    NOTE_WRITTEN = "note_written"
    NOTE_EDITED = "note_edited"
    NOTE_REMOVED = "note_removed"
    NOTE_COPIED_TO_SHEET = "note_copied_to_sheet"
    PARKED = "parked"
    UNPARKED = "unparked"
    ATTENDANCE_MARKED = "attendance_marked"
    SITUATION_CHOSEN = "situation_chosen"
    DUTY_GIVEN = "duty_given"
    TURN_TAKEN = "turn_taken"
    HANDS_COUNTED = "hands_counted"
    QUESTION_SHOWN = "question_shown"
    GUEST_WELCOMED = "guest_welcomed"
