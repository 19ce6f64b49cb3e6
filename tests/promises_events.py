"""What people who register for a day are told and rely on, for tests/promises.py."""

DAY = "blueprints/test_events.py"
PLACES = "network/services/test_registrations.py"
PAGES = "network/services/test_pages.py"

KEPT_BY_A_DAY = [
    (
        "kernel/retention.py",
        "dès que vous vous désistez, sept jours après sans confirmation, au plus tard le 31 août de la saison",
        DAY,
        "test_withdrawn_the_choices_go_at_once_and_the_name_with_the_mail",
    ),
    (
        "templates/events/day.html",
        "sans compte ni cookie",
        DAY,
        "test_the_page_of_a_day_keeps_nothing_in_the_browser_and_counts_nobody",
    ),
    (
        "templates/events/enrol.html",
        "vos places sont prises à ce moment-là, et pas avant.",
        PLACES,
        "test_a_registration_takes_no_place_before_it_is_confirmed",
    ),
    (
        "templates/events/enrol.html",
        "Sans confirmation, ce que vous avez écrit est effacé au bout de sept jours.",
        DAY,
        "test_nobody_confirmed_it_so_it_is_gone_after_a_week",
    ),
    (
        "templates/mails/registration_link.html",
        "sans confirmation, cette inscription est effacée au bout de sept jours",
        DAY,
        "test_nobody_confirmed_it_so_it_is_gone_after_a_week",
    ),
    (
        "templates/events/choose.html",
        "Un choix que vous gardez garde son rang dans la liste d’attente.",
        PLACES,
        "test_choosing_again_frees_what_is_left_and_keeps_the_rank_of_what_stays",
    ),
    (
        "templates/events/withdraw.html",
        "Vos places sont libres tout de suite",
        PLACES,
        "test_whoever_withdraws_frees_their_place_at_once_and_the_next_is_offered_it_for_48_hours",
    ),
    (
        "templates/mails/place_offered.html",
        "Sans réponse d’ici là, elle est offerte à la personne suivante, et vous ne l’attendez plus.",
        PLACES,
        "test_without_an_answer_in_48_hours_it_goes_to_the_next",
    ),
    (
        "templates/home/help_manager.html",
        "Une place qui se libère est offerte pendant 48 heures, dans l’ordre de la liste d’attente.",
        PLACES,
        "test_whoever_withdraws_frees_their_place_at_once_and_the_next_is_offered_it_for_48_hours",
    ),
    (
        "templates/home/help_manager.html",
        "la page dit qui est concerné avant votre accord",
        "blueprints/test_event_pages.py",
        "test_fewer_places_name_who_goes_to_the_waiting_list_before_it_is_done",
    ),
    (
        "templates/events/drop_workshop.html",
        "Chacune garde son autre choix s’il y reste une place, ou choisit de nouveau par son lien.",
        "network/services/test_events.py",
        "test_a_workshop_that_is_cancelled_leaves_the_second_wish_or_a_choice_and_everybody_is_told",
    ),
    (
        "templates/events/partners.html",
        "En dessous de cinq, aucun nombre n’est montré.",
        "blueprints/test_event_pages.py",
        "test_each_programme_has_its_link_and_under_five_nothing_is_counted",
    ),
    (
        "templates/events/attendance.html",
        "chaque personne présente trouve son attestation par son lien personnel",
        "blueprints/test_event_pages.py",
        "test_who_came_is_ticked_and_finds_a_certificate_once_the_day_is_over",
    ),
    (
        "templates/mails/host_link.html",
        "Il cesse de servir le 31 août.",
        "across/services/test_retention.py",
        "test_it_is_there_until_its_last_day_and_gone_the_day_after",
    ),
    (
        "templates/events/host_of.html",
        "Avec une autre adresse, les liens déjà envoyés ne servent plus.",
        PAGES,
        "test_the_link_of_a_former_host_opens_no_more",
    ),
    (
        "kernel/retention.py",
        "dès qu’une personne qui y était la retire, au plus tard le 31 août de la saison",
        PAGES,
        "test_whoever_was_there_takes_it_back_for_good_and_the_others_are_told",
    ),
    (
        "templates/mails/page_proposed.html",
        "une seule objection la retient, et personne n’apprend de qui elle vient",
        PAGES,
        "test_one_objection_holds_it_without_a_name_until_it_is_lifted",
    ),
    (
        "templates/mails/page_withdrawn.html",
        "ses mots sont effacés, personne ne peut plus la lire ici",
        PAGES,
        "test_whoever_was_there_takes_it_back_for_good_and_the_others_are_told",
    ),
    (
        "templates/events/page_propose.html",
        "Acceptée, elle est lue par le service de formation et l’inspection",
        "blueprints/test_workshop_pages.py",
        "test_agreed_to_the_inspection_and_the_manager_read_it_and_whoever_was_there_takes_it_back",
    ),
    (
        "templates/events/page_propose.html",
        "Aucun nom de l’atelier n’y figure",
        PAGES,
        "test_somebody_who_had_a_place_is_not_named",
    ),
    (
        "templates/events/attendance.html",
        "Les noms seront ici le jour venu.",
        "blueprints/test_workshop_pages.py",
        "test_before_the_day_a_host_reads_no_name_and_writes_nothing",
    ),
    (
        "templates/events/attendance.html",
        "ce que vous cochez reste sur cet appareil, et part au retour du réseau",
        "browser/test_event_day.py",
        "test_a_day_is_played_by_thirty_links",
    ),
    (
        "templates/events/_list_device.html",
        "les noms et ce que vous cochez y restent, chiffrés",
        "browser/test_event_day.py",
        "test_a_day_is_played_by_thirty_links",
    ),
    (
        "templates/events/_list_device.html",
        "Elle s’efface de cet appareil une fois l’atelier terminé et tout parti",
        "browser/test_event_day.py",
        "test_a_day_is_played_by_thirty_links",
    ),
    (
        "templates/events/door.html",
        "Il change toutes les dix minutes",
        "network/domain/test_door.py",
        "test_a_code_is_good_while_it_stands_and_ten_minutes_after",
    ),
    (
        "templates/events/withdraw.html",
        "Vos choix et vos présences sont effacés",
        DAY,
        "test_withdrawn_the_choices_go_at_once_and_the_name_with_the_mail",
    ),
]
