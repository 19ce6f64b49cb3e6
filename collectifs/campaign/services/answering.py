"""What the training service answers to candidacies: undone until it is told, then told by mail to each."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from collectifs.campaign.domain.answers import LONGEST_SENTENCE, check_may_be_answered, check_sentence
from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.work import MailCandidacyAnswered, MailCandidacyWaits, OfferPlaces
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.queries.calls import CallAccess
from collectifs.campaign.queries.deciding import calls_about_to_close, to_tell, unfinished_of
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.guests import HIERARCHY
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import hierarchy_user_ids, users_by_address

ANSWERS = (CandidacyState.RETAINED, CandidacyState.WAITING, CandidacyState.DECLINED)
TOLD_AT = time(18)
LEAST_DELAY = timedelta(minutes=30)
WARNED_BEFORE = timedelta(days=3)


def answer_candidacies(
    access: CallAccess,
    rows: Sequence[Candidacy],
    *,
    state: CandidacyState,
    sentence: str = "",
    now: datetime,
    by: Person,
) -> datetime:
    """One answer to one or many; returns when the mails leave: until then all may be undone."""
    if state not in ANSWERS:
        raise RuleBroken("Choisissez une réponse.")
    if not rows:
        raise RuleBroken("Choisissez au moins une candidature.")
    check_sentence(state, sentence)
    if state is CandidacyState.RETAINED:
        _check_nobody_rules_here(access, rows, now)
    tells_at = next_telling(now, access.zone)
    for row in rows:
        check_may_be_answered(row.state, is_told=row.told_at is not None)
        row.state, row.answered_at, row.tells_at, row.told_at = state, now, tells_at, None
        row.answer = sentence[:LONGEST_SENTENCE] if state is CandidacyState.DECLINED else ""
        record(f"candidacy_{state.value}", row, by=by)
    return tells_at


def _check_nobody_rules_here(access: CallAccess, rows: Sequence[Candidacy], now: datetime) -> None:
    """Nobody of the hierarchy of a territory is a member of its collectives."""
    rules = hierarchy_user_ids(access.territory_id, now.astimezone(access.zone).date())
    known = users_by_address([row.address for row in rows])
    for row in rows:
        user = known.get(row.address)
        if user is not None and user.id in rules:
            raise RuleBroken(HIERARCHY.format(name=f"{row.given_name} {row.family_name}"))


def next_telling(now: datetime, zone: ZoneInfo) -> datetime:
    """Six in the evening where the territory is, half an hour later at least."""
    here = now.astimezone(zone)
    day = here.date() if here.timetz().replace(tzinfo=None) < TOLD_AT else here.date() + timedelta(days=1)
    return max(datetime.combine(day, TOLD_AT, zone).astimezone(now.tzinfo), now + LEAST_DELAY)


def undo_answers(rows: Sequence[Candidacy], *, by: Person) -> int:
    """Take back what nobody was told yet; returns how many."""
    found = [row for row in rows if row.tells_at is not None and row.told_at is None and row.state in ANSWERS]
    for row in found:
        row.state, row.answered_at, row.tells_at, row.answer = CandidacyState.COMPLETE, None, None, ""
        record("candidacy_unanswered", row, by=by)
    return len(found)


def tell_candidates(*, now: datetime) -> None:
    """Ask for the mails whose time has come: answers, and the end of calls to those who began. Each leaves once."""
    for row in to_tell(now):
        row.told_at = now
        ask(MailCandidacyAnswered(row.id))
        if row.state is CandidacyState.WAITING:
            ask(OfferPlaces(row.call_id))
    for call in calls_about_to_close((now + WARNED_BEFORE).date(), now.date()):
        _warn(call, now)


def _warn(call: Call, now: datetime) -> None:
    call.deadline_told_at = now
    for row in unfinished_of(call.id):
        ask(MailCandidacyWaits(row.id))
