"""A draft in words: who stands in a collective, what a move would change, what does not hold, what wishes cost."""

from collections.abc import Sequence

import pytest

from collectifs.composition.domain.moving import Standing, effects
from collectifs.composition.domain.people import Candidate, Territory, Wishes
from collectifs.composition.domain.score import Weights
from collectifs.composition.domain.travel import Place
from collectifs.composition.domain.wording import (
    change_in_words,
    effect_in_words,
    group_in_words,
    half_day_in_words,
    headline,
    journeys_in_words,
    pilots_in_words,
    prices,
    sides_in_words,
    what_fails,
)
from collectifs.people.domain.person import Degree

MIXED = "1np 1n 1x 1x 2n 2n 2x 2x"  # eight: nobody is alone, both degrees, beginners and others, somebody pilots


class Names(dict[str, str]):
    """Everybody is called by their id."""

    def __missing__(self, id_: str) -> str:
        return f"« {id_} »"


def town(insee: str) -> str:
    return f"Ville {insee}"


def minutes(one: Place, other: Place) -> float:
    """A road on which degrees are minutes; six minutes inside a commune."""
    return 6.0 if one == other else abs(one.lat - other.lat)


def person(id_: str, said: str) -> Candidate:
    """« 1np@20 »: of the first degree, new, would pilot, twenty minutes down the road; « /wed_am+mon_pm »: half-days.

    « >C »: supervises C; « <C »: of the circonscription C.
    """
    said, _, days = said.partition("/")
    said, _, supervises = said.partition(">")
    said, _, district = said.partition("<")
    said, _, at = said.partition("@")
    return Candidate(
        id_,
        Place(at or "0", float(at or 0), 0.0),
        Degree.FIRST if said[0] == "1" else Degree.SECOND,
        "n" in said,
        "p" in said,
        district,
        supervises,
        frozenset(filter(None, days.split("+"))),
    )


def standing(*groups: str, together: Sequence[str] = (), apart: Sequence[str] = (), nowhere: str = "") -> Standing:
    """Collectives A, B…, their people A0, A1…; pairs as « A0 B3 ». `nowhere`: people who stand in none, X0…"""
    held = {chr(ord("A") + place): said.split() for place, said in enumerate(groups)}
    people = [
        person(f"{code}{n}", said)
        for code, each in (held | {"X": nowhere.split()}).items()
        for n, said in enumerate(each)
    ]
    pairs = [frozenset(frozenset(each.split()) for each in said) for said in (together, apart)]
    ids = {code: [f"{code}{n}" for n in range(len(each))] for code, each in held.items()}
    return Standing(Territory(tuple(people), Wishes(*pairs), minutes), ids)


def first(said: str, **wishes: Sequence[str]) -> str:
    """The first collective in words, a space for each kind of space."""
    found = standing(said, **wishes)
    return group_in_words(found.described["A"], found, town).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("mon_am", "lundi matin"),
        ("wed_pm", "mercredi après-midi"),
        ("sat_am", "samedi matin"),
        ("sun_am", "sun_am"),
        ("mon_xx", "mon_xx"),
        ("mon", "mon"),
        ("", ""),
    ],
)
def test_a_half_day_is_said_in_words_and_what_is_not_known_as_it_is(code: str, said: str) -> None:
    assert half_day_in_words(code) == said


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("1n 1x", "deux du 1er degré ; une débute, une a de l’expérience"),
        ("2n 2n", "deux du 2d degré ; deux débutent"),
        ("1x 1x", "deux du 1er degré ; deux ont de l’expérience"),
        ("1n 2x 2x", "une du 1er degré, deux du 2d ; une débute, deux ont de l’expérience"),
    ],
)
def test_both_sides_are_counted_and_the_one_that_is_missing_is_not_said(people: str, said: str) -> None:
    assert sides_in_words([person(str(n), each) for n, each in enumerate(people.split())]) == said


