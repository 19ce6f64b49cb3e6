"""A form that one machine gave is taken by another whose clock is some seconds late."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.mark.parametrize(
    ("seconds", "taken"),
    [(0, True), (-1, True), (-10, True), (-11, False), (-3600, False), (47 * 3600, True), (49 * 3600, False)],
)
def test_a_form_survives_seconds_between_two_clocks_and_no_more(
    app: Flask, moment: time_machine.Traveller, seconds: int, taken: bool
) -> None:
    client = app.test_client()
    found = FIELD.search(client.get("/entrer").get_data(as_text=True))
    assert found is not None
    moment.shift(timedelta(seconds=seconds))
    answer = client.post("/lien/inconnu", data={"csrf_token": found[1]})
    assert (answer.status_code != 403) is taken


def test_what_nobody_signed_is_refused_whatever_its_hour(app: Flask, moment: time_machine.Traveller) -> None:
    client = app.test_client()
    found = FIELD.search(client.get("/entrer").get_data(as_text=True))
    cookie = client.get_cookie("session")
    assert found is not None
    assert cookie is not None
    client.set_cookie("session", cookie.value[:-2] + ("AA" if cookie.value[-2:] != "AA" else "BB"))
    moment.shift(timedelta(seconds=-2))
    assert client.post("/lien/inconnu", data={"csrf_token": found[1]}).status_code == 403
