"""The words and the addresses of what somebody has to do: across/domain/what_now.py says what, this names it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from collectifs.across.domain.situation import Situation
from collectifs.across.domain.what_now import Task, TaskKind
from collectifs.collectives.domain.composition import ordinal
from collectifs.kernel.seasons import PARIS, season_label, season_of
from collectifs.kernel.text.typography import (
    clock_time,
    count,
    join_names,
    long_date,
    minutes,
    of_person,
    sentence_case,
)
from collectifs.web import date_tasks
from collectifs.web.task_words import Here, Shown

AN_HOUR = timedelta(hours=1)


def shown_tasks(situation: Situation, tasks: list[Task], now: datetime) -> list[Shown]:
    """Tasks in words, in their order."""
    return [WORDS[task.kind](Here(situation, task, now)) for task in tasks]


def _running(here: Here) -> Shown:
    back = here.to_meeting("Reprendre la séance", "live.run", "primary")
    return here.shown("En ce moment", f"Le {here.nth} est en cours", here.where, back)


def _take_notes(here: Here) -> Shown:
    is_running = here.meeting.is_running(here.now)
    when = "En ce moment" if is_running else _when(here)
    text = f"{here.led_by} Vos notes vont au collectif."
    return here.shown(
        when,
        f"Vous notez le {here.nth}",
        f"{here.where} {text}",
        here.to_meeting("Prendre les notes", "live.run", "primary"),
        here.to_meeting("Voir le regroupement", "meetings.show"),
    )


def _when(here: Here) -> str:
    """« Aujourd’hui », or the day when midnight lies between; within the hour, how long."""
    local = here.now.astimezone(here.collective.zone)
    wait = here.meeting.starts_at - here.now
    if timedelta() < wait <= AN_HOUR:
        return f"Aujourd’hui, dans {minutes(max(1, round(wait.total_seconds() / 60)))}"
    return "Aujourd’hui" if here.starts.date() == local.date() else "Demain"


def _open_room(here: Here) -> Shown:
    return here.shown(
        _when(here),
        _begins(here),
        " ".join(part for part in (here.where, _own_lead(here), here.proposed) if part),
        here.to_meeting("Ouvrir la séance", "live.run", "primary"),
        here.to_meeting("Revoir le déroulé", "meetings.prepare"),
    )


def _begins(here: Here) -> str:
    if here.meeting.is_running(here.now):
        return f"Le {here.nth} est en cours"
    verb = "commence" if here.meeting.starts_at > here.now else "devait commencer"
    return f"Le {here.nth} {verb} à {clock_time(here.starts)}"


def _own_lead(here: Here) -> str:
    """For a deputy: whose place they take."""
    names = join_names(here.collective.pilot_names)
    return f"Vous l’animez, à la place {of_person(names)}." if here.meeting.stands_in and names else ""


def _go(here: Here) -> Shown:
    when = "En ce moment" if here.meeting.is_running(here.now) else _when(here)
    return here.shown(when, _begins(here), f"{here.where} {here.led_by}".strip(), *_members_ways(here))


def _members_ways(here: Here) -> list[dict[str, str]]:
    see = here.to_meeting("Voir le regroupement", "meetings.show", "primary")
    propose = here.to_collective("Proposer une situation", "meetings.propose")
    return [see] if here.collective.pilots else [see, propose]


def _charter(here: Here) -> Shown:
    read = here.to_collective("Lire la charte", "collectives.charter", "primary")
    if here.collective.accepted_once:
        text = "Elle demande davantage qu’avant : à relire, et à accepter de nouveau. Ensuite, tout le reste se rouvre."
        return here.shown("Avant tout", "La charte a changé", text, read)
    text = "Quatre règles et une limite, à lire une fois. Ensuite, tout le reste s’ouvre."
    return here.shown("Pour commencer", "La charte, avant tout", text, read)


def _read_again(here: Here) -> Shown:
    text = "Personne n’a clos la séance. Relisez ses notes, puis fermez-la : la fiche vient ensuite."
    run = here.to_meeting("Relire la séance", "live.run", "primary")
    return here.shown("À relire", f"La séance du {here.day} est restée ouverte", text, run)


def _objection(here: Here) -> Shown:
    text = "La reprendre et la proposer de nouveau, ou la garder dans le collectif : les deux se peuvent."
    read = here.to_sheet("Lire l’objection")
    return here.shown("En attente", f"Une objection retient la fiche du {here.day}", text, read)


def _say_yes_or_no(here: Here) -> Shown:
    text = (
        "Vous avez exposé ce jour-là. La fiche n’ira à l’inspection que si vous le voulez ; sans réponse, elle reste "
        "ici, et personne n’apprend que la question vous a été posée."
    )
    title = f"La fiche du {here.day} peut-elle sortir du collectif ?"
    return here.shown("Votre oui est attendu", title, text, here.to_sheet("Lire la fiche, puis répondre"))


def _read_sheet(here: Here) -> Shown:
    until = _until(here)
    text = "Une page. Sans objection d’ici là, elle est acceptée : vous n’avez rien à faire si elle vous convient."
    title = f"La fiche du {here.day} attend votre lecture"
    return here.shown(f"Jusqu’au {until}", title, text, here.to_sheet("Lire la fiche"))


def _answer_page(here: Here) -> Shown:
    until = here.task.until.astimezone(PARIS) if here.task.until else here.now
    text = (
        "Vous la lirez telle qu’elle serait imprimée. Un seul non suffit, et il reste à vous ; sans réponse, elle ne "
        "paraît pas."
    )
    read = here.action("Lire la page, puis répondre", "book.consent", "primary", entry_id=here.task.entry_id)
    return here.shown(f"Jusqu’au {long_date(until)}", "On vous demande votre accord pour le recueil", text, read)


def _agree_to_frame(here: Here) -> Shown:
    text = "Ce que votre collectif ajoute à sa charte. Il vaudra quand chaque personne aura dit oui."
    read = here.to_collective("Lire l’ajustement, puis répondre", "collectives.charter", "primary")
    return here.shown("Votre oui est attendu", "Le cadre du collectif change", text, read)


def _until(here: Here) -> str:
    if here.task.until is None:
        return ""
    local = here.task.until.astimezone(here.collective.zone)
    return f"{long_date(local)}, {clock_time(local)}"


def _finish_sheet(here: Here) -> Shown:
    text = (
        "Deux rubriques, une page. Les notes de la séance restent lisibles tant que le collectif n’a pas accepté la "
        "fiche, trente jours au plus."
    )
    title = f"La fiche du {here.day} est à finir"
    return here.shown(sentence_case(here.day), title, text, here.to_sheet("Finir la fiche", "sheets.edit"))


def _submit_sheet(here: Here) -> Shown:
    text = "Le collectif l’a acceptée, et la transmission aussi. Elle reste ici tant que vous ne la transmettez pas."
    look = here.to_sheet("Relire, puis transmettre", "sheets.submit")
    return here.shown("Quand vous voulez", f"La fiche du {here.day} peut être transmise", text, look)


def _answer_proposal(here: Here) -> Shown:
    proposed = next(each for each in here.collective.proposed if each.id == here.task.proposal_id)
    text = "Le service de formation vous le propose : à vous de dire oui ou non."
    title = f"{proposed.name} pourrait rejoindre le collectif"
    answer = here.action("Répondre", "collectives.answer_proposal", "primary", proposal_id=proposed.id)
    return here.shown("Quand vous voulez", title, text, answer)


def _prepare(here: Here) -> Shown:
    lead = _own_lead(here)
    move = [here.to_meeting("Changer la date ou le lieu", "planning.edit", "quiet")] if here.collective.pilots else []
    return here.shown(
        sentence_case(long_date(here.starts)),
        f"Vous animez le {here.nth}" if lead else f"Préparer le {here.nth}",
        " ".join(part for part in (here.where, lead, here.proposed) if part),
        here.to_meeting("Préparer la séance", "meetings.prepare", "primary"),
        *move,
    )


def _plan(here: Here) -> Shown:
    number = len(here.collective.meetings) + 1
    text = "Deux heures, en présentiel, entre novembre et avril. Chaque membre en reçoit la date et le lieu."
    choose = here.to_collective("Fixer la date", "planning.create", "primary")
    by = "Pour commencer" if number == 1 else "La suite"
    return here.shown(by, f"Fixer la date du {ordinal(number)} regroupement", text, choose)


def _series_over(here: Here) -> Shown:
    text = "Rien ne vous attend ici. Le collectif peut encore se retrouver s’il le souhaite."
    add = here.to_collective("Ajouter un regroupement", "planning.create")
    way = add if here.collective.pilots else here.action("Mes heures et mon attestation", "meetings.mine")
    return here.shown("La série", "Les regroupements prévus ont eu lieu", text, way)


def _come(here: Here) -> Shown:
    title = f"Regroupement {here.meeting.number}, {long_date(here.starts)}"
    return here.shown("Prochain regroupement", title, f"{here.where} {here.led_by}".strip(), *_members_ways(here))


def _answer_questionnaire(here: Here) -> Shown:
    text = "Trois minutes, sans votre nom. Aucune réponse n’est obligatoire."
    answer = here.to_collective("Répondre", "report.questionnaire", "primary")
    return here.shown("Fin de saison", "Six questions pour finir", text, answer)


def _wait_for_date(here: Here) -> Shown:
    text = "Vous la recevrez par courriel, avec le lieu. D’ici là, vous pouvez déjà confier une situation."
    if here.collective.dates is not None:
        text = f"Des dates sont proposées : votre pilote choisira. {text}"
    propose = here.to_collective("Proposer une situation", "meetings.propose", "primary")
    return here.shown("Prochain regroupement", "La date n’est pas encore fixée", text, propose)


def _review(here: Here) -> Shown:
    number = here.situation.entrusted.to_review or 0
    title = sentence_case(count(number, "fiche", feminine=True)) + (" attend" if number == 1 else " attendent")
    text = "Chaque lecture est notée, et le collectif le sait."
    read = here.action("Lire les fiches", "review.index", "primary")
    return here.shown("À lire", f"{title} votre lecture", text, read)


def _manage(here: Here) -> Shown:
    entrusted, by = here.situation.entrusted, f"Saison {season_label(season_of(here.now.date()))}"
    if not entrusted.collectives:
        text = "Un nom, une personne qui pilote, des membres : les invitations partent ensuite d’elles-mêmes."
        create = here.action("Créer un collectif", "collectives.create", "primary")
        return here.shown(by, "Aucun collectif pour l’instant", text, create)
    see = here.action("Voir les collectifs", "collectives.index", "primary")
    create = here.action("Créer un collectif", "collectives.create")
    return here.shown(
        by, sentence_case(count(entrusted.collectives, "collectif")), _acceptances(entrusted.not_accepted), see, create
    )


def _read_candidacies(here: Here) -> Shown:
    waiting = here.situation.entrusted.candidacies or 0
    read = here.action("Lire les candidatures", "campaign.calls", "primary")
    title = f"{sentence_case(count(waiting, 'candidature', feminine=True))} à lire"
    return here.shown("À votre rythme", title, "Chaque personne attend une réponse, le jour que dit l’appel.", read)


def _acceptances(waiting: int) -> str:
    if not waiting:
        return "Toutes les personnes invitées ont accepté la charte."
    people = sentence_case(count(waiting, "personne", feminine=True))
    return f"{people} {'n’a' if waiting == 1 else 'n’ont'} pas encore accepté la charte."


def _add_territory(here: Here) -> Shown:
    add = here.action("Ajouter un territoire", "admin.add_territory", "primary")
    text = "Une académie, puis ses départements. Ensuite, vous nommez qui les gère."
    return here.shown("Pour commencer", "Aucun territoire pour l’instant", text, add)


def _appoint_manager(here: Here) -> Shown:
    name = here.action("Nommer au service de formation", "admin.appoint", "primary")
    text = "La personne nommée compose les collectifs et nomme les pilotes. Vous n’avez plus rien à faire ensuite."
    return here.shown("Pour commencer", "Personne ne gère encore ces territoires", text, name)


WORDS: dict[TaskKind, Callable[[Here], Shown]] = {
    TaskKind.RESUME_ROOM: _running,
    TaskKind.TAKE_NOTES: _take_notes,
    TaskKind.OPEN_ROOM: _open_room,
    TaskKind.GO: _go,
    TaskKind.ACCEPT_CHARTER: _charter,
    TaskKind.READ_AGAIN: _read_again,
    TaskKind.ANSWER_OBJECTION: _objection,
    TaskKind.SAY_YES_OR_NO: _say_yes_or_no,
    TaskKind.READ_SHEET: _read_sheet,
    TaskKind.ANSWER_PAGE: _answer_page,
    TaskKind.AGREE_TO_FRAME: _agree_to_frame,
    TaskKind.ANSWER_DATES: date_tasks.answer_dates,
    TaskKind.REVIEW: _review,
    TaskKind.FINISH_SHEET: _finish_sheet,
    TaskKind.SUBMIT_SHEET: _submit_sheet,
    TaskKind.ANSWER_PROPOSAL: _answer_proposal,
    TaskKind.CHOOSE_DATE: date_tasks.choose_date,
    TaskKind.PREPARE: _prepare,
    TaskKind.PLAN: _plan,
    TaskKind.COME: _come,
    TaskKind.ANSWER_QUESTIONNAIRE: _answer_questionnaire,
    TaskKind.READ_CANDIDACIES: _read_candidacies,
    TaskKind.MANAGE: _manage,
    TaskKind.ADD_TERRITORY: _add_territory,
    TaskKind.APPOINT_MANAGER: _appoint_manager,
    TaskKind.WAIT_FOR_ANSWERS: date_tasks.wait_for_answers,
    TaskKind.WAIT_FOR_DATE: _wait_for_date,
    TaskKind.SERIES_OVER: _series_over,
}
