"""Mails about entering: links, devices, one's own account, roles. Their links are minted here, when they go."""

from uuid import UUID

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import job
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.seasons import PARIS, season_ends_on, season_of
from collectifs.kernel.text.typography import clock_time, long_date, short_date
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LINK_LIVES, LinkPurpose, LinkState
from collectifs.people.mails.letters import answers_on, page_url, send_letter
from collectifs.people.queries.people import get_device, get_link, get_territory, get_user, person_from
from collectifs.people.services.account import forget_addresses, mint_address_token
from collectifs.people.services.sign_in import mint_link, revoke_former_links, state_of


@job("mail_sign_in_link")
def sign_in_link(user_id: str, because: str = "") -> None:
    """A link that serves once, for an hour. Nobody may stand behind this id: then there is nothing to send."""
    user = get_user(UUID(user_id))
    if user is None:
        return
    now = clock.now()
    token = mint_link(user, purpose=LinkPurpose.SIGN_IN, now=now)
    until = clock_time((now + LINK_LIVES[LinkPurpose.SIGN_IN]).astimezone(PARIS))
    send_letter(
        "sign_in_link",
        user,
        f"Votre lien pour entrer, jusqu’à {until}",
        now=now,
        until=until,
        is_elsewhere=because == "elsewhere",
        url=page_url("auth.link", token=token),
    )


@job("mail_second_device")
def second_device(device_id: str) -> None:
    """One more device entered an account: which one, when, and how to close it."""
    device = get_device(UUID(device_id))
    user = get_user(device.user_id) if device else None
    if device is None or user is None:
        return
    opened = device.bound_at.astimezone(PARIS)
    send_letter(
        "second_device",
        user,
        f"Un autre appareil est entré, {long_date(opened.date())} à {clock_time(opened)}",
        device=device,
        url=page_url("account.show"),
    )


@job("mail_password_changed")
def password_changed(user_id: str) -> None:
    """A password was chosen or removed."""
    user = get_user(UUID(user_id))
    if user is not None:
        subject = "Votre mot de passe a été " + ("choisi" if user.password_hash else "retiré")
        send_letter("password_changed", user, subject, now=clock.now(), url=page_url("account.show"))


@job("mail_new_address")
def new_address(link_id: str) -> None:
    """To the present address: may another take its place?"""
    link = get_link(UUID(link_id))
    user = get_user(link.user_id) if link else None
    if link is None or user is None or state_of(link, clock.now()) is not LinkState.READY:
        return
    token, until = mint_address_token(link), link.expires_at.astimezone(PARIS)
    send_letter(
        "new_address",
        user,
        f"Changer d’adresse : à confirmer avant {long_date(until.date())}, {clock_time(until)}",
        wanted=link.new_address,
        until=until,
        url=page_url("auth.link", token=token),
    )


@job("mail_address_changed")
def address_changed(link_id: str, to: str) -> None:
    """To the former address and to the present one: it has changed."""
    link = get_link(UUID(link_id))
    user = get_user(link.user_id) if link else None
    address = (link.former_address if to == "former" else link.new_address) if link else None
    if link is None or user is None or not address:
        return
    changed = (link.used_at or clock.now()).astimezone(PARIS)
    send_letter(
        "address_changed",
        user,
        f"Votre adresse a changé, {long_date(changed.date())} à {clock_time(changed)}",
        to=address,
        is_former=to == "former",
        changed_at=changed,
        url=page_url("account.show"),
    )
    forget_addresses(link, which=to)


@job("mail_role_granted")
def role_granted(user_id: str, role: str, territory_id: str | None = None) -> None:
    """What was entrusted, on which territory, until when; and a personal link to begin."""
    user, granted = get_user(UUID(user_id)), Role(role)
    territory = get_territory(UUID(territory_id)) if territory_id else None
    today = clock.now().astimezone(PARIS).date()
    if user is None or not person_from(user, today).has(granted, territory.id if territory else None):
        return
    token = mint_link(user, purpose=LinkPurpose.PERSONAL, now=clock.now())
    until = short_date(season_ends_on(season_of(today)))
    where = ", {name}" if territory else ""
    send_letter(
        "role_granted",
        user,
        subject_with(f"{ENTRUSTED[granted]}{where}", territory.name if territory else ""),
        answers=answers_on(territory.id if territory else None),
        role=granted.value,
        territory=territory,
        until=until,
        url=page_url("auth.link", token=token),
    )
    revoke_former_links(user, token=token, collective=None, now=clock.now())


ENTRUSTED = {
    Role.ADMINISTRATOR: "L’administration vous est confiée",
    Role.MANAGER: "La gestion des collectifs vous est confiée",
    Role.INSPECTOR: "La lecture des fiches transmises vous est confiée",
    Role.PILOT: "Vous entrez dans le vivier de pilotes",
}
