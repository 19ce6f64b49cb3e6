"""A meeting stopped at the second step of the exchange reads, on every page and paper, as one stopped at the fourth."""

import re
from collections.abc import Callable
from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.canvas import plan_of
from collectifs.meetings.queries.meetings import agenda_of
from collectifs.people.domain.person import Role
from tests import factories
from tests.pages import Visitor, plain

Visit = Callable[..., Visitor]
AT_STEP = {"second": 1, "fourth": 3}
# The room itself is no page: its screen plays again the gestures of those who were there, until they perish.
ELSEWHERE = re.compile(
    r"\.(?:ods|csv)$|^/(?:seance|static|aide|canevas|ressources|a-qui-ecrire|plan-du-site|mentions-legales|accessibilite|vos-donnees|lien)"
)
NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|[\w.-]+@[\w.-]+")


class Evening:
    """Hélène led, Karim wrote, Maud was there; everything is as on any other evening but where it stopped."""

    def __init__(self, stop: str, place: str) -> None:
        here = factories.territory(place)
        self.people = {name: factories.user(name, "Dupré") for name in ("Hélène", "Karim", "Maud", "Sylvie", "Agnès")}
        factories.grant(self.people["Sylvie"], Role.MANAGER, here)
        factories.grant(self.people["Agnès"], Role.INSPECTOR, here)
        inside = [self.people["Karim"], self.people["Maud"]]
        row = factories.collective(here, pilot=self.people["Hélène"], members=inside, name="Les Tilleuls", code="B7")
        starts = clock.now() - timedelta(hours=4)
        self.meeting: Meeting = factories.meeting(row, starts_at=starts, note_taker_id=self.people["Karim"].id)
        self._play(AT_STEP[stop])

    def _play(self, at: int) -> None:
        steps = [each.id for each in agenda_of(self.meeting)]
        exchange = steps[steps.index("presentation") : -1]
        made = [("hand_taken", {"device": "a"}), ("meeting_started", {"plan": plan_of(agenda_of(self.meeting))})]
        made += [("step_entered", {"step": each}) for each in exchange[: at + 1]]
        minutes = [0, 0, *(10 + 10 * place // (at + 1) for place in range(at + 1)), 40, 45]
        made += [("step_entered", {"step": steps[-1]}), ("meeting_closed", {})]
        for number, ((kind, body), later) in enumerate(zip(made, minutes, strict=True), 1):
            happened = self.meeting.starts_at + timedelta(minutes=later)
            factories.event(self.meeting, kind, body, sequence=number, happened_at=happened)
        self.meeting.sequence = len(made)


def printed(paper: bytes) -> str:
    """The words of a paper."""
    return " ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(paper))


def read(visitor: Visitor, first: str) -> dict[str, str]:
    """Every page and paper within two clicks of an address, its words without the ids in them."""
    found: dict[str, str] = {}
    ahead = [(first, 0), ("/", 0)]
    while ahead:
        url, depth = ahead.pop(0)
        key = NAMES.sub("…", url)
        if key in found:
            continue
        answer = visitor.raw(url)
        paper = answer.mimetype == "application/pdf"
        words = printed(answer.data) if paper else answer.data.decode("utf-8", "replace")
        found[key] = NAMES.sub("…", plain(re.sub(r'name="csrf[^>]*>|content="[^"]*"|nonce-[^"\']*', "", words)))
        if depth < 2 and answer.mimetype == "text/html":
            links = re.findall(r'href="(/[^"#?]*)"', words)
            ahead += [(each, depth + 1) for each in links if not ELSEWHERE.search(each)]
    return found


@pytest.mark.usefixtures("papers_pressed_once")
@pytest.mark.parametrize("who", ["Hélène", "Karim", "Maud", "Sylvie", "Agnès"])
def test_nobody_reads_where_it_was_stopped(app: Flask, visit: Visit, who: str) -> None:
    told = []
    for stop, place in (("second", "Val-de-Brume"), ("fourth", "Val-de-Brume")):
        evening = Evening(stop, place)
        meeting = f"/regroupements/{evening.meeting.id}"
        db.session.commit()
        told.append(read(visit(evening.people[who]), meeting))
    assert len(told[0]) > 8
    assert told[0].keys() == told[1].keys()
    assert [url for url, words in told[0].items() if words != told[1][url]] == []


def test_the_minutes_of_the_one_are_those_of_the_other(app: Flask, visit: Visit) -> None:
    pages = []
    for stop in AT_STEP:
        evening = Evening(stop, "Val-de-Brume")
        page = visit(evening.people["Hélène"]).open(f"/regroupements/{evening.meeting.id}/minutes")
        pages.append(page.text)
    assert pages[0] == pages[1]
    assert "L’échange" in pages[0]
    assert "–" not in pages[0].partition("L’échange")[2].partition("Clôture")[0]
