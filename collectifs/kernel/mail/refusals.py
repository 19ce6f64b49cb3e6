"""What a mail server's refusal speaks of: the address itself, or anything else that may pass.

Only a few answers say that nobody is at an address: the enhanced statuses of RFC 3463 about it, or a bare 550, 551 or
553. Everything else (a full box, a policy, a sender that is not believed, our own settings) may be mended or may pass:
the mail is tried again, and nobody's address is doubted.
"""

import re

UNKNOWN = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
CLOSED = frozenset({"5.2.1"})
BARE = frozenset({550, 551, 553})
FULL = frozenset({"452", "552"})

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)", re.ASCII)
_ABOUT_US = re.compile(r"relay|sender", re.IGNORECASE)


def status_in(words: str) -> str:
    """The enhanced status (« 5.1.1 ») that an answer holds; "" when it holds none."""
    found = _STATUS.search(words)
    return found[1] if found else ""


def refusal_code(reply: int, words: str) -> str:
    """How a server's answer is noted: its number, and its enhanced status when it gives one; never its words."""
    return f"{reply} {status_in(words)}".strip()


def is_dead(status: str) -> bool:
    """Whether this enhanced status says that nobody is at the address."""
    return status in UNKNOWN | CLOSED


def is_about_the_address(reply: int, words: str) -> bool:
    """Whether the answer to the name of a recipient says for good that nobody is there."""
    if not 500 <= reply < 600:
        return False
    status = status_in(words)
    return is_dead(status) if status else reply in BARE and not _ABOUT_US.search(words)


def refusal_kind(code: str) -> str:
    """What may be said of an address that was noted with this code: « unknown », « closed », or « refused »."""
    status = status_in(code)
    if status in UNKNOWN:
        return "unknown"
    return "closed" if status in CLOSED else "refused"


def passing_words(code: str) -> str:
    """What an answer that is not about the address says of a mail, in words: « boîte pleine », « refusé pour… »."""
    reply, status = code.partition(" ")[0], status_in(code)
    subject = status.partition(".")[2]
    if subject == "2.2" or (not status and reply in FULL):
        return "boîte pleine"
    if subject == "3.4":
        return "message trop gros pour ce serveur"
    if subject.startswith("7."):
        return "refusé par une règle du serveur, sans rapport avec l’adresse"
    if subject.startswith("4."):
        return "le serveur de cette adresse ne répond pas"
    return "le serveur demande d’attendre" if code.startswith("4") else "refusé pour une autre raison que l’adresse"
