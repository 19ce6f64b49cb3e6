"""The parking lot of a series (« pense-bête »): what is set aside for another time, in one short line."""

from datetime import date

from collectifs.kernel.endings import series_ends_on
from collectifs.kernel.errors import RuleBroken

LONGEST_PARKED = 300


def check_parked(text: str) -> None:
    """Something, and no more than a line or two."""
    if not text.strip():
        raise RuleBroken("Écrivez ce que vous mettez de côté.", field="parked")
    if len(text) > LONGEST_PARKED:
        raise RuleBroken(f"Le pense-bête tient en {LONGEST_PARKED} caractères : raccourcissez.", field="parked")


def check_series_lives(season: int, today: date) -> None:
    """Nothing is added once the season is over."""
    if series_ends_on(season) < today:
        raise RuleBroken("La saison est finie : le pense-bête est effacé, et rien ne s’y ajoute.", field="parked")
