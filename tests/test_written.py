"""Templates are written as Jinja writes them, whatever is called, joined or shown in them."""

from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from flask.templating import Environment
from jinja2 import DictLoader, Undefined, UndefinedError
from jinja2.runtime import _PassArg
from markupsafe import Markup
from werkzeug.local import LocalProxy

from collectifs.web.templates import Templates, joined


class Kind(StrEnum):
    TRIED = "« essayé » & <b>"


class Drawn:
    """Something that HTML is written of, as a field of a form."""

    def __html__(self) -> str:
        return "<svg/>"

    def __call__(self, *told: Any, **how: Any) -> Markup:
        return Markup("<i {}>{}</i>").format(sorted(how.items()), told)


TOLD: dict[str, Any] = {
    "plain": "Les Tilleuls",
    "sly": '<script>"l\'autre"</script> & co',
    "safe": Markup("<b>&amp;</b>"),
    "number": 12,
    "none": None,
    "kind": Kind.TRIED,
    "drawn": Drawn(),
    "many": ["a", "<", Markup("<br>")],
    "how": {"class": "x", "data-id": "<3"},
}
MACROS = """
{% macro line(title, text="rien <b>") %}<li>{{ title }}|{{ text }}|{{ varargs }}|{{ kwargs }}</li>{% endmacro %}
{% macro pair(one, two=one) %}({{ one }}, {{ two }}){% endmacro %}
{% macro box(title, level=2) %}
<div>{{ title }}{{ level }}{% if caller is defined %}{{ caller() }}{% else %}vide{% endif %}</div>
{% endmacro %}
{% macro each(all) %}{% for one in all %}{{ caller(one, loop.index) }}{% endfor %}{% endmacro %}
{% macro some(one) %}{{ one }}|{{ kwargs }}|{{ caller() if caller is defined }}{% endmacro %}
{% macro own(caller="personne") %}{{ caller }}{% endmacro %}
"""
SHOWN = (*TOLD, "absent", "many|join", "number + 1", "'<' ~ '>'", "'<'|upper")
JOINED = [f"{one} ~ ' ' ~ {other}" for one in TOLD for other in ("safe", "sly", "number", "absent")]
WRITTEN = (
    *(f"{{{{ {each} }}}}" for each in (*SHOWN, *JOINED)),
    "{{ drawn(plain, class='a', for=sly, *many, **how) }}{{ drawn(number, id=1) }}{{ drawn(**how) }}",
    "{{ pair(sly) }}{{ pair(two=1, one=safe) }}{{ pair() }}{{ pair(safe ~ sly, pair('<')) }}",
    "{{ line(1) }}{{ line(1, 2, 3, 4, five='<') }}{{ own('<') }}{{ own() }}",
    "{{ some() }}{{ some(1, two='<') }}{{ some(one=1, **how) }}{% call some(1, b=2) %}<p>{{ sly }}</p>{% endcall %}",
    "{{ box('a') }}{% call box(sly, level=3) %}<p>{{ sly }}</p>{% endcall %}",
    "{% call(one, place) each(many) %}{{ place }}{{ one }};{% endcall %}",
    "{% set held %}<p>{{ sly }}</p>{% endset %}{{ held }}{{ held ~ sly }}",
    "{% set ns = namespace(all=[]) %}{% for x in many %}{% set ns.all = ns.all + [x] %}{% endfor %}{{ ns.all }}",
    "{{ range(3)|list }}{{ dict(a=1) }}{{ plain.upper() }}{{ 'a-%s' % plain }}{{ [1, 2]|map('string')|join }}",
    "{% autoescape false %}{{ sly }}{{ sly ~ safe }}{% endautoescape %}{{ sly }}",
)
FILES = {"pieces.html": MACROS, "framed.html": "<h1>{% block title %}{{ sly }}{% endblock %}</h1>"}
INHERITED = "{% extends 'framed.html' %}{% block title %}{{ super() }} : {{ safe ~ sly }}{% endblock %}"


def written_by(kind: type[Environment], app: Flask, source: str, name: str = "page.html") -> str:
    made = kind(app, autoescape=app.select_jinja_autoescape, loader=DictLoader({**FILES, name: source}))
    return made.get_template(name).render(TOLD)


@pytest.fixture(scope="module")
def bare() -> Flask:
    return Flask("bare")


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_a_page_is_the_one_of_jinja_to_the_letter(bare: Flask, name: str) -> None:
    for piece in (*(MACROS + each for each in WRITTEN), INHERITED):
        assert written_by(Templates, bare, piece, name) == written_by(Environment, bare, piece, name), piece
    imported = "{% from 'pieces.html' import pair, box %}{{ pair(sly) }}{% call box(1) %}{{ safe }}{% endcall %}"
    assert written_by(Templates, bare, imported) == written_by(Environment, bare, imported)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ("{{ pair(1, 2, 3) }}", TypeError),
        ("{{ pair(1, three=3) }}", TypeError),
        ("{{ absent() }}", UndefinedError),
        ("{{ each(many) }}", UndefinedError),
    ],
)
def test_what_jinja_refuses_is_refused_in_its_words(bare: Flask, wrong: str, refusal: type[Exception]) -> None:
    said = set()
    for kind in (Environment, Templates):
        with pytest.raises(refusal) as refused:
            written_by(kind, bare, MACROS + wrong)
        said.add(str(refused.value))
    assert len(said) == 1


def test_nothing_that_templates_call_asks_for_the_page_it_stands_on(app: Flask) -> None:
    """They are called straight, and would not get it."""
    found = {name: each for name, each in app.jinja_env.globals.items() if not isinstance(each, LocalProxy)}
    assert [name for name, each in found.items() if _PassArg.from_obj(each)] == []


def test_what_is_joined_is_read_once() -> None:
    assert joined(iter(["a", 1, Undefined()])) == "a1"
    assert joined(iter(["<", Markup("<br>")])) == "&lt;<br>"
