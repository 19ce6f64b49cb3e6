"""Mails about who pilots, as they are read: who, from when, where; nothing of what is said; true when they leave."""

from datetime import timedelta
from email.header import decode_header, make_header
from email.message import Message

import pytest

from collectifs.collectives.domain.work import MailPilotshipEnded, MailPilotshipNamed, MailPilotshipTold
from collectifs.collectives.models import Pilotship
from collectifs.collectives.queries.pilots import chosen_pilot, get_meeting_piloting, get_piloting
from collectifs.collectives.queries.pilotships import get_pilotship
from collectifs.collectives.services.pilots import end_pilotship, hand_over, name_co_pilot, name_deputy
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.people.domain.person import Role
from collectifs.people.domain.work import MailRoleRevoked
from collectifs.people.mails import letters
from collectifs.people.models import GrantedRole
from collectifs.people.queries.people import link_for_token
from tests import factories
from tests.asked import asked
from tests.pages import plain

KINDS = (MailPilotshipNamed, MailPilotshipTold, MailPilotshipEnded, MailRoleRevoked)


@pytest.fixture
def sent(app, monkeypatch) -> list[Message]:
    kept: list[Message] = []
    monkeypatch.setattr(letters, "deliver", kept.append)
    return kept


class Circle:
    def __init__(self) -> None:
        self.place = factories.territory("Val-de-Brume")
        self.helene, self.maud = factories.user("Hélène", "Marchadier"), factories.user("Maud", "Le Bihan")
        self.odile = factories.user("Odile", "Ferrand")
        made = factories.collective(self.place, pilot=self.helene, members=[self.maud, self.odile], name="Les Tilleuls")
        self.meeting = factories.meeting(made)
        self.id, self.by = made.id, factories.person(self.helene)

    def choose(self, line: str):
        return chosen_pilot(get_piloting(self.id), None, line)


@pytest.fixture
def circle(app) -> Circle:
    return Circle()


def run_mails(sent: list[Message]) -> dict[str, tuple[str, str]]:
    """Send what waits; subject and text by the given name of whoever receives it."""
    mails = [mail for kind in KINDS for mail in asked(kind)]
    db.session.commit()
    del sent[:]
    for mail in mails:
        do(mail)
    found = {}
    for message in sent:
        parts = {
            part.get_content_subtype(): part.get_payload(decode=True).decode()
            for part in message.walk()
            if part.get_payload(decode=True)
        }
        subject = plain(str(make_header(decode_header(str(message["Subject"])))))
        text = plain(parts["plain"])
        found[text.split(",")[0].removeprefix("Bonjour ")] = (subject, text)
        assert "<p>" in parts["html"]
    return found


def test_a_deputy_from_outside_gets_one_mail_with_the_way_in_and_the_members_know_where(circle, sent):
    to = circle.choose("Basile NOUR <basile@a.example>")
    name_deputy(get_meeting_piloting(circle.meeting.id), to=to, now=clock.now(), by=circle.by)
    mails = run_mails(sent)
    assert set(mails) == {"Basile", "Maud", "Odile"}
    subject, text = mails["Basile"]
    assert subject == "Les Tilleuls, regroupement 1 du 13 janvier : vous l’animez"
    assert "Lieu : École des Tilleuls, salle des maîtres" in text
    assert "La charte du collectif se lit et s’accepte d’abord." in text
    token = text.split("/lien/")[1].split(" ")[0]
    assert link_for_token(token).collective_id == circle.id
    assert "Vous ne le pouvez pas ? Dites-le ici : http" in text
    _, told = mails["Odile"]
    assert "Basile Nour l’anime, à la place de votre pilote" in told
    assert "Quand : mercredi 13 janvier 2027, de 14 h à 16 h" in told
    assert "Les situations envoyées pour ce regroupement lui sont lisibles. Vous pouvez retirer la vôtre" in told
    assert "Cette personne rejoint pour cela le collectif" in told


def test_a_relay_says_from_which_day_and_whom_to_write_to(circle, sent):
    day = clock.now().date() + timedelta(days=7)
    to = chosen_pilot(get_piloting(circle.id), circle.maud.id, "")
    hand_over(get_piloting(circle.id), of=circle.helene.id, to=to, on=day, now=clock.now(), by=circle.by)
    mails = run_mails(sent)
    assert mails["Maud"][0] == "Les Tilleuls : vous pilotez, à partir du 20 janvier 2027"
    assert "/lien/" not in mails["Maud"][1]
    assert "Maud Le Bihan pilote le collectif Les Tilleuls, à partir du 20 janvier 2027" in mails["Odile"][1]
    assert "Helene" not in mails
    assert "lui sont lisibles, à partir du 20 janvier 2027" in mails["Odile"][1]


def test_a_mail_that_waited_until_it_was_untrue_does_not_leave(circle, sent):
    to = chosen_pilot(get_piloting(circle.id), circle.maud.id, "")
    row = name_co_pilot(get_piloting(circle.id), to=to, now=clock.now(), by=circle.by)
    end_pilotship(get_pilotship(row.id), now=clock.now(), by=circle.by)
    mails = run_mails(sent)
    assert mails["Odile"][0] == "Les Tilleuls : qui pilote maintenant"
    assert "Pilote : Hélène Marchadier" in mails["Odile"][1]
    assert mails["Maud"][0] == "Les Tilleuls : vous ne pilotez plus ce collectif"
    assert len(sent) == 2


def test_a_role_taken_back_is_told_unless_it_was_given_again(circle, sent):
    granted = factories.grant(circle.maud, Role.PILOT, circle.place)
    granted.revoked_at = clock.now()
    mail = MailRoleRevoked(circle.maud.id, Role.PILOT, circle.place.id)
    db.session.commit()
    do(mail)
    assert len(sent) == 1
    assert db.session.query(GrantedRole).count() == 1
    factories.grant(circle.maud, Role.PILOT, circle.place)
    db.session.commit()
    do(mail)
    assert len(sent) == 1


def test_nobody_hears_why(circle, sent):
    row = db.session.query(Pilotship).one()
    to = chosen_pilot(get_piloting(circle.id), circle.maud.id, "")
    sylvie = factories.user("Sylvie", "Montagnac")
    factories.grant(sylvie, Role.MANAGER, circle.place)
    today, by = clock.now().date(), factories.person(sylvie)
    hand_over(get_piloting(circle.id), of=row.user_id, to=to, on=today, now=clock.now(), by=by)
    mails = run_mails(sent)
    assert "ou du service de formation" in mails["Hélène"][1]
    assert all("malad" not in text and "Sylvie" not in text for _, text in mails.values())
