"""« Mes regroupements »: one's own meetings, hours, sheets, what one tried; the certificate of attendance."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.meetings.area import bp
from collectifs.collectives.queries.collectives import accesses_to
from collectifs.kernel import clock
from collectifs.kernel.seasons import season_label, season_of
from collectifs.kernel.text.typography import join_names
from collectifs.meetings.documents.certificate import (
    Attended,
    CertificatePaper,
    certificate_pdf,
    certificate_title,
    certificate_words,
    pilot_signs,
    territory_signs,
)
from collectifs.meetings.domain.attendance import hours_in_figures
from collectifs.meetings.permissions import can_print_certificate, can_see_meeting
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.meetings.queries.presences import Certified, OwnMeeting, get_certified, own_meetings, own_seasons
from collectifs.people.domain.person import Person
from collectifs.people.domain.scheme import Scheme
from collectifs.people.queries.contacts import scheme_of
from collectifs.sheets.permissions import can_see_sheet
from collectifs.sheets.queries.follow_ups import follow_ups_by
from collectifs.sheets.queries.sheets import SheetAccess, sheets_in
from collectifs.web.access import access, me, signed_in
from collectifs.web.files import pdf_file
from collectifs.web.sent import asked_number


@bp.get("/mes-regroupements")
@access(signed_in)
def mine() -> ResponseReturnValue:
    """When and where next; what one came to, and its hours; the sheets that one may read; what one tried."""
    now = clock.now()
    return render_template("meetings/mine.html", **_mine_page(me(), _season(now), now))


@bp.get("/mes-regroupements/attestation")
@access(signed_in)
def certificate() -> ResponseReturnValue:
    """One's own certificate, read on screen before it is printed."""
    season = _season(clock.now())
    attended = _attended(me(), season)
    return render_template(
        "meetings/certificate.html",
        season=season,
        label=season_label(season),
        seasons=own_seasons(me().id),
        attended=attended,
        words=certificate_words(_as_printed(attended)) if attended else None,
    )


@bp.get("/mes-regroupements/attestation.pdf")
@access(signed_in)
def certificate_sheet() -> ResponseReturnValue:
    """The same on paper, with a line for the service of continuing training to sign."""
    season = _season(clock.now())
    attended = _attended(me(), season)
    if not attended:
        return redirect(url_for(".certificate", saison=season))
    return _printed(me().name, attended, ())


@bp.get("/membres/<uuid:membership_id>/attestation.pdf")
@access(can_print_certificate, membership=get_certified)
def member_certificate(membership: Certified) -> ResponseReturnValue:
    """The certificate of a member who was there, for the meetings of this collective, signed by its pilot."""
    person, collective = membership.user, membership.access.collective
    all_mine = own_meetings(person.id, collective.season)
    attended = [each for each in all_mine if each.collective_id == collective.id and each.state.came]
    if not attended:
        abort(404)
    return _printed(f"{person.given_name} {person.family_name}".strip(), attended, (pilot_signs([me().name]),))


def _season(now: datetime) -> int:
    """The season asked for in the address, this one otherwise."""
    return asked_number("saison", 0) or season_of(now.date())


def _attended(person: Person, season: int) -> list[OwnMeeting]:
    return [each for each in own_meetings(person.id, season) if each.state.came]


def _as_printed(attended: list[OwnMeeting]) -> tuple[Attended, ...]:
    return tuple(
        Attended(
            each.starts_at.astimezone(each.zone), each.ends_at.astimezone(each.zone), each.place, each.collective_name
        )
        for each in attended
    )


def _printed(bearer: str, attended: list[OwnMeeting], signs: tuple[str, ...]) -> Response:
    territories = {each.territory.id: each.territory for each in attended}.values()
    last = attended[-1]
    paper = CertificatePaper(
        title=certificate_title(season_label(last.season)),
        bearer=bearer,
        season=season_label(last.season),
        territory=join_names([each.name for each in territories]),
        attended=_as_printed(attended),
        made_on=clock.now().astimezone(last.zone).date(),
        signs=(*signs, *(territory_signs(each.name, each.contact_name) for each in territories)),
        scheme=scheme_of(last.territory.id) if len(territories) == 1 else Scheme(),
    )
    return pdf_file(certificate_pdf(paper).pdf, "attestation-de-presence")


def _mine_page(person: Person, season: int, now: datetime) -> dict[str, Any]:
    meetings = own_meetings(person.id, season)
    sheets = _sheets(meetings)
    tried = {each.meeting_id: each for each in follow_ups_by(person.id)}
    came = [each for each in meetings if each.state.came]
    return {
        "season": season,
        "label": season_label(season),
        "seasons": own_seasons(person.id),
        "coming": [each for each in meetings if each.ends_at > now],
        "past": [each for each in reversed(meetings) if each.ends_at <= now],
        "several": len({each.collective_id for each in meetings}) > 1,
        "came": came,
        "total": hours_in_figures(sum(each.minutes for each in came)),
        "hours_in_figures": hours_in_figures,
        "sheets": _readable(person, sheets.values()),
        "tried": [(each, tried[each.id]) for each in meetings if each.id in tried],
        "can_open": {each for each in tried if each in sheets and _may_open(person, sheets[each])},
    }


def _sheets(meetings: list[OwnMeeting]) -> dict[UUID, SheetAccess]:
    """The sheets of the collectives of these meetings, by meeting."""
    found = sheets_in(accesses_to(dict.fromkeys(each.collective_id for each in meetings)))
    return {sheet.meeting.id: sheet for sheets in found.values() for sheet in sheets}


def _may_open(person: Person, sheet: SheetAccess) -> bool:
    return can_see_meeting(person, MeetingAccess(sheet.meeting, sheet.access))


def _readable(person: Person, sheets: Iterable[SheetAccess]) -> list[SheetAccess]:
    """Those that this person may read now, the latest first."""
    readable = [sheet for sheet in sheets if sheet.is_shared and can_see_sheet(person, sheet)]
    return sorted(readable, key=lambda sheet: sheet.meeting.starts_at, reverse=True)
