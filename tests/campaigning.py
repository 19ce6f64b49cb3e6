"""A call whose candidates were retained, and drafts that the worker has composed of them."""

from typing import Any
from uuid import UUID

import pytest

from collectifs.campaign.domain.candidacy import CandidacyState, WouldPilot
from collectifs.campaign.domain.work import ComposeDraft
from collectifs.campaign.jobs import composing
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.models.drafts import Draft
from collectifs.campaign.queries.drafts import (
    CallFacts,
    OpenedDraft,
    draft_row,
    get_call_to_compose,
    get_draft,
    open_draft,
)
from collectifs.campaign.services.drafting import ask_draft
from collectifs.composition.domain.aims import MIXED_FIRST
from collectifs.composition.domain.annealing import SLICES
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.people.domain.person import Degree, Person, Role
from collectifs.people.queries.people import person_from
from tests import factories

TOWNS = ("47157", "47310", "47001", "47323", "47195", "47052")  # Marmande, Tonneins, Agen, Villeneuve, Nérac…


class Campaign:
    """A manager, a call, so many retained candidates of six towns: mixed, and three in eight would pilot."""

    def __init__(self, number: int = 24, **values: Any) -> None:
        self.made = 0
        self.territory = factories.territory("Lot-et-Garonne")
        self.manager = factories.user("Nadia", "Perrin")
        self.other = factories.user("Michel", "Sorbier")
        for each in (self.manager, self.other):
            factories.grant(each, Role.MANAGER, self.territory)
        self.call: Call = factories.call(self.territory)
        self.people = [self.candidate(each, **values) for each in range(number)]
        db.session.commit()

    def candidate(self, number: int, **values: Any) -> Candidacy:
        """One more."""
        self.made += 1
        usual = {
            "id": UUID(int=self.made),  # the same draft at each run
            "state": CandidacyState.RETAINED,
            "work_insee": TOWNS[number % len(TOWNS)],
            "degree": (Degree.FIRST, Degree.SECOND)[number // 2 % 2],
            "tutoring_years": (0, 4)[number // 3 % 2],
            "would_pilot": WouldPilot.YES if number % 8 in (0, 3, 5) else WouldPilot.NO,
        }
        return factories.candidacy(self.call, f"Prénom{number}", **(usual | values))

    @property
    def by(self) -> Person:
        """The manager, signed in."""
        return person_from(self.manager, clock.now().date())

    @property
    def by_other(self) -> Person:
        """Another one of the same service."""
        return person_from(self.other, clock.now().date())

    @property
    def facts(self) -> CallFacts:
        """The call as the page receives it."""
        found = get_call_to_compose(self.call.id)
        assert found is not None
        return found

    def composed(self, **asked: Any) -> OpenedDraft:
        """A draft that the worker has composed, in few moves and in one job: what the next one goes on from, and that
        the draft is the same, tests/campaign/jobs looks at."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(composing, "SLICES_A_JOB", SLICES)
            return self.opened(self.run(self.asked(**asked)))

    def asked(self, **asked: Any) -> Draft:
        """A draft that waits for the worker."""
        row = ask_draft(self.facts, asked.pop("aims", MIXED_FIRST), now=clock.now(), by=self.by, **asked)
        row.moves = 4_000
        db.session.commit()
        return row

    def run(self, row: Draft, jobs: int = 50) -> Draft:
        """What the worker does, a job after the other."""
        for _ in range(jobs):
            if row.state.value == "composing":
                do(ComposeDraft(row.id))
                db.session.commit()
        found = draft_row(row.id)
        assert found is not None
        return found

    def opened(self, row: Draft) -> OpenedDraft:
        """As the page shows it now."""
        db.session.flush()
        db.session.expire_all()
        facts = get_draft(row.id)
        assert facts is not None
        return open_draft(facts)