HEAD = "Huit personnes : quatre du 1er degré, quatre du 2d ; quatre débutent, quatre ont de l’expérience."
SEVEN = "sept réponses « à discuter »"
HERE = "Lieu le plus équitable : Ville 0, 6 min pour toutes."


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (MIXED, f"{HEAD} {HERE}"),
        (f"{MIXED}@20", f"{HEAD} Lieu le plus équitable : Ville 0, de 6 à 20 min."),
        (f"{MIXED}@6.4", f"{HEAD} {HERE}"),  # rounded alike
        (f"{MIXED}/wed_pm",
         f"{HEAD} {HERE} Le mercredi après-midi convient à toutes les réponses ; {SEVEN}."),
        (MIXED.replace(" ", "/mon_am+tue_am ") + "/mon_am",
         f"{HEAD} {HERE} Le lundi matin convient à toutes les réponses."),
        (MIXED.replace(" ", "/tue_am+mon_am ") + "/wed_am",
         f"{HEAD} {HERE} Le lundi matin et le mardi matin conviennent à 7 réponses sur 8."),
        (f"{MIXED}/mon_am+tue_am+wed_am",
         f"{HEAD} {HERE} Le lundi matin et le mardi matin conviennent à toutes les réponses ; {SEVEN}."),
    ],
)  # fmt: skip
def test_a_collective_is_told_with_its_place_its_journeys_and_its_half_days(people: str, said: str) -> None:
    assert first(people) == said


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (("A0 A1",), f"{HEAD} {HERE} Deux personnes y sont ensemble à leur demande."),
        (("A0 A1", "A2 A3"), f"{HEAD} {HERE} Quatre personnes y sont par deux, à leur demande."),
        (("A0 X0",), f"{HEAD} {HERE}"),
    ],
)
def test_those_who_asked_for_it_and_are_together_are_counted(pairs: Sequence[str], said: str) -> None:
    assert first(MIXED, together=pairs, nowhere="1n") == said


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("1n", "Une personne : une du 1er degré ; une débute."),
        ("1n 2x", "Deux personnes : une du 1er degré, une du 2d ; une débute, une a de l’expérience."),
    ],
)
def test_of_one_or_two_people_the_words_agree(people: str, said: str) -> None:
    pair = ("A0 A1",) if " " in people else ()
    ends = " Deux personnes y sont ensemble à leur demande." if pair else ""
    assert first(people, together=pair) == f"{said} {HERE}{ends}"


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("1n 2x 2x", "Personne ne peut piloter ce collectif."),
        ("1np 2x 2x", "Peut piloter : « A0 »."),
        ("1np 2xp 2x", "Peut piloter : « A0 » ou « A1 »."),
        ("1np 2xp 2xp", "Peut piloter : « A0 », « A1 » ou « A2 »."),
        ("2xp>C 1n<C 2x",
         "Personne ne peut piloter ce collectif. « A0 » ne peut pas : un membre de sa circonscription y est."),
        ("2xp>C 1n<C 1x<C 2xp",
         "Peut piloter : « A3 ». « A0 » ne peut pas : deux membres de sa circonscription y sont."),
        ("2x>C 1n<C 2xp", "Peut piloter : « A2 »."),  # supervises, and did not volunteer
        ("2xp>C 2n<C 1n<D", "Peut piloter : « A0 »."),  # of the second degree, or of another circonscription
    ],
)  # fmt: skip
def test_who_may_pilot_is_said_and_who_may_not_and_why(people: str, said: str) -> None:
    found = standing(people)
    assert pilots_in_words(found.described["A"], found, Names()) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(20, 6, "14\u00a0min de moins"), (6, 8, "2\u00a0min de plus"), (6, 6.4, "autant"), (6, 7.4, "1\u00a0min de plus")],
)
def test_a_journey_is_compared_by_the_minute(before: float, after: float, said: str) -> None:
    assert change_in_words(before, after) == said


ONE_SIDED = "1x 1x 1x 1x 1x 1xp"  # six, of one degree, none of whom begins
LED = "1xp 1n 2x 2n 2x 1n"
UNLED = "1x 1n 2x 2n 2x 1n"
ALONE = "une personne serait seule de son degré ou de son ancienneté"
FEW = "Il resterait cinq personnes : il en faut six."


