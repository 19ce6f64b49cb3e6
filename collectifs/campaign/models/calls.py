"""The call of a territory, who passes it on, what is said of it; candidacies, their links and their wishes.

No row here names an account: a candidacy knows an address, and whoever proves it is its person.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from collectifs.campaign.domain.call import PartnerKind, SaidBy
from collectifs.campaign.domain.candidacy import CandidacyState, WouldPilot
from collectifs.campaign.domain.kinds import CallKind
from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Instant, Sealed, UtcDateTime, words
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory


class Call(HasId, Base):
    """The call of a territory for a season, one of each kind.

    `slug` is its public address; it is read by nobody before `published_at`.
    `meets_on`: about when the first meetings are, `contact`: how else one may ask, in free words.
    `deadline_told_at`: when those who had started were told that it closes.
    `wishes_key_id`: what seals the wishes of its candidacies; destroyed when the collectives are published.
    """

    __tablename__ = "calls"
    __table_args__ = (
        UniqueConstraint("territory_id", "season", "kind"),
        CheckConstraint("closes_on >= opens_on", name="days"),
    )

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    season: Mapped[int]
    kind: Mapped[CallKind] = mapped_column(words(CallKind, 16), default=CallKind.TUTORS)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    answers_on: Mapped[date]
    meets_on: Mapped[date | None]
    title: Mapped[str] = mapped_column(String(160), default="")
    incitation: Mapped[str] = mapped_column(String(2000), default="")
    prerequisites: Mapped[str] = mapped_column(String(2000), default="")
    process: Mapped[str] = mapped_column(String(2000), default="")
    contact: Mapped[str] = mapped_column(String(300), default="")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    deadline_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    wishes_key_id: Mapped[str | None] = mapped_column(String(32))

    territory: Mapped[Territory] = relationship(lazy="raise", viewonly=True)


class CallPartner(HasId, Base):
    """Who passes a call on, by a link and a square code that can be stopped. `slug`: the few letters of the link."""

    __tablename__ = "call_partners"

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PartnerKind] = mapped_column(words(PartnerKind, 16))
    uai: Mapped[str] = mapped_column(String(8), default="")
    slug: Mapped[str] = mapped_column(String(16), unique=True)
    made_at: Mapped[Instant]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Testimonial(HasId, Base):
    """Words that somebody agreed to see on the page of a call, until a day.

    `signed`: how they are signed (« Tutrice en maternelle »); `agreed_by`: who agreed, for the manager alone.
    """

    __tablename__ = "testimonials"

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(600))
    said_by: Mapped[SaidBy] = mapped_column(words(SaidBy, 16))
    signed: Mapped[str] = mapped_column(String(120))
    agreed_by: Mapped[str] = mapped_column(String(160))
    agreed_on: Mapped[date]
    shown_until: Mapped[date]


class Candidacy(HasId, Base):
    """Somebody who volunteers, by an address that they proved. Two people may share one.

    `tutoring_years` counts finished years (0: the first one goes on). `half_days` holds words of HalfDay; none means
    « à discuter ». `district` is the circonscription of a first-degree school, `supervises` the one whose members
    this person may not pilot. `answer` is the sentence that goes with a no. A state that a manager chose is told at
    `tells_at` and until then may be undone; `told_at`: it was told. Withdrawn, a row keeps its state and instants.
    `freed_at`: whoever was retained, or placed, left their place; `offers_stopped_at`: it is offered no more.
    `new_address` waits to be proved. `key_id` of wishes stands on the call.
    """

    __tablename__ = "candidacies"
    __table_args__ = (Index("ix_candidacies_call_state", "call_id", "state"),)

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey("call_partners.id", ondelete="SET NULL"))
    state: Mapped[CandidacyState] = mapped_column(words(CandidacyState, 16), default=CandidacyState.STARTED)
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(254), index=True)
    new_address: Mapped[str] = mapped_column(String(254), default="")
    degree: Mapped[Degree | None] = mapped_column(words(Degree))
    tutoring_years: Mapped[int | None]
    work_insee: Mapped[str] = mapped_column(String(5), default="")
    home_insee: Mapped[str] = mapped_column(String(5), default="")
    school: Mapped[str] = mapped_column(String(120), default="")
    uai: Mapped[str] = mapped_column(String(8), default="")
    district: Mapped[str] = mapped_column(String(80), default="")
    half_days: Mapped[list[str]] = mapped_column(JSON, default=list)
    would_pilot: Mapped[WouldPilot | None] = mapped_column(words(WouldPilot, 8))
    qualifications: Mapped[list[str]] = mapped_column(JSON, default=list)
    supervises: Mapped[str] = mapped_column(String(80), default="")
    answer: Mapped[str] = mapped_column(String(600), default="")
    collective_id: Mapped[UUID | None] = mapped_column(ForeignKey("collectives.id", ondelete="SET NULL"))
    started_at: Mapped[Instant]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    tells_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    placed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    freed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    offers_stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    partner: Mapped[CallPartner | None] = relationship(lazy="raise", viewonly=True)


class CandidacyStatus(Base):
    """Somebody who volunteers accompanies a person of this status."""

    __tablename__ = "candidacy_statuses"

    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacies.id", ondelete="CASCADE"), primary_key=True)
    status_id: Mapped[UUID] = mapped_column(ForeignKey("accompanied_statuses.id"), primary_key=True)


class CandidacyLink(HasId, Base):
    """A link of a candidacy, sent by mail with each of its mails; only the hash of its token is kept.

    `proves`: it went to an address that waits to be proved, and proves that one.
    """

    __tablename__ = "candidacy_links"

    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacies.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    proves: Mapped[str] = mapped_column(String(254), default="")
    minted_at: Mapped[Instant]


class Wish(HasKey, Base):
    """A wish of a candidacy about somebody, by their address: what and whom are sealed together."""

    __tablename__ = "wishes"

    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacies.id", ondelete="CASCADE"), index=True)
    body: Mapped[Sealed]
