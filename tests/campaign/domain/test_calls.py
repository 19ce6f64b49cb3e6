"""A call: where it stands on a day, the order of its days, what it asks of whom, what is said of how many answer."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.campaign.domain.call import CallState, PartnerKind, SaidBy, check_days, check_testimonial, state_of_call
from collectifs.campaign.domain.funnel import DIRECT, MASKED, STAGES, Brought, in_order
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.domain.needs import Count, needs_in_words
from collectifs.campaign.domain.opening import UNCONFIRMED_KEPT, check_may_be_told, told_from
from collectifs.kernel.errors import RuleBroken

OPENS, CLOSES, ANSWERS, MEETS = date(2027, 6, 1), date(2027, 6, 30), date(2027, 7, 10), date(2027, 9, 8)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "is_published", "is_paused", "state"),
    [
        (OPENS, False, False, CallState.DRAFT),
        (CLOSES + DAY, False, True, CallState.DRAFT),
        (OPENS - DAY, True, False, CallState.SOON),
        (OPENS, True, False, CallState.OPEN),
        (CLOSES, True, False, CallState.OPEN),
        (CLOSES + DAY, True, False, CallState.CLOSED),
        (OPENS - DAY, True, True, CallState.PAUSED),
        (CLOSES, True, True, CallState.PAUSED),
        (CLOSES + DAY, True, True, CallState.CLOSED),  # over is over
    ],
)
def test_a_call_is_open_on_its_first_and_on_its_last_day(
    today: date, is_published: bool, is_paused: bool, state: CallState
) -> None:
    found = state_of_call(OPENS, CLOSES, is_published=is_published, is_paused=is_paused, today=today)
    assert found is state


@pytest.mark.parametrize(
    ("days", "field", "refused"),
    [
        ((OPENS, OPENS - DAY, ANSWERS, MEETS), "closes_on", "se ferme après son ouverture"),
        ((OPENS, CLOSES, CLOSES, MEETS), "answers_on", "réponse vient après la fermeture"),
        ((OPENS, CLOSES, ANSWERS, ANSWERS), "meets_on", "viennent après la réponse"),
    ],
)
def test_days_out_of_their_order_are_refused_beside_the_later_one(
    days: tuple[date, date, date, date], field: str, refused: str
) -> None:
    with pytest.raises(RuleBroken, match=refused) as told:
        check_days(*days)
    assert told.value.field == field


@pytest.mark.parametrize(
    "days",
    [
        (OPENS, OPENS, OPENS + DAY, OPENS + 2 * DAY),
        (OPENS, CLOSES, CLOSES + DAY, None),
        (OPENS, CLOSES, ANSWERS, MEETS),
    ],
)
def test_a_call_of_one_day_answered_the_next_is_in_order(days: tuple[date, date, date, date | None]) -> None:
    check_days(*days)


@pytest.mark.parametrize(
    ("agreed", "until", "field"),
    [(1, 5, "agreed_on"), (0, -1, "shown_until"), (0, 11, "shown_until"), (0, 0, ""), (-9, 10, "")],
)
def test_words_are_shown_from_the_day_of_the_agreement_to_the_end_of_the_season(
    agreed: int, until: int, field: str
) -> None:
    said = (OPENS + agreed * DAY, OPENS + until * DAY, OPENS, OPENS + 10 * DAY)
    if not field:
        check_testimonial(*said)
        return
    with pytest.raises(RuleBroken) as told:
        check_testimonial(*said)
    assert told.value.field == field


def test_states_partners_and_voices_are_named_in_french() -> None:
    assert [each.label for each in CallState] == ["pas encore publié", "bientôt", "ouvert", "clos", "suspendu"]
    partners = ["école ou établissement", "INSPÉ", "circonscription", "institution", "affiche"]
    assert [each.label for each in PartnerKind] == partners
    assert [each.label for each in SaidBy] == ["une personne qui accompagne", "une personne accompagnée"]


def test_a_preparatory_call_asks_four_questions_and_composes_nothing() -> None:
    tutors, preparatory = CallKind
    assert (tutors.composes, preparatory.composes) == (True, False)
    assert [each.label for each in CallKind] == ["collectifs", "tutorat en classe préparatoire"]
    assert [each.about for each in CallKind] == ["les collectifs", "le tutorat en classe préparatoire"]
    assert [each.questions for each in CallKind] == ["huit questions", "quatre questions"]
    assert "plusieurs" in tutors.usual_title
    assert "concours" in preparatory.usual_title
    assert preparatory.asked == {"tutoring_years", "work_insee", "school", "half_days"}
    assert preparatory.asked < tutors.asked
    for kind in CallKind:
        assert set(kind.wanted) <= kind.asked
    assert set(tutors.asked) - set(tutors.wanted) == {
        "half_days",
        "statuses",
        "qualifications",
        "district",
        "supervises",
    }
    assert preparatory.wanted == ("tutoring_years", "work_insee", "school")


FEW = "Moins de cinq candidatures pour l’instant : la vôtre compte."


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Count(), [FEW]),
        (Count(4, 0), [FEW]),
        (Count(2, 3, 1), ["de quoi ouvrir"]),
        (Count(2, 4, 1), ["de quoi ouvrir"]),
        (Count(2, 5, 1), ["collègues du 1er degré"]),
        (Count(5, 2, 1), ["collègues du 2d degré"]),
        (Count(4, 2, 1), ["de quoi ouvrir"]),
        (Count(4, 4, 1), ["de quoi ouvrir"]),
        (Count(5, 4, 1), ["pour piloter"]),
        (Count(0, 5), ["collègues du 1er degré", "pour piloter"]),
    ],
)
def test_what_is_missing_most_is_said_and_nothing_under_five(found: Count, said: list[str]) -> None:
    sentences = needs_in_words(found)
    assert len(sentences) == len(said)
    assert all(words in sentence for words, sentence in zip(said, sentences, strict=True))


def test_what_a_partner_brought_is_masked_under_five_noughts_included() -> None:
    one = Brought("INSPÉ", {"started": 12, "confirmed": 5, "complete": 4, "retained": 0})
    assert one.shown() == ["12", "5", MASKED, MASKED, MASKED, MASKED]
    assert len(one.shown()) == len(STAGES)


def test_partners_stand_by_name_and_the_direct_link_last() -> None:
    names = [DIRECT, "rectorat", "Zone", "INSPÉ"]
    assert [each.name for each in in_order(Brought(name, {}) for name in names)] == [
        "INSPÉ",
        "rectorat",
        "Zone",
        DIRECT,
    ]


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        (CallState.OPEN, "L’appel est ouvert : proposez votre candidature"),
        (CallState.PAUSED, "suspendu pour le moment"),
        (CallState.CLOSED, "est clos"),
        (CallState.DRAFT, "est clos"),
    ],
)
def test_an_address_is_left_only_before_the_call_opens(state: CallState, refused: str) -> None:
    with pytest.raises(RuleBroken, match=refused):
        check_may_be_told(state)
    check_may_be_told(CallState.SOON)


def test_nobody_is_woken_by_a_call_that_opens_and_an_address_waits_a_week() -> None:
    at = told_from(OPENS, ZoneInfo("Indian/Reunion"))
    assert at == datetime(2027, 6, 1, 4, tzinfo=UTC)
    assert timedelta(days=7) == UNCONFIRMED_KEPT
