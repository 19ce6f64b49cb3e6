"""A task in words: what a page shows of it, and what its words are about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from collectifs.across.domain.situation import CollectiveSeen, MeetingSeen, Situation
from collectifs.across.domain.what_now import Task, TaskKind
from collectifs.collectives.domain.composition import ordinal
from collectifs.kernel.text.typography import count, day_and_month, join_names, of_person, sentence_case, time_range


@dataclass(frozen=True)
class Shown:
    """A task as a page shows it: `by` is when, in the margin or before its line; the first action is its address.

    `meeting`, `led_by`: for a date to keep, which one, and who leads that day.
    """

    kind: TaskKind
    by: str
    title: str
    text: str
    actions: list[dict[str, str]]
    meeting: MeetingSeen | None = None
    led_by: str = ""

    @property
    def url(self) -> str:
        """Where its line leads."""
        return self.actions[0]["url"] if self.actions else ""


@dataclass(frozen=True)
class Here:
    """What the words of a task are about."""

    situation: Situation
    task: Task
    now: datetime

    @property
    def collective(self) -> CollectiveSeen:
        """The collective that it belongs to."""
        return self.situation.collective(self.task.collective_id)

    @property
    def meeting(self) -> MeetingSeen:
        """The meeting that it is about."""
        return self.situation.meeting(self.task.meeting_id)

    @property
    def starts(self) -> datetime:
        """When that meeting starts, where the collective lives."""
        return self.meeting.starts_at.astimezone(self.collective.zone)

    @property
    def day(self) -> str:
        """« 13 janvier »."""
        return day_and_month(self.starts.date())

    @property
    def nth(self) -> str:
        """« troisième regroupement »."""
        return f"{ordinal(self.meeting.number)} regroupement"

    @property
    def where(self) -> str:
        """« De 14 h à 16 h, École des Tilleuls. »."""
        row = self.meeting
        return sentence_case(f"{time_range(row.starts_at, row.ends_at, self.collective.zone)}, {row.place}.")

    @property
    def led_by(self) -> str:
        """« Karim Haddad anime, à la place d’Hélène Marchadier. »: who leads that day."""
        pilots, led_by = join_names(self.collective.pilot_names), self.meeting.led_by
        if led_by and not self.meeting.stands_in:
            verb = "anime" if len(led_by) == 1 else "animent"
            place = "à votre place" if self.collective.pilots else f"à la place {of_person(pilots)}"
            return f"{join_names(led_by)} {verb}, {place}." if pilots else f"{join_names(led_by)} {verb}."
        return f"{pilots} {'anime' if len(self.collective.pilot_names) == 1 else 'animent'}." if pilots else ""

    @property
    def proposed(self) -> str:
        """How many situations wait for the pilot's choice."""
        number = self.collective.situations_waiting
        if not number:
            return ""
        words = count(number, "situation vous a été proposée", "situations vous ont été proposées", feminine=True)
        return f"{sentence_case(words)}."

    def action(self, label: str, endpoint: str, kind: str = "", **ids: UUID | None) -> dict[str, str]:
        """A button that leads somewhere."""
        values: dict[str, Any] = dict(ids)
        return {"url": url_for(endpoint, **values), "label": label, "kind": kind}

    def to_meeting(self, label: str, endpoint: str, kind: str = "") -> dict[str, str]:
        """A button about the meeting."""
        return self.action(label, endpoint, kind, meeting_id=self.task.meeting_id)

    def to_sheet(self, label: str, endpoint: str = "sheets.show") -> dict[str, str]:
        """The button about the sheet."""
        return self.action(label, endpoint, "primary", sheet_id=self.task.sheet_id)

    def to_collective(self, label: str, endpoint: str, kind: str = "") -> dict[str, str]:
        """A button about the collective."""
        return self.action(label, endpoint, kind, collective_id=self.task.collective_id)

    def shown(self, by: str, title: str, text: str, *actions: dict[str, str]) -> Shown:
        """The task in words."""
        is_a_date = self.task.kind in (TaskKind.GO, TaskKind.COME)
        meeting, led_by = (self.meeting, self.led_by) if is_a_date else (None, "")
        return Shown(self.task.kind, by, title, text, list(actions), meeting, led_by)
