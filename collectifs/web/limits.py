"""Who fails too often: accounts, tokens and networks, known only by a keyed hash."""

import hashlib
import hmac
import ipaddress

from flask import current_app, request
from werkzeug.exceptions import TooManyRequests


def subject(kind: str, value: str) -> bytes:
    """What stands for an account, a token or a network in the count of failures."""
    key: str = current_app.extensions["settings"].secret_key
    return hmac.digest(key.encode(), f"{kind}:{value}".encode(), hashlib.sha256)


def subjects(**values: str) -> dict[str, bytes]:
    """The subjects of this request by kind, its network among them."""
    return {kind: subject(kind, value) for kind, value in (values | {"network": network(request.remote_addr)}).items()}


def network(address: str | None) -> str:
    """The network that a request comes from: an IPv4 address, or the /64 that one IPv6 subscriber holds."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def asking() -> dict[str, bytes]:
    """Who asks for links: a network. That is no failure, and closes nothing but the asking."""
    return {"asking": subject("asking", network(request.remote_addr))}


def asked_for(address: str) -> dict[str, bytes]:
    """The address that a link is asked for: from anywhere, and from this network."""
    here = network(request.remote_addr)
    return {"anywhere": subject("asked", address), "here": subject("asked", f"{address} {here}")}


class SlowedDown(TooManyRequests):
    """429, and a page that says how long to wait; `link_helps`: asking for a link would not be refused as well."""

    def __init__(self, *, link_helps: bool) -> None:
        super().__init__()
        self.link_helps = link_helps
