"""The address of a mail server: what it says, what is refused of it, what is never printed."""

import pytest

from collectifs.kernel.config import SettingsError
from collectifs.kernel.mail import smtp


@pytest.mark.parametrize(
    ("url", "host", "port", "tls"),
    [
        ("smtp://mail.example", "mail.example", 587, "starttls"),
        ("smtp://mail.example:2525?tls=none", "mail.example", 2525, "none"),
        ("smtps://mail.example", "mail.example", 465, "ssl"),
        ("smtp://mail.example?tls=ssl", "mail.example", 465, "ssl"),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, "none"),
    ],
)
def test_mails_are_enciphered_unless_told_otherwise(url, host, port, tls):
    server = smtp.read_smtp_url(url)
    assert (server.host, server.port, server.tls) == (host, port, tls)


def test_the_name_and_password_of_the_server_are_read_but_never_printed():
    server = smtp.read_smtp_url("smtp://col%40x:p%2Fss@mail.example")
    assert (server.name, server.password) == ("col@x", "p/ss")
    assert "p/ss" not in repr(server)
    assert "col@x" not in repr(server)


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example?tls=peut-être"])
def test_an_address_of_server_that_means_nothing_is_refused(url):
    with pytest.raises(SettingsError):
        smtp.read_smtp_url(url)
