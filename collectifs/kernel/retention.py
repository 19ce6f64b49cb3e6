"""How long everything about a person lives: one row for all that ends together (a test fails for a table without one).

The reader is shown these words: what it is, what for, who reads it, when it goes. The instants are computed where
the facts are, and each row is tried with a moved clock. « effacé » holds for the backups of the database too where a
row is sealed, from the next copy of the keys on: it forgets those that were destroyed. What is not sealed lives in a
backup as long as the backup does.
"""

from collectifs.kernel.keeping import Circle, Retention
from collectifs.kernel.keeping_book import BOOK_ROWS
from collectifs.kernel.keeping_directory import DIRECTORY_ROWS
from collectifs.kernel.keeping_tutoring import TUTORING_ROWS

DRAFTS_PERISH = "30 jours après la transmission ; sinon un an après le regroupement"
SEASON_PERISHES = "cinq ans après la fin de la saison"

ROWS: dict[str, Retention] = {
    "notes": Retention(
        "Les notes de la séance",
        "écrire la fiche",
        "qui anime la séance, et, ce jour-là, sa ou son secrétaire ; la voie « pour moi », la personne qui l’écrit",
        "quand la fiche est acceptée, au plus tard 30 jours après le regroupement",
        ("meeting_events", "prepared_devices", "hand_offers"),
        Circle.COLLECTIVE,
        "le regroupement",
    ),
    "situations": Retention(
        "Les situations proposées",
        "choisir ce que le collectif travaille",
        "la personne qui l’écrit, et qui anime la séance ; le collectif en lit le titre, si la personne qui l’écrit "
        "le montre",
        "le 31 août, ou quand la personne qui l’a écrite le veut",
        ("situations",),
        Circle.COLLECTIVE,
        "la situation",
    ),
    "drafts": Retention(
        "La fiche en brouillon ou proposée, ses versions, qui s’y est opposé et avec quels mots",
        "se mettre d’accord sur un texte",
        "qui pilote, puis le collectif ; une objection n’est lue que sans nom",
        DRAFTS_PERISH,
        (
            *("synthesis_sheets", "sheet_versions", "sheet_proposals", "objections", "presenter_answers"),
            "sheet_renderings.version_id",
        ),
        Circle.COLLECTIVE,
        "les brouillons de la fiche",
    ),
    "copies": Retention(
        "La fiche transmise, sous un code, ou sous le nom du collectif si personne ne s’y oppose",
        "faire connaître ce que le terrain travaille",
        "l’inspection du territoire, ou qui la remplace un temps, et chaque lecture est notée ; le collectif",
        "au retrait par le collectif, au plus tard cinq ans",
        ("submitted_sheets", "submitted_tags", "sheet_renderings"),
        Circle.INSTITUTION,
        "la version transmise",
    ),
    "follow_ups": Retention(
        "Ce que chaque personne a essayé, ou pas",
        "ouvrir le regroupement suivant",
        "la personne qui l’écrit ; celles qui étaient là, si elle le partage",
        "le 31 août de la saison",
        ("follow_ups",),
        Circle.COLLECTIVE,
        "la série",
    ),
    "parking_lot": Retention(
        "Le pense-bête",
        "ne pas perdre ce qui est remis à plus tard",
        "qui prépare ou anime la séance",
        "le 31 août de la saison, ou dès que quelqu’un le retire",
        ("parked_items",),
        Circle.COLLECTIVE,
        "la série",
    ),
    "frame": Retention(
        "Ce que le collectif ajoute à sa charte, et qui y a dit oui",
        "ajuster le cadre, et en garder l’histoire",
        "le collectif ; les oui sont comptés, sans nom",
        "le 31 août de la saison",
        ("frame_adjustments", "frame_yeses"),
        Circle.COLLECTIVE,
        "la série",
    ),
    "remarks": Retention(
        "Les remarques de l’inspection et les réponses",
        "répondre à une fiche",
        "l’inspection du territoire et le collectif",
        "un an après la fin de la saison",
        ("remarks",),
        Circle.INSTITUTION,
        "l’échange",
    ),
    "belonging": Retention(
        "Votre téléphone, votre établissement, vos communes, ce que vous avez dit de votre expérience",
        "composer des collectifs mélangés et proches, vous joindre en cas de retard, calculer les frais",
        "le service de formation et qui pilote ; le téléphone, votre pilote seul ; la commune de résidence, personne",
        "quand vous videz la case, quand vous quittez le collectif, au plus tard le 31 août",
        (
            *(f"memberships.{column}" for column in ("phone", "school", "uai", "work_commune", "home_commune")),
            *(f"memberships.{column}" for column in ("work_insee", "home_insee")),
            *(f"memberships.{column}" for column in ("setting", "tutoring_years")),
            "membership_statuses",
        ),
    ),
    "rooms": Retention(
        "Les consignes d’accès au lieu, l’ordre du jour adapté, qui tient les notes",
        "se retrouver et tenir la séance",
        "le collectif",
        "le 31 août de la saison",
        (
            *(f"meetings.{column}" for column in ("access_note", "steps", "spare_link", "note_taker_id")),
            "collectives.steps",
        ),
    ),
    "dates": Retention(
        "Les dates proposées au choix, et ce que chaque personne a répondu à chacune",
        "trouver une date qui convient",
        "le collectif : en nombres avant de répondre, avec les noms ensuite, ou jamais ; qui pilote, avec les noms",
        "quand la date est choisie, au plus tard quand la dernière des dates proposées est passée",
        ("date_options", "date_answers"),
        Circle.COLLECTIVE,
    ),
    "changes": Retention(
        "Qui a proposé, fixé, déplacé ou annulé une date",
        "répondre de ce qui a changé",
        "qui pilote, le service de formation",
        "un an après la fin de la saison",
        ("meeting_changes", "date_polls"),
    ),
    "presences": Retention(
        "Votre nom, vos collectifs, ce que vous y avez piloté, l’accord donné à la charte, les dates, les lieux, "
        "les présences, les personnes reçues",
        "l’émargement et les attestations",
        "le collectif, et le service de formation, jamais un contenu",
        SEASON_PERISHES,
        (
            *("collectives", "memberships", "pilotships", "charter_consents"),
            *("meetings", "attendances", "attendance_changes", "meeting_guests"),
        ),
        Circle.INSTITUTION,
    ),
    "erasures": Retention(
        "Ce qui a été effacé de votre collectif : combien, de quelle sorte, quel jour",
        "que le collectif le vérifie",
        "le collectif",
        SEASON_PERISHES,
        ("erasures",),
        Circle.COLLECTIVE,
    ),
    "readings": Retention(
        "Qui, dans l’institution, a ouvert une fiche, et quand",
        "que le collectif le sache",
        "le collectif et l’inspection",
        SEASON_PERISHES,
        ("reading_traces", "reading_marks"),
        Circle.INSTITUTION,
    ),
    "questionnaires": Retention(
        "Vos réponses au questionnaire de fin de saison, ajoutées à celles du territoire, sans nom ni instant",
        "décider s’il faut étendre les collectifs",
        "le service de formation et l’inspection du territoire, puis les collectifs, en nombres, à partir de cinq "
        "réponses et du 1er juillet",
        SEASON_PERISHES,
        ("questionnaire_boxes",),
        Circle.INSTITUTION,
        "la saison du territoire",
    ),
    "questionnaire_returns": Retention(
        "Que vous avez répondu au questionnaire de fin de saison, jamais ce que vous avez répondu",
        "que personne ne réponde deux fois",
        "vous",
        "le 31 août de la saison",
        ("questionnaire_returns",),
    ),
    "season_reports": Retention(
        "Le bilan de la saison d’un territoire : des nombres, et les besoins que le service de formation y écrit",
        "décider s’il faut étendre les collectifs",
        "le service de formation et l’inspection du territoire, puis les collectifs à partir du 1er juillet",
        SEASON_PERISHES,
        ("season_reports",),
        Circle.INSTITUTION,
    ),
    "proposals": Retention(
        "Une personne proposée à un collectif",
        "demander l’avis de qui pilote",
        "qui pilote, le service de formation",
        "avec un refus, au plus tard le 31 août",
        ("membership_proposals",),
    ),
    "candidacies": Retention(
        "Votre candidature : votre nom, votre adresse, vos huit réponses, ce qui vous a été répondu",
        "composer des collectifs mélangés et proches, et vous répondre",
        "vous, et le service de formation du territoire ; celui d’un autre où vous candidatez sait qu’elle existe",
        "dès que vous la retirez, au plus tard le 31 août de la saison",
        ("candidacies", "candidacy_statuses", "candidacy_links", "place_offers"),
        Circle.INSTITUTION,
    ),
    "openings": Retention(
        "L’adresse que vous avez laissée pour être prévenu ou prévenue de l’ouverture d’un appel",
        "vous écrire une fois, ce jour-là",
        "personne",
        "avec l’envoi de ce message, dès que vous la retirez, sept jours après sans confirmation, au plus tard quand "
        "l’appel se ferme",
        ("opening_notices",),
    ),
    "wishes": Retention(
        "Avec qui vous aimeriez être, ou non",
        "composer les collectifs",
        "vous ; le calcul qui les compose, et personne d’autre",
        "quand les collectifs sont publiés, au plus tard le 31 août de la saison",
        ("wishes",),
        Circle.NONE,
        "l’appel",
    ),
    "compositions": Retention(
        "Les brouillons de collectifs : qui y serait avec qui, et ce qui y fut changé à la main",
        "composer des collectifs proches et mélangés, et revenir sur un choix",
        "le service de formation du territoire",
        "le 31 août de la saison",
        ("drafts", "draft_groups", "draft_places", "draft_moves"),
        Circle.INSTITUTION,
    ),
    "voices": Retention(
        "Ce que vous avez accepté de laisser lire sur la page d’un appel",
        "dire à d’autres ce que l’on y vit",
        "tout le monde ; votre nom, le service de formation",
        "le jour dont vous êtes convenus, ou dès que vous le demandez",
        ("testimonials",),
    ),
    "registrations": Retention(
        "Votre inscription à une journée : votre nom, votre adresse, d’où vous venez, vos ateliers, votre présence",
        "vous garder une place, vous écrire, attester de votre présence",
        "vous, et le service de formation du territoire ; qui anime votre atelier, votre nom, à partir de ce jour-là",
        "dès que vous vous désistez, sept jours après sans confirmation, au plus tard le 31 août de la saison",
        ("registrations", "registration_links", "slot_choices"),
        Circle.INSTITUTION,
    ),
    "hosts": Retention(
        "Le nom de qui anime un atelier d’une journée, et l’adresse où son lien lui est envoyé",
        "dire au programme qui accueille, noter qui est là, écrire la page de l’atelier",
        "le nom, tout le monde ; l’adresse, le service de formation du territoire",
        "le 31 août de la saison",
        ("workshops", "host_links"),
    ),
    "workshop_pages": Retention(
        "La page que laisse un atelier, et les objections à cette page",
        "faire connaître ce que l’atelier a cherché",
        "qui anime l’atelier et le service de formation, puis celles et ceux qui y étaient ; acceptée, l’inspection "
        "du territoire aussi ; une objection n’est lue que sans nom",
        "dès qu’une personne qui y était la retire, au plus tard le 31 août de la saison",
        ("workshop_pages", "page_objections"),
        Circle.INSTITUTION,
        "la page",
    ),
    **BOOK_ROWS,
    **TUTORING_ROWS,
    **DIRECTORY_ROWS,
    "roles": Retention(
        "Les rôles que vous avez eus",
        "savoir qui peut quoi",
        "vous, et le service de formation",
        "un an après leur fin",
        ("granted_roles",),
    ),
    "audit": Retention(
        "Le journal des actions (jamais un texte)",
        "répondre de ce qui s’est fait",
        "personne dans une page ; qui administre le serveur",
        "un an après l’action",
        ("audit_events",),
    ),
    "entries": Retention(
        "Vos liens, vos appareils, l’adresse de votre agenda",
        "entrer sans mot de passe, et fermer un appareil perdu",
        "vous",
        "30 jours après leur fin",
        ("personal_links", "devices", "calendar_feeds"),
    ),
    "data_copies": Retention(
        "La copie de vos données que vous avez demandée",
        "vous la remettre",
        "vous",
        "sept jours après votre demande",
        ("data_copies",),
        Circle.NONE,
        "cette copie",
    ),
    "sheet_exports": Retention(
        "Les fichiers de fiches que l’inspection demande",
        "les lire ensemble, ou sur papier",
        "la personne de l’inspection qui l’a demandé",
        "sept jours après la demande, ou dès qu’une des fiches est retirée",
        ("sheet_exports", "exported_sheets"),
        Circle.INSTITUTION,
        "ce fichier",
    ),
    "failures": Retention(
        "Les essais manqués pour entrer, les messages écrits depuis l’annuaire (une empreinte, jamais une adresse)",
        "ralentir qui devine, ou qui écrit trop",
        "personne",
        "un jour après",
        ("sign_in_failures",),
    ),
    "jobs": Retention(
        "Les courriels demandés (à qui, de quelle sorte, jamais un texte ni une adresse)",
        "qu’aucun ne se perde ni ne parte deux fois",
        "personne dans une page ; qui administre le serveur",
        "30 jours après leur envoi",
        ("jobs",),
    ),
    "mail_choices": Retention(
        "Vos choix de courriels",
        "ne vous écrire que comme vous le voulez",
        "vous",
        "quand vous revenez à « tout de suite », ou avec votre compte",
        ("mail_choices",),
    ),
    "saved_filters": Retention(
        "Les filtres que vous gardez pour lire les fiches transmises (jamais un mot cherché)",
        "retrouver les fiches que vous suivez",
        "vous",
        "quand vous les retirez, ou avec votre compte",
        ("saved_filters",),
    ),
    "held_mails": Retention(
        "Ce qui attend votre courriel de la semaine (jamais un texte)",
        "vous écrire une fois par semaine",
        "vous",
        "à son envoi, le lundi",
        ("held_mails",),
    ),
    "accounts": Retention(
        "Votre compte : adresse, mot de passe, et votre nom s’il n’est sur aucun émargement gardé",
        "vous reconnaître et vous écrire",
        "vos collectifs, le service de formation",
        "un an après la fin de votre dernière saison ; un courriel vous le dit un mois avant",
        ("users",),
    ),
    "contacts": Retention(
        "La personne à qui écrire dans un territoire",
        "que chacun sache à qui écrire",
        "tout le monde",
        "dès qu’une autre la remplace",
        ("territories",),
    ),
}

# Tables that hold nothing about anybody: why.
NOBODY: dict[str, str] = {
    "books": "what a territory prints",
    "book_chapters": "workshops ready to be used",
    "book_themes": "headings of a book",
    "call_partners": "schools and services that pass a call on",
    "calls": "what a service publishes",
    "event_partners": "programmes that pass a day on",
    "event_slots": "hours of a day",
    "events": "what a service publishes",
    "programmes": "what a service and its partners publish",
    "launches": "words of a call that was published, numbers of a series",
    "call_travels": "roads",
    "tutoring_openings": "territories where tutoring is open; who opened it stands in the audit",
    "accompanied_statuses": "a list of words that the administration keeps",
    "deployments": "the installation itself",
    "destroyed_keys": "keys that are no more, some days",
    "key_epochs": "nights",
    "wrapped_keys": "keys, without what they open",
    "resource_amendments": "addresses of what others published",
    "worker_breaths": "machines and processes",
}

# The row of each table or column that ends before the rest of its table.
TABLE: dict[str, Retention] = {place: row for row in ROWS.values() for place in row.covers}
SEALED = tuple(row for row in ROWS.values() if row.sealed_under)
UNSEALED = tuple(row for row in ROWS.values() if not row.sealed_under)
