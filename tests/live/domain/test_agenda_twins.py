"""The two foldings of a meeting, of the server and of the page: random sets of gestures add up to one state in both."""

import json
import random
import subprocess
from pathlib import Path

import playwright

from collectifs.live.domain.agenda import fold
from collectifs.live.domain.gestures import Gesture, instant

HERE = Path(__file__).parents[2]
TABLE = json.loads((HERE / "shared" / "agenda_cases.json").read_text("utf-8"))
NODE = Path(playwright.__file__).parent / "driver" / "node"
SETS, MOST = 200, 40


def random_gesture(chance, place):
    """Minutes apart, now and then a whole night; two hands, sometimes at the same instant."""
    sample = chance.choice(TABLE["samples"])
    body = dict(sample["body"])
    if "plan" in body:
        body["plan"] = TABLE["plans"][body["plan"]]
    hour, minute = (1, 30) if chance.random() < 0.05 else (14, chance.randrange(40))
    return {
        "id": f"e{place:02}",
        "kind": sample["kind"],
        "hand": chance.randrange(1, 4),
        "happened_at": f"{TABLE['date']}T{hour:02}:{minute:02}:00.000Z",
        "body": body,
    }


def random_set(chance):
    """Most of them begin like a meeting, so that most of the gestures count."""
    gestures = [random_gesture(chance, place) for place in range(chance.randrange(MOST))]
    if chance.random() < 0.8:
        start = {"id": "s1", "kind": "meeting_started", "hand": 0, "body": {"plan": TABLE["plans"]["three"]}}
        gestures.append(start | {"happened_at": f"{TABLE['date']}T01:00:00.000Z"})
    chance.shuffle(gestures)
    return gestures + chance.sample(gestures, len(gestures) // 3)


def folded(gestures):
    read = [Gesture(**(each | {"happened_at": instant(each["happened_at"])})) for each in gestures]
    return fold(read).to_json()


def test_python_and_javascript_fold_random_gestures_to_one_state(tmp_path):
    chance = random.Random(2027)
    sets = [random_set(chance) for _ in range(SETS)]
    asked = tmp_path / "sets.json"
    asked.write_text(json.dumps(sets), "utf-8")
    command = [NODE, HERE / "js" / "fold_sets.mjs", asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    states = json.loads(done.stdout)
    assert len(states) == SETS
    for gestures, state in zip(sets, states, strict=True):
        assert folded(gestures) == state
    # The sets reach what they are meant to reach.
    for key in ("notes", "parked", "turns", "hands", "guests", "duties", "reopened_at", "closed_at", "spent_ms"):
        assert sum(bool(state[key]) for state in states) >= 5, key
