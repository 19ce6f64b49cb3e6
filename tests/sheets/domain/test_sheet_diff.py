"""What members are told has changed between two versions."""

import pytest

from collectifs.meetings.domain.tags import Tags
from collectifs.sheets.domain.diff import Change, differences
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent

TRIED, CONSIDERED = AnswerKind.TRIED, AnswerKind.CONSIDERED
LISTEN = Answer("Commencer par écouter ce que dit la personne.", TRIED)
PLAY = Answer("Jouer la consigne avant le cours.", CONSIDERED, "à deux")
NAME = Answer("Nommer ce qui a été vu.", TRIED)
BEFORE = SheetContent("Comment dire ?", (LISTEN, PLAY))


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (BEFORE, []),
        (
            SheetContent("Comment dire ?", (LISTEN, PLAY), Tags(concern=("steering",))),
            [Change("Les repères ont changé", "", "Préoccupations : pilotage")],
        ),
        (
            SheetContent("Comment dire ?", (LISTEN, PLAY), Tags(resource=("dilemmes-du-formateur", "gone"))),
            [Change("Les repères ont changé", "", "Ressources : Les dilemmes du formateur")],
        ),
        (
            SheetContent("Comment dire ?", (LISTEN, PLAY), Tags(resource=("none",))),
            [Change("Les repères ont changé", "", "Ressources : aucune")],
        ),
        (
            SheetContent("Comment dire ?", (Answer("Commencer par écouter ce matin dans le calme.", TRIED), PLAY)),
            [
                Change(  # half of the words: the same answer still
                    "La réponse 1 a changé",
                    "Commencer par écouter ce que dit la personne. (éprouvée)",
                    "Commencer par écouter ce matin dans le calme. (éprouvée)",
                )
            ],
        ),
        (SheetContent("  Comment\ndire ?", (LISTEN, PLAY)), []),
        (
            SheetContent("Comment taire ?", (LISTEN, PLAY)),
            [Change("La problématique a changé", "Comment dire ?", "Comment taire ?")],
        ),
        (
            SheetContent("Comment dire ?", (LISTEN, PLAY, NAME)),
            [Change("La réponse 3 est nouvelle", after="Nommer ce qui a été vu. (éprouvée)")],
        ),
        (
            SheetContent("Comment dire ?", (PLAY,)),
            [Change("Une réponse a été retirée", "Commencer par écouter ce que dit la personne. (éprouvée)")],
        ),
        (
            SheetContent("Comment dire ?", (LISTEN, Answer(PLAY.text, TRIED, "à deux"))),
            [
                Change(
                    "La réponse 2 a changé",
                    "Jouer la consigne avant le cours. (envisagée, à deux)",
                    "Jouer la consigne avant le cours. (éprouvée, à deux)",
                )
            ],
        ),
        (
            SheetContent("Comment dire ?", (Answer("Écouter ce que dit la personne, longtemps.", TRIED), PLAY)),
            [
                Change(
                    "La réponse 1 a changé",
                    "Commencer par écouter ce que dit la personne. (éprouvée)",
                    "Écouter ce que dit la personne, longtemps. (éprouvée)",
                )
            ],
        ),
        (SheetContent("Comment dire ?", (PLAY, LISTEN)), [Change("L’ordre des réponses a changé")]),
        (
            SheetContent("Comment dire ?", (NAME, PLAY)),
            [
                Change("La réponse 1 est nouvelle", after="Nommer ce qui a été vu. (éprouvée)"),
                Change("Une réponse a été retirée", "Commencer par écouter ce que dit la personne. (éprouvée)"),
            ],
        ),
    ],
)
def test_each_difference_is_one_line(after: SheetContent, changes: list[Change]):
    assert differences(BEFORE, after) == changes


def test_the_same_answer_twice_is_paired_once():
    twice = SheetContent("", (LISTEN, LISTEN))
    assert differences(twice, twice) == []
    assert [change.what for change in differences(SheetContent("", (LISTEN,)), twice)] == ["La réponse 2 est nouvelle"]
