"""What former members said yes to, and who may say so."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Collective, Membership
from collectifs.kernel.extensions import db
from collectifs.network.domain.after import AfterWish
from collectifs.network.models import FormerYes
from collectifs.people.models import Territory, User


@dataclass(frozen=True)
class LastBelonging:
    """The last season in which somebody was a member, and where."""

    season: int
    territory: Territory


@dataclass(frozen=True)
class FormerFacts:
    """Somebody and what they said yes to, for the managers of their territory."""

    user: User
    wishes: tuple[AfterWish, ...]


def last_belonging(user_id: UUID) -> LastBelonging | None:
    """Where somebody was a member last."""
    query = select(Collective.season, Territory).join(Membership, Membership.collective_id == Collective.id)
    here = query.join(Territory, Territory.id == Collective.territory_id).where(Membership.user_id == user_id)
    row = db.session.execute(here.order_by(Collective.season.desc(), Collective.id).limit(1)).first()
    return LastBelonging(row[0], row[1]) if row else None


def yes_of(user_id: UUID, season: int) -> FormerYes | None:
    """What somebody said yes to for a season."""
    query = select(FormerYes).where(FormerYes.user_id == user_id, FormerYes.season == season)
    return db.session.scalars(query).first()


def wishes_of(row: FormerYes) -> tuple[AfterWish, ...]:
    """Its words, in the order of the list."""
    return tuple(each for each in AfterWish if each.value in row.wishes)


def yeses_on(territory_id: UUID, season: int) -> list[FormerFacts]:
    """Who said yes on a territory for a season or after it, by name."""
    query = select(FormerYes, User).join(User, User.id == FormerYes.user_id)
    here = query.where(FormerYes.territory_id == territory_id, FormerYes.season >= season, User.erased_at.is_(None))
    rows = db.session.execute(here.order_by(User.family_name, User.given_name, FormerYes.season))
    return [FormerFacts(user, wishes_of(row)) for row, user in rows]


def yeses_to_remind(season: int) -> list[FormerYes]:
    """Who wanted to be reminded for a season, and was not yet."""
    query = select(FormerYes).where(FormerYes.season == season, FormerYes.reminded_at.is_(None))
    rows = db.session.scalars(query.order_by(FormerYes.said_at, FormerYes.id))
    return [each for each in rows if AfterWish.REMIND.value in each.wishes]


def get_yes(yes_id: UUID) -> FormerYes | None:
    """One yes."""
    return db.session.get(FormerYes, yes_id)
