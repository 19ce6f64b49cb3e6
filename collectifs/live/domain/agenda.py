"""A meeting is a list of gestures; what it has become is folded from them, here.

The fold is pure: late, repeated or shuffled gestures give the same state. Its twin is
`static/js/lib/agenda.js`; one table of cases, `tests/shared/agenda_cases.json`, holds both together.
Nothing counts down: the state holds instants and durations already over, the reading functions
(`agenda_reading.py`) compute the rest from `now`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta

from collectifs.live.domain.agenda_state import MeetingState, Note, Parked, PlanStep, Turn
from collectifs.live.domain.gesture_table import CHOICES, HAND_TAKEN, KINDS
from collectifs.live.domain.gestures import Gesture, order_of
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.planning import LEFT_OPEN

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def fold(gestures: Iterable[Gesture]) -> MeetingState:
    """What these gestures add up to, in whatever order they came and however often."""
    ordered = in_order(gestures)
    handovers = [each for each in ordered if each.kind == HAND_TAKEN]
    folding = _Folding()
    for gesture in ordered:
        if not (gesture.steers and _is_outranked(gesture, handovers)):
            folding.take(gesture)
    return folding.state()


def in_order(gestures: Iterable[Gesture]) -> list[Gesture]:
    """Each gesture once, by hand, then instant, then id."""
    once = {gesture.id: gesture for gesture in gestures}
    return sorted(once.values(), key=order_of)


def _is_outranked(gesture: Gesture, handovers: Iterable[Gesture]) -> bool:
    """A steering gesture made after somebody else took *la main* is kept and ignored."""
    return any(each.hand > gesture.hand and gesture.happened_at > each.happened_at for each in handovers)


@dataclass(slots=True)
class _Draft:
    """A note while it is being folded."""

    written: Gesture | None = None
    edits: list[Gesture] = field(default_factory=list)
    removals: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    copied: bool = False

    def whole(self) -> tuple[Gesture, list[Gesture]] | None:
        """Where the note begins, and what changed it since.

        A note that left somebody's private lane comes here as an edit that names everything: it begins there.
        """
        if self.written is not None:
            return self.written, self.edits
        places = [place for place, edit in enumerate(self.edits) if edit.body.keys() >= {"lane", "step", "text"}]
        return (self.edits[places[0]], self.edits[places[0] + 1 :]) if places else None


@dataclass(slots=True)
class _Folding:
    """The state while gestures are added to it, one method for each kind.

    `reached` is the instant of the steering so far. It never goes back, should the clocks of two devices
    that pass the hand to each other differ a little. `was_left_open`: it came half a day after the one before.
    """

    hand: int = 0
    hand_device: str | None = None
    started_at: datetime | None = None
    closed_at: datetime | None = None
    last_closed_at: datetime | None = None
    reopened_at: datetime | None = None
    reached: datetime = _LONG_AGO
    was_left_open: bool = False
    plan: dict[str, PlanStep] = field(default_factory=dict)
    current: str | None = None
    running_since: datetime | None = None
    spent_ms: dict[str, int] = field(default_factory=dict)
    added_s: dict[str, int] = field(default_factory=dict)
    entered: list[str] = field(default_factory=list)
    drafts: dict[str, _Draft] = field(default_factory=dict)
    attendance: dict[str, str] = field(default_factory=dict)
    situation: dict[str, str] | None = None
    guests: dict[str, str] = field(default_factory=dict)
    parked: dict[str, str] = field(default_factory=dict)
    unparked: set[str] = field(default_factory=set)
    duties: dict[str, str] = field(default_factory=dict)
    turns: list[Gesture] = field(default_factory=list)
    counts: list[Gesture] = field(default_factory=list)
    question: str = ""
    unknown: set[str] = field(default_factory=set)

    def take(self, gesture: Gesture) -> None:
        """Adds one gesture. Before the start nothing steers but the start; once closed, only reopening."""
        if gesture.steers and not self._is_expected(gesture.kind):
            return
        if gesture.steers:
            self._reach(gesture.happened_at)
        if gesture.kind in _HANDLERS:
            _HANDLERS[gesture.kind](self, gesture)
        else:
            self.unknown.add(gesture.kind)

    def _reach(self, instant: datetime) -> None:
        """Nothing steered for half a day: nobody was in the room any more, and its time stopped."""
        before, self.reached = self.reached, max(self.reached, instant)
        self.was_left_open = self.reached - before >= LEFT_OPEN
        if self.was_left_open:
            self._forget_the_hours()

    def _is_expected(self, kind: str) -> bool:
        if self.started_at is None:
            return kind == GestureKind.MEETING_STARTED
        if self.closed_at is not None:
            return kind == GestureKind.MEETING_REOPENED
        return kind != GestureKind.MEETING_STARTED

    # Steering

    def on_hand_taken(self, gesture: Gesture) -> None:
        self.hand, self.hand_device = gesture.hand, gesture.body["device"]

    def on_meeting_started(self, gesture: Gesture) -> None:
        self.plan = {each["id"]: PlanStep(**each) for each in gesture.body["plan"]}
        self.started_at = self.reached
        self._enter(next(iter(self.plan)))

    def on_step_entered(self, gesture: Gesture) -> None:
        step = gesture.body["step"]
        if step in self.plan and step != self.current:
            self._stop()
            self._enter(step)

    def on_paused(self, _gesture: Gesture) -> None:
        self._stop()

    def on_resumed(self, _gesture: Gesture) -> None:
        if self.running_since is None:
            self.running_since = self.reached

    def on_time_added(self, gesture: Gesture) -> None:
        step = gesture.body["step"]
        if step in self.plan:
            self.added_s[step] = self.added_s.get(step, 0) + gesture.body["seconds"]

    def on_plan_changed(self, gesture: Gesture) -> None:
        """The whole plan anew: keys left out are kept. A step already entered cannot go."""
        steps = gesture.body["steps"]
        known = {key: asdict(step) for key, step in self.plan.items()}
        whole = [{**known.get(each["id"], {}), **each} for each in steps]
        if not set(self.entered) <= {each["id"] for each in whole}:
            return
        if all(len(each) == len(PlanStep.__slots__) for each in whole):
            self.plan = {each["id"]: PlanStep(**each) for each in whole}

    def on_meeting_closed(self, _gesture: Gesture) -> None:
        self._stop()
        self.closed_at = self.last_closed_at = self.reached
        self.question = ""

    def on_meeting_reopened(self, _gesture: Gesture) -> None:
        """Closed, or left open for hours: its time waits to be resumed. Of what is simply open, nothing changes."""
        if self.closed_at is None and not self.was_left_open:
            return
        self.closed_at, self.reopened_at = None, self.reached

    def on_question_shown(self, gesture: Gesture) -> None:
        """It stands on the wall until the step, or the meeting, is over."""
        self.question = gesture.body.get("text", "")

    def _forget_the_hours(self) -> None:
        """A step left running ran for what it was given at most."""
        step = self.current
        if self.running_since is not None and step is not None:
            given = self.plan[step].minutes * 60_000 + self.added_s.get(step, 0) * 1000
            ran = (self.reached - self.running_since) // _MS
            over = self.spent_ms.get(step, 0)
            self.spent_ms[step] = over + max(0, min(ran, given - over))
        self.running_since = None

    def _enter(self, step: str) -> None:
        self.current, self.running_since, self.question = step, self.reached, ""
        self.entered.append(step)

    def _stop(self) -> None:
        """Puts the running time of the current step aside; without it, does nothing."""
        if self.running_since is not None and self.current is not None:
            ran = (self.reached - self.running_since) // _MS
            self.spent_ms[self.current] = self.spent_ms.get(self.current, 0) + ran
        self.running_since = None

    # From any device

    def _draft(self, gesture: Gesture) -> _Draft:
        return self.drafts.setdefault(gesture.body["note"], _Draft())

    def on_note_written(self, gesture: Gesture) -> None:
        draft = self._draft(gesture)
        if draft.written is None:
            draft.written = gesture
        else:
            draft.edits.append(gesture)

    def on_note_edited(self, gesture: Gesture) -> None:
        draft = self._draft(gesture)
        draft.edits.append(gesture)
        draft.undone.add(gesture.body.get("undoes", ""))

    def on_note_removed(self, gesture: Gesture) -> None:
        self._draft(gesture).removals.add(gesture.id)

    def on_note_copied_to_sheet(self, gesture: Gesture) -> None:
        self._draft(gesture).copied = True

    def on_parked(self, gesture: Gesture) -> None:
        self.parked[gesture.body.get("item", gesture.id)] = gesture.body["text"]

    def on_unparked(self, gesture: Gesture) -> None:
        self.unparked.add(gesture.body["item"])

    def on_guest_welcomed(self, gesture: Gesture) -> None:
        self.guests[gesture.body["who"]] = gesture.body["name"]

    def on_attendance_marked(self, gesture: Gesture) -> None:
        self.attendance[gesture.body["who"]] = gesture.body["state"]

    def on_situation_chosen(self, gesture: Gesture) -> None:
        self.situation = {key: gesture.body[key] for key in CHOICES if key in gesture.body}

    def on_duty_given(self, gesture: Gesture) -> None:
        self.duties[gesture.body["duty"]] = gesture.body["who"]

    def on_turn_taken(self, gesture: Gesture) -> None:
        self.turns.append(gesture)

    def on_hands_counted(self, gesture: Gesture) -> None:
        self.counts.append(gesture)

    # The end of the fold

    def _outlives_close(self, gesture: Gesture) -> bool:
        """Turns, hands raised and replaced words are kept until close: those of before are gone, reopened or not."""
        if self.closed_at is not None:
            return False
        return self.last_closed_at is None or gesture.happened_at > self.last_closed_at

    def _notes(self) -> tuple[Note, ...]:
        alive = [draft.whole() for draft in self.drafts.values() if draft.removals <= draft.undone]
        found = sorted((each for each in alive if each is not None), key=lambda pair: order_of(pair[0]))
        copied = {note for note, draft in self.drafts.items() if draft.copied}
        return tuple(self._note(first, edits, first.body["note"] in copied) for first, edits in found)

    def _note(self, first: Gesture, edits: list[Gesture], copied: bool) -> Note:
        """The latest edit wins; its lane and step only when it names them."""
        now: dict[str, str] = {key: first.body[key] for key in ("lane", "step", "text")}
        earlier: list[str] = []
        for edit in edits:
            if now["text"] and edit.body["text"] != now["text"] and self._outlives_close(edit):
                earlier.append(now["text"])
            now |= {key: edit.body[key] for key in now if key in edit.body}
        return Note(id=first.body["note"], copied=copied, earlier=tuple(earlier), **now)

    def _turns(self) -> tuple[Turn, ...]:
        bodies = [each.body for each in self.turns if self._outlives_close(each)]
        return tuple(Turn(body["who"], body.get("step", ""), body.get("how", "given")) for body in bodies)

    def _hands(self) -> dict[str, dict[str, int]]:
        """The last count wins, for each situation and each criterion."""
        hands: dict[str, dict[str, int]] = {}
        for body in (each.body for each in self.counts if self._outlives_close(each)):
            hands.setdefault(body["about"], {})[body["criterion"]] = body["count"]
        return hands

    def state(self) -> MeetingState:
        """The state, frozen."""
        return MeetingState(
            hand=self.hand,
            hand_device=self.hand_device,
            started_at=self.started_at,
            closed_at=self.closed_at,
            reopened_at=self.reopened_at,
            plan=tuple(self.plan.values()),
            current=self.current,
            running_since=self.running_since,
            spent_ms=self.spent_ms,
            added_s=self.added_s,
            entered=tuple(self.entered),
            notes=self._notes(),
            attendance=self.attendance,
            situation=self.situation,
            guests=self.guests,
            parked=tuple(Parked(item, text) for item, text in self.parked.items() if item not in self.unparked),
            duties=self.duties,
            turns=self._turns(),
            hands=self._hands(),
            question=self.question,
            unknown=tuple(sorted(self.unknown)),
        )


# A kind that is declared and has no `on_…` stops the application from starting. One that is not declared comes from
# another version of Collectifs: the state names it.
_HANDLERS: Mapping[str, Callable[[_Folding, Gesture], None]] = {
    kind: getattr(_Folding, f"on_{kind}") for kind in sorted(KINDS)
}
