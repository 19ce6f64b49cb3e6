"""The mix of a collective in words: what was told, what is missing, who did not answer."""

import pytest

from collectifs.collectives.domain.composition import MixLine, check_years, mix_in_words, mix_remarks, years_in_words
from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.person import Degree

FIRST, SECOND = Degree.FIRST, Degree.SECOND
EIGHT = [
    *[MixLine(FIRST, 0, "Brumeval")] * 4,
    MixLine(FIRST, 1, "BRUMEVAL"),
    *[MixLine(SECOND, 4, "St-Aubin")] * 2,
    MixLine(SECOND, 9, "Port-Estran"),
]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (EIGHT, "4 entrants, 4 expérimentés · 5 du 1er degré, 3 du 2d · 3 communes"),
        ([MixLine(SECOND, 0, "A")], "1 entrant · 1 du 2d degré · 1 commune"),
        (
            [*EIGHT, MixLine(), MixLine(FIRST)],
            (
                "4 entrants, 4 expérimentés, 2 n’ont pas répondu · 6 du 1er degré, 3 du 2d, 1 n’a pas répondu"
                " · 3 communes, 2 n’ont pas répondu"
            ),
        ),
        ([MixLine(FIRST)] * 5, "tutorat : aucune réponse · 5 du 1er degré · communes : aucune réponse"),
        ([MixLine()] * 5, "Personne n’a encore répondu."),
        ([], "Personne n’a encore répondu."),
    ],
)
def test_the_mix_is_said_in_words(people: list[MixLine], words: str) -> None:
    assert mix_in_words(people) == words


@pytest.mark.parametrize(
    ("people", "both", "remarks"),
    [
        (EIGHT, True, []),
        ([MixLine()] * 8, True, []),
        (
            [MixLine(FIRST, 0)] * 5,
            True,
            ["Personne n’a encore l’expérience du tutorat.", "Personne ne vient du 2d degré."],
        ),
        ([MixLine(SECOND, 5)] * 5, True, ["Personne ne débute dans le tutorat.", "Personne ne vient du 1er degré."]),
        ([MixLine(SECOND, 5)] * 5, False, ["Personne ne débute dans le tutorat."]),
        (
            [*[MixLine(FIRST, 0)] * 4, MixLine()],
            False,
            ["Personne n’a encore l’expérience du tutorat, d’après les réponses."],
        ),
        (EIGHT[2:6], False, ["Moins de cinq personnes : deux absences suffisent à vider la séance."]),
        (
            EIGHT + EIGHT[:3],
            True,
            ["Plus de dix personnes : deux heures ne laissent pas à chacune le temps de parler."],
        ),
        (EIGHT + EIGHT[:2], True, []),
    ],
)
def test_what_is_missing_is_said_quietly(people: list[MixLine], both: bool, remarks: list[str]) -> None:
    assert mix_remarks(people, expects_both=both) == remarks


@pytest.mark.parametrize(
    ("years", "words"), [(None, ""), (0, "première année"), (1, "depuis un an"), (4, "depuis quatre ans")]
)
def test_years_are_said_in_words(years: int | None, words: str) -> None:
    assert years_in_words(years) == words


@pytest.mark.parametrize(("typed", "years"), [("", None), ("0", 0), ("007", 7), ("45", 45)])
def test_years_are_read(typed: str, years: int | None) -> None:
    assert check_years(typed) == years


@pytest.mark.parametrize("typed", ["deux", "-1", "46", "1,5", "²", "٣", "9" * 40])
def test_what_is_no_number_of_years_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken, match="de 0 à 45") as refusal:
        check_years(typed)
    assert refusal.value.field == "tutoring_years"
