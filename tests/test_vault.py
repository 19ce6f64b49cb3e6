"""The vault: what is sealed opens where it was sealed, and nowhere once its key is destroyed."""

import stat
from pathlib import Path
from uuid import uuid4

import pytest

from collectifs.vault import Perished, Tampered, Vault, place


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "keys", b"k" * 32)


def test_a_text_opens_where_it_was_sealed(vault: Vault) -> None:
    key = vault.make_key()
    assert vault.open_sealed(vault.seal("cœur, œuvre", key, "ici"), key, "ici") == "cœur, œuvre"


def test_two_sealings_of_one_text_differ(vault: Vault) -> None:
    key = vault.make_key()
    assert vault.seal("mot", key, "ici") != vault.seal("mot", key, "ici")


def test_a_text_moved_elsewhere_does_not_open(vault: Vault) -> None:
    key, row = vault.make_key(), uuid4()
    sealed = vault.seal("mot", key, place("notes", row, "body", key))
    for elsewhere in (place("notes", uuid4(), "body", key), place("notes", row, "title", key)):
        with pytest.raises(Tampered):
            vault.open_sealed(sealed, key, elsewhere)


def test_a_text_does_not_open_under_another_key(vault: Vault) -> None:
    sealed = vault.seal("mot", vault.make_key(), "ici")
    with pytest.raises(Tampered):
        vault.open_sealed(sealed, vault.make_key(), "ici")


def test_a_changed_byte_is_noticed(vault: Vault) -> None:
    key = vault.make_key()
    sealed = bytearray(vault.seal("mot", key, "ici"))
    sealed[-1] ^= 1
    with pytest.raises(Tampered):
        vault.open_sealed(bytes(sealed), key, "ici")


def test_destroying_a_key_ends_its_texts_at_once_and_twice_is_no_error(vault: Vault, tmp_path: Path) -> None:
    key = vault.make_key()
    sealed = vault.seal("mot", key, "ici")
    assert vault.open_sealed(sealed, key, "ici") == "mot"
    vault.destroy_key(key)
    vault.destroy_key(key)
    with pytest.raises(Perished):
        vault.open_sealed(sealed, key, "ici")
    assert list((tmp_path / "keys").iterdir()) == []


def test_a_key_destroyed_by_another_process_is_gone_here_too(vault: Vault, tmp_path: Path) -> None:
    key = vault.make_key()
    sealed = vault.seal("mot", key, "ici")
    Vault(tmp_path / "keys", b"k" * 32).destroy_key(key)
    with pytest.raises(Perished):
        vault.open_sealed(sealed, key, "ici")


def test_a_destroyed_key_is_overwritten_before_it_is_unlinked(vault: Vault, tmp_path: Path) -> None:
    key = vault.make_key()
    path = tmp_path / "keys" / f"{key}.key"
    twin = tmp_path / "twin"
    twin.hardlink_to(path)
    before = twin.read_bytes()
    vault.destroy_key(key)
    assert len(twin.read_bytes()) == len(before)
    assert twin.read_bytes() != before


def test_key_files_are_readable_by_their_owner_alone_and_wrapped(vault: Vault, tmp_path: Path) -> None:
    key = vault.make_key()
    path = tmp_path / "keys" / f"{key}.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(Tampered):
        Vault(tmp_path / "keys", b"x" * 32).seal("mot", key, "ici")


def test_a_key_id_cannot_name_another_file(vault: Vault) -> None:
    with pytest.raises(ValueError, match="not a key id"):
        vault.seal("mot", "../../etc/passwd", "ici")


def test_keys_leave_the_memory_after_a_minute(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    first = vault.make_key()
    vault.seal("mot", first, "ici")
    clock[0] += 61
    vault.seal("mot", vault.make_key(), "ici")
    assert first not in vault._cache
