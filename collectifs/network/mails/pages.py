"""The mails of a workshop: its host's link, its page to read. Never a word of the page. Links are minted as they go."""

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import clock_time, day_and_month, long_date, time_range
from collectifs.network.domain.work import MailHostLink, MailPageProposed, MailPageWithdrawn
from collectifs.network.mails.registrations import found_for, send_about_day
from collectifs.network.queries.events import get_workshop
from collectifs.network.queries.pages import page_left_by
from collectifs.network.services.pages import count_page_from_sending, mint_host_link
from collectifs.network.services.registrations import mint_registration_link
from collectifs.people.mails.letters import Addressee, answers_on, page_url, send_letter
from collectifs.sheets.domain.life import SheetStatus


@does
def host_link(mail: MailHostLink) -> None:
    """The page of whoever leads a workshop; nothing once it is cancelled, or has no address."""
    found = get_workshop(mail.workshop_id)
    if found is None or not found.is_held or not found.workshop.host_address:
        return
    workshop, zone = found.workshop, found.access.zone
    given, _, family = workshop.host.partition(" ")
    send_letter(
        "host_link",
        Addressee(workshop.id, given, family, workshop.host_address),
        subject_with("Vous animez « {name} »", workshop.title),
        workshop=workshop.title,
        event=found.access.event.title,
        territory=found.access.territory.name,
        day=long_date(found.slot.starts_at.astimezone(zone)),
        hours=time_range(found.slot.starts_at, found.slot.ends_at, zone),
        place=", ".join(filter(None, (workshop.room, found.access.event.place))),
        url=page_url("events.host", token=mint_host_link(workshop, now=clock.now())),
        answers=answers_on(found.territory_id),
    )


@does
def page_proposed(mail: MailPageProposed) -> None:
    """To somebody who was there: a page waits to be read, until an hour; nothing once it is written again."""
    row, workshop, now = found_for(mail.registration_id), get_workshop(mail.workshop_id), clock.now()
    page = page_left_by(workshop) if workshop else None
    if row is None or page is None or page.page.proposal_id != mail.proposal_id or row[0].id not in page.came:
        return
    deadline = count_page_from_sending(page, now=now)
    if deadline is None or deadline <= now or page.status(now) is not SheetStatus.PROPOSED:
        return
    local = deadline.astimezone(page.access.zone)
    send_about_day(
        "page_proposed",
        *row,
        f"{{name}} : une page à lire avant le {day_and_month(local)}",
        workshop=page.workshop.title,
        until=f"{long_date(local)} à {clock_time(local)}",
        url=page_url("events.pages", token=mint_registration_link(row[0], now=now)),
    )


@does
def page_withdrawn(mail: MailPageWithdrawn) -> None:
    """To those who were there: the page is withdrawn, and by whom is nobody's business."""
    row, workshop = found_for(mail.registration_id), get_workshop(mail.workshop_id)
    if row is not None and workshop is not None:
        subject, title = "{name} : la page d’un atelier est retirée", workshop.workshop.title
        send_about_day("page_withdrawn", *row, subject, with_link=False, workshop=title)
