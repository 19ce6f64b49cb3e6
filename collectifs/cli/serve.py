"""`python -m collectifs.cli.serve`: the whole application on this machine alone, for `make run` and `make dev`.

gunicorn (two processes) and one worker under one parent; Ctrl-C ends both. The parent imports the application for all
of them and opens nothing: an empty data folder gets keys, migrations and the demonstration first, in a process of its
own. With `--dev`, Flask's own server and a worker, which are started again with what changes; what they say is on the
screen.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import gunicorn.app.wsgiapp  # noqa: F401  once, for the processes that are forked from this one

from collectifs import create_app, import_areas
from collectifs.cli.demo import make_demo
from collectifs.cli.forks import ROOT, Fork, Waited, become, point
from collectifs.kernel.config import Settings, SettingsError, check_suits_debugging, environment, load_settings
from collectifs.kernel.memory import keep_what_is_made
from collectifs.kernel.migrations import upgrade_tables
from collectifs.people.queries.people import has_any_user

HOST = "127.0.0.1"
GUNICORN = (
    "--workers=2",
    "--worker-class=collectifs.web.process.WebProcess",
    "--threads=4",
    "--preload",  # the application is made once, and shared by those that are forked from it
    "--reuse-port",
    "--no-control-socket",
    "--graceful-timeout=5",
)
WORKER = ("flask", "--app", "wsgi", "worker")


def main(arguments: list[str] | None = None) -> int:
    """Prepare the data folder, then run the server and the worker until one of them ends."""
    options = _options(arguments)
    os.umask(0o077)  # as in wsgi.py: the database, the queue and the journal are for their owner alone
    data = Path(options.data).resolve()
    env = environment(COLLECTIFS_DATA=str(data), BIND=HOST, BASE_URL=f"http://{HOST}:{options.port}")
    env |= {"FLASK_DEBUG": "1"} if options.dev else {}
    try:
        _refuse_taken_port(options.port, "dev" if options.dev else "run")
        settings = load_settings(env, make_keys=True)
        if options.dev:
            check_suits_debugging(settings)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    asked, read_at = _listen_for_the_end(), _changed_at()
    import_areas()
    keep_what_is_made()
    code = _prepare_apart(settings, asked)
    if asked or code:
        return code
    if options.dev:
        return _develop(options.port, env, asked, read_at)
    return _run(settings, options.port, env, asked)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", default="var/demo")
    parser.add_argument("--dev", action="store_true", help="take up what changes in the code")
    return parser.parse_args(arguments)


def _refuse_taken_port(port: int, target: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise SettingsError(f"Le port {port} est déjà pris : make {target} PORT={port + 1}") from None


def prepare(settings: Settings) -> None:
    """Migrations always; the demonstration when the data folder's own database knows nobody yet."""
    app = create_app(settings)
    with app.app_context():
        upgrade_tables()
        if settings.has_own_database and not has_any_user():
            make_demo()


def _prepare_apart(settings: Settings, asked: list[int]) -> int:
    """Prepare in a process of its own: what it opens and caches is not for those that are forked afterwards."""
    preparing = Fork(target=_prepare_or_say, args=(settings,))
    preparing.start()
    while not asked and preparing.poll() is None:
        preparing.join(0.3)
    _end(preparing)
    return 0 if asked else preparing.wait()


def _prepare_or_say(settings: Settings) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a demonstration half made takes its mark away
    try:
        prepare(settings)
    except SettingsError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(1)


def _run(settings: Settings, port: int, env: dict[str, str], asked: list[int]) -> int:
    log_path, running = settings.data / "server.log", []
    try:
        running.append(_start(["gunicorn", "wsgi:app", f"--bind={HOST}:{port}", *GUNICORN], env, log_path))
        running.append(_start(WORKER, env, log_path))
        print(f"Collectifs : http://{HOST}:{port}  (journal : {log_path} ; Ctrl-C pour arrêter)", flush=True)
        while not asked and all(process.poll() is None for process in running):
            time.sleep(0.3)
    finally:
        _end(*running)
    if not asked:
        print(f"Le serveur s'est arrêté : voir {log_path}", file=sys.stderr)
    return int(not asked)


def _develop(port: int, env: dict[str, str], asked: list[int], read_at: float) -> int:
    """The server and the worker are ended and started again when something changes, also after they failed. Whoever
    asks meanwhile waits: the socket stays open here. What cannot be imported is told in the browser. At first they are
    forked from here, where all is imported (`read_at`: when what was imported had last changed)."""
    with socket.create_server((HOST, port)) as door:
        server = ("flask", "--app", "wsgi", "run", f"--host={HOST}", f"--port={port}", "--no-reload")
        handed = env | {"WERKZEUG_RUN_MAIN": "true", "WERKZEUG_SERVER_FD": str(door.fileno())}
        parts = ((server, handed, (door.fileno(),)), (WORKER, env, ()))
        running: list[subprocess.Popen[bytes] | Waited] = []
        print(f"Collectifs, en chantier : http://{HOST}:{port}  (Ctrl-C pour arrêter)", flush=True)
        seen = 0.0
        try:
            while not asked and (not running or running[0].poll() is None):
                if (now := _changed_at()) != seen:
                    for place, part in enumerate(parts):
                        _end(*running[place : place + 1])
                        running[place : place + 1] = [_fork(*part) if now == read_at else _execute(*part)]
                    seen = now
                time.sleep(0.3)
        finally:
            _end(*running)
    return int(not asked)


def _changed_at() -> float:
    """When a file that is read at the start last changed: a module, or a canvas and the other tables."""
    files = [*(ROOT / "collectifs").rglob("*.py"), *(ROOT / "collectifs").rglob("*.toml"), ROOT / "wsgi.py"]
    return max(path.stat().st_mtime for path in files if path.exists())


def _listen_for_the_end() -> list[int]:
    """Fills with the signals that ask for the end. They are noted, not raised: one that comes while a process is being
    started finds that process in hand. Ctrl-C stays ignored where it was (`make run &`); SIGTERM always ends."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, note)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, note)
    return asked


def _start(command: Sequence[str], env: dict[str, str], log: Path) -> Fork:
    """Fork a process that is `python -m` this command; what it says goes to the journal."""
    process = Fork(target=_say_and_become, args=(command, env, log))
    process.start()
    return process


def _say_and_become(command: Sequence[str], env: dict[str, str], log: Path) -> None:
    for stream in (1, 2):
        point(stream, log)
    become(command, env)


def _fork(command: Sequence[str], env: dict[str, str], _handed: tuple[int, ...]) -> Fork:
    """The same process with all that is imported here; what it says is on the screen."""
    process = Fork(target=become, args=(command, env))
    process.start()
    return process


def _execute(command: Sequence[str], env: dict[str, str], handed: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """Python anew, which imports what has changed; what it says is on the screen. `handed`: what it finds open."""
    # Our own modules, no shell. In a session of its own: Ctrl-C reaches the parent alone, which ends both in order.
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *command], cwd=ROOT, env=env, start_new_session=True, pass_fds=handed
    )


def _end(*processes: subprocess.Popen[bytes] | Waited) -> None:
    """Ask all of them to finish what they have in hand; whoever takes more than ten seconds is ended."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
