"""What a programme hands out, for its head and its tutors: a letter to guardians, a poster for pupils."""

from flask.typing import ResponseReturnValue

from collectifs.blueprints.tutoring.area import bp
from collectifs.kernel.seasons import season_label
from collectifs.tutoring.documents.peers import ProgrammePaper, guardians_letter_pdf, peers_poster_pdf
from collectifs.tutoring.permissions import can_hand_out
from collectifs.tutoring.queries.programmes import StaffedProgramme, get_staffed_programme
from collectifs.web.access import access
from collectifs.web.files import pdf_file


@bp.get("/tutorat/<uuid:programme_id>/lettre.pdf")
@access(can_hand_out, programme=get_staffed_programme)
def letter(programme: StaffedProgramme) -> ResponseReturnValue:
    """The letter to guardians, of tutoring by adults as of that between pupils."""
    return pdf_file(guardians_letter_pdf(_paper(programme)).pdf, "lettre-aux-responsables-legaux")


@bp.get("/tutorat/<uuid:programme_id>/affiche.pdf")
@access(can_hand_out, programme=get_staffed_programme)
def poster(programme: StaffedProgramme) -> ResponseReturnValue:
    """The poster of tutoring between pupils."""
    return pdf_file(peers_poster_pdf(_paper(programme)).pdf, "tutorat-entre-eleves")


def _paper(staffed: StaffedProgramme) -> ProgrammePaper:
    row = staffed.programme
    return ProgrammePaper(row.name, row.school, season_label(row.season))
