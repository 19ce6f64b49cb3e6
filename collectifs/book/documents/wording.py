"""The words of the book that nobody typed: the same in each format and on the pages of the site."""

import re

from collectifs.book.domain.edition import Changes, Edition, Entry, Theme, WorkshopChapter
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.typed import clean
from collectifs.kernel.text.typography import count, minutes, sentence_case, short_date

CONTENTS = "Sommaire"
FOREWORD = "Avant-propos"
CHANGES = "Ce qui a changé"
WORKSHOPS = "Ateliers prêts à l’emploi"
INDEX = "Index des mots"
PROBLEM = "Notre problématique"
ANSWERS = "Nos réponses envisagées"
STEPS = "Le déroulé"
SEE = "voir aussi"
WORDS = "mots"
FOR_IT = "pour l’essayer"
COMES_FROM = "d’où vient cet atelier"
GONE = "Une fiche a été retirée"
GONE_WHY = "Celles et ceux qui l’avaient écrite ne souhaitent plus la publier. Son numéro reste."
GONE_SINCE = "par celles et ceux qui l’avaient écrite, ou parce qu’elle n’a pas été reprise."
HOW_MADE = (
    "Chaque fiche a été écrite par un collectif ou pendant un atelier, relue, puis publiée avec l’accord de celles "
    "et ceux qui étaient là."
)


def subtitle(edition: Edition) -> str:
    """« Vingt questions du tutorat et leurs réponses. Trois ateliers prêts à l’emploi. »"""
    questions = sum(not entry.is_withdrawn for entry in edition.entries())
    said = [f"{sentence_case(count(questions, 'question', feminine=True))} du tutorat"] if questions else []
    said = [f"{said[0]} et {'leurs' if questions > 1 else 'ses'} réponses."] if said else []
    if edition.workshops:
        ready = "prêt" if len(edition.workshops) == 1 else "prêts"
        said.append(f"{sentence_case(count(len(edition.workshops), 'atelier'))} {ready} à l’emploi.")
    return " ".join(said)


def about(edition: Edition) -> list[tuple[str, str]]:
    """What the book is, how it is read, what may be done with it: a word for the margin, and a sentence."""
    licence = edition.licence
    return [
        ("ce livre", HOW_MADE + _written_by(edition)),
        ("éprouvée", "quelqu’un l’a vécue. Envisagée : une idée du jour."),
        (
            "retirée",
            "elle garde son numéro. Si votre exemplaire la contient encore, merci de ne plus la faire circuler.",
        ),
        (f"édition {edition.number}", f"{short_date(edition.published_on)}. {edition.territory}, {edition.season}."),
        ("licence", f"{licence.label} : {licence.means}"),
    ]


def _written_by(edition: Edition) -> str:
    return f" Il réunit {count(edition.collectives, 'collectif')}." if edition.collectives > 1 else ""


def entry_label(entry: Entry) -> str:
    """« fiche 4 »."""
    return f"fiche {entry.number}"


def page_label(page: Entry | WorkshopChapter) -> str:
    """« fiche 4 », « atelier 22 »."""
    return entry_label(page) if isinstance(page, Entry) else f"atelier {page.number}"


def on(leaf: str) -> str:
    """« , p. 12 », where there is paper."""
    return f", p. {leaf}" if leaf else ""


def reference(page: Entry | WorkshopChapter, leaf: str = "") -> str:
    """« Préparer à deux (fiche 16, p. 24) »."""
    return f"{page_heading(page)} ({page_label(page)}{on(leaf)})"


def page_heading(page: Entry | WorkshopChapter) -> str:
    """What a page is called in lists and cross references."""
    return page.heading if isinstance(page, Entry) else page.title


def is_gone(page: Entry | WorkshopChapter) -> bool:
    """Whether only its number remains."""
    return isinstance(page, Entry) and page.is_withdrawn


def theme_label(place: int) -> str:
    """« thème 2 »."""
    return f"thème {place}"


def theme_count(theme: Theme) -> str:
    """« 5 fiches »."""
    return count(sum(not entry.is_withdrawn for entry in theme.entries), "fiche", feminine=True)


def workshop_count(edition: Edition) -> str:
    """« 3 ateliers »."""
    return count(len(edition.workshops), "atelier")


def workshop_facts(workshop: WorkshopChapter) -> list[tuple[str, str]]:
    """What one must know before: a word for the margin, and what is said of it; nothing that was left empty."""
    facts = [
        ("durée", minutes(workshop.minutes) if workshop.minutes else ""),
        ("combien", people(workshop.least, workshop.most)),
        ("pour qui", workshop.audience),
        ("il faut", workshop.material),
        ("avant", workshop.before),
        ("on repart avec", workshop.aim),
    ]
    return [(name, said) for name, said in facts if said.strip()]


def people(least: int, most: int) -> str:
    """« 6 à 24 personnes », « jusqu’à 24 personnes », « à partir de 6 personnes »; nothing when neither is said."""
    if least and most:
        return f"{most} personnes" if least == most else f"{least} à {most} personnes"
    return f"jusqu’à {most} personnes" if most else f"à partir de {least} personnes" if least else ""


def themes(edition: Edition) -> list[Theme]:
    """The themes that hold something."""
    return [theme for theme in edition.themes if theme.entries]


def entries_of(edition: Edition, entry: Entry) -> list[Entry]:
    """The other entries that one sends to."""
    return [each for each in edition.leads(entry.see) if isinstance(each, Entry)]


def workshops_of(edition: Edition, entry: Entry) -> list[WorkshopChapter]:
    """The workshops that one sends to."""
    return [each for each in edition.leads(entry.see) if isinstance(each, WorkshopChapter)]


def change_title(changes: Changes) -> str:
    """« Ce qui a changé depuis le recueil 2025-2026 »."""
    return f"{CHANGES} depuis le recueil {changes.since}"


def change_lines(edition: Edition) -> list[tuple[str, list[tuple[Entry | WorkshopChapter, str]]]]:
    """« neuf fiches nouvelles », then each page with what is said of it; what did not happen is left out."""
    changes = edition.changes
    if changes is None:
        return []
    new = [(page, "") for page in edition.leads(changes.new)]
    said = {each.id: each.what for each in changes.reworded}
    reworded = [(page, said[page.id]) for page in edition.leads(tuple(said))]
    lines = [("nouvelle", len(new), new), ("reformulée", len(reworded), reworded), ("retirée", changes.gone, [])]
    return [
        (count(number, f"fiche {one}", f"fiches {one}s", feminine=True), pages)
        for one, number, pages in lines
        if number
    ]


def index_letter(term: str) -> str:
    """The letter under which a term stands: its first, without accent; « # » for a figure or a sign."""
    first = folded(term)[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"


def index_terms(edition: Edition) -> list[tuple[str, str, list[Entry | WorkshopChapter]]]:
    """The index in its order: a letter where it begins, a term, where it is found; nothing that is found nowhere."""
    found = [(each.term, edition.leads(each.found)) for each in edition.index]
    ordered = sorted(((term, pages) for term, pages in found if pages), key=lambda each: (folded(each[0]), each[0]))
    letters = [index_letter(term) for term, _ in ordered]
    return [
        (letter if not place or letters[place - 1] != letter else "", term, pages)
        for place, (letter, (term, pages)) in enumerate(zip(letters, ordered, strict=True))
    ]


def paragraphs(text: str) -> list[str]:
    """A text cut where a line was left empty."""
    return [each.strip() for each in re.split(r"\n\s*\n", clean(text)) if each.strip()]
