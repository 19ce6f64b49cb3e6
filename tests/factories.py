"""Plain functions that make people, collectives, meetings and sheets, as the services would leave them."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import String, literal, update

from collectifs.campaign.domain.call import SaidBy
from collectifs.campaign.domain.candidacy import CandidacyState, WishKind, WouldPilot
from collectifs.campaign.domain.drafting import DraftState
from collectifs.campaign.models.calls import Call, Candidacy, Testimonial, Wish
from collectifs.campaign.models.drafts import Draft, DraftGroup, DraftPlace
from collectifs.campaign.models.places import PlaceOffer
from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership, Pilotship
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.domain.polls import Reply
from collectifs.meetings.models import DateAnswer, DateOption, DatePoll, MeetingEvent, Situation, SynthesisSheet
from collectifs.meetings.queries.situations import WORDS
from collectifs.people.domain.person import Degree, Person, Role
from collectifs.people.models import Device, GrantedRole, Territory, User
from collectifs.people.queries.people import hashed, person_from
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests.adding import add_to

_counter = iter(range(1, 1_000_000))
NOVEMBER = datetime(2026, 11, 4, 13, 0, tzinfo=UTC)


def add(row: Any) -> Any:
    """Add a row and give it its id."""
    add_to(db.session(), row)
    return row


def user(given: str = "Camille", family: str = "", **values: Any) -> User:
    """A person with an address of their own."""
    number = next(_counter)
    family = family or f"Personne{number}"
    values = {"address": f"p{number}@academie.example", "created_at": NOVEMBER} | values
    return add(User(given_name=given, family_name=family, **values))


def person(row: User) -> Person:
    """A user as a service receives them in `by`."""
    return person_from(row, clock.now().date())


def territory(name: str = "Val-de-Brume", **values: Any) -> Territory:
    """A département."""
    return add(
        Territory(**({"code": f"T{next(_counter)}", "name": name, "timezone": "Europe/Paris", "zone": "A"} | values))
    )


def grant(who: User, role: Role, where: Territory | None = None) -> GrantedRole:
    """A role until the season's end."""
    where_id = where.id if where else None
    return add(
        GrantedRole(user_id=who.id, role=role, territory_id=where_id, granted_at=NOVEMBER, ends_on=date(2027, 8, 31))
    )


def collective(
    where: Territory | None = None,
    *,
    pilot: User | None = None,
    members: list[User] | None = None,
    name: str = "",
    **values: Any,
) -> Collective:
    """A collective whose members (the pilot among them) accepted the charter in November."""
    where = where or territory()
    pilot = pilot or user("Hélène")
    number = next(_counter)
    row = add(
        Collective(
            **(
                {
                    "name": name or f"Collectif {number}",
                    "code": f"B{number}",
                    "territory_id": where.id,
                    "season": 2026,
                    "degree": Degree.FIRST,
                    "created_at": NOVEMBER,
                    "created_by_id": pilot.id,
                }
                | values
            )
        )
    )
    add(Pilotship(user_id=pilot.id, collective_id=row.id, starts_on=NOVEMBER.date(), appointed_by_id=pilot.id))
    for who in [pilot, *(members or [])]:
        membership(who, row)
    return row


def deputy(row: Meeting, who: User, *, by: User | None = None) -> Pilotship:
    """Somebody who stands in for the pilot at one meeting; their membership is made apart."""
    return add(
        Pilotship(
            user_id=who.id,
            collective_id=row.collective_id,
            starts_on=clock.now().date(),
            appointed_by_id=(by or who).id,
            meeting_id=row.id,
        )
    )


def membership(who: User, where: Collective, *, consents: bool = True, **values: Any) -> Membership:
    """A member since November, the charter accepted on the first day unless told otherwise."""
    if consents:
        accepted_at = values.get("starts_at", NOVEMBER)
        add(CharterConsent(user_id=who.id, collective_id=where.id, version=1, accepted_at=accepted_at))
    return add(Membership(user_id=who.id, collective_id=where.id, **({"starts_at": NOVEMBER} | values)))


