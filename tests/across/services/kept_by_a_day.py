"""What a day of workshops keeps of people, for test_retention.py."""

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.models import PageObjection, Registration, SlotChoice, Workshop
from collectifs.network.queries.pages import workshop_for_token
from collectifs.network.services.pages import mint_host_link
from tests import eventing
from tests.across.services.lasting import SEASON_OVER, Case, any_row
from tests.circle import Circle


def registrations(circle: Circle, moment) -> Case:
    day = eventing.Day(circle.territory)
    day.comes()
    return (lambda: any_row(Registration) or any_row(SlotChoice)), SEASON_OVER


def hosts(circle: Circle, moment) -> Case:
    day = eventing.Day(circle.territory)
    day.first.host, day.first.host_address = "Maëlle Aubry", "maelle@academie.example"
    token = mint_host_link(day.first, now=clock.now())

    def is_there() -> bool:
        row = db.session.get_one(Workshop, day.first.id)
        return bool(row.host or row.host_address or workshop_for_token(token))

    return is_there, SEASON_OVER


def workshop_pages(circle: Circle, moment) -> Case:
    page = eventing.page(eventing.Day(circle.territory).first)
    eventing.objection(page, "Pas ainsi.")
    return (lambda: page.body != b"" or any_row(PageObjection)), SEASON_OVER


DAY = (registrations, hosts, workshop_pages)
