"""How long what the book of the year keeps of people lives: rows of kernel/retention.py."""

from collectifs.kernel.keeping import Circle, Retention

BOOK_ROWS: dict[str, Retention] = {
    "book_pages": Retention(
        "Une page du recueil, telle que la relecture l’a reprise, et ce que vous y avez répondu",
        "ne publier que ce à quoi chaque personne qui était là a dit oui",
        "l’inspection du territoire, et les personnes à qui on la demande ; qui a dit non, personne",
        "dès que l’une de ces personnes la retire ; non publiée, un an après la fin de la saison, et, d’un atelier "
        "sans l’accord de tous, le 31 août ; publiée, cinq ans après ; vos réponses à une page d’atelier, le 31 août",
        ("book_entries", "book_sources", "book_consents", "book_change_requests", "book_presenter_answers"),
        Circle.INSTITUTION,
        "la page du recueil",
    ),
    "book_removals": Retention(
        "Une demande de retrait d’une page publiée, et sa phrase : ni nom ni adresse",
        "retirer la page pour qui n’a plus de lien",
        "l’inspection du territoire, qui relit le recueil",
        "quand la page est retirée ou la demande écartée, au plus tard après trois mois",
        ("book_removal_requests",),
        Circle.INSTITUTION,
        "la demande",
    ),
    "book_editions": Retention(
        "L’édition du recueil, où personne n’est nommé",
        "faire lire ce que les collectifs ont cherché",
        "tout le monde",
        "quand l’édition suivante la remplace ; sinon elle reste publiée",
        ("book_editions", "book_renderings"),
        Circle.NONE,
        "l’édition",
    ),
}
