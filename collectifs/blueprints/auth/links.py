"""A personal link, as its state has it. Showing it changes nothing: mail programs open links by themselves."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.auth.arriving import known_here, link_was_asked, who_is_here
from collectifs.collectives.queries.collectives import get_collective_facts, open_membership
from collectifs.kernel import clock
from collectifs.people.domain.sign_in import LinkPurpose, LinkState
from collectifs.people.models import PersonalLink, User
from collectifs.people.services.account import confirm_new_address
from collectifs.people.services.sign_in import KeptDevice, ask_link_elsewhere, device_would_end_at, enter_with_link
from collectifs.web.devices import device_label
from collectifs.web.forms import BaseForm
from collectifs.web.limits import asked_for
from collectifs.web.local import kept_path, words_for
from collectifs.web.perform import perform

PAGE = "auth/link.html"


def opened_elsewhere(link: PersonalLink, owner: User) -> ResponseReturnValue:
    """On the device that opened it, the link just goes on; on another, it only offers to write."""
    here = who_is_here()
    if here is not None and here.id == owner.id:
        return redirect(_landing(link))
    asked_by = asked_for(owner.address)
    return perform(
        BaseForm(),
        lambda: ask_link_elsewhere(link, asked_by=asked_by, now=clock.now()),
        then=link_was_asked(),
        page=PAGE,
        state=LinkState.ELSEWHERE.value,
    )


def open_link(link: PersonalLink, owner: User) -> ResponseReturnValue:
    """« Ouvrir sur cet appareil »: the gesture that makes this browser known."""
    opened: list[KeptDevice | None] = []
    now, label, here = clock.now(), device_label(request), who_is_here()
    collective = get_collective_facts(link.collective_id) if link.collective_id else None
    answer = perform(
        BaseForm(),
        lambda: opened.append(enter_with_link(link, label=label, now=now, by=here, collective=collective)),
        then=_landing(link),
        page=PAGE,
        state=LinkState.READY.value,
        owner=owner,
        is_personal=link.purpose is LinkPurpose.PERSONAL,
        going_to=words_for(link.leads_to),
        until=device_would_end_at(collective, now),
        other=here if here is not None and here.id != owner.id else None,
    )
    return known_here(answer, opened)


def change_address(link: PersonalLink, owner: User) -> ResponseReturnValue:
    """Whoever reads the present address says yes to another."""
    return perform(
        BaseForm(),
        lambda: confirm_new_address(link, now=clock.now()),
        then=url_for("account.show") if who_is_here() else url_for("auth.sign_in"),
        page=PAGE,
        said="Votre adresse est changée. Les deux adresses en sont averties.",
        state="new_address",
        owner=owner,
        wanted=link.new_address,
    )


def _landing(link: PersonalLink) -> str:
    """A clean address: the page that was asked for, the collective of the invitation, or the first page."""
    if kept := kept_path(link.leads_to):
        return kept
    if link.collective_id and open_membership(link.user_id, link.collective_id):
        return url_for("collectives.show", collective_id=link.collective_id)
    return url_for("home.index")
