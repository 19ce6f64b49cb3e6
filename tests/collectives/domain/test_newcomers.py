"""Somebody comes after the first meeting, or changes collective: when, how often, who answers."""

import pytest

from collectifs.collectives.domain.composition import (
    check_comes_once,
    check_has_a_pilot,
    check_is_no_pilot,
    check_moves_elsewhere,
    check_proposes_after_meeting,
    check_unanswered,
)
from collectifs.kernel.errors import RuleBroken


@pytest.mark.parametrize(
    ("passes", "refuses", "sentence"),
    [
        (
            lambda: check_proposes_after_meeting(has_met=True),
            lambda: check_proposes_after_meeting(has_met=False),
            "Le premier regroupement n’a pas encore eu lieu : invitez cette personne directement.",
        ),
        (
            lambda: check_has_a_pilot(has_pilot=True),
            lambda: check_has_a_pilot(has_pilot=False),
            "Personne ne pilote ce collectif : nommez d’abord qui pourra répondre.",
        ),
        (
            lambda: check_unanswered(None),
            lambda: check_unanswered(True),
            "Cette proposition a déjà reçu sa réponse : oui.",
        ),
        (
            lambda: check_unanswered(None),
            lambda: check_unanswered(False),
            "Cette proposition a déjà reçu sa réponse : non.",
        ),
        (
            lambda: check_is_no_pilot("Maud", is_pilot=False),
            lambda: check_is_no_pilot("Maud", is_pilot=True),
            "Maud pilote ce collectif : une autre personne doit d’abord prendre le relais.",
        ),
    ],
    ids=["before they met", "no pilot", "said yes", "said no", "a pilot"],
)
def test_what_is_asked_at_the_wrong_moment_is_refused(passes, refuses, sentence):
    passes()
    with pytest.raises(RuleBroken) as refusal:
        refuses()
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    ("is_member", "is_proposed", "sentence"),
    [
        (True, False, "Maud est déjà membre de ce collectif."),
        (True, True, "Maud est déjà membre de ce collectif."),
        (False, True, "Maud est déjà proposée à ce collectif : la réponse n’est pas encore venue."),
    ],
)
def test_nobody_is_proposed_twice(is_member, is_proposed, sentence):
    check_comes_once("Maud", is_member=False, is_proposed=False, field="who")
    with pytest.raises(RuleBroken) as refusal:
        check_comes_once("Maud", is_member=is_member, is_proposed=is_proposed, field="who")
    assert (refusal.value.sentence, refusal.value.field) == (sentence, "who")


def test_one_moves_to_a_neighbour():
    check_moves_elsewhere(is_neighbour=True, field="to")
    with pytest.raises(RuleBroken, match="un autre collectif du même territoire") as refusal:
        check_moves_elsewhere(is_neighbour=False, field="to")
    assert refusal.value.field == "to"
