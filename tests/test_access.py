"""Every endpoint, with every method that it takes, as every person, with real ids: who gets in, and what changes.

But for GET: test_confidentiality.py walks through the whole site as each person, reads what it is answered, and holds
it against the same lines.

A rule hears of no request (pyproject.toml keeps Flask from permissions and queries): it is asked, as each person, about
what the address names. Whom it refuses is refused by the same lines of the application, whoever they are and whatever
they ask for: one of them, another at each address, tries every method. All whom it does not refuse try every method.
"""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from functools import cache, wraps
from typing import Any

import flask_login
import pytest
from flask import Flask, templating
from werkzeug.exceptions import MethodNotAllowed

from collectifs.kernel.extensions import db, leave, only_reading
from collectifs.web import errors
from tests import factories, world
from tests.access_matrix import MATRIX, Line
from tests.kept_world import KeptWorld
from tests.pages import Visitor

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
METHODS = ("HEAD", *UNSAFE)
STATIC = {"static"}
TRACES = {"reading_traces", "audit_events"}  # what a traced reading adds


@cache
def endpoints(app: Flask) -> dict[str, Any]:
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC}


def address(app: Flask, endpoint: str, here: world.World, line: Line) -> str:
    """The address of an endpoint in the world, with the ids that it takes."""
    ids = {**here.ids, "sheet_id": here.sheets[line.sheet].id}
    values = {name: ids[name] for name in endpoints(app)[endpoint].arguments}
    return app.url_map.bind("localhost").build(endpoint, values)


@cache
def refused_by_rule(kept: KeptWorld, endpoint: str, sheet: str) -> frozenset[str]:
    """Whom the rule itself refuses there, in the world as it was built; nobody's question goes no further than the
    door, nor do those that a door answers in one statement."""
    entrance = getattr(kept.app.view_functions[endpoint], "access_entrance", None)
    if entrance is None:
        return frozenset()
    url = address(kept.app, endpoint, kept.here, replace(MATRIX[endpoint], sheet=sheet))
    _rule, url_args = kept.app.url_map.bind("localhost").match(url, min(endpoints(kept.app)[endpoint].methods))
    with only_reading():
        objects = entrance.take_objects(dict(url_args))
        people = {role: kept.person(role) for role in world.ROLES[1:]}
        refused = frozenset(role for role, person in people.items() if not entrance.admits(person, objects))
    leave()
    return refused


def spokesperson(refused: Set[str], endpoint: str) -> str | None:
    """One of them, another at each address."""
    return sorted(refused)[sorted(MATRIX).index(endpoint) % len(refused)] if refused else None


def visitor_for(app: Flask, here: world.World, role: str) -> Visitor:
    visitor = Visitor(app)
    if here.people[role] is not None:
        visitor.client.set_cookie("appareil", factories.device(here.people[role]))
    db.session.commit()
    return visitor


def send(visitor: Visitor, method: str, url: str) -> Any:
    headers = {"X-CSRFToken": visitor.token()} if method in UNSAFE else {}
    return visitor.client.open(url, method=method, headers=headers)


