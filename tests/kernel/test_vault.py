"""The vault: what is sealed opens where it was sealed, and nowhere once its key is destroyed."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from collectifs.kernel.vault import NONCE, KeysAway, Perished, Tampered, Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault(tmp_path / "keys", b"k" * 32)
    made.found()
    return made


def test_a_text_opens_where_it_was_sealed(vault: Vault) -> None:
    key = vault.make_key()
    assert vault.open_sealed(vault.seal("cœur, œuvre", key, "ici"), key, "ici") == "cœur, œuvre"


def test_two_sealings_of_one_text_differ(vault: Vault) -> None:
    key = vault.make_key()
    assert vault.seal("mot", key, "ici") != vault.seal("mot", key, "ici")


def test_a_text_moved_elsewhere_does_not_open(vault: Vault) -> None:
    key = vault.make_key()
    sealed = vault.seal("mot", key, "ici")
    with pytest.raises(Tampered):
        vault.open_sealed(sealed, key, "là")


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
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["witness"]


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
    assert len(path.read_bytes()) == NONCE + 32 + 16  # a nonce, the key under the master key, its tag
    with pytest.raises(InvalidTag):
        Vault(tmp_path / "keys", b"x" * 32).store.secret(key)


def test_a_key_id_cannot_name_another_file(vault: Vault) -> None:
    with pytest.raises(ValueError, match="not a key id"):
        vault.seal("mot", "../../etc/passwd", "ici")


def test_no_more_than_so_many_keys_are_in_memory_and_the_oldest_leaves_first(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collectifs.kernel.vault.MOST_IN_MEMORY", 3)
    keys = [vault.make_key() for _ in range(5)]
    sealed = {key: vault.seal("texte", key, "place") for key in keys}
    assert list(vault._cache) == keys[2:]
    assert [vault.open_sealed(sealed[key], key, "place") for key in keys] == ["texte"] * 5


def test_keys_leave_the_memory_after_a_minute(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    first = vault.make_key()
    vault.seal("mot", first, "ici")
    clock[0] += 61
    vault.seal("mot", vault.make_key(), "ici")
    assert first not in vault._cache


def gone(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def emptied(folder: Path) -> None:
    gone(folder)
    folder.mkdir()


def closed(folder: Path) -> None:
    gone(folder)
    folder.write_text("a file where a folder should be")


@pytest.mark.parametrize("away", [gone, emptied, closed])
def test_a_folder_that_is_not_there_is_never_taken_for_erased_keys(
    vault: Vault, tmp_path: Path, away: Callable[[Path], None]
) -> None:
    key = vault.make_key()
    sealed = vault.seal("mot", key, "ici")
    away(tmp_path / "keys")
    for attempt in (
        vault.make_key,
        vault.key_ids,
        lambda: vault.seal("mot", key, "ici"),
        lambda: vault.open_sealed(sealed, key, "ici"),
        lambda: vault.destroy_key(key),
    ):
        with pytest.raises(KeysAway):
            attempt()
    assert not list((tmp_path / "keys").glob("*"))
    back = tmp_path / "keys"
    back.unlink() if back.is_file() else (back.exists() and back.rmdir())
    (tmp_path / "elsewhere").rename(back)
    assert vault.open_sealed(sealed, key, "ici") == "mot"


def test_a_wrong_master_key_is_known_before_anything_is_sealed_under_it(vault: Vault, tmp_path: Path) -> None:
    other = Vault(tmp_path / "keys", b"x" * 32)
    with pytest.raises(KeysAway, match="MASTER_KEY"):
        other.make_key()
    assert vault.key_ids() == set()


def test_the_folder_of_another_installation_is_not_ours(vault: Vault) -> None:
    ours = vault.witness.deployment()
    vault.check(ours)
    with pytest.raises(KeysAway, match="autre installation"):
        vault.check(uuid4())
    with pytest.raises(KeysAway, match="db upgrade"):
        vault.check(None)


def test_a_witness_is_made_once_and_never_by_a_mere_start(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys", b"k" * 32)
    assert not (tmp_path / "keys").exists()
    first = vault.found()
    assert vault.found() == first
    assert stat.S_IMODE((tmp_path / "keys" / "witness").stat().st_mode) == 0o600
    with pytest.raises(KeysAway, match="MASTER_KEY"):
        Vault(tmp_path / "keys", b"x" * 32).found()


def test_no_witness_is_made_among_keys_that_do_not_open_or_where_keys_should_be(vault: Vault, tmp_path: Path) -> None:
    vault.make_key()
    vault.witness.path.unlink()
    with pytest.raises(KeysAway, match="MASTER_KEY"):
        Vault(tmp_path / "keys", b"x" * 32).found()
    with pytest.raises(KeysAway, match="aucune"):
        Vault(tmp_path / "empty", b"k" * 32).found(expects_keys=True)
    vault.found(expects_keys=True)
    assert len(vault.key_ids()) == 1


OLD, NEW = b"k" * 32, b"n" * 32


def test_another_master_key_wraps_every_key_anew_and_no_text_is_touched(vault: Vault, tmp_path: Path) -> None:
    keys = [vault.make_key() for _ in range(3)]
    sealed = {key: vault.seal("mot", key, "ici") for key in keys}
    twin = tmp_path / "twin"
    twin.hardlink_to(tmp_path / "keys" / f"{keys[0]}.key")
    before = twin.read_bytes()
    both = Vault(tmp_path / "keys", NEW, OLD)
    assert [both.open_sealed(sealed[key], key, "ici") for key in keys] == ["mot"] * 3
    late = both.make_key()
    assert both.under_former() == 3
    assert both.rotate() == 3
    assert both.rotate() == both.under_former() == 0
    after = Vault(tmp_path / "keys", NEW)
    assert [after.open_sealed(sealed[key], key, "ici") for key in keys] == ["mot"] * 3
    assert after.key_ids() == {*keys, late}
    assert twin.read_bytes() != before  # nor is the former file left on the disk
    with pytest.raises(KeysAway, match="MASTER_KEY"):
        Vault(tmp_path / "keys", OLD).key_ids()


@pytest.mark.parametrize("point", range(11))
def test_killed_at_any_point_of_it_everything_opens_and_it_is_done_again(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: int
) -> None:
    keys = [vault.make_key() for _ in range(3)]
    sealed = {key: vault.seal("mot", key, "ici") for key in keys}
    both = Vault(tmp_path / "keys", NEW, OLD)
    count, fsync = [0], os.fsync

    def killed(handle: int) -> None:
        if count[0] == point:
            raise KeyboardInterrupt
        count[0] += 1
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            both.rotate()
    again = Vault(tmp_path / "keys", NEW, OLD)
    assert [again.open_sealed(sealed[key], key, "ici") for key in keys] == ["mot"] * 3
    again.destroy_key(keys[0])
    assert not list((tmp_path / "keys").glob(f"{keys[0]}.*"))  # not even what the killed one was writing
    again.rotate()
    after = Vault(tmp_path / "keys", NEW)
    assert [after.open_sealed(sealed[key], key, "ici") for key in keys[1:]] == ["mot"] * 2


def test_a_key_that_neither_master_key_opens_stops_it_by_its_name(vault: Vault, tmp_path: Path) -> None:
    key = vault.make_key()
    (tmp_path / "keys" / f"{key}.key").write_bytes(b"x" * 60)
    with pytest.raises(Tampered, match=key):
        Vault(tmp_path / "keys", NEW, OLD).rotate()
