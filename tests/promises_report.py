"""What people are told of the report and of the yearly questions, and rely on (tests/promises.py)."""

KEPT_BY_THE_REPORT = [
    (
        "templates/report/_parts.html",
        "Vos réponses ne portent pas votre nom.",
        "report/test_services.py",
        "test_nothing_tells_who_answered_what_or_when",
    ),
    (
        "templates/report/_parts.html",
        "on sait que vous avez répondu, pas ce que vous avez répondu",
        "report/test_services.py",
        "test_nothing_tells_who_answered_what_or_when",
    ),
    (
        "templates/report/_parts.html",
        "Sous cinq réponses, rien n’est montré",
        "report/domain/test_questionnaire.py",
        "test_under_five_answers_nothing_is_shown",
    ),
    (
        "templates/report/show.html",
        "Ce que moins de cinq personnes ont répondu est masqué, ou regroupé",
        "report/domain/test_questionnaire.py",
        "test_what_few_people_say_is_put_with_its_neighbour",
    ),
    (
        "templates/report/themes.html",
        "aucun total de cette page ne permet de le retrouver",
        "report/domain/test_themes.py",
        "test_nothing_masked_can_be_found_again_from_the_other_table",
    ),
    (
        "templates/mails/questionnaire.html",
        "personne ne vous le rappellera",
        "report/test_services.py",
        "test_each_member_is_told_once_when_it_opens",
    ),
    (
        "templates/home/help_manager.html",
        "sans les ouvrir",
        "blueprints/test_report.py",
        "test_what_is_worked_on_is_drawn_and_said_in_a_table_and_rare_counts_are_masked",
    ),
]
