"""A situation is sealed, read by its author and the pilot, changed until chosen, and its key destroyed on demand."""

import pytest

from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock, vault
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.models import Situation
from collectifs.meetings.queries.situations import (
    get_situation,
    open_situation,
    opened_among,
    situation_rows,
    situations_by,
    waiting_among,
    words_of,
)
from collectifs.meetings.services.situations import (
    SituationWords,
    choose_situation,
    edit_situation,
    propose_situation,
    withdraw_situation,
)
from tests import factories
from tests.asked import row_of

WORDS = SituationWords("Elle pleure", "Dès que je m’assois, elle pleure.", "Que faire des larmes ?", "Jeudi, elle…")

OTHER_WORDS = SituationWords("Il sait déjà", "Il a vingt ans de métier ailleurs.", "Qui accompagne qui ?")


@pytest.fixture
def author(app):
    return factories.user("Maud")


@pytest.fixture
def collective(author):
    return factories.collective(members=[author])


def propose(collective, author, words=WORDS, shows_title=False) -> Situation:
    access, by = get_collective(collective.id), factories.person(author)
    return propose_situation(access, words=words, shows_title=shows_title, now=clock.now(), by=by)


def test_what_is_written_is_read_again_word_for_word(collective, author):
    row = propose(collective, author, shows_title=True)
    opened = open_situation(row)
    assert SituationWords(opened.title, opened.sentence, opened.question, opened.story) == WORDS
    assert (opened.author_id, opened.shows_title, opened.chosen_for) == (author.id, True, None)


def test_sent_twice_by_a_hurried_thumb_it_is_one_and_the_same_words_another_day_are_another(collective, author, moment):
    row = propose(collective, author)
    assert propose(collective, author).id == row.id
    assert db.session.query(Situation).count() == 1
    moment.shift(3600)
    assert propose(collective, author).id != row.id


def test_no_word_stands_in_the_table(collective, author):
    row = propose(collective, author)
    sealed = (row.title, row.sentence, row.question, row.story, row.chosen)
    assert not any(word.encode() in column for column in sealed for word in ("pleure", "larmes", "Jeudi"))


def test_each_situation_perishes_alone(collective, author):
    one, other = propose(collective, author), propose(collective, author, OTHER_WORDS)
    assert one.key_id != other.key_id
    vault.destroy_key(one.key_id)
    assert words_of(one) is None
    assert [each.id for each in opened_among(situation_rows(collective.id))] == [other.id]


def test_its_author_writes_it_again(collective, author):
    row = propose(collective, author)
    again = SituationWords("Autre titre", "Autre phrase.", "Autre question ?")
    edit_situation(row, words=again, shows_title=True, by=factories.person(author))
    opened = open_situation(row)
    assert SituationWords(opened.title, opened.sentence, opened.question, opened.story) == again
    assert opened.shows_title is True


def test_once_chosen_it_does_not_change_and_no_plain_column_says_so(collective, author):
    meeting = factories.meeting(collective)
    row = propose(collective, author)
    length = len(propose(collective, author).chosen)
    choose_situation(meeting, row.id)
    with pytest.raises(RuleBroken, match="ne se modifie plus"):
        edit_situation(row, words=SituationWords("a", "b", "c"), shows_title=False, by=factories.person(author))
    assert open_situation(row).title == WORDS.title
    assert open_situation(row).chosen_for == meeting.id
    assert len(row.chosen) == length
    assert db.session.query(AuditEvent).filter(AuditEvent.kind.like("%chosen%")).count() == 0


def test_what_an_earlier_meeting_chose_waits_no_more(collective, author):
    first, second = factories.meeting(collective, number=1), factories.meeting(collective, number=2)
    chosen, waiting = propose(collective, author), propose(collective, author, OTHER_WORDS)
    choose_situation(first, chosen.id)
    assert [each.id for each in waiting_among(situation_rows(collective.id), second.id)] == [waiting.id]
    assert {each.id for each in waiting_among(situation_rows(collective.id), first.id)} == {chosen.id, waiting.id}
    assert len(situations_by(author.id, collective.id)) == 2


def test_another_choice_frees_the_first_one(collective, author):
    meeting = factories.meeting(collective)
    one, other = propose(collective, author), propose(collective, author, OTHER_WORDS)
    choose_situation(meeting, one.id)
    choose_situation(meeting, other.id)
    assert [open_situation(each).chosen_for for each in (one, other)] == [None, meeting.id]
    choose_situation(meeting, None)
    assert open_situation(other).chosen_for is None


def test_a_situation_of_another_collective_is_not_chosen(collective, author):
    elsewhere = factories.collective(members=[author])
    row = propose(elsewhere, author)
    choose_situation(factories.meeting(collective), row.id)
    assert open_situation(row).chosen_for is None


def test_withdrawn_it_is_gone_at_once_and_its_key_soon(collective, author):
    row = propose(collective, author)
    withdraw_situation(row, now=clock.now(), by=factories.person(author))
    assert get_situation(row.id) is None
    assert opened_among(situation_rows(collective.id)) == []
    job = row_of(DestroyKey(row.key_id))
    assert row.key_id in vault.key_ids()
    db.session.commit()
    assert run_job(job.id) is True
    assert row.key_id not in vault.key_ids()
    assert words_of(row) is None


def test_proposing_and_withdrawing_are_written_down_with_ids_only(collective, author):
    row = propose(collective, author)
    withdraw_situation(row, now=clock.now(), by=factories.person(author))
    kinds = [event.kind for event in db.session.query(AuditEvent).filter_by(object_id=row.id).order_by(AuditEvent.kind)]
    assert kinds == ["situation_proposed", "situation_withdrawn"]
