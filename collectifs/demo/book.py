"""The books of the demonstration: that of last season, published; that of this one, of which a page awaits its yeses.

Nobody is real. Pages are taken, asked about and answered by the rules of the book.
"""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from collectifs.book.domain.asking import DELAY, YES
from collectifs.book.domain.edition import Answer, Edition, Entry, IndexTerm, Licence, Theme
from collectifs.book.domain.page import Page
from collectifs.book.domain.strict import found_in
from collectifs.book.domain.work import RenderEdition
from collectifs.book.models import (
    Book,
    BookChapter,
    BookConsent,
    BookEdition,
    BookEntry,
    BookRemovalRequest,
    BookSource,
    BookTheme,
)
from collectifs.book.queries.books import BookAccess, book_of, chapters_of, get_book, themes_of
from collectifs.book.queries.circles import context_for
from collectifs.book.queries.editions import pages_to_continue
from collectifs.book.queries.pages import PageAccess, get_page, open_page, open_presenters, pages_of
from collectifs.book.queries.sources import candidates_for, workshop_candidates_for
from collectifs.book.services.answering import answer_page, answer_page_as_presenter
from collectifs.book.services.asking import ask_about_page
from collectifs.book.services.pages import edit_page, place_page, take_sources
from collectifs.book.services.publishing import printed_chapter
from collectifs.book.services.requests import ask_for_change
from collectifs.demo.rows import Stage, add
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.seasons import season_label
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.canvas import DEFAULT_CANVAS
from collectifs.network.domain.event import EventKind
from collectifs.network.models import Event, EventSlot, Workshop, WorkshopPage
from collectifs.people.domain.person import Person, Role
from collectifs.people.models import User
from collectifs.people.queries.people import person_from
from collectifs.sheets.domain.anonymity import amended
from collectifs.sheets.domain.sheet import Answer as Written
from collectifs.sheets.domain.sheet import AnswerKind, SheetContent

WHERE = "99"
TITLE = "Ce que nous avons cherché"
FOREWORD = (
    "Des questions du tutorat, et ce que des collectifs en ont fait. Chaque page est publiée avec l’accord de celles "
    "et ceux qui l’ont écrite, et retirée s’ils le demandent."
)
CHANGE = "À la première réponse, dire « une chose » plutôt que « un geste » : tout le monde ne parle pas de gestes."
TRIED, CONSIDERED = AnswerKind.TRIED, AnswerKind.CONSIDERED
# Theme, then its pages: title, question, answers, words of the index.
LAST_YEAR = (
    (
        "Parler, se taire",
        (
            (
                "Un conseil reçu, un conseil travaillé",
                "Comment passer d’un conseil reçu à un conseil travaillé, alors que l’entretien est court ?",
                (
                    ("Commencer par « Qu’as-tu vu ? » et ne rien dire pendant les cinq premières minutes.", TRIED),
                    ("Une seule chose à essayer, choisie et écrite par la personne accompagnée.", TRIED),
                    ("Préparer ensemble la consigne, à voix haute, mot à mot.", CONSIDERED),
                ),
                ("entretien", "silence", "consigne"),
            ),
            (
                "",
                "Comment ouvrir un entretien sans que la première phrase décide de tout ?",
                (
                    ("Demander d’abord ce qui a surpris.", TRIED),
                    ("Laisser un blanc, et le tenir.", CONSIDERED),
                ),
                ("entretien",),
            ),
            (
                "Montrer sans imposer",
                "Comment montrer le métier sans l’imposer, alors que l’on attend de nous un modèle ?",
                (
                    ("Inviter à observer une consigne ratée autant qu’une réussie.", TRIED),
                    ("Dire ce que l’on ne sait pas faire.", CONSIDERED),
                ),
                ("modèle", "observation"),
            ),
        ),
    ),
    (
        "Trouver le temps",
        (
            (
                "Préparer à deux",
                "Comment préparer à deux sans préparer à la place ?",
                (
                    ("Chacun écrit sa séance seul, puis on compare deux choix.", TRIED),
                    ("Se donner un quart d’heure, jamais plus.", TRIED),
                ),
                ("préparation", "temps"),
            ),
            (
                "",
                "Comment faire place à un accompagnement qui forme, alors que l’urgence de la classe passe devant ?",
                (
                    ("Un rendez-vous court et fixe, que rien ne déplace.", TRIED),
                    ("Garder une question écrite pour la fois suivante.", CONSIDERED),
                ),
                ("temps", "entretien"),
            ),
        ),
    ),
)


def add_books(stage: Stage) -> None:
    """Last season's, printed; this season's, in hand."""
    _add_last_year(stage)
    _add_this_year(stage)


def _book(stage: Stage, season: int, opened_at: datetime) -> BookAccess:
    place = stage.territories[WHERE]
    row = Book(
        id=uuid4(),
        territory_id=place.id,
        season=season,
        slug=f"val-de-brume-{season}-{season + 1}",
        title=TITLE,
        foreword=FOREWORD,
        licence=Licence.BY_SA,
        opened_at=opened_at,
    )
    access = BookAccess(add(row), place)
    chapter = "Analyser une situation en six temps"
    aim = "une question à soi, et ce que les pairs en ont fait"
    material = "une salle où l’on peut se mettre en cercle, une feuille par personne"
    where = {"book_id": row.id, "position": 1, "canvas_id": DEFAULT_CANVAS, "see": []}
    add(BookChapter(title=chapter, aim=aim, material=material, audience="1er et 2d degré", **where))
    return access


