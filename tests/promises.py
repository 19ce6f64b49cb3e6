"""What people are told and rely on.

`NEVER`: sentences that were not true, and what to do before one of them comes back. `KEPT`: the sentences, where they
stand, and the test that tries each of them.
"""

from tests.promises_book import KEPT_BY_A_BOOK
from tests.promises_campaign import KEPT_BY_A_CAMPAIGN
from tests.promises_composing import KEPT_BY_COMPOSING
from tests.promises_dates import KEPT_BY_DATES
from tests.promises_directory import KEPT_BY_THE_DIRECTORY
from tests.promises_engagement import KEPT_BY_ENGAGEMENT
from tests.promises_events import KEPT_BY_A_DAY
from tests.promises_press import KEPT_BY_THE_PRESS
from tests.promises_report import KEPT_BY_THE_REPORT
from tests.promises_tutoring import KEPT_BY_TUTORING

# (words, what has to be built before they may be said)
NEVER = [
    ("au plus sept jours après", "an age of the copies that is checked"),
    ("sauvegardes comprises", "copies that forget at once"),
    ("deuxième fois oui", "a yes for each member: silence is none"),
    ("Demander aussi l’accord", "a yes for each member: silence is none"),
    ("l’accord du collectif", "a yes for each member: silence is none"),
    ("Sa copie est détruite", "nothing reaches a PDF that was downloaded or printed"),
    ("personne ne saura que c’est vous", "an objection whose author is sealed"),
    ("Personne ne saura", "an objection whose author is sealed"),
    ("Transmis à", "nothing: papers and files leave for the training service"),
    ("personne hors de ce service", "nothing: papers and files leave for the training service"),
    ("aucune adresse n’y figure", "nothing: only electronic addresses are looked for"),
    ("Il ne sort pas du collectif", "nothing: papers bear the name of the collective"),
    ("aucune trace", "minutes that do not show where a meeting stopped"),
    ("Personne d’autre que vous ne les lit", "nothing: a deputy, a co-pilot and the author read them"),
    ("Aucune personne n’y est nommée", "nothing: only the names of members are known"),
    ("chaque fiche est relue avant de sortir", "nothing: a software cannot know that"),
    ("ne dit à personne qui a lu quoi", "nothing: the readings of the inspection are shown"),
    ("Comparer avec une autre commune", "nothing: whoever can try communes learns where people live"),
    ("présences effacées le", "nothing: a paper is not erased"),
    ("à qui vous évalue", "nothing: an inspection reads the page that the collective lets go"),
]

