"""Two former members of the demonstration, of a collective of the season before, who said yes to something in June.

One said yes to a page of the book too, which is printed.
Nobody is real. Nothing is kept of the third, who said nothing.
"""

from datetime import datetime

from collectifs.collectives.domain.charter import VERSION
from collectifs.collectives.models import CharterConsent, Collective, Membership
from collectifs.demo.book import agreed_last_year
from collectifs.demo.rows import Stage, add, note
from collectifs.network.domain.after import AfterWish
from collectifs.network.models import FormerYes
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import User

WHERE, NAME, CODE = "99", "Les Saules", "S4"
PEOPLE = (
    ("Brigitte", "Lacombe", "ancienne tutrice, une page publiée, un rappel demandé", (AfterWish.REMIND,)),
    ("Gérard", "Masson", "ancien tuteur, parrainerait une personne qui débute", (AfterWish.SPONSOR, AfterWish.TESTIFY)),
)


def add_former(stage: Stage) -> None:
    """The collective of the season before, who was in it, what they said yes to for this one."""
    season = stage.data.season
    managers = [each for each in stage.data.people.values() if each.role is Role.MANAGER and each.territory == WHERE]
    manager = stage.people[managers[0].id]
    row = Collective(name=NAME, code=CODE, territory_id=stage.territories[WHERE].id, season=season - 1)
    row.degree, row.created_at, row.created_by_id = Degree.FIRST, _at(stage, season - 1, 10, 5), manager.id
    note("collective_created", add(row), by=manager, at=row.created_at)
    for given, family, sentence, wishes in PEOPLE:
        who = _somebody(stage, given, family, sentence)
        begun, ended = row.created_at, _at(stage, season, 8, 31)
        add(Membership(user_id=who.id, collective_id=row.id, starts_at=begun, ends_at=ended, degree=row.degree))
        add(CharterConsent(user_id=who.id, collective_id=row.id, version=VERSION, accepted_at=begun))
        yes = FormerYes(user_id=who.id, territory_id=row.territory_id, season=season)
        yes.wishes, yes.said_at = [each.value for each in wishes], _at(stage, season, 6, 15)
        yes.reminded_at = _at(stage, season, 9, 15) if AfterWish.REMIND in wishes else None
        note("former_yes_said", add(yes), by=who, at=yes.said_at)
        if AfterWish.REMIND in wishes:
            agreed_last_year(stage, who)


def _at(stage: Stage, year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=stage.data.tz)


def _somebody(stage: Stage, given: str, family: str, sentence: str) -> User:
    address = f"{given}.{family}@ecole-des-saules.example".lower().replace("é", "e")
    begun = _at(stage, stage.data.season, 9, 29)  # the page of the demonstration shows them last
    row = User(given_name=given, family_name=family, address=address, created_at=begun)
    row.is_demo, row.demo_circle, row.demo_line = True, "collective", sentence
    return add(row)
