"""A candidacy: what is missing, what may still change, what may be answered; and the draft that is made of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from collectifs.campaign.domain.answers import (
    WANTED,
    Facts,
    check_is_complete,
    check_may_be_answered,
    check_may_change,
    check_may_start,
    check_sentence,
    facts_of,
    is_waiting_list_open,
    left_in_words,
)
from collectifs.campaign.domain.call import CallState
from collectifs.campaign.domain.candidacy import CandidacyState, HalfDay, WishKind, WouldPilot
from collectifs.campaign.domain.drafting import (
    REST,
    DraftChanged,
    DraftState,
    check_can_change,
    check_nothing_came_between,
    digest_of,
)
from collectifs.campaign.domain.kinds import CallKind
from collectifs.kernel.errors import RuleBroken

STATE = CandidacyState
ANSWERS = dict.fromkeys(WANTED, "dit")
MEETS = date(2027, 9, 8)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, []),
        ({"tutoring_years": 0}, []),  # zero years is an answer
        ({"school": ""}, ["school"]),
        ({"would_pilot": None, "degree": None}, ["degree", "would_pilot"]),  # in the order of the page
    ],
)
def test_what_is_missing_is_named_in_the_order_of_the_page(changed: dict[str, object], missing: list[str]) -> None:
    facts = facts_of(STATE.CONFIRMED, ANSWERS | changed)
    assert facts.missing == missing
    assert (facts.state, facts.kind) == (STATE.CONFIRMED, CallKind.TUTORS)


@pytest.mark.parametrize("name", WANTED)
def test_the_first_answer_that_is_missing_is_asked_for_beside_its_field(name: str) -> None:
    with pytest.raises(RuleBroken, match=f"Il manque {WANTED[name]}") as told:
        check_is_complete(facts_of(STATE.CONFIRMED, ANSWERS | {name: ""}))
    assert told.value.field == name


def test_a_preparatory_call_wants_less() -> None:
    few = {"tutoring_years": 3, "work_insee": "47001", "school": "Lycée"}
    check_is_complete(facts_of(STATE.CONFIRMED, few, CallKind.PREPARATORY))
    assert facts_of(STATE.CONFIRMED, {}, CallKind.PREPARATORY).missing == list(few)
    assert Facts(STATE.STARTED, frozenset()).missing == list(WANTED)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (0, "Tout est rempli : il ne reste qu’à envoyer."),
        (1, "Il reste une réponse."),
        (2, "Il reste deux réponses."),
    ],
)
def test_what_is_left_to_answer_is_counted(missing: int, said: str) -> None:
    assert left_in_words(missing) == said


@pytest.mark.parametrize(
    ("state", "meets_on", "waits"),
    [
        (CallState.CLOSED, MEETS, True),
        (CallState.CLOSED, MEETS - DAY, False),  # the first meetings are today
        (CallState.CLOSED, None, False),
        (CallState.OPEN, MEETS, False),
        (CallState.PAUSED, MEETS, False),
    ],
)
def test_the_waiting_list_is_open_from_the_closing_to_the_eve_of_the_first_meetings(
    state: CallState, meets_on: date | None, waits: bool
) -> None:
    assert is_waiting_list_open(state, meets_on=meets_on, today=MEETS - DAY) is waits


@pytest.mark.parametrize(
    ("state", "meets_on", "refused"),
    [
        (CallState.OPEN, None, ""),
        (CallState.CLOSED, MEETS, ""),
        (CallState.CLOSED, None, "est clos"),
        (CallState.DRAFT, MEETS, "est clos"),
        (CallState.SOON, MEETS, "pas encore ouvert"),
        (CallState.PAUSED, MEETS, "suspendu pour le moment"),
    ],
)
def test_one_answers_an_open_call_or_joins_the_waiting_list_of_one_that_is_closed(
    state: CallState, meets_on: date | None, refused: str
) -> None:
    if not refused:
        check_may_start(state, meets_on=meets_on, today=MEETS - DAY)
        return
    with pytest.raises(RuleBroken, match=refused):
        check_may_start(state, meets_on=meets_on, today=MEETS - DAY)


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        (STATE.WITHDRAWN, "est retirée"),
        (STATE.PLACED, "depuis sa page"),
        (STATE.STARTED, "Confirmez d’abord"),
        *((state, "") for state in STATE if state not in (STATE.WITHDRAWN, STATE.PLACED, STATE.STARTED)),
    ],
)
def test_its_person_changes_a_candidacy_until_it_is_withdrawn_or_placed(state: STATE, refused: str) -> None:
    if not refused:
        check_may_change(state)
        return
    with pytest.raises(RuleBroken, match=refused):
        check_may_change(state)


@pytest.mark.parametrize(
    ("state", "is_told", "refused"),
    [
        (STATE.STARTED, False, "n’attend pas de réponse"),
        (STATE.CONFIRMED, False, "n’attend pas de réponse"),
        (STATE.WITHDRAWN, False, "n’attend pas de réponse"),
        (STATE.PLACED, True, "n’attend pas de réponse"),
        (STATE.RETAINED, True, "déjà partie"),
        (STATE.DECLINED, True, "déjà partie"),
        (STATE.RETAINED, False, ""),
        (STATE.COMPLETE, False, ""),
        (STATE.WAITING, True, ""),  # may be retained later
    ],
)
def test_an_answer_is_given_to_what_was_sent_and_once(state: STATE, is_told: bool, refused: str) -> None:
    if not refused:
        check_may_be_answered(state, is_told=is_told)
        return
    with pytest.raises(RuleBroken, match=refused):
        check_may_be_answered(state, is_told=is_told)


def test_a_no_goes_with_a_sentence() -> None:
    with pytest.raises(RuleBroken, match="Écrivez une phrase") as told:
        check_sentence(STATE.DECLINED, "  ")
    assert told.value.field == "sentence"
    check_sentence(STATE.DECLINED, "Les places manquent cette année.")
    check_sentence(STATE.RETAINED, "")


def test_the_closed_lists_are_named_in_french() -> None:
    assert [each.label for each in STATE] == [
        "commencée", "confirmée", "à examiner", "retenue", "liste d’attente", "déclinée", "retirée", "placée",
    ]  # fmt: skip
    assert [each.label for each in WouldPilot] == ["oui", "peut-être", "non"]
    assert [each.label for each in WishKind] == ["avec", "sans"]
    days = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
    assert [each.label for each in HalfDay] == [f"{day} {part}" for day in days for part in ("matin", "après-midi")]


@pytest.mark.parametrize(
    ("state", "publishes_at", "refused"),
    [
        (DraftState.COMPOSING, None, "pas encore composé"),
        (DraftState.IMPOSSIBLE, None, "pas encore composé"),
        (DraftState.PUBLISHED, None, "sont publiés"),
        (DraftState.READY, datetime(2027, 7, 1, tzinfo=UTC), "annulez-la d’abord"),
        (DraftState.READY, None, ""),
    ],
)
def test_a_draft_changes_once_it_is_composed_and_until_it_is_published(
    state: DraftState, publishes_at: datetime | None, refused: str
) -> None:
    if not refused:
        check_can_change(state, publishes_at)
        return
    with pytest.raises(RuleBroken, match=refused):
        check_can_change(state, publishes_at)


def test_what_was_decided_on_an_older_draft_is_refused() -> None:
    check_nothing_came_between(3, 3)
    assert timedelta(hours=24) == REST
    with pytest.raises(DraftChanged, match="a changé pendant que vous y travailliez"):
        check_nothing_came_between(2, 3)


def test_whoever_came_left_or_changed_an_answer_gives_another_mark() -> None:
    assert digest_of(["a", 1]) == digest_of(["a", "1"])
    assert len({digest_of(parts) for parts in (["a", "b"], ["b", "a"], ["ab"], ["a"], [])}) == 5
    assert len(digest_of([])) == 32
