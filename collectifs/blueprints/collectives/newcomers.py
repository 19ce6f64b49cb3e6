"""After the first meeting: a manager proposes somebody, or moves a member; the pilot says yes or no."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from collectifs.blueprints.collectives.area import bp
from collectifs.collectives.permissions import can_answer_proposal, can_manage, can_manage_member
from collectifs.collectives.queries.collectives import CollectiveFacts, get_collective_facts
from collectifs.collectives.queries.newcomers import (
    MembershipFacts,
    ProposalAccess,
    get_membership_facts,
    get_proposal,
    neighbours_of,
)
from collectifs.collectives.services import newcomers as services
from collectifs.kernel import clock
from collectifs.kernel.text.typography import french
from collectifs.meetings.queries.meetings import has_met
from collectifs.meetings.services import planning as moving
from collectifs.web.access import access, me
from collectifs.web.choices import pick_one, required_id
from collectifs.web.forms import BaseForm, line
from collectifs.web.perform import perform

ANSWERS = {"oui": True, "non": False}


class ProposeForm(BaseForm):
    """One person. `sure` answers a doubt on the address."""

    who = line("« Prénom NOM <adresse> »", wanted="Écrivez qui vous proposez.", most=400)
    sure = BooleanField("L’adresse est juste")


class AnswerForm(BaseForm):
    """Yes or no, without a reason."""

    answer = pick_one("Votre réponse", choices={"oui": "oui", "non": "non"}, wanted="Répondez par oui ou par non.")


class MoveForm(BaseForm):
    """Another collective of the territory."""

    collective = pick_one("Le nouveau collectif", wanted="Choisissez un collectif.")


@bp.route("/collectifs/<uuid:collective_id>/proposer-une-personne", methods=["GET", "POST"])
@access(can_manage, collective=get_collective_facts)
def propose_member(collective: CollectiveFacts) -> ResponseReturnValue:
    """Somebody more, after the first meeting: whoever pilots is asked."""
    now = clock.now()
    is_met = has_met(collective.id, now)
    form = ProposeForm()
    return perform(
        form,
        lambda: services.propose_member(
            collective, form.who.data, has_met=is_met, is_sure=form.sure.data, now=now, by=me()
        ),
        then=url_for(".manage", collective_id=collective.id, _anchor="propositions"),
        page="collectives/propose_member.html",
        said="Le ou la pilote reçoit la question. Rien d’autre ne part avant sa réponse.",
        collective=collective,
        is_early=not is_met,
    )


@bp.route("/arrivees/<uuid:proposal_id>", methods=["GET", "POST"])
@access(can_answer_proposal, proposal=get_proposal)
def answer_proposal(proposal: ProposalAccess) -> ResponseReturnValue:
    """Who is proposed, what a yes does, what a no erases."""
    form = AnswerForm()
    return perform(
        form,
        lambda: services.answer_proposal(proposal, agreed=ANSWERS[form.answer.data], now=clock.now(), by=me()),
        then=url_for(".show", collective_id=proposal.access.collective.id),
        page="collectives/answer_proposal.html",
        said="Votre réponse est enregistrée.",
        asked=proposal,
        others=len(proposal.access.member_ids - {me().id}),
    )


@bp.route("/membres/<uuid:membership_id>/changer-de-collectif", methods=["GET", "POST"])
@access(can_manage_member, membership=get_membership_facts)
def move_member(membership: MembershipFacts) -> ResponseReturnValue:
    """To another collective of the territory: presences stay, the charter is asked for again."""
    now, neighbours = clock.now(), {each.id: each for each in neighbours_of(membership.collective)}
    form = MoveForm()
    form.collective.choices = {str(each.id): _words(each, has_met(each.id, now)) for each in neighbours.values()}
    back = url_for(".manage", collective_id=membership.collective.id)
    return perform(
        form,
        lambda: moving.move_member(membership, neighbours[required_id(form.collective)], now=now, by=me()),
        then=lambda is_done: _moved(back, is_done=is_done),
        page="collectives/move_member.html",
        membership=membership,
        back=back,
    )


def _words(collective: CollectiveFacts, met: bool) -> str:
    return french(f"{collective.name} ({collective.code}){', a déjà commencé' if met else ''}")


def _moved(back: str, *, is_done: bool) -> str:
    done = "C’est fait : l’invitation du nouveau collectif part à l’instant."
    asked = "Le ou la pilote du nouveau collectif reçoit la question. Jusqu’à son oui, rien ne change."
    flash(done if is_done else asked)
    return back
