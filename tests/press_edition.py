"""An edition to print in the tests: every part of a book, a page that was withdrawn, hard signs."""

from dataclasses import replace
from datetime import date

from collectifs.book.domain.edition import (
    Answer,
    Changes,
    Edition,
    Entry,
    IndexTerm,
    Licence,
    Reworded,
    Theme,
    WorkshopChapter,
    WorkshopStep,
)
from collectifs.sheets.domain.sheet import AnswerKind
from tests.papers import demo_sheets

TRIED, CONSIDERED = AnswerKind.TRIED, AnswerKind.CONSIDERED
FIRST = Entry(
    "e1",
    1,
    "Comment passer d'un conseil reçu à un conseil travaillé, alors que l'on a de bonnes raisons d'acquiescer ?",
    (
        Answer("Commencer par « Qu'as-tu vu ? », puis ne rien dire.", TRIED, "accepter le silence"),
        Answer("Remplacer la page de notes par trois faits <datés> & la laisser interpréter.", TRIED),
        Answer("Inverser : elle vient observer la même consigne.", CONSIDERED, "ne pas jouer le modèle"),
    ),
    title="Un conseil reçu, un conseil travaillé",
    words=("entretien", "silence"),
    see=("e2", "w1", "e3", "gone-elsewhere"),
)
WORKSHOP = WorkshopChapter(
    "w1",
    10,
    "Ouvrir un entretien sans donner la réponse",
    aim="quatre ouvertures écrites",
    intro="Les cinq premières minutes décident souvent du reste.",
    material="une feuille par personne",
    before="rien à lire",
    audience="1er et 2d degré",
    least=6,
    most=24,
    steps=(
        WorkshopStep("Une phrase qui a fermé", 10, "Chacun en écrit une.", "chacun écrit, en silence"),
        WorkshopStep("Jouer", 15, "Par trois : l'un ouvre, l'un répond, l'un regarde.", "deux jouent, un se tait"),
        WorkshopStep("Un mot pour repartir", 15),
    ),
    canvas="genot-soutoul",
    see=("e1",),
)


def entry_of(place: int, number: int, **more: object) -> Entry:
    """A sheet of the demonstration as a page of the book."""
    sheet = demo_sheets()[place % len(demo_sheets())]
    answers = tuple(Answer(each.text, each.kind, each.condition) for each in sheet.answers if each.kind)
    return replace(Entry(f"e{number}", number, sheet.question, answers), **more)


EDITION = Edition(
    title="Ce que nous avons cherché",
    territory="Val-de-Brume",
    season="2026-2027",
    number=2,
    published_on=date(2027, 9, 15),
    licence=Licence.BY_SA,
    foreword="Ils ont parlé de ce qui résiste.\n\nRien n'y est une recette.",
    collectives=11,
    themes=(
        Theme("t1", "Parler, se taire", (FIRST, entry_of(0, 2), Entry("e3", 3, withdrawn_on=date(2027, 9, 14)))),
        Theme("t0", "Un thème vide"),
        Theme("t2", "Accompagner, évaluer", (entry_of(1, 4), entry_of(2, 5, words=("écrit",)))),
    ),
    workshops=(WORKSHOP,),
    index=(
        IndexTerm("silence", ("e1",)),
        IndexTerm("écrit", ("e5",)),
        IndexTerm("entretien", ("e1", "w1", "e3")),
        IndexTerm("nulle part", ("e3",)),
    ),
    changes=Changes("2025-2026", ("e2", "e4"), (Reworded("e1", "Une réponse a été ajoutée."),), 1),
)
NOTHING = replace(EDITION, foreword="", collectives=0, themes=(), workshops=(), index=(), changes=None)
ONE = replace(NOTHING, themes=(Theme("t1", "Parler", (entry_of(0, 1),)),))


def large(entries: int, terms: int = 0) -> Edition:
    """As many entries, ten themes, an index of as many terms."""
    pages = [entry_of(place, place + 1, see=(f"e{(place * 7) % entries + 1}",)) for place in range(entries)]
    size = -(-entries // 10)
    themes = tuple(
        Theme(f"t{at}", f"Thème numéro {at}", tuple(pages[at : at + size])) for at in range(0, entries, size)
    )
    index = tuple(IndexTerm(f"terme {at}", (f"e{at % entries + 1}", f"e{at * 3 % entries + 1}")) for at in range(terms))
    return replace(EDITION, themes=themes, index=index, changes=None)
