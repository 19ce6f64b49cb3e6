"""What the pages of the composition say and rely on: where, in which words, the file of tests and its test."""

DRAFTING, PUBLISHING = "campaign/services/test_drafting.py", "campaign/services/test_publishing.py"

KEPT_BY_COMPOSING = [
    (
        "templates/composing/draft.html",
        "Les mêmes candidatures donnent toujours le même résultat",
        DRAFTING,
        "test_a_worker_that_is_lost_goes_on_and_finds_the_same",
    ),
    (
        "templates/composing/draft.html",
        "aucun courriel n’est parti et rien n’est créé",
        PUBLISHING,
        "test_it_waits_a_day_and_may_be_taken_back_until_then",
    ),
    (
        "templates/composing/draft.html",
        "ce qu’elles avaient souhaité est effacé",
        PUBLISHING,
        "test_what_was_wished_perishes_at_publication",
    ),
    (
        "templates/composing/publish.html",
        "une par personne",
        PUBLISHING,
        "test_collectives_are_made_with_their_pilot_and_everybody_is_invited_once",
    ),
    (
        "templates/composing/publish.html",
        "la suit dans son collectif",
        PUBLISHING,
        "test_what_somebody_told_follows_them",
    ),
    (
        "templates/composing/changed.html",
        "Rien n’est perdu",
        DRAFTING,
        "test_the_second_of_two_managers_is_told_and_both_changes_are_kept",
    ),
    (
        "composition/domain/moving.py",
        "Un souhait que personne ne lit s’y oppose",
        "blueprints/test_composing.py",
        "test_nobody_reads_a_wish_to_be_apart",
    ),
]
