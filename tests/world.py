"""One collective with everything in it, a marked word in every confidential field, and a person for each role.

The access matrix and the canaries walk through it as each of these people.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.keeping import Circle
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.domain.gestures import iso
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.people.domain.person import Role
from collectifs.people.models import User
from collectifs.sheets.domain.follow_up import AnswerFollowUp, FollowUpBody, marks_of
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.models import (
    FollowUp,
    Objection,
    ReadingTrace,
    Remark,
    SheetProposal,
    SheetVersion,
    SubmittedSheet,
)
from collectifs.sheets.services.papers import keep_outputs
from tests import (
    factories,
    world_ahead,
    world_around,
    world_book,
    world_campaign,
    world_directory,
    world_events,
    world_tutoring,
)

OURS = ("member", "presenter", "pilot")
ROLES = (
    "nobody",
    "member",
    "presenter",
    "newcomer",
    "latecomer",
    "deputy",
    "note_taker",
    "pilot",
    "former",
    "other_member",
    "other_pilot",
    "manager",
    "other_manager",
    "inspector",
    "other_inspector",
    "administrator",
)
TOKEN = "jeton-de-l-essai-" + "x" * 30

# A marked word, and who may read it anywhere in the application.
CANARIES: dict[str, tuple[str, ...]] = {
    "CanariTitre": ("presenter", "pilot", "deputy"),
    "CanariPhrase": ("presenter", "pilot", "deputy"),
    "CanariQuestion": ("presenter", "pilot", "deputy"),
    "CanariRecit": ("presenter", "pilot", "deputy"),
    "CanariRetour": ("member",),
    "CanariPartage": ("presenter", "pilot"),
    "CanariPense": ("pilot", "deputy"),
    "CanariCadre": (*OURS, "latecomer", "deputy", "note_taker"),
    "CanariNote": ("pilot", "deputy", "note_taker"),
    "CanariIntime": ("pilot",),
    "CanariBrouillon": ("pilot",),
    "CanariVersion": ("pilot",),
    "CanariProposee": (*OURS, "former"),
    "CanariTransmise": (*OURS, "latecomer", "deputy", "note_taker", "former", "inspector"),
    "CanariCondition": (*OURS, "latecomer", "deputy", "note_taker", "former", "inspector"),
    "CanariOpposition": ("pilot", "member"),
    "CanariRemarque": (*OURS, "former", "inspector"),
    "CanariRetiree": (*OURS, "former"),
    "CanariInvitee": ("pilot", "deputy", "note_taker"),
    "CanariEcole": ("member", "pilot", "deputy", "manager"),
    "CanariDomicile": ("member", "pilot", "manager"),
    "CanariCopie": ("member",),
    "CanariExport": ("inspector",),
    "CanariPhraseDeFin": (),
    "CanariBesoins": ("manager", "inspector"),
    "CanariBureau": ("member", "pilot", "manager"),
    "CanariTelephone": ("member", "pilot"),
    "CanariArrivee": ("pilot", "manager"),
    "CanariCollectif": (*OURS, "newcomer", "latecomer", "deputy", "note_taker", "former", "manager"),
    "CanariFamille": (*OURS, "newcomer", "latecomer", "deputy", "note_taker", "former", "manager"),
    **world_campaign.CANARIES,
    **world_events.CANARIES,
    **world_book.CANARIES,
    **world_tutoring.CANARIES,
    **world_directory.CANARIES,
    "CanariLieu": (*OURS, "newcomer", "latecomer", "deputy", "note_taker", "former", "manager"),
    "CanariAuChoix": (*OURS, "latecomer", "deputy", "note_taker"),
    "CanariAcces": (*OURS, "newcomer", "latecomer", "deputy", "note_taker", "former", "manager"),
}


@dataclass
class World:
    """The people by role, and the ids that addresses take."""

    people: dict[str, User | None]
    ids: dict[str, Any]
    meetings: dict[str, Meeting] = field(default_factory=dict)
    sheets: dict[str, SynthesisSheet] = field(default_factory=dict)


def build() -> World:
    """Make the world, one minute before the meeting that is running begins. Adds rows, does not commit."""
    people = _people()
    here = factories.territory("Val-de-Brume")
    there = factories.territory("Hautes-Sources")
    _grants(people, here, there)
    ours = factories.collective(
        here,
        pilot=people["pilot"],
        members=[people["member"], people["presenter"]],
        name="Les CanariCollectif",
    )
    factories.membership(people["newcomer"], ours, consents=False)
    factories.membership(people["latecomer"], ours, starts_at=clock.now() - timedelta(days=1))
    factories.membership(
        people["deputy"], ours, starts_at=clock.now() - timedelta(days=1), ends_at=clock.now() + timedelta(days=30)
    )
    factories.membership(people["note_taker"], ours, starts_at=clock.now() - timedelta(days=1))
    factories.membership(people["former"], ours, ends_at=clock.now() - timedelta(days=2))
    factories.collective(there, pilot=people["other_pilot"], members=[people["other_member"]])
    situation = factories.situation(
        ours,
        people["presenter"],
        "CanariTitre",
        sentence="CanariPhrase.",
        question="CanariQuestion ?",
        story="CanariRecit.",
    )
    world = World(people, {"collective_id": ours.id, "situation_id": situation.id})
    _series(world, ours)
    world_around.small_things(world, here, TOKEN)
    world.ids |= world_campaign.build(here, TOKEN)
    world.ids |= world_events.build(here, TOKEN)
    world.ids |= world_book.build(here, ours.season, people, world.ids["submitted_id"], world.ids["workshop_page_id"])
    world.ids |= world_tutoring.build(people, here)
    world.ids |= world_directory.build(here, TOKEN)
    return world


def _people() -> dict[str, User | None]:
    people: dict[str, User | None] = {"nobody": None}
    for role in ROLES[1:]:
        inside = role in (*OURS, "newcomer", "latecomer", "deputy", "note_taker", "former")
        people[role] = factories.user(role.capitalize(), f"CanariFamille {role}" if inside else "Ailleurs")
    return people


def _grants(people: dict[str, Any], here: Any, there: Any) -> None:
    factories.grant(people["manager"], Role.MANAGER, here)
    factories.grant(people["inspector"], Role.INSPECTOR, here)
    factories.grant(people["other_manager"], Role.MANAGER, there)
    factories.grant(people["other_inspector"], Role.INSPECTOR, there)
    factories.grant(people["administrator"], Role.ADMINISTRATOR)
    factories.grant(people["pilot"], Role.PILOT, here)


def _series(world: World, ours: Any) -> None:
    """Five meetings: withdrawn, submitted, proposed, agreed-to-be, and the one that is running."""
    place = {"place": "École CanariLieu", "access_note": "Portail CanariAcces"}
    now = clock.now()
    names = ("withdrawn", "submitted", "proposed", "draft", "running")
    for number, name in enumerate(names, 1):
        starts = now - timedelta(days=7 * (5 - number)) + timedelta(minutes=1)
        meeting = factories.meeting(ours, number=number, starts_at=starts, **place)
        world.meetings[name] = meeting
        world.sheets[name] = sheet = db.session.query(SynthesisSheet).filter_by(meeting_id=meeting.id).one()
        for role in ("member", "presenter", "pilot", "former"):
            factories.add(
                Attendance(
                    meeting_id=meeting.id, user_id=world.people[role].id, state="present", marked_at=meeting.starts_at
                )
            )
        _set_presenter(sheet, world.people["presenter"].id)
    _write(world.sheets["draft"], "CanariBrouillon")
    world.ids["version_id"] = _freeze(world, world.sheets["draft"], "CanariVersion", 1, now).id
    proposal = propose(world, "proposed", "CanariProposee", asked_at=now - timedelta(hours=3))
    _object(world, proposal)
    world.ids["submitted_id"] = _submit(world, ours, "submitted", "CanariTransmise").id
    gone = _submit(world, ours, "withdrawn", "CanariRetiree")
    gone.withdrawn_at = world.sheets["withdrawn"].withdrawn_at = now - timedelta(days=1)
    vault.destroy_key(gone.key_id)
    world.ids |= {"meeting_id": world.meetings["running"].id, "sheet_id": world.sheets["proposed"].id}
    standing_in = factories.deputy(world.meetings["running"], world.people["deputy"])
    world.ids["pilotship_id"] = standing_in.id
    world.meetings["running"].note_taker_id = world.people["note_taker"].id
    _gestures(world, world.meetings["running"])
    world_around.paper(world)
    _follow_ups(world, ours)
    world_ahead.parked(world, ours)
    world_ahead.frame(world, ours)
    world_ahead.dates(world, ours)


def _follow_ups(world: World, ours: Any) -> None:
    """What a member keeps for herself; what the presenter lets the room hear, about the sheet that it debriefs."""
    answer = _content("CanariProposee").answers[0].text
    said = {
        "running": ("member", FollowUpBody((AnswerFollowUp("0" * 12, 1, None, "CanariRetour"),))),
        "proposed": (
            "presenter",
            FollowUpBody((AnswerFollowUp(marks_of([answer])[0], 1, None, "CanariPartage"),), is_shared=True),
        ),
    }
    ours.series_key_id = vault.make_key()
    for name, (role, body) in said.items():
        row = FollowUp(
            id=uuid4(),
            meeting_id=world.meetings[name].id,
            user_id=world.people[role].id,
            key_id=ours.series_key_id,
            saved_at=clock.now(),
        )
        seal_text(row, FollowUp.body, body.to_json())
        factories.add(row)


def _content(word: str) -> SheetContent:
    answers = (
        Answer(f"Répondre {word}.", AnswerKind.TRIED, "CanariCondition" if "Trans" in word else ""),
        Answer("Essayer.", AnswerKind.CONSIDERED, ""),
    )
    return SheetContent(f"Comment {word}, alors que tout presse ?", answers)


def _write(sheet: SynthesisSheet, word: str) -> None:
    seal_text(sheet, SynthesisSheet.draft, _content(word).to_json())


def _set_presenter(sheet: SynthesisSheet, user_id: UUID) -> None:
    seal_text(sheet, SynthesisSheet.presenter, str(user_id))


def propose(world: World, name: str, word: str, asked_at: datetime) -> SheetProposal:
    sheet = world.sheets[name]
    _write(sheet, word)
    version = _freeze(world, sheet, word, 1, asked_at)
    return factories.add(
        SheetProposal(
            sheet_id=sheet.id,
            version_id=version.id,
            proposed_at=asked_at,
            deadline_at=asked_at + timedelta(hours=72),
            asks_transmission=True,
        )
    )


def _freeze(world: World, sheet: SynthesisSheet, word: str, number: int, at: datetime) -> SheetVersion:
    row = SheetVersion(
        id=uuid4(),
        sheet_id=sheet.id,
        number=number,
        key_id=sheet.key_id,
        digest=_content(word).digest(),
        cut_at=at,
        cut_by_id=world.people["pilot"].id,
    )
    seal_text(row, SheetVersion.body, _content(word).to_json())
    return factories.add(row)


def _object(world: World, proposal: SheetProposal) -> None:
    row = Objection(
        id=uuid4(),
        proposal_id=proposal.id,
        about="text",
        key_id=world.sheets["proposed"].key_id,
        raised_at=clock.now() - timedelta(days=1),
    )
    seal_text(row, Objection.member, str(world.people["member"].id))
    seal_text(row, Objection.sentence, "CanariOpposition")
    factories.add(row)


def _submit(world: World, ours: Any, name: str, word: str) -> SubmittedSheet:
    meeting, sheet = world.meetings[name], world.sheets[name]
    propose(world, name, word, asked_at=meeting.ends_at)
    copy = SubmittedSheet(
        id=uuid4(),
        sheet_id=sheet.id,
        version_number=1,
        territory_id=ours.territory_id,
        season=ours.season,
        collective_code=ours.code,
        month=meeting.starts_at.date().replace(day=1),
        degree=ours.degree,
        key_id=vault.make_key(),
        submitted_at=meeting.ends_at + timedelta(days=4),
        submitted_by_id=world.people["pilot"].id,
    )
    seal_text(copy, SubmittedSheet.body, _content(word).to_json())
    factories.add(copy)
    if name == "submitted":
        _remark(world, copy)
        words = "\n".join(_content(word).texts())
        keep_outputs(copy, Circle.COLLECTIVE, {Format.TEXT: words.encode()}, sheet_id=sheet.id)
    return copy


def _remark(world: World, copy: SubmittedSheet) -> None:
    inspector = world.people["inspector"]
    factories.add(ReadingTrace(submitted_id=copy.id, reader_id=inspector.id, read_at=copy.submitted_at))
    remark = Remark(
        id=uuid4(),
        submitted_id=copy.id,
        author_id=inspector.id,
        from_inspection=True,
        key_id=vault.make_key(),
        written_at=copy.submitted_at,
    )
    seal_text(remark, Remark.body, "CanariRemarque")
    factories.add(remark)


def _gestures(world: World, meeting: Meeting) -> None:
    step = meeting.steps[0]["id"]
    plan = [{key: each[key] for key in ("id", "title", "minutes", "least")} for each in meeting.steps]
    notes = [("collective", "CanariNote"), ("private", "CanariIntime")]
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("hand_taken", {"device": "un-appareil"}),
        ("meeting_started", {"plan": plan}),
    ]
    bodies += [
        ("note_written", {"note": str(uuid4()), "lane": lane, "step": step, "text": text}) for lane, text in notes
    ]
    for number, (kind, body) in enumerate(bodies, 1):
        factories.event(
            meeting,
            kind,
            body,
            sequence=number,
            author_id=world.people["pilot"].id if "note" in body else None,
            is_private=body.get("lane") == "private",
            note_id=UUID(body["note"]) if "note" in body else None,
        )
        meeting.sequence = number


Held = dict[str, list[tuple[Any, ...]]]


def rows_as_held() -> Held:
    """Each table's rows, as the database holds them: what a request changed shows between two of these.

    Asked of the driver itself: it is done some thousand times, and no row needs to be understood.
    """
    db.session.rollback()
    cursor, held = db.session.connection().connection.cursor(), {}
    for name in db.metadata.tables:
        cursor.execute(f'SELECT * FROM "{name}"')
        held[name] = cursor.fetchall()
    cursor.close()
    db.session.rollback()
    return held


def tables_that_differ(before: Held, now: Held) -> set[str]:
    """Whose rows are others, in whatever order they are given."""
    moved = (name for name in before if before[name] != now[name])
    return {name for name in moved if sorted(map(repr, before[name])) != sorted(map(repr, now[name]))}


def stamp(moment: datetime) -> str:
    """An instant as a device writes it."""
    return iso(moment.astimezone(UTC))