def poll(where: Collective, by: User, *starts: datetime, **values: Any) -> DatePoll:
    """Dates that a collective is asked about since an hour, until the day before the first of them."""
    now = clock.now()
    times = {"opened_at": now - timedelta(hours=1), "closes_at": min(starts) - timedelta(days=1)}
    row = add(DatePoll(**(times | {"collective_id": where.id, "opened_by_id": by.id} | values)))
    for each in starts:
        end = each + timedelta(hours=2)
        add(DateOption(poll_id=row.id, starts_at=each, ends_at=end, place="École Salle B", changed_at=row.opened_at))
    return row


def reply(option: DateOption, who: User, said: Reply, at: datetime | None = None) -> DateAnswer:
    """What somebody said of one of them."""
    return add(DateAnswer(option_id=option.id, user_id=who.id, reply=said, answered_at=at or clock.now()))


def meeting(where: Collective, *, number: int = 1, starts_at: datetime | None = None, **values: Any) -> Meeting:
    """A meeting of two hours, with its empty sheet; by default it starts in ten minutes."""
    starts_at = starts_at or clock.now() + timedelta(minutes=10)
    row = add(
        Meeting(
            **(
                {
                    "collective_id": where.id,
                    "number": number,
                    "starts_at": starts_at,
                    "ends_at": starts_at + timedelta(hours=2),
                    "place": "École des Tilleuls, salle des maîtres",
                    "access_note": "Portail vert.",
                    "canvas_id": "genot-soutoul",
                    "steps": json.loads(_steps(number)),
                    "key_id": vault.make_key(),
                }
                | values
            )
        )
    )
    sheet_of(row)
    return row


@cache
def _steps(number: int) -> str:
    return json.dumps([step.to_json() for step in library()["genot-soutoul"].agenda(number)])


def sheet_of(row: Meeting, content: SheetContent | None = None) -> SynthesisSheet:
    """The sheet of a meeting, as planning leaves it."""
    sheet = SynthesisSheet(id=uuid4(), meeting_id=row.id, key_id=vault.make_key())
    seal_text(sheet, SynthesisSheet.draft, (content or SheetContent("", ())).to_json())
    return add(sheet)


def event(row: Meeting, kind: str, body: Mapping[str, Any] | None = None, **values: Any) -> MeetingEvent:
    """A gesture of a meeting, sealed as the room would, straight into the table; not counted by the meeting."""
    values = {"sequence": 1, "hand": 1, "happened_at": clock.now()} | values
    made = MeetingEvent(id=uuid4(), meeting_id=row.id, kind=kind, **values)
    seal_text(made, MeetingEvent.body, json.dumps(body or {}), under=row)
    return add(made)


def of_another_version(event: MeetingEvent, kind: str) -> None:
    """A gesture of a kind that this version does not know, and would not write."""
    db.session.execute(update(MeetingEvent).where(MeetingEvent.id == event.id).values(kind=literal(kind, String)))
    db.session.expire(event)


def content(question: str = "Comment dire, alors que tout presse ?") -> SheetContent:
    """A sheet that can be proposed."""
    return SheetContent(
        question,
        (
            Answer("Commencer par écouter.", AnswerKind.TRIED, "accepter le silence"),
            Answer("Jouer la consigne avant le cours.", AnswerKind.CONSIDERED, ""),
        ),
    )


def situation(where: Collective, author: User, title: str = "Elle dit oui à tout", **values: Any) -> Situation:
    """A situation sent to the pilot."""
    words = {"title": title, "sentence": "Rien ne change.", "question": "Comment faire ?", "story": ""} | {
        name: values.pop(name) for name in ("sentence", "question", "story") if name in values
    }
    row = Situation(
        id=uuid4(),
        collective_id=where.id,
        author_id=author.id,
        key_id=vault.make_key(),
        sent_at=NOVEMBER,
        **values,
    )
    for column in WORDS:
        seal_text(row, column, words[column.key])
    return add(row)


