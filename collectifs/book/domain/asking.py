"""The second question: « Publier cette page dans le recueil ? ». Each person says yes to a text, known by its digest.

Silence is no yes; one no is enough, and nobody reads whose. What depends on time is computed from instants.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from collectifs.kernel.errors import RuleBroken

DELAY = timedelta(days=14)
LEAST_DELAY = timedelta(days=3)  # whoever has no account is forgotten with the season: nobody is asked in its last days
CHANGED = "Le texte a changé pendant que vous lisiez : le voici. Relisez-le, puis répondez."
FORGOTTEN = "Les inscriptions à la journée sont effacées depuis le 31 août : il n’y a plus personne à qui demander."
LOST = "Une personne qui était à l’atelier a effacé son inscription : il manquerait son oui, la page ne paraîtra pas."
YES, NO = "oui", "non"


class PageStatus(StrEnum):
    """Where a page of the book stands."""

    WRITING = "writing"
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    PRINTED = "printed"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The words of the list."""
        return {
            "writing": "en relecture",
            "asked": "demandée",
            "agreed": "acceptée",
            "refused": "pas publiée",
            "printed": "publiée",
            "set_aside": "laissée de côté",
            "withdrawn": "retirée",
        }[self.value]


class Known(StrEnum):
    """By what somebody who is asked is known: an account, their registration to a day, the workshop that they led."""

    MEMBER = "member"
    REGISTERED = "registered"
    HOST = "host"


@dataclass(frozen=True, order=True)
class Asked:
    """Somebody who is asked about a page, by the one id that they are known by: a user, a registration, a workshop."""

    known: Known
    id: UUID


@dataclass(frozen=True)
class Said:
    """What one person was asked, and answered: `digest` of the text that `agreed` is about; None while silent."""

    asked: Asked
    agreed: bool | None = None
    digest: str = ""
    answered_at: datetime | None = None

    def to(self, digest: str) -> bool | None:
        """Their answer to this very text."""
        return self.agreed if self.digest == digest else None


@dataclass(frozen=True)
class PageLife:
    """The instants of a page, and what was said of its text.

    `presenter_asked`: whoever presented is known, and answers apart; `presenter_said`: to this very text.
    `source_gone`: a sheet, or the page of a workshop, that it was written from was taken back.
    `agreed_at`: when the last yes made all agree, recorded by that yes. `forgets`: somebody who is asked has no account
    and is forgotten with the season, so that only what was recorded counts. `is_lost`: one of those erased their
    registration already; `is_over_for_them`: the season is over, nobody could say yes to other words.
    """

    digest: str
    asked_at: datetime | None = None
    deadline_at: datetime | None = None
    said: Sequence[Said] = ()
    presenter_asked: bool = False
    presenter_said: bool | None = None
    set_aside_at: datetime | None = None
    withdrawn_at: datetime | None = None
    printed_at: datetime | None = None
    source_gone: bool = False
    agreed_at: datetime | None = None
    forgets: bool = False
    is_lost: bool = False
    is_over_for_them: bool = False

    def status(self, now: datetime) -> PageStatus:
        """The state at `now`."""
        if self.withdrawn_at or self.source_gone:
            return PageStatus.WITHDRAWN
        if self.printed_at:
            return PageStatus.PRINTED
        if self.set_aside_at:
            return PageStatus.SET_ASIDE
        if self.asked_at is None:
            return PageStatus.WRITING
        return self._answered(now)

    def _answered(self, now: datetime) -> PageStatus:
        if False in self._answers:
            return PageStatus.REFUSED
        if self.agreed_at or (self.all_say_yes and not self.forgets):
            return PageStatus.AGREED
        is_closed = self.is_over(now) or self.is_lost or self.is_over_for_them
        return PageStatus.REFUSED if is_closed else PageStatus.ASKED

    @property
    def _answers(self) -> list[bool | None]:
        answers = [each.to(self.digest) for each in self.said]
        return [*answers, self.presenter_said] if self.presenter_asked else answers

    @property
    def all_say_yes(self) -> bool:
        """Whether each of those who are there to be asked said yes to this very text; nobody is no yes."""
        return bool(self._answers) and all(self._answers)

    def is_over(self, now: datetime) -> bool:
        """Whether the time to answer is over."""
        return self.deadline_at is not None and self.deadline_at <= now

    @property
    def answered(self) -> int:
        """How many people answered about this text."""
        return sum(each.to(self.digest) is not None for each in self.said)

    def seen(self, until: datetime) -> "PageLife":
        """With only the refusals given until an instant: no click can be told from its hour."""
        late = [each for each in self.said if each.agreed is False and each.answered_at and each.answered_at > until]
        said = [replace(each, agreed=None) if each in late else each for each in self.said]
        return replace(self, said=said)

    def said_by(self, asked_id: UUID) -> Said | None:
        """What one person was asked, by the id that they are known by."""
        return next((each for each in self.said if each.asked.id == asked_id), None)


