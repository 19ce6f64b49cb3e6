"""The other call of the demonstration: who would accompany students of a preparatory class; its manager answers."""

from datetime import date, timedelta
from uuid import uuid4

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.demo.rows import Stage, add, note
from collectifs.kernel.text.folding import folded
from collectifs.people.models import Territory, User

# Name, school, commune, finished years, half-days, what was answered.
PEOPLE: tuple[tuple[str, str, str, str, int, list[str], CandidacyState], ...] = (
    ("Ambre", "Castel", "IRA de Lille", "47001", 0, ["wed_pm"], CandidacyState.COMPLETE),
    ("Driss", "Benali", "École nationale des douanes", "47323", 1, ["tue_pm", "thu_pm"], CandidacyState.COMPLETE),
    ("Lou", "Maréchal", "École nationale d’administration pénitentiaire", "47001", 0, [], CandidacyState.COMPLETE),
    ("Ysé", "Tourneur", "INSP", "47157", 2, ["fri_pm"], CandidacyState.RETAINED),
    ("Malik", "Ferrand", "EN3S", "47310", 0, ["mon_pm", "wed_pm"], CandidacyState.RETAINED),
    ("Rozenn", "Quéméner", "IRA de Bastia", "47195", 0, ["wed_am"], CandidacyState.WAITING),
)


def add_preparatory_call(stage: Stage, territory: Territory, by: User | None) -> None:
    """A call that is open, and six people who answered it."""
    season, published = stage.data.season, stage.now - timedelta(days=30)
    call = add(
        Call(
            territory_id=territory.id,
            season=season,
            kind=CallKind.PREPARATORY,
            slug=f"{folded(territory.name)} classe preparatoire".replace(" ", "-"),
            opens_on=date(season, 12, 14),
            closes_on=date(season + 1, 1, 29),
            answers_on=date(season + 1, 2, 5),
            meets_on=date(season + 1, 2, 15),
            incitation="Deux heures par mois avec une personne qui prépare le concours que vous avez passé.",
            process="La responsable de la classe et le service de formation lisent vos quatre réponses.",
            published_at=published,
        )
    )
    note("call_published", call, by=by, at=published)
    _add_people(stage, call)


def _add_people(stage: Stage, call: Call) -> None:
    for rank, (given, family, school, town, years, half_days, state) in enumerate(PEOPLE):
        at = stage.now - timedelta(days=9 - rank, hours=3)
        row = Candidacy(id=uuid4(), call_id=call.id, state=state, given_name=given, family_name=family)
        row.address = f"{folded(given)}.{folded(family)}@ecoles.example".replace(" ", "-")
        row.school, row.work_insee, row.tutoring_years = school, town, years
        row.half_days, row.qualifications = half_days, []
        row.started_at = row.confirmed_at = row.completed_at = row.saved_at = at
        if state is not CandidacyState.COMPLETE:
            row.answered_at = row.tells_at = row.told_at = stage.now - timedelta(days=1)
        add(row)
