"""Mails about entering: links, devices, one's own account, roles. Their links are minted here, when they go."""

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.seasons import PARIS, season_ends_on, season_of
from collectifs.kernel.text.typography import clock_time, long_date, short_date
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LINK_LIVES, LinkPurpose, LinkState
from collectifs.people.domain.work import (
    LinkWanted,
    MailAccountEnds,
    MailAddressChanged,
    MailNewAddress,
    MailPasswordChanged,
    MailRoleGranted,
    MailSecondDevice,
    MailSignInLink,
    Side,
)
from collectifs.people.mails.letters import answers_on, page_url, send_letter
from collectifs.people.queries.people import get_device, get_link, get_territory, get_user, person_from
from collectifs.people.queries.roles import latest_grant
from collectifs.people.services.account import forget_addresses, mint_address_token
from collectifs.people.services.sign_in import mint_link, revoke_former_links, state_of


@does
def sign_in_link(mail: MailSignInLink) -> None:
    """A link that serves once, for an hour. Nobody may stand behind this id: then there is nothing to send."""
    user = get_user(mail.user_id)
    if user is None:
        return
    now = clock.now()
    token = mint_link(user, purpose=LinkPurpose.SIGN_IN, now=now, leads_to=mail.leads_to)
    until = clock_time((now + LINK_LIVES[LinkPurpose.SIGN_IN]).astimezone(PARIS))
    send_letter(
        "sign_in_link",
        user,
        f"Votre lien pour entrer, jusqu’à {until}",
        now=now,
        until=until,
        is_elsewhere=mail.because is LinkWanted.ELSEWHERE,
        url=page_url("auth.link", token=token),
    )


@does
def second_device(mail: MailSecondDevice) -> None:
    """One more device entered an account: which one, when, and how to close it."""
    device = get_device(mail.device_id)
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


@does
def password_changed(mail: MailPasswordChanged) -> None:
    """A password was chosen or removed."""
    user = get_user(mail.user_id)
    if user is not None:
        subject = "Votre mot de passe a été " + ("choisi" if user.password_hash else "retiré")
        send_letter("password_changed", user, subject, now=clock.now(), url=page_url("account.show"))


@does
def account_ends(mail: MailAccountEnds) -> None:
    """The last day of an account comes near; nothing is sent to whoever has come back meanwhile."""
    user = get_user(mail.user_id)
    if user is None or user.ends_on is None or user.erased_at is not None:
        return
    subject = f"Votre compte s’efface après le {long_date(user.ends_on)}"
    send_letter("account_ends", user, subject, ends_on=user.ends_on, url=page_url("account.show"))


@does
def new_address(mail: MailNewAddress) -> None:
    """To the present address: may another take its place?"""
    link = get_link(mail.link_id)
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


@does
def address_changed(mail: MailAddressChanged) -> None:
    """To the former address and to the present one: it has changed."""
    link = get_link(mail.link_id)
    user = get_user(link.user_id) if link else None
    address = (link.former_address if mail.to is Side.FORMER else link.new_address) if link else None
    if link is None or user is None or not address:
        return
    changed = (link.used_at or clock.now()).astimezone(PARIS)
    send_letter(
        "address_changed",
        user,
        f"Votre adresse a changé, {long_date(changed.date())} à {clock_time(changed)}",
        to=address,
        is_former=mail.to is Side.FORMER,
        changed_at=changed,
        url=page_url("account.show"),
    )
    forget_addresses(link, which=mail.to)


@does
def role_granted(mail: MailRoleGranted) -> None:
    """What was entrusted, on which territory, until when; and a personal link to begin."""
    user, granted = get_user(mail.user_id), mail.role
    territory = get_territory(mail.territory_id) if mail.territory_id else None
    today = clock.now().astimezone(PARIS).date()
    if user is None or not person_from(user, today).has(granted, territory.id if territory else None):
        return
    row = latest_grant(user.id, granted, mail.territory_id)
    token = mint_link(user, purpose=LinkPurpose.PERSONAL, now=clock.now())
    until = short_date(row.ends_on if row else season_ends_on(season_of(today)))
    where = ", {name}" if territory else ""
    send_letter(
        "role_granted",
        user,
        subject_with(f"{ENTRUSTED[granted]}{where}", territory.name if territory else ""),
        answers=answers_on(territory.id if territory else None),
        role=granted.value,
        territory=territory,
        until=until,
        stands_in=bool(row and row.stands_in_for_id),
        url=page_url("auth.link", token=token),
    )
    revoke_former_links(user, token=token, collective=None, now=clock.now())


ENTRUSTED = {
    Role.ADMINISTRATOR: "L’administration vous est confiée",
    Role.MANAGER: "La gestion des collectifs vous est confiée",
    Role.INSPECTOR: "La lecture des fiches transmises vous est confiée",
    Role.PILOT: "Vous entrez dans le vivier de pilotes",
}
