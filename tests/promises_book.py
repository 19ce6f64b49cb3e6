"""What people whose page may be printed are told and rely on, for tests/promises.py."""

LIFE = "book/services/test_the_life_of_a_page.py"
PAGES = "blueprints/test_book.py"

KEPT_BY_A_BOOK = [
    (
        "templates/book/consent.html",
        "Sans réponse de votre part, la page ne paraît pas.",
        LIFE,
        "test_everybody_who_was_there_is_asked_and_one_silence_is_no_yes",
    ),
    (
        "templates/book/consent.html",
        "S’il change d’un mot, on vous le demandera de nouveau.",
        LIFE,
        "test_one_word_more_and_every_yes_is_asked_for_again",
    ),
    (
        "templates/book/consent.html",
        "personne ne lira qu’il vient de vous",
        LIFE,
        "test_whoever_presented_answers_apart_and_the_audit_says_nobody",
    ),
    (
        "templates/book/consent.html",
        "Votre oui compte à part, en plus de la réponse ci-dessus.",
        LIFE,
        "test_whoever_presented_answers_apart_and_the_audit_says_nobody",
    ),
    (
        "templates/book/withdraw.html",
        "La page quitte le site aussitôt, et l’édition suivante est faite sans elle",
        LIFE,
        "test_withdrawn_after_publication_it_leaves_the_site_at_once_and_the_next_edition_is_made",
    ),
    (
        "templates/book/page.html",
        "chaque ouverture est notée, et le collectif la voit",
        PAGES,
        "test_the_editor_reads_beside_the_sheet_and_each_reading_is_noted",
    ),
    (
        "templates/book/page.html",
        "Ni nom, ni date, ni lieu, ni établissement, ni nom de collectif ne se publie.",
        LIFE,
        "test_nothing_that_names_is_put_to_anybody",
    ),
    (
        "templates/book/page.html",
        "Elle s’imprime : ni nom, ni date, ni lieu.",
        LIFE,
        "test_the_sentence_of_what_changed_names_nobody",
    ),
    (
        "templates/book/page.html",
        "Elle paraîtra « reformulée » au lieu de « nouvelle », si ses mots ont changé.",
        LIFE,
        "test_a_page_that_takes_up_last_year_s_is_said_reworded_with_its_sentence",
    ),
    (
        "templates/book/manage.html",
        "Le service de formation ne lit aucune fiche",
        PAGES,
        "test_the_management_reads_numbers_and_no_page",
    ),
    (
        "templates/book/manage.html",
        "Un thème de moins de trois collectifs ne paraît pas seul",
        "book/domain/test_themes.py",
        "test_small_headings_go_together_and_no_page_is_lost",
    ),
]