@pytest.mark.parametrize(
    ("groups", "who", "said"),
    [
        ((MIXED, LED), "A1", ["Sept personnes, quatre du 1er degré."]),
        ((MIXED, ONE_SIDED), "A4", [
            "Sept personnes, six du 1er degré.",
            f"Là-bas, {ALONE} et le mélange serait complet."]),
        ((MIXED, ONE_SIDED), "A0", [
            "Sept personnes, sept du 1er degré.",
            f"Là-bas, {ALONE} et un côté manquerait au mélange.",
            "Dans le collectif quitté, plus personne ne pourrait piloter."]),
        ((ONE_SIDED, MIXED), "A0", ["Neuf personnes, cinq du 1er degré.", FEW]),
        ((MIXED, UNLED), "A0", [
            "Sept personnes, quatre du 1er degré.",
            "Là-bas, quelqu’un pourrait piloter.",
            "Dans le collectif quitté, plus personne ne pourrait piloter."]),
        (("1xp 2n 2n 2n 2x 2x 2xp", LED), "A0", [
            "Sept personnes, quatre du 1er degré.",
            "Dans le collectif quitté, plus personne de seul et un côté manquerait au mélange."]),
        (("1n", LED), "A0", ["Sept personnes, quatre du 1er degré."]),
        (("2n 2n", "2np 2x 2n 2x 2n 2x"), "A0", [
            "Sept personnes, aucune du 1er degré.",
            "Dans le collectif quitté, une personne serait seule de son degré ou de son ancienneté.",
            "Il resterait une personne : il en faut six."]),
        ((f"{LED}/mon_am {LED}/tue_am", f"{LED}/mon_am"), "A5", [
            "Sept personnes, quatre du 1er degré.",
            "Dans le collectif quitté, plus de demi-journées communes."]),
        ((f"{LED} 2n/tue_am", f"{LED}/mon_am"), "A6", [
            "Sept personnes, trois du 1er degré.",
            "Là-bas, moins de demi-journées communes."]),
        ((f"{LED} 2n@10", LED.replace(" ", "@10 ", 3)), "A6", [
            "Sept personnes, trois du 1er degré.",
            "4 min de plus pour « B3 ».",
            "4 min de plus pour « B4 »."]),
    ],
)  # fmt: skip
def test_what_a_move_would_change_is_said_there_then_where_they_were_then_for_others(
    groups: Sequence[str], who: str, said: list[str]
) -> None:
    found = standing(*groups)
    [effect] = effects(found, who, Weights())
    assert [each.replace("\u00a0", " ") for each in effect_in_words(effect, found, Names())] == said


@pytest.mark.parametrize(
    ("groups", "nowhere", "said"),
    [
        ((MIXED,), "", "Un collectif pour huit personnes ; aucune n’est laissée de côté"),
        ((MIXED, LED), "1n", "Deux collectifs pour 14 personnes ; une personne sans collectif"),
        ((MIXED, "", LED), "1n 2n", "Deux collectifs pour 14 personnes ; deux personnes sans collectif"),
    ],
)
def test_the_draft_begins_with_how_many_and_whether_somebody_is_left_aside(
    groups: Sequence[str], nowhere: str, said: str
) -> None:
    assert headline(standing(*groups, nowhere=nowhere)).replace("quatorze", "14") == said


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ((MIXED,), "Trajet moyen : 6 min. Dix-neuf personnes sur vingt ont 6 min au plus ; le plus long dure 6 min."),
        ((f"{MIXED}@20",),
         "Trajet moyen : 8 min. Dix-neuf personnes sur vingt ont 20 min au plus ; le plus long dure 20 min."),
        ((f"{MIXED}@30 2x 2x", f"{MIXED}@66 2x 2x"),
         "Trajet moyen : 10 min. Dix-neuf personnes sur vingt ont 30 min au plus ; le plus long dure 1 h 06."),
        ((*[f"{MIXED} 2x 2x"] * 5, *[f"{MIXED} 2x 2x@{each}" for each in range(30, 37)]),
         "Trajet moyen : 8 min. Dix-neuf personnes sur vingt ont 30 min au plus ; le plus long dure 36 min."),
    ],
)  # fmt: skip
def test_journeys_are_told_by_the_mean_by_nineteen_in_twenty_and_by_the_longest(
    groups: Sequence[str], said: str
) -> None:
    assert journeys_in_words(standing(*groups)).replace("\u00a0", " ") == said


OF_A = "A · Ville 0"


