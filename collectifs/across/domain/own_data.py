"""What somebody receives of their own data: the words for each column that speaks of them, what is left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """What is alike: « Les présences », why it is kept, until when; each entry by the name of its parts."""

    title: str
    why: str
    until: str
    entries: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class OwnData:
    """Everything that one wrote and that still lives, then everything known of one."""

    name: str
    written: tuple[Section, ...]
    known: tuple[Section, ...]


# How each column is called. What is in neither list, a test refuses.
LABELS: dict[str, str] = {
    "accepted_at": "acceptée le",
    "access_note": "accès",
    "added_at": "ajouté le",
    "address": "adresse",
    "address_refusal": "ce qu’a répondu le serveur de courriel",
    "address_refused_at": "adresse refusée le",
    "after": "après",
    "agreed": "réponse",
    "answered_at": "répondu le",
    "asked_at": "demandé le",
    "at": "le",
    "before": "avant",
    "bound_at": "depuis le",
    "cancelled_at": "annulé le",
    "changed_at": "changé le",
    "chosen_id": "regroupement fixé",
    "closed_at": "fermé le",
    "closes_at": "réponses jusqu’au",
    "code": "code",
    "collective_code": "code du collectif",
    "collective_id": "collectif",
    "collective_name": "nom du collectif",
    "commune": "commune",
    "created_at": "créé le",
    "cut_at": "gardée le",
    "deadline_at": "réponse attendue jusqu’au",
    "degree": "degré",
    "ends_at": "jusqu’au",
    "ends_on": "jusqu’au",
    "expires_at": "expire le",
    "family_name": "nom",
    "former_address": "ancienne adresse",
    "from_inspection": "de l’inspection",
    "given_name": "prénom",
    "given_up_at": "sans fiche, depuis le",
    "granted_at": "donné le",
    "form": "format",
    "happened_at": "le",
    "held_at": "retenu le",
    "home_commune": "commune de résidence",
    "home_insee": "son code (INSEE)",
    "insee": "code de la commune (INSEE)",
    "is_private": "pour moi",
    "keeps_notes": "avec notes",
    "kind": "quoi",
    "label": "appareil",
    "left_at": "quitté le",
    "least": "personnes au moins",
    "leads_to": "page demandée",
    "made_at": "fait le",
    "mail_delay": "retard de courriel, code",
    "mail_delayed_at": "retard de courriel le",
    "marked_at": "noté le",
    "meeting_id": "regroupement",
    "minted_at": "envoyé le",
    "month": "mois",
    "moved_at": "déplacé le",
    "name": "nom",
    "new_address": "nouvelle adresse",
    "number": "numéro",
    "object_kind": "à propos de",
    "opened_at": "proposé le",
    "pace": "rythme",
    "phone": "téléphone",
    "place": "lieu",
    "prepared_at": "préparé le",
    "proposed_at": "proposé le",
    "published_at": "publié le",
    "publishes_at": "à publier le",
    "purpose": "sorte de lien",
    "qualification": "qualification",
    "read_at": "ouverte le",
    "ready_at": "prête le",
    "reason": "pourquoi",
    "replaced_at": "remplacée le",
    "reply": "réponse",
    "reviewed_at": "lue le",
    "returned_at": "revenu le",
    "revoked_at": "retiré le",
    "role": "rôle",
    "said_at": "dit le",
    "saved_at": "enregistré le",
    "saved_on": "enregistré sur",
    "school": "établissement",
    "season": "saison",
    "seen_at": "vu le",
    "sent_at": "envoyée le",
    "setting": "niveau",
    "settled_at": "échange clos le",
    "shows_title": "titre montré",
    "starts_at": "à partir du",
    "starts_on": "à partir du",
    "state": "état",
    "submitted_at": "transmise le",
    "territory_id": "territoire",
    "wishes": "oui à",
    "tutoring_years": "années de tutorat",
    "uai": "UAI",
    "undone_at": "annulé le",
    "used_at": "ouvert le",
    "told_version": "annoncée par courriel, version",
    "version": "version",
    "version_number": "version",
    "week_told_at": "courriel de la semaine le",
    "withdrawn_at": "retirée le",
    "work_commune": "commune de travail",
    "work_insee": "code de la commune de travail (INSEE)",
    "written_at": "écrite le",
}
# What tells nothing of a person: numbers of the machine, ids of other rows.
OMITTED = {
    *("id", "key_id", "series_key_id", "digest", "hand", "sequence", "calendar_sequence", "revision", "note_id"),
    *("object_id", "option_id", "entry_id", "sheet_id", "submitted_id", "adjustment_id"),
    *("args", "steps", "canvas_id", "spare_id", "spare_link", "names_replies"),
    *("is_demo", "demo_circle", "demo_line", "erased_at", "room_closes_at", "notes_perished_at", "reopened_at"),
    *("questionnaire_asked_at", "proposed_days"),
    *("programme_id", "registration_id", "workshop_id"),
    # Of a draft of collectives: what it was composed with, whom it moves (theirs to ask for).
    *("call_id", "aims", "seed", "moves", "begun_from_id", "stop_asked_at", "walk", "codes", "problem", "draft_id"),
    *("candidacy_id", "from_code", "to_code"),
    *("device", "day_reminded_at", "week_reminded_at", "reminded_at", "told_at", "progress"),
    "password_hash",  # a secret: it would open the account to whoever finds the file
    # Names of other people whom one has proposed or received: theirs to ask for.
    *("membership_proposals.given_name", "membership_proposals.family_name", "membership_proposals.address"),
    *("meeting_guests.name", "meeting_guests.establishment"),
    *("collectives.name",),  # said as « collectif » where one belongs
}
NOT_HERE = (
    "Les textes écrits à plusieurs (fiches, pense-bête, cadre) : le collectif les lit dans ses pages.",
    "Ce que d’autres ont écrit, même en parlant de vous : la personne déléguée à la protection des données répond.",
    "Les secrets de vos liens, de vos appareils et de votre mot de passe : il n’en est gardé qu’une empreinte.",
    "Ce qui est déjà effacé.",
)
