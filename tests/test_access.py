"""Every endpoint, with every method, as every person, with real ids: who gets in, and what changes."""

import re
from typing import Any

import pytest
from flask import Flask, url_for

from collectifs.extensions import db
from tests import factories, world
from tests.access_matrix import MATRIX, Line
from tests.pages import Visitor

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
STATIC = {"static"}


def endpoints(app: Flask) -> dict[str, Any]:
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC}


def address(app: Flask, endpoint: str, here: world.World, line: Line) -> str:
    """The address of an endpoint in the world, with the ids that it takes."""
    rule = endpoints(app)[endpoint]
    ids = {**here.ids, "sheet_id": here.sheets[line.sheet].id}
    with app.test_request_context():
        return url_for(endpoint, **{name: ids[name] for name in rule.arguments})


def visitor_for(app: Flask, here: world.World, role: str) -> Visitor:
    visitor = Visitor(app)
    if here.people[role] is not None:
        visitor.client.set_cookie("appareil", factories.device(here.people[role]))
    db.session.commit()
    return visitor


def send(visitor: Visitor, method: str, url: str) -> Any:
    if method in UNSAFE:
        return visitor.client.open(url, method=method, headers={"X-CSRFToken": visitor.token()})
    answer = visitor.client.open(url, method=method)
    visitor.learn_token(answer)
    return answer


def test_every_endpoint_has_its_line(app: Flask) -> None:
    assert set(endpoints(app)) == set(MATRIX)


def test_the_rule_on_each_view_is_the_one_of_its_line(app: Flask) -> None:
    declared = {name: app.view_functions[name].access_rule.__name__ for name in endpoints(app)}
    assert declared == {name: line.rule for name, line in MATRIX.items()}


def test_what_anyone_may_open_is_a_short_list_with_reasons() -> None:
    assert all(line.why for line in MATRIX.values() if line.rule == "anyone")


def test_what_may_say_nothing_new_before_looking_anybody_up_is_a_short_list(app: Flask) -> None:
    found = {name for name in endpoints(app) if app.view_functions[name].access_shortcut}
    assert found == {"live.state", "live.projection_state"}


@pytest.mark.parametrize("endpoint", sorted(MATRIX))
def test_only_the_people_of_its_line_get_in_and_nobody_else_changes_a_row(app: Flask, endpoint: str) -> None:
    line = MATRIX[endpoint]
    here = world.build()
    db.session.commit()
    url = address(app, endpoint, here, line)
    visitors = {role: visitor_for(app, here, role) for role in world.ROLES}
    before = world.digest_of_rows()
    for role, visitor in visitors.items():
        for method in ("GET", "HEAD", *UNSAFE):
            let_in = {"GET": line.get, "HEAD": line.get, "POST": line.post}.get(method, ())
            if role not in let_in or method not in UNSAFE:  # else it is for the next test: it may change rows
                check_answer(send(visitor, method, url), role, f"{role} {method} {endpoint}", role in let_in)
        changed = changed_tables(before, line, role)
        assert not changed, f"{role} changed {changed} at {endpoint}"


def check_answer(answer: Any, role: str, where: str, let_in: bool) -> None:
    """Let in, or sent to the door, or told that there is nothing here."""
    where = f"{where}: {answer.status_code}"
    if let_in:
        assert answer.status_code in (200, 302, 304), where
    elif role == "nobody":
        assert answer.status_code == 302, where
        assert answer.headers["Location"].startswith("/entrer"), where
    else:
        assert answer.status_code == 404, where


def changed_tables(before: dict[str, str], line: Line, role: str) -> set[str]:
    """The tables that this person's requests changed; a traced reading may add its trace."""
    after = world.digest_of_rows()
    changed = {name for name in after if after[name] != before[name]}
    if role in line.get and line.rule == "can_review":
        changed -= {"reading_traces", "audit_events"}
        before.update({name: after[name] for name in ("reading_traces", "audit_events")})
    return changed


@pytest.mark.parametrize("endpoint", sorted(name for name, line in MATRIX.items() if line.post))
def test_the_people_of_its_line_can_post(app: Flask, endpoint: str) -> None:
    line = MATRIX[endpoint]
    for role in line.post:
        clean_slate()
        here = world.build()
        db.session.commit()
        visitor = visitor_for(app, here, role)
        answer = send(visitor, "POST", address(app, endpoint, here, line))
        assert answer.status_code in (200, 204, 302, 303, 409, 410, 413, 422), f"{role}: {answer.status_code}"


def clean_slate() -> None:
    from tests.databases import empty_all_tables

    db.session.remove()
    empty_all_tables(db.engine, db.metadata)


def test_an_unknown_address_looks_like_a_hidden_one(app: Flask) -> None:
    here = world.build()
    db.session.commit()
    nobody, member = visitor_for(app, here, "nobody"), visitor_for(app, here, "other_member")
    hidden = f"/collectifs/{here.ids['collective_id']}"
    unknown = "/collectifs/00000000-0000-0000-0000-000000000000"
    for visitor in (nobody, member):
        first, second = (visitor.client.get(url) for url in (hidden, unknown))
        assert first.status_code == second.status_code
        assert first.get_data() == second.get_data() or first.headers.get("Location")


def test_addresses_are_french_kebab_case_and_carry_one_uuid(app: Flask) -> None:
    for rule in endpoints(app).values():
        if rule.rule == "/sw.js":
            continue  # the name that browsers and people know it by: a named exception of the design
        fixed = [part for part in rule.rule.split("/") if part and "<" not in part]
        names = [re.sub(r"\.(?:pdf|png|csv|ods|ics)$", "", part) for part in fixed]
        assert all(name.replace("-", "").isalpha() for name in names), rule.rule
        assert all(part == part.lower() for part in fixed), rule.rule
        assert len(rule.arguments) <= 1, rule.rule
        for name in rule.arguments:
            kinds = {"token": "UnicodeConverter", "canvas_id": "UnicodeConverter"}
            assert type(rule._converters[name]).__name__ == kinds.get(name, "UUIDConverter"), rule.rule


def test_nothing_is_kept_by_the_browser_but_static_files(app: Flask) -> None:
    here = world.build()
    db.session.commit()
    visitor = visitor_for(app, here, "pilot")
    for name, line in MATRIX.items():
        if "pilot" in line.get:
            assert visitor.client.get(address(app, name, here, line)).headers["Cache-Control"] == "no-store", name


def test_a_view_without_a_rule_is_refused(app: Flask) -> None:
    here = world.build()
    db.session.commit()
    visitor = visitor_for(app, here, "pilot")
    view = app.view_functions["home.help"]
    app.view_functions["home.help"] = lambda: "ouvert à tous vents"
    try:
        assert visitor.client.get("/aide").status_code == 404
    finally:
        app.view_functions["home.help"] = view
