"""What is asked of the worker about accounts: links to mint, news of one's own account, roles."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from collectifs.kernel.work import Mail
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

    user_id: UUID
    because: LinkWanted = LinkWanted.ASKED
    leads_to: str = ""


@dataclass(frozen=True)
class MailSecondDevice(Mail):
    """One more device entered an account."""

    device_id: UUID


@dataclass(frozen=True)
class MailPasswordChanged(Mail):
    """A password was chosen or removed."""

    user_id: UUID


@dataclass(frozen=True)
class MailNewAddress(Mail):
    """To the present address: may another take its place?"""

    link_id: UUID


@dataclass(frozen=True)
class MailAddressChanged(Mail):
    """To one of the two addresses of a change."""

    link_id: UUID
    to: Side


@dataclass(frozen=True)
class MailRoleGranted(Mail):
    """What was entrusted to somebody, on which territory."""

    user_id: UUID
    role: Role
    territory_id: UUID | None = None


@dataclass(frozen=True)
class MailRoleRevoked(Mail):
    """A role was taken back from its holder."""

    user_id: UUID
    role: Role
    territory_id: UUID | None = None
