"""What is asked of the worker about accounts: links to mint, news of one's own account, roles."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from collectifs.kernel.work import Always, Mail, Why
from collectifs.people.domain.person import Role


class LinkWanted(StrEnum):
    """Why a link to sign in is sent."""

    ASKED = ""
    ELSEWHERE = "elsewhere"  # their invitation was opened on another device


class Side(StrEnum):
    """Which address of a change is told."""

    FORMER = "former"
    PRESENT = "present"


@dataclass(frozen=True)
class MailSignInLink(Mail):
    """A link that serves once; nobody may stand behind the id. `leads_to`: a page of ours, without what was typed."""

    told = Always("Votre lien de connexion", Why.DOOR)

    user_id: UUID
    because: LinkWanted = LinkWanted.ASKED
    leads_to: str = ""


@dataclass(frozen=True)
class MailSecondDevice(Mail):
    """One more device entered an account."""

    told = Always("Un autre appareil est entré dans votre compte", Why.ACCOUNT)

    device_id: UUID


@dataclass(frozen=True)
class MailPasswordChanged(Mail):
    """A password was chosen or removed."""

    told = Always("Votre mot de passe a été choisi ou retiré", Why.ACCOUNT)

    user_id: UUID


@dataclass(frozen=True)
class MailAccountEnds(Mail):
    """The last day of an account comes near."""

    told = Always("Votre compte s’efface dans un mois", Why.ACCOUNT)

    user_id: UUID


@dataclass(frozen=True)
class MailNewAddress(Mail):
    """To the present address: may another take its place?"""

    told = Always("Un changement d’adresse, à confirmer", Why.ACCOUNT)

    link_id: UUID


@dataclass(frozen=True)
class MailAddressChanged(Mail):
    """To one of the two addresses of a change."""

    told = Always("Votre adresse a changé", Why.ACCOUNT)

    link_id: UUID
    to: Side


@dataclass(frozen=True)
class MailRoleGranted(Mail):
    """What was entrusted to somebody, on which territory."""

    told = Always("Un rôle vous est confié", Why.DOOR)

    user_id: UUID
    role: Role
    territory_id: UUID | None = None


@dataclass(frozen=True)
class MailRoleRevoked(Mail):
    """A role was taken back from its holder."""

    told = Always("Un rôle ne vous est plus confié", Why.DOOR)

    user_id: UUID
    role: Role
    territory_id: UUID | None = None


@dataclass(frozen=True)
class MailWeek(Mail):
    """What somebody wants to be told once a week: counts, and links to pages."""

    told = Always("Le courriel de la semaine", Why.CHOSEN)

    user_id: UUID
