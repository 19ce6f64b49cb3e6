"""Addresses in templates are those that Flask makes, under whatever the application is mounted."""

from uuid import uuid4

import pytest
from flask import Flask, render_template_string

ASKED = (
    ("home.index", {}),
    ("static", {"filename": "css/base.css"}),
    ("static", {"filename": "css/base.css", "build": "of-before"}),
    ("collectives.show", {"collective_id": uuid4()}),
    ("auth.sign_in", {"suite": "/mon-compte", "_anchor": "mot-de-passe"}),
    ("home.help", {"_external": True}),
)


@pytest.mark.parametrize("mounted", ["", "/formation"])
def test_a_template_says_the_addresses_of_flask(app: Flask, mounted: str) -> None:
    with app.test_request_context("/aide", environ_overrides={"SCRIPT_NAME": mounted}):
        for endpoint, values in ASKED * 2:
            said = render_template_string("{{ url_for(endpoint, **values) }}", endpoint=endpoint, values=values)
            assert said.replace("&#39;", "'") == app.url_for(endpoint, **values)
            assert said.removeprefix("http://localhost").startswith(f"{mounted}/")
        assert render_template_string("{{ url_for('.index') }}") == f"{mounted}/", "of the page's own area"


def test_files_of_a_new_build_have_new_addresses(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "{{ url_for('static', filename='css/base.css') }}"
    with app.test_request_context():
        before = render_template_string(page)
        monkeypatch.setitem(app.extensions, "build", "another")
        assert render_template_string(page) == "/static/another/css/base.css" != before
