"""Dates at the choice of a collective, as people read and press them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import MailChoice
from collectifs.kernel.work import Pace
from collectifs.meetings.domain.polls import Reply
from collectifs.meetings.domain.work import MailDatesAsked, MailDatesReminder, MailMeetingPlanned
from collectifs.meetings.models import DateAnswer, DateOption, DatePoll
from collectifs.people.models import Territory
from tests import factories
from tests.asked import asked, told
from tests.pages import plain

MARCH = [datetime(2027, 3, day, 13, tzinfo=UTC) for day in (17, 24, 31)]
YES, IF_NEEDED, NO = Reply
HOURS = {"starts": "14:00", "ends": "", "place": "Collège de la Brume", "commune": ""}


def typed(*days: str, **more: str) -> dict[str, str]:
    """The form of some dates, the other lines left as they come."""
    lines = {f"{name}_{at}": value for at, day in enumerate(days, 1) for name, value in (HOURS | {"day": day}).items()}
    return lines | {"until": "2027-02-12"} | more


@pytest.fixture
def rose(app):
    return factories.user("Rose", "Dalle")


@pytest.fixture
def held(collective, rose):
    factories.membership(rose, collective)
    return factories.meeting(collective, starts_at=clock.now() - timedelta(days=30))


@pytest.fixture
def poll(collective, held, pilot):
    row = factories.poll(collective, pilot, *MARCH, closes_at=datetime(2027, 2, 12, 23, tzinfo=UTC))
    db.session.commit()
    return row


def options() -> list[DateOption]:
    db.session.rollback()
    return db.session.query(DateOption).order_by(DateOption.starts_at).all()


def answers() -> list[tuple]:
    db.session.rollback()
    return [(row.user_id, row.reply) for row in db.session.query(DateAnswer).order_by(DateAnswer.answered_at)]


def said(who, *replies: Reply) -> None:
    for option, reply in zip(options(), replies, strict=False):
        factories.reply(option, who, reply, clock.now() - timedelta(minutes=5))
    db.session.commit()


def propose(visit, collective, pilot, **fields: str):
    page = visit(pilot).open(f"/collectifs/{collective.id}/nouveau-regroupement")
    return page.follow("Proposer plutôt plusieurs dates").press("Proposer ces dates", **fields)


def test_the_pilot_proposes_dates_and_the_others_are_asked(visit, collective, held, pilot):
    page = propose(visit, collective, pilot, **typed("2027-03-17", "2027-03-24"))
    assert page.says("Quand vous convient-il ?")
    assert page.says("mercredi 17 mars 2027")
    assert len(asked(MailDatesAsked)) == 2
    assert [row.starts_at for row in options()] == MARCH[:2]


def test_the_first_date_offers_no_choice(visit, collective, pilot):
    assert not visit(pilot).open(f"/collectifs/{collective.id}/nouveau-regroupement").says("plusieurs dates")
    page = visit(pilot).open(f"/collectifs/{collective.id}/proposer-des-dates")
    page = page.press("Proposer ces dates", **typed("2027-03-17", "2027-03-24"))
    assert page.status == 422
    assert any("La première date est la vôtre" in error for error in page.errors)


def test_what_is_unusual_is_asked_once_and_nothing_typed_is_lost(visit, collective, held, pilot):
    page = propose(visit, collective, pilot, **typed("2027-03-17", "2027-04-14"))
    assert page.status == 422
    assert page.says("vacances de printemps de la zone A")
    page = page.press("Garder ces dates")
    assert page.status == 200
    assert len(options()) == 2


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (typed("2027-03-17"), "entre deux et six"),
        (typed("2027-03-17", "2027-03-17"), "les mêmes"),
        (typed("2027-03-17", "2026-12-01"), "à venir"),
        (typed("2027-03-17", "2027-03-24", until="2027-03-20"), "avant la première date"),
        (typed("2027-03-17", "2027-03-24", place_2="https://visio.example"), "jamais à distance"),
        (typed("2027-03-17", "2027-03-24", starts_2=""), "heure de début"),
        (typed("2027-03-17", "2027-03-24", least="0"), "entre 1 et 30"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(visit, collective, held, pilot, wrong, refusal):
    page = propose(visit, collective, pilot, **wrong)
    assert page.status == 422
    assert any(refusal in error for error in page.errors)
    assert options() == []


def test_a_link_opened_twenty_times_answers_nothing(visit, poll, maud):
    visitor = visit(maud)
    for _ in range(20):
        visitor.open(f"/dates/{poll.id}")
    assert answers() == []


def test_each_reply_is_kept_as_it_is_pressed_and_changed_at_will(poll, maud, press):
    press(maud, poll, 1, YES)
    press(maud, poll, 1, NO)
    page = press(maud, poll, 2, IF_NEEDED)
    assert sorted(answers(), key=str) == sorted([(maud.id, NO), (maud.id, IF_NEEDED)], key=str)
    assert page.says("Réponse gardée")
    pressed = [tag.get_text().split(",")[0] for tag in page.soup.select('.three [aria-pressed="true"]')]
    assert pressed == ["Non", "Si besoin"]


def sent(page, **fields: str):
    """Send a form to the address of a page, as one of its buttons does."""
    token = page.soup.select_one('[name="csrf_token"]')["value"]
    return page.visitor.open(page.path, method="POST", data={"csrf_token": token, **fields})


@pytest.fixture
def press(visit):
    def send(who, poll, place: int, reply: Reply):
        page = visit(who).open(f"/dates/{poll.id}")
        return sent(page, option=str(options()[place - 1].id), reply=reply.value)

    return send


def tally(page, place: int) -> str:
    found = page.soup.select_one(f"#date-{place} .tally")
    return plain(found.get_text(" ")) if found else ""


def test_numbers_before_ones_own_reply_and_names_afterwards(visit, poll, maud, rose, press):
    said(rose, NO, YES)
    page = visit(maud).open(f"/dates/{poll.id}")
    assert tally(page, 1) == "1 non"
    page = press(maud, poll, 1, YES)
    assert tally(page, 1) == "Rose Dalle : non"
    assert tally(page, 2) == "1 oui", "of a date without one's own reply, still the number"


def test_never_a_name_where_the_collective_does_not_want_it(visit, poll, maud, rose, press):
    said(rose, NO)
    db.session.get(Collective, poll.collective_id).names_replies = False
    db.session.commit()
    page = press(maud, poll, 1, YES)
    assert tally(page, 1) == "1 non"
    assert not page.says("Rose")


def test_what_one_has_already_that_day_is_said_to_oneself_alone(visit, poll, maud, rose):
    elsewhere = factories.collective(members=[maud], name="L’Estuaire")
    factories.meeting(elsewhere, starts_at=MARCH[0] + timedelta(hours=1))
    db.session.commit()
    assert visit(maud).open(f"/dates/{poll.id}").says("les deux se chevauchent")
    assert not visit(rose).open(f"/dates/{poll.id}").says("Estuaire")


def test_no_date_suits_in_one_press(visit, poll, maud):
    page = visit(maud).open(f"/dates/{poll.id}").press("Aucune ne me convient")
    assert page.says("aucune de ces dates")
    assert answers() == [(maud.id, NO)] * 3


def test_the_pilot_reminds_the_silent_by_a_button_that_says_whom(visit, poll, pilot, maud, rose, moment):
    said(maud, YES, YES, YES)
    assert not visit(pilot).open(f"/dates/{poll.id}/choisir").has_button("Relancer")
    moment.shift(timedelta(days=1))
    page = visit(pilot).open(f"/dates/{poll.id}/choisir").press("Relancer Rose Dalle")
    assert page.says("Un message part vers la personne qui n’a pas répondu")
    assert told(MailDatesReminder) == {rose.id}
    assert page.says("Dernière relance")
    assert not page.has_button("Relancer")


def test_no_reminder_any_more(visit, poll, maud):
    page = visit(maud).open(f"/dates/{poll.id}").press("Ne plus me rappeler")
    assert page.says("plus relancé")
    (choice,) = db.session.query(MailChoice)
    assert (choice.user_id, choice.kind, choice.pace) == (maud.id, "mail_dates_reminder", Pace.NEVER)


def test_whoever_has_answered_and_the_pilot_who_waits_find_the_dates_again(visit, poll, collective, pilot, maud, press):
    for row in (poll, other_dates_of(collective, pilot, poll)):
        for place in (1, 2, 3):
            press(maud, row, place, YES)
        for who in (maud, pilot):
            page = visit(who).open(f"/collectifs/{row.collective_id}")
            links = {link["href"] for link in page.soup.select("main a")}
            assert f"/dates/{row.id}" in links


def other_dates_of(collective, pilot, poll):
    """The same question, about a meeting that has its date already."""
    meeting = factories.meeting(collective, number=2, starts_at=clock.now() + timedelta(days=30))
    db.session.get(type(poll), poll.id).meeting_id = meeting.id
    db.session.commit()
    return poll


def test_a_forged_reply_is_refused(visit, poll, maud):
    page = visit(maud).open(f"/dates/{poll.id}")
    for fields in ({"reply": "perhaps"}, {"option": "x", "reply": "yes"}, {"option": str(poll.id), "reply": "yes"}):
        assert sent(page, **fields).status == 422
    assert answers() == []


def choose(visit, pilot, poll, place: int, **more: str):
    page = visit(pilot).open(f"/dates/{poll.id}/choisir")
    return sent(page, option=str(options()[place - 1].id), **more)


def test_a_date_that_suits_everybody_is_chosen_at_once(visit, poll, pilot, maud):
    said(maud, YES)
    page = choose(visit, pilot, poll, 1)
    assert page.says("La date est choisie")
    assert page.says("mercredi 17 mars 2027")
    assert len(asked(MailMeetingPlanned)) == 3
    assert answers() == []


def test_one_that_shuts_somebody_out_asks_once_and_says_whom(visit, poll, pilot, maud, rose):
    said(rose, NO)
    page = choose(visit, pilot, poll, 1)
    assert page.status == 422
    assert page.says("c’est se passer de Rose Dalle")
    assert db.session.query(Meeting).count() == 1
    assert page.press("Choisir quand même").says("La date est choisie")
    assert db.session.query(Meeting).count() == 2


def test_somebody_who_refuses_meanwhile_is_asked_about_as_well(visit, poll, pilot, maud, rose):
    said(rose, NO)
    page = choose(visit, pilot, poll, 1)
    factories.reply(options()[0], maud, NO)
    db.session.commit()
    page = page.press("Choisir quand même")
    assert page.status == 422
    assert page.says("Maud Le Bihan et Rose Dalle")


def test_too_few_are_asked_about(visit, poll, pilot, maud):
    db.session.get(DatePoll, poll.id).least = 3
    db.session.commit()
    said(maud, YES)
    page = choose(visit, pilot, poll, 1)
    assert page.says("vous en vouliez 3 au moins")
    assert page.press("Choisir quand même").says("La date est choisie")


def test_the_pilot_who_cannot_come_names_who_leads(visit, poll, pilot, maud, rose):
    said(pilot, NO)
    said(maud, YES)
    said(rose, NO)
    page = choose(visit, pilot, poll, 1)
    assert page.status == 422
    offered = [tag.get_text() for tag in page.soup.select("select[name=deputy] option")]
    assert offered == ["Choisir…", "Maud Le Bihan"]
    page = page.press("Choisir quand même")
    assert page.status == 422
    page = page.press("Choisir quand même", deputy=str(maud.id))
    assert page.says("La date est choisie")
    (meeting,) = db.session.query(Meeting).filter_by(number=2)
    assert [row.user_id for row in db.session.query(Pilotship).filter_by(meeting_id=meeting.id)] == [maud.id]


def test_whoever_comes_second_is_told(visit, poll, pilot, maud):
    second = visit(pilot).open(f"/dates/{poll.id}/choisir")
    late = visit(maud).open(f"/dates/{poll.id}")
    option = str(options()[0].id)
    choose(visit, pilot, poll, 1)
    page = sent(second, option=option)
    assert page.status == 409
    assert page.says("a choisi cette date")
    page = sent(late, option=option, reply="yes")
    assert page.status == 409
    assert page.says("17 mars 2027")
    assert db.session.query(Meeting).count() == 2


def test_two_who_choose_at_the_same_instant_fix_one_meeting(visit, poll, pilot, maud):
    where = f"/dates/{poll.id}/choisir"
    pages = [visit(pilot).open(where) for _ in range(2)]
    chosen = [str(row.id) for row in options()]
    db.session.commit()

    def choose_one(page, option: str) -> int:
        data = {"csrf_token": page.visitor.token(), "option": option}
        return page.visitor.raw(where, "POST", data=data).status_code

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(choose_one, pages, chosen[:2])) == [302, 409]
    db.session.rollback()
    assert db.session.query(Meeting).count() == 2


def test_the_first_line_is_the_date_that_shuts_out_fewest(visit, poll, pilot, maud, rose):
    said(maud, NO, YES, IF_NEEDED)
    said(rose, YES, YES, IF_NEEDED)
    page = visit(pilot).open(f"/dates/{poll.id}/choisir")
    days = [tag.get_text().split("2027")[0].strip() for tag in page.soup.select("tbody th")]
    assert [day.split()[1] for day in days] == ["24", "31", "17"]
    assert page.says("Hélène Marchadier")


def test_other_dates_keep_what_was_said(visit, poll, pilot, maud):
    said(maud, YES, YES, YES)
    page = visit(pilot).open(f"/dates/{poll.id}/choisir").follow("Changer les dates")
    page = page.press("Enregistrer", place_1="École de la Grève", day_3="")
    assert page.says("Seules les personnes que cela concerne")
    assert [(row.place, row.struck_at is not None) for row in options()] == [
        ("École de la Grève", False),
        ("École Salle B", False),
        ("École Salle B", True),
    ]
    page = visit(maud).open(f"/dates/{poll.id}")
    assert page.says("Cette date a changé depuis votre réponse")


def test_the_question_is_closed_without_a_date(visit, poll, pilot, maud):
    said(maud, YES)
    page = visit(pilot).open(f"/dates/{poll.id}/choisir").follow("En parler plutôt").press("Fermer la question")
    assert page.says("Les réponses sont effacées")
    assert visit(maud).open(f"/dates/{poll.id}").says("Aucune date n’a été choisie")
    assert answers() == []


def test_a_meeting_that_has_a_date_is_asked_about_again(visit, collective, held, pilot):
    second = factories.meeting(collective, number=2, starts_at=MARCH[0])
    db.session.commit()
    page = visit(pilot).open(f"/regroupements/{second.id}/date-et-lieu").follow("Proposer plusieurs dates")
    page = page.press("Proposer ces dates", **typed("2027-03-24", "2027-03-31"))
    assert page.says("pour le regroupement 2")


def test_home_and_the_collective_say_what_waits(visit, poll, pilot, maud, rose):
    assert visit(maud).open("/").says("Trois dates pour le regroupement 2 : quand vous convient-il ?")
    page = visit(maud).open(f"/collectifs/{poll.collective_id}")
    assert page.says("Trois dates proposées")
    said(maud, YES, YES, NO)
    assert not visit(maud).open("/").says("quand vous convient-il")
    said(pilot, YES, YES, YES)
    said(rose, YES, YES, YES)
    page = visit(pilot).open("/").follow("La date du regroupement 2 est à choisir")
    assert page.says("Tout le monde a répondu")


def test_half_days_told_in_candidacies_are_counted_for_the_pilot_alone(visit, poll, pilot, maud):
    call = factories.call(db.session.get(Territory, db.session.get(Collective, poll.collective_id).territory_id))
    placed = {"state": CandidacyState.PLACED, "collective_id": poll.collective_id}
    factories.candidacy(call, half_days=["thu_am"], **placed)
    factories.candidacy(call, half_days=[], **placed)
    words = "Le mercredi après-midi ne convient pas à une personne, d’après sa candidature."
    assert visit(pilot).open(f"/dates/{poll.id}/choisir").says(words)
    assert not visit(maud).open(f"/dates/{poll.id}").says("candidature")
