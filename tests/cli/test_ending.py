"""What is started comes to an end: in the background, against its will, in the middle of its start; and a test that
hangs says its name."""

import atexit
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from collectifs.cli import serve
from collectifs.cli.forks import Fork
from collectifs.kernel.config import environment
from tests.cli.test_serve import ENDING_S, PATIENCE_S, ROOT, answers, children_of
from tests.databases import free_port
from tests.first_minute import lay_out_at_rest
from tests.forks import Command, Demonstration, run, started
from tests.test_scheduling import SCHEDULING
from tools.processes import end, is_alive

# Hears neither SIGTERM nor SIGINT, and has a child of the same kind.
STUBBORN = """
import signal, subprocess, sys, time
for each in (signal.SIGTERM, signal.SIGINT):
    signal.signal(each, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""
HANGING = """
import time

def test_that_never_ends():
    time.sleep(600)

def test_that_comes_after():
    pass
"""


def in_the_background(what: Callable[[], object]) -> None:
    """Do this as a shell has it done behind `&`: SIGINT is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    what()


def test_the_demonstration_started_in_the_background_ends_whole(tmp_path: Path, demo_folder: Path) -> None:
    lay_out_at_rest(demo_folder, tmp_path / "demo")
    port = free_port()
    process = started(partial(in_the_background, Demonstration(port, str(tmp_path / "demo"))))
    try:
        over = time.monotonic() + PATIENCE_S
        while not answers(f"http://127.0.0.1:{port}/sante"):
            assert time.monotonic() < over
            assert process.poll() is None
            time.sleep(0.1)
        children = children_of(process)
        assert len(children) == 2
    finally:
        end(process, ENDING_S)
    assert process.poll() == 0  # it ended by itself: it was not killed
    assert not any(is_alive(child) for child in children)


def serve_and_be_asked(port: int, data: str, says: str) -> None:
    """Serve, and be asked to end at the very moment when the first process was started and the second was not."""
    start = serve._start

    def start_and_be_asked(*arguments: Any) -> Fork:
        process = start(*arguments)
        with Path(says).open("a", encoding="ascii") as file:
            file.write(f"{process.pid}\n")
        os.kill(os.getpid(), signal.SIGTERM)
        return process

    serve._start = start_and_be_asked
    os.chdir(ROOT)
    sys.exit(serve.main(["--port", str(port), "--data", data]))


def test_what_is_asked_to_end_while_it_starts_leaves_no_process_behind(tmp_path: Path, demo_folder: Path) -> None:
    lay_out_at_rest(demo_folder, tmp_path / "demo")
    said = tmp_path / "said"
    try:
        code = run(partial(serve_and_be_asked, free_port(), str(tmp_path / "demo"), str(said)))
    finally:
        begun = [int(line) for line in said.read_text().splitlines()]
        left = [pid for pid in begun if is_alive(pid)]
        for pid in left:
            os.kill(pid, signal.SIGKILL)
    assert begun
    assert left == []
    assert code == 0


def leave_a_trace(path: str) -> None:
    atexit.register(Path(path).write_text, "cleared away")
    sys.exit(3)


def fork_and_wait(path: str) -> None:
    process = Fork(target=leave_a_trace, args=(path,))
    process.start()
    sys.exit(process.wait(ENDING_S))


def test_a_forked_process_clears_away_behind_itself_and_says_how_it_ended(tmp_path: Path) -> None:
    assert run(partial(fork_and_wait, str(tmp_path / "trace"))) == 3
    assert (tmp_path / "trace").read_text() == "cleared away"


def fork_and_end_at_once() -> None:
    for _ in range(10):
        signal.signal(signal.SIGTERM, lambda _number, _frame: None)  # noted by the parent, as serve.py does
        process = Fork(target=time.sleep, args=(600,))
        process.start()
        process.terminate()
        assert process.wait(ENDING_S / 3) == -signal.SIGTERM


def test_a_signal_that_comes_while_a_process_is_forked_is_not_lost() -> None:
    assert run(fork_and_end_at_once) == 0


def test_what_does_not_hear_is_ended_by_force_with_what_it_started() -> None:
    process = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline())
    end(process, patience_s=0.5)
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
    over = time.monotonic() + ENDING_S
    while is_alive(child):
        assert time.monotonic() < over
        time.sleep(0.05)


def test_ending_what_has_ended_does_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    process.wait(timeout=ENDING_S)
    end(process)
    assert process.returncode == 3


@pytest.mark.parametrize("method", ["signal", "thread"])
def test_a_test_that_hangs_fails_by_its_name_even_in_the_background(tmp_path: Path, method: str) -> None:
    (tmp_path / "test_hanging.py").write_text(textwrap.dedent(HANGING))
    plugins = [part for name in (*SCHEDULING, "pytest_timeout") for part in ("-p", name)]
    command = ["pytest", "--jobs=1", "-q", *plugins, f"--rootdir={tmp_path}", "-c", "/dev/null"]
    command += ["--timeout=1", f"--timeout-method={method}", str(tmp_path)]
    told = tmp_path / "told"
    env = environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert run(partial(in_the_background, Command(command, env, says=str(told)))) == 1
    assert "test_hanging.py::test_that_never_ends" in told.read_text()
    assert "1 failed, 1 passed" in told.read_text()


def test_each_test_has_a_limit(request: pytest.FixtureRequest) -> None:
    assert 0 < float(request.config.getini("timeout")) <= 300
