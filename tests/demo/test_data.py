"""The demonstration keeps the rules of the house: counts, references, calendar, delays, nobody named."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from collectifs.demo import data as loader
from collectifs.demo.data import DemoDataError, load
from collectifs.demo.records import DemoData, DemoSituation
from collectifs.kernel.seasons import season_of
from collectifs.meetings.domain.planning import warnings_for
from collectifs.meetings.domain.spare import bank
from collectifs.people.domain.person import Degree, Role
from collectifs.sheets.domain.anonymity import names_found
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.domain.sheet import AnswerKind

HOLIDAYS_ZONE_A = (
    (date(2026, 10, 17), date(2026, 11, 1)),
    (date(2026, 12, 19), date(2027, 1, 3)),
    (date(2027, 2, 13), date(2027, 2, 28)),
    (date(2027, 4, 10), date(2027, 4, 25)),
)
ATTENDANCE = {"present", "late", "excused", "absent"}


def words_of(situation: DemoSituation) -> str:
    said = (*situation.peer_questions, *situation.resonances, situation.already_done, situation.follow_up)
    return "\n".join((situation.title, situation.sentence, situation.question, situation.story, *said))


def test_twenty_four_members_in_three_collectives_and_six_people_around(demo: DemoData) -> None:
    sizes = {collective.name: len(set(collective.members)) for collective in demo.collectives}
    assert sizes == {"Les Tilleuls": 8, "L’Estuaire": 7, "Les Trois Ponts": 9}
    members = [who for collective in demo.collectives for who in collective.members]
    assert len(members) == len(set(members)) == 24
    roles = Counter(person.role for person in demo.people.values())
    assert roles == {None: 21, Role.PILOT: 3, Role.INSPECTOR: 3, Role.MANAGER: 2, Role.ADMINISTRATOR: 1}


def test_names_known_from_the_look_are_here(demo: DemoData) -> None:
    names = {person.name for person in demo.people.values()}
    assert names >= {
        "Hélène Marchadier", "Maud Le Bihan", "Odile Ferrand", "Yann Prigent", "Agnès Roussel",
        "Bruno Castaing", "Sylvie Montagnac", "Jeanne Tissot", "Inès Cardoso", "Thomas Keller",
        "Samir Belkacem", "Karim Ouadah",
    }  # fmt: skip


def test_addresses_are_reserved_and_people_can_sign_in_by_a_sentence(demo: DemoData) -> None:
    for person in demo.people.values():
        assert person.address.endswith(".example")
        assert person.address == person.address.lower().strip()
        assert person.address.isascii()
        assert person.sentence
        assert not person.sentence.endswith(".")


def test_no_family_name_twice(demo: DemoData) -> None:
    assert len({person.family_name for person in demo.people.values()}) == len(demo.people)


def test_nobody_of_the_hierarchy_is_a_member_and_a_pilot_belongs_to_the_collective(demo: DemoData) -> None:
    hierarchy = {who for who, person in demo.people.items() if person.role and person.role.is_hierarchy}
    for collective in demo.collectives:
        assert not hierarchy & set(collective.members)
        assert collective.pilot in collective.members
        assert demo.people[collective.pilot].role is Role.PILOT
        assert demo.people[collective.pilot].certification
        for who in collective.members:
            person = demo.people[who]
            assert person.setting
            assert person.commune
            assert person.degree
            assert person.territory == collective.territory


def test_one_inspector_is_elsewhere(demo: DemoData) -> None:
    inspectors = [person for person in demo.people.values() if person.role is Role.INSPECTOR]
    assert Counter(person.territory for person in inspectors) == {"99": 2, "98": 1}


def test_everybody_read_the_charter_before_the_first_meeting_but_one_who_joined_late(demo: DemoData) -> None:
    waiting = []
    for collective in demo.collectives:
        first = collective.meetings[0].starts_at(demo.tz)
        for who in collective.members:
            charter_at = demo.people[who].charter_at
            waiting += [] if charter_at else [who]
            assert charter_at is None or charter_at < first
    assert waiting == ["lucas.pellerin"]
    assert demo.people["lucas.pellerin"].joined_on == date(2027, 1, 11)


def test_five_meetings_on_wednesdays_in_order_outside_the_holidays(demo: DemoData) -> None:
    for collective in demo.collectives:
        days = [meeting.held_on for meeting in collective.meetings]
        assert len(days) == 5
        assert days == sorted(set(days))
        for meeting in collective.meetings:
            for day in (meeting.held_on, *meeting.also_possible):
                assert day.weekday() == 2
                assert season_of(day) == demo.season
                assert not any(first <= day <= last for first, last in HOLIDAYS_ZONE_A)
                assert warnings_for(day, meeting.number) == []
            assert meeting.ends_at(demo.tz) - meeting.starts_at(demo.tz) == timedelta(hours=2)
            assert meeting.place
            assert meeting.access_note
        for proposed in collective.asked.dates if collective.asked else ():
            assert proposed.day.weekday() == 2
            assert not any(first <= proposed.day <= last for first, last in HOLIDAYS_ZONE_A)


def test_les_tilleuls_meets_in_ten_minutes_with_two_situations_waiting(demo: DemoData) -> None:
    assert demo.now == datetime(2027, 1, 13, 12, 50, tzinfo=UTC)
    meeting = demo.collectives[0].meetings[2]
    assert meeting.starts_at(demo.tz) - demo.now == timedelta(minutes=10)
    titles = [demo.situations[waiting.situation].title for waiting in meeting.waiting]
    assert titles == ["Elle pleure à chaque entretien", "Mes élèves ou ma stagiaire ?"]
    assert demo.situations[meeting.spare].title == "J’interviens ou je laisse faire ?"
    assert len(demo.situations[meeting.spare].peer_questions) == 6
    assert meeting.exceptions == {"thomas.keller": "excused"}


def test_past_meetings_have_real_minutes_and_their_situation_others_nothing(demo: DemoData) -> None:
    for collective, meeting in demo.meetings():
        past = meeting.ends_at(demo.tz) < demo.now
        has_none = meeting.sheet is not None and meeting.sheet.status is SheetStatus.GIVEN_UP
        assert meeting.is_past == past == bool(meeting.spent_from) == bool(meeting.situation or has_none)
        if past:
            assert len(meeting.minutes) == (10 if meeting.number == 1 else 11)
            assert 110 <= sum(meeting.minutes) <= 130
            assert meeting.step_instants(demo.tz)[-1] <= meeting.ends_at(demo.tz) + timedelta(minutes=15)
            assert meeting.sheet is not None
        roster = demo.roster(collective, meeting)
        assert set(roster.values()) <= ATTENDANCE
        assert set(meeting.exceptions) <= set(roster)
        assert meeting.exceptions.get(collective.pilot, "present") == "present"


def test_whoever_presents_was_there_and_belongs_to_the_collective(demo: DemoData) -> None:
    for collective, meeting in demo.meetings():
        names = [meeting.situation] if meeting.situation else []
        names += [waiting.situation for waiting in meeting.waiting]
        for situation in (demo.situations[name] for name in names):
            assert not situation.author or situation.author in collective.members
            assert demo.roster(collective, meeting).get(situation.author, "present") in ("present", "late")
        for waiting in meeting.waiting:
            assert waiting.sent_at < min(demo.now, meeting.starts_at(demo.tz))


def test_ten_situations_with_their_sheet_and_one_that_waits_each_in_one_place(demo: DemoData) -> None:
    assert [situation.id for situation in demo.situations.values() if situation.sheet is None] == [
        "mes-eleves-ou-ma-stagiaire"
    ]
    assert len(demo.situations) == 11
    used = [m.situation for _, m in demo.meetings() if m.situation]
    used += [waiting.situation for _, m in demo.meetings() for waiting in m.waiting]
    assert sorted(used) == sorted(demo.situations)


def test_the_spare_situations_are_not_the_secrets_of_its_members(demo: DemoData) -> None:
    spare = {text for each in bank().values() for text in (each.title, each.sentence, each.story, each.question)}
    for told in demo.situations.values():
        if told.author:
            assert not spare & {told.title, told.sentence, told.story, told.question}
        else:
            assert told.title == next(iter(bank().values())).title  # worked as the spare one, it belongs to nobody


def test_each_text_is_whole(demo: DemoData) -> None:
    for situation in demo.situations.values():
        assert situation.question.endswith("?")
        assert situation.sentence.endswith(".")
        assert len(situation.sentence) <= 160
        if situation.sheet is None:
            continue
        assert len(situation.resonances) == 3
        assert len(situation.peer_questions) in (5, 6)
        assert situation.sheet.question.startswith("Comment ")
        assert situation.sheet.question.endswith("?")
        assert len(situation.sheet.answers) in (5, 6)
        kinds = {answer.kind for answer in situation.sheet.answers}
        assert kinds == {AnswerKind.TRIED, AnswerKind.CONSIDERED}
        marks = {mark.answer for mark in situation.follow_up_marks}
        assert marks <= set(range(1, len(situation.sheet.answers) + 1))
        assert {mark.state for mark in situation.follow_up_marks} <= {"tried", "adapted", "left_aside"}


def test_counts_of_the_texts(demo: DemoData) -> None:
    contents = [situation.sheet for situation in demo.situations.values() if situation.sheet]
    kinds = Counter(answer.kind for content in contents for answer in content.answers)
    assert kinds == {AnswerKind.TRIED: 35, AnswerKind.CONSIDERED: 18}
    degrees = Counter(situation.degree for situation in demo.situations.values())
    assert degrees == {Degree.FIRST: 3, Degree.SECOND: 8}


def test_no_name_in_a_sheet_nor_in_any_confidential_text(demo: DemoData) -> None:
    people = [(person.given_name, person.family_name) for person in demo.people.values()]
    addresses = [person.address for person in demo.people.values()]
    places = [collective.name for collective in demo.collectives]
    for situation in demo.situations.values():
        sheet = situation.sheet.to_json() if situation.sheet else ""
        text = words_of(situation) + "\n" + sheet
        assert names_found(text, people, addresses) == []
        assert not any(place in text for place in places)
    for _, _, sheet in demo.sheets():
        said = [remark.text + remark.answer for remark in sheet.remarks]
        said += [objection.sentence for objection in sheet.objections]
        assert names_found("\n".join(said), people, addresses) == []


def test_a_wrong_name_or_key_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read = loader._read

    def with_stranger(name: str) -> dict[str, object]:
        table = read(name)
        if name == "collectives.toml":
            table["collective"][0]["members"].append("personne.inconnue")
        return table

    monkeypatch.setattr(loader, "_read", with_stranger)
    with pytest.raises(DemoDataError, match=r"personne\.inconnue"):
        load()


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(DemoDataError, match="colour"):
        loader._person({"role": "member", "colour": "blue"})
