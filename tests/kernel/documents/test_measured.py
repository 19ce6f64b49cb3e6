"""What was measured of a paper is kept by a fingerprint, and nothing else of it."""

from dataclasses import dataclass

from collectifs.kernel.documents.measured import Measured


@dataclass(frozen=True)
class Paper:
    words: str


def test_the_same_words_are_measured_once_and_others_anew() -> None:
    measured, asked = Measured[int](), list[str]()
    for words in ("Oser dire", "Oser dire", "Oser dire non", "Oser dire"):
        found = measured.of(Paper(words), lambda words=words: asked.append(words) or len(words))
        assert found == len(words)
    assert asked == ["Oser dire", "Oser dire non"]


def test_no_word_is_kept_and_the_oldest_go() -> None:
    measured = Measured[int](most=2)
    for number in range(5):
        measured.of(Paper(f"Secret {number}"), lambda: 1)
    assert "Secret" not in repr(vars(measured))
    assert len(measured._kept) == 2


def test_what_could_not_be_measured_is_asked_again() -> None:
    measured = Measured[int]()

    def busy() -> int:
        raise TimeoutError

    for _ in range(2):
        try:
            measured.of(Paper("Oser"), busy)
        except TimeoutError:
            continue
        raise AssertionError("it was kept")
    assert measured.of(Paper("Oser"), lambda: 4) == 4
