"""What a call asks people for: to meet in collectives, or to tutor students of a preparatory class."""

from enum import StrEnum


class CallKind(StrEnum):
    """The second one is answered by its manager alone: nothing is composed, scored or matched."""

    TUTORS = "tutors"
    PREPARATORY = "preparatory"

    @property
    def composes(self) -> bool:
        """Whether collectives are made of those who are retained."""
        return self is CallKind.TUTORS

    @property
    def label(self) -> str:
        """As lists name it."""
        return {"tutors": "collectifs", "preparatory": "tutorat en classe préparatoire"}[self.value]

    @property
    def about(self) -> str:
        """What completes « votre candidature pour … »."""
        return {"tutors": "les collectifs", "preparatory": "le tutorat en classe préparatoire"}[self.value]

    @property
    def usual_title(self) -> str:
        """The title of its page, where its manager wrote none."""
        return {
            "tutors": "Accompagner quelqu’un qui débute, cela se travaille à plusieurs",
            "preparatory": "Accompagner quelqu’un qui prépare les concours de la fonction publique",
        }[self.value]

    @property
    def questions(self) -> str:
        """How many are asked, in words."""
        return {"tutors": "huit questions", "preparatory": "quatre questions"}[self.value]

    @property
    def wanted(self) -> tuple[str, ...]:
        """The names of the answers without which a candidacy is not sent, in the order of the page."""
        return {
            "tutors": ("degree", "tutoring_years", "work_insee", "home_insee", "school", "would_pilot"),
            "preparatory": ("tutoring_years", "work_insee", "school"),
        }[self.value]

    @property
    def asked(self) -> frozenset[str]:
        """The names of every answer that is asked for."""
        few = {"tutoring_years", "work_insee", "school", "half_days"}
        more = {"degree", "home_insee", "statuses", "would_pilot", "qualifications", "district", "supervises"}
        return frozenset(few | more if self.composes else few)
