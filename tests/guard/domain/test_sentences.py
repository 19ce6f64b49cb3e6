"""Each sentence that the guard was built on is marked, to the letter, as it is meant; where it differs is written here.

What differs is of two kinds: a few more words (« le » before a day, « d’ » before a name) that go with what is marked,
or a mistake that is known. Whoever changes a rule sees here what it does to which sentence.
"""

from pathlib import Path

from collectifs.guard.domain.context import context_read
from collectifs.guard.domain.guard import marks
from tools.bench_guard import Sentence, sentences

BUILT_ON = sentences(Path(__file__).parents[1] / "evaluation" / "build.jsonl")
MARKED_OTHERWISE = {
    "Faire comme Mme Le Bihan : trois faits, pas plus.": ["member ! Le Bihan"],
    "On reprend le cahier d'Odile.": ["member ! d'Odile"],
    "M. Petit a refusé.": ["member ! Petit"],
    "Pierre angulaire du métier ou pas, la consigne se prépare.": ["member ? Pierre"],
    "le cours de Vuillemin finit toujours en retard": ["address ? le cours de Vuillemin"],
    "Visite du 12 novembre : je n'ai rien dit.": ["date ? du 12 novembre"],
    "le 12/11/2026": ["date ? le 12/11/2026"],
    "Dire ce que l'on a vu le mardi 8 décembre, sans juger.": ["date ? le mardi 8 décembre"],
    "le 1er février, bilan avec l'Inspé": ["date ? le 1er février"],
    "le lundi 11 janvier 2027 au matin": ["date ? le lundi 11 janvier 2027"],
    "entre le 4 et le 8 janvier": ["date ? le 4 et le 8 janvier"],
    "RDV 14/01": ["date ? RDV 14/01"],
    "depuis le 17 septembre je tiens un carnet": ["date ? le 17 septembre"],
    "Le cours commence à 10 h 20 et il arrive en même temps que les élèves.": ["time ? à 10 h 20"],
    "rdv à 16h40 salle des profs": ["time ? à 16h40"],
    "de 8h30 à 9h25, pas un mot": ["time ? de 8h30 à 9h25"],
    "à 14:05 il n'y avait plus personne": ["time ? à 14:05"],
    "à huit heures vingt, la porte était encore fermée": ["time ? à huit heures vingt"],
    "l'entretien de 13 h": ["time ? entretien de 13 h"],
    "les 4e3 sont ingérables": ["class ? les 4e3"],
    "ma 6ème A l'adore": ["class ? ma 6ème A"],
    "les TSTMG2 ne viennent plus": ["class ? les TSTMG2"],
    "la terminale S2": ["class ? la terminale S2"],
    "il a la 5°2 et la 5°4": ["class ? la 5°2", "class ? la 5°4"],
    "avec la 3eme C tout passe": ["class ? la 3eme C"],
    "la 2GT7 le teste": ["class ? la 2GT7"],
    "un collègue qui enseigne en milieu pénitentiaire": ["rare ? milieu pénitentiaire"],
    "enseignante à l'hôpital, elle n'a que des élèves de passage": ["rare ? à l'hôpital"],
    "le bâtiment de la rue du Général-Leclerc": ["address ? la rue du Général-Leclerc"],
    "Il avait gagné, victor ou vaincu, il n'en savait rien.": ["member ! victor"],
    "Rousseau n'aurait pas fait un bon tuteur, dit-on pour rire.": ["member ? Rousseau"],
    "La voix d'Aurore porte loin.": ["member ! d'Aurore"],
    "M. Legrand laisse faire": ["member ! Legrand"],
}


def meant(sentence: Sentence) -> list[str]:
    spans = sorted(sentence.spans, key=lambda span: int(span["start"]))
    return [
        f"{span['kind']} {'!' if span['level'] == 'certain' else '?'} {sentence.text[span['start'] : span['end']]}"
        for span in spans
    ]


def marked(sentence: Sentence) -> list[str]:
    found = marks(sentence.text, context_read(sentence.context))
    return [f"{mark.kind} {'!' if mark.blocks else '?'} {sentence.text[mark.start : mark.end]}" for mark in found]


def test_every_sentence_is_marked_as_it_is_meant_but_those_that_are_written_here():
    found = {each.text: marked(each) for each in BUILT_ON}
    assert {each.text: found[each.text] for each in BUILT_ON if found[each.text] != meant(each)} == MARKED_OTHERWISE
