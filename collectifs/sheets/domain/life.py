"""The life of a sheet: draft, proposed, agreed, submitted, reviewed, withdrawn.

Agreement is to a version, never to « the sheet ». What depends on time is computed from instants.
Source: founding text 004, § 3-4 (« fiche synthèse »); the consent of a collective, design of the project.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum
from zoneinfo import ZoneInfo

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.school_year import SchoolCalendar, is_school_day

DELAY_DAYS, LONGEST_DELAY = 3, 30  # school days; days of any kind, in the longest holidays
DAY_STARTS, DAY_ENDS = time(8), time(20)
# A mail that leaves within these minutes left with the proposal; a later one moves the end of the delay.
LATE = timedelta(minutes=10)


class SheetStatus(Enum):
    """Where a sheet stands, with the French word that people read."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    GIVEN_UP = "given_up"

    @property
    def label(self) -> str:
        """The French word of the state."""
        return {
            "draft": "brouillon",
            "proposed": "proposée",
            "agreed": "acceptée",
            "submitted": "transmise",
            "reviewed": "lue",
            "withdrawn": "retirée",
            "given_up": "sans fiche",
        }[self.value]


@dataclass(frozen=True)
class SheetLife:
    """The instants of a sheet. `None` where something has not happened.

    `mails_waiting`: those that tell of the proposal have not all left; its delay has no end yet.
    `institution_since`: a new draft was opened after a submission, and the institution reads the former
    version since that instant.
    """

    proposed_at: datetime | None = None
    deadline_at: datetime | None = None
    everybody_agreed_at: datetime | None = None
    mails_waiting: bool = False
    text_objections: int = 0
    transmission_objections: int = 0
    name_objections: int = 0
    asks_transmission: bool = False
    asks_name: bool = False
    has_presenter: bool = True
    presenter_agreed: bool | None = None
    submitted_at: datetime | None = None
    reviewed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    institution_since: datetime | None = None
    given_up_at: datetime | None = None

    def status(self, now: datetime) -> SheetStatus:
        """The state at `now`. An open objection holds the sheet back, without limit of time."""
        if self.withdrawn_at:
            return SheetStatus.WITHDRAWN
        if self.reviewed_at:
            return SheetStatus.REVIEWED
        if self.submitted_at:
            return SheetStatus.SUBMITTED
        if self.given_up_at:
            return SheetStatus.GIVEN_UP
        if self.agreed_at(now):
            return SheetStatus.AGREED
        return SheetStatus.PROPOSED if self.proposed_at else SheetStatus.DRAFT

    def agreed_at(self, now: datetime) -> datetime | None:
        """When the collective agreed: read and accepted in the room by all, or the delay being over."""
        if self.proposed_at is None or self.text_objections:
            return None
        if self.everybody_agreed_at:
            return self.everybody_agreed_at
        return self.deadline_at if self.is_over(now) else None

    def is_over(self, now: datetime) -> bool:
        """Whether the delay is over; it has not begun for somebody whose mail waits."""
        return not self.mails_waiting and self.deadline_at is not None and self.deadline_at <= now

    @property
    def carries_name(self) -> bool:
        """Whether the institution's copy may bear the name of the collective: asked for, and nobody against it."""
        return self.asks_transmission and self.asks_name and not self.name_objections


def deadline_for(proposed_at: datetime, zone: ZoneInfo, calendar: SchoolCalendar) -> datetime:
    """The same hour of the third school day that follows, never between 20 h and 8 h where the collective lives.

    So it is never over a week-end or holidays alone. At most 30 days, as in the summer.
    """
    sent = proposed_at.astimezone(zone)
    last, end = sent.date() + timedelta(days=LONGEST_DELAY), sent.date()
    for _ in range(DELAY_DAYS + (sent.time() >= DAY_ENDS)):
        end = next_school_day(end, last, calendar)
    by_day = DAY_STARTS <= sent.time() < DAY_ENDS
    return datetime.combine(end, sent.time() if by_day else DAY_STARTS, zone).astimezone(proposed_at.tzinfo)


def next_school_day(day: date, last: date, calendar: SchoolCalendar) -> date:
    """The first school day after `day`; `last` when none comes before it."""
    ahead = (day + timedelta(days=number) for number in range(1, (last - day).days))
    return next((each for each in ahead if is_school_day(each, calendar)), last)


def deadline_after_sending(
    proposed_at: datetime, deadline_at: datetime, sent_at: datetime, zone: ZoneInfo, calendar: SchoolCalendar
) -> datetime:
    """The delay counts from the sending: a mail that leaves late moves its end, for everybody."""
    if sent_at - proposed_at <= LATE:
        return deadline_at
    return max(deadline_at, deadline_for(sent_at, zone, calendar))


