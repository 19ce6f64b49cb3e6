"""What heads, tutors and territories are told of tutoring, for tests/promises.py."""

PAGES = "blueprints/test_tutoring.py"
NOTEBOOKS = "tutoring/services/test_notebooks.py"
CODES = "tutoring/domain/test_interviews.py"
NAMED = "test_a_note_that_names_somebody_is_kept_nowhere_whatever_the_page_let_through"
WRITTEN_DOWN = "test_opening_and_closing_are_written_down_and_nothing_opens_twice"
GOES = "test_after_31_august_nothing_opens_and_everything_goes"
UNDER_FIVE = "test_the_head_adds_a_volunteer_and_reads_no_number_under_five"
CLOSED = "test_once_closed_a_notebook_is_read_and_printed_and_no_longer_written"
TO_ONE_ALONE = "test_notes_are_closed_then_open_to_one_alone_and_one_becomes_a_situation"
HANDED_OUT = "test_the_head_and_the_tutors_print_a_letter_and_a_poster_that_name_no_pupil"

EVALUATION = "report/test_evaluation.py"
TOGETHER = "test_programmes_of_a_territory_are_read_together_and_nothing_under_five"

KEPT_BY_TUTORING = [
    (
        "templates/report/evaluation.html",
        "lues ensemble, jamais programme par programme",
        EVALUATION,
        TOGETHER,
    ),
    (
        "templates/report/evaluated.html",
        "lues ensemble, jamais programme par programme",
        EVALUATION,
        TOGETHER,
    ),
    (
        "templates/report/evaluation.html",
        "Ni nom, ni classe, ni établissement",
        EVALUATION,
        "test_a_sentence_that_names_a_pupil_a_class_or_the_school_is_refused_or_asked_about",
    ),
    (
        "templates/report/evaluation.html",
        "en nombres seulement, à partir de cinq réponses et du",
        "blueprints/test_evaluation.py",
        "test_in_july_heads_and_managers_read_charts_and_nobody_else_does",
    ),
    (
        "templates/report/evaluation.html",
        "effacé le",
        EVALUATION,
        "test_after_31_august_nothing_is_read_and_everything_goes_with_its_key",
    ),
    (
        "templates/tutoring/opening.html",
        "répond à cinq questions sur l’organisation, sans nom",
        EVALUATION,
        "test_nothing_tells_which_tutor_answered_what_or_when",
    ),
    (
        "templates/report/evaluated.html",
        "Moins de cinq réponses, ou toutes trop rares : rien n’est montré.",
        EVALUATION,
        TOGETHER,
    ),
    (
        "templates/tutoring/programme.html",
        "vous lisez les réponses de tout le territoire, s’il y en a au moins cinq",
        "blueprints/test_evaluation.py",
        "test_in_july_heads_and_managers_read_charts_and_nobody_else_does",
    ),
    (
        "templates/tutoring/opening.html",
        "Aucun nom, aucune adresse, aucune classe d’élève n’entre ici",
        PAGES,
        "test_a_name_typed_as_a_code_is_refused_beside_its_field_and_is_no_row",
    ),
    ("templates/tutoring/opening.html", "La direction lit des nombres, jamais sous cinq.", PAGES, UNDER_FIVE),
    ("templates/tutoring/opening.html", "Cet acte est noté, avec votre nom et l’instant.", NOTEBOOKS, WRITTEN_DOWN),
    ("templates/tutoring/opening.html", "Tout s’efface le 31 août.", NOTEBOOKS, GOES),
    ("templates/tutoring/opening.html", "Plus rien ne s’écrit.", PAGES, CLOSED),
    (
        "templates/tutoring/programme.html",
        "Aucun nombre sous cinq n’est montré, et aucun total ne le fait deviner.",
        "tutoring/domain/test_counting.py",
        "test_a_sum_is_given_where_it_takes_nothing_back",
    ),
    (
        "templates/tutoring/notebook.html",
        "jamais avec qui ni sur quoi",
        PAGES,
        UNDER_FIVE,
    ),
    ("templates/tutoring/notebook.html", "Ni nom, ni classe.", NOTEBOOKS, NAMED),
    (
        "templates/tutoring/notebook.html",
        "En juin, un courriel vous propose d’imprimer une feuille",
        NOTEBOOKS,
        "test_in_june_each_tutor_with_something_written_is_told_once",
    ),
    (
        "templates/tutoring/new_code.html",
        "Ni prénom, ni initiales",
        CODES,
        "test_a_name_initials_a_mail_or_a_class_is_no_code",
    ),
    (
        "templates/documents/notebook.html",
        "Vos notes n’y sont pas.",
        PAGES,
        "test_the_paper_says_codes_and_days_and_no_note",
    ),
    ("templates/tutoring/_parts.html", "Ni compte ni nom d’élève", PAGES, HANDED_OUT),
    (
        "templates/documents/guardians_letter.html",
        "sous un code d’une lettre et de deux chiffres au plus",
        CODES,
        "test_a_name_initials_a_mail_or_a_class_is_no_code",
    ),
    ("templates/documents/guardians_letter.html", "La direction lit des nombres, jamais sous cinq.", PAGES, UNDER_FIVE),
    ("templates/documents/guardians_letter.html", "Tout s’efface le 31 août.", NOTEBOOKS, GOES),
    ("templates/tutoring/notes.html", "Personne d’autre ne les lit, jamais", PAGES, TO_ONE_ALONE),
    (
        "templates/tutoring/notes.html",
        "Vos notes s’effacent toutes",
        NOTEBOOKS,
        "test_notes_are_closed_until_one_opens_them_and_closing_takes_them_all",
    ),
]