def _add_last_year(stage: Stage) -> None:
    at = datetime.combine(date(stage.data.season, 9, 15), time(9), stage.data.tz)
    book = _book(stage, stage.data.season - 1, at - timedelta(days=90))
    number, themes = 0, []
    index: dict[str, list[str]] = {}
    for place, (title, pages) in enumerate(LAST_YEAR, 1):
        theme = add(BookTheme(id=uuid4(), book_id=book.id, title=title, position=place))
        entries = []
        for told in pages:
            number += 1
            entries.append(_printed(book, theme, number, told, at))
            for word in told[3]:
                index.setdefault(word, []).append(entries[-1].id)
        themes.append(Theme(str(theme.id), title, tuple(entries)))
    _from_workshop(stage, UUID(themes[0].entries[-1].id), at)
    terms = tuple(IndexTerm(word, tuple(ids)) for word, ids in sorted(index.items()))
    _publish(book, tuple(themes), terms, at)


def agreed_last_year(stage: Stage, who: User) -> None:
    """Somebody who was behind a page of last season's book, said yes to it in time, and may take it back."""
    book = book_of(stage.territories[WHERE].id, stage.data.season - 1)
    access = get_book(book.id) if book else None
    entry = pages_of(access)[1].entry if access else None
    if entry is None or entry.printed_at is None:
        return
    asked_at = entry.printed_at - timedelta(days=60)
    row = BookConsent(id=uuid4(), entry_id=entry.id, key_id=entry.key_id, user_id=who.id, digest=entry.digest)
    row.asked_at, row.deadline_at, row.answered_at = asked_at, asked_at + DELAY, asked_at + timedelta(days=4)
    seal_text(row, BookConsent.answer, f"{YES} {entry.digest}")
    add(row)


def _from_workshop(stage: Stage, entry_id: UUID, printed_at: datetime) -> None:
    """One of its pages came from a workshop: of its season nothing is left but that it was."""
    day = printed_at - timedelta(days=200)
    usual = {"territory_id": stage.territories[WHERE].id, "season": stage.data.season - 1, "kind": EventKind.TRAINING}
    event = add(
        Event(
            **usual,
            slug="se-montrer-au-travail",
            title="Se montrer au travail",
            starts_at=day,
            ends_at=day + timedelta(hours=3),
            place="école des Grèves, Port-Brume",
            closes_on=day.date() - timedelta(days=3),
            published_at=day - timedelta(days=40),
            said_at=day - timedelta(days=40),
        )
    )
    slot = add(EventSlot(event_id=event.id, starts_at=day, ends_at=day + timedelta(hours=2)))
    workshop = add(Workshop(slot_id=slot.id, title="Montrer sans imposer", capacity=12))
    left = WorkshopPage(id=uuid4(), workshop_id=workshop.id, key_id=make_key(), body=ERASED, saved_at=day)
    add(BookSource(entry_id=entry_id, workshop_page_id=add(left).id))
    entry = db.session.get_one(BookEntry, entry_id)  # somebody who was there, whose link is gone, asks for it to leave
    removal = BookRemovalRequest(id=uuid4(), entry_id=entry_id, key_id=entry.key_id)
    removal.asked_at = stage.now - timedelta(days=2)
    seal_text(removal, BookRemovalRequest.words, "J’étais là, et l’on me reconnaît à ma façon de le dire.")
    add(removal)


def _printed(book: BookAccess, theme: BookTheme, number: int, told: Any, at: datetime) -> Entry:
    title, question, answers, words = told
    content = SheetContent(question, tuple(Written(text, kind) for text, kind in answers))
    said = Page(title, content, words)
    row = BookEntry(
        id=uuid4(),
        book_id=book.id,
        theme_id=theme.id,
        key_id=make_key(),
        position=number,
        digest=said.digest(),
        see=[],
        edited_at=at - timedelta(days=60),
        printed_at=at,
    )
    seal_text(row, BookEntry.body, said.to_json())
    add(row)
    return Entry(str(row.id), number, question, tuple(Answer(text, kind) for text, kind in answers), title, words)


def _publish(book: BookAccess, themes: tuple[Theme, ...], index: tuple[IndexTerm, ...], at: datetime) -> None:
    after = 1 + sum(len(each.entries) for each in themes)
    chapters = [printed_chapter(row, after + place) for place, row in enumerate(chapters_of(book.id))]
    edition = Edition(
        title=book.book.title,
        territory=book.territory.name,
        season=season_label(book.book.season),
        number=1,
        published_on=at.date(),
        licence=book.book.licence,
        foreword=book.book.foreword,
        collectives=len(LAST_YEAR) + 2,
        themes=themes,
        workshops=tuple(each for each in chapters if each),
        index=index,
    )
    row = BookEdition(
        id=uuid4(), book_id=book.id, key_id=make_key(), number=1, published_at=at, digest=edition.digest(), progress=0
    )
    seal_text(row, BookEdition.body, edition.to_json())
    add(row)
    ask(RenderEdition(row.id))  # the worker makes its files at the first start


