"""Which titles members read before a meeting."""

from flask import Flask

from collectifs.meetings.queries.situations import ShownTitle, titles_shown
from tests import factories


def test_members_read_the_titles_that_their_authors_show_and_their_own(app: Flask) -> None:
    maud, karim, rose = (factories.user(name) for name in ("Maud", "Karim", "Rose"))
    ours = factories.collective(factories.territory(), pilot=factories.user("Hélène"), members=[maud, karim, rose])
    shown = factories.situation(ours, karim, "Elle dit oui", shows_title=True)
    own = factories.situation(ours, maud, "Il ne dit rien")
    factories.situation(ours, rose, "Pour le pilote seul")
    found = sorted(titles_shown(ours.id, maud.id), key=lambda each: each.title)
    assert found == [
        ShownTitle(shown.id, "Elle dit oui", is_mine=False, is_shown=True),
        ShownTitle(own.id, "Il ne dit rien", is_mine=True, is_shown=False),
    ]
    assert [each.title for each in titles_shown(ours.id, karim.id)] == ["Elle dit oui"]
