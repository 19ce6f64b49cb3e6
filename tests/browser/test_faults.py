"""The server dies between two clicks, a button is pressed twice, the network goes, somebody goes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo_server import Demo, start_demonstration, wait_for_health
from tests.databases import free_port
from tests.first_minute import lay_out
from tools.processes import kill

STORY = "Vingt minutes d’écriture, dans le train, sur un téléphone."


class Mortal(Demo):
    """A demonstration that can be killed, and started again on the same data."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.data = data
        super().__init__(f"http://127.0.0.1:{self.port}")
        self.start()

    def start(self) -> None:
        """As `make run` does."""
        self.server = start_demonstration(self.port, self.data)
        wait_for_health(self.url, self.server)

    def kill(self) -> None:
        """Nobody is told: the parent, gunicorn with its web processes, and the worker at once."""
        kill(self.server)


@pytest.fixture(scope="module")
def mortal(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mortal]:
    data = tmp_path_factory.mktemp("mortal") / "data"
    lay_out(demo_folder, data)
    demo = Mortal(data)
    yield demo
    demo.kill()


def write_a_situation(demo: Demo, page: Page) -> None:
    demo.open(page)
    page.get_by_role("link", name="Les Tilleuls").first.click()
    page.get_by_role("link", name="Proposer").first.click()
    page.get_by_label("Un titre").fill("Quand tout presse")
    page.get_by_label("Une phrase").fill("Une phrase qui dit ce qui se passe.")
    page.get_by_label("Une question").fill(STORY)


def test_when_the_server_is_killed_between_two_clicks_the_words_stay_and_leave_once_it_is_back(
    mortal: Mortal, phone: Page, check_accessible
) -> None:
    mortal.enter(phone, "Maud Le Bihan")
    write_a_situation(mortal, phone)
    mortal.kill()
    send = phone.get_by_role("button", name="Proposer", exact=False).last
    send.tap()
    expect(phone.get_by_role("alert")).to_contain_text("Votre texte reste dans cette page")
    expect(phone.get_by_label("Une question")).to_have_value(STORY)
    check_accessible(phone)
    mortal.start()
    send.tap()
    expect(phone.get_by_role("main")).to_contain_text("Quand tout presse")
    expect(phone.get_by_role("main")).to_contain_text(STORY)


def test_a_button_pressed_twice_sends_once(mortal: Mortal, laptop: Page) -> None:
    mortal.enter(laptop, "Maud Le Bihan")
    write_a_situation(mortal, laptop)
    sent = []
    laptop.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    laptop.get_by_role("button", name="Proposer", exact=False).last.dblclick()
    expect(laptop.get_by_role("main")).to_contain_text("Quand tout presse")
    assert len(sent) == 1


def test_going_back_to_a_form_that_was_refused_does_not_send_it_again(mortal: Mortal, laptop: Page) -> None:
    mortal.enter(laptop, "Maud Le Bihan")
    write_a_situation(mortal, laptop)
    laptop.get_by_label("Un titre").fill("")
    send = laptop.get_by_role("button", name="Proposer", exact=False).last
    send.click()
    expect(laptop.get_by_role("alert")).to_contain_text("Donnez un titre")
    laptop.get_by_label("Un titre").fill("Un autre jour")
    laptop.get_by_role("button", name="Proposer", exact=False).last.click()
    expect(laptop.get_by_role("main")).to_contain_text("Un autre jour")
    for _ in range(2):
        laptop.go_back()
        expect(laptop.get_by_label("Un titre")).to_be_visible()
    laptop.go_forward()
    laptop.reload()
    expect(laptop.get_by_label("Un titre")).to_be_visible()
