"""Checks for the system libraries; installs what is missing when root, otherwise names it in one line.

Run before anything is installed, so: the standard library only.
Usage: python3 tools/system_packages.py GROUP…, of: run, test, browser, shell, postgresql, engines, front;
`--left-out` names the engines and the proxy that this machine has not, for the last line of `make test`.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

# The same engine without a window round it comes first: a third less work for the same pages.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """The path of Chromium, or "" where there is none."""
    found = [os.environ.get("CHROMIUM", ""), *(shutil.which(name) or "" for name in CHROMIUM_NAMES)]
    return next((path for path in found if path), "")


def postgresql_bin() -> str:
    """The folder of the newest PostgreSQL server's programs, or "" where there is none."""
    servers = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    on_path = shutil.which("initdb")
    if on_path:
        servers.append(Path(on_path).resolve())
    return str(servers[-1].parent) if servers else ""


def nginx() -> str:
    """The path of nginx, or "" where there is none; Debian keeps it out of everybody's path."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or ""


def has_library(name: str) -> bool:
    """Whether the loader finds this shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_ensurepip() -> bool:
    """Whether this Python can make a virtual environment with pip inside (Debian packs that apart)."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")


def has_stand_in() -> bool:
    """Whether there is a typeface that stands in for the pages' own until it has come (static/css/tokens.css): a device
    that people read on has one, a server often has not."""
    wanted = {"LiberationSans-Regular.ttf", "Arial.ttf", "arial.ttf", "Roboto-Regular.ttf"}
    return any(wanted.intersection(files) for folder in FONT_FOLDERS for _, _, files in os.walk(folder))


# Engines of browsers beside Chromium: not every system has them, and the rest can be tested without.
ENGINES: dict[str, Callable[[], bool]] = {
    "firefox": lambda: bool(shutil.which("firefox-esr")),
    "webkit": lambda: bool(shutil.which("WPEWebDriver") and shutil.which("cog")),
}
# What stands in front of the application in real use: its lines in README.md are tried where it can be had.
FRONTS: dict[str, Callable[[], bool]] = {"nginx": lambda: bool(nginx())}
NEEDS: dict[str, dict[str, Callable[[], bool]]] = {
    "run": {
        "python3-venv": has_ensurepip,
        "libpango-1.0-0": lambda: has_library("libpango-1.0.so.0"),
        "libpangoft2-1.0-0": lambda: has_library("libpangoft2-1.0.so.0"),
        "libharfbuzz-subset0": lambda: has_library("libharfbuzz-subset.so.0"),
    },
    "test": {
        "default-jre-headless": lambda: bool(shutil.which("java")),
        "libatomic1": lambda: has_library("libatomic.so.1"),
        "poppler-utils": lambda: bool(shutil.which("pdftotext") and shutil.which("pdftoppm")),
    },
    "browser": {"chromium": lambda: bool(chromium()), "fonts-liberation": has_stand_in},
    "shell": {"chromium-headless-shell": lambda: bool(shutil.which("chromium-headless-shell"))},
    "postgresql": {"postgresql": lambda: bool(postgresql_bin())},
    "engines": {
        "firefox-esr": ENGINES["firefox"],
        "wpewebkit-driver": lambda: bool(shutil.which("WPEWebDriver")),
        "cog": lambda: bool(shutil.which("cog")),
    },
    "front": {"nginx": FRONTS["nginx"]},
}
# What is installed where it can be had, and told when it cannot.
WELCOME = ("shell", "engines", "front")
WAYS_OUT = {
    "browser": "BROWSER=none leaves the browser tests out",
    "postgresql": "BASES=sqlite leaves PostgreSQL out",
}


def missing(groups: list[str]) -> list[str]:
    """The Debian packages that these groups lack on this machine."""
    return [package for group in groups for package, is_here in NEEDS[group].items() if not is_here()]


def apt_get(packages: list[str]) -> bool:
    """Install Debian packages as root, showing apt's words only when it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "-q", *arguments], env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
    return done.returncode == 0


def left_out() -> str:
    """The engines, and the proxy, that cannot be tested here, in words; nothing when all can."""
    absent = [name.capitalize() for name, is_here in ENGINES.items() if not is_here()]
    absent += [name for name, is_here in FRONTS.items() if not is_here()]
    return f"Left out: {' and '.join(absent)} (no Debian package here)." if absent else ""


def main(groups: list[str]) -> int:
    """Make sure that everything is there; the exit status says whether it is."""
    if groups == ["--left-out"]:
        print(left_out())
        return 0
    for group in WELCOME:
        if group in groups:
            install([group])
    packages = install([group for group in groups if group not in WELCOME])
    if packages:
        ways = [WAYS_OUT[group] for group in groups if group in WAYS_OUT and missing([group])]
        hint = f" ({'; '.join(ways)})" if ways else ""
        print(f"Missing system packages{hint}. As root: apt-get install {' '.join(packages)}")
    return 1 if packages else 0


def install(groups: list[str]) -> list[str]:
    """Install what these groups lack, where that can be done; returns the packages that are still missing."""
    packages = missing(groups)
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing " + ", ".join(packages) + " (Debian packages)…", flush=True)
        if apt_get(packages):
            packages = missing(groups)
    return packages


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
