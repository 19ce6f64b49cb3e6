"""Between yes and no: asking for another wording, in one sentence that names nobody; reminding the silent."""

from collections.abc import Collection
from datetime import datetime, timedelta

from collectifs.guard.domain.context import Context
from collectifs.guard.domain.guard import marks
from collectifs.kernel.errors import RuleBroken

SENTENCE_LIMIT = 200
BETWEEN_REMINDERS = timedelta(days=7)


def check_sentence(said: str, context: Context) -> None:
    """A short sentence that the editor reads without a name: it names nobody, and does not tell who writes."""
    if not said:
        raise RuleBroken("Dites en une phrase ce qui serait à changer.", "said")
    if len(said) > SENTENCE_LIMIT:
        raise RuleBroken(f"Une phrase suffit : {SENTENCE_LIMIT} caractères au plus.", "said")
    for mark in marks(said, context):
        words = said[mark.start : mark.end]
        raise RuleBroken(
            f"« {words} » ferait reconnaître quelqu’un : la relecture lit cette phrase sans nom. Dites-le autrement.",
            "said",
        )


def due_for_reminder(told_at: Collection[datetime], now: datetime) -> bool:
    """Whether somebody who was last written to at these instants, question included, may be written to again."""
    return not told_at or now - max(told_at) >= BETWEEN_REMINDERS


def check_may_remind(silent: int, due: int) -> None:
    """By hand: somebody is silent, and was not written to within a week."""
    if not silent:
        raise RuleBroken("Personne ne doit encore de réponse : il n’y a personne à relancer.")
    if not due:
        raise RuleBroken(
            "Chaque personne qui n’a pas répondu a reçu un message il y a moins d’une semaine : laissez-lui le temps."
        )
