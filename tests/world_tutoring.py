"""The programme of the world: a tutor and a head from elsewhere, who are no member here; a note of a member."""

from typing import Any

from collectifs.engagement.models import Engagement
from collectifs.kernel import clock
from collectifs.report.domain.questionnaire import Box
from collectifs.report.models import EvaluationReturn
from tests import factories
from tests import notebooks as tutoring

CANARIES: dict[str, tuple[str, ...]] = {
    "CanariEntretien": ("other_member",),
    "CanariPratique": ("member",),
    "CanariModalite": (),  # nobody reads it before July
    "CanariProgramme": ("other_member", "other_pilot", "manager"),
}


def build(people: dict[str, Any], here: Any) -> dict[str, Any]:
    """The ids that its addresses take."""
    tutoring.opening(here)
    programme = tutoring.programme(here, people["other_pilot"], name="CanariProgramme")
    notebook = tutoring.notebook(programme, people["other_member"])
    code = tutoring.code(notebook)
    interview = tutoring.interview(code, note="CanariEntretien, jeudi.")
    note = tutoring.own_note(people["member"], "CanariPratique : laisser le silence.")
    tutoring.evaluation(here, Box(6, {"place": {"no": 6}}, ("CanariModalite",)))
    factories.add(EvaluationReturn(user_id=people["member"].id, territory_id=here.id, season=2026))
    engagement = factories.add(
        Engagement(user_id=people["member"].id, season=2026, code="k7mq2rpd9xvt", made_at=clock.now())
    )
    return {
        "engagement_id": engagement.id,
        "programme_id": programme.id,
        "notebook_id": notebook.id,
        "tutor_id": notebook.id,
        "code_id": code.id,
        "interview_id": interview.id,
        "note_id": note.id,
    }
