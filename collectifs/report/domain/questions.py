"""The questions of the end of a season, with what may be ticked: of a collective, and of the modalities of tutoring."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What may be ticked, over all questions."""

    YES_FULLY = "yes_fully"
    RATHER_YES = "rather_yes"
    RATHER_NO = "rather_no"
    NO = "no"
    SEVERAL_TIMES = "several_times"
    ONCE = "once"
    NOT_YET = "not_yet"
    YES = "yes"
    A_LITTLE = "a_little"
    TOO_FEW = "too_few"
    ENOUGH = "enough"
    TOO_MANY = "too_many"
    NOTHING = "nothing"
    REPLACEMENT = "replacement"
    DISTANCE = "distance"
    HOUR = "hour"
    LATE_ORDER = "late_order"
    COME_BACK = "come_back"
    PILOT = "pilot"
    LEAVE = "leave"
    UNDECIDED = "undecided"
    BOTH = "both"
    ONE_OF_BOTH = "one_of_both"
    IN_PART = "in_part"
    UNKNOWN = "unknown"
    NOTHING_MORE = "nothing_more"
    TIME = "time"
    ROOM = "room"
    TRAINING = "training"
    PEERS = "peers"
    TEAMS = "teams"

    @property
    def label(self) -> str:
        """The words beside the box."""
        return LABELS[self]


LABELS = {
    Answer.YES_FULLY: "Oui, tout à fait",
    Answer.RATHER_YES: "Plutôt oui",
    Answer.RATHER_NO: "Plutôt non",
    Answer.NO: "Non",
    Answer.SEVERAL_TIMES: "Oui, plusieurs fois",
    Answer.ONCE: "Oui, une fois",
    Answer.NOT_YET: "Non, pas encore",
    Answer.YES: "Oui",
    Answer.A_LITTLE: "Un peu",
    Answer.TOO_FEW: "Pas assez",
    Answer.ENOUGH: "Ce qu’il faut",
    Answer.TOO_MANY: "Trop",
    Answer.NOTHING: "Rien",
    Answer.REPLACEMENT: "Le remplacement en classe",
    Answer.DISTANCE: "La distance",
    Answer.HOUR: "L’heure",
    Answer.LATE_ORDER: "L’ordre de mission, reçu tard",
    Answer.COME_BACK: "Revenir",
    Answer.PILOT: "Revenir, et devenir pilote",
    Answer.LEAVE: "Laisser ma place",
    Answer.UNDECIDED: "Je ne sais pas encore",
    Answer.BOTH: "Oui, les deux",
    Answer.ONE_OF_BOTH: "L’un des deux",
    Answer.IN_PART: "En partie",
    Answer.UNKNOWN: "Je ne sais pas, ou sans objet",
    Answer.NOTHING_MORE: "Rien de plus",
    Answer.TIME: "Du temps prévu dans l’emploi du temps",
    Answer.ROOM: "Un lieu fixe et calme",
    Answer.TRAINING: "Une formation aux entretiens",
    Answer.PEERS: "Des échanges entre tuteurs",
    Answer.TEAMS: "Un lien plus suivi avec les équipes",
}


@dataclass(frozen=True)
class Question:
    """One question. `topic`: the words of its chart; `several`: more than one answer may be ticked, except `alone`."""

    key: str
    text: str
    topic: str
    answers: tuple[Answer, ...]
    several: bool = False
    alone: Answer | None = None


# Of a collective, to its members (source 004, « bilan »).
QUESTIONS = (
    Question(
        "fear",
        "Avez-vous pu parler sans crainte ?",
        "Parler sans crainte",
        (Answer.YES_FULLY, Answer.RATHER_YES, Answer.RATHER_NO, Answer.NO),
    ),
    Question(
        "change",
        "Un regroupement a-t-il changé votre façon d’accompagner ?",
        "Un changement dans l’accompagnement",
        (Answer.SEVERAL_TIMES, Answer.ONCE, Answer.NOT_YET),
    ),
    Question(
        "alone",
        "Le collectif a-t-il rendu l’accompagnement moins solitaire ?",
        "Un accompagnement moins solitaire",
        (Answer.YES, Answer.A_LITTLE, Answer.NO),
    ),
    Question(
        "number",
        "Quatre ou cinq regroupements de deux heures, c’est :",
        "Quatre ou cinq regroupements de deux heures",
        (Answer.TOO_FEW, Answer.ENOUGH, Answer.TOO_MANY),
    ),
    Question(
        "hindered",
        "Qu’est-ce qui a gêné votre venue ?",
        "Ce qui a gêné la venue",
        (Answer.NOTHING, Answer.REPLACEMENT, Answer.DISTANCE, Answer.HOUR, Answer.LATE_ORDER),
        several=True,
        alone=Answer.NOTHING,
    ),
    Question(
        "next",
        "L’an prochain, vous aimeriez :",
        "L’an prochain",
        (Answer.COME_BACK, Answer.PILOT, Answer.LEAVE, Answer.UNDECIDED),
    ),
)

# Of the modalities of tutoring, to its tutors (source 003): nothing about whom they see.
MODALITIES = (
    Question(
        "rhythm",
        "Les entretiens ont-ils eu un rythme régulier ?",
        "Un rythme régulier",
        (Answer.YES_FULLY, Answer.RATHER_YES, Answer.RATHER_NO, Answer.NO),
    ),
    Question(
        "place",
        "Aviez-vous une heure et un lieu pour ces entretiens ?",
        "Une heure et un lieu",
        (Answer.BOTH, Answer.ONE_OF_BOTH, Answer.NO),
    ),
    Question(
        "teams",
        "Avez-vous fait le point avec les équipes pédagogiques ?",
        "Le point avec les équipes pédagogiques",
        (Answer.SEVERAL_TIMES, Answer.ONCE, Answer.NO),
    ),
    Question(
        "guardians",
        "Les responsables légaux étaient-ils informés avant le premier entretien ?",
        "Des responsables légaux informés avant le premier entretien",
        (Answer.YES, Answer.IN_PART, Answer.NO, Answer.UNKNOWN),
    ),
    Question(
        "help",
        "Qu’est-ce qui aiderait l’an prochain ?",
        "Ce qui aiderait l’an prochain",
        (Answer.NOTHING_MORE, Answer.TIME, Answer.ROOM, Answer.TRAINING, Answer.PEERS, Answer.TEAMS),
        several=True,
        alone=Answer.NOTHING_MORE,
    ),
)
