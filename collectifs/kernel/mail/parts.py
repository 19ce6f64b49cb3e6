"""What a mail may carry besides its words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mailbox:
    """A name and an address."""

    name: str
    address: str


@dataclass(frozen=True)
class Answering:
    """Who reads the answer to a mail, at an address that its reader may know; `words` says who that is for them."""

    mailbox: Mailbox
    words: str


@dataclass(frozen=True)
class CalendarPart:
    """What a mail carries for calendar programs: the file, and its method, which the mail must repeat."""

    method: str
    text: str
