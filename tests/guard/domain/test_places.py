"""A commune of several words, and a school of which the last word alone is said."""

import pytest

from collectifs.guard.domain.context import Context, context_of
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.members import words_of_phrases
from collectifs.guard.domain.reading import readings
from tests.guard.domain.test_guard import told

CONTEXT: Context = context_of([], ["École élémentaire Jean-Moulin"], [], [])
HERE: Context = context_of(
    [],
    ["École élémentaire Jean-Moulin", "Collège Rivière", "École Pasteur", "Collège Zorglub"],
    ["Levier", "Vie", "Port-Brume", "Les Roses"],
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("à Saint-Étienne", ["commune Saint-Étienne"]),
        ("à Mont-de-Marsan, à Bourg", ["commune Mont-de-Marsan", "commune Bourg"]),
        ("à L'Isle-sur-le-Doubs", ["commune Isle-sur-le-Doubs"]),
        ("à Aix (Provence)", ["commune Aix"]),
        ("à Aix. En Provence", ["commune Aix"]),
        ("à Port-Brume, puis à Port-sous-les-Ormes", ["commune Port-Brume", "commune Port-sous-les-Ormes"]),
        ("à Port - Brume", ["commune Port"]),
        ("de Port-là", ["commune Port"]),
        ("le train Dole-Besançon", ["commune Dole", "commune Besançon"]),
        ("à Bourg en Bresse", ["commune Bourg", "commune Bresse"]),
        ("L’école Moulin est loin.", ["school école Moulin"]),
        ("L’école Jean-Moulin est loin.", ["school école Jean-Moulin"]),
    ],
)
def test_a_name_is_marked_whole_and_stops_where_another_word_begins(text: str, found: list[str]) -> None:
    assert [f"{mark.kind} {text[mark.start : mark.end]}" for mark in marks(text, CONTEXT)] == found


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Lire Victor Hugo ce soir", {1, 2}),
        ("Lire victor hugo ce soir", set()),
        ("Relire Jean de La Fontaine", {1, 2, 3, 4}),
        ("Avec Simone de Beauvoir donc", {1, 2, 3}),
        ("Charles Victor de La Tour", set()),
        ("Au bout, Victor", set()),
    ],
)
def test_authors_are_known_by_two_three_or_four_words(text: str, taken: set[int]) -> None:
    phrases = frozenset({"victor hugo", "jean de la fontaine", "simone de beauvoir", "charles victor de la tour"})
    assert words_of_phrases(next(readings(text)).words, phrases) == taken


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("école Moulin, école Les Acacias", ["school ! école Moulin", "school ! école Les Acacias"]),
        ("école Jean-Moulin et collège Rivière", ["school ! école Jean-Moulin", "school ! collège Rivière"]),
        ("à Jean-Moulin, à Rivière", ["school ! Jean-Moulin", "school ? Rivière"]),
        ("Jean-Moulin ce matin", ["school ! Jean-Moulin"]),
        ("voir Jean-Moulin", ["school ! Jean-Moulin"]),
        ("au jean-moulin", ["school ! jean-moulin"]),
        ("voir jean-moulin", []),
        ("l’équipe de Jean-Moulin", ["person ? Jean-Moulin"]),
        ("vers la Rivière", ["school ? Rivière"]),
        ("chez les Rivière", ["school ? Rivière"]),
        ("la Rivière", []),
        ("vers rivière", []),
        ("Rivière", []),
        ("À Rivière", ["school ? Rivière"]),
        ("CHEZ LES RIVIÈRE", []),
        ("à Pasteur", ["school ? Pasteur"]),
        ("Pasteur", []),
        ("voir Pasteur", []),
        ("à pasteur", []),
        ("à Zorglub", ["school ! Zorglub"]),
        ("voir Zorglub", ["person ? Zorglub"]),
        ("à zorglub", ["school ! zorglub"]),
        ("AU ZORGLUB", ["school ! ZORGLUB"]),
        ("de Zorglub", ["person ? Zorglub"]),
        ("depuis le Zorglub", ["school ! Zorglub"]),
        ("depuis bien longtemps Rivière", []),
        ("groupe scolaire Bellevue", ["school ! groupe scolaire Bellevue"]),
        ("le groupe Bellevue", ["person ? Bellevue"]),
        ("le groupe", []),
        ("groupe scolaire", []),
        ("école Les Acacias", ["school ! école Les Acacias"]),
        ("école La Rivière", ["school ! école La Rivière"]),
        ("école de La Brume", ["school ! école de La Brume"]),
        ("l’école de la Brume", ["school ! école de la Brume"]),
        ("ÉCOLE LES ACACIAS", []),
        ("AU COLLÈGE BUCHETON ET SOULÉ", ["school ! COLLÈGE BUCHETON"]),
        ("AU COLLÈGE DE BUCHETON", []),
        ("ÉCOLE BELLEVUE ICI", ["school ! ÉCOLE BELLEVUE"]),
        ("au collège zorg", []),
        ("au collège demain", []),
        ("au collège bucheton", ["school ! collège bucheton"]),
        ("au collège france", []),
        ("au collège lucas", ["school ! collège lucas"]),
        ("au collège de lucas", ["person ? lucas"]),
        ("au collège durand", ["school ! collège durand"]),
        ("l’école PERGAUD", ["school ! école PERGAUD"]),
        ("l’école MOULIN", ["school ! école MOULIN"]),
        ("l’école PRIMA", []),
        ("l’école BELLE", []),
        ("le lycée Louis Pergaud ici", ["school ! lycée Louis Pergaud"]),
        ("LE LYCÉE PERGAUD LOUIS ICI", ["school ! LYCÉE PERGAUD LOUIS"]),
        ("LE LYCÉE PERGAUD-ICI", ["school ! LYCÉE PERGAUD-ICI"]),
        ("le lycée Pergaud-ici", ["school ! lycée Pergaud-ici"]),
        ("le lycée d’Ornans", ["commune ? Ornans"]),
        ("le lycée Ornans", ["school ! lycée Ornans"]),
        ("le lycée. Pergaud", []),
        ("le lycée\nPergaud", []),
        ("le lycée « Pergaud »", ["school ! lycée « Pergaud"]),
        ("le lycée, Pergaud", []),
        ("le lycée", []),
        ("l’école Freinet", []),
        ("l’école Confiance", []),
        ("Lycée Professionnel Pergaud", ["school ! Lycée Professionnel Pergaud"]),
        ("mme école moulin", ["school ! école moulin"]),
        ("un peu de tout Jean-Moulin", ["school ! Jean-Moulin"]),
        ("École élémentaire Les Acacias", ["school ! École élémentaire Les Acacias"]),
    ],
)
def test_schools_are_told_by_a_head_or_where_one_is_said_to_be(text: str, found: list[str]) -> None:
    assert told(text, HERE) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" Besançon, dit-elle à Mme", ["commune ? Besançon"]),
        ("Mme Besançon", ["person ! Mme Besançon"]),
        ("à Paris", ["commune ? Paris"]),
        ("Paris", []),
        ("un texte de Vienne", []),
        ("Vienne", []),
        ("à Vie", ["commune ? Vie"]),
        ("Vie", []),
        ("à vie", []),
        ("à République", []),
        ("l’académie de Besançon", []),
        ("l’académie de Besançon et Dijon", ["commune ? Dijon"]),
        ("l’académie de Mont-de-Marsan", []),
        ("le rectorat, puis le soir Besançon", ["commune ? Besançon"]),
        ("le rectorat de La Rochelle", []),
        ("Saint-Étienne", ["commune ? Saint-Étienne"]),
        ("voir Saint-Étienne", ["commune ? Saint-Étienne"]),
        ("voir Saint-Vit", ["commune ? Saint-Vit"]),
        ("voir Saint Vit", []),
        ("voir saint-vit", []),
        ("à saint-vit", []),
        ("Saint-vit", []),
        ("La Rivière", []),
        ("voir La Rivière", []),
        ("voir La-Rivière", []),
        ("à La Rivière", ["school ? Rivière"]),
        ("à La-rivière", []),
        ("à Lons-le-Saunier", ["commune ? Lons-le-Saunier"]),
        ("à Lons le Saunier", ["commune ? Lons le Saunier"]),
        ("à Aix en Provence", ["commune ? Aix"]),
        ("à Is", []),
        ("voir Is", []),
        ("à Eu", ["commune ? Eu"]),
        ("à Ars", ["commune ? Ars"]),
        ("voir Ars", ["commune ? Ars"]),
        ("à Orange", ["commune ? Orange"]),
        ("Orange", []),
        ("voir Orange", []),
        ("à orange", []),
        ("à brest", ["commune ? brest"]),
        ("à dole", []),
        ("à DOLE", ["commune ? DOLE"]),
        ("ALLER À BREST DEMAIN", ["commune ? BREST"]),
        ("ALLER À DOLE DEMAIN", []),
        ("voir brest", []),
        ("à valdahon", ["commune ? valdahon"]),
        ("commune de valdahon", ["commune ? valdahon"]),
        ("à lourdes", []),
        ("à florence", ["person ? florence"]),
        ("à Florence", ["person ? Florence"]),
        ("voir Florence", ["person ? Florence"]),
        ("à Rousseau", []),
        ("à Molière", []),
        ("à Levier", ["commune ? Levier"]),
        ("levier", []),
        ("le Levier", ["commune ? Levier"]),
        ("Levier note", []),
        ("voir Levier", ["commune ? Levier"]),
        ("à port-brume", []),
        ("à Port-Brume", ["commune ? Port-Brume"]),
        ("voir Port-brume", []),
        ("à Marnay-là", ["commune ? Marnay"]),
        ("de marnay-là", ["commune ? marnay"]),
        ("à Dole, Besançon", ["commune ? Dole", "commune ? Besançon"]),
        ("à l’Étoile", []),
        ("à Ornans-sur-Loue", ["commune ? Ornans-sur-Loue"]),
        ("rectorat de Dijon note", []),
        ("rectorat de Dijon, Pr Durand", ["person ! Pr Durand"]),
        ("académie de Besançon, Durand", ["person ? Durand"]),
        ("Les Roses", []),
        ("voir Les Roses", []),
        ("voir Les-Roses", ["commune ? Les-Roses"]),
        ("voir les-Roses", []),
        ("voir Les-roses", []),
    ],
)
def test_communes_are_told_by_a_capital_or_by_the_word_before(text: str, found: list[str]) -> None:
    assert told(text, HERE) == found
