"""Two people at the same instant, each in a browser of their own: one outcome that holds, never half of two."""

import threading
from collections.abc import Callable
from typing import Any

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.sheets.domain.work import MailSheetProposed, MailSheetWithdrawn
from collectifs.sheets.models import Objection, PresenterAnswer, SheetProposal, SheetVersion, SubmittedSheet
from collectifs.sheets.queries.sheets import open_draft, open_submitted, shared_content
from collectifs.sheets.queries.versions import open_version
from collectifs.sheets.services import consent
from tests import factories
from tests.asked import asked, told
from tests.circle import DAY, Circle, fresh
from tests.pages import Visitor

Visit = Callable[..., Visitor]
DONE, REFUSED = 302, 422
SUBMIT = ("/transmettre", {"degree": "first"})
PROPOSE = ("/proposer", {"nobody_recognised": "y", "asks_transmission": "y", "how": "delay"})
WITHDRAW = ("/retirer", {})
REOPEN = ("/reprendre", {})
GIVE_UP = ("/sans-fiche", {})
OBJECT = ("/opposition", {"about": "transmission"})
OBJECT_TO_TEXT = ("/opposition", {"about": "text"})
NO = ("/accord-de-la-personne-qui-a-expose", {"agreed": "non"})


def edit(circle: Circle, question: str) -> tuple[str, dict[str, Any]]:
    """The whole form of the editor, made from what stands there now."""
    fields = {"question": question, "revision": str(circle.sheet.revision), "do": "save"}
    for number, answer in enumerate(factories.content().answers, 1):
        fields |= {f"reponse-{number}-text": answer.text, f"reponse-{number}-kind": answer.kind.value}
    return ("/ecrire", fields)


def at_once(visit: Visit, circle: Circle, *acts: tuple[Any, tuple[str, dict[str, Any]]]) -> list[int]:
    """Each person sends their form at the same instant; what each was answered."""
    ready, answers = threading.Barrier(len(acts)), [0] * len(acts)
    visitors = [visit(who) for who, _act in acts]
    tokens = [visitor.token() for visitor in visitors]
    urls = [circle.url(end) for _who, (end, _data) in acts]

    def send(place: int) -> None:
        ready.wait(10)
        data = acts[place][1][1]
        answer = visitors[place].client.post(urls[place], data=data, headers={"X-CSRFToken": tokens[place]})
        answers[place] = answer.status_code

    db.session.commit()
    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    fresh().expire_all()
    return answers


def agreed(circle: Circle, moment) -> None:
    circle.presented_by(circle.maud)
    circle.write_and_propose()
    consent.answer_as_presenter(circle.access, agreed=True, now=clock.now(), by=circle.person(circle.maud))
    moment.shift(6 * DAY)


def test_two_propose_and_one_version_is_put_to_the_collective(visit: Visit, circle: Circle):
    circle.write()
    answers = at_once(visit, circle, (circle.pilot, PROPOSE), (circle.pilot, PROPOSE))
    assert sorted(answers) == [DONE, REFUSED]
    assert db.session.query(SheetProposal).count() == 1
    assert db.session.query(SheetVersion).count() == 1
    assert len(told(MailSheetProposed)) == 3


def test_two_transmit_and_the_institution_has_one_copy(visit: Visit, circle: Circle, moment):
    agreed(circle, moment)
    answers = at_once(visit, circle, (circle.pilot, SUBMIT), (circle.pilot, SUBMIT))
    assert sorted(answers) == [DONE, REFUSED]
    copy = db.session.query(SubmittedSheet).one()
    assert open_submitted(copy.id) == factories.content()


def test_one_objects_while_another_transmits(visit: Visit, circle: Circle, moment):
    agreed(circle, moment)
    objected, submitted = at_once(visit, circle, (circle.karim, OBJECT), (circle.pilot, SUBMIT))
    assert sorted([objected, submitted]) == [DONE, REFUSED]
    assert db.session.query(Objection).count() == (objected == DONE)
    assert db.session.query(SubmittedSheet).count() == (submitted == DONE)


