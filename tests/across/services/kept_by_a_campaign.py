"""What a campaign keeps of people, for test_retention.py."""

from datetime import date

from collectifs.across.queries.perished import needed_keys
from collectifs.campaign.domain.drafting import Hand
from collectifs.campaign.models import calls
from collectifs.campaign.models.calls import Candidacy, Wish
from collectifs.campaign.models.drafts import Draft, DraftMove, DraftPlace
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from tests import factories
from tests.across.services.lasting import SEASON_OVER, Case, any_row, on
from tests.circle import Circle


def a_candidacy(circle: Circle) -> Candidacy:
    return factories.candidacy(factories.call(circle.territory))


def candidacies(circle: Circle, moment) -> Case:
    a_candidacy(circle)
    return (lambda: any_row(Candidacy)), SEASON_OVER


def wishes(circle: Circle, moment) -> Case:
    factories.wish(a_candidacy(circle), "quelqu-un@academie.example")
    key_id = db.session.query(Wish).one().key_id
    return (lambda: any_row(Wish) and key_id in needed_keys()), SEASON_OVER


def compositions(circle: Circle, moment) -> Case:
    who = a_candidacy(circle)
    draft = factories.draft(who.call_id, {"A": [who]})
    factories.add(
        DraftMove(
            draft_id=draft.id,
            sequence=1,
            hand=Hand.PIN,
            candidacy_id=who.id,
            from_code="A",
            to_code="A",
            moved_at=clock.now(),
        )
    )
    return (lambda: any_row(Draft) or any_row(DraftPlace) or any_row(DraftMove)), SEASON_OVER


def voices(circle: Circle, moment) -> Case:
    factories.testimonial(factories.call(circle.territory), shown_until=date(2027, 6, 30))
    return (lambda: any_row(calls.Testimonial)), on(2027, 7, 1)


def openings(circle: Circle, moment) -> Case:
    call = factories.call(circle.territory, opens_on=date(2027, 6, 1), closes_on=date(2027, 6, 30))
    factories.add(
        OpeningNotice(
            call_id=call.id, address="jeanne@academie.example", asked_at=clock.now(), confirmed_at=clock.now()
        )
    )
    call.paused_at = clock.now()
    return (lambda: any_row(OpeningNotice)), on(2027, 7, 1)


CAMPAIGN = (candidacies, wishes, voices, compositions, openings)
