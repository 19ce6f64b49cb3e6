"""A draft in words: each collective, what a move would change, what does not hold and why, what wishes cost."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from collectifs.composition.domain.moving import Effect, Standing
from collectifs.composition.domain.people import MOST, Candidate, wanted_groups
from collectifs.composition.domain.score import Group, is_under
from collectifs.kernel.text.typography import count, join_names, number_in_words, sentence_case
from collectifs.kernel.text.typography import minutes as in_minutes
from collectifs.people.domain.person import Degree

FAR = 25.0  # minutes: beyond, a journey is said to be long
HALVES = {"am": "matin", "pm": "après-midi"}
DAYS = {"mon": "lundi", "tue": "mardi", "wed": "mercredi", "thu": "jeudi", "fri": "vendredi", "sat": "samedi"}

Names = Mapping[str, str]
Town = Callable[[str], str]


def letters(number: int) -> str:
    """The code of a collective of a draft: A to Z, then AA, AB…"""
    rest, last = divmod(number, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def half_day_in_words(code: str) -> str:
    """« mercredi après-midi », for « wed_pm »; what is not known stays as it is."""
    day, _, half = code.partition("_")
    return f"{DAYS[day]} {HALVES[half]}" if day in DAYS and half in HALVES else code


def group_in_words(group: Group, standing: Standing, town: Town) -> str:
    """Who they are by number, where they would meet, how long it takes."""
    people = [standing.people[each] for each in group.ids]
    shortest, longest = min(group.minutes), max(group.minutes)
    said = [
        f"{_people(len(people))} : {sides_in_words(people)}.",
        f"Lieu le plus équitable : {town(group.venue.insee)}, {_range(shortest, longest)}.",
        _together(group, standing),
        _half_days(group, people),
    ]
    return " ".join(filter(None, said))


def _people(number: int) -> str:
    return sentence_case(count(number, "personne", feminine=True))


def _range(shortest: float, longest: float) -> str:
    if round(shortest) == round(longest):
        return f"{in_minutes(round(longest))} pour toutes"
    return f"de {round(shortest)} à {in_minutes(round(longest))}"


def sides_in_words(people: Sequence[Candidate]) -> str:
    """« quatre du 1er degré, cinq du 2d ; cinq débutent, quatre ont de l’expérience »."""
    first = sum(each.degree is Degree.FIRST for each in people)
    new = sum(each.is_new for each in people)
    degrees = _both(first, "du 1er degré", len(people) - first, "du 2d" if first else "du 2d degré")
    beginning = "débute" if new == 1 else "débutent"
    used = "a de l’expérience" if len(people) - new == 1 else "ont de l’expérience"
    return f"{degrees} ; {_both(new, beginning, len(people) - new, used)}"


def _both(one: int, said: str, other: int, then: str) -> str:
    parts = [(one, said), (other, then)]
    return ", ".join(f"{number_in_words(number, feminine=True)} {words}" for number, words in parts if number)


def _together(group: Group, standing: Standing) -> str:
    pairs = sum(pair <= set(group.ids) for pair in standing.territory.wishes.together)
    if not pairs:
        return ""
    if pairs == 1:
        return "Deux personnes y sont ensemble à leur demande."
    return f"{_people(2 * pairs)} y sont par deux, à leur demande."


def _half_days(group: Group, people: Sequence[Candidate]) -> str:
    """Which half-day suits; an empty answer is said as « à discuter » and shuts nobody out."""
    told = sum(bool(each.half_days) for each in people)
    if not told:
        return ""
    days = join_names([f"le {half_day_in_words(each)}" for each in group.half_days[:2]])
    suits = "convient" if len(group.half_days) == 1 else "conviennent"
    whom = "à toutes les réponses" if not group.shut_out else f"à {told - group.shut_out} réponses sur {told}"
    silent = len(people) - told
    rest = f" ; {count(silent, 'réponse', feminine=True)} « à discuter »" if silent else ""
    return sentence_case(f"{days} {suits} {whom}{rest}.")


def pilots_in_words(group: Group, standing: Standing, names: Names) -> str:
    """Who may pilot it, and who volunteered and may not, with the reason."""
    able = [names[each] for each in group.may_pilot]
    said = [f"Peut piloter : {_or(able)}." if able else "Personne ne peut piloter ce collectif."]
    people = [standing.people[each] for each in group.ids]
    for each in people:
        under = sum(is_under(other, each) for other in people)
        if each.pilots and under:
            whom = count(under, "membre")
            said.append(
                f"{names[each.id]} ne peut pas : {whom} de sa circonscription y {'est' if under == 1 else 'sont'}."
            )
    return " ".join(said)


def _or(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} ou {names[-1]}" if len(names) > 1 else names[0]


def change_in_words(before: float, after: float) -> str:
    """« 14 min de moins », « 2 min de plus », « autant »."""
    change = round(after) - round(before)
    if not change:
        return "autant"
    return f"{in_minutes(abs(change))} {'de moins' if change < 0 else 'de plus'}"


def effect_in_words(effect: Effect, standing: Standing, names: Names) -> list[str]:
    """What a move would change there, where they were, and for others; the refusal alone when there is one."""
    if effect.refused:
        return [effect.refused]
    there = [standing.people[each] for each in effect.enters.ids]
    first = sum(each.degree is Degree.FIRST for each in there)
    said = [f"{_people(len(there))}, {number_in_words(first, feminine=True) if first else 'aucune'} du 1er degré."]
    said += _mix_changes("Là-bas", effect.there, effect.enters)
    if effect.leaves is not None:
        said += _mix_changes("Dans le collectif quitté", effect.was, effect.leaves)
        if len(effect.leaves.ids) < 6:
            said.append(f"Il resterait {count(len(effect.leaves.ids), 'personne', feminine=True)} : il en faut six.")
    said += _wishes(effect, names)
    said += [
        f"{sentence_case(change_in_words(each.before, each.after))} pour {names[each.id]}."
        for each in effect.others[:2]
    ]
    return said


def _mix_changes(where: str, before: Group, after: Group) -> list[str]:
    found = []
    if after.alone != before.alone:
        found.append(
            "plus personne de seul"
            if not after.alone
            else "une personne serait seule de son degré ou de son ancienneté"
        )
    if after.one_sided != before.one_sided:
        found.append("le mélange serait complet" if not after.one_sided else "un côté manquerait au mélange")
    if bool(after.may_pilot) != bool(before.may_pilot):
        found.append("quelqu’un pourrait piloter" if after.may_pilot else "plus personne ne pourrait piloter")
    if after.shut_out != before.shut_out:
        more = after.shut_out > before.shut_out
        found.append("moins de demi-journées communes" if more else "plus de demi-journées communes")
    return [f"{where}, {join_names(found)}."] if found else []


def _wishes(effect: Effect, names: Names) -> list[str]:
    met = [f"Avec {names[each]}, comme les deux l’ont demandé." for each in effect.met]
    return met + [f"Sans {names[each]} : les deux ont demandé à être ensemble." for each in effect.split]


def headline(standing: Standing) -> str:
    """« Six collectifs pour 52 personnes ; aucune n’est laissée de côté »."""
    number, people = len(standing.described), len(standing.group_of)
    left = len(standing.people) - people
    rest = "aucune n’est laissée de côté" if not left else f"{count(left, 'personne', feminine=True)} sans collectif"
    return f"{sentence_case(count(number, 'collectif'))} pour {count(people, 'personne', feminine=True)} ; {rest}"


def journeys_in_words(standing: Standing) -> str:
    """How long most people take, and the longest; « estimé » stands beside."""
    minutes = sorted(standing.minutes.values())
    near = minutes[-(-95 * len(minutes) // 100) - 1]
    mean = sum(minutes) / len(minutes)
    return (
        f"Trajet moyen : {in_minutes(round(mean))}. Dix-neuf personnes sur vingt ont {in_minutes(round(near))} "
        f"au plus ; le plus long dure {in_minutes(round(minutes[-1]))}."
    )


def what_fails(standing: Standing, names: Names, town: Town) -> list[str]:
    """What does not hold, and why; the gravest first. A wish to be apart is never said."""
    said = _pilots(standing)
    for code, group in standing.described.items():
        said += _faults(f"{code} · {town(group.venue.insee)}", group, standing)
    said += _split(standing, names)
    far = sorted(((minute, each) for each, minute in standing.minutes.items() if minute > FAR), reverse=True)
    said += [f"{names[each]} : {in_minutes(round(minute))} de trajet." for minute, each in far[:5]]
    return said


def _pilots(standing: Standing) -> list[str]:
    wanted = wanted_groups(len(standing.group_of))
    pilots, groups = sum(each.pilots for each in standing.people.values()), len(standing.described)
    if not pilots:
        return ["Personne ne s’est proposé pour piloter : aucun collectif ne peut être publié."]
    if pilots < wanted:
        people = count(pilots, "personne volontaire", "personnes volontaires", feminine=True)
        return [
            f"{sentence_case(people)} pour piloter {count(max(groups, wanted), 'collectif')} d’environ huit personnes."
        ]
    return []


def _faults(title: str, group: Group, standing: Standing) -> list[str]:
    people = [standing.people[each] for each in group.ids]
    said = [] if group.may_pilot else [f"{title} : personne ne peut piloter."]
    if len(people) > MOST or len(people) < 6:
        said.append(f"{title} : {count(len(people), 'personne', feminine=True)} ; il en faut de six à dix.")
    if group.one_sided or group.alone:
        said.append(f"{title} : le mélange manque ({sides_in_words(people)}).")
    return said


def _split(standing: Standing, names: Names) -> list[str]:
    of = standing.group_of
    split = [
        sorted(names[each] for each in pair)
        for pair in standing.territory.wishes.together
        if len({of.get(each) for each in pair}) == 2
    ]
    return [f"{join_names(pair)} ont demandé à être ensemble, et ne le sont pas." for pair in sorted(split)]


def prices(standing: Standing) -> list[tuple[str, str]]:
    """What each family of wishes costs: its name, and the sentence."""
    found = [("Être ensemble", _price_of_pairs(standing)), ("Pas de hiérarchie", _price_of_hierarchy(standing))]
    return [each for each in [*found, ("Demi-journées", _price_of_half_days(standing))] if each[1]]


def _price_of_pairs(standing: Standing) -> str:
    pairs, of = standing.territory.wishes.together, standing.group_of
    if not pairs:
        return ""
    kept = [pair for pair in pairs if len({of.get(each) for each in pair}) == 1]
    more = [_spared(standing, each) for each in sorted({each for pair in kept for each in pair})]
    total = round(sum(more))
    said = f"{count(len(pairs), 'paire', feminine=True)}, {_united(len(kept), len(pairs))}"
    if not total:
        return f"{said}, sans trajet de plus"
    most = in_minutes(round(max(more)))
    return f"{said} : {in_minutes(total)} de plus en tout, au plus, dont {most} pour une seule personne"


def _united(kept: int, pairs: int) -> str:
    if kept == pairs:
        return "réunie" if pairs == 1 else "toutes réunies"
    return count(kept, "réunie", feminine=True)


def _spared(standing: Standing, who: str) -> float:
    """The minutes that somebody would save in the nearest collective that has room."""
    travel, place = standing.territory.travel, standing.people[who].place
    nearest = min(
        (travel(place, group.venue) for code, group in standing.described.items() if len(group.ids) < MOST),
        default=standing.minutes[who],
    )
    return max(0.0, standing.minutes[who] - nearest)


def _price_of_hierarchy(standing: Standing) -> str:
    barred = sum(
        each in group.ids and each not in group.may_pilot
        for group in standing.described.values()
        for each in _volunteers(standing, group.ids)
    )
    if not barred:
        return ""
    may_not = "ne peut pas piloter son" if barred == 1 else "ne peuvent pas piloter leur"
    return f"{count(barred, 'personne volontaire', 'personnes volontaires', feminine=True)} {may_not} collectif"


def _volunteers(standing: Standing, ids: Iterable[str]) -> list[str]:
    return [each for each in ids if standing.people[each].pilots]


def _price_of_half_days(standing: Standing) -> str:
    people = list(standing.people.values())
    told = [each.half_days for each in people if each.half_days]
    if not told:
        return ""
    out = sum(group.shut_out for group in standing.described.values())
    silent = len(people) - len(told)
    said = "chaque collectif a une demi-journée qui convient à toutes ses réponses"
    if out:
        theirs = "son" if out == 1 else "leur"
        people_out = count(out, "personne", feminine=True)
        said = f"{people_out} hors de la demi-journée qui convient le plus à {theirs} collectif"
    return f"{said} ; {count(silent, 'réponse', feminine=True)} « à discuter »" if silent else said
