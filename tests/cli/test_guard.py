"""`flask guard`: lines of JSON in, the same lines with their spans out."""

import json

import pytest
from click.testing import CliRunner, Result

from collectifs.cli.guard import guard
from collectifs.guard.domain import lexicons

TEXT = "Avec Maud, la 3e B écoute."


def asked(*lines: str | bytes) -> Result:
    sent = [line.encode() if isinstance(line, str) else line for line in lines]
    return CliRunner().invoke(guard, input=b"\n".join(sent))


def test_each_line_comes_back_with_its_spans():
    line = {"id": 7, "text": TEXT, "context": {"members": ["Maud Le Bihan"], "schools": [], "communes": []}}
    answer = asked(json.dumps(line))
    assert (answer.exit_code, answer.stderr) == (0, "")
    back = json.loads(answer.stdout)
    assert {name: back[name] for name in line} == line
    assert [(span["start"], span["end"], span["kind"], span["level"]) for span in back["spans"]] == [
        (5, 9, "member", "certain"),
        (11, 18, "class", "likely"),
    ]
    assert back["spans"][1]["instead"] == "une classe de troisième"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Ligne 2 : JSON illisible"),
        ("[]", "Ligne 2 : ce n’est pas un objet JSON."),
        ('{"texte": ""}', "Ligne 2 : « text » manque, ou n’est pas un texte."),
        ('{"text": "", "context": 3}', "Ligne 2 : « context » n’est pas un objet."),
        (b'{"text": "\xe9"}', "Ligne 2 : ce n’est pas de l’UTF-8."),
        ("[" * 100_000, "Ligne 2 : JSON trop imbriqué."),
    ],
)
def test_a_line_that_cannot_be_read_is_told_by_its_number_and_the_others_are_answered(line: str | bytes, said: str):
    answer = asked(json.dumps({"text": "Rien."}), line, "", json.dumps({"text": TEXT}))
    assert answer.exit_code == 1
    assert said in answer.stderr
    assert [json.loads(each)["text"] for each in answer.stdout.splitlines()] == ["Rien.", TEXT]


def test_half_a_character_comes_back_as_it_came():
    answer = asked('{"text": "\\ud800 Rien."}')
    assert (answer.exit_code, json.loads(answer.stdout)["text"]) == (0, "\ud800 Rien.")


def test_without_its_lists_the_guard_says_so_and_answers_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(lexicons, "BUILT", tmp_path)
    lexicons.lexicons.cache_clear()
    answer = asked(json.dumps({"text": TEXT}))
    lexicons.lexicons.cache_clear()
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "make assets" in answer.stderr
