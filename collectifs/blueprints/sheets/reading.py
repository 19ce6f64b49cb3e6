"""What the page of a sheet shows to one person at one instant."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from collectifs.blueprints.sheets.papers import day_of, people_count
from collectifs.domain.errors import RuleBroken
from collectifs.domain.person import Person
from collectifs.domain.retention import submitted_ends_on
from collectifs.domain.sheet import SheetContent
from collectifs.domain.sheet_life import (
    SheetLife,
    SheetStatus,
    check_can_be_objected_to,
    check_can_be_reopened,
    check_can_be_submitted,
    check_can_be_withdrawn,
    seen_until,
)
from collectifs.domain.typography import clock_time, day_and_month, long_date, month_year, short_date
from collectifs.models import SubmittedSheet
from collectifs.permissions import can_read_sheet, can_withdraw_sheet, can_write_sheet
from collectifs.queries.consent import objections_by, opened_objections, presenter_answer
from collectifs.queries.review import OpenedRemark, readings_of, remarks_on
from collectifs.queries.roles import inspectors_count
from collectifs.queries.sheets import (
    SheetAccess,
    open_draft,
    open_presenter,
    seen_life,
    shared_content,
    submitted_copy,
)
from collectifs.services.consent import ABOUT
from collectifs.services.sheets import names_in

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

    @property
    def status(self) -> SheetStatus:
        """The state as it may be shown."""
        return self.life.status(self.now)

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

    @property
    def content(self) -> SheetContent | None:
        """The text that this person reads: the draft for the pilot, what was proposed for the collective."""
        if self.status is SheetStatus.DRAFT:
            return open_draft(self.sheet.sheet).without_blanks()
        return shared_content(self.sheet, self.now)

    # Who reads it

    @property
    def is_pilot(self) -> bool:
        """Whether this person holds the pen."""
        return can_write_sheet(self.person, self.sheet)

    @property
    def collective_readers(self) -> str:
        """« votre collectif (8 personnes) »."""
        return f"votre collectif ({people_count(len(self.sheet.reader_ids))})"

    @cached_property
    def institution_readers(self) -> str:
        """« l’inspection de Val-de-Brume (2 personnes) »."""
        count = inspectors_count(self.sheet.collective.territory_id, self.now.date())
        people = people_count(count) if count else "personne pour l’instant"
        return f"l’inspection de {self.sheet.access.territory.name} ({people})"

    @property
    def circle(self) -> dict[str, str]:
        """The « qui voit quoi » line of the page."""
        if self.status in LEFT and self.copy:
            month = month_year(submitted_ends_on(self.copy.submitted_at))
            readers = f"{self.collective_readers} et {self.institution_readers}"
            until = f"jusqu’au retrait par le collectif, au plus tard {month}"
            return {"kind": "institution", "readers": readers, "until": until}
        readers = {
            SheetStatus.DRAFT: f"vous, puis {self.collective_readers} quand vous la proposerez",
            SheetStatus.WITHDRAWN: "plus personne",
        }.get(self.status, self.collective_readers)
        ends_on = self.sheet.drafts_end_at.astimezone(self.zone).date()
        return {"kind": "collective", "readers": readers, "until": f"effacé le {short_date(ends_on)}"}

    # Consent

    @cached_property
    def own(self) -> set[str]:
        """What this person objects to."""
        return set(objections_by(self.sheet.proposal.id, self.person.id)) if self.sheet.proposal else set()

    @property
    def may_object_to(self) -> list[str]:
        """What this person may still object to, « text » first."""
        if not can_read_sheet(self.person, self.sheet):
            return []
        return [about for about in ABOUT if about not in self.own and self._allows(check_can_be_objected_to, about)]

    @property
    def asks_presenter(self) -> bool:
        """Whether the question of the presenter is this person's own."""
        asked = self.life.asks_transmission and self.life.submitted_at is None and self.life.withdrawn_at is None
        return asked and can_read_sheet(self.person, self.sheet) and open_presenter(self.sheet.sheet) == self.person.id

    @property
    def presenter_said(self) -> bool | None:
        """What they answered so far."""
        answer = presenter_answer(self.sheet.proposal.id) if self.sheet.proposal else None
        return answer.agreed if answer else None

    @property
    def held(self) -> dict[str, list[str]]:
        """For the pilot: what is held back, with the sentences, without telling one objection from several."""
        if self.sheet.proposal is None or self.status in (*LEFT, SheetStatus.WITHDRAWN):
            return {}
        until = seen_until(self.sheet.life, self.now, self.zone)
        found = opened_objections(self.sheet.proposal.id, until)
        return {
            about: [each.sentence for each in found if each.about == about and each.sentence]
            for about in ABOUT
            if any(each.about == about for each in found)
        }

    # What may be done

    @property
    def may_withdraw(self) -> bool:
        """Whether this person may take it back now."""
        return can_withdraw_sheet(self.person, self.sheet) and self._allows(check_can_be_withdrawn)

    @property
    def may_reopen(self) -> bool:
        """Whether the pilot may take up the pen again."""
        return self.is_pilot and self._allows(check_can_be_reopened)

    @property
    def why_not_submit(self) -> str:
        """What still keeps the sheet from leaving, in words; empty when nothing does."""
        content = shared_content(self.sheet, self.now)
        names = [word for naming in names_in(self.sheet, content) for word in naming.words] if content else []
        try:
            check_can_be_submitted(self.life, names, self.now)
        except RuleBroken as refusal:
            return refusal.sentence
        return ""

    def _allows(self, check: Any, *more: str) -> bool:
        try:
            check(self.life, self.now, *more)
        except RuleBroken:
            return False
        return True

    # Outside

    @cached_property
    def copy(self) -> SubmittedSheet | None:
        """The institution's copy."""
        return submitted_copy(self.sheet.sheet.id)

    @property
    def readings(self) -> list[datetime]:
        """When somebody of the institution opened it."""
        return readings_of(self.copy.id) if self.copy else []

    @property
    def remarks(self) -> list[OpenedRemark]:
        """The exchange with the inspection."""
        return remarks_on(self.copy.id) if self.copy else []

    # Words

    def instant(self, moment: datetime) -> str:
        """« samedi 16 janvier, 14 h 05 »."""
        local = moment.astimezone(self.zone)
        weekday = long_date(local.date()).split(" ")[0]
        return f"{weekday} {day_and_month(local.date())}, {clock_time(local)}"

    def short(self, moment: datetime) -> str:
        """« 16 janvier »."""
        return day_and_month(moment.astimezone(self.zone).date())
