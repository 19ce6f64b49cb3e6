"""What people read about the directory of programmes and rely on, for tests/promises.py."""

PAGES = "blueprints/test_directory.py"
AFTER = "blueprints/test_after.py"
LAUNCH = "blueprints/test_launching.py"

KEPT_BY_THE_DIRECTORY = [
    (
        "templates/directory/index.html",
        "sans compte ni cookie",
        PAGES,
        "test_the_directory_is_read_without_account_or_cookie_and_shows_no_address",
    ),
    (
        "templates/directory/index.html",
        "aucune adresse n’est montrée",
        PAGES,
        "test_the_directory_is_read_without_account_or_cookie_and_shows_no_address",
    ),
    (
        "templates/directory/index.html",
        "chaque ligne est confirmée une fois par an par ses relais, ou montrée en gris",
        PAGES,
        "test_a_line_that_nobody_confirms_is_grey_says_its_last_day_then_is_gone",
    ),
    (
        "templates/directory/_line.html",
        "Sera retiré le",
        PAGES,
        "test_a_line_that_nobody_confirms_is_grey_says_its_last_day_then_is_gone",
    ),
    (
        "templates/directory/write.html",
        "Une fois parti, ni votre nom, ni votre adresse, ni votre texte ne restent ici : seulement la date.",
        PAGES,
        "test_a_message_reaches_the_relay_who_answers_its_writer_and_no_word_stays_here",
    ),
    (
        "templates/directory/write.html",
        "Trois messages par jour et par adresse.",
        PAGES,
        "test_the_fourth_message_of_an_address_waits_for_tomorrow_and_nothing_typed_is_lost",
    ),
    (
        "templates/mails/relay_message.html",
        "Le texte n’est plus ici : il ne reste que la date.",
        PAGES,
        "test_a_message_reaches_the_relay_who_answers_its_writer_and_no_word_stays_here",
    ),
    (
        "templates/mails/relay_named.html",
        "Avec votre oui, votre nom se lit dans l’annuaire, qui est public. Votre adresse n’y est jamais montrée.",
        PAGES,
        "test_a_manager_writes_a_line_names_its_relay_and_the_line_is_public_with_their_yes",
    ),
    (
        "templates/mails/relay_asked.html",
        "C’est le seul rappel.",
        PAGES,
        "test_each_relay_is_asked_once_in_june_and_reminded_once_in_september",
    ),
    (
        "templates/directory/leave.html",
        "Votre nom, votre adresse et votre lien sont effacés tout de suite.",
        PAGES,
        "test_a_manager_writes_a_line_names_its_relay_and_the_line_is_public_with_their_yes",
    ),
    (
        "templates/directory/leave.html",
        "Un message qui ne vous serait pas encore parvenu est détruit.",
        PAGES,
        "test_removing_a_programme_erases_its_relays_and_destroys_what_they_had_not_received",
    ),
    (
        "templates/directory/launch.html",
        "sans une personne ni un mot de ses collectifs",
        LAUNCH,
        "test_no_person_no_collective_and_no_date_is_taken_over",
    ),
    (
        "templates/directory/launch.html",
        "Personne ne reçoit ni ne lit rien avant ce dernier clic.",
        LAUNCH,
        "test_it_is_launched_step_by_step_and_nobody_reads_the_call_before_the_last_click",
    ),
    (
        "templates/directory/how_to_launch.html",
        "Aucune personne, aucune adresse, aucune note, aucune fiche, aucun nom de collectif, aucune date passée.",
        LAUNCH,
        "test_no_person_no_collective_and_no_date_is_taken_over",
    ),
    (
        "templates/directory/how_to_launch.html",
        "Celles du programme d’origine sont proposées, jamais reprises d’office.",
        "network/domain/test_launching.py",
        "test_days_are_proposed_whole_years_later_never_past_on_the_same_weekdays",
    ),
    (
        "templates/directory/launch_one.html",
        "Ne sont repris ni les personnes, ni les lieux, ni un mot du collectif",
        "blueprints/test_launching_one.py",
        "test_no_person_no_word_no_place_is_taken_over_and_nobody_is_told",
    ),
    (
        "templates/directory/drop.html",
        "Tout ce qui a été repris s’efface",
        LAUNCH,
        "test_a_launch_is_dropped_whole_while_nobody_has_read_its_call",
    ),
    (
        "templates/directory/after.html",
        "effacé le 31 août",
        AFTER,
        "test_it_ends_with_its_season_and_with_the_account",
    ),
    (
        "templates/directory/after.html",
        "Rien n’est coché d’avance. Si vous demandez un rappel, il n’y en a qu’un, en septembre au plus tard.",
        AFTER,
        "test_whoever_asked_is_reminded_once_and_nobody_else",
    ),
    (
        "templates/mails/former_reminded.html",
        "C’est le seul rappel. Votre oui s’efface le 31 août, ou dès que vous le retirez.",
        AFTER,
        "test_a_yes_is_read_by_the_managers_of_the_territory_and_taken_back_at_once",
    ),
    (
        "templates/home/help_manager.html",
        "la ligne est publique quand elle l’a confirmée",
        PAGES,
        "test_a_manager_writes_a_line_names_its_relay_and_the_line_is_public_with_their_yes",
    ),
]
