"""The words of what waits about dates that a collective is asked about."""

from datetime import date

from collectifs.kernel.text.typography import count, day_and_month, sentence_case
from collectifs.meetings.domain.polls import last_day
from collectifs.web.task_words import Here, Shown


def _last_day(here: Here) -> date:
    dates = here.collective.dates
    return last_day(dates.closes_at if dates else here.now, here.collective.zone)


def _number_asked(here: Here) -> int:
    """Of the meeting that the dates are for."""
    dates = here.collective.dates
    if dates is not None and dates.meeting_id is not None:
        return here.situation.meeting(dates.meeting_id).number
    return len(here.collective.meetings) + 1


def answer_dates(here: Here) -> Shown:
    """A reply of one’s own is awaited."""
    dates = here.collective.dates
    number = dates.awaits if dates else 0
    day = day_and_month(_last_day(here))
    text = "Oui, si besoin ou non : chaque réponse est gardée dès que vous la donnez."
    title = f"{sentence_case(count(number, 'date', feminine=True))} pour le regroupement {_number_asked(here)}"
    answer = here.action("Répondre", "dates.show", "primary", poll_id=here.task.poll_id)
    return here.shown(f"Jusqu’au {day}", f"{title} : quand vous convient-il ?", text, answer)


def choose_date(here: Here) -> Shown:
    """For whoever pilots: nobody is awaited any more."""
    dates = here.collective.dates
    heard = f"{dates.answered} sur {dates.asked}" if dates else ""
    text = f"Réponses complètes : {heard}. Choisir, laisser plus de temps, ou en parler dans la salle."
    choose = here.action("Choisir la date", "dates.choose", "primary", poll_id=here.task.poll_id)
    return here.shown("Quand vous voulez", f"La date du regroupement {_number_asked(here)} est à choisir", text, choose)


def wait_for_answers(here: Here) -> Shown:
    """For whoever pilots: the others are answering."""
    dates = here.collective.dates
    day = day_and_month(_last_day(here))
    text = f"Réponses complètes : {dates.answered} sur {dates.asked}, jusqu’au {day}." if dates else ""
    see = here.action("Voir les réponses", "dates.choose", "primary", poll_id=dates.id if dates else None)
    return here.shown("La suite", f"Le collectif répond aux dates du regroupement {_number_asked(here)}", text, see)
