"""The mail that a file is ready: that it is, and until when; the file itself is opened where one is known."""

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text.typography import long_date
from collectifs.people.mails.letters import page_url, send_letter
from collectifs.people.queries.people import get_user
from collectifs.review.domain.work import MailExportReady
from collectifs.review.queries.exports import get_export


@does
def export_ready(mail: MailExportReady) -> None:
    """While it is there: one whose sheet was withdrawn meanwhile is told of no more."""
    user, export = get_user(mail.user_id), get_export(mail.export_id)
    if user is None or export is None or export.ready_at is None or not export.is_whole or export.until <= clock.now():
        return
    send_letter(
        "export_ready",
        user,
        "Votre fichier de fiches est prêt",
        number=export.number,
        until=long_date(export.until.astimezone(PARIS)),
        url=page_url("review.exports"),
    )
