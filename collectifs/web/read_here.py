"""What this browser has shown already: it is kept by the browser alone. No row says who read what, nor when."""

from uuid import UUID

from flask import session

KEPT = 12  # the latest; a delay lasts three days


def read_here() -> frozenset[UUID]:
    """The proposals of sheets that were opened on this browser, by whoever is signed in."""
    return frozenset(UUID(each) for each in session.get("read", ()))


def was_read_here(proposal_id: UUID) -> None:
    """A proposal has just been shown: read is read."""
    kept = [each for each in session.get("read", ()) if each != str(proposal_id)]
    session.permanent = True  # by the end of its day it is not forgotten because the browser was closed
    session["read"] = [*kept, str(proposal_id)][-KEPT:]
