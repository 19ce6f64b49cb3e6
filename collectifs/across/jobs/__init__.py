"""What is done outside of requests: the mails, what perishes, and the worker that runs them."""

from collectifs.across.jobs import own_data
from collectifs.across.mails import waiting, week
from collectifs.book.jobs import rendering as book_files
from collectifs.book.mails import pages as book_mails
from collectifs.book.mails import workshops as book_workshop_mails
from collectifs.campaign.jobs import composing, offering, publishing
from collectifs.campaign.mails import candidacies as candidacy_mails
from collectifs.campaign.mails import openings as opening_mails
from collectifs.collectives.mails import newcomers as newcomer_mails
from collectifs.collectives.mails import taken_off
from collectifs.live.jobs import notes as meeting_notes
from collectifs.live.jobs import notes as perishing
from collectifs.meetings.mails import invitation
from collectifs.meetings.mails import meetings as meeting_mails
from collectifs.meetings.mails import piloting as pilot_mails
from collectifs.network.mails import after as after_mails
from collectifs.network.mails import pages as page_mails
from collectifs.network.mails import registrations as registration_mails
from collectifs.network.mails import relays as relay_mails
from collectifs.people.mails import entering
from collectifs.review.jobs import exporting
from collectifs.review.mails import exports as export_mails
from collectifs.review.mails import waiting as waiting_sheets
from collectifs.sheets.jobs import outputs
from collectifs.sheets.mails import sheets as sheet_mails
from collectifs.tutoring.mails import tutoring as tutoring_mails

# importing them declares their kinds
DECLARED = (
    book_files,
    book_mails,
    book_workshop_mails,
    after_mails,
    candidacy_mails,
    entering,
    export_mails,
    composing,
    offering,
    publishing,
    exporting,
    invitation,
    meeting_mails,
    meeting_notes,
    newcomer_mails,
    opening_mails,
    outputs,
    own_data,
    perishing,
    page_mails,
    pilot_mails,
    registration_mails,
    relay_mails,
    sheet_mails,
    taken_off,
    tutoring_mails,
    waiting,
    waiting_sheets,
    week,
)
