"""Marks of a text: the certain one wins, then the longer; each says why, and what to write instead."""

import pytest

from collectifs.guard.domain.context import Context, Member, context_of, context_read, split_name
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.lexicons import KNOWN, lexicons
from collectifs.guard.domain.marks import Kind, Level, Mark, without_overlaps
from collectifs.guard.domain.reading import readings
from collectifs.guard.domain.wording import PERHAPS, REASONS, worded


def mark(start: int, end: int, level: Level = Level.LIKELY, kind: Kind = Kind.PERSON) -> Mark:
    return Mark(start, end, kind, level)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([mark(4, 6), mark(0, 2)], [mark(0, 2), mark(4, 6)]),
        ([mark(0, 3), mark(0, 6)], [mark(0, 6)]),
        ([mark(0, 9), mark(2, 4, Level.CERTAIN)], [mark(2, 4, Level.CERTAIN)]),
        ([mark(2, 5), mark(0, 3)], [mark(0, 3)]),  # as long: the first
        ([mark(0, 3), mark(3, 6)], [mark(0, 3), mark(3, 6)]),  # side by side
        ([mark(0, 3), mark(2, 6), mark(6, 8)], [mark(2, 6), mark(6, 8)]),
        ([mark(3, 3), mark(5, 4)], []),
        ([mark(0, 3), mark(0, 3, kind=Kind.COMMUNE)], [mark(0, 3, kind=Kind.COMMUNE)]),  # always the same
    ],
)
def test_no_mark_stands_over_another_the_certain_one_wins_then_the_longer(given: list[Mark], kept: list[Mark]) -> None:
    assert without_overlaps(given) == kept
    assert without_overlaps(reversed(given)) == kept


def test_what_is_certain_blocks_and_what_is_likely_asks() -> None:
    assert mark(0, 1, Level.CERTAIN).blocks is True
    assert mark(0, 1).blocks is False


def said(text: str, words: str, kind: Kind, level: Level = Level.LIKELY) -> Mark:
    start = text.index(words)
    return worded(next(readings(text)), start, start + len(words), kind, level)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_says_why_and_a_doubt_is_said_as_one(kind: Kind) -> None:
    assert said("Voir Rose.", "Rose", kind, Level.CERTAIN).reason == REASONS[kind]
    assert said("Voir Rose.", "Rose", kind).reason == PERHAPS.get(kind, REASONS[kind])
    assert set(PERHAPS) == {Kind.MEMBER, Kind.PERSON}


