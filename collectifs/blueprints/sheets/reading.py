"""What the page of a sheet shows to one person at one instant."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from collectifs.blueprints.sheets.papers import waited_words
from collectifs.kernel.endings import submitted_ends_on
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.queries.jobs import Sending
from collectifs.kernel.text.typography import clock_time, day_and_month, long_date, month_year, of, short_date
from collectifs.live.queries.devices import devices_waited_for
from collectifs.meetings.domain.resources import Resource
from collectifs.people.domain.person import Person
from collectifs.people.queries.roles import inspectors_count
from collectifs.report.permissions import can_read_themes
from collectifs.review.queries.copies import OpenedRemark, readings_of, remarks_on
from collectifs.sheets.domain.anonymity import Passage, passages
from collectifs.sheets.domain.diff import Change, differences
from collectifs.sheets.domain.life import (
    About,
    SheetLife,
    SheetStatus,
    check_can_be_given_up,
    check_can_be_objected_to,
    check_can_be_reopened,
    check_can_be_submitted,
    check_can_be_withdrawn,
    seen_until,
)
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import SheetVersion, SubmittedSheet
from collectifs.sheets.permissions import can_object, can_read_sheet, can_withdraw_sheet, can_write_sheet
from collectifs.sheets.queries.consent import opened_objections
from collectifs.sheets.queries.links import links_of
from collectifs.sheets.queries.sheets import (
    SheetAccess,
    institution_content,
    open_draft,
    open_presenter,
    seen_life,
    shared_content,
)
from collectifs.sheets.queries.versions import former_content
from collectifs.sheets.services.consent import meeting_is_over
from collectifs.sheets.services.papers import day_of, people_count
from collectifs.sheets.services.sheets import doubts_in, names_in

LEFT = (SheetStatus.SUBMITTED, SheetStatus.REVIEWED)


@dataclass(frozen=True)
class Reading:
    """A sheet, read by somebody at an instant; objections are shown from 8 h or 18 h on."""

    sheet: SheetAccess
    person: Person
    now: datetime

    # Where it stands

    @property
    def zone(self) -> ZoneInfo:
        """Where the collective lives."""
        return self.sheet.access.zone

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return day_of(self.sheet)

    @cached_property
    def life(self) -> SheetLife:
        """The life as it may be shown."""
        return seen_life(self.sheet, self.now)

    @cached_property
    def status(self) -> SheetStatus:
        """The state as it may be shown."""
        return self.life.status(self.now)

    @cached_property
    def waited_devices(self) -> list[str]:
        """The devices of the room on which notes may wait, while notes can still come: said before they perish."""
        is_awaited = self.status in (SheetStatus.DRAFT, SheetStatus.PROPOSED)
        if not is_awaited or not self.sheet.meeting.keeps_notes or self.sheet.notes_are_gone(self.now):
            return []
        return [waited_words(each, self.zone) for each in devices_waited_for(self.sheet.meeting.id)]

    @property
    def reached(self) -> SheetStatus:
        """Where it was before somebody withdrew it."""
        return replace(self.life, withdrawn_at=None).status(self.now)

    @property
    def details(self) -> dict[str, str]:
        """The words under the steps of its life."""
        life, said = self.life, {} if self.is_pilot else {"draft": "écriture"}
        if self.status is SheetStatus.PROPOSED and life.deadline_at:
            is_over = life.deadline_at <= self.now
            said["proposed"] = "en attente" if is_over else f"jusqu’au {self.instant(life.deadline_at)}"
        agreed_at = life.agreed_at(self.now)
        known = (("agreed", agreed_at), ("submitted", life.submitted_at), ("reviewed", life.reviewed_at))
        return said | {name: f"le {self.short(moment)}" for name, moment in known if moment}

    @cached_property
    def content(self) -> SheetContent | None:
        """The text that this person reads: the draft for the pilot, what was proposed for the collective."""
        if self._reads_draft:
            return open_draft(self.sheet.sheet).without_blanks()
        if self.life.institution_since and not self.is_asked:
            return institution_content(self.sheet)
        return self._shared

    @cached_property
    def _shared(self) -> SheetContent | None:
        return shared_content(self.sheet, self.now)

    @property
    def _reads_draft(self) -> bool:
        return self.status is SheetStatus.GIVEN_UP or (self.status is SheetStatus.DRAFT and self.is_pilot)

    @property
    def frozen(self) -> SheetVersion | SubmittedSheet | None:
        """What `content` was frozen as: the version, or the copy once there is one; None for a draft."""
        if self._reads_draft:
            return None
        own = self.sheet.version if self.sheet.has_own_text(self.now) else None
        is_out = self.life.submitted_at is not None or (self.life.institution_since and not self.is_asked)
        return self.copy if is_out or own is None else own

    @cached_property
    def links(self) -> tuple[Resource, ...]:
        """What the foot of the sheet sends to."""
        return links_of(self.content)

    @cached_property
    def changes(self) -> list[Change] | None:
        """What changed since the version that they read before; None when there was none, or not for this person."""
        is_put = self.status in (SheetStatus.PROPOSED, SheetStatus.AGREED) and self.is_asked
        former = former_content(self.sheet.sheet.id) if is_put else None
        content = self.content
        return differences(former, content) if former and content else None

    # Who reads it

    @cached_property
    def is_pilot(self) -> bool:
        """Whether this person holds the pen."""
        return can_write_sheet(self.person, self.sheet)

    @cached_property
    def is_asked(self) -> bool:
        """Whether the proposed text is put to this person; who came later reads what was agreed to."""
        return self.is_pilot or can_object(self.person, self.sheet)

    @cached_property
    def collective_readers(self) -> str:
        """« votre collectif (8 personnes) »."""
        return f"votre collectif ({people_count(len(self.sheet.reader_ids))})"

    @cached_property
    def institution_readers(self) -> str:
        """« l’inspection de Val-de-Brume (2 personnes) »."""
        count = inspectors_count(self.sheet.collective.territory_id, self.now.date())
        people = people_count(count) if count else "personne pour l’instant"
        return f"l’inspection {of(self.sheet.access.territory.name)} ({people})"

    @cached_property
    def circle(self) -> dict[str, str]:
        """The « qui voit quoi » line of the page."""
        is_outside = self.status in LEFT or (self.life.institution_since and not self.writes_again)
        if is_outside and self.copy and self.status is not SheetStatus.WITHDRAWN:
            month = month_year(submitted_ends_on(self.copy.submitted_at))
            readers = f"{self.collective_readers} et {self.institution_readers}"
            until = f"jusqu’au retrait par le collectif, au plus tard {month}"
            return {"kind": "institution", "readers": readers, "until": until}
        readers = {
            SheetStatus.DRAFT: f"vous, puis {self.collective_readers} quand vous la proposerez",
            SheetStatus.GIVEN_UP: "vous",
            SheetStatus.WITHDRAWN: "plus personne",
        }.get(self.status, self.collective_readers)
        return {"kind": "collective", "readers": readers, "until": self.drafts_until}

    @property
    def drafts_until(self) -> str:
        """« effacé le 13 janvier 2028 »: the draft and its versions."""
        return f"effacé le {short_date(self.sheet.drafts_end_at.astimezone(self.zone).date())}"

    @property
    def writes_again(self) -> bool:
        """Whether what this person sees here is the new version, while the institution reads the former one."""
        is_new = self.is_pilot if self.status is SheetStatus.DRAFT else self.is_asked
        return self.life.institution_since is not None and is_new

    @cached_property
    def copy_label(self) -> str:
        """What the institution's copy bears: « Collectif B7 », or the name that was agreed to."""
        return (self.copy.collective_name if self.copy else "") or f"Collectif {self.sheet.collective.code}"

    @property
    def label_to_come(self) -> str:
        """What it would bear if it left now."""
        return self.sheet.collective.name if self.life.carries_name else f"Collectif {self.sheet.collective.code}"

    # Consent

    @property
    def sending(self) -> Sending | None:
        """How the mails of the proposal fare: for the pilot."""
        return self.sheet.sending

    @cached_property
    def own(self) -> set[About]:
        """What this person objects to."""
        return set(self.sheet.objections_by(self.person.id))

    @cached_property
    def may_object_to(self) -> list[About]:
        """What this person may still object to, « text » first."""
        if not can_object(self.person, self.sheet):
            return []
        return [about for about in About if about not in self.own and self.allows(check_can_be_objected_to, about)]

    @cached_property
    def asks_presenter(self) -> bool:
        """Whether the question of the presenter is this person's own."""
        asked = self.life.asks_transmission and self.life.submitted_at is None and self.life.withdrawn_at is None
        return asked and can_read_sheet(self.person, self.sheet) and open_presenter(self.sheet.sheet) == self.person.id

    @property
    def presenter_said(self) -> bool | None:
        """What they answered so far."""
        return self.life.presenter_agreed

    @cached_property
    def held(self) -> dict[About, list[str]]:
        """For the pilot: what is held back, with the sentences, without telling one objection from several."""
        if self.sheet.proposal is None or self.status in (*LEFT, SheetStatus.WITHDRAWN):
            return {}
        until = seen_until(self.sheet.life, self.now, self.zone)
        found = opened_objections(self.sheet.objections, until)
        return {
            about: [each.sentence for each in found if each.about == about and each.sentence]
            for about in About
            if any(each.about == about for each in found)
        }

    # What may be done

    @property
    def may_withdraw(self) -> bool:
        """Whether this person may take it back now."""
        return can_withdraw_sheet(self.person, self.sheet) and self.allows(check_can_be_withdrawn)

    @property
    def may_reopen(self) -> bool:
        """Whether the pilot may take up the pen again."""
        lives = bool(self.sheet.sheet.draft) and self.now < self.sheet.drafts_end_at
        return self.is_pilot and lives and self.allows(check_can_be_reopened)

    @property
    def may_give_up(self) -> bool:
        """Whether the meeting may do without a sheet."""
        return self.is_pilot and self.allows(check_can_be_given_up, meeting_is_over(self.sheet, self.now))

    @cached_property
    def why_not_submit(self) -> str:
        """What still keeps the sheet from leaving, in words; empty when nothing does."""
        if self.why_not_yet:
            return self.why_not_yet
        content = self._shared
        names = [word for naming in names_in(self.sheet, content) for word in naming.words] if content else []
        try:
            check_can_be_submitted(self.life, names, self.now)
        except RuleBroken as refusal:
            return refusal.sentence
        return ""

    @cached_property
    def why_not_yet(self) -> str:
        """The same, without what its words say: the guard has its own page for that."""
        try:
            check_can_be_submitted(self.life, [], self.now)
        except RuleBroken as refusal:
            return refusal.sentence
        return ""

    @cached_property
    def certain(self) -> list[Passage]:
        """The passages with which the sheet cannot leave, each words once."""
        found = passages(self._leaving, self.sheet.access.guarded)
        return list({each.key: each for each in reversed(found) if each.mark.blocks}.values())[::-1]

    @cached_property
    def doubts(self) -> list[Passage]:
        """The passages to ask about before it leaves."""
        return doubts_in(self.sheet, self._leaving)

    @property
    def _leaving(self) -> SheetContent:
        return self._shared or SheetContent()

    def allows(self, check: Any, *more: str | bool) -> bool:
        """Whether a rule lets it be done now."""
        try:
            check(self.life, self.now, *more)
        except RuleBroken:
            return False
        return True

    # Outside

    @property
    def copy(self) -> SubmittedSheet | None:
        """The institution's copy."""
        return self.sheet.copy

    @cached_property
    def readings(self) -> list[datetime]:
        """When somebody of the institution opened it."""
        return readings_of(self.copy.id) if self.copy and self.is_asked else []

    @cached_property
    def remarks(self) -> list[OpenedRemark]:
        """The exchange with the inspection."""
        return remarks_on(self.copy.id) if self.copy and self.is_asked else []

    @property
    def settled_at(self) -> datetime | None:
        """When the inspection closed that exchange; None while it goes on, or before it began."""
        at = self.copy.settled_at if self.copy and self.remarks else None
        return None if at is None or any(each.written_at > at for each in self.remarks) else at

    @property
    def counts_in_themes(self) -> bool:
        """Whether what it is filed under counts in what the territory works on, and this person may read that."""
        is_filed = self.status in LEFT and self.content is not None and bool(self.content.tags.words())
        return is_filed and can_read_themes(self.person, self.sheet.access.territory)

    # Words

    def instant(self, moment: datetime) -> str:
        """« samedi 16 janvier, 14 h 05 »."""
        local = moment.astimezone(self.zone)
        weekday = long_date(local.date()).split(" ")[0]
        return f"{weekday} {day_and_month(local.date())}, {clock_time(local)}"

    def short(self, moment: datetime) -> str:
        """« 16 janvier »."""
        return day_and_month(moment.astimezone(self.zone).date())
