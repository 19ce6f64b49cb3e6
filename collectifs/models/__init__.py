"""Tables, one file per aggregate. No query and no rule lives here."""

from collectifs.models.audit import AuditEvent
from collectifs.models.collective import CharterConsent, Collective, Membership, Pilotship
from collectifs.models.job import Job, WorkerBreath
from collectifs.models.meeting import Attendance, Meeting, MeetingEvent
from collectifs.models.people import Device, GrantedRole, PersonalLink, SignInFailure, Territory, User
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
    "Attendance",
    "AuditEvent",
    "CharterConsent",
    "Collective",
    "Device",
    "GrantedRole",
    "Job",
    "Meeting",
    "MeetingEvent",
    "Membership",
    "Objection",
    "PersonalLink",
    "Pilotship",
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
