"""`flask compose`: composes a territory given as JSON, and prints the collectives, the score by parts, the minutes."""

import json
import sys
from typing import Any

import click

from collectifs.composition.domain.annealing import compose as composed
from collectifs.composition.domain.people import CannotCompose
from collectifs.composition.domain.reading import draft_written, territory_read
from collectifs.composition.domain.score import Weights
from collectifs.composition.domain.travel import Place
from collectifs.composition.queries.communes import CommunesMissing, communes


@click.command()
def compose() -> None:
    """Read {"people", "apart", "together", "seed", "moves"} on the input; print the draft as JSON.

    The same input gives the same draft on any machine. Nothing is kept.
    """
    try:
        click.echo(json.dumps(answer(sys.stdin.buffer.read()), ensure_ascii=False))
    except CannotCompose as problem:
        raise click.ClickException(str(problem)) from None
    except CommunesMissing:
        raise click.ClickException("La liste des communes manque : « make assets » la fabrique.") from None


def answer(text: bytes) -> dict[str, Any]:
    """The draft of what was given. Raises CannotCompose, or CommunesMissing."""
    try:
        data = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise CannotCompose("Ce n’est pas du JSON lisible.") from problem
    territory, ids = territory_read(data, _place_of)
    seed, moves = _number(data, "seed") or 0, _number(data, "moves")
    return draft_written(composed(territory, seed=seed, moves=moves), ids, Weights())


def _number(data: dict[str, Any], name: str) -> int | None:
    found = data.get(name)
    if found is not None and (not isinstance(found, int) or isinstance(found, bool) or found < 0):
        raise CannotCompose(f"« {name} » est un nombre entier, positif ou nul.")
    return found


def _place_of(insee: str) -> Place | None:
    known = communes().get(insee)
    return known.place if known else None