def device(who: User, secret: str = "") -> str:
    """A device in which somebody is signed in; returns its secret."""
    secret = secret or uuid4().hex
    now = clock.now()
    add(
        Device(
            user_id=who.id,
            secret_hash=hashed(secret),
            label="ordinateur, Firefox",
            bound_at=now,
            expires_at=now + timedelta(days=180),
        )
    )
    return secret


def as_json(content_: SheetContent) -> Any:
    """A content as a page's script sends it."""
    return json.loads(content_.to_json())


def call(where: Territory | None = None, **values: Any) -> Call:
    """A published call of the season, open for ten days from yesterday."""
    today = clock.now().date()
    usual = {
        "territory_id": (where or territory()).id,
        "season": 2026,
        "slug": f"appel-{next(_counter)}",
        "opens_on": today - timedelta(days=1),
        "closes_on": today + timedelta(days=9),
        "answers_on": today + timedelta(days=19),
        "published_at": clock.now() - timedelta(days=2),
    }
    return add(Call(**(usual | values)))


def candidacy(where: Call, given: str = "Jeanne", **values: Any) -> Candidacy:
    """Somebody who volunteers: complete, of Marmande, unless told otherwise."""
    number = next(_counter)
    usual = {
        "call_id": where.id,
        "state": CandidacyState.COMPLETE,
        "given_name": given,
        "family_name": f"Candidate{number}",
        "address": f"c{number}@academie.example",
        "degree": Degree.FIRST,
        "tutoring_years": 0,
        "work_insee": "47157",
        "home_insee": "47157",
        "school": "École du Lavoir",
        "half_days": [],
        "would_pilot": WouldPilot.NO,
        "qualifications": [],
        "started_at": clock.now(),
        "confirmed_at": clock.now(),
        "completed_at": clock.now(),
    }
    return add(Candidacy(**(usual | values)))


def place_offer(freed: Candidacy, who: Candidacy, **values: Any) -> PlaceOffer:
    """The place that somebody left, offered to somebody of the waiting list: open for three days."""
    usual = {"asks_at": clock.now(), "expires_at": clock.now() + timedelta(days=3)}
    return add(PlaceOffer(freed_id=freed.id, candidacy_id=who.id, **(usual | values)))


def draft(call_id: UUID, groups: dict[str, list[Candidacy]], **values: Any) -> Draft:
    """A draft of collectives, composed: who stands where, by letter."""
    usual = {"number": 1, "state": DraftState.READY, "aims": [], "asked_at": clock.now(), "ready_at": clock.now()}
    row = add(Draft(call_id=call_id, **(usual | values)))
    for code, people in groups.items():
        add(DraftGroup(draft_id=row.id, code=code))
        for each in people:
            add(DraftPlace(draft_id=row.id, candidacy_id=each.id, code=code))
    return row


def wish(who: Candidacy, address: str, kind: WishKind = WishKind.TOGETHER) -> Wish:
    """A wish about whoever has this address, sealed under the call."""
    where = db.session.get_one(Call, who.call_id)
    where.wishes_key_id = where.wishes_key_id or vault.make_key()
    row = Wish(id=uuid4(), candidacy_id=who.id, key_id=where.wishes_key_id)
    seal_text(row, Wish.body, json.dumps({"kind": kind, "address": address}))
    return add(row)


def testimonial(where: Call, **values: Any) -> Testimonial:
    """Words that somebody agreed to see on the page of a call."""
    usual = {
        "call_id": where.id,
        "text": "Je suis repartie avec trois façons de m’y prendre.",
        "said_by": SaidBy.TUTOR,
        "signed": "Tutrice en maternelle",
        "agreed_by": "Une tutrice",
        "agreed_on": clock.now().date(),
        "shown_until": clock.now().date() + timedelta(days=200),
    }
    return add(Testimonial(**(usual | values)))
