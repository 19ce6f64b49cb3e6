"""Where a run writes, and what is left of it (tests/in_memory.py)."""

import os
from pathlib import Path

import pytest

from tests import in_memory


def test_a_machine_without_such_a_folder_or_without_room_writes_on_its_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not in_memory.has_enough(tmp_path / "nowhere")
    monkeypatch.setattr(in_memory, "ENOUGH", 2**60)
    assert not in_memory.has_enough(tmp_path)
    monkeypatch.setattr(in_memory, "ENOUGH", 1)
    assert in_memory.has_enough(tmp_path)


def test_what_a_killed_run_left_goes_and_what_another_run_writes_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_memory, "MEMORY", tmp_path)
    killed, running, other = (
        tmp_path / name for name in ("tests-4194305-a", f"tests-{os.getpid()}-b", "collectifs-0-c")
    )
    for folder in (killed, running, other):
        folder.mkdir()
        (folder / "file").touch()
    in_memory.forget_what_was_killed()
    assert sorted(tmp_path.iterdir()) == sorted([running, other])
