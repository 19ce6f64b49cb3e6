"""Adding one person's answers to those of a territory, whatever was asked; what the guard finds in the sentence."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.text.typography import join_names
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.report.domain.questionnaire import Box
from collectifs.report.domain.questions import Answer, Question
from collectifs.report.models import SeasonBox, SeasonReturn
from collectifs.report.queries.boxes import has_returned, locked_box


def add_answers(
    into: tuple[type[SeasonBox], type[SeasonReturn]],
    where: tuple[UUID, int],
    questions: Sequence[Question],
    ticked: Mapping[str, Sequence[Answer]],
    sentence: str,
    user_id: UUID,
) -> None:
    """Into the box of a territory and season, once a person.

    Nothing is written in the audit: its instant beside a name would tell whose answer came when.
    """
    (box_kind, return_kind), (territory_id, season) = into, where
    row, box = locked_box(box_kind, territory_id, season)
    if has_returned(return_kind, user_id, territory_id, season):
        raise RuleBroken("Vos réponses sont déjà parties : on ne répond qu’une fois.")
    filled: Box = box.with_(questions, ticked, sentence)
    if row is None:
        row = box_kind(id=uuid4(), territory_id=territory_id, season=season, key_id=make_key())
        db.session.add(row)
    seal_text(row, box_kind.body, filled.written())
    db.session.add(return_kind(user_id=user_id, territory_id=territory_id, season=season))


def refuse_names(certain: Sequence[str], doubtful: Sequence[str], *, nobody_told: bool) -> None:
    """What names somebody for certain goes; what may tell is asked about once. Raises RuleBroken by its field."""
    if certain:
        raise RuleBroken(
            f"Cette phrase pourra être citée, et ne nomme personne : retirez {_quoted(certain)}.", "sentence"
        )
    if doubtful and not nobody_told:
        raise RuleBroken(
            f"Avec {_quoted(doubtful)}, un lecteur pourrait-il reconnaître quelqu’un ? Changez ces mots, ou cochez "
            "cette case.",
            "nobody_told",
        )


def _quoted(words: Sequence[str]) -> str:
    return join_names([f"« {word} »" for word in dict.fromkeys(words)])
