"""What people are told of the attestation of engagement, for tests/promises.py."""

PAGES = "blueprints/test_engagement.py"

KEPT_BY_ENGAGEMENT = [
    (
        "templates/engagement/own.html",
        "Jamais un contenu, jamais le nom d’un collectif.",
        PAGES,
        "test_both_files_bear_the_code_and_no_name_of_a_collective",
    ),
    (
        "templates/engagement/own.html",
        "Retirée, son code ne répond plus.",
        PAGES,
        "test_taken_back_or_with_the_account_its_code_answers_no_more",
    ),
    (
        "templates/engagement/check.html",
        "Cette page ne montre aucun nom.",
        PAGES,
        "test_a_reader_needs_the_code_and_the_name_and_reads_no_name",
    ),
    (
        "templates/documents/engagement.html",
        "tant que les données ne sont pas effacées",
        PAGES,
        "test_a_line_whose_data_are_gone_is_said_to_be",
    ),
    (
        "templates/engagement/own.html",
        "combien de pages d’un recueil, jamais lesquelles",
        PAGES,
        "test_pages_of_a_published_book_are_counted_and_which_ones_is_not_said",
    ),
]
