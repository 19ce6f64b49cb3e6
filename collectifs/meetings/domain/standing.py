"""What somebody is in a meeting at one instant, and what that lets them do: the one wording of who runs and who joins.

A page finds these facts in the whole collective that it loads, the road of the room in one statement
(live/queries/door.py); the rule is this one for both.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The facts about one person. `has_accepted`: a present member, whose yes to the charter counts today.

    `stands_in`: named to run this meeting in the pilot's place. `is_secretary`: named to take its notes.
    """

    pilots: bool
    has_accepted: bool
    stands_in: bool
    is_secretary: bool
    is_cancelled: bool

    @property
    def runs(self) -> bool:
        """Runs the meeting: the pilot, or who stands in for them here, the charter accepted. Nobody, once cancelled."""
        return (self.pilots or self.stands_in) and self.has_accepted and not self.is_cancelled

    @property
    def joins(self) -> bool:
        """Opens its screen and writes its notes: who runs it, and the member named as its secretary."""
        return self.runs or (self.is_secretary and self.has_accepted and not self.is_cancelled)
