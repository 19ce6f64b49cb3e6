"""Who may be removed, which collective may be deleted, where an invitation stands: tables of cases."""

import pytest

from collectifs.collectives.domain.mending import Standing, check_is_empty, check_may_be_removed, standing_of
from collectifs.kernel.errors import RuleBroken

NOTHING = {"has_accepted": False, "has_declined": False, "is_unreached": False, "is_leaving_soon": False}


@pytest.mark.parametrize(
    ("standing", "label"),
    [
        (Standing.ACCEPTED, "acceptée"),
        (Standing.DECLINED, "déclinée"),
        (Standing.UNREACHED, "pas arrivée"),
        (Standing.LEAVING_SOON, "invitation en partance"),
        (Standing.WAITING, "en attente"),
    ],
)
def test_where_an_invitation_stands_is_said_in_words(standing, label):
    assert standing.label == label


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({}, Standing.WAITING),
        ({"has_accepted": True}, Standing.ACCEPTED),
        ({"has_accepted": True, "is_unreached": True}, Standing.ACCEPTED),
        ({"has_declined": True}, Standing.DECLINED),
        ({"is_unreached": True}, Standing.UNREACHED),
        ({"is_unreached": True, "is_leaving_soon": True}, Standing.UNREACHED),
        ({"is_leaving_soon": True}, Standing.LEAVING_SOON),
    ],
)
def test_an_answer_comes_first_then_a_mail_that_does_not_arrive(facts, standing):
    assert standing_of(**(NOTHING | facts)) is standing


def test_whoever_pilots_hands_over_before_being_removed():
    check_may_be_removed("Maud", is_pilot=False)
    with pytest.raises(RuleBroken, match="Hélène pilote ce collectif"):
        check_may_be_removed("Hélène", is_pilot=True)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"has_consents": False, "has_meetings": False}, ""),
        ({"has_consents": True, "has_meetings": False}, "a déjà accepté la charte"),
        ({"has_consents": False, "has_meetings": True}, "regroupements sont déjà fixés"),
    ],
)
def test_only_what_nobody_entered_is_deleted(facts, sentence):
    if not sentence:
        check_is_empty(**facts)
        return
    with pytest.raises(RuleBroken, match=sentence):
        check_is_empty(**facts)