def _add_this_year(stage: Stage) -> None:
    """Every transmitted sheet taken up; the oldest is asked about and waits, the next has every yes."""
    editor, asked_at = _editor(stage), stage.now - timedelta(days=3)
    book = _book(stage, stage.data.season, stage.now - timedelta(days=20))
    for place, title in enumerate(("Parler, se taire", "Trouver le temps"), 1):
        add(BookTheme(id=uuid4(), book_id=book.id, title=title, position=place))
    taken = [each.id for each in candidates_for(book)]
    entries = take_sources(book, taken, now=stage.now - timedelta(days=10), by=editor)
    _ask_about_workshop(stage, book, editor, asked_at)
    for place, entry in enumerate(entries[:2]):
        _reword(_page(entry), editor, asked_at)
        ask_about_page(_page(entry), now=asked_at, by=editor)
        _answer(stage, _page(entry), asked_at + timedelta(hours=5), all_but=2 if place == 0 else 0)
    _want_a_change(stage, _page(entries[0]), asked_at + timedelta(hours=8))
    taken_up = UUID(pages_to_continue(book)[0].id)
    change = "La question se resserre sur les raisons d’acquiescer"
    place_page(_page(entries[0]), theme_id=_first_theme(book), see=[], continues_id=taken_up, change=change)


def _ask_about_workshop(stage: Stage, book: BookAccess, editor: Person, at: datetime) -> None:
    """The page of a workshop: its host and most of those who were there said yes, the others are awaited."""
    left = [each.id for each in workshop_candidates_for(book)][:1]
    for entry in take_sources(book, left, now=stage.now - timedelta(days=10), by=editor) if left else ():
        _reword(_page(entry), editor, at)
        place_page(_page(entry), theme_id=_first_theme(book), see=[])
        ask_about_page(_page(entry), now=at, by=editor)
        said = sorted((each.asked for each in _page(entry).life.said), key=lambda asked: asked.known.value)
        for asked in said[:-2]:
            answer_page(_page(entry), digest=entry.digest, agreed=True, now=at + timedelta(hours=3), by=asked)


def _want_a_change(stage: Stage, page: PageAccess, at: datetime) -> None:
    """One of the silent, never the one who is shown first, asks for another wording."""
    people = {user.id: user for user in stage.people.values()}
    silent = [people[each.asked.id] for each in page.life.said if each.agreed is None]
    for user in [each for each in silent if each.given_name != "Maud"][:1]:
        by = _person(stage, user)
        ask_for_change(page, CHANGE, digest=page.entry.digest, now=at, by=by)


def _first_theme(book: BookAccess) -> UUID:
    return next(each.id for each in themes_of(book.id))


def _page(entry: BookEntry) -> PageAccess:
    found = get_page(entry.id)
    assert found is not None  # noqa: S101  written a moment ago
    return found


def _reword(page: PageAccess, by: Person, at: datetime) -> None:
    """The editor's words: a person of any status, and nothing that the guard would ask about."""
    said = open_page(page.entry)
    if said is None:
        return
    context = context_for(page)
    content = _plainly(said.content)
    other = {each.key: each.instead for each in found_in(Page("", content), context)}
    said = Page(said.title, amended(content, context, other), ("entretien", "écoute"))
    edit_page(page, said, revision=page.entry.revision, kept=(), now=at, by=by)


def _plainly(content: SheetContent) -> SheetContent:
    """« accompagnée » where the sheet says « stagiaire », without what is in brackets."""
    answers = tuple(replace(each, text=_plain(each.text)) for each in content.answers)
    return replace(content, question=_plain(content.question), answers=answers)


def _plain(text: str) -> str:
    return re.sub(r" ?\(«[^»]*»\)", "", text).replace("stagiaire", "accompagnée")


def _answer(stage: Stage, page: PageAccess, at: datetime, *, all_but: int) -> None:
    """Yes, from all but the last few; whoever presented says it twice."""
    people = {user.id: user for user in stage.people.values()}
    awaited = sorted((people[each.asked.id] for each in page.life.said), key=lambda user: user.given_name == "Maud")
    for user in awaited[: len(awaited) - all_but]:
        person = _person(stage, user)
        answer_page(_page(page.entry), digest=page.entry.digest, agreed=True, now=at, by=person)
        if user.id in open_presenters(page.entry):
            answer_page_as_presenter(_page(page.entry), digest=page.entry.digest, agreed=True, now=at, by=person)


def _person(stage: Stage, user: User) -> Person:
    return person_from(user, stage.now.date())


def _editor(stage: Stage) -> Person:
    who = next(
        name for name, each in stage.data.people.items() if each.role is Role.INSPECTOR and each.territory == WHERE
    )
    return _person(stage, stage.people[who])
