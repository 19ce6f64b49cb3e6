"""The photograph test: the live screen at three metres, that is 1280 px shrunk to 320 px, can still be read.

A machine cannot squint: it measures the size, the place and the contrast of the four things that the room reads.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo_server import Demo

LEAST_SIZE = 36  # px at 1280: 9 px once shrunk
LEAST_CONTRAST = 7
FOLD = 800
STEP = "Réponses éprouvées ou envisagées"
# Font size, colours and place of an element; the ground is the first opaque one behind it.
LOOKS = """it => {
  const look = getComputedStyle(it);
  const isClear = (colour) => /, 0\\)$|^transparent$/.test(colour);
  const grounds = [];
  for (let at = it; at; at = at.parentElement) grounds.push(getComputedStyle(at).backgroundColor);
  const ground = grounds.find((colour) => !isClear(colour)) ?? "rgb(255, 255, 255)";
  const numbers = (colour) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const { top, bottom, left, right } = it.getBoundingClientRect();
  const [ink, behind] = [numbers(look.color), numbers(ground)];
  return { size: parseFloat(look.fontSize), ink, ground: behind, top, bottom, left, right };
}"""


def luminance(colour: list[int]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in (each / 255 for each in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: list[int], ground: list[int]) -> float:
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_step_voices_and_time_are_read_from_the_back_of_the_room(demo: Demo, laptop: Page, tmp_path: Path):
    enter_the_longest_step(demo, laptop)
    stage = laptop.get_by_role("region", name="L’étape en cours")
    read = {
        "the step": laptop.get_by_role("heading", level=1),
        "« Parle »": stage.get_by_text("Parle", exact=True),
        "who speaks": stage.get_by_role("definition").nth(0),
        "« Se tait »": stage.get_by_text("Se tait", exact=True),
        "who is silent": stage.get_by_role("definition").nth(1),
        "the time left": laptop.locator("[data-time-left] span"),
    }
    for scheme in ("light", "dark"):
        laptop.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        photograph(laptop.screenshot(), tmp_path / f"{scheme}.png")
        for what, element in read.items():
            check_is_read(f"{what} ({scheme})", element)


def enter_the_longest_step(demo: Demo, page: Page) -> None:
    """The third meeting of Les Tilleuls, started, at a step where somebody keeps silent."""
    demo.enter(page, "Hélène Marchadier")
    demo.open(page)
    page.get_by_role("link", name="Ouvrir la séance").first.click()
    page.get_by_role("button", name="Commencer le regroupement").click()
    page.get_by_role("button", name=STEP, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(STEP)
    page.evaluate("scrollTo(0, 0)")


def check_is_read(what: str, element: Locator) -> None:
    expect(element).not_to_be_empty()
    found = element.evaluate(LOOKS)
    assert found["size"] >= LEAST_SIZE, f"{what} is written at {found['size']} px"
    assert 0 <= found["top"] < found["bottom"] <= FOLD, f"{what} is not above the fold: {found}"
    assert 0 <= found["left"] < found["right"] <= 1280, f"{what} leaves the screen: {found}"
    assert contrast(found["ink"], found["ground"]) >= LEAST_CONTRAST, f"{what} is pale: {found}"


def photograph(screenshot: bytes, path: Path) -> None:
    """The screen as a picture of 320 px, for human eyes."""
    with Image.open(io.BytesIO(screenshot)) as full:
        full.resize((320, 200), Image.Resampling.LANCZOS).save(path)
