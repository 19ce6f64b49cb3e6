"""Charts are read without colour, say their finding, and hold nothing that a page would run or load."""

import re
from pathlib import Path
from xml.etree import ElementTree as Xml

from collectifs.report.documents.charts import Bars, bar_chart, key_swatch

PACKAGE = Path(__file__).resolve().parents[2] / "collectifs"
LINES = [Bars("accompagner / évaluer", (19, 17)), Bars("proximité <b>", (8, None))]
CHART = bar_chart("g1", "Les dilemmes", "« Accompagner / évaluer » vient en tête.", LINES)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: str) -> Xml.Element:
    return Xml.fromstring(chart.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_it_says_what_it_shows():
    svg = drawn(CHART)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "g1-t g1-d"
    assert svg.find(f"{SVG}title").text == "Les dilemmes"
    assert svg.find(f"{SVG}desc").text == "« Accompagner / évaluer » vient en tête."


def test_each_bar_has_its_figure_and_a_masked_one_says_so():
    words = [each.text for each in drawn(CHART).iter(f"{SVG}text")]
    assert words == ["accompagner / évaluer", "19", "17", "proximité <b>", "8", "moins de 5"]


def test_lengths_are_those_of_the_numbers_and_what_is_masked_tells_none():
    widths = {each.get("class"): each.get("width") for each in drawn(CHART).iter(f"{SVG}rect") if each.get("x")}
    assert widths == {"bar-1": "33.7%", "bar-2": "71.6%", "bar-masked": "16.8%"}
    other = bar_chart("g1", "", "", [Bars("a", (19, 17)), Bars("b", (8, None))])
    assert re.findall(r'bar-masked"[^>]*width="([^"]*)"', other) == ["16.8%"]


def test_the_second_series_is_hatched():
    second = next(each for each in drawn(CHART).iter(f"{SVG}rect") if each.get("class") == "bar-2")
    assert second.get("fill") == "url(#g1-h)"
    assert "hatch-line" in key_swatch("g1", 1)
    assert "hatch-line" not in key_swatch("g1", 0)


def test_nothing_runs_is_loaded_or_styled_from_within():
    assert not re.search(r"<script|<style|style=|href|<a |on\w+=", CHART + key_swatch("g1", 1))


def test_an_empty_chart_is_no_error():
    assert drawn(bar_chart("g2", "Rien", "Rien.", [])).get("height") == "22"
    assert "0.0%" in bar_chart("g3", "Zéro", "Zéro.", [Bars("a", (0,))])


def test_without_colours_each_series_has_a_look_of_its_own_and_each_bar_its_figure():
    chart = drawn(bar_chart("g1", "", "", [Bars("une", (19, 7, 9)), Bars("autre", (None, 0, 6))]))
    bars = [each.get("class") for each in chart.iter(f"{SVG}rect") if (each.get("class") or "").startswith("bar-")]
    assert set(bars) == {"bar-1", "bar-2", "bar-3", "bar-masked"}
    said = [each.text for each in chart.iter(f"{SVG}text")]
    assert said == ["une", "19", "7", "9", "autre", "moins de 5", "0", "6"]


def test_in_forced_colours_no_text_of_a_chart_keeps_a_colour_of_its_own():
    """The names that have one beat a mere `text`: the rule of forced colours says them too."""
    style = (PACKAGE / "static" / "css" / "report.css").read_text(encoding="utf-8")
    coloured = set(re.findall(r"\.chart \.(chart-\w+) \{ fill", style))
    forced = re.search(r"\.chart :is\(([^)]*)\) \{ fill: CanvasText", style.partition("forced-colors")[2])
    assert coloured == {"chart-label", "chart-value"}
    assert coloured <= set(re.findall(r"chart-\w+", forced[1]))
