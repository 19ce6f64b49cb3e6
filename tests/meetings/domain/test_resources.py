"""Resources: each whole, honest about when it was seen, found by dilemma and by concern."""

from dataclasses import replace
from datetime import date

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.cards import cards
from collectifs.meetings.domain.resources import (
    CONCERNS,
    USES,
    Amendment,
    Concern,
    ResourceError,
    Use,
    amended,
    by_use,
    check_amendment,
    load_resources,
    proposed,
    resources,
    tagged,
    tags,
)

ONE = """[[resources]]
id = "un"
use = "look"
title = "Un"
made_by = "Quelqu’un."
words = "Des mots."
serves = "regarder"
dilemmas = ["Accompagner ou évaluer ?"]
concerns = ["weaving"]
"""


def test_what_the_founding_text_names_is_there():
    words = " ".join(f"{each.title} {each.made_by}" for each in resources().values())
    for name in ("FORMER", "M@gistère", "Débuter comme formateur", "Bucheton", "Ria", "Goigoux"):
        assert name in words


def test_nobody_says_verified_before_somebody_has_seen_it():
    (seen,) = load_resources(f'{ONE}address = "https://un.example/a"\nchecked_on = 2026-11-02')
    assert (seen.checked, seen.site) == ("vérifié le 2\u00a0novembre 2026", "un.example")
    (unseen,) = load_resources(ONE)
    assert (unseen.checked, unseen.site, unseen.checked_on) == ("non vérifié", "", None)
    assert all(each.checked_on is None or each.checked_on <= date.today() for each in resources().values())
    assert all(each.address for each in resources().values() if each.checked_on)


def test_each_is_found_by_the_words_of_the_cards_and_of_the_multi_agenda():
    known = {card.title for card in cards()} | set(CONCERNS.values())
    for words, number in tags(resources().values()):
        assert words in known
        assert number == len(tagged(words, resources().values())) > 0
    assert tagged("Accompagner ou évaluer ?", resources().values())[0].title == "Les dilemmes du formateur"
    assert [each.title for each in tagged("tissage", resources().values())] == ["Le multi-agenda"]
    assert tagged("n’importe quoi", resources().values()) == []
    assert [each.label for each in Concern] == ["pilotage", "atmosphère", "tissage", "étayage", "savoirs visés"]


def test_by_use_in_the_order_of_the_work_and_none_is_lost():
    groups = by_use(resources().values())
    assert [use for use, _ in groups] == list(Use)
    assert sum(len(members) for _, members in groups) == len(resources())
    assert by_use([]) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[[resources]", "Expected"),
        (ONE.replace('serves = "regarder"\n', ""), "un: unknown or missing keys: serves"),
        (f'{ONE}price = "dix"', "un: unknown or missing keys: price"),
        (ONE.replace("Des mots.", ""), "un: empty: words"),
        (ONE.replace("look", "read"), "un: 'read' is not a valid Use"),
        (ONE.replace("weaving", "sewing"), "un: 'sewing' is not a valid Concern"),
        (ONE.replace("ou évaluer", "ou juger"), "un: no such dilemma: Accompagner ou juger ?"),
        (f'{ONE}address = "javascript:un"', "un: the address is not one of the web"),
        (ONE + ONE, "two resources have the same id"),
    ],
)
def test_a_file_that_is_wrong_says_where(text, wrong):
    with pytest.raises(ResourceError, match=wrong.replace("?", r"\?")):
        load_resources(text)


@pytest.mark.parametrize(
    ("address", "written", "site"),
    [
        ("https://journals.example/revue/543/", "journals.example/revue/543", "journals.example"),
        ("http://www.example/a?b=1", "www.example/a?b=1", "www.example"),
        ("", "", ""),
    ],
)
def test_an_address_is_written_as_one_types_it(address: str, written: str, site: str):
    found = replace(next(iter(resources().values())), address=address)
    assert (found.written, found.site) == (written, site)


TODAY = date(2027, 1, 13)
(FIRST,) = load_resources(ONE)


def one(name: str, *dilemmas: str, concerns: tuple[Concern, ...] = ()):
    return replace(FIRST, id=name, dilemmas=dilemmas, concerns=concerns)


def test_the_administration_says_where_a_resource_is_now_and_hides_what_is_gone():
    kept, moved, gone = one("kept"), one("moved"), one("gone")
    now = Amendment("https://ailleurs.example/", TODAY)
    found = amended([kept, moved, gone], {"moved": now, "gone": Amendment(is_hidden=True)})
    assert found == [kept, replace(moved, address="https://ailleurs.example/", checked_on=TODAY)]


@pytest.mark.parametrize(
    ("address", "checked_on", "refused_beside"),
    [
        ("", None, None),
        ("https://un.example/a", None, None),
        ("http://un.example", TODAY, None),
        ("un.example/a", None, "address"),
        ("ftp://un.example/a", None, "address"),
        ("https:///a", None, "address"),
        ("", TODAY, "checked_on"),
        ("https://un.example/a", date(2027, 1, 14), "checked_on"),
    ],
)
def test_an_address_is_of_the_web_and_was_opened_before_tomorrow(address, checked_on, refused_beside):
    refused = None
    try:
        check_amendment(Amendment(address, checked_on), TODAY)
    except RuleBroken as refusal:
        refused = refusal.field
    assert refused == refused_beside


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], []),
        (["autre chose"], []),
        (["A ?"], ["a", "ab"]),
        (["B ?"], ["ab", "b-weaving"]),  # two at most, as they come
        (["B ?", "tissage"], ["b-weaving", "ab"]),
        (["tissage", "étayage", "B ?"], ["b-weaving", "ab"]),  # a dilemma counts more than two concerns
        (["A ?", "pilotage", "atmosphère", "étayage", "savoirs visés"], ["four", "a"]),  # and less than four
        (["tissage"], ["b-weaving", "weaving"]),
    ],
)
def test_the_two_that_answer_best_are_proposed(words, found):
    among = [
        one("a", "A ?"),
        one("scaffolding", concerns=(Concern.SCAFFOLDING,)),
        one("ab", "A ?", "B ?"),
        one("b-weaving", "B ?", concerns=(Concern.WEAVING,)),
        one("weaving", concerns=(Concern.WEAVING, Concern.SCAFFOLDING)),
        one("b", "B ?"),
        one("four", concerns=(Concern.STEERING, Concern.ATMOSPHERE, Concern.SCAFFOLDING, Concern.KNOWLEDGE)),
    ]
    assert [each.id for each in proposed(words, among)] == found


def test_each_use_has_its_words():
    assert list(USES) == list(Use)