def objections_seen_until(now: datetime, zone: ZoneInfo) -> datetime:
    """The pilot learns of objections at 8 h and at 18 h, so that no click can be told from its hour."""
    local = now.astimezone(zone)
    today = [datetime.combine(local.date(), time(hour), zone) for hour in (18, 8)]
    yesterday = datetime.combine(local.date() - timedelta(days=1), time(18), zone)
    return next((moment for moment in today if moment <= local), yesterday)


def seen_until(life: SheetLife, now: datetime, zone: ZoneInfo) -> datetime:
    """Up to when objections are shown: the last 8 h or 18 h, or the end of the delay, which decides."""
    shown = objections_seen_until(now, zone)
    return max(shown, life.deadline_at) if life.deadline_at and life.is_over(now) else shown


def check_can_be_reopened(life: SheetLife, now: datetime) -> None:
    """What was proposed is taken up again; past a submission, a new version begins beside the institution's."""
    _check_is_not_withdrawn(life, now)
    _check_is_not_given_up(life, now)
    if life.status(now) is SheetStatus.DRAFT:
        raise RuleBroken("Cette fiche est déjà en cours d’écriture.")


def check_can_be_written(life: SheetLife, now: datetime) -> None:
    """Only a draft changes: what was put to the collective stays as they read it."""
    _check_has_not_left(life, now)
    if life.status(now) is not SheetStatus.DRAFT:
        raise RuleBroken("Cette fiche est proposée au collectif : reprenez d’abord l’écriture.")


def _check_is_not_withdrawn(life: SheetLife, now: datetime) -> None:
    if life.status(now) is SheetStatus.WITHDRAWN:
        raise RuleBroken("Cette fiche a été retirée : elle ne peut plus être modifiée.")


def _check_is_not_given_up(life: SheetLife, now: datetime) -> None:
    if life.status(now) is SheetStatus.GIVEN_UP:
        raise RuleBroken("Ce regroupement est sans fiche : revenez d’abord sur ce choix.")


def _check_has_not_left(life: SheetLife, now: datetime) -> None:
    _check_is_not_withdrawn(life, now)
    _check_is_not_given_up(life, now)
    if life.status(now) in (SheetStatus.SUBMITTED, SheetStatus.REVIEWED):
        raise RuleBroken("Cette fiche a été transmise : ouvrez d’abord une nouvelle version.")


def check_can_be_given_up(life: SheetLife, now: datetime, meeting_is_over: bool) -> None:
    """A meeting may do without a sheet, once it was held: its notes perish then. A draft alone is given up."""
    if life.status(now) is SheetStatus.GIVEN_UP:
        raise RuleBroken("Ce regroupement est déjà sans fiche.")
    if life.institution_since:
        raise RuleBroken("L’inspection lit une version de cette fiche : gardez-la, ou retirez-la.")
    check_can_be_written(life, now)
    if not meeting_is_over:
        raise RuleBroken("Attendez la fin du regroupement : ses notes seraient effacées.")


def check_can_be_taken_up_again(life: SheetLife, now: datetime) -> None:
    """« Pas de fiche » is undone as it was said."""
    if life.status(now) is not SheetStatus.GIVEN_UP:
        raise RuleBroken("Ce regroupement n’est pas sans fiche.")


def check_can_be_kept(life: SheetLife, now: datetime) -> None:
    """A new draft is given up for the version that the institution reads."""
    _check_is_not_withdrawn(life, now)
    if not life.institution_since or life.status(now) is not SheetStatus.DRAFT:
        raise RuleBroken("Il n’y a pas de nouvelle version en cours d’écriture.")


def check_can_be_proposed(life: SheetLife, now: datetime) -> None:
    """A draft alone is put to the collective; what it must say, `check_complete()` and `check_limits()` ask."""
    _check_has_not_left(life, now)
    if life.status(now) is not SheetStatus.DRAFT:
        raise RuleBroken("Cette fiche est déjà proposée au collectif.")


