"""What candidates are told and rely on, for tests/promises.py."""

CALL = "blueprints/test_call.py"
OPENING = "blueprints/test_opening.py"
FREEING = "campaign/services/test_freeing.py"

KEPT_BY_A_CAMPAIGN = [
    (
        "kernel/retention.py",
        "dès que vous la retirez, au plus tard le 31 août de la saison",
        CALL,
        "test_withdrawn_the_answers_go_at_once_and_the_name_with_the_mail",
    ),
    (
        "kernel/retention.py",
        "quand les collectifs sont publiés, au plus tard le 31 août de la saison",
        "across/services/test_retention.py",
        "test_it_is_there_until_its_last_day_and_gone_the_day_after",
    ),
    (
        "templates/campaign/call.html",
        "sans compte ni cookie",
        CALL,
        "test_the_page_of_a_call_keeps_nothing_in_the_browser_and_counts_nobody",
    ),
    (
        "templates/campaign/call.html",
        "jusqu’au jour dont elles sont convenues",
        CALL,
        "test_a_testimonial_is_gone_the_day_after_the_one_agreed_upon",
    ),
    (
        "templates/campaign/call.html",
        "Une page au plus en sort, et pas si quelqu’un s’y oppose.",
        "sheets/services/test_sheets.py",
        "test_each_may_still_object_and_nothing_leaves_before_the_end_of_the_delay",
    ),
    (
        "templates/documents/poster.html",
        "Une page au plus en sort, et pas si quelqu’un s’y oppose.",
        "sheets/domain/test_sheet_delay.py",
        "test_a_sheet_leaves_only_with_every_yes",
    ),
    (
        "templates/mails/candidacy_answered.html",
        "Un message vous dira si une place vous est donnée",
        "blueprints/test_candidacies.py",
        "test_a_place_that_frees_is_offered_answered_by_its_person_and_seen_by_the_manager",
    ),
    (
        "templates/mails/candidacy_place.html",
        "Passé ce moment, la place est proposée à une autre personne",
        FREEING,
        "test_a_no_or_no_answer_keeps_one_on_the_list_and_the_next_is_asked",
    ),
    (
        "templates/mails/candidacy_place.html",
        "vous restez sur la liste d’attente",
        FREEING,
        "test_a_no_or_no_answer_keeps_one_on_the_list_and_the_next_is_asked",
    ),
    (
        "templates/campaign/received.html",
        "elle est proposée à une autre personne, et vous restez sur la liste d’attente",
        FREEING,
        "test_a_no_or_no_answer_keeps_one_on_the_list_and_the_next_is_asked",
    ),
    (
        "blueprints/campaign/freed.py",
        "ensuite, à la personne suivante. Personne d’autre ne change.",
        FREEING,
        "test_once_published_a_member_who_leaves_frees_a_place_of_that_collective",
    ),
    (
        "templates/home/help_manager.html",
        "tout s’annule jusqu’à 18 h, puis chaque personne reçoit sa réponse",
        "blueprints/test_candidacies.py",
        "test_one_answer_to_many_is_undone_until_the_mails_leave",
    ),
    (
        "templates/campaign/withdraw.html",
        "Vos réponses seront effacées tout de suite.",
        CALL,
        "test_withdrawn_the_answers_go_at_once_and_the_name_with_the_mail",
    ),
    (
        "templates/campaign/change_address.html",
        "elle compte une fois confirmée",
        CALL,
        "test_another_address_counts_once_it_is_proved",
    ),
    (
        "templates/campaign/own.html",
        "Tout le reste est gardé.",
        CALL,
        "test_a_wrong_answer_is_told_beside_its_field_and_the_others_are_kept",
    ),
    (
        "templates/campaign/wishes.html",
        "Compte quand l’autre personne le demande aussi.",
        CALL,
        "test_wishes_are_sealed_and_together_counts_when_both_ask",
    ),
    (
        "templates/mails/candidacy_link.html",
        "sans ce message, personne n’est candidat à votre place",
        CALL,
        "test_from_an_address_to_a_receipt",
    ),
    (
        "kernel/retention.py",
        "avec l’envoi de ce message, dès que vous la retirez, sept jours après sans confirmation",
        OPENING,
        "test_it_is_kept_no_longer_than_it_says",
    ),
    (
        "templates/campaign/call.html",
        "vous recevrez un seul message ce jour-là, puis elle sera effacée",
        OPENING,
        "test_an_address_is_left_confirmed_written_to_once_at_the_opening_and_erased",
    ),
    (
        "templates/campaign/notify.html",
        "Un seul message part ce jour-là, puis votre adresse est effacée.",
        OPENING,
        "test_an_address_is_left_confirmed_written_to_once_at_the_opening_and_erased",
    ),
    (
        "templates/campaign/opening.html",
        "puis votre adresse sera effacée",
        OPENING,
        "test_an_address_is_left_confirmed_written_to_once_at_the_opening_and_erased",
    ),
    (
        "templates/mails/opening_link.html",
        "vous recevrez un seul message ce jour-là, puis votre adresse sera effacée",
        OPENING,
        "test_an_address_is_left_confirmed_written_to_once_at_the_opening_and_erased",
    ),
    (
        "templates/mails/opening_link.html",
        "sans confirmation, cette adresse est effacée au bout de sept jours",
        OPENING,
        "test_it_is_kept_no_longer_than_it_says",
    ),
    (
        "templates/mails/opening_link.html",
        "Le même lien sert à retirer votre adresse, quand vous voulez.",
        OPENING,
        "test_the_same_link_takes_the_address_back_confirmed_or_not",
    ),
    (
        "templates/mails/call_opens.html",
        "Votre adresse est effacée avec l’envoi de ce message",
        OPENING,
        "test_an_address_is_left_confirmed_written_to_once_at_the_opening_and_erased",
    ),
    (
        "kernel/retention.py",
        "celui d’un autre où vous candidatez sait qu’elle existe",
        "blueprints/test_two_calls.py",
        "test_both_services_read_where_else_and_no_answer_of_the_other",
    ),
    (
        "templates/campaign/received.html",
        "Chaque service de formation sait que l’autre existe, et n’en lit rien.",
        "blueprints/test_two_calls.py",
        "test_both_services_read_where_else_and_no_answer_of_the_other",
    ),
    (
        "templates/campaign/candidacy.html",
        "vous ne voyez pas ses réponses là-bas, et personne ne voit là-bas celles d’ici",
        "blueprints/test_two_calls.py",
        "test_both_services_read_where_else_and_no_answer_of_the_other",
    ),
    (
        "templates/campaign/call.html",
        "ni note, ni calcul, ni choix automatique",
        "blueprints/test_preparatory_call.py",
        "test_its_manager_answers_and_nothing_is_composed",
    ),
    (
        "templates/campaign/calls.html",
        "rien n’y est composé",
        "blueprints/test_preparatory_call.py",
        "test_its_manager_answers_and_nothing_is_composed",
    ),
    (
        "templates/campaign/notify.html",
        "Aucune page ne montre cette adresse, au service de formation non plus.",
        "test_confidentiality.py",
        "test_who_walks_through_the_whole_site_gets_in_where_their_lines_say_reads_their_own_words_and_changes_nothing",
    ),
    (
        "templates/campaign/opening.html",
        "Aucune page ne montre cette adresse, au service de formation non plus.",
        "test_confidentiality.py",
        "test_who_walks_through_the_whole_site_gets_in_where_their_lines_say_reads_their_own_words_and_changes_nothing",
    ),
]
