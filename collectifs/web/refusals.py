"""What would be refused, told before the click."""

from collections.abc import Callable

from collectifs.kernel.errors import RuleBroken


def why_not(check: Callable[[], object]) -> str:
    """The sentence of a refusal that can be told before the click; empty when nothing stands in the way."""
    try:
        check()
    except RuleBroken as refusal:
        return refusal.sentence
    return ""