def check_can_be_submitted(life: SheetLife, names: list[str], now: datetime) -> None:
    """An agreed version that names no member, the presenter's yes, and nobody against its leaving the circle.

    The delay comes before the agreement, so that an objection cannot be told from the answer.
    """
    _check_is_still_inside(life, now)
    if life.mails_waiting:
        raise RuleBroken("Les courriels ne sont pas tous partis : le délai commencera à leur envoi.")
    if life.deadline_at and now < life.deadline_at:
        raise RuleBroken("Chaque personne peut encore s’opposer : attendez la fin du délai.")
    if life.status(now) is not SheetStatus.AGREED:
        raise RuleBroken("Le collectif n’a pas encore accepté cette fiche.")
    if not life.asks_transmission:
        raise RuleBroken("La transmission n’a pas été demandée au collectif.")
    if life.transmission_objections:
        raise RuleBroken("Une personne s’oppose à la transmission : la fiche reste dans le collectif.")
    if life.has_presenter and not life.presenter_agreed:
        raise RuleBroken("La personne qui a exposé n’a pas dit oui à la transmission.")
    if names:
        raise RuleBroken(f"Retirez de la fiche ce qui fait reconnaître quelqu’un : {', '.join(names)}.")


def _check_is_still_inside(life: SheetLife, now: datetime) -> None:
    status = life.status(now)
    if status is SheetStatus.WITHDRAWN:
        raise RuleBroken("Cette fiche a été retirée.")
    _check_is_not_given_up(life, now)
    if status in (SheetStatus.SUBMITTED, SheetStatus.REVIEWED):
        raise RuleBroken("Cette fiche est déjà transmise.")
    if status is SheetStatus.DRAFT:
        raise RuleBroken("Proposez d’abord cette fiche au collectif.")


def check_can_be_reviewed(life: SheetLife, now: datetime) -> None:
    """Only what was submitted and not yet marked."""
    if life.status(now) is SheetStatus.REVIEWED:
        raise RuleBroken("Cette fiche est déjà marquée comme lue.")
    if life.status(now) is not SheetStatus.SUBMITTED:
        raise RuleBroken("Cette fiche n’est plus transmise.")


def check_can_be_withdrawn(life: SheetLife, now: datetime) -> None:
    """What the collective agreed to, at any time afterwards; an objection takes nothing from that right.

    All of it goes: the version that the institution reads, and the one that is being written.
    """
    status = replace(life, text_objections=0).status(now)
    if status is SheetStatus.WITHDRAWN:
        raise RuleBroken("Cette fiche est déjà retirée.")
    is_agreed = status in (SheetStatus.AGREED, SheetStatus.SUBMITTED, SheetStatus.REVIEWED)
    if not is_agreed and not life.institution_since:
        raise RuleBroken("Il n’y a rien à retirer : le collectif n’a pas encore accepté cette fiche.")


def check_can_stay_inside(life: SheetLife, now: datetime, drafts_live: bool) -> None:
    """The institution's copy alone goes: what was transmitted, while the collective has a text of its own."""
    if life.institution_since:
        raise RuleBroken(
            "Une nouvelle version s’écrit. Votre pilote peut d’abord « garder la version transmise », "
            "et vous pourrez la garder dans le collectif."
        )
    if life.status(now) not in (SheetStatus.SUBMITTED, SheetStatus.REVIEWED):
        raise RuleBroken("Cette fiche n’est pas transmise : elle est dans le collectif.")
    if not drafts_live:
        raise RuleBroken("Le collectif n’a plus de texte à lui : il lit celui de l’inspection.")


class About(StrEnum):
    """What an objection holds back, « text » first."""

    TEXT = "text"
    TRANSMISSION = "transmission"
    NAME = "name"


def about_of(word: str | None) -> About:
    """What somebody who objects has ticked. Refuses anything else."""
    if word not in set(About):
        raise RuleBroken("Dites à quoi vous vous opposez : au texte, à sa transmission ou au nom.", "about")
    return About(word)


def check_can_be_objected_to(life: SheetLife, now: datetime, about: About = About.TEXT) -> None:
    """The text: while it is proposed, and until the end of the delay for what was accepted in the room.

    The transmission, and the name on the institution's copy: until the sheet has left, the delay being over or not.
    """
    _check_is_still_inside(life, now)
    if about is About.TRANSMISSION and not life.asks_transmission:
        raise RuleBroken("La transmission n’est pas demandée : la fiche reste dans le collectif.")
    if about is About.NAME and not (life.asks_transmission and life.asks_name):
        raise RuleBroken("Le nom du collectif n’est pas demandé : la fiche ne porterait qu’un code.")
    is_held = life.text_objections > 0
    if about is About.TEXT and life.is_over(now) and not is_held:
        raise RuleBroken("Le délai pour s’opposer au texte est passé. Vous pouvez toujours retirer la fiche.")


def read_yes_or_no(said: object) -> bool:
    """The presenter's own answer: silence is none, and neither is anything else."""
    if said not in ("oui", "non"):
        raise RuleBroken("Répondez par oui ou par non.")
    return said == "oui"
