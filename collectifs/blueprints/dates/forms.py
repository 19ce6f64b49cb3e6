"""The forms about dates: those that are proposed, a reply, a choice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from wtforms import Field, IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.composition.queries.finding import located, shown_as
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import long_date
from collectifs.meetings.domain.planning import USUAL_DURATION, Slot, slot_from_form
from collectifs.meetings.domain.polls import (
    MOST,
    Option,
    Reply,
    check_slots,
    closing_instant,
    last_day,
    live,
    reply_said,
    slot_in_line,
    usual_last_day,
)
from collectifs.meetings.queries.meetings import MeetingFacts
from collectifs.meetings.queries.polls import PollAccess, Series
from collectifs.meetings.services.polls import Proposed, Question
from collectifs.web.choices import pick_one, select_one
from collectifs.web.forms import BaseForm, DayField, line
from collectifs.web.hours import HOURS, HourField

USUAL_START = time(14)
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
WITH_NAMES = {"oui": "Une fois sa réponse donnée, chacun lit qui a dit quoi", "non": "Jamais : des nombres seulement"}


class PollForm(BaseForm):
    """Up to six dates, until when one answers. What is unusual is asked once, and passes when the answer names it."""

    until = DayField("Réponses jusqu’au", format=DAYS, validators=[InputRequired("Choisissez un jour.")])
    least = IntegerField(
        "Au moins combien de personnes",
        validators=[Optional(), NumberRange(1, 30, "Écrivez un nombre entre 1 et 30.")],
    )
    names = pick_one("Qui a dit quoi", wanted="Choisissez ce que chacun voit.", choices=WITH_NAMES)
    keep = StringField()

    where: CollectiveAccess
    series: Series
    former: Sequence[Slot] = ()
    warnings: tuple[str, ...] = ()

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """Sound fields; only then the questions that unusual dates raise."""
        if not super().validate(extra_validators):
            return False
        try:
            proposed = self.proposed()
            self._check([each.slot for each in proposed])
        except RuleBroken as refusal:
            self.refuse(refusal)
            return False
        self.warnings = tuple(self._remarks(proposed))
        return not self.warnings or self.keep.data == self.key(proposed)

    def _check(self, slots: Sequence[Slot]) -> None:
        """What the service will refuse, before anything is asked."""
        season, zone = self.where.collective.season, self.where.zone
        check_slots(slots, others=self.series.others, season=season, zone=zone, now=clock.now(), former=self.former)

    def rows(self) -> list["Row"]:
        """The lines of the form."""
        return [Row(self, number) for number in range(1, MOST + 1)]

    def proposed(self) -> list[Proposed]:
        """The dates of the lines that have a day. Refused beside the field."""
        return [row.proposed(self.where) for row in self.rows() if row.day.data]

    def key(self, proposed: Sequence[Proposed]) -> str:
        """The word by which the same question is known again."""
        return "/".join(each.slot.starts_at.isoformat() for each in proposed)

    @property
    def kept(self) -> str:
        """What its « garder » button sends."""
        return self.key(self.proposed())

    def question(self) -> Question:
        """What is asked of the collective."""
        closes_at = closing_instant(cast(date, self.until.data), self.where.zone)
        return Question(self.proposed(), closes_at, self.least.data, self.names.data == "oui")

    def _remarks(self, proposed: Sequence[Proposed]) -> Iterator[str]:
        for each in proposed:
            day = long_date(each.slot.starts_at.astimezone(self.where.zone).date())
            if said := self.series.remarks(each.slot, self.where):
                yield f"{day} : {' '.join(said)}"


class Row:
    """A line of the form: its fields, by their number."""

    def __init__(self, form: PollForm, number: int) -> None:
        self.number = number
        self.option: Field = form[f"option_{number}"]
        self.day: Field = form[f"day_{number}"]
        self.starts: Field = form[f"starts_{number}"]
        self.ends: Field = form[f"ends_{number}"]
        self.place: Field = form[f"place_{number}"]
        self.commune: Field = form[f"commune_{number}"]
        self.note: Field = form[f"note_{number}"]

    def proposed(self, where: CollectiveAccess) -> Proposed:
        """The date of this line."""

        def slot() -> Slot:
            day, starts, ends = self.day.data, self.starts.data, self.ends.data
            commune, insee = located(self.commune.data or "", where.territory.code, "commune")
            note, place = self.note.data or "", self.place.data or ""
            return replace(slot_from_form(day, starts, ends, place, note, where.zone, commune), insee=insee)

        return Proposed(slot_in_line(self.number, slot), sent_id(self.option.data))


def sent_id(text: str | None) -> UUID | None:
    """The id that a field carries; None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _fields() -> dict[str, Any]:
    """Those of each line, as a class body would hold them."""
    fields: dict[str, Any] = {}
    for number in range(1, MOST + 1):
        fields |= {
            f"option_{number}": StringField(),
            f"day_{number}": DayField("Jour", format=DAYS, validators=[Optional()]),
            f"starts_{number}": HourField("Début", format=HOURS, validators=[Optional()]),
            f"ends_{number}": HourField("Fin", format=HOURS, validators=[Optional()]),
            f"place_{number}": line("Lieu", most=200),
            f"commune_{number}": line("Commune", most=80),
            f"note_{number}": line("Accès", most=400),
        }
    return fields


