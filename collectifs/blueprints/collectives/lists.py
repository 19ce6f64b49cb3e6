"""Lists that leave for a spreadsheet, and the addresses that mail does not reach."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from collectifs.across.queries.summaries import CollectiveSummary, summaries_on
from collectifs.blueprints.collectives.area import bp
from collectifs.blueprints.collectives.forms import person_in
from collectifs.blueprints.collectives.management import management
from collectifs.collectives.permissions import can_list_members, can_manage
from collectifs.collectives.queries.collectives import CollectiveFacts, MemberFacts, get_collective_facts
from collectifs.collectives.queries.rosters import Roster, get_roster, roster_of
from collectifs.collectives.services.invitations import correct_address
from collectifs.kernel import clock
from collectifs.kernel.documents.tables import csv_table, ods_table
from collectifs.kernel.seasons import season_of
from collectifs.kernel.text.typography import count, join_names
from collectifs.meetings.queries.meetings import has_met
from collectifs.people.domain.person import Role
from collectifs.people.permissions import can_manage_somewhere
from collectifs.web.access import access, me
from collectifs.web.addresses import ways_to
from collectifs.web.files import table_file
from collectifs.web.forms import BaseForm, address
from collectifs.web.perform import perform

MEMBERS_HEADER = ("Nom", "Prénom", "Courriel", "Rôle", "Degré", "Charte", "Courriel reçu")
COLLECTIVES_HEADER = (
    *("Territoire", "Collectif", "Code", "Saison", "Degré", "Pilote", "Membres"),
    *("Regroupements tenus", "Regroupements prévus", "Charte en attente"),
)


class ShownCollective(NamedTuple):
    """A line of the list, as the page writes it."""

    url: str
    name: str
    place: str
    code: str
    pilots: str
    members: int
    degree: str
    meetings: str
    waiting: str


class CorrectionForm(BaseForm):
    """Another address for somebody who never received anything."""

    user = HiddenField()
    address = address("La bonne adresse")

    def user_id(self) -> UUID:
        """The person. Refused for what is no person."""
        return person_in(self.user)


@bp.get("/collectifs/<uuid:collective_id>/membres.csv")
@access(can_list_members, collective=roster_of)
def members_csv(collective: Roster) -> ResponseReturnValue:
    """The present members, for a spreadsheet."""
    return table_file(csv_table(MEMBERS_HEADER, _members(collective)), f"membres-{collective.facts.code}", "csv")


@bp.get("/collectifs/<uuid:collective_id>/membres.ods")
@access(can_list_members, collective=roster_of)
def members_ods(collective: Roster) -> ResponseReturnValue:
    """The present members, as a spreadsheet."""
    table = ods_table(f"Membres {collective.facts.code}", MEMBERS_HEADER, _members(collective))
    return table_file(table, f"membres-{collective.facts.code}", "ods")


@bp.get("/collectifs.csv")
@access(can_manage_somewhere)
def index_csv() -> ResponseReturnValue:
    """The collectives of one's territories, for a spreadsheet."""
    return table_file(csv_table(COLLECTIVES_HEADER, _collectives()), "collectifs", "csv")


@bp.get("/collectifs.ods")
@access(can_manage_somewhere)
def index_ods() -> ResponseReturnValue:
    """The collectives of one's territories, as a spreadsheet."""
    return table_file(ods_table("Collectifs", COLLECTIVES_HEADER, _collectives()), "collectifs", "ods")


@bp.post("/collectifs/<uuid:collective_id>/corriger-une-adresse")
@access(can_manage, collective=get_collective_facts)
def correct(collective: CollectiveFacts) -> ResponseReturnValue:
    """The address of somebody who never came in was mistyped: another one, and the invitation leaves again."""
    form, now = CorrectionForm(), clock.now()
    is_met = has_met(collective.id, now)
    return perform(
        form,
        lambda: correct_address(
            collective, form.user_id(), address=form.address.data, has_met=is_met, now=now, by=me()
        ),
        then=url_for(".manage", collective_id=collective.id),
        page="collectives/manage.html",
        said="L’adresse est corrigée, l’invitation part à l’instant.",
        **management(get_roster(collective)),
    )


def shown_collectives(summaries: Iterable[CollectiveSummary]) -> list[ShownCollective]:
    """The lines of the page."""
    manage = ways_to("collectives.manage", "collective_id")
    return [_shown(each, manage(each.line.facts.id)) for each in summaries]


def _shown(each: CollectiveSummary, url: str) -> ShownCollective:
    line, meetings = each.line, each.meetings
    return ShownCollective(
        url,
        line.facts.name,
        line.facts.territory_name,
        line.facts.code,
        join_names(line.pilots),
        line.members,
        line.degree.label if line.degree else "",
        f"{count(meetings.held, 'tenu')}, {count(meetings.planned, 'prévu')}",
        f"attend {join_names(line.waiting)}" if line.waiting else "",
    )


def _members(roster: Roster) -> list[list[Any]]:
    return [_member(each) for each in roster.members]


def _member(member: MemberFacts) -> list[Any]:
    return [
        member.family_name,
        member.given_name,
        member.address,
        "pilote" if member.is_pilot else "membre",
        member.degree.label if member.degree else "",
        "acceptée" if member.has_accepted else "en attente",
        f"n’arrive pas ({member.address_refusal})" if member.address_refusal else "",
    ]


def _collectives() -> list[list[Any]]:
    now = clock.now()
    return [_collective(each) for each in summaries_on(me().territories(Role.MANAGER), season_of(now.date()), now)]


def _collective(each: CollectiveSummary) -> list[Any]:
    line = each.line
    return [
        line.facts.territory_name,
        line.facts.name,
        line.facts.code,
        f"{line.facts.season}-{line.facts.season + 1}",
        line.degree.label if line.degree else "les deux",
        join_names(line.pilots),
        line.members,
        each.meetings.held,
        each.meetings.planned,
        len(line.waiting),
    ]
