"""What readers of a published book are told and rely on, for tests/promises.py."""

PAGES = "blueprints/test_public_book.py"
WITHDRAWN = "test_a_page_that_is_withdrawn_leaves_the_site_and_its_files_at_once"
FORMATS = "book/documents/test_formats.py"

KEPT_BY_THE_PRESS = [
    (
        "templates/book/public_book.html",
        "tout le monde, sans compte ni cookie",
        PAGES,
        "test_each_page_is_the_same_for_all_keeps_no_cookie_and_is_asked_for_again",
    ),
    ("templates/book/public_entry.html", "Le texte a quitté ce site aussitôt", PAGES, WITHDRAWN),
    ("templates/book/public_entry.html", "Son numéro reste", PAGES, WITHDRAWN),
    (
        "templates/book/public_book.html",
        "Les mêmes mots dans les quatre.",
        FORMATS,
        "test_every_text_of_the_edition_stands_in_each_format_in_its_order",
    ),
    (
        "book/documents/wording.py",
        "elle garde son numéro.",
        FORMATS,
        "test_a_page_that_was_withdrawn_keeps_its_number_and_says_nothing",
    ),
]
