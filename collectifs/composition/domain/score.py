"""What a draft costs, the less the better: minutes with the worst-off first, then what it breaks.

A collective meets in the commune of one of its members, the fairest one: where the squares of everybody's minutes add
up to the least. The weights are those of the comparison with other engines; a manager may change their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from collectifs.composition.domain.people import Candidate, Territory
from collectifs.composition.domain.travel import Place, Travel, minutes_between
from collectifs.people.domain.person import Degree


@dataclass(frozen=True)
class Weights:
    """What each fault costs, in squared minutes."""

    alone: float = 1_500
    one_sided: float = 2_400
    split: float = 1_500
    apart: float = 5_000
    no_pilot: float = 50_000
    half_day: float = 900


@dataclass(frozen=True)
class Group:
    """A collective of a draft: who, where, how long each takes, who may pilot it. Minutes stand in the order of ids.

    `half_days`: those that suit the most; `shut_out`: how many of those who told theirs they do not suit.
    """

    ids: tuple[str, ...]
    venue: Place
    minutes: tuple[float, ...]
    may_pilot: tuple[str, ...]
    alone: int
    one_sided: int
    half_days: tuple[str, ...]
    shut_out: int


@dataclass(frozen=True)
class Parts:
    """The score by what it is made of: squared minutes, and how many faults of each kind."""

    minutes: float
    alone: int
    one_sided: int
    split: int
    apart: int
    no_pilot: int
    shut_out: int = 0

    def total(self, weights: Weights) -> float:
        """The score."""
        return (
            self.minutes
            + weights.alone * self.alone
            + weights.one_sided * self.one_sided
            + weights.split * self.split
            + weights.apart * self.apart
            + weights.no_pilot * self.no_pilot
            + weights.half_day * self.shut_out
        )


def described(people: Sequence[Candidate], travel: Travel = minutes_between) -> Group:
    """A collective of these people."""
    venue = min(
        sorted({each.place for each in people}, key=lambda place: place.insee),
        key=lambda place: sum(travel(each.place, place) ** 2 for each in people),
    )
    first, new = sum(each.degree is Degree.FIRST for each in people), sum(each.is_new for each in people)
    sides = (first, len(people) - first, new, len(people) - new)
    half_days, shut_out = suiting(people)
    return Group(
        tuple(each.id for each in people),
        venue,
        tuple(travel(each.place, venue) for each in people),
        tuple(each.id for each in people if may_pilot(each, people)),
        alone=sum(side == 1 for side in sides),
        one_sided=sum(side == 0 for side in sides),
        half_days=half_days,
        shut_out=shut_out,
    )


def suiting(people: Sequence[Candidate]) -> tuple[tuple[str, ...], int]:
    """The half-days that suit the most people, and how many of those who told theirs they do not suit.

    Whoever told none suits all; whoever ticks more can only suit more.
    """
    told = [each.half_days for each in people if each.half_days]
    suited = {day: sum(day in each for each in told) for each in told for day in each}
    most = max(suited.values(), default=0)
    return tuple(sorted(day for day, number in suited.items() if number == most)), len(told) - most


def may_pilot(somebody: Candidate, people: Sequence[Candidate]) -> bool:
    """Whether they volunteer, and have no member of the first degree under them."""
    return somebody.pilots and not any(is_under(each, somebody) for each in people)


def is_under(member: Candidate, somebody: Candidate) -> bool:
    """Whether somebody supervises the circonscription of a member of the first degree."""
    is_theirs = bool(somebody.supervises) and member.circonscription == somebody.supervises
    return is_theirs and member.degree is Degree.FIRST and member.id != somebody.id


def parts_of(groups: Sequence[Group], territory: Territory) -> Parts:
    """What a draft costs, recounted from nothing."""
    where = {each: number for number, group in enumerate(groups) for each in group.ids}
    wishes = territory.wishes
    return Parts(
        sum(minute**2 for group in groups for minute in group.minutes),
        sum(group.alone for group in groups),
        sum(group.one_sided for group in groups),
        sum(len({where[each] for each in pair}) == 2 for pair in wishes.together),
        sum(len({where[each] for each in pair}) == 1 for pair in wishes.apart),
        sum(not group.may_pilot for group in groups),
        sum(group.shut_out for group in groups),
    )