@pytest.fixture
def refused_in_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a refusal, that nobody reads here, is its name: test_confidentiality.py opens it as each person."""
    monkeypatch.setattr(errors, "render_template", lambda name, **_words: name)


def test_every_endpoint_has_its_line(app: Flask) -> None:
    assert set(endpoints(app)) == set(MATRIX)


def test_the_rule_on_each_view_is_the_one_of_its_line(app: Flask) -> None:
    declared = {name: app.view_functions[name].access_rule.__name__ for name in endpoints(app)}
    assert declared == {name: line.rule for name, line in MATRIX.items()}


def test_what_anyone_may_open_is_a_short_list_with_reasons() -> None:
    assert all(line.why for line in MATRIX.values() if line.rule == "anyone")


@pytest.mark.parametrize("endpoint", sorted(MATRIX))
def test_only_the_people_of_its_line_get_in_and_nobody_else_changes_a_row(
    kept: KeptWorld, refused_in_a_word: None, endpoint: str
) -> None:
    line, traced = MATRIX[endpoint], traced_readers(endpoint)
    assert not refused_by_rule(kept, endpoint, line.sheet) & {*line.get, *line.post}, "the rule refuses them"
    for role in sorted(world.ROLES, key=lambda role: role in traced):  # those who leave a trace come last
        if role in traced[:1]:
            assert_nothing_changed(kept, endpoint)
        knock(kept, endpoint, role)
    assert_nothing_changed(kept, endpoint, but=TRACES if traced else set())


def assert_nothing_changed(kept: KeptWorld, endpoint: str, but: Set[str] = frozenset()) -> None:
    if kept.changed_tables() - but:
        pytest.fail(f"{endpoint}: {dict(changes_by_each(kept, endpoint)) or 'all of them together'} changed rows")


def knock(kept: KeptWorld, endpoint: str, role: str) -> None:
    """The methods tried as this person, but those that are for the next test: let in, they may change rows."""
    line, visitor = MATRIX[endpoint], kept.reader(role)
    url = address(kept.app, endpoint, kept.here, line)
    for method in methods_tried(kept, endpoint, role):
        let_in = {"HEAD": line.get, "POST": line.post}.get(method, ())
        if role not in let_in or method not in UNSAFE:
            check_answer(send(visitor, method, url), role, f"{role} {method} {endpoint}", role in let_in)


def methods_tried(kept: KeptWorld, endpoint: str, role: str) -> list[str]:
    """What an address takes, as everybody but those whom the rule refuses, and as one of them. As two of the people,
    others at each address: HEAD, which is GET without its words, and a method that it does not take, another at each;
    all of these are refused before anybody is looked up."""
    refused = refused_by_rule(kept, endpoint, MATRIX[endpoint].sheet)
    speaks = role not in refused or role == spokesperson(refused, endpoint)
    tried = set(UNSAFE) & endpoints(kept.app)[endpoint].methods if speaks else set()
    if role in stand_ins(endpoint):
        not_there = not_taken(kept.app, endpoint)
        tried |= {"HEAD", not_there[sorted(MATRIX).index(endpoint) // 2 % len(not_there)]}
    return [method for method in METHODS if method in tried]


def not_taken(app: Flask, endpoint: str) -> list[str]:
    """What the address refuses to everybody."""
    return [method for method in UNSAFE if method not in endpoints(app)[endpoint].methods]


def test_what_an_address_does_not_take_is_refused_before_anybody_is_looked_up(kept: KeptWorld) -> None:
    router = kept.app.url_map.bind("localhost")
    for endpoint, line in MATRIX.items():
        for method in not_taken(kept.app, endpoint):
            with pytest.raises(MethodNotAllowed):
                router.match(address(kept.app, endpoint, kept.here, line), method)


@cache
def stand_ins(endpoint: str) -> set[str]:
    """One of those who may read there, if any, and one of those who may not."""
    turn, may = sorted(MATRIX).index(endpoint), MATRIX[endpoint].get
    sides = (sorted(set(world.ROLES) & set(may)), sorted(set(world.ROLES) - set(may)))
    return {side[turn % len(side)] for side in sides if side}


def traced_readers(endpoint: str) -> tuple[str, ...]:
    """Those whose reading is traced there, let in as they are."""
    is_traced = MATRIX[endpoint].rule == "can_review" or endpoint in ("book.page", "book.publish")
    return MATRIX[endpoint].get if is_traced else ()


def changes_by_each(kept: KeptWorld, endpoint: str) -> Iterator[tuple[str, set[str]]]:
    """Who changed what: the same again one by one, each on the world as it was built."""
    for role in world.ROLES:
        kept.take_back()
        knock(kept, endpoint, role)
        if changed := kept.changed_tables() - (TRACES if role in traced_readers(endpoint) else set()):
            yield role, changed


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


@pytest.fixture
def looks_up(kept: KeptWorld, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Notes from now on when the view of an endpoint asks who is there: not the door, nor what stands around the words
    of its page."""

    def listen(endpoint: str) -> list[str]:
        noted: list[str] = []
        view, write, usual = kept.app.view_functions[endpoint], templating._render, flask_login.utils._get_user
        where = ["door"]

        def within(place: str, does: Callable[..., Any]) -> Callable[..., Any]:
            def there(*what: Any, **how: Any) -> Any:
                where.append(place)
                try:
                    return does(*what, **how)
                finally:
                    where.pop()

            return there

        def who() -> Any:
            noted.extend(where[-1:] if where[-1] == "view" else [])
            return usual()

        monkeypatch.setitem(kept.app.view_functions, endpoint, wraps(view)(within("view", view)))
        monkeypatch.setattr(templating, "_render", within("page", write))
        monkeypatch.setattr(flask_login.utils, "_get_user", who)
        return noted

    return listen


