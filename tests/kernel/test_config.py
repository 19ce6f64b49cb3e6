"""Settings: production does not start without keys, and the demonstration stays at home."""

import base64
from pathlib import Path

import pytest
from flask import request

from collectifs import create_app
from collectifs.kernel.config import SettingsError, host_of, is_loopback, load_settings, set_demo_offset

KEYS = {"MASTER_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(), "SECRET_KEY": "s"}


def test_production_does_not_start_without_a_master_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="MASTER_KEY"):
        load_settings({"COLLECTIFS_DATA": str(tmp_path), "SECRET_KEY": "s"})


def test_what_a_missing_key_prevents_is_told_for_each(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"SECRET_KEY.* aucun formulaire"):
        load_settings({"COLLECTIFS_DATA": str(tmp_path), "MASTER_KEY": KEYS["MASTER_KEY"]})


@pytest.mark.parametrize(
    "address",
    [
        "collectifs.academie.example",
        "//collectifs.academie.example",
        "ftp://collectifs.academie.example",
        "https://",
        "https:collectifs.academie.example",
        "https://[",
        "https://collectifs.academie.example:huit",
        "https://quelquun@collectifs.academie.example",
        "https://collectifs.academie.example/tuteurs",
        "https://collectifs.academie.example/?a=1",
    ],
)
def test_a_public_address_that_would_answer_to_nobody_is_refused_at_once(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="BASE_URL"):
        load_settings({"COLLECTIFS_DATA": str(tmp_path), **KEYS, "BASE_URL": address})


@pytest.mark.parametrize(
    "address", ["https://collectifs.example:8443", "http://[::1]:8000", "https://académie.example"]
)
def test_a_public_address_may_have_a_port_and_accents(tmp_path: Path, address: str) -> None:
    assert load_settings({"COLLECTIFS_DATA": str(tmp_path), **KEYS, "BASE_URL": f" {address}/ "}).base_url == address


def test_the_archives_are_kept_nowhere_unless_named_and_never_among_the_data(tmp_path: Path) -> None:
    usual = {"COLLECTIFS_DATA": str(tmp_path / "data"), **KEYS}
    assert load_settings(usual).archives is None
    assert load_settings({**usual, "ARCHIVES_DIR": str(tmp_path / "archives")}).archives == tmp_path / "archives"
    with pytest.raises(SettingsError, match="ARCHIVES_DIR"):
        load_settings({**usual, "ARCHIVES_DIR": str(tmp_path / "data" / "archives")})


@pytest.mark.parametrize("key", ["", "court", base64.urlsafe_b64encode(b"k" * 16).decode(), "é" * 44])
def test_a_master_key_is_32_bytes(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingsError, match="MASTER_KEY"):
        load_settings({"COLLECTIFS_DATA": str(tmp_path), "SECRET_KEY": "s", "MASTER_KEY": key})


@pytest.mark.parametrize("name", ["MASTER_KEY", "SECRET_KEY", "MASTER_KEY_FORMER"])
def test_the_file_of_a_key_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    values = {each: value for each, value in KEYS.items() if each != name}
    with pytest.raises(SettingsError, match=rf"{name}_FILE \({tmp_path}\) ne se lit pas"):
        load_settings({"COLLECTIFS_DATA": str(tmp_path), **values, f"{name}_FILE": str(tmp_path)})


@pytest.mark.parametrize("url", ["postgres://a:secret@b/c", "mysql://a", "une base"])
def test_a_database_that_is_not_one_of_ours_is_refused_and_no_password_repeated(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"DATABASE_URL est de la forme postgresql\+psycopg://") as refusal:
        load_settings({"COLLECTIFS_DATA": str(tmp_path), **KEYS, "DATABASE_URL": url})
    assert "secret" not in str(refusal.value)


def test_make_run_makes_its_keys_once(tmp_path: Path) -> None:
    first = load_settings({"COLLECTIFS_DATA": str(tmp_path)}, make_keys=True)
    again = load_settings({"COLLECTIFS_DATA": str(tmp_path)})
    assert first.master_key == again.master_key
    assert (tmp_path / "master.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "meets",
    [
        {"BIND": "0.0.0.0"},
        {"BIND": "192.168.1.4"},
        {"BASE_URL": "https://collectifs.academie.example"},
        {"BASE_URL": "http://192.168.1.4:8000"},
        {"SMTP_URL": "smtp://x"},
        {"DATABASE_URL": "postgresql+psycopg://x/y"},
        {"COLLECTIFS_QUEUE": "redis://x"},
    ],
)
def test_the_demo_refuses_the_network_real_mail_and_a_real_database(tmp_path: Path, meets: dict[str, str]) -> None:
    set_demo_offset(tmp_path / "demo.json", 0)
    load_settings({"COLLECTIFS_DATA": str(tmp_path), **KEYS})
    with pytest.raises(SettingsError, match="Démonstration"):
        load_settings({"COLLECTIFS_DATA": str(tmp_path), **KEYS, **meets})


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_what_is_loopback(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Collectifs.Academie.example:8443/", "collectifs.academie.example"),
        ("http://[::1]:8000", "::1"),
        ("https://académie.example", "xn--acadmie-eya.example"),
        ("collectifs.example", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_name_of_the_machine_in_an_address(address: str, host: str) -> None:
    assert host_of(address) == host


def test_cookies_are_secure_when_people_come_over_tls(tmp_path: Path) -> None:
    settings = load_settings({"COLLECTIFS_DATA": str(tmp_path), **KEYS, "BASE_URL": "https://collectifs.example/"})
    assert settings.is_secure
    assert settings.base_url == "https://collectifs.example"


def test_behind_our_own_proxy_the_caller_is_who_it_says_and_nobody_else_is_believed(tmp_path: Path) -> None:
    def seen(proxies: str) -> str:
        settings = load_settings({"COLLECTIFS_DATA": str(tmp_path / proxies), **KEYS, "PROXIES": proxies})
        app = create_app(settings)
        found: list[str] = []
        app.before_request(lambda: found.append(str(request.remote_addr)))
        app.test_client().get("/static/x/y", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
        return found[0]

    assert seen("0") == "127.0.0.1"
    assert seen("1") == "198.51.100.7"


def test_a_number_of_proxies_is_a_number(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="PROXIES"):
        load_settings({"COLLECTIFS_DATA": str(tmp_path), **KEYS, "PROXIES": "beaucoup"})


def test_a_queue_elsewhere_is_named_by_the_address_of_a_redis(tmp_path: Path) -> None:
    values = {"COLLECTIFS_DATA": str(tmp_path), **KEYS}
    assert load_settings(values).queue_url == ""
    assert load_settings({**values, "COLLECTIFS_QUEUE": "rediss://x:6380/1"}).queue_url == "rediss://x:6380/1"
    with pytest.raises(SettingsError, match="COLLECTIFS_QUEUE"):
        load_settings({**values, "COLLECTIFS_QUEUE": "amqp://x"})


def test_keys_lie_in_a_folder_or_in_the_table_and_nowhere_else(tmp_path: Path) -> None:
    values = {"COLLECTIFS_DATA": str(tmp_path), **KEYS}
    assert load_settings(values).keys_in == "folder"
    assert load_settings({**values, "KEYS": "table"}).keys_in == "table"
    with pytest.raises(SettingsError, match="KEYS vaut folder"):
        load_settings({**values, "KEYS": "coffre"})
