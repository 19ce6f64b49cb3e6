"""« Mes données »: asked for, made by the worker, downloaded by nobody else; the account erased for good."""

import io
import zipfile

from collectifs.across.domain.work import MakeDataCopy
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.people.models import DataCopy
from tests.circle import Circle
from tests.closed import keys_flipped


def test_a_copy_is_asked_for_waited_for_and_downloaded_by_its_person_alone(visit, circle: Circle):
    maud = visit(circle.maud)
    page = maud.open("/mes-donnees").press("Demander ma copie")
    assert page.says("Votre copie se prépare")
    assert page.soup.select_one("progress")["value"] == "0"
    do(MakeDataCopy(db.session.query(DataCopy).one().id))
    db.session.commit()
    assert maud.open("/mes-donnees").says("Votre copie est prête")
    answer = maud.raw("/mes-donnees/copie")
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "Le Bihan" in archive.read("vos-donnees.html").decode()
    assert visit(circle.karim).raw("/mes-donnees/copie").status_code == 302


def test_a_copy_that_no_longer_opens_says_so_and_another_may_be_asked_for(visit, app, circle: Circle):
    maud = visit(circle.maud)
    maud.open("/mes-donnees").press("Demander ma copie")
    do(MakeDataCopy(db.session.query(DataCopy).one().id))
    db.session.commit()
    with keys_flipped(app):
        page = maud.open("/mes-donnees/copie")
        assert page.path == "/mes-donnees"
        assert page.says("Cette copie ne s’ouvre plus : demandez-en une autre.")
    assert page.press("En demander une autre").says("Votre copie se prépare")


def test_an_account_is_erased_after_a_box_is_ticked_and_lets_nobody_in_again(visit, circle: Circle):
    maud = visit(circle.maud)
    page = maud.open("/mes-donnees/effacer")
    assert page.says("votre nom sur les émargements")
    assert page.press("Effacer mon compte pour toujours").says("Cochez la case d’abord.")
    page.press("Effacer mon compte pour toujours", is_sure="y")
    assert maud.raw("/mon-compte").status_code == 302


def test_the_last_pilot_is_told_why_not_yet(visit, circle: Circle):
    page = visit(circle.pilot).open("/mes-donnees/effacer")
    assert page.says("Pas encore")
    assert not page.has_button("Effacer mon compte pour toujours")
