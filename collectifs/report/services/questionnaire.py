"""Answering the questionnaire: the answers go into the box of the territory, and nothing tells whose they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.guard.domain.guard import marks
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.text.typography import join_names
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Person
from collectifs.report.domain.questionnaire import Answer
from collectifs.report.models import QuestionnaireBox, QuestionnaireReturn
from collectifs.report.queries.questionnaire import has_answered, locked_box, may_be_answered


def send_answers(
    access: CollectiveAccess,
    *,
    ticked: Mapping[str, Sequence[Answer]],
    sentence: str,
    nobody_told: bool,
    now: datetime,
    by: Person,
) -> None:
    """Add one person's answers. `nobody_told`: they looked again at the words that may tell who is spoken of.

    Nothing is written in the audit: its instant beside a name would tell whose answer came when.
    """
    if not may_be_answered(access, now):
        raise RuleBroken("Ce questionnaire n’est pas ouvert.")
    _check_sentence(sentence, access, nobody_told=nobody_told)
    row, box = locked_box(access.territory.id, access.collective.season)
    if has_answered(by.id, access):
        raise RuleBroken("Vos réponses sont déjà parties : on ne répond qu’une fois.")
    filled = box.with_(ticked, sentence)
    if row is None:
        row = QuestionnaireBox(
            id=uuid4(), territory_id=access.territory.id, season=access.collective.season, key_id=make_key()
        )
        db.session.add(row)
    seal_text(row, QuestionnaireBox.body, filled.written())
    db.session.add(
        QuestionnaireReturn(user_id=by.id, territory_id=access.territory.id, season=access.collective.season)
    )


def _check_sentence(sentence: str, access: CollectiveAccess, *, nobody_told: bool) -> None:
    """The guard: what names somebody for certain goes; what may tell is asked about once."""
    found = marks(sentence, access.guarded)
    certain = [sentence[mark.start : mark.end] for mark in found if mark.blocks]
    if certain:
        raise RuleBroken(
            f"Cette phrase pourra être citée, et ne nomme personne : retirez {_quoted(certain)}.", "sentence"
        )
    if found and not nobody_told:
        words = _quoted([sentence[mark.start : mark.end] for mark in found])
        raise RuleBroken(
            f"Avec {words}, un lecteur pourrait-il reconnaître quelqu’un ? Changez ces mots, ou cochez cette case.",
            "nobody_told",
        )


def _quoted(words: Sequence[str]) -> str:
    return join_names([f"« {word} »" for word in dict.fromkeys(words)])
