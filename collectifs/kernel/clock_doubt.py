"""Whether the clock can be believed before what time alone decides is done: an erasure cannot be taken back.

A machine that wakes up ten years later, or a wrong answer of a time server, would otherwise empty everything.
"""

from datetime import datetime, timedelta

# Longer than a week-end with the worker stopped, shorter than what would erase much too early.
JUMP = timedelta(days=3)
# Fewer keys than this may go at once, whatever their share: a small collective's season fits in it.
FEW = 20
SEASON_ENDS = 9  # in September, what was kept until 31 August goes, all at once, as it was said


def clock_doubt(*, now: datetime, last: datetime, keys: int, dated: int, seasonal: int) -> str | None:
    """Why time's work has to wait for a person's word, in French; None when it may be done.

    `last`: when it was last done. `keys`: how many there are; `dated` of them would go because a delay is over,
    `seasonal` because the season is.
    """
    if now - last > JUMP:
        days = (now - last).days
        return f"l’horloge a avancé de {days} jours depuis le dernier passage (le {last:%d/%m/%Y})"
    losing = dated + (0 if now.month == SEASON_ENDS else seasonal)
    if losing > FEW and losing * 2 > keys:
        return f"{losing} clés sur {keys} seraient détruites d’un coup"
    return None