@pytest.mark.parametrize(
    ("kind", "words", "instead"),
    [
        (Kind.MEMBER, "Maud", "quelqu’un du collectif"),
        (Kind.PERSON, "Léa", "une personne"),
        (Kind.INITIALS, "K. M.", "une personne"),
        (Kind.COMMUNE, "Ornans", "une commune du secteur"),
        (Kind.ADDRESS, "12 rue des Lilas", "un lieu du quartier"),
        (Kind.EMAIL, "a@b.example", ""),
        (Kind.PHONE, "0612345678", ""),
        (Kind.UAI, "0251234X", ""),
        (Kind.RARE, "directrice de SEGPA", "quelqu’un de l’équipe"),
        (Kind.RARE, "le stagiaire d’occitan", "la personne accompagnée"),
        (Kind.RARE, "un Alternant en lutherie", "la personne accompagnée"),
        (Kind.RARE, "une PLP coiffure", "la personne accompagnée"),
        (Kind.SCHOOL, "collège de la Brume", "collège"),
        (Kind.SCHOOL, "Collége Brume", "un établissement"),
        (Kind.SCHOOL, "École Moulin", "École"),
        (Kind.SCHOOL, "ecole Moulin", "ecole"),
        (Kind.SCHOOL, "Lycée Pergaud", "Lycée"),
        (Kind.SCHOOL, "LP Pergaud", "un établissement"),
        (Kind.SCHOOL, "Jean-Moulin", "un établissement"),
        (Kind.SCHOOL, "écoles Moulin", "un établissement"),
        (Kind.TIME, "à 8 h 30", "le matin"),
        (Kind.TIME, "à 11 h 59", "le matin"),
        (Kind.TIME, "à 12 h", "l’après-midi"),
        (Kind.TIME, "à huit heures vingt", "à un moment de la journée"),
        (Kind.CLASS, "la 3e B", "une classe de troisième"),
        (Kind.CLASS, "en 6e 2", "en sixième"),
        (Kind.CLASS, "5° 4", "une classe de cinquième"),
        (Kind.CLASS, "les 4e3", "une classe de quatrième"),
        (Kind.CLASS, "la 2nde 4", "une classe de seconde"),
        (Kind.CLASS, "1re S", "une classe de première"),
        (Kind.CLASS, "en T STMG 2", "en terminale"),
        (Kind.CLASS, "ma sixième A", "une classe de sixième"),
        (Kind.CLASS, "Seconde 7", "une classe de seconde"),
        (Kind.CLASS, "en Première 2", "en première"),
        (Kind.CLASS, "Terminale S2", "une classe de terminale"),
        (Kind.CLASS, "les CM2 B", "une classe de CM2"),
        (Kind.CLASS, "CE1 A", "une classe de CE1"),
        (Kind.CLASS, "CAP 2", "une classe de CAP"),
        (Kind.CLASS, "le groupe B", "une classe"),
    ],
)
def test_what_to_write_instead(kind: Kind, words: str, instead: str) -> None:
    assert said(f"Voir : {words}.", words, kind).instead == instead


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("le mardi 8 décembre", "un jour de décembre"),
        ("mardi 8 dec.", "un jour de décembre"),
        ("du 3 mars", "d’un jour de mars"),
        ("au 3 août", "jusqu’à un jour d’août"),
        ("le 1er octobre", "un jour d’octobre"),
        ("12 juin", "un jour de juin"),
        ("12 juil.", "un jour de juillet"),
        ("12 juillet", "un jour de juillet"),
        ("le 4 avr.", "un jour d’avril"),
        ("le 31/01/2027", "un jour de janvier"),
        ("14/12", "un jour de décembre"),
        ("14.10.2026", "un jour d’octobre"),
        ("14-02-26", "un jour de février"),
        ("le 12/13", "un jour"),
        ("le 12/00", "un jour"),
        ("mercredi", "un jour"),
        ("du mardi", "d’un jour"),
        ("dimanche 4 mai", "un jour de mai"),
        ("le 5 fev", "un jour de février"),
        ("le 5 nov", "un jour de novembre"),
        ("le 5 sept", "un jour de septembre"),
    ],
)
def test_a_day_gives_way_to_its_month(words: str, instead: str) -> None:
    assert said(f"Voir {words}.", words, Kind.DATE).instead == instead


@pytest.mark.parametrize(
    ("text", "words", "kind", "marked", "instead"),
    [
        ("L’idée d’Alice.", "Alice", Kind.MEMBER, "d’Alice", "de quelqu’un du collectif"),
        ("D’Alice, rien.", "Alice", Kind.MEMBER, "D’Alice", "de quelqu’un du collectif"),
        ("L’idée d’Alix.", "Alix", Kind.PERSON, "Alix", "une personne"),
        ("Celui d’Ornans.", "Ornans", Kind.COMMUNE, "Ornans", "une commune du secteur"),
        ("Le mail d’a@b.example.", "a@b.example", Kind.EMAIL, "a@b.example", ""),
        ("grand’Alice", "Alice", Kind.MEMBER, "Alice", "quelqu’un du collectif"),
        ("Le stage d’occitan.", "occitan", Kind.RARE, "d’occitan", "de quelqu’un de l’équipe"),
    ],
)
def test_an_elided_word_goes_with_a_proposal_that_does_not_bear_it(
    text: str, words: str, kind: Kind, marked: str, instead: str
) -> None:
    found = said(text, words, kind)
    assert (text[found.start : found.end], found.instead) == (marked, instead)


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("Maud Le Bihan", ("Maud", "Le Bihan")),
        ("LE BIHAN Maud", ("Maud", "LE BIHAN")),
        ("Maud LE BIHAN", ("Maud", "LE BIHAN")),
        ("Jean Baptiste PETIT", ("Jean Baptiste", "PETIT")),
        ("MAUD LE BIHAN", ("MAUD", "LE BIHAN")),
        ("J PETIT", ("J", "PETIT")),
        ("Maud B", ("Maud", "B")),
        ("Y Nguyen", ("Y", "Nguyen")),
        ("Maud", ("Maud", "")),
        ("", ("", "")),
    ],
)
def test_what_is_in_capitals_is_the_family_name_else_what_follows_the_first_word(
    name: str, split: tuple[str, str]
) -> None:
    assert split_name(name) == split


