"""What the guard marks of a text, in the words of people: blocked, asked about, left alone."""

import time
import unicodedata

import pytest

from collectifs.guard.domain.context import Context, context_of, context_read
from collectifs.guard.domain.guard import marks

CONTEXT = context_of(
    [
        ("Maud", "Le Bihan"),
        ("Rose", "Ferrand"),
        ("Jean-Baptiste", "Petit"),
        ("Éléonore", "de Villiers"),
        ("Alice", "Berger"),
    ],
    ["Collège de la Brume", "École élémentaire Jean-Moulin"],
    ["Pontarlier", "Levier"],
    ["e.v@ac-exemple.example"],
)


def told(text: str, context: Context = CONTEXT) -> list[str]:
    """« member ! Maud » for what blocks, « date ? le 3 mars » for what is asked."""
    return [f"{mark.kind} {'!' if mark.blocks else '?'} {text[mark.start : mark.end]}" for mark in marks(text, context)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Demander à Maud.", ["member ! Maud"]),
        ("demander à maud", ["member ! maud"]),
        ("MAUD LE BIHAN A DIT NON", ["member ! MAUD LE BIHAN"]),
        ("LE BIHAN Maud relit.", ["member ! LE BIHAN Maud"]),
        ("chez Mme LeBihan", ["member ! LeBihan"]),
        ("Chez les Ferrand, chez les Ferrands", ["member ! Ferrand", "member ! Ferrands"]),
        ("La grille de Ferand, ou de Ferradn", ["member ! Ferand", "member ! Ferradn"]),
        ("Eleonore observe, Villiers note.", ["member ! Eleonore", "member ! Villiers"]),
        ("J.-B. Petit a filmé.", ["member ! J.-B. Petit"]),
        ("jb petit a filmé", ["member ! jb petit"]),
        ("Le petit groupe, la rose et le berger.", []),
        ("Une maudite consigne", []),
        ("Petit à petit, on avance.", ["member ? Petit"]),
        ("Rose Ferrand a dit oui.", ["member ! Rose Ferrand"]),
        ("Voir avec Rose.", ["member ! Rose"]),
        ("Les idées de M. Petit", ["member ! Petit"]),
        ("Écrire à E.V@ac-exemple.example", ["email ! E.V@ac-exemple.example"]),
    ],
)
def test_a_member_is_found_in_every_form_and_an_ordinary_word_is_left_alone(text: str, found: list[str]):
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mme Durand, la principale, est passée.", ["person ! Mme Durand"]),
        ("M. le principal et Madame la rectrice", []),
        ("Mme X et M. Y", []),
        ("chez Mme de La Tour, chez M. de Vries", ["person ! Mme de La Tour", "person ! M. de Vries"]),
        ("M. Van der Berg et M. d’Ormesson", ["person ! M. Van der Berg", "person ! M. d’Ormesson"]),
        ("M. de l’Estoile relit, mme le gall note", ["person ! M. de l’Estoile", "person ! mme le gall"]),
        ("Mme de Saint-Aubin Rostand", ["person ! Mme de Saint-Aubin Rostand"]),
        ("M. de permanence, Mme la gestionnaire, madame de la cantine", []),
        ("On lit Madame de Beauvoir.", []),
        ("Voir M. Le Gall, puis Mme de Zorglub Plouc.", ["person ! M. Le Gall", "person ! Mme de Zorglub Plouc"]),
        ("Voir avec LÉON, un TNI, une ULIS.", ["person ? LÉON"]),
        ("J’ai vu Léa ranger.", ["person ? Léa"]),
        ("c’est lucas qui crie", ["person ? lucas"]),
        ("Depuis que Grosperrin est parti", ["person ? Grosperrin"]),
        ("Relire Bucheton, Goigoux et Cèbe, Célestin Freinet.", []),
        ("(Robert et Rogalski, 2005)", []),
        ("La grille de Danielson, un poème de Desnos", []),
        ("M. D. et K. M. en EPS, P.-S. : rien", ["initials ? M. D.", "initials ? K. M."]),
        ("au collège de la Brume", ["school ! collège de la Brume"]),
        ("À Jean-Moulin, on rit.", ["school ! Jean-Moulin"]),
        ("au lycée Victor-Hugo", ["school ! lycée Victor-Hugo"]),
        ("L’école de la confiance, une école Montessori, un lycée professionnel", []),
        ("À la même école. En septembre, au collège.", []),
        ("le code 0251234X", ["uai ! 0251234X"]),
        ("au 06.12.34.56.78", ["phone ! 06.12.34.56.78"]),
        ("Elle habite Ornans, près de Levier", ["commune ? Ornans", "commune ? Levier"]),
        ("Le levier de la séance, l’académie de Besançon", []),
        ("au 12 rue des Lilas", ["address ? 12 rue des Lilas"]),
        ("la place de l’élève, à deux pas", []),
        ("le mardi 8 décembre", ["date ? le mardi 8 décembre"]),
        ("en décembre, chaque mardi, le 14 juillet, le 4 août 1789", []),
        ("à 10 h 20", ["time ? à 10 h 20"]),
        ("1 h 30 de route, 18 h par semaine, en 2 h 10", []),
        ("la 3e B et la 2nde 4", ["class ? la 3e B", "class ? la 2nde 4"]),
        ("en troisième, la 3e compétence, les 6e 2 fois par semaine", []),
        ("le stagiaire d’occitan", ["rare ? le stagiaire d’occitan"]),
        ("C’est du chinois pour eux.", []),
        ("Comme le dit Madame Montessori, avec Monsieur Freinet.", []),
        ("Comme le dit Mme Montessori.", ["person ! Mme Montessori"]),
        ("au collège Les Acacias", ["school ! collège Les Acacias"]),
        ("au collège demain", []),
    ],
)
def test_each_kind_and_what_looks_like_it(text: str, found: list[str]):
    assert told(text) == found


