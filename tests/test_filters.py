"""What templates find beside what their page is told: filters for lines and for the ruler, the same for all."""

import pytest
from flask import Flask
from markupsafe import Markup

from collectifs.web.filters import lines, strokes


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Une ligne", "Une ligne"),
        ("Une ligne\nune autre ?", "Une ligne<br>une autre\u202f?"),
        ("<b>\n&", "&lt;b&gt;<br>&amp;"),
        ("", ""),
    ],
)
def test_lines_are_kept_and_nothing_in_them_acts(said: str, shown: str) -> None:
    assert lines(said) == Markup(shown)
    assert isinstance(lines(said), Markup)


@pytest.mark.parametrize(
    ("minutes", "ticks", "steps"),
    [
        ([5, 5], "M0.0 40v-7M600.0 40v-7M1200.0 40v-7", "M600.0 40v-24M1200.0 40v-24"),
        ([7], "M0.0 40v-7M857.1 40v-7", "M1200.0 40v-24"),
        ([], "M0.0 40v-7", ""),
    ],
)
def test_the_ruler_has_a_tick_every_five_minutes_and_a_stroke_where_each_step_ends(
    minutes: list[int], ticks: str, steps: str
) -> None:
    assert strokes(minutes) == (ticks, steps)


def test_what_a_template_is_given_of_its_own_is_no_other_templates(app: Flask) -> None:
    env = app.jinja_env
    assert env.from_string("{{ count(2, 'mot') }}").globals is env.globals
    assert env.from_string("{{ mine }}", globals={"mine": "à moi"}).render() == "à moi"
    assert "mine" not in env.globals
