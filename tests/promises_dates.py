"""What is said of dates that are proposed, and of communes, for tests/promises.py."""

KEPT_BY_DATES = [
    (
        "kernel/retention.py",
        "quand la date est choisie",
        "meetings/services/test_polls.py",
        "test_the_choice_is_the_usual_meeting_and_nothing_is_left_of_what_was_said",
    ),
    (
        "kernel/retention.py",
        "au plus tard quand la dernière des dates proposées est passée",
        "meetings/services/test_polls.py",
        "test_a_question_whose_dates_are_past_is_emptied",
    ),
    (
        "kernel/retention.py",
        "en nombres avant de répondre, avec les noms ensuite, ou jamais",
        "blueprints/test_dates.py",
        "test_numbers_before_ones_own_reply_and_names_afterwards",
    ),
    (
        "templates/mails/dates_reminder.html",
        "Pas plus d’une relance par jour",
        "meetings/services/test_polls.py",
        "test_by_hand_the_silent_are_reminded_once_a_day_and_not_again_by_themselves",
    ),
    (
        "templates/dates/choose.html",
        "Une relance part seule deux jours avant la fin, à qui n’a pas répondu",
        "meetings/services/test_polls.py",
        "test_the_silent_alone_are_reminded_once_two_days_before_the_close",
    ),
    (
        "templates/dates/choose.html",
        "celle que vous envoyez la remplace",
        "meetings/services/test_polls.py",
        "test_by_hand_the_silent_are_reminded_once_a_day_and_not_again_by_themselves",
    ),
    (
        "templates/dates/change.html",
        "Les réponses données sont gardées",
        "meetings/services/test_polls.py",
        "test_a_date_that_changes_keeps_its_answers_and_asks_those_concerned_alone",
    ),
    (
        "templates/planning/which_commune.html",
        "jamais qui les a écrits",
        "meetings/services/test_communes.py",
        "test_the_manager_answers_on_a_page",
    ),
    (
        "templates/planning/which_commune.html",
        "Les communes de domicile ne sont pas ici",
        "meetings/services/test_communes.py",
        "test_where_somebody_lives_is_never_asked_of_a_manager",
    ),
]
