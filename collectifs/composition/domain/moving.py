"""Moving somebody by hand: what it would change for them, there, and where they were, said before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collectifs.composition.domain.people import LEAST, MOST, Candidate, CannotCompose, Territory
from collectifs.composition.domain.score import Group, Weights, described

Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Longer:
    """Somebody else whose journey changes, because the collective would meet elsewhere; minutes."""

    id: str
    before: float
    after: float


@dataclass(frozen=True)
class Effect:
    """What moving somebody into a collective would change; `gain` is what the draft would cost more (less: below 0).

    `leaves` and `enters`: the two collectives as they would be; `met` and `split`: those whom they would be with, or
    be away from, against a wish of both. `refused`: why it cannot be done, empty when it can.
    """

    code: str
    gain: float
    before: float
    after: float
    others: tuple[Longer, ...]
    was: Group
    leaves: Group | None
    there: Group
    enters: Group
    met: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    refused: str = ""


class Standing:
    """A draft as it stands: the collectives by their codes, each described once."""

    def __init__(self, territory: Territory, groups: Groups) -> None:
        self.territory = territory
        self.people: dict[str, Candidate] = {each.id: each for each in territory.people}
        self.groups = {code: tuple(each for each in ids if each in self.people) for code, ids in groups.items()}
        self.group_of = {each: code for code, ids in self.groups.items() for each in ids}
        self.described = {code: self.as_group(ids) for code, ids in self.groups.items() if ids}
        self.minutes = {
            each: minute
            for group in self.described.values()
            for each, minute in zip(group.ids, group.minutes, strict=True)
        }

    def as_group(self, ids: Sequence[str]) -> Group:
        """These people as a collective."""
        return described([self.people[each] for each in ids], self.territory.travel)

    def friends(self, who: str) -> set[str]:
        """With whom they asked to be, and who asked for them."""
        return {other for pair in self.territory.wishes.together if who in pair for other in pair - {who}}

    def is_kept_from(self, who: str, code: str) -> bool:
        """Whether somebody there is to be kept apart from them."""
        return any(who in pair and pair & set(self.groups[code]) - {who} for pair in self.territory.wishes.apart)


def cost_of(group: Group | None, weights: Weights) -> float:
    """What a collective costs, wishes aside."""
    if group is None:
        return 0.0
    return (
        sum(minute**2 for minute in group.minutes)
        + weights.alone * group.alone
        + weights.one_sided * group.one_sided
        + weights.half_day * group.shut_out
        + (0.0 if group.may_pilot else weights.no_pilot)
    )


def effects(standing: Standing, who: str, weights: Weights) -> list[Effect]:
    """What each move of this person would change: the best first, those that are refused at the end."""
    here = standing.group_of[who]
    was = standing.described[here]
    rest = [each for each in standing.groups[here] if each != who]
    leaves = standing.as_group(rest) if rest else None
    saved = cost_of(leaves, weights) - cost_of(was, weights)
    found = [_effect(standing, who, code, (was, leaves, saved), weights) for code in standing.described if code != here]
    return sorted(found, key=lambda each: (bool(each.refused), round(each.gain, 3), each.code))


def _effect(
    standing: Standing, who: str, code: str, left: tuple[Group, Group | None, float], weights: Weights
) -> Effect:
    was, leaves, saved = left
    there = standing.described[code]
    enters = standing.as_group((*standing.groups[code], who))
    friends = standing.friends(who)
    met, split = friends & set(there.ids), friends & set(was.ids)
    gain = saved + cost_of(enters, weights) - cost_of(there, weights) + weights.split * (len(split) - len(met))
    return Effect(
        code,
        gain,
        standing.minutes[who],
        enters.minutes[-1],
        _others(standing, who, leaves, enters),
        was,
        leaves,
        there,
        enters,
        tuple(sorted(met)),
        tuple(sorted(split)),
        why_not(standing, who, code),
    )


def _others(standing: Standing, who: str, *groups: Group | None) -> tuple[Longer, ...]:
    """Those whose journey changes by a minute or more, the most first."""
    found = [
        Longer(each, standing.minutes[each], after)
        for group in groups
        if group is not None
        for each, after in zip(group.ids, group.minutes, strict=True)
        if each != who and abs(after - standing.minutes[each]) >= 1
    ]
    return tuple(sorted(found, key=lambda each: (each.before - each.after, each.id)))


def why_not(standing: Standing, who: str, code: str) -> str:
    """Why somebody cannot be moved there; empty when they can. It never says who asked not to be with whom."""
    if len(standing.groups[code]) >= MOST:
        return "Dix personnes y sont déjà : c’est le maximum."
    if standing.is_kept_from(who, code):
        return "Un souhait que personne ne lit s’y oppose."
    return ""


def hard_faults(standing: Standing) -> dict[str, str]:
    """What keeps a draft from being published, by collective: its size, or nobody who may pilot it."""
    found: dict[str, str] = {}
    for code, ids in standing.groups.items():
        if not LEAST <= len(ids) <= MOST:
            found[code] = f"Il faut de six à dix personnes : il y en a {len(ids)}."
        elif not standing.described[code].may_pilot:
            found[code] = "Aucune de ces personnes ne peut piloter ce collectif."
    return found


def proposals(standing: Standing, newcomer: Candidate, weights: Weights, number: int = 3) -> list[tuple[str, Group]]:
    """The collectives that would welcome somebody best, while nobody else changes collective; with them in it."""
    return [(code, group) for _, code, group in welcomes(standing, newcomer, weights)[:number]]


def welcomes(standing: Standing, newcomer: Candidate, weights: Weights) -> list[tuple[float, str, Group]]:
    """Every collective that has room for somebody, with them in it and what it would cost more; the best first."""
    territory = standing.territory
    with_them = standing
    if newcomer.id not in standing.people:
        people = (*territory.people, newcomer)
        with_them = Standing(Territory(people, territory.wishes, territory.travel), standing.groups)
    found = []
    for code, group in with_them.described.items():
        if not why_not(with_them, newcomer.id, code):
            enters = with_them.as_group((*with_them.groups[code], newcomer.id))
            found.append((cost_of(enters, weights) - cost_of(group, weights), code, enters))
    return sorted(found, key=lambda each: each[:2])


def welcomed(territory: Territory, groups: Groups) -> list[list[str]]:
    """The collectives with everybody of the territory in them: whoever stands in none joins the nearest that has room.

    Raises CannotCompose when there is no room left.
    """
    standing = Standing(territory, {code: ids for code, ids in groups.items() if ids})
    filled = {code: list(ids) for code, ids in standing.groups.items()}
    for each in territory.people:
        if each.id in standing.group_of:
            continue
        free = [code for code, ids in filled.items() if len(ids) < MOST]
        if not free:
            raise CannotCompose("Les collectifs sont complets : recomposez l’ensemble.")
        code = min(free, key=lambda code: (territory.travel(each.place, standing.described[code].venue), code))
        filled[code].append(each.id)
    return list(filled.values())
