"""Rows of `retention.py`: tutoring of pupils and students, a tutor's own notes, attestations of engagement."""

from collectifs.kernel.keeping import Circle, Retention

TUTORING_ROWS: dict[str, Retention] = {
    "programmes": Retention(
        "Les programmes de tutorat d’élèves et d’étudiants : un nom, un établissement, qui les dirige",
        "savoir sous quelle autorité l’on tutore",
        "le service de formation, la direction et les tuteurs du programme",
        "le 31 août de la saison",
        ("tutoring_programmes",),
        Circle.INSTITUTION,
    ),
    "notebooks": Retention(
        "Votre carnet d’entretiens : les codes que vous choisissez, le jour où les responsables légaux sont informés",
        "retrouver qui vous accompagnez, sans aucun nom",
        "vous ; la direction du programme, des nombres, jamais sous cinq",
        "le 31 août de la saison, ou quand vous retirez un code",
        ("notebooks", "tutored_codes"),
    ),
    "interviews": Retention(
        "Vos entretiens : la durée, ce qui a été travaillé, un mot pour vous, le prochain rendez-vous",
        "préparer le suivant",
        "vous, et personne d’autre",
        "le 31 août de la saison, ou quand vous l’effacez",
        ("interviews",),
        sealed_under="l’entretien",
    ),
    "practice_notes": Retention(
        "Vos notes sur votre propre pratique, si vous les ouvrez",
        "réfléchir à votre façon de faire",
        "vous, et personne d’autre",
        "le 31 août de la saison, ou quand vous l’effacez",
        ("practice_notes", "practice_books"),
        sealed_under="la note",
    ),
    "evaluations": Retention(
        "Vos réponses aux cinq questions sur le tutorat, ajoutées à celles du territoire, sans nom ni instant",
        "évaluer chaque année les modalités du tutorat",
        "le service de formation, et qui dirige un programme du territoire, en nombres, à partir de cinq réponses et "
        "du 1er juillet",
        "le 31 août de la saison",
        ("evaluation_boxes",),
        Circle.INSTITUTION,
        "la saison du territoire",
    ),
    "evaluation_returns": Retention(
        "Que vous avez répondu aux cinq questions sur le tutorat, jamais ce que vous avez répondu",
        "que personne ne réponde deux fois",
        "vous",
        "le 31 août de la saison",
        ("evaluation_returns",),
    ),
    "engagements": Retention(
        "Les attestations d’engagement que vous faites : leur code, les lignes choisies",
        "qu’un lecteur vérifie ce que vous lui montrez",
        "vous ; qui en tape le code et votre nom lit quelles lignes sont attestées",
        "quand vous la retirez, au plus tard cinq ans après la fin de la saison",
        ("engagements", "engagement_lines"),
    ),
}
