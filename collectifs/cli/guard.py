"""`flask guard`: looks through texts, one JSON object a line, and prints what could tell who is spoken of."""

import json
import sys
from dataclasses import asdict
from typing import Any

import click

from collectifs.guard.domain.context import context_read
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.lexicons import LexiconsMissing


@click.command()
def guard() -> None:
    """Read lines of {"text", "context": {"members", "schools", "communes"}}; print each with its "spans".

    Offsets count the characters of the text as given. A line that cannot be read is told with its number on the error
    output; the others are answered all the same, and the exit code is then 1.
    """
    unread = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            answered = answer(line)
        except (ValueError, RecursionError) as problem:
            unread += 1
            click.echo(f"Ligne {number} : {_told(problem)}", err=True)
        except LexiconsMissing:
            raise click.ClickException("Les lexiques du garde-fou manquent : « make assets » les fabrique.") from None
        else:
            click.echo(answered)
    sys.exit(1 if unread else 0)


def answer(line: bytes) -> str:
    """The same object with its spans; ValueError when the line holds no text."""
    data = json.loads(line.decode("utf-8"))
    if not isinstance(data, dict):
        raise ValueError("ce n’est pas un objet JSON.")
    if not isinstance(data.get("text"), str):
        raise ValueError("« text » manque, ou n’est pas un texte.")
    found: list[dict[str, Any]] = [asdict(mark) for mark in marks(data["text"], context_read(data.get("context")))]
    answered = {**data, "spans": found}
    try:
        json.dumps(answered, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # half a character, as JSON can write one
        return json.dumps(answered)
    return json.dumps(answered, ensure_ascii=False)


def _told(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"JSON illisible ({problem.msg}, colonne {problem.colno})."
    if isinstance(problem, UnicodeDecodeError):
        return "ce n’est pas de l’UTF-8."
    if isinstance(problem, RecursionError):
        return "JSON trop imbriqué."
    return str(problem)
