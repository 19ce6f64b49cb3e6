"""What candidates are told and rely on, for tests/promises.py."""

CALL = "blueprints/test_call.py"

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
]
