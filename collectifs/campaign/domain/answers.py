"""What a candidacy says: the eight questions, what is missing, what may still change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from collectifs.campaign.domain.call import CallState
from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.kinds import CallKind
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import count

# By the name of the field: what completes « Il manque … ». Half-days and statuses may stay empty: « à discuter ».
WANTED: dict[str, str] = {
    "degree": "votre degré",
    "tutoring_years": "vos années d’accompagnement",
    "work_insee": "la commune où vous travaillez",
    "home_insee": "la commune où vous habitez",
    "school": "votre école ou établissement",
    "would_pilot": "si vous aimeriez piloter",
}
OVER = (CandidacyState.WITHDRAWN, CandidacyState.PLACED)
LONGEST_SENTENCE = 600


@dataclass(frozen=True)
class Facts:
    """What is known of a candidacy, for the rules: its state, and which answers are there."""

    state: CandidacyState
    answered: frozenset[str]
    kind: CallKind = CallKind.TUTORS

    @property
    def missing(self) -> list[str]:
        """The names of the fields that still want an answer, in the order of the page."""
        return [name for name in self.kind.wanted if name not in self.answered]


def facts_of(state: CandidacyState, answers: Mapping[str, object], kind: CallKind = CallKind.TUTORS) -> Facts:
    """The facts out of the values of the fields; zero years is an answer."""
    return Facts(state, frozenset(name for name in WANTED if answers.get(name) not in (None, "")), kind)


def left_in_words(missing: int) -> str:
    """« Il reste deux réponses. », or that all is there."""
    if not missing:
        return "Tout est rempli : il ne reste qu’à envoyer."
    return f"Il reste {count(missing, 'réponse', feminine=True)}."


def check_may_start(state: CallState, *, meets_on: date | None, today: date) -> None:
    """An open call; once it is closed, its waiting list until the first meetings."""
    if state is CallState.OPEN or is_waiting_list_open(state, meets_on=meets_on, today=today):
        return
    raise RuleBroken(
        {
            CallState.SOON: "Cet appel n’est pas encore ouvert.",
            CallState.PAUSED: "Cet appel est suspendu pour le moment.",
        }.get(state, "Cet appel est clos.")
    )


def is_waiting_list_open(state: CallState, *, meets_on: date | None, today: date) -> bool:
    """Whether one may still be told when a place frees."""
    return state is CallState.CLOSED and meets_on is not None and today < meets_on


def check_may_change(state: CandidacyState) -> None:
    """Its person changes it until it is withdrawn or placed in a collective."""
    if state is CandidacyState.WITHDRAWN:
        raise RuleBroken("Cette candidature est retirée.")
    if state is CandidacyState.PLACED:
        raise RuleBroken("Vous êtes dans un collectif : changez vos réponses depuis sa page.")
    if state is CandidacyState.STARTED:
        raise RuleBroken("Confirmez d’abord votre adresse.")


def check_is_complete(facts: Facts) -> None:
    """Each answer that its kind of call wants is there. Raises RuleBroken beside the first that is not."""
    if facts.missing:
        first = facts.missing[0]
        raise RuleBroken(f"Il manque {WANTED[first]}.", first)


def check_may_be_answered(state: CandidacyState, *, is_told: bool) -> None:
    """Complete, and not told anything yet; somebody on the waiting list may be retained later."""
    if state in OVER or state in (CandidacyState.STARTED, CandidacyState.CONFIRMED):
        raise RuleBroken("Une candidature que sa personne n’a pas envoyée, ou a retirée, n’attend pas de réponse.")
    if is_told and state is not CandidacyState.WAITING:
        raise RuleBroken("La réponse est déjà partie : elle ne change plus d’ici. Écrivez à la personne.")


def check_sentence(state: CandidacyState, sentence: str) -> None:
    """A no goes with a sentence that its reader can understand."""
    if state is CandidacyState.DECLINED and not sentence.strip():
        raise RuleBroken("Écrivez une phrase : chaque personne la lira telle quelle.", "sentence")
