"""A canvas: the protocol of a meeting as data. One TOML file each, in `meetings/library/canvases/`.

A file that says something wrong is named with its line; nothing of it is guessed.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from collectifs.kernel.errors import RuleBroken

FOLDER = Path(__file__).resolve().parent.parent / "library" / "canvases"
FEEDS = ("", "follow_up", "situation", "answers", "sheet", "next_meeting")
MEETINGS = ("all", "first", "later")
PRODUCES: Mapping[str, str] = {
    "answers": "une question partagée, et des réponses éprouvées ou envisagées",
    "understanding": "une compréhension partagée de la situation, sans conseil",
    "action_plan": "un plan d’action choisi par la personne qui expose",
}
MINUTES_FROM: Mapping[str, str] = {
    "source": "celles de la source",
    "partly": "en partie celles de la source, en partie les nôtres",
    "ours": "les nôtres : la source n’en donne pas, ou d’autres",
}
DEFAULT_CANVAS = "genot-soutoul"
LONGEST_STEP = 240
SPARE_READS = ("", "story", "questions", "sequel")


class CanvasError(ValueError):
    """A canvas file that cannot be used: which file, which line, what is wrong."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        super().__init__(f"{path.name}, line {line}: {what}")
        self.path, self.line, self.what = path, line, what


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an agenda, in the French words that the room reads.

    `spare_…`: what is said instead when the situation is a spare one and nobody presents; `spare_reads` names the
    part of it that is at hand at this step.
    """

    id: str
    title: str
    minutes: int
    least: int
    speaks: str
    silent: str
    rule: str
    prompts: tuple[str, ...]
    feeds: str
    optional: bool
    meetings: str
    minutes_first: int = 0
    spare_speaks: str = ""
    spare_silent: str = ""
    spare_rule: str = ""
    spare_prompts: tuple[str, ...] = ()
    spare_reads: str = ""

    def to_json(self) -> dict[str, Any]:
        """A plain object: how the agenda of a prepared meeting is kept, apart from its canvas."""
        return {**asdict(self), "prompts": list(self.prompts), "spare_prompts": list(self.spare_prompts)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Step":
        """The step that `to_json` wrote."""
        lists = {key: tuple(data.get(key, ())) for key in ("prompts", "spare_prompts")}
        return cls(**{**data, **lists})


@dataclass(frozen=True, slots=True)
class Canvas:
    """A protocol: where it comes from, what it produces, for how many people, in which steps.

    `minutes_from`: whose minutes they are. `caution`: what its own authors warn of, said wherever it is chosen.
    """

    id: str
    title: str
    inspired_by: str
    source: str
    produces: str
    group_min: int
    group_max: int
    minutes: int
    minutes_from: str
    steps: tuple[Step, ...]
    caution: str = ""

    def agenda(self, meeting_number: int) -> tuple[Step, ...]:
        """The steps of one meeting of the series, with the minutes they have in that one."""
        return agenda_for(self.steps, meeting_number)


def agenda_for(steps: tuple[Step, ...], meeting_number: int) -> tuple[Step, ...]:
    """What one meeting keeps of the steps of a whole series, with the minutes they have in that one."""
    first = meeting_number == 1
    left_out = "later" if first else "first"
    chosen = (step for step in steps if step.meetings != left_out)
    return tuple(_as_first(step) if first else step for step in chosen)


def _as_first(step: Step) -> Step:
    return replace(step, minutes=step.minutes_first) if step.minutes_first else step


def total_minutes(steps: tuple[Step, ...]) -> int:
    """How long an agenda lasts."""
    return sum(step.minutes for step in steps)


def plan_of(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """What the start of a meeting says of its agenda: no words of the room, only the timing."""
    return [{"id": s.id, "title": s.title, "minutes": s.minutes, "least": s.least} for s in steps]


def with_minutes(steps: tuple[Step, ...], minutes: Mapping[str, int]) -> tuple[Step, ...]:
    """The same agenda with other durations, named by step id. A step keeps its least."""
    return tuple(_lasting(step, minutes.get(step.id, step.minutes)) for step in steps)


def _lasting(step: Step, minutes: int) -> Step:
    if minutes < step.least:
        raise RuleBroken(f"« {step.title} » dure au moins {step.least} min.", field=step.id)
    if minutes > LONGEST_STEP:
        raise RuleBroken(f"« {step.title} » dure au plus {LONGEST_STEP} min.", field=step.id)
    return replace(step, minutes=minutes)


@cache
def library() -> Mapping[str, Canvas]:
    """Every canvas that comes with the software, by id."""
    canvases = [load_canvas(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {canvas.id: canvas for canvas in canvases}


def by_what_they_produce() -> tuple[tuple[str, tuple[Canvas, ...]], ...]:
    """The library in groups, the default canvas first in its own: how people are shown it."""
    ordered = sorted(library().values(), key=lambda canvas: (canvas.id != DEFAULT_CANVAS, canvas.id))
    return tuple((kind, tuple(canvas for canvas in ordered if canvas.produces == kind)) for kind in PRODUCES)


def load_canvas(path: Path) -> Canvas:
    """The canvas of one file, checked; `CanvasError` names the file and the line."""
    text = path.read_text(encoding="utf-8")
    reader = _Reader(path, text.splitlines())
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"at line (\d+)", str(problem))
        raise CanvasError(path, int(found[1]) if found else len(reader.lines), str(problem)) from None
    return reader.canvas(data)


def canvas_file(canvas: Canvas) -> str:
    """The file that a canvas of the library was read from, as `load_canvas` reads it."""
    return (FOLDER / f"{canvas.id}.toml").read_text(encoding="utf-8")


_CANVAS_KEYS: Mapping[str, type] = {
    "id": str,
    "title": str,
    "inspired_by": str,
    "source": str,
    "produces": str,
    "group_min": int,
    "group_max": int,
    "minutes": int,
    "minutes_from": str,
    "caution": str,
}
_STEP_KEYS: Mapping[str, type] = {
    "id": str,
    "title": str,
    "minutes": int,
    "least": int,
    "speaks": str,
    "silent": str,
    "rule": str,
    "prompts": list,
    "feeds": str,
    "optional": bool,
    "meetings": str,
    "minutes_first": int,
    "spare_speaks": str,
    "spare_silent": str,
    "spare_rule": str,
    "spare_prompts": list,
    "spare_reads": str,
}
_MAY_BE_EMPTY = ("silent", "feeds", "prompts")
_MAY_BE_ABSENT = (
    "caution",
    "minutes_first",
    "spare_speaks",
    "spare_silent",
    "spare_rule",
    "spare_prompts",
    "spare_reads",
)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one file and knows on which line each thing stands."""

    path: Path
    lines: list[str]

    def canvas(self, data: Mapping[str, Any]) -> Canvas:
        tables = data.get("steps")
        if not isinstance(tables, list) or not tables:
            raise CanvasError(self.path, len(self.lines), "a canvas has at least one [[steps]]")
        head = {key: value for key, value in data.items() if key != "steps"}
        self._check_keys(head, _CANVAS_KEYS, start=0)
        steps = tuple(self._step(table, place) for place, table in enumerate(tables))
        canvas = Canvas(**head, steps=steps)
        self._check_head(canvas)
        self._check_whole(canvas)
        return canvas

    def _step(self, table: Mapping[str, Any], place: int) -> Step:
        start = self._step_line(place)
        self._check_keys(table, _STEP_KEYS, start)
        step = Step.from_json(table)
        self._check_choice(step.feeds, FEEDS, "feeds", start)
        self._check_choice(step.meetings, MEETINGS, "meetings", start)
        self._check_choice(step.spare_reads, SPARE_READS, "spare_reads", start)
        for key in ("prompts", "spare_prompts"):
            if not all(isinstance(prompt, str) and prompt.strip() for prompt in getattr(step, key)):
                raise CanvasError(self.path, self._line(key, start), "a prompt is a sentence")
        for key in ("minutes", "minutes_first"):
            value = getattr(step, key)
            if (value or key == "minutes") and not 0 < step.least <= value <= LONGEST_STEP:
                problem = f"least ≤ {key} ≤ {LONGEST_STEP}, both above 0"
                raise CanvasError(self.path, self._line(key, start), problem)
        return step

    def _check_keys(self, table: Mapping[str, Any], wanted: Mapping[str, type], start: int) -> None:
        """Every key is there, of its type, filled; no other key is."""
        for key in table:
            if key not in wanted:
                raise CanvasError(self.path, self._line(key, start), f"unknown key “{key}”")
        for key, kind in wanted.items():
            if key not in table:
                if key in _MAY_BE_ABSENT:
                    continue
                raise CanvasError(self.path, start + 1, f"missing key “{key}”")
            if type(table[key]) is not kind:
                raise CanvasError(self.path, self._line(key, start), f"“{key}” must be {kind.__name__}")
            if kind is str and not table[key].strip() and key not in _MAY_BE_EMPTY:
                raise CanvasError(self.path, self._line(key, start), f"“{key}” is empty")

    def _check_choice(self, value: str, choices: tuple[str, ...], key: str, start: int) -> None:
        if value not in choices:
            said = ", ".join(choice or "(empty)" for choice in choices)
            raise CanvasError(self.path, self._line(key, start), f"“{key}” must be one of: {said}")

    def _check_head(self, canvas: Canvas) -> None:
        self._check_choice(canvas.produces, tuple(PRODUCES), "produces", 0)
        self._check_choice(canvas.minutes_from, tuple(MINUTES_FROM), "minutes_from", 0)
        if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+/\S*", canvas.source):
            raise CanvasError(self.path, self._line("source", 0), "“source” is a public http(s) address")
        if canvas.id != self.path.stem:
            raise CanvasError(self.path, self._line("id", 0), "the id is the name of the file")
        if not 0 < canvas.group_min <= canvas.group_max:
            raise CanvasError(self.path, self._line("group_min", 0), "0 < group_min ≤ group_max")

    def _check_whole(self, canvas: Canvas) -> None:
        """No step twice; the minutes of the first meeting and of the later ones make the total."""
        seen: set[str] = set()
        for place, step in enumerate(canvas.steps):
            if step.id in seen:
                line = self._line("id", self._step_line(place))
                raise CanvasError(self.path, line, f"step “{step.id}” stands twice")
            seen.add(step.id)
        for number, name in ((1, "the first meeting"), (2, "a later meeting")):
            total = total_minutes(canvas.agenda(number))
            if total != canvas.minutes:
                problem = f"the steps of {name} make {total} minutes, not {canvas.minutes}"
                raise CanvasError(self.path, self._line("minutes", 0), problem)

    def _step_line(self, place: int) -> int:
        """The index of the line `[[steps]]` of the step at this place."""
        heads = [n for n, line in enumerate(self.lines) if re.match(r"\s*\[\[\s*steps\s*\]\]", line)]
        return heads[place]

    def _line(self, key: str, start: int) -> int:
        """The number, from 1, of the line where a key of the table starting there is set."""
        for number, line in enumerate(self.lines[start:], start + 1):
            if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
                return number
            if number > start + 1 and line.lstrip().startswith("[["):
                break
        return start + 1
