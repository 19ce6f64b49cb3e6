"""A manager launches a collective from one that works: one act takes over its canvas and the pattern of its dates."""

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from collectifs.collectives.domain.composition import check_name_is_free, new_code
from collectifs.collectives.domain.piloting import local_day
from collectifs.collectives.models import Collective
from collectifs.collectives.queries.collectives import codes_taken, names_taken
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.kernel.text.typed import one_line
from collectifs.meetings.domain.pattern import pattern
from collectifs.network.queries.launching import CollectiveSource
from collectifs.people.domain.person import Person, Role


def launch_collective(source: CollectiveSource, name: str, *, now: datetime, by: Person) -> Collective:
    """Its degree, its canvas as the library has it, its days brought to this season; no person, no word, no place."""
    former, territory = source.collective, source.territory
    if not by.has(Role.MANAGER, territory.id):
        raise RuleBroken("Ce territoire n’est pas le vôtre.", "source")
    today, name = local_day(now, ZoneInfo(territory.timezone)), one_line(name)
    season = season_of(today)
    check_name_is_free(name, names_taken(territory.id, season))
    row = Collective(name=name, territory_id=territory.id, season=season, created_at=now, created_by_id=by.id)
    row.code = new_code(codes_taken(territory.id, season), secrets.choice)
    row.degree, row.canvas_id = former.degree, former.canvas_id
    row.proposed_days = [each.to_json() for each in pattern(source.meetings, season, today)]
    db.session.add(row)
    db.session.flush()
    record("collective_launched", row, by=by)
    return row
