"""What became of the answers: what is kept, what the room may hear, what is never counted."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.sheets.domain.follow_up import (
    AnswerFollowUp,
    FollowUpBody,
    FollowUpState,
    check_follow_up,
    marks_of,
    shared_about,
    shared_left_behind,
)

TRIED, UNSAID = FollowUpState.TRIED, FollowUpState.UNSAID


def said(state=None, words="", mark="m1", number=1, **more):
    return FollowUpBody((AnswerFollowUp(mark, number, state, words),), **more)


def test_what_is_written_is_read_again():
    body = FollowUpBody((AnswerFollowUp("m1", 1, TRIED, "« Oui »\nnon"), AnswerFollowUp("m2", 2)), is_shared=True)
    assert FollowUpBody.from_json(body.to_json()) == body


def test_blanks_are_not_kept_and_nobody_signs_what_is_not_shared():
    body = FollowUpBody((AnswerFollowUp("m1", 1, None, " "), AnswerFollowUp("m2", 2, UNSAID)), is_signed=True)
    kept = body.without_blanks()
    assert [entry.mark for entry in kept.entries] == ["m2"]
    assert (body.is_blank, said().is_blank, kept.is_signed) == (False, True, False)


def test_each_answer_has_its_mark_even_written_twice():
    first, second, other = marks_of(["Écouter.", "Écouter.", "Parler."])
    assert len({first, second, other}) == 3
    assert marks_of(["Écouter."]) == [first]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (said(TRIED, "Il a parlé.", is_shared=True), ["Essayé : Il a parlé."]),
        (said(None, "Il a parlé.", is_shared=True), ["Il a parlé."]),
        (said(TRIED, "", is_shared=True), []),
        (said(UNSAID, "Il a parlé.", is_shared=True), []),
        (said(TRIED, "Il a parlé."), []),
        (said(TRIED, "Il a parlé.", mark="m2", is_shared=True), []),
    ],
)
def test_only_shared_words_are_heard_and_never_a_state_alone(body, shown):
    assert [each.words for each in shared_about([(body, "Maud")], "m1")] == shown


def test_nothing_is_shared_nor_signed_before_somebody_chose_to():
    assert (FollowUpBody().is_shared, FollowUpBody().is_signed) == (False, False)


def test_the_order_says_nothing_of_who_wrote():
    bodies = [(said(None, words, is_shared=True), "X") for words in ("un", "deux", "trois")]
    assert shared_about(bodies, "m1") == shared_about(bodies[::-1], "m1")


def test_a_name_stands_only_under_what_is_signed():
    signed = said(TRIED, "Oui.", is_shared=True, is_signed=True)
    assert [each.by for each in shared_about([(signed, "Maud"), (said(None, "Non.", is_shared=True), "Karim")], "m1")]
    names = {each.words: each.by for each in shared_about([(signed, "Maud")], "m1")}
    assert names == {"Essayé : Oui.": "Maud"}


def test_words_about_an_answer_that_changed_are_not_lost():
    body = said(TRIED, "Oui.", is_shared=True)
    assert [each.words for each in shared_left_behind([(body, "Maud")], ["m2"])] == ["Essayé : Oui."]
    assert shared_left_behind([(body, "Maud")], ["m1"]) == []


def test_limits_are_said_beside_their_field():
    with pytest.raises(RuleBroken) as refusal:
        check_follow_up(said(TRIED, "x" * 501))
    assert refusal.value.field == "words-m1"
    assert "de 1 :" in refusal.value.sentence
    check_follow_up(said(TRIED, "x" * 500))
    forty = tuple(AnswerFollowUp(f"m{place}", place, TRIED) for place in range(40))
    check_follow_up(FollowUpBody(forty))
    with pytest.raises(RuleBroken, match="trop de réponses"):
        check_follow_up(FollowUpBody((*forty, AnswerFollowUp("m40", 40))))