def answers_until(now: datetime, season_ends: datetime | None) -> datetime:
    """Two weeks; less where somebody asked is forgotten with the season (`season_ends`), and not in its last days."""
    if season_ends is None:
        return now + DELAY
    if season_ends < now:
        raise RuleBroken(FORGOTTEN)
    if season_ends - now < LEAST_DELAY:
        raise RuleBroken("Il est trop tard pour demander : les inscriptions à la journée sont effacées le 31 août.")
    return min(now + DELAY, season_ends)


def check_can_be_edited(life: PageLife, now: datetime) -> None:
    """Not once it is printed: a printed text is taken up in the next book."""
    status = life.status(now)
    if status is PageStatus.WITHDRAWN:
        raise RuleBroken("Cette page a été retirée par celles et ceux qui l’ont écrite : elle ne se reprend plus.")
    if status is PageStatus.PRINTED:
        raise RuleBroken("Cette page est publiée telle quelle : elle se reformule dans le recueil suivant.")
    if status is PageStatus.AGREED and life.is_over_for_them:
        raise RuleBroken(
            "Les inscriptions à la journée sont effacées depuis le 31 août : personne ne pourrait dire oui à d’autres "
            "mots. Cette page paraît telle quelle, ou reste de côté."
        )


def check_can_be_set_aside(life: PageLife, now: datetime) -> None:
    """Not once it is printed: then it is withdrawn."""
    if life.status(now) in (PageStatus.WITHDRAWN, PageStatus.PRINTED):
        check_can_be_edited(life, now)


def check_can_be_asked(life: PageLife, asked: Sequence[Asked], now: datetime) -> None:
    """What is being written, or lapsed without an answer, once somebody is there to be asked."""
    check_can_be_edited(life, now)
    status = life.status(now)
    if status is PageStatus.SET_ASIDE:
        raise RuleBroken("Cette page est laissée de côté : reprenez-la d’abord.")
    if status in (PageStatus.ASKED, PageStatus.AGREED):
        raise RuleBroken("Ce texte est déjà demandé aux personnes qui étaient là.")
    if any(each.to(life.digest) is False for each in life.said) or life.presenter_said is False:
        raise RuleBroken("Une personne a dit non à ce texte. Reformulez-le, ou laissez-le de côté.")
    if life.is_lost:
        raise RuleBroken(LOST)
    if life.is_over_for_them:
        raise RuleBroken(FORGOTTEN)
    if not asked:
        raise RuleBroken("Personne n’a été noté présent : il n’y a personne à qui demander.")


def check_can_answer(life: PageLife, asked_id: UUID, digest: str, agreed: bool, now: datetime) -> None:
    """Whoever is asked, about the text that they read, until it is printed; a yes, until the delay is over."""
    status = life.status(now)
    if life.said_by(asked_id) is None:
        raise RuleBroken("Cette question ne vous est pas posée.")
    if status is PageStatus.WITHDRAWN:
        raise RuleBroken("Cette page a déjà été retirée : elle ne paraîtra pas.")
    if status is PageStatus.PRINTED:
        raise RuleBroken("Cette page est publiée. Vous pouvez la retirer.")
    if status in (PageStatus.WRITING, PageStatus.SET_ASIDE):
        raise RuleBroken(
            "La relecture a repris ce texte : il vous sera demandé de nouveau. Votre réponse n’a pas compté."
        )
    if digest != life.digest:
        raise RuleBroken(CHANGED)
    if agreed and life.is_over(now):
        raise RuleBroken("Le délai est passé : cette page ne paraîtra que si on vous la demande de nouveau.")


def check_can_be_withdrawn(life: PageLife, asked_id: UUID, now: datetime) -> None:
    """A printed page, by anybody whom it was asked of, at any time."""
    if life.said_by(asked_id) is None:
        raise RuleBroken("Cette page n’est pas la vôtre.")
    if life.status(now) is PageStatus.WITHDRAWN:
        raise RuleBroken("Cette page est déjà retirée.")
    if life.status(now) is not PageStatus.PRINTED:
        raise RuleBroken("Cette page n’est pas publiée : il suffit de répondre non.")
