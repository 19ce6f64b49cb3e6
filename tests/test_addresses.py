"""Addresses are those that Flask makes, in templates and in views, under whatever the application is mounted."""

from html import unescape
from uuid import uuid4

import flask
import pytest
from flask import Flask, render_template_string
from werkzeug.routing import BuildError

ASKED = (
    ("home.index", {}),
    ("static", {"filename": "css/base.css"}),
    ("static", {"filename": "css/base.css", "build": "of-before"}),
    ("collectives.show", {"collective_id": uuid4()}),
    ("collectives.show", {"collective_id": uuid4()}),
    ("collectives.show", {"collective_id": uuid4(), "_anchor": "à lire"}),
    ("collectives.show", {"collective_id": uuid4(), "_external": True}),
    ("review.show", {"submitted_id": uuid4(), "mots": "cahier de bord"}),
    ("auth.sign_in", {"suite": None}),
    ("report.index", {"saison": 2026}),
    ("home.help", {"filename": "a/b"}),
    ("home.help", {"of": uuid4()}),
    ("auth.sign_in", {"suite": "/mon-compte", "_anchor": "mot-de-passe"}),
    ("home.help", {"_external": True}),
)


@pytest.mark.parametrize("mounted", ["", "/formation"])
def test_a_template_says_the_addresses_of_flask(app: Flask, mounted: str) -> None:
    with app.test_request_context("/aide", environ_overrides={"SCRIPT_NAME": mounted}):
        for endpoint, values in ASKED * 2:
            said = render_template_string("{{ url_for(endpoint, **values) }}", endpoint=endpoint, values=values)
            assert unescape(said) == flask.url_for(endpoint, **values) == Flask.url_for(app, endpoint, **values)
            assert said.removeprefix("http://localhost").startswith(f"{mounted}/")
        assert render_template_string("{{ url_for('.index') }}") == f"{mounted}/", "of the page's own area"
        with pytest.raises(BuildError):
            flask.url_for("collectives.show", meeting=uuid4())


def test_files_of_a_new_build_have_new_addresses(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "{{ url_for('static', filename='css/base.css') }}"
    with app.test_request_context():
        before = render_template_string(page)
        monkeypatch.setitem(app.extensions, "build", "another")
        assert render_template_string(page) == "/static/another/css/base.css" != before