@pytest.mark.parametrize("text", ["O'neil@ac.example le dit", "voir o'neil@ac.example", "voir O'NEIL@ac.example ici"])
def test_the_address_of_a_member_is_found_however_odd_it_is(text: str) -> None:
    context = context_of([], addresses=["O'Neil@ac.example"])
    [found] = marks(text, context)
    assert (found.kind, found.blocks) == (Kind.EMAIL, True)
    assert text[found.start : found.end].lower() == "o'neil@ac.example"


@pytest.mark.parametrize(
    ("family", "core"),
    [(("de", "villiers"), ("villiers",)), (("le", "du", "bois"), ("bois",)), (("le", "bihan", "de"), ("bihan", "de")),
     (("de",), ("de",)), (("le", "de"), ("de",)), (("villiers",), ("villiers",)), ((), ())],
)  # fmt: skip
def test_a_name_is_known_without_its_particles(family: tuple[str, ...], core: tuple[str, ...]) -> None:
    assert Member(("eleonore",), family).core == core


def test_a_context_holds_each_once_folded_and_what_tells_schools_apart() -> None:
    found = context_of(
        [("Éléonore", "de Villiers"), ("Eleonore", "DE VILLIERS"), ("", ""), ("", "Petit"), ("J.-B.", "")],
        ["Collège public de la Brume", "COLLÈGE DE LA BRUME", "Lycée polyvalent"],
        ["Saint-Vit", ""],
        ["E.V@Ac.example", ""],
    )
    members = (Member(("eleonore",), ("de", "villiers")), Member((), ("petit",)), Member(("j", "b"), ()))
    assert found == Context(members, (("brume",),), frozenset({("saint", "vit")}), frozenset({"e.v@ac.example"}))
    assert context_read(None) == context_of([]) == Context()


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        ([], "« context » n’est pas un objet"),
        ({"members": "Maud"}, "« context.members » n’est pas une liste"),
        ({"schools": {"a": 1}}, "« context.schools » n’est pas une liste"),
        ({"communes": 3}, "« context.communes » n’est pas une liste"),
        ({"schools": [None]}, "« context.schools » contient autre chose"),
        ({"communes": [{"nom": "Ornans"}]}, "« context.communes » contient autre chose"),
        ({"members": [3]}, "« context.members » contient autre chose"),
        ({"members": [["a"]]}, "« context.members » contient autre chose"),
        ({"members": [["a", 3]]}, "« context.members » contient autre chose"),
        ({"members": [{"given_name": 3}]}, "« context.members » contient autre chose"),
    ],
)
def test_a_context_that_cannot_be_read_says_which_part(data: object, refused: str) -> None:
    with pytest.raises(ValueError, match=refused):
        context_read(data)


def test_a_member_is_read_with_one_name_alone() -> None:
    read = context_read({"members": [{"family_name": "Petit"}, {"given_name": "Maud"}], "communes": [{"name": "Vit"}]})
    assert read == context_of([("", "Petit"), ("Maud", "")], communes=["Vit"])


def test_a_given_name_is_known_from_two_hundred_bearers_on() -> None:
    lists = lexicons()
    [rarest] = [name for name, number in lists.given.items() if number == KNOWN][:1]
    assert KNOWN == 200
    assert (lists.is_given(rarest), lists.is_given(rarest, KNOWN + 1), lists.is_given("zorglub", 1)) == (
        True,
        False,
        False,
    )
    assert lists.is_given("zorglub", 0)
    longest = [len(each) for each in lists.rare_functions]
    assert longest == sorted(longest, reverse=True)
