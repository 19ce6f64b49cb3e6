"""Tables, one file per aggregate. No query and no rule lives here."""

from collectifs.models.audit import AuditEvent
from collectifs.models.collective import (
    AccompaniedStatus,
    CharterConsent,
    Collective,
    Membership,
    MembershipProposal,
    MembershipStatus,
    Pilotship,
)
from collectifs.models.deployment import Deployment
from collectifs.models.job import Job, WorkerBreath
from collectifs.models.meeting import (
    Attendance,
    AttendanceChange,
    FollowUp,
    HandOffer,
    Meeting,
    MeetingChange,
    MeetingEvent,
    MeetingGuest,
    ParkedItem,
    PreparedDevice,
)
from collectifs.models.people import (
    CalendarFeed,
    Device,
    GrantedRole,
    PersonalLink,
    SignInFailure,
    Territory,
    User,
)
from collectifs.models.sheet import (
    Objection,
    PresenterAnswer,
    ReadingTrace,
    Remark,
    SheetProposal,
    SheetVersion,
    SubmittedSheet,
    SynthesisSheet,
)
from collectifs.models.situation import Situation

__all__ = [
    "AccompaniedStatus",
    "Attendance",
    "AttendanceChange",
    "AuditEvent",
    "CalendarFeed",
    "CharterConsent",
    "Collective",
    "Deployment",
    "Device",
    "FollowUp",
    "GrantedRole",
    "HandOffer",
    "Job",
    "Meeting",
    "MeetingChange",
    "MeetingEvent",
    "MeetingGuest",
    "Membership",
    "MembershipProposal",
    "MembershipStatus",
    "Objection",
    "ParkedItem",
    "PersonalLink",
    "Pilotship",
    "PreparedDevice",
    "PresenterAnswer",
    "ReadingTrace",
    "Remark",
    "SheetProposal",
    "SheetVersion",
    "SignInFailure",
    "Situation",
    "SubmittedSheet",
    "SynthesisSheet",
    "Territory",
    "User",
    "WorkerBreath",
]
