"""What a day of workshops keeps of people, for test_retention.py."""

from collectifs.kernel.extensions import db
from collectifs.network.models import Registration, SlotChoice, Workshop
from tests import eventing
from tests.across.services.lasting import SEASON_OVER, Case, any_row
from tests.circle import Circle


def registrations(circle: Circle, moment) -> Case:
    day = eventing.Day(circle.territory)
    day.comes()
    return (lambda: any_row(Registration) or any_row(SlotChoice)), SEASON_OVER


def hosts(circle: Circle, moment) -> Case:
    day = eventing.Day(circle.territory)
    day.first.host = "Maëlle Aubry"
    return (lambda: db.session.get_one(Workshop, day.first.id).host != ""), SEASON_OVER


DAY = (registrations, hosts)
