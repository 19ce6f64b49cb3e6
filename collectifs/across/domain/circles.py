"""What each circle holds at this moment, as one person may know it; and what has happened to it, without names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from collectifs.kernel.keeping import Circle
from collectifs.kernel.text.typography import join_names

YOU, PILOT, MEMBER = "vous", "pilote", "membre"
INSPECTION, TRAINING, OTHER = "inspection", "service de formation", "autre"
ORDER = (YOU, PILOT, MEMBER, TRAINING, INSPECTION, OTHER)


@dataclass(frozen=True)
class Held:
    """One thing that a circle holds: what, who reads it by part and number, until when (in words)."""

    circle: Circle
    what: str
    readers: tuple[tuple[str, int], ...]
    until: str
    is_text: bool = True

    @property
    def number(self) -> int:
        """How many read it."""
        return sum(number for _, number in self.readers)

    @property
    def readers_in_words(self) -> str:
        """« vous, 1 pilote et 6 membres »: figures, so that no part takes a gender."""
        return join_names([_part(part, number) for part, number in self.readers]) or "personne, pour l’instant"


def _part(part: str, number: int) -> str:
    if part == YOU:
        return "vous"
    words = {TRAINING: "personne{} du service de formation", INSPECTION: "personne{} de l’inspection"}
    words |= {PILOT: "pilote{}", MEMBER: "membre{}", OTHER: "autre{} personne{}"}
    return f"{number} {words[part].replace('{}', 's' if number > 1 else '')}"


def counted(parts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """By part, in the order in which they are said."""
    found = Counter(parts)
    return tuple((part, found[part]) for part in ORDER if found[part])


@dataclass(frozen=True)
class Happened:
    """A line of the journal: the day, never the hour, so that no gesture can be told from it; and what."""

    day: date
    words: str


# What the journal tells of each audit event: what happened to the texts, never who hesitated, objected or stopped.
TOLD: dict[str, str] = {
    "sheet_proposed": "La fiche du {day} a été proposée au collectif.",
    "sheet_reopened": "L’écriture de la fiche du {day} a été reprise.",
    "sheet_submitted": "La fiche du {day} a été transmise à l’inspection.",
    "sheet_reviewed": "L’inspection a marqué la fiche du {day} comme lue.",
    "sheet_withdrawn": "La fiche du {day} a été retirée.",
    "sheet_archived": "La fiche du {day} a été remise au dossier d’archives de l’administration.",
    "sheet_kept_inside": "La copie de la fiche du {day} a été reprise à l’inspection.",
    "sheet_given_up": "Le regroupement du {day} est sans fiche.",
    "sheet_taken_up_again": "Le regroupement du {day} aura une fiche, finalement.",
    "drafts_perished": "Les brouillons de la fiche du {day} ont été effacés.",
    "notes_perished": "Les notes du {day} ont été effacées.",
    "meeting_planned": "Le regroupement du {day} a été fixé.",
    "meeting_moved": "Le regroupement du {day} a changé de date ou de lieu.",
    "meeting_cancelled": "Le regroupement du {day} a été annulé.",
    "attendance_saved": "Les présences du {day} ont été notées.",
    "device_prepared": "Un appareil a été préparé pour tenir la séance du {day} sans réseau.",
    "frame_adjusted": "Un ajustement du cadre a été proposé.",
    "frame_agreed": "Un ajustement du cadre est entré en vigueur.",
    "collective_renamed": "Le collectif a changé de nom.",
}
OPENED = "Une personne de l’inspection a ouvert la fiche du {day}."
REMARKED = "L’inspection a fait une remarque sur la fiche du {day}."
ANSWERED = "Le collectif a répondu à l’inspection sur la fiche du {day}."
