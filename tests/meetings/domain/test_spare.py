"""The bank of spare situations: whole, readable aloud; the address of a video."""

from pathlib import Path

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.spare import LONGEST_LINK, SpareError, bank, check_link, first_spare, load_spare
from collectifs.people.domain.person import Degree


def test_the_bank_holds_the_situation_of_the_gourd_with_its_six_questions_first():
    spare = next(iter(bank().values()))
    assert spare.title == "J’interviens ou je laisse faire ?"
    assert len(spare.questions) == 6
    assert spare.question == "Où est la limite, et qui la fixe ?"
    assert spare.story.startswith("Je suis au fond de la salle.")


def test_the_bank_holds_ten_situations_of_both_degrees():
    assert len(bank()) == 10
    assert len({spare.degree for spare in bank().values()}) == 2
    assert [spare.order for spare in bank().values()] == list(range(1, 11))


@pytest.mark.parametrize(
    "link",
    [
        "http://a.fr/1",
        "javascript:alert(1)",
        "https://a@b.fr",
        "https://[",
        "https://a .fr",
        "https://localhost/",
        "a.fr",
        "https://a.fr/\u202e",
        "https://a.fr/" + "x" * (LONGEST_LINK - 12),
        "https://a.fr/<b>",
        "https://a.fr/\\b",
        'https://a.fr/"',
        "https://a.fr/é",
        "https://a.fr/a b",
        "https://.fr/",
        "https://",
    ],
)
def test_a_video_is_an_address_on_the_web_and_nothing_else(link):
    with pytest.raises(RuleBroken) as refusal:
        check_link(link)
    assert refusal.value.field == "spare_link"


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://a.fr/1?v=2#t=3",
        "https://video.example.fr/une-video",
        "https://a.fr/@chaine/1",
        "https://a.fr/" + "x" * (LONGEST_LINK - 13),
    ],
)
def test_a_video_is_optional(link):
    check_link(link)


@pytest.mark.parametrize("spare", bank().values(), ids=lambda spare: spare.id)
def test_a_spare_situation_can_be_read_aloud(spare):
    assert len(spare.title) <= 120
    assert len(spare.sentence) <= 300
    assert spare.question.endswith("?")
    assert len(spare.questions) >= 5
    assert all(question.endswith("?") for question in spare.questions)
    assert spare.sequel.startswith(("J’ai ", "Je "))  # the same voice as the story


def test_the_first_spare_not_yet_held_is_offered():
    names = list(bank())
    assert first_spare([]) == names[0]
    assert first_spare([names[0], ""]) == names[1]
    assert first_spare(names) == names[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("order = 1", ""), "missing keys: order"),
        (("order = 1", "order = 1\nmore = 2"), "more"),
        (('title = "T"', 'title = ""'), "empty: title"),
        (('id = "one"', 'id = "two"'), "name of the file"),
        (('degree = "first"', 'degree = "third"'), "degree"),
        (('title = "T"', "title = T"), "one.toml"),
    ],
)
def test_a_wrong_file_of_the_bank_is_named(tmp_path: Path, change: tuple[str, str], said: str):
    whole = (
        'id = "one"\norder = 1\ntitle = "T"\ndegree = "first"\nsetting = "s"\nsentence = "s"\nquestion = "q"\n'
        'story = "s"\nquestions = ["q"]\n'
    )
    path = tmp_path / "one.toml"
    path.write_text(whole, encoding="utf-8")
    found = load_spare(path)
    assert (found.questions, found.degree, found.sequel) == (("q",), Degree.FIRST, "")
    path.write_text(whole.replace(*change), encoding="utf-8")
    with pytest.raises(SpareError, match=said):
        load_spare(path)
