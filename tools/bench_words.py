"""Sheets that read like those of tutors, made from parts: for the bench, which needs forty thousand."""

import random

from collectifs.meetings.domain.tags import Axis, Tags
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent

AIMS = """laisser une personne débutante chercher sa propre réponse
accueillir une détresse sans s’y installer
dire ce qui inquiète sans abîmer la confiance
observer une séance sans prendre la place
aider à préparer une séquence longue
parler du cadre de classe sans donner de recette
accompagner un refus de changer
rendre utile l’entretien qui suit la visite
partager un doute de métier avec un néo-tuteur
faire parler de ce qui a marché
tenir un rendez-vous hebdomadaire
travailler l’étayage sans faire à la place des élèves
préparer une visite de l’inspection sans répéter une leçon modèle
écouter une plainte répétée sans la nourrir
faire une place aux familles dans le travail de la classe
regarder les traces écrites plutôt que la tenue du cahier
différencier sans multiplier les fiches
installer un climat de travail après la récréation
donner à voir ses propres hésitations
évaluer des progrès qui ne se voient pas encore""".splitlines()
TENSIONS = """la classe n’attend pas
le temps de décharge est compté
l’évaluation de fin d’année approche
deux écoles se partagent le même stagiaire
l’équipe a déjà pris position
la confiance vient à peine de s’installer
personne ne demande rien
le programme presse
les gestes du tuteur sont devenus invisibles pour lui
le bruit de la classe occupe toute la conversation
les conseils se contredisent d’une visite à l’autre
la fatigue de novembre est là
l’établissement change d’organisation
le tuteur n’enseigne pas la même discipline
les élèves testent le cadre""".splitlines()
IDEAS = """Choisir ensemble, avant d’entrer, une seule chose à regarder
Noter des faits, puis les relire à deux sans les interpréter
Commencer l’entretien par ce que les élèves ont fait
Attendre dix secondes après chaque question posée
Écrire chacun une phrase avant de parler
Filmer trois minutes et ne regarder que les mains levées
Proposer deux pistes contraires et laisser choisir
Faire la même séance dans l’autre classe, puis comparer
Garder un cahier de bord commun, une ligne par jour
Dire à voix haute ce que l’on hésite à faire
Convenir d’un signe pour demander de l’aide
Inviter un collègue d’une autre discipline à observer
Reporter le conseil au lendemain
Relire ensemble une production d’élève prise au hasard
Poser la question « qu’avais-tu prévu ? » avant toute autre
Laisser un silence, puis reformuler sans juger
Séparer dans le temps l’aide et l’évaluation
Préparer à deux la première consigne, et elle seule
Nommer ce qui tient déjà dans le cadre de la classe
Tenir un quart d’heure fixe, toujours le même jour
Revenir sur un malentendu avec les mots des élèves
Demander ce qui a coûté le plus, et ce qui a aidé
Essayer un placement différent pendant une semaine
Garder le dernier mot pour la personne accompagnée
Partir d’un imprévu plutôt que de la fiche de préparation""".splitlines()
ENDS = """, puis en reparler une semaine plus tard.
, à condition que cela reste entre nous.
, sans chercher à tout résoudre le jour même.
, et accepter que la réponse vienne plus tard.
 ; les élèves s’en aperçoivent très vite.
, en regardant ce que cela déplace.
, même si la séance n’était pas prévue ainsi.
 : la peur du jugement recule un peu.
, avec un exemple tiré de la veille.
, et l’écrire pour ne pas l’oublier.""".splitlines()
CONDITIONS = """si le rendez-vous est fixé d’avance
quand la classe est calme
avec une classe que l’on connaît déjà
à deux, jamais devant les élèves
en début d’année surtout
si l’on a le temps d’en reparler""".splitlines()


def a_sheet(chance: random.Random) -> SheetContent:
    """A question, five to eight answers, some with a condition, and what it is filed under: about 130 words."""
    question = f"Comment {chance.choice(AIMS)}, alors que {chance.choice(TENSIONS)} ?"
    answers = tuple(
        Answer(
            f"{idea}{chance.choice(ENDS)}",
            chance.choice([AnswerKind.TRIED, AnswerKind.CONSIDERED]),
            chance.choice(CONDITIONS) if chance.random() < 0.4 else "",
        )
        for idea in chance.sample(IDEAS, chance.randint(5, 8))
    )
    tags = {axis.value: tuple(chance.sample([*axis.choices], chance.randint(0, 2))) for axis in Axis}
    return SheetContent(question, answers, Tags(**tags))
