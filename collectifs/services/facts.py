"""A member tells, if they wish, what makes the mix of the collective, and what travel costs ask for."""

from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.models import Membership, MembershipStatus
from collectifs.people.domain.person import Person
from collectifs.people.domain.uai import check_uai
from collectifs.people.queries.contacts import statuses_offered
from collectifs.queries.collectives import CollectiveAccess, open_membership
from collectifs.queries.facts import FactsTold, facts_told, status_choices

COLUMNS = ("degree", "tutoring_years", "setting", "school", "uai", "work_commune", "home_commune")


def tell_facts(access: CollectiveAccess, told: FactsTold, *, by: Person) -> None:
    """Keep what a member tells of themselves here; what is left empty is forgotten."""
    membership = open_membership(by.id, access.collective.id)
    if membership is None:
        raise RuleBroken("Vous avez quitté ce collectif.")
    check_uai(told.uai)
    _check_offered(told, facts_told(by.id, access.collective.id))
    for column in COLUMNS:
        setattr(membership, column, getattr(told, column))
    _choose(membership, told)
    record("facts_told", membership, by=by)


def _check_offered(told: FactsTold, former: FactsTold) -> None:
    offered = {each.id for each in statuses_offered(former.status_ids)}
    if not told.status_ids <= offered:
        raise RuleBroken("Ce choix n’est pas dans la liste.", "statuses")


def _choose(membership: Membership, told: FactsTold) -> None:
    rows = {row.status_id: row for row in status_choices(membership.id)}
    for status_id in rows.keys() - told.status_ids:
        db.session.delete(rows[status_id])
    for status_id in sorted(told.status_ids - rows.keys()):
        db.session.add(MembershipStatus(membership_id=membership.id, status_id=status_id))
    db.session.flush()
