"""What is done outside of requests: the mails, what perishes, and the worker that runs them."""

from collectifs.collectives.mails import newcomers as newcomer_mails
from collectifs.jobs import invitation, meeting_mails, meeting_notes, perishing, pilot_mails, sheet_mails
from collectifs.people.mails import entering

# importing them declares their kinds
DECLARED = (
    entering,
    invitation,
    meeting_mails,
    meeting_notes,
    newcomer_mails,
    perishing,
    pilot_mails,
    sheet_mails,
)
