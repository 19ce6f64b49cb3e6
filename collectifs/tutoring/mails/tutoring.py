"""The mails of tutoring: a programme or a notebook waits, with a link; a notebook ends. Never a code nor a content."""

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import long_date
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.mails.letters import answers_on, page_url, send_letter
from collectifs.people.queries.people import get_user
from collectifs.people.services.sign_in import mint_link, revoke_former_links
from collectifs.tutoring.domain.work import MailNotebookEnds, MailTutoringEntrusted
from collectifs.tutoring.queries.notebooks import get_notebook, notebook_for
from collectifs.tutoring.queries.programmes import get_programme


@does
def tutoring_entrusted(mail: MailTutoringEntrusted) -> None:
    """To the head, or to a volunteer who is still one, with a personal link to begin."""
    user, access = get_user(mail.user_id), get_programme(mail.programme_id)
    if user is None or access is None:
        return
    row = notebook_for(access.id, user.id)
    is_head = access.head_id == user.id
    if not is_head and (row is None or row.left_at is not None):
        return
    token = mint_link(user, purpose=LinkPurpose.PERSONAL, now=clock.now())
    subject = "Vous dirigez un programme de tutorat : {name}" if is_head else "Votre carnet de tutorat : {name}"
    send_letter(
        "tutoring_entrusted",
        user,
        subject_with(subject, access.programme.name),
        answers=answers_on(access.territory_id),
        programme=access.programme.name,
        school=access.programme.school,
        is_head=is_head,
        until=long_date(access.ends_on),
        url=page_url("auth.link", token=token),
    )
    revoke_former_links(user, token=token, collective=None, now=clock.now())


@does
def notebook_ends(mail: MailNotebookEnds) -> None:
    """That it will be erased, and where its paper is; nothing of what stands in it."""
    access = get_notebook(mail.notebook_id)
    user = get_user(access.user_id) if access else None
    if access is None or user is None:
        return
    until = long_date(access.programme.ends_on)
    send_letter(
        "notebook_ends",
        user,
        "Votre carnet d’entretiens s’efface le 31 août",
        answers=answers_on(access.programme.territory_id),
        until=until,
        url=page_url("tutoring.notebook", notebook_id=access.id),
    )