@pytest.mark.parametrize(
    "said",
    [
        unicodedata.normalize("NFD", "Éléonore"),
        "M\u200daud",
        "M\u00adau\u200bd",
        "\u202eMaud\u202c",
        "Mаud",  # a Cyrillic а
        "Ｍａｕｄ",
        "𝐌𝐚𝐮𝐝",
        "M🙂a🙂u🙂d",
        "M a u d",
        "M.a.u.d",
    ],
)
def test_what_hides_a_name_from_a_list_does_not_hide_it_from_the_guard(said: str):
    text = f"Demander à {said}, puis se taire."
    found = [mark for mark in marks(text, CONTEXT) if mark.blocks]
    assert [text[mark.start : mark.end].strip("\u202e\u202c") for mark in found] == [said.strip("\u202e\u202c")]


def test_a_picture_between_two_words_hides_neither():
    assert told("Bravo🙂Maud🙂merci") == ["member ! Maud"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "…", "🙂", "\u200d", "\ud800", "a" * 5000, "M. " * 500, "(" * 500, "1 " * 500, "é" * 5000]
)
def test_nothing_written_breaks_it(text: str):
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks(text, CONTEXT))


def test_ten_thousand_words_take_ten_times_as_long_as_a_thousand():
    words = ("Avec Maud, le mardi 8 décembre, la 3e B de Pontarlier écoute une consigne répétée. " * 800).split()

    def seconds(count: int) -> float:
        text = " ".join(words[:count])
        start = time.perf_counter()
        marks(text, CONTEXT)
        return time.perf_counter() - start

    seconds(100)
    assert seconds(10_000) < 40 * max(seconds(1000), seconds(1000))


def test_each_mark_says_why_and_what_to_write_instead():
    text = "L’idée d’Alice : voir la 3e B le 8 décembre à 10 h 20, au collège de la Brume."
    found = {text[mark.start : mark.end]: (mark.reason, mark.instead) for mark in marks(text, CONTEXT)}
    assert found == {
        "d’Alice": ("C’est une personne de votre collectif.", "de quelqu’un du collectif"),
        "la 3e B": ("Une classe précise. « En troisième » ne désigne personne.", "une classe de troisième"),
        "le 8 décembre": ("Un jour exact suffit à retrouver une classe.", "un jour de décembre"),
        "à 10 h 20": ("Une heure exacte suffit à retrouver une classe.", "le matin"),
        "collège de la Brume": ("Un établissement nommé fait reconnaître ceux qui y travaillent.", "collège"),
    }


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("le mardi 8 décembre", "un jour de décembre"),
        ("du 3 mars", "d’un jour de mars"),
        ("mercredi 12 juillet", "un jour de juillet"),
        ("le 12 juin", "un jour de juin"),
        ("14/10/2026", "un jour d’octobre"),
    ],
)
def test_a_day_gives_way_to_its_month(said: str, instead: str):
    assert [mark.instead for mark in marks(f"C’était {said}.", CONTEXT)] == [instead]


def test_a_context_is_read_in_the_forms_in_which_people_write_names():
    whole = {"given_name": "Maud", "family_name": "Le Bihan"}
    members = ["Maud Le Bihan", "LE BIHAN Maud", ["Maud", "Le Bihan"], whole]
    read = context_read({"members": members, "schools": [{"name": "Collège de la Brume"}], "communes": None})
    assert read == context_of([("Maud", "Le Bihan")], ["Collège de la Brume"])


@pytest.mark.parametrize(
    "data", [[], "Maud", {"members": "Maud"}, {"members": [3]}, {"members": [["a", "b", "c"]]}, {"schools": [None]}]
)
def test_a_context_of_another_shape_is_refused_in_words(data: object):
    with pytest.raises(ValueError, match="context"):
        context_read(data)
