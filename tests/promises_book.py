"""What people whose page may be printed are told and rely on, for tests/promises.py."""

LIFE = "book/services/test_the_life_of_a_page.py"
PAGES = "blueprints/test_book.py"
REQUESTS = "book/services/test_requests.py"

WORKSHOPS = "book/services/test_a_page_from_a_workshop.py"

LINKS = "blueprints/test_book_by_link.py"

FEW = "book/services/test_few_are_left.py"

KEPT_BY_A_BOOK = [
    (
        "templates/events/page_propose.html",
        "Sans ces oui, elle n’y paraît pas.",
        WORKSHOPS,
        "test_each_one_who_was_there_is_asked_and_the_host_apart_and_one_silence_is_no_yes",
    ),
    (
        "templates/mails/page_proposed.html",
        "Elle n’est publiée nulle part sans un autre oui, qui vous serait demandé.",
        WORKSHOPS,
        "test_each_one_who_was_there_is_asked_and_the_host_apart_and_one_silence_is_no_yes",
    ),
    (
        "templates/events/book_pages.html",
        "ensuite, le retrait se demande sur la page publiée",
        LINKS,
        "test_whoever_has_no_link_any_more_asks_on_the_page_and_the_editor_withdraws_it",
    ),
    (
        "templates/mails/book_workshop_asked.html",
        "le retrait se demande sur la page publiée",
        LINKS,
        "test_whoever_has_no_link_any_more_asks_on_the_page_and_the_editor_withdraws_it",
    ),
    (
        "templates/book/removal.html",
        "effacée avec la page, ou quand elle est écartée, au plus tard après trois mois",
        "across/services/test_retention.py",
        "test_it_is_there_until_its_last_day_and_gone_the_day_after",
    ),
    (
        "templates/book/removal.html",
        "ni nom ni adresse ne vous ont été demandés",
        LINKS,
        "test_a_request_keeps_nothing_of_whoever_asks_and_can_be_set_aside",
    ),
    (
        "templates/events/book_pages.html",
        "Sans réponse de votre part, la page ne paraît pas.",
        WORKSHOPS,
        "test_each_one_who_was_there_is_asked_and_the_host_apart_and_one_silence_is_no_yes",
    ),
    (
        "templates/events/book_pages.html",
        "Votre oui compte à part, en plus de celui de chaque personne présente.",
        WORKSHOPS,
        "test_each_one_who_was_there_is_asked_and_the_host_apart_and_one_silence_is_no_yes",
    ),
    (
        "templates/events/book_pages.html",
        "S’il change d’un mot, on vous le demandera de nouveau.",
        WORKSHOPS,
        "test_one_word_more_and_each_is_asked_again",
    ),
    (
        "templates/events/book_pages.html",
        "Ni date, ni lieu, ni nom de la journée, ni nom de personne n’y figure.",
        WORKSHOPS,
        "test_nothing_that_tells_the_day_its_place_or_its_people_is_put_to_anybody",
    ),
    (
        "templates/events/book_pages.html",
        "Elle quitte le site aussitôt, et aucune édition suivante ne la contient",
        WORKSHOPS,
        "test_printed_it_is_withdrawn_by_whoever_was_there_or_led_it",
    ),
    (
        "templates/events/withdraw.html",
        "n’a pas encore votre oui pour le recueil, elle n’y paraîtra pas",
        WORKSHOPS,
        "test_whoever_goes_before_saying_yes_leaves_a_page_that_the_book_never_asks_again",
    ),
    (
        "templates/mails/book_workshop_asked.html",
        "Sans réponse de votre part, elle ne paraît pas.",
        WORKSHOPS,
        "test_each_one_who_was_there_is_asked_and_the_host_apart_and_one_silence_is_no_yes",
    ),
    (
        "kernel/keeping_book.py",
        "sans l’accord de tous, le 31 août",
        WORKSHOPS,
        "test_agreement_outlives_those_who_gave_it_and_silence_does_not_become_one",
    ),
    (
        "templates/book/manage.html",
        "Un atelier y compte comme un collectif.",
        WORKSHOPS,
        "test_a_workshop_counts_as_one_collective_and_the_book_says_how_many_collectives_wrote",
    ),
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
        "templates/book/request.html",
        "l’inspection du territoire, sans votre nom",
        REQUESTS,
        "test_a_change_is_read_without_a_name_is_no_yes_and_takes_the_place_of_one",
    ),
    (
        "templates/book/request.html",
        "effacée quand vous répondez, ou quand le texte vous est redemandé",
        REQUESTS,
        "test_it_dies_as_its_person_answers",
    ),
    (
        "templates/book/consent.html",
        "la page ne paraît pas tant que vous n’avez pas répondu",
        REQUESTS,
        "test_a_change_is_read_without_a_name_is_no_yes_and_takes_the_place_of_one",
    ),
    (
        "templates/book/page.html",
        "une phrase s’efface dès que la personne répond, ou que vous redemandez un texte",
        REQUESTS,
        "test_it_is_there_while_the_text_is_reworded_and_dies_as_that_is_asked_about",
    ),
    (
        "templates/book/manage.html",
        "Un courriel par semaine au plus à chacune, sans un mot des pages.",
        REQUESTS,
        "test_the_silent_are_reminded_by_hand_once_a_week_and_nobody_else",
    ),
    (
        "templates/book/withdraw.html",
        "La page quitte le site aussitôt, et aucune édition suivante ne la contient",
        LIFE,
        "test_withdrawn_after_publication_it_leaves_the_site_at_once_and_the_next_edition_is_made",
    ),
    (
        "templates/book/public_workshop.html",
        "que toute installation de Collectifs sait lire",
        "blueprints/test_public_book.py",
        "test_the_canvas_of_a_workshop_is_a_file_that_the_library_reads",
    ),
    (
        "templates/book/withdraw.html",
        "aucune édition ne suivrait, et le recueil entier quitterait le site",
        FEW,
        "test_a_book_of_two_collectives_leaves_the_site_its_editor_is_told_and_another_edition_may_follow",
    ),
    (
        "templates/events/book_pages.html",
        "aucune édition ne suivrait, et le recueil entier quitterait le site",
        FEW,
        "test_a_book_of_two_collectives_leaves_the_site_its_editor_is_told_and_another_edition_may_follow",
    ),
    (
        "templates/mails/book_unpublished.html",
        "Ses fichiers sont détruits ; son adresse dit qu’il n’est plus publié, et pourquoi.",
        FEW,
        "test_its_address_says_that_it_is_no_longer_published_and_why",
    ),
    (
        "templates/book/manage.html",
        "Il a quitté le site, ses fichiers sont détruits.",
        FEW,
        "test_a_book_of_two_collectives_leaves_the_site_its_editor_is_told_and_another_edition_may_follow",
    ),
    (
        "templates/errors/410.html",
        "Il reparaîtra à cette adresse si d’autres collectifs le rejoignent.",
        FEW,
        "test_a_book_of_two_collectives_leaves_the_site_its_editor_is_told_and_another_edition_may_follow",
    ),
    (
        "templates/events/book_pages.html",
        "La relecture lit cette phrase sans votre nom",
        LINKS,
        "test_a_change_is_asked_for_by_the_link_read_without_a_name_and_dies_with_the_answer",
    ),
    (
        "templates/events/book_pages.html",
        "Elle s’efface quand vous répondez, ou quand le texte vous est redemandé.",
        LINKS,
        "test_a_change_is_asked_for_by_the_link_read_without_a_name_and_dies_with_the_answer",
    ),
    (
        "templates/events/book_pages.html",
        "la page ne paraît pas tant que vous n’avez pas répondu",
        LINKS,
        "test_a_change_is_asked_for_by_the_link_read_without_a_name_and_dies_with_the_answer",
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
