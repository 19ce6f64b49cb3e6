"""The mix of a collective as its pilot and its manager read it; the members are never shown it."""

from typing import Any
from uuid import UUID

from collectifs.collectives.domain.composition import mix_in_words, mix_remarks
from collectifs.collectives.queries.collectives import degree_of
from collectifs.collectives.queries.facts import mix_lines, statuses_chosen
from collectifs.people.domain.appointing import accompanied_in_words


def mix_said(collective_id: UUID) -> dict[str, Any]:
    """In words, whom they accompany, and what is worth a look: {words, accompanied, remarks}."""
    people = mix_lines(collective_id)
    return {
        "words": mix_in_words(people),
        "accompanied": accompanied_in_words(statuses_chosen(collective_id)),
        "remarks": mix_remarks(people, expects_both=degree_of(collective_id) is None),
    }
