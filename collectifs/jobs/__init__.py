"""What is done outside of requests: the mails, what perishes, and the worker that runs them."""

from collectifs.jobs import mails, meeting_mails, meeting_notes, newcomer_mails, perishing, pilot_mails, sheet_mails

# importing them declares their kinds
DECLARED = (mails, meeting_mails, meeting_notes, newcomer_mails, perishing, pilot_mails, sheet_mails)
