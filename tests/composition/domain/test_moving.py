"""Moving somebody by hand: the effect is said before, in words; what cannot be done says why."""

from time import process_time

import pytest

from collectifs.composition.domain.annealing import compose
from collectifs.composition.domain.moving import Standing, effects, hard_faults, proposals
from collectifs.composition.domain.people import Candidate, Territory, Wishes
from collectifs.composition.domain.score import Weights, parts_of
from collectifs.composition.domain.travel import Minutes, Place, minutes_between
from collectifs.composition.domain.wording import effect_in_words, letters, prices, what_fails
from collectifs.people.domain.person import Degree
from tests.composition.domain.test_composing import a_land

HERE, THERE = Place("1", 44.0, 0.0), Place("2", 44.1, 0.0)
NAMES = {str(each): f"Personne {each}" for each in range(40)}


def town(insee: str) -> str:
    return f"Ville-{insee}"


def standing_of(land: Territory, moves: int = 500) -> Standing:
    draft = compose(land, moves=moves)
    return Standing(land, {letters(place): group.ids for place, group in enumerate(draft.groups)})


def two_groups(**wishes: frozenset[frozenset[str]]) -> Standing:
    """A: seven here, of whom « 6 » is alone of the second degree; B: seven there, of both degrees."""
    people = [
        Candidate(str(each), HERE if each < 7 else THERE, Degree.SECOND if each in (6, 7, 8, 9) else Degree.FIRST,
                  each % 2 == 0, each in (0, 7))
        for each in range(14)
    ]  # fmt: skip
    land = Territory(tuple(people), Wishes(**wishes))
    return Standing(land, {"A": [str(each) for each in range(7)], "B": [str(each) for each in range(7, 14)]})


@pytest.mark.parametrize("seed", range(4))
def test_the_effect_of_a_move_is_what_the_draft_would_cost_more(seed):
    land = a_land(48, seed, pairs=4, half_days=True)
    standing, weights = standing_of(land), Weights(apart=0)
    before = parts_of(tuple(standing.described.values()), land).total(weights)
    who = next(each for each in standing.people if len(standing.groups[standing.group_of[each]]) > 6)
    for effect in effects(standing, who, weights):
        after = {code: [each for each in ids if each != who] for code, ids in standing.groups.items()}
        after[effect.code].append(who)
        moved = Standing(land, after)
        now = parts_of(tuple(moved.described.values()), land).total(weights)
        assert effect.gain == pytest.approx(now - before)
        assert effect.after == pytest.approx(moved.minutes[who])


def test_it_is_said_in_words_before_it_is_done():
    standing = two_groups(together=frozenset({frozenset({"6", "5"}), frozenset({"6", "13"})}))
    [effect] = effects(standing, "6", Weights())
    said = " ".join(effect_in_words(effect, standing, NAMES))
    assert "Huit personnes, quatre du 1er degré." in said
    assert "Dans le collectif quitté, plus personne de seul" in said
    assert "Avec Personne 13, comme les deux l’ont demandé." in said
    assert "Sans Personne 5 : les deux ont demandé à être ensemble." in said


def test_whoever_is_to_be_kept_apart_cannot_be_moved_there_and_the_page_does_not_say_from_whom():
    standing = two_groups(apart=frozenset({frozenset({"6", "9"})}))
    [effect] = effects(standing, "6", Weights())
    assert effect_in_words(effect, standing, NAMES) == ["Un souhait que personne ne lit s’y oppose."]


def test_nobody_joins_a_collective_of_ten():
    people = tuple(Candidate(str(each), HERE, Degree.FIRST, each % 2 == 0, True) for each in range(17))
    standing = Standing(Territory(people), {"A": [str(each) for each in range(7)], "B": [str(n) for n in range(7, 17)]})
    [effect] = effects(standing, "0", Weights())
    assert effect.refused == "Dix personnes y sont déjà : c’est le maximum."


def test_moving_the_only_volunteer_away_says_that_nobody_could_pilot():
    [effect] = effects(two_groups(), "0", Weights())
    assert any("plus personne ne pourrait piloter" in each for each in effect_in_words(effect, two_groups(), NAMES))


def test_a_draft_with_five_people_or_nobody_to_pilot_cannot_be_published():
    standing = two_groups()
    ids = standing.groups
    moved = Standing(standing.territory, {"A": ids["A"][2:], "B": (*ids["B"], *ids["A"][:2])})
    assert list(hard_faults(moved)) == ["A"]
    assert any("cinq personnes ; il en faut de six à dix" in each for each in what_fails(moved, NAMES, town))
    assert not hard_faults(standing)


def test_nobody_volunteers_and_it_is_the_first_thing_said():
    people = tuple(Candidate(str(each), HERE, Degree.FIRST, each % 2 == 0) for each in range(16))
    assert what_fails(standing_of(Territory(people)), NAMES, town)[0].startswith(
        "Personne ne s’est proposé pour piloter"
    )


def test_too_few_volunteers_are_counted_against_the_collectives():
    people = tuple(Candidate(str(each), HERE, Degree.FIRST, each % 2 == 0, each < 3) for each in range(34))
    said = what_fails(standing_of(Territory(people)), NAMES, town)[0]
    assert said == "Trois personnes volontaires pour piloter quatre collectifs d’environ huit personnes."


def test_the_price_of_being_together_is_counted_in_minutes():
    standing = two_groups(together=frozenset({frozenset({"0", "1"})}))
    assert dict(prices(standing))["Être ensemble"] == "une paire, réunie, sans trajet de plus"
    ids = standing.groups
    swapped = Standing(standing.territory, {"A": (*ids["A"][2:], "12", "13"), "B": (*ids["B"][:5], "0", "1")})
    assert "de plus en tout" in dict(prices(swapped))["Être ensemble"]


def test_a_newcomer_is_proposed_three_collectives_and_nobody_moves():
    standing = standing_of(a_land(60, 1))
    newcomer = Candidate("new", Place("z", 44.5, 0.5), Degree.FIRST, True)
    found = proposals(standing, newcomer, Weights())
    assert len(found) == 3
    for code, group in found:
        assert set(group.ids) == {*standing.groups[code], "new"}
        assert len(group.ids) <= 10


def test_the_effect_of_moving_somebody_among_187_collectives_is_known_at_once():
    land = a_land(1_496, 1)
    groups = {letters(n): [each.id for each in land.people[8 * n : 8 * n + 8]] for n in range(187)}
    minutes = Minutes.reckoned(list(dict.fromkeys(each.place for each in land.people)), minutes_between)
    standing = Standing(Territory(land.people, land.wishes, minutes.between), groups)
    begun = process_time()
    assert len(effects(standing, "0", Weights())) == 186
    assert process_time() - begun < 1  # 50 ms are held by `make bench`, on a machine that does nothing else


def test_codes_go_on_after_z():
    assert [letters(each) for each in (0, 25, 26, 51, 52, 186)] == ["A", "Z", "AA", "AZ", "BA", "GE"]
