"""What stands under a mail about a collective: whom to write to, and the way out."""

from typing import Any
from uuid import UUID

from collectifs.collectives.queries.collectives import get_collective_facts, members_of
from collectifs.kernel.mail.parts import Answering, Mailbox
from collectifs.people.mails.letters import answers_on, page_url


def about_collective(user_id: UUID, collective_id: UUID) -> dict[str, Any]:
    """Who answers somebody about a collective, and where they leave it while they are in it.

    Whoever pilots, as the pages of the collective name them to those who accepted its charter; the management of the
    territory for the others, and for whoever pilots alone.
    """
    members, facts = members_of(collective_id), get_collective_facts(collective_id)
    me = next((member for member in members if member.user_id == user_id), None)
    pilots = [each for each in members if each.is_pilot and each.has_accepted and each.user_id != user_id]
    answers = answers_on(facts.territory_id) if facts else None
    if me is not None and me.has_accepted and pilots:
        answers = Answering(Mailbox(pilots[0].name, pilots[0].address), f"{pilots[0].name}, qui pilote ce collectif,")
    return {"answers": answers, "leave": page_url("collectives.leave", collective_id=collective_id) if me else ""}
