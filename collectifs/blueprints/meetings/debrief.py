"""What became of the answers, or not: a page of one's own, written in a minute, emptied at once."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from collectifs.blueprints.meetings.area import bp
from collectifs.blueprints.meetings.following import followed_by
from collectifs.kernel import clock
from collectifs.kernel.endings import series_ends_on
from collectifs.kernel.text.typography import short_date
from collectifs.meetings.permissions import can_see_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting
from collectifs.sheets.domain.follow_up import WORDS_LIMIT, AnswerFollowUp, FollowUpBody, FollowUpState, marks_of
from collectifs.sheets.domain.sheet import Answer
from collectifs.sheets.permissions import can_erase_debrief
from collectifs.sheets.queries.follow_ups import DebriefAccess, follow_up_by, get_debrief
from collectifs.sheets.queries.links import links_of
from collectifs.sheets.queries.sheets import sheet_at
from collectifs.sheets.services.follow_ups import erase_follow_up, save_follow_up
from collectifs.web.access import access, me
from collectifs.web.choices import pick_one
from collectifs.web.forms import BaseForm, text
from collectifs.web.perform import perform

MARK = re.compile(r"words-([0-9a-f]{12})")
MOST_POSTED = 40
STATES = {state.value: state.label for state in FollowUpState}


class DebriefForm(BaseForm):
    """Two fields an answer, named by its mark; nothing of it is required."""

    shared = BooleanField("Montrer mes mots au groupe, au moment du retour")
    signed = BooleanField("Les signer de mon prénom")
    numbers: Mapping[str, int] = MappingProxyType({})

    def body(self) -> FollowUpBody:
        """What was said."""
        entries = tuple(
            AnswerFollowUp(mark, number, _state(self[f"state-{mark}"].data), self[f"words-{mark}"].data or "")
            for mark, number in self.numbers.items()
        )
        return FollowUpBody(entries, self.shared.data, self.signed.data)


def _state(value: str | None) -> FollowUpState | None:
    return FollowUpState(value) if value in STATES else None


def debrief_form(answers: tuple[Answer, ...], said: FollowUpBody) -> DebriefForm:
    """The form about the answers of a sheet, and about those that an amended sheet left behind."""
    marks = marks_of([answer.text for answer in answers])
    numbers = {mark: place for place, mark in enumerate(marks, 1)}
    for entry in said.left_behind(marks):
        numbers[entry.mark] = entry.number
    for mark in _posted_marks():
        numbers.setdefault(mark, 0)  # the sheet changed while the page was open: what was typed is kept
    fields: dict[str, Any] = {}
    for mark, number in numbers.items():
        entry = said.of(mark) or AnswerFollowUp(mark, number)
        state = entry.state.value if entry.state else None
        about = f"la réponse {number}" if number else "une réponse modifiée depuis"
        label = f"Ce que vous avez fait de {about}"
        fields[f"state-{mark}"] = pick_one(label, wanted="", choices=STATES, default=state)
        fields[f"words-{mark}"] = text(f"Un mot sur {about}", most=WORDS_LIMIT, default=entry.words)
    kind: type[DebriefForm] = type("DebriefFormOfSheet", (DebriefForm,), fields)
    form = kind(shared=said.is_shared, signed=said.is_signed)
    form.numbers = numbers
    return form


def _posted_marks() -> list[str]:
    found = (MARK.fullmatch(name) for name in request.form)
    return [match[1] for match in found if match][:MOST_POSTED]


@bp.route("/regroupements/<uuid:meeting_id>/retour", methods=["GET", "POST"])
@access(can_see_meeting, meeting=get_meeting)
def debrief(meeting: MeetingAccess) -> ResponseReturnValue:
    """One's own words about the answers of a meeting: tried, adapted, left aside, or not said."""
    opened = follow_up_by(meeting.meeting.id, me().id)
    followed = followed_by(sheet_at(meeting), me(), clock.now())
    answers = followed.content.answers if followed else ()
    form = debrief_form(answers, opened.body if opened else FollowUpBody())
    return perform(
        form,
        lambda: save_follow_up(meeting.meeting, body=form.body(), now=clock.now(), by=me()),
        then=_said,
        page="meetings/debrief.html",
        meeting=meeting,
        followed=followed,
        opened=opened,
        marks=marks_of([answer.text for answer in answers]),
        links=links_of(followed.content if followed else None),
        until=f"effacé le {short_date(series_ends_on(meeting.collective.season))}",
    )


def _said(is_kept: bool) -> str:
    """Say what became of it, on the same page."""
    flash("C’est enregistré." if is_kept else "Rien n’est gardé : tout était vide.")
    return request.path


@bp.post("/regroupements/<uuid:meeting_id>/retour/effacer")
@access(can_erase_debrief, meeting=get_debrief)
def erase_debrief(meeting: DebriefAccess) -> ResponseReturnValue:
    """Take it all back, even after leaving."""
    row = meeting.meeting.meeting
    erase_follow_up(row, by=me())
    flash("Vos mots sont effacés.")
    inside = can_see_meeting(me(), meeting.meeting)
    return redirect(url_for("meetings.debrief", meeting_id=row.id) if inside else url_for("home.index"))
