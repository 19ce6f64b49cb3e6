"""What people who register for a day are told and rely on, for tests/promises.py."""

DAY = "blueprints/test_events.py"
PLACES = "network/services/test_registrations.py"

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
]
