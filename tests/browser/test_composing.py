"""A draft of collectives in a browser: on a phone and a laptop, by keyboard, by dragging, in forced colours."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from collectifs.campaign.queries.drafts import OpenedDraft, draft_row
from collectifs.kernel.extensions import db
from tests import factories
from tests.campaigning import Campaign


@pytest.fixture
def campaign(app: Flask) -> Campaign:
    return Campaign(number=40)


@pytest.fixture
def draft(campaign: Campaign) -> OpenedDraft:
    return campaign.composed()


@pytest.fixture
def opened(serve: Callable, app: Flask, campaign: Campaign, draft: OpenedDraft) -> Callable[..., Page]:
    """The page of the draft in a window."""

    def enter(page: Page, end: str = "", *, width: int = 1280, height: int = 900) -> Page:
        secret = factories.device(campaign.manager)
        db.session.commit()
        address = serve(app)
        page.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{address}/composition/brouillons/{draft.facts.id}{end}")
        return page

    return enter


def movable(draft: OpenedDraft) -> tuple[str, str]:
    there = min(draft.standing.groups, key=lambda code: (len(draft.standing.groups[code]), code))
    return next(each for each in draft.standing.group_of if draft.standing.group_of[each] != there), there


@pytest.mark.parametrize("width", [360, 1280])
def test_a_draft_is_read_and_somebody_moved_at_any_width(
    laptop: Page, opened, campaign: Campaign, draft: OpenedDraft, check_accessible, check_reflow, width: int
):
    who, there = movable(draft)
    page = opened(laptop, width=width, height=800)
    check_accessible(page)
    check_reflow(page)
    page.get_by_role("link", name=draft.names[who], exact=True).click()
    expect(page.locator("#deplacer")).to_be_focused()
    check_accessible(page)
    check_reflow(page)
    page.get_by_role("button", name=f"Déplacer en {there}").click()
    expect(page.locator(f"#groupe-{there}")).to_contain_text(draft.names[who])
    db.session.rollback()
    assert campaign.opened(draft_row(draft.facts.id)).standing.group_of[who] == there


def test_somebody_dragged_onto_a_collective_shows_what_it_would_change_and_changes_nothing(
    laptop: Page, opened, campaign: Campaign, draft: OpenedDraft
):
    who, there = movable(draft)
    # as tall as the draft: a page that scrolls under a held mouse would begin the drag elsewhere
    page = opened(laptop, height=5000)
    page.locator(f'[data-person="{who}"]').drag_to(page.locator(f"#groupe-{there} h3"))
    expect(page.locator("#deplacer .is-asked, #deplacer tbody tr").first).to_be_visible()
    expect(page.get_by_role("button", name=f"Déplacer en {there}")).to_be_visible()
    db.session.rollback()
    assert campaign.opened(draft_row(draft.facts.id)).facts.sequence == 0


def test_the_map_is_seen_in_forced_colours(laptop: Page, opened, check_reflow):
    laptop.emulate_media(forced_colors="active")
    page = opened(laptop)
    expect(page.get_by_role("img", name="Communes, lieux et trajets du brouillon")).to_be_visible()
    check_reflow(page)


def test_by_keyboard_alone_a_person_is_moved(laptop: Page, opened, campaign: Campaign, draft: OpenedDraft):
    who, there = movable(draft)
    page = opened(laptop)
    page.get_by_role("link", name=draft.names[who], exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#deplacer")).to_be_focused()
    page.get_by_role("button", name=f"Déplacer en {there}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#groupe-{there}")).to_contain_text(draft.names[who])


def test_publishing_is_read_on_a_phone(laptop: Page, opened, check_accessible, check_reflow):
    page = opened(laptop, "/publier", width=360, height=740)
    check_accessible(page)
    check_reflow(page)
    expect(page.get_by_role("button", name="Publier dans 24 heures")).to_be_visible()