@pytest.mark.parametrize(
    ("groups", "wishes", "said"),
    [
        ((MIXED,), {}, []),
        ((f"{MIXED} 1x 2x",), {}, []),
        ((LED,), {}, []),
        ((UNLED, LED), {}, [
            "Une personne volontaire pour piloter deux collectifs d’environ huit personnes.",
            f"{OF_A} : personne ne peut piloter."]),
        ((UNLED,), {}, [
            "Personne ne s’est proposé pour piloter : aucun collectif ne peut être publié.",
            f"{OF_A} : personne ne peut piloter."]),
        ((f"{MIXED} 1x 2x 2x",), {}, [f"{OF_A} : onze personnes ; il en faut de six à dix."]),
        (("1xp 1n 2x 2n 2x",), {}, [f"{OF_A} : cinq personnes ; il en faut de six à dix."]),
        ((ONE_SIDED,), {}, [
            f"{OF_A} : le mélange manque (six du 1er degré ; six ont de l’expérience)."]),
        ((LED.replace("1n", "2n"),), {}, [
            (f"{OF_A} : le mélange manque "
            "(une du 1er degré, cinq du 2d ; trois débutent, trois ont de l’expérience).")]),
        ((MIXED, LED), {"together": ("A0 A1", "A2 B0", "B1 X0")}, [
            "« A2 » et « B0 » ont demandé à être ensemble, et ne le sont pas.",
            "« B1 » et « X0 » ont demandé à être ensemble, et ne le sont pas."]),
        ((MIXED, LED), {"apart": ("A0 A1",)}, []),
        ((f"{MIXED}@25",), {}, []),
        ((f"{MIXED}@26",), {}, ["« A7 » : 26 min de trajet."]),
        ((f"{MIXED}@30 2x 2x", f"{MIXED}@40 2x@41 2xp@42", f"{MIXED}@27 2x@28 2x@29"), {}, [
            "« B9 » : 42 min de trajet.",
            "« B8 » : 41 min de trajet.",
            "« B7 » : 40 min de trajet.",
            "« A7 » : 30 min de trajet.",
            "« C9 » : 29 min de trajet."]),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_said_the_gravest_first(
    groups: Sequence[str], wishes: dict[str, Sequence[str]], said: list[str]
) -> None:
    found = what_fails(standing(*groups, nowhere="1n" if wishes else "", **wishes), Names(), town)
    assert [each.replace("\u00a0", " ") for each in found] == said


BY_TWO = ("A0 A7",)


@pytest.mark.parametrize(
    ("groups", "together", "said"),
    [
        ((MIXED,), (), ""),
        ((MIXED,), BY_TWO, "une paire, réunie, sans trajet de plus"),
        ((f"{MIXED}@20", "1x@20"), BY_TWO,
         "une paire, réunie : 14 min de plus en tout, au plus, dont 14 min pour une seule personne"),
        ((f"{MIXED.replace('2x ', '2x@16 ')}@20", "1x@20"), ("A0 A7", "A1 A6"),
         "deux paires, toutes réunies : 26 min de plus en tout, au plus, dont 14 min pour une seule personne"),
        ((f"{MIXED}@20", " ".join(["1x@20"] * 10)), BY_TWO, "une paire, réunie, sans trajet de plus"),
        ((MIXED, LED), ("A0 A7", "A1 B0"), "deux paires, une réunie, sans trajet de plus"),
        ((MIXED, LED), ("A0 A7", "A2 A3", "A1 B0"), "trois paires, deux réunies, sans trajet de plus"),
        ((MIXED, LED), ("A1 B0",), "une paire, aucune réunie, sans trajet de plus"),
    ],
)  # fmt: skip
def test_the_price_of_being_together_is_told_in_minutes(
    groups: Sequence[str], together: Sequence[str], said: str
) -> None:
    found = dict(prices(standing(*groups, together=together)))
    assert found.get("Être ensemble", "").replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("2xp>C 1n<D 2x", ""),
        ("2xp>C 1n<C 2xp", "une personne volontaire ne peut pas piloter son collectif"),
        ("2xp>C 1n<C 2xp>C", "deux personnes volontaires ne peuvent pas piloter leur collectif"),
        ("2x>C 1n<C 2xp", ""),
    ],
)
def test_the_price_of_no_hierarchy_is_who_would_pilot_and_may_not(people: str, said: str) -> None:
    assert dict(prices(standing(people))).get("Pas de hiérarchie", "") == said


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("1n 2n", ""),
        ("1n/mon_am 2n/mon_am", "chaque collectif a une demi-journée qui convient à toutes ses réponses"),
        ("1n/mon_am 2n 1x", ("chaque collectif a une demi-journée qui convient à toutes ses réponses"
         " ; deux réponses « à discuter »")),
        ("1n/mon_am 2n/mon_am 1x/tue_am",
         "une personne hors de la demi-journée qui convient le plus à son collectif"),
        ("1n/mon_am 2n/mon_am 1x/tue_am 2x/wed_am 2x",
         "deux personnes hors de la demi-journée qui convient le plus à leur collectif ; une réponse « à discuter »"),
    ],
)  # fmt: skip
def test_the_price_of_half_days_is_who_stands_outside_of_the_one_that_suits_most(people: str, said: str) -> None:
    assert dict(prices(standing(people))).get("Demi-journées", "") == said