@pytest.mark.parametrize("endpoint", sorted(name for name, line in MATRIX.items() if line.post))
def test_the_people_of_its_line_can_post(kept: KeptWorld, looks_up: Callable[[str], list[str]], endpoint: str) -> None:
    """Where anyone may, and the view never asks who is there, it is the same for all: nobody posts, and one of them."""
    line, noted = MATRIX[endpoint], looks_up(endpoint)
    known = sorted(set(line.post) - {"nobody"}, key=lambda role: role not in stand_ins(endpoint))
    for place, role in enumerate([role for role in ("nobody", *known) if role in line.post]):
        if place > 1 and line.rule == "anyone" and not noted:
            break
        kept.take_back()
        answer = send(kept.reader(role), "POST", address(kept.app, endpoint, kept.here, line))
        assert answer.status_code in (200, 204, 302, 303, 409, 410, 413, 422), f"{role}: {answer.status_code}"


CHANGING = re.compile(r'(content|value)="[\w-]{16}[0-9a-f]{64}"')  # the tokens of a page, new on each


def test_an_unknown_address_looks_like_a_hidden_one(kept: KeptWorld) -> None:
    nobody, member = kept.visitor("nobody"), kept.visitor("other_member")
    hidden = f"/collectifs/{kept.here.ids['collective_id']}"
    unknown = "/collectifs/00000000-0000-0000-0000-000000000000"
    for visitor in (nobody, member):
        first, second = (visitor.client.get(url) for url in (hidden, unknown))
        assert first.status_code == second.status_code
        first_page, second_page = (CHANGING.sub("", each.get_data(as_text=True)) for each in (first, second))
        assert first_page == second_page or first.headers.get("Location")


def test_addresses_are_french_kebab_case_and_carry_one_uuid(app: Flask) -> None:
    for rule in endpoints(app).values():
        if rule.rule in ("/sw.js", "/robots.txt", "/favicon.ico"):
            continue  # the names that browsers and machines know them by: named exceptions of the design
        fixed = [part for part in rule.rule.split("/") if part and "<" not in part]
        names = [re.sub(r"\.(?:pdf|png|csv|ods|odt|txt|html|ics)$", "", part) for part in fixed]
        assert all(name.replace("-", "").isalpha() for name in names), rule.rule
        assert all(part == part.lower() for part in fixed), rule.rule
        assert len(rule.arguments) <= 1, rule.rule
        for name in rule.arguments:
            kinds = dict.fromkeys(("token", "canvas_id", "resource_id", "slug", "book_slug"), "UnicodeConverter")
            assert type(rule._converters[name]).__name__ == kinds.get(name, "UUIDConverter"), rule.rule


def test_a_view_without_a_rule_is_refused(kept: KeptWorld) -> None:
    app, visitor = kept.app, kept.visitor("pilot")
    view = app.view_functions["home.help"]
    app.view_functions["home.help"] = lambda: "ouvert à tous vents"
    try:
        assert visitor.client.get("/aide").status_code == 404
    finally:
        app.view_functions["home.help"] = view
