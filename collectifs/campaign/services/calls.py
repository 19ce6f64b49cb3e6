"""What a manager does with a call: write it, publish it, pause it, name who passes it on and what is said of it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from collectifs.campaign.domain.call import CODE_LETTERS, PartnerKind, SaidBy, check_days, check_testimonial
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call, CallPartner, Testimonial
from collectifs.campaign.queries.calls import CallAccess, PartnerAccess, TestimonialAccess, call_of, slugs_taken
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_ends_on, season_of
from collectifs.kernel.text.folding import folded
from collectifs.people.domain.person import Person
from collectifs.people.domain.uai import check_uai, normal_uai
from collectifs.people.models import Territory

CODE_LENGTH = 6


@dataclass(frozen=True)
class CallWords:
    """What a call says."""

    opens_on: date
    closes_on: date
    answers_on: date
    meets_on: date | None
    title: str = ""
    incitation: str = ""
    prerequisites: str = ""
    process: str = ""
    contact: str = ""


def create_call(territory: Territory, words: CallWords, *, kind: CallKind = CallKind.TUTORS, by: Person) -> Call:
    """The call of the season in which it opens; one of each kind a territory."""
    season = season_of(words.opens_on)
    if call_of(territory.id, season, kind) is not None:
        raise RuleBroken("Ce territoire a déjà un appel pour cette saison.", "opens_on")
    name = territory.name if kind.composes else f"{territory.name} classe préparatoire"
    row = Call(id=uuid4(), territory_id=territory.id, season=season, kind=kind, slug=_free_slug(name, season))
    _write(row, words)
    db.session.add(row)
    db.session.flush()
    record("call_created", row, by=by)
    return row


def _free_slug(name: str, season: int) -> str:
    """« val-de-brume »; with its season when a former call has it."""
    plain, taken = folded(name).replace(" ", "-")[:60], slugs_taken()
    return plain if plain not in taken else f"{plain}-{season}"


def change_call(call: Call, words: CallWords, *, by: Person) -> None:
    """Days and words; the season and the address stay."""
    if season_of(words.opens_on) != call.season:
        raise RuleBroken("L’appel reste dans sa saison.", "opens_on")
    if words.closes_on != call.closes_on:
        call.deadline_told_at = None
    _write(call, words)
    record("call_changed", call, by=by)


def _write(row: Call, words: CallWords) -> None:
    check_days(words.opens_on, words.closes_on, words.answers_on, words.meets_on)
    for name, value in vars(words).items():
        setattr(row, name, value)


def publish_call(call: Call, *, now: datetime, by: Person) -> None:
    """From now on anybody reads it; candidacies come from its first day on."""
    if call.published_at is None:
        call.published_at = now
        record("call_published", call, by=by)


def pause_call(call: Call, *, now: datetime, by: Person) -> None:
    """Nobody begins a candidacy while it is paused; those who began may finish. Done again, it goes on."""
    call.paused_at = None if call.paused_at else now
    record("call_paused" if call.paused_at else "call_resumed", call, by=by)


def add_partner(
    access: CallAccess, *, name: str, kind: PartnerKind, uai: str, now: datetime, by: Person
) -> CallPartner:
    """Somebody who passes the call on, with a link of their own."""
    uai = normal_uai(uai)
    check_uai(uai)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    row = CallPartner(id=uuid4(), call_id=access.id, name=name, kind=kind, uai=uai, slug=code, made_at=now)
    db.session.add(row)
    db.session.flush()
    record("partner_added", row, by=by)
    return row


def stop_partner(found: PartnerAccess, *, now: datetime, by: Person) -> None:
    """Whoever follows the link still reads the call; it counts for nobody any more."""
    if found.partner.revoked_at is None:
        found.partner.revoked_at = now
        record("partner_stopped", found.partner, by=by)


@dataclass(frozen=True)
class Said:
    """A testimonial as it is written down."""

    text: str
    said_by: SaidBy
    signed: str
    agreed_by: str
    agreed_on: date
    shown_until: date


def add_testimonial(access: CallAccess, said: Said, *, today: date, by: Person) -> Testimonial:
    """Words that somebody agreed to, and until when."""
    check_testimonial(said.agreed_on, said.shown_until, today, season_ends_on(access.call.season))
    row = Testimonial(id=uuid4(), call_id=access.id, **vars(said))
    db.session.add(row)
    db.session.flush()
    record("testimonial_added", row, by=by)
    return row


def remove_testimonial(found: TestimonialAccess, *, by: Person) -> None:
    """Its person asks for it, or it is no longer wanted: gone at once."""
    record("testimonial_removed", found.testimonial, by=by)
    db.session.delete(found.testimonial)