def test_the_presenter_says_no_while_the_pilot_transmits(visit: Visit, circle: Circle, moment):
    agreed(circle, moment)
    said, submitted = at_once(visit, circle, (circle.maud, NO), (circle.pilot, SUBMIT))
    assert sorted([said, submitted]) == [DONE, REFUSED]
    assert db.session.query(PresenterAnswer).one().agreed is (submitted == DONE)
    assert db.session.query(SubmittedSheet).count() == (submitted == DONE)


def test_one_withdraws_while_another_transmits(visit: Visit, circle: Circle, moment):
    agreed(circle, moment)
    withdrawn, submitted = at_once(visit, circle, (circle.karim, WITHDRAW), (circle.pilot, SUBMIT))
    assert withdrawn == DONE  # a right that nobody's click can outrun
    assert submitted in (DONE, REFUSED)
    assert circle.status == "withdrawn"
    assert shared_content(circle.access, clock.now()) is None
    copies = db.session.query(SubmittedSheet).all()
    assert len(copies) == (submitted == DONE)
    assert all(copy.withdrawn_at and not copy.body for copy in copies)


def test_two_withdraw_and_the_collective_is_told_once(visit: Visit, circle: Circle, moment):
    agreed(circle, moment)
    circle.submit()
    answers = at_once(visit, circle, (circle.karim, WITHDRAW), (circle.odile, WITHDRAW))
    assert sorted(answers) == [DONE, REFUSED]
    assert circle.status == "withdrawn"
    assert len(asked(MailSheetWithdrawn)) == 4


def test_one_edits_while_another_proposes(visit: Visit, circle: Circle):
    circle.write()
    edited, proposed = at_once(visit, circle, (circle.pilot, edit(circle, "Autrement ?")), (circle.pilot, PROPOSE))
    assert proposed == DONE
    assert edited in (DONE, REFUSED)
    version = open_version(db.session.query(SheetVersion).filter_by(reason="proposed").one())
    assert version == open_draft(circle.sheet).without_blanks()  # what they read is what stands there
    assert (version.question == "Autrement ?") is (edited == DONE)


def test_two_windows_save_and_one_is_asked(visit: Visit, circle: Circle):
    circle.write()
    acts = [(circle.pilot, edit(circle, question)) for question in ("L’une ?", "L’autre ?")]
    answers = at_once(visit, circle, *acts)
    assert sorted(answers) == [DONE, 409]
    assert open_draft(circle.sheet).question == ("L’une ?" if answers[0] == DONE else "L’autre ?")


def test_one_objects_while_the_pilot_takes_up_the_pen(visit: Visit, circle: Circle):
    circle.write_and_propose()
    objected, reopened = at_once(visit, circle, (circle.karim, OBJECT_TO_TEXT), (circle.pilot, REOPEN))
    assert reopened == DONE
    assert objected in (DONE, 404)  # nothing is put to them any more
    assert circle.status == "draft"


def test_two_take_up_the_pen(visit: Visit, circle: Circle, moment):
    agreed(circle, moment)
    circle.submit()
    answers = at_once(visit, circle, (circle.pilot, REOPEN), (circle.pilot, REOPEN))
    assert sorted(answers) == [DONE, REFUSED]
    assert circle.access.life.institution_since is not None


def test_one_proposes_while_another_does_without_a_sheet(visit: Visit, circle: Circle):
    circle.write()
    answers = at_once(visit, circle, (circle.pilot, PROPOSE), (circle.pilot, GIVE_UP))
    assert sorted(answers) == [DONE, REFUSED]
    assert (circle.sheet.given_up_at is None) is (answers[0] == DONE)
    assert db.session.query(SheetProposal).count() == (answers[0] == DONE)
