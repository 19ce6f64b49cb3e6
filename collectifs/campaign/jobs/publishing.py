"""Publishing what somebody said yes to, at its hour."""

from collectifs.campaign.domain.work import PublishDraft
from collectifs.campaign.queries.drafts import draft_row, get_draft, open_draft
from collectifs.campaign.services.publishing import publish, refuse_publication
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import does
from collectifs.people.queries.people import get_user, person_from


@does
def publish_draft(work: PublishDraft) -> None:
    """Unless it was taken back, or put off to a later hour; in the name of whoever said yes."""
    now, row, facts = clock.now(), draft_row(work.draft_id), get_draft(work.draft_id)
    if row is None or facts is None or row.publishes_at is None or row.publishes_at > now:
        return
    user = get_user(row.publishes_by_id) if row.publishes_by_id else None
    try:
        if user is None:
            raise RuleBroken("Qui avait demandé la publication n’est plus là.")
        publish(open_draft(facts), now=now, by=person_from(user, now.date()))
    except RuleBroken as refusal:
        db.session.rollback()
        refuse_publication(work.draft_id, str(refusal))
