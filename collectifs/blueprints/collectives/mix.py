"""The mix of a collective as its pilot and its manager read it; the members are never shown it."""

from typing import Any
from uuid import UUID

from collectifs.domain.mix import mix_in_words, mix_remarks
from collectifs.people.domain.appointing import accompanied_in_words
from collectifs.queries.facts import mix_lines, statuses_chosen
from collectifs.queries.overview import degree_of


def mix_said(collective_id: UUID) -> dict[str, Any]:
    """In words, whom they accompany, and what is worth a look: {words, accompanied, remarks}."""
    people = mix_lines(collective_id)
    return {
        "words": mix_in_words(people),
        "accompanied": accompanied_in_words(statuses_chosen(collective_id)),
        "remarks": mix_remarks(people, expects_both=degree_of(collective_id) is None),
    }
