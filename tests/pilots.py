"""Les Tilleuls as those see it who pilot it, together or in turn: what they do is named after what they would say."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import get_collective
from collectifs.collectives.queries.pilots import chosen_pilot, get_meeting_piloting, get_piloting
from collectifs.collectives.queries.pilotships import get_pilotship
from collectifs.collectives.services.pilots import end_pilotship, hand_over, name_co_pilot, name_deputy
from collectifs.kernel import clock
from collectifs.meetings.permissions import can_run_meeting
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.people.models import User
from tests import factories


@dataclass
class Circle:
    """Les Tilleuls: Hélène pilots, Maud and Odile are members, Sylvie manages, one meeting begins in ten minutes."""

    place: Any
    helene: User
    maud: User
    odile: User
    sylvie: User
    collective: Collective
    meeting: Meeting

    @property
    def here(self):
        return get_piloting(self.collective.id)

    @property
    def access(self):
        return get_collective(self.collective.id)

    def choose(self, who: User | str):
        if isinstance(who, User):
            return chosen_pilot(self.here, who.id, "")
        return chosen_pilot(self.here, None, who)

    def pilots(self, who: User) -> bool:
        return can_pilot(factories.person(who), self.access)

    def runs(self, who: User, meeting: Meeting | None = None) -> bool:
        return can_run_meeting(factories.person(who), get_meeting((meeting or self.meeting).id))

    def stand_in(self, who: User | str, by: User | None = None, meeting: Meeting | None = None) -> Pilotship:
        found = get_meeting_piloting((meeting or self.meeting).id)
        return name_deputy(found, to=self.choose(who), now=clock.now(), by=factories.person(by or self.helene))

    def pass_on(self, who: User | str, days: int = 0, by: User | None = None, of: User | None = None) -> Pilotship:
        day = clock.now().date() + timedelta(days=days)
        whom, person = (of or self.helene).id, factories.person(by or self.helene)
        return hand_over(self.here, of=whom, to=self.choose(who), on=day, now=clock.now(), by=person)

    def add_pilot(self, who: User | str, by: User | None = None) -> Pilotship:
        person = factories.person(by or self.helene)
        return name_co_pilot(self.here, to=self.choose(who), now=clock.now(), by=person)

    def end(self, row: Pilotship, by: User | None = None) -> None:
        end_pilotship(get_pilotship(row.id), now=clock.now(), by=factories.person(by or self.helene))
