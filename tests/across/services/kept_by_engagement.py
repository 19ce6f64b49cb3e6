"""What an attestation of engagement keeps, for test_retention.py."""

from collectifs.engagement.models import ChosenLine, Engagement
from collectifs.kernel import clock
from tests import factories
from tests.across.services.lasting import FIVE_AFTER, Case, any_row
from tests.circle import Circle


def engagements(circle: Circle, moment) -> Case:
    row = Engagement(user_id=circle.maud.id, season=2026, code="k7mq2rpd9xvt", made_at=clock.now())
    factories.add(ChosenLine(engagement_id=factories.add(row).id, key="meeting:x", kind="meeting"))
    return (lambda: any_row(Engagement) or any_row(ChosenLine)), FIVE_AFTER


ENGAGEMENT = (engagements,)
