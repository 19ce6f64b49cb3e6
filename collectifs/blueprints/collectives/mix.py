"""The mix of a collective as its pilot and its manager read it; the members are never shown it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from collectifs.collectives.domain.composition import MixLine, mix_in_words, mix_remarks
from collectifs.collectives.queries.facts import statuses_chosen
from collectifs.people.domain.appointing import accompanied_in_words
from collectifs.people.domain.person import Degree


def mix_said(collective_id: UUID, people: Sequence[MixLine], degree: Degree | None) -> dict[str, Any]:
    """In words, whom they accompany, and what is worth a look: {words, accompanied, remarks}."""
    return {
        "words": mix_in_words(people),
        "accompanied": accompanied_in_words(statuses_chosen(collective_id)),
        "remarks": mix_remarks(people, expects_both=degree is None),
    }