_LinedForm: type[PollForm] = type("LinedForm", (PollForm,), _fields())


def new_poll_form(access: CollectiveAccess, series: Series, now: datetime) -> PollForm:
    """The form of a new question: hours and place of the last meeting, to begin with."""
    last = max(series.others, key=lambda each: each.starts_at, default=None)
    data: dict[str, Any] = {"until": usual_last_day(now, access.zone), "names": _word(access)}
    for number in range(1, MOST + 1):
        data |= {f"{name}_{number}": value for name, value in _usual(last, access).items()}
    return _placed(_LinedForm(data=data), access, series)


def _word(access: CollectiveAccess) -> str:
    return "oui" if access.collective.names_replies else "non"


def _usual(last: MeetingFacts | None, access: CollectiveAccess) -> dict[str, Any]:
    if last is None:
        return {"starts": USUAL_START}
    starts, ends = last.starts_at.astimezone(access.zone), last.ends_at.astimezone(access.zone)
    usual_end = None if ends - starts == USUAL_DURATION else ends.time()
    commune = shown_as(last.commune, last.insee, access.territory.code)
    where = {"place": last.place, "commune": commune, "note": last.access_note}
    return {"starts": starts.time(), "ends": usual_end, **where}


def poll_form_of(found: PollAccess, series: Series) -> PollForm:
    """The form of a question that is open already: its dates, then empty lines like the last of them."""
    options = live(found.options)
    rows = [_filled(each, found) for each in options]
    like = {name: rows[-1][name] for name in ("starts", "ends", "place", "commune", "note")} if rows else {}
    rows += [like] * (MOST - len(rows))
    data: dict[str, Any] = {f"{name}_{at}": value for at, row in enumerate(rows, 1) for name, value in row.items()}
    data |= {"until": last_day(found.poll.closes_at, found.zone), "least": found.poll.least}
    form = _placed(_LinedForm(data=data | {"names": _word(found.access)}), found.access, series)
    form.former = [each.slot for each in options]
    return form


def _filled(option: Option, found: PollAccess) -> dict[str, Any]:
    starts, ends = _local(option.slot, found)
    return {
        "option": str(option.id),
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "place": option.slot.place,
        "commune": shown_as(option.slot.commune, option.slot.insee, found.access.territory.code),
        "note": option.slot.access_note,
    }


def _local(slot: Slot, found: PollAccess) -> tuple[datetime, datetime]:
    return slot.starts_at.astimezone(found.zone), slot.ends_at.astimezone(found.zone)


def _placed(form: PollForm, access: CollectiveAccess, series: Series) -> PollForm:
    form.where, form.series = access, series
    return form


class ReplyForm(BaseForm):
    """A button of one date, or « aucune ne me convient »."""

    option = StringField()
    reply = StringField()

    @property
    def refuses_all(self) -> bool:
        """Whether no date suits."""
        return bool(self.reply.data == "none")

    def said(self) -> Reply:
        """The reply, or a refusal."""
        return reply_said(self.reply.data or "")


class ChooseForm(BaseForm):
    """The date that is chosen; who leads it when no pilot can; and the answer to what it asks once (`keep`)."""

    option = StringField()
    deputy = select_one("Qui l’animera")
    keep = StringField()
