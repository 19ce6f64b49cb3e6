"""Giving communes their codes: by themselves where one is meant, by an answer where several may be."""

from collections.abc import Mapping

from collectifs.composition.queries.finding import may_be_meant
from collectifs.kernel.audit import record
from collectifs.kernel.extensions import db
from collectifs.kernel.text.folding import commune_key
from collectifs.meetings.queries.communes import doubtful_on, unmatched
from collectifs.people.domain.person import Person
from collectifs.people.models import Territory


def match_communes() -> int:
    """The code of every name that means one commune; returns how many were found. Done twice, nothing more.

    Where the list of communes was not made, nothing is found, and nothing fails.
    """
    found = 0
    for each in unmatched():
        codes = may_be_meant(each.name, each.department)
        if len(codes) == 1:
            setattr(each.row, each.column, codes[0])
            found += 1
    db.session.flush()
    return found


def settle_communes(territory: Territory, chosen: Mapping[str, str], *, by: Person) -> int:
    """What a manager says of doubtful names ({name: code}); returns how many rows follow."""
    wanted, settled = {commune_key(name): code for name, code in chosen.items()}, 0
    for each, codes in doubtful_on(territory.id):
        code = wanted.get(commune_key(each.name), "")
        if code in codes:
            setattr(each.row, each.column, code)
            settled += 1
    db.session.flush()
    record("communes_settled", territory, by=by)
    return settled