# (where it is said, in which words, the file of tests, the test that tries it)
KEPT = [
    (
        "templates/home/personal_data.html",
        "il s’efface au bout de deux jours",
        "test_form_tokens.py",
        "test_two_cookies_and_no_other_and_that_of_before_one_enters_goes_after_two_days",
    ),
    (
        "kernel/retention.py",
        "quand la fiche est acceptée",
        "across/services/test_tidying.py",
        "test_agreed_the_notes_perish_and_that_it_was_held_stays",
    ),
    (
        "kernel/retention.py",
        "au plus tard 30 jours après le regroupement",
        "across/services/test_tidying.py",
        "test_an_objection_keeps_the_notes_for_30_days_and_no_longer",
    ),
    (
        "kernel/retention.py",
        "30 jours après la transmission",
        "across/services/test_tidying.py",
        "test_30_days_after_it_left_the_drafts_perish_and_the_copy_stays",
    ),
    (
        "kernel/retention.py",
        "sinon un an après le regroupement",
        "across/services/test_tidying.py",
        "test_never_submitted_the_drafts_perish_a_year_after_the_meeting",
    ),
    (
        "kernel/retention.py",
        "le 31 août, ou quand la personne",
        "across/services/test_tidying.py",
        "test_situations_end_with_the_season",
    ),
    (
        "kernel/retention.py",
        "au plus tard cinq ans",
        "across/services/test_tidying.py",
        "test_a_submitted_copy_lives_five_years_at_most",
    ),
    (
        "kernel/retention.py",
        "un an après la fin de la saison",
        "across/services/test_tidying.py",
        "test_remarks_live_a_year_after_their_season",
    ),
    (
        "kernel/retention.py",
        "cinq ans après la fin de la saison",
        "across/services/test_retention.py",
        "test_it_is_there_until_its_last_day_and_gone_the_day_after",
    ),
    (
        "kernel/retention.py",
        "un courriel vous le dit un mois avant",
        "across/services/test_retention_endings.py",
        "test_the_end_of_an_account_is_told_once_a_month_before_and_given_up_when_somebody_comes_back",
    ),
    (
        "templates/mails/account_ends.html",
        "votre compte reste",
        "across/services/test_retention_endings.py",
        "test_the_end_of_an_account_is_told_once_a_month_before_and_given_up_when_somebody_comes_back",
    ),
    (
        "templates/mails/account_ends.html",
        "Votre nom reste seulement sur les émargements",
        "across/services/test_retention_endings.py",
        "test_an_erased_account_lets_nobody_in_and_keeps_its_name_on_papers_only",
    ),
    (
        "kernel/retention.py",
        "quand vous quittez le collectif",
        "across/services/test_retention_endings.py",
        "test_whoever_leaves_leaves_what_they_said_of_themselves_at_once",
    ),
    (
        "kernel/retention.py",
        "un an après l’action",
        "across/services/test_tidying.py",
        "test_jobs_are_forgotten_a_month_after_their_end_and_the_audit_after_a_year",
    ),
    (
        "kernel/retention.py",
        "30 jours après leur fin",
        "across/services/test_tidying.py",
        "test_stale_entries_are_forgotten",
    ),
    (
        "kernel/retention.py",
        "ou avec votre compte",
        "across/mails/test_week.py",
        "test_choices_and_what_waits_are_gone_with_the_account",
    ),
    (
        "kernel/retention.py",
        "à son envoi, le lundi",
        "across/mails/test_week.py",
        "test_one_mail_a_week_counts_what_waited_and_gives_the_links",
    ),
    (
        "templates/account/mails.html",
        "il ne part pas",
        "across/mails/test_week.py",
        "test_what_is_no_longer_true_is_not_told_and_an_empty_week_sends_nothing",
    ),
    (
        "templates/home/who_sees_what.html",
        "est remise, avant d’être détruite ici, au dossier d’archives de l’administration",
        "across/services/test_archiving.py",
        "test_a_sheet_is_written_on_the_day_it_is_destroyed_and_not_the_day_before",
    ),
    (
        "templates/home/personal_data.html",
        "Jamais une note, jamais un brouillon",
        "across/services/test_archiving.py",
        "test_nobody_s_name_is_in_it_nor_what_the_collective_kept_to_itself",
    ),
    (
        "web/notices.py",
        "sept jours après",
        "cli/epochs/test_elsewhere.py",
        "test_copies_hold_the_epochs_of_a_week_and_name_what_a_database_that_comes_back_must_not_keep",
    ),
    (
        "templates/collectives/erased.html",
        "à la prochaine rotation des clés, cette nuit",
        "cli/test_perishing.py",
        "test_with_keys_in_the_table_the_collective_reads_since_when_it_is_gone_for_good",
    ),
    (
        "templates/collectives/erased.html",
        "même le journal de la base ne le rend plus lisible",
        "cli/epochs/test_rotating.py",
        "test_after_a_rotation_a_perished_text_opens_from_no_copy_of_the_database_with_the_epochs_that_are_left",
    ),
    (
        "web/notices.py",
        "à la prochaine sauvegarde des clés",
        "cli/test_backup.py",
        "test_the_copy_of_the_keys_opens_what_lives_and_drops_what_was_destroyed",
    ),
    (
        "templates/home/personal_data.html",
        "vos pages n’appellent aucun autre site",
        "test_confidentiality.py",
        "test_no_page_calls_a_third_party",
    ),
    (
        "templates/home/who_sees_what.html",
        "Aucun compte du logiciel ne lit par-dessus un cercle",
        "test_confidentiality.py",
        "test_who_walks_through_the_whole_site_gets_in_where_their_lines_say_reads_their_own_words_and_changes_nothing",
    ),
    (
        "kernel/retention.py",
        "chaque lecture est notée",
        "blueprints/test_review.py",
        "test_opening_a_sheet_is_noted_and_said",
    ),
    (
        "templates/home/who_sees_what.html",
        "une seule objection la bloque",
        "sheets/services/test_consent.py",
        "test_its_transmission_may_be_refused_until_it_has_left",
    ),
    (
        "templates/sheets/withdraw.html",
        "Sa copie dans ce service est détruite",
        "across/services/test_tidying.py",
        "test_withdrawn_the_copys_key_is_destroyed",
    ),
    (
        "templates/planning/communes.html",
        "on ne peut pas en essayer d’autres",
        "blueprints/test_attendance.py",
        "test_no_other_commune_can_be_tried_so_that_nobody_guesses_where_people_live",
    ),
    (
        "templates/planning/convocation.html",
        "La commune de résidence n’y figure jamais",
        "blueprints/test_attendance.py",
        "test_the_convocation_file_holds_a_line_for_each_member_and_meeting_to_come",
    ),
    (
        "templates/collectives/answer_proposal.html",
        "son nom et son adresse s’effacent",
        "collectives/services/test_newcomers.py",
        "test_a_no_erases_the_name_and_tells_nobody",
    ),
    (
        "templates/mails/layout.html",
        "Il ne contient rien de ce qui se dit dans un collectif",
        "test_confidentiality.py",
        "test_mails_carry_a_date_and_a_place_but_never_a_content",
    ),
    (
        "templates/home/who_sees_what.html",
        "la personne qui a exposé doit dire oui",
        "sheets/services/test_consent.py",
        "test_without_the_presenters_yes_it_does_not_leave",
    ),
    (
        "templates/home/who_sees_what.html",
        "et elle seule, peut lever son objection",
        "sheets/services/test_consent.py",
        "test_nobody_lifts_the_objection_of_another",
    ),
    (
        "kernel/retention.py",
        "qui anime la séance ; le collectif en lit le titre",
        "test_confidentiality.py",
        "test_who_walks_through_the_whole_site_gets_in_where_their_lines_say_reads_their_own_words_and_changes_nothing",
    ),
    (
        "templates/home/who_sees_what.html",
        "Qui s’est opposé est chiffré avec les brouillons de la fiche, et s’efface avec eux",
        "across/services/test_tidying.py",
        "test_never_submitted_the_drafts_perish_a_year_after_the_meeting",
    ),
    (
        "templates/sheets/propose.html",
        "ni un week-end ni des vacances ne comptent",
        "sheets/domain/test_sheet_delay.py",
        "test_the_delay_is_three_school_days_and_ends_by_day",
    ),
    (
        "meetings/library/canvases/genot-soutoul.toml",
        "On peut toujours l’ajuster",
        "collectives/services/test_frame.py",
        "test_it_holds_once_each_has_said_yes_and_not_before",
    ),
    (
        "templates/collectives/charter.html",
        "Il vaudra quand chaque personne aura dit oui",
        "collectives/services/test_frame.py",
        "test_it_holds_once_each_has_said_yes_and_not_before",
    ),
    (
        "templates/collectives/charter.html",
        "qui, personne ne le lit",
        "test_promises.py",
        "test_the_page_of_the_charter_counts_the_yeses_and_names_nobody",
    ),
    (
        "templates/collectives/circles.html",
        "par les règles qui ouvrent vraiment les pages",
        "blueprints/test_circles.py",
        "test_each_thing_is_shown_with_those_whom_the_rules_let_in",
    ),
    (
        "templates/collectives/circles.html",
        "Le jour, jamais l’heure ni un nom",
        "blueprints/test_circles.py",
        "test_the_journal_tells_what_happened_and_names_nobody",
    ),
    (
        "templates/planning/communes.html",
        "ainsi cette réponse ne dit pas où l’on habite",
        "meetings/domain/test_communes.py",
        "test_nothing_tells_the_commune_of_work_from_that_of_home_nor_a_home_from_one_that_was_not_told",
    ),
    (
        "templates/meetings/show.html",
        "le choix vaut pour les regroupements qui suivent",
        "blueprints/test_notes_choice.py",
        "test_with_or_without_notes_is_asked_once_and_remembered_for_the_series",
    ),
    (
        "templates/account/own_data.html",
        "Tout ce que vous avez écrit et qui n’est pas effacé",
        "across/services/test_own_data.py",
        "test_it_holds_what_one_wrote_and_what_is_known_of_one",
    ),
    (
        "kernel/retention.py",
        "sept jours après votre demande",
        "across/services/test_retention.py",
        "test_it_is_there_until_its_last_day_and_gone_the_day_after",
    ),
    (
        "templates/account/erase_account.html",
        "votre nom sur les émargements",
        "across/services/test_own_data.py",
        "test_erased_nothing_opens_and_the_name_stays_on_attendance_alone",
    ),
    (
        "templates/sheets/object.html",
        "Aucune page, aucun courriel ne lui dit de qui",
        "test_promises.py",
        "test_no_page_and_no_mail_says_who_objects",
    ),
    (
        "templates/sheets/withdraw.html",
        "le journal non plus ne le dit pas",
        "test_promises.py",
        "test_nothing_says_who_withdrew_and_nobody_reads_the_sheet_any_more",
    ),
    (
        "templates/sheets/show.html",
        "Personne ne la lit plus",
        "test_promises.py",
        "test_nothing_says_who_withdrew_and_nobody_reads_the_sheet_any_more",
    ),
    (
        "templates/sheets/propose.html",
        "ni une adresse électronique n’y figurent",
        "test_promises.py",
        "test_what_the_software_says_that_it_checked_is_refused",
    ),
    (
        "templates/home/help.html",
        "prend une autre situation ou clôt",
        "test_promises.py",
        "test_stop_is_no_gesture_of_its_own",
    ),
    (
        "templates/review/away.html",
        "Qui lisait déjà ce territoire n’y lit rien de plus",
        "review/mails/test_waiting.py",
        "test_whoever_is_away_is_left_alone_and_a_colleague_who_reads_there_already_reads_no_more_by_it",
    ),
    (
        "templates/components/sheet.html",
        "Ce qui suit vaut pour le dernier texte enregistré",
        "blueprints/test_sheets.py",
        "test_a_text_too_long_is_kept_and_said_beside_its_answer",
    ),
    *KEPT_BY_THE_REPORT,
    *KEPT_BY_A_CAMPAIGN,
    *KEPT_BY_COMPOSING,
    *KEPT_BY_DATES,
    *KEPT_BY_A_DAY,
    *KEPT_BY_ENGAGEMENT,
    *KEPT_BY_THE_PRESS,
    *KEPT_BY_A_BOOK,
    *KEPT_BY_TUTORING,
    *KEPT_BY_THE_DIRECTORY,
]
