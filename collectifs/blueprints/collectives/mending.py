"""What a manager mends and takes back: a person, a name, a proposal, a collective and its name."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.collectives.area import bp
from collectifs.blueprints.collectives.forms import PressForm
from collectifs.collectives.domain.mending import check_may_be_removed
from collectifs.collectives.permissions import can_cancel_proposal, can_manage, can_manage_member
from collectifs.collectives.queries.collectives import CollectiveFacts, get_collective, get_collective_facts, members_of
from collectifs.collectives.queries.newcomers import (
    MembershipFacts,
    ProposalAccess,
    get_membership_facts,
    get_proposal,
)
from collectifs.collectives.services import mending as services
from collectifs.collectives.services.memberships import pilots_here
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.people.services.account import correct_name
from collectifs.web.access import access, me
from collectifs.web.forms import BaseForm, line
from collectifs.web.names import NameForm, name_form
from collectifs.web.perform import perform
from collectifs.web.refusals import why_not


class RenameForm(BaseForm):
    """Another name."""

    name = line("Le nom du collectif", wanted="Donnez un nom au collectif.", most=80)


def _managed(collective_id: object) -> str:
    return url_for(".manage", collective_id=collective_id)


@bp.route("/membres/<uuid:membership_id>/retirer", methods=["GET", "POST"])
@access(can_manage_member, membership=get_membership_facts)
def remove_member(membership: MembershipFacts) -> ResponseReturnValue:
    """What stops, what stays; then the link is dead, and the person told."""
    found = get_collective(membership.collective.id)
    is_pilot = pilots_here(membership)
    return perform(
        PressForm(),
        lambda: services.remove_member(membership, now=clock.now(), by=me()),
        then=_managed(membership.collective.id),
        page="collectives/remove_member.html",
        said=f"{membership.name} n’est plus dans ce collectif. Son lien ne sert plus, un message le lui dit.",
        membership=membership,
        has_come=found is not None and membership.user_id in found.consent_ids,
        refusal=why_not(lambda: check_may_be_removed(membership.name, is_pilot=is_pilot)),
        back=_managed(membership.collective.id),
    )


@bp.route("/membres/<uuid:membership_id>/corriger-le-nom", methods=["GET", "POST"])
@access(can_manage_member, membership=get_membership_facts)
def correct_member_name(membership: MembershipFacts) -> ResponseReturnValue:
    """The name as pages, mails and papers will write it."""
    form: NameForm = name_form(membership.given_name, membership.family_name)
    return perform(
        form,
        lambda: correct_name(membership.user_id, **form.names(), by=me()),
        then=_managed(membership.collective.id),
        page="collectives/correct_name.html",
        said="Le nom est corrigé.",
        membership=membership,
        back=_managed(membership.collective.id),
    )


@bp.route("/collectifs/<uuid:collective_id>/renommer", methods=["GET", "POST"])
@access(can_manage, collective=get_collective_facts)
def rename(collective: CollectiveFacts) -> ResponseReturnValue:
    """Another name, on every page and in calendars."""
    form = RenameForm(name=collective.name)
    return perform(
        form,
        lambda: services.rename_collective(collective, name=form.name.data, by=me()),
        then=_managed(collective.id),
        page="collectives/rename.html",
        said="Le nom du collectif est changé.",
        collective=collective,
        back=_managed(collective.id),
    )


@bp.route("/collectifs/<uuid:collective_id>/supprimer", methods=["GET", "POST"])
@access(can_manage, collective=get_collective_facts)
def delete(collective: CollectiveFacts) -> ResponseReturnValue:
    """A collective that nobody entered: who was invited is told."""
    return perform(
        PressForm(),
        lambda: services.delete_collective(collective, by=me()),
        then=url_for(".index"),
        page="collectives/delete.html",
        said=f"Le collectif {collective.name} est supprimé.",
        collective=collective,
        invited=[member.name for member in members_of(collective.id)],
        refusal=why_not(lambda: services.check_deletion(collective.id)),
        back=_managed(collective.id),
    )


@bp.post("/arrivees/<uuid:proposal_id>/annuler")
@access(can_cancel_proposal, proposal=get_proposal)
def cancel_proposal(proposal: ProposalAccess) -> ResponseReturnValue:
    """A question that the pilot has not answered is taken back."""
    try:
        services.cancel_proposal(proposal, by=me())
        flash("La proposition est annulée : rien n’en reste.")
    except RuleBroken as refusal:
        flash(refusal.sentence)
    return redirect(url_for(".manage", collective_id=proposal.access.collective.id, _anchor="propositions"))
