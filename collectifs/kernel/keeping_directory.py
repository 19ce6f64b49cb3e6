"""What the directory of programmes keeps of people, and for how long: rows of kernel/retention.py."""

from collectifs.kernel.keeping import Circle, Retention

DIRECTORY_ROWS: dict[str, Retention] = {
    "relays": Retention(
        "Votre nom et votre adresse, si vous répondez d’un programme ou d’un territoire dans l’annuaire",
        "que l’on puisse vous écrire sans connaître votre adresse",
        "votre nom, tout le monde, après votre oui ; votre adresse, le service de formation du territoire",
        "dès que vous arrêtez ; sans nouvelle de vous, le 31 août de la saison qui suit",
        ("relays", "relay_links"),
    ),
    "former_yeses": Retention(
        "Ce à quoi vous dites oui après un collectif : un rappel, parrainer, témoigner, animer un atelier",
        "vous rappeler la saison, et que l’on puisse vous le demander",
        "vous, et le service de formation du territoire",
        "dès que vous le retirez, au plus tard le 31 août de la saison pour laquelle vous l’avez dit",
        ("former_yeses",),
        Circle.INSTITUTION,
    ),
    "relay_messages": Retention(
        "Un message écrit depuis l’annuaire : votre nom, votre adresse, votre texte",
        "le remettre aux relais",
        "les relais à qui vous écrivez",
        "dès qu’il est parti, au plus tard sept jours après ; il n’en reste que la date, jusqu’au 31 août",
        ("relay_messages",),
        Circle.NONE,
        "le message",
    ),
}
