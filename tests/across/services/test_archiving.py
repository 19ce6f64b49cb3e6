"""What an administration keeps of submitted sheets when the software destroys them: a batch, before, or nothing is
destroyed; never notes, never drafts, never what was taken back.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectifs.across.documents.archives import COUNTS_NAME, MANIFEST_NAME
from collectifs.across.services.tidying import tidy
from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.sheets.models import SubmittedSheet
from collectifs.sheets.queries.sheets import open_submitted
from tests import factories
from tests.circle import DAY, Circle
from tests.conftest import archives_kept_in

DAY_BEFORE, DAY_OF = (datetime(2032, 1, day, 12, tzinfo=UTC) for day in (18, 19))
SEASON_GONE = datetime(2032, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, app) -> Path:
    """Where this application writes for the archives."""
    found = tmp_path / "archives"
    found.mkdir(mode=0o700)
    with archives_kept_in(app, found):
        yield found


@pytest.fixture
def submitted(app, moment) -> Circle:
    """A sheet that the inspection reads since January 2027."""
    circle = Circle()
    circle.presented_by(circle.pilot)
    circle.write_and_propose(asks_name=True)
    circle.object(circle.karim, "name", "Mot de Karim.")
    moment.shift(6 * DAY)
    return circle


def transmit(circle: Circle) -> None:
    circle.presented_by(circle.pilot)
    from collectifs.sheets.services import consent

    consent.answer_as_presenter(circle.access, agreed=True, now=clock.now(), by=circle.person(circle.pilot))
    circle.submit()
    db.session.flush()


def only_batch(folder: Path) -> dict[str, bytes]:
    """The files of the one batch that is there."""
    [batch] = folder.iterdir()
    return {each.name: each.read_bytes() for each in batch.iterdir()}


def test_a_sheet_is_written_on_the_day_it_is_destroyed_and_not_the_day_before(folder: Path, submitted: Circle, moment):
    transmit(submitted)
    copy_id = submitted.copy.id
    moment.move_to(DAY_BEFORE, tick=False)
    tidy(now=clock.now())
    assert list(folder.iterdir()) == []
    moment.move_to(DAY_OF, tick=False)
    tidy(now=clock.now())
    assert open_submitted(copy_id) is None
    files = only_batch(folder)
    told = json.loads(files[f"fiche-2026-{copy_id}.json"])
    assert told["fiche"] == factories.content().to_dict()
    assert (told["collectif"], told["territoire"], told["version"]) == ("Collectif B7", "Val-de-Brume", 1)
    assert files[COUNTS_NAME].decode().splitlines()[1] == "Val-de-Brume;2026-2027;1;0;0;0"


def test_the_manifest_names_every_other_file_with_its_sum(folder: Path, submitted: Circle, moment):
    transmit(submitted)
    moment.move_to(DAY_OF, tick=False)
    tidy(now=clock.now())
    files = only_batch(folder)
    lines = dict(reversed(line.split("  ")) for line in files.pop(MANIFEST_NAME).decode().splitlines())
    assert lines == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_nobody_s_name_is_in_it_nor_what_the_collective_kept_to_itself(folder: Path, submitted: Circle, moment):
    transmit(submitted)
    moment.move_to(DAY_OF, tick=False)
    tidy(now=clock.now())
    whole = b"".join(only_batch(folder).values()).decode()
    people = (submitted.pilot, submitted.maud, submitted.karim, submitted.odile, submitted.inspector)
    held = [who.family_name for who in people] + [who.given_name for who in people] + ["Les Tilleuls", "Mot de"]
    assert [word for word in held if word in whole] == []


def test_what_was_taken_back_is_never_written(folder: Path, submitted: Circle, moment):
    transmit(submitted)
    submitted.withdraw(submitted.karim)
    moment.move_to(SEASON_GONE, tick=False)
    tidy(now=clock.now())
    assert list(folder.iterdir()) == []


def test_a_sheet_that_never_left_is_never_written(folder: Path, submitted: Circle, moment):
    moment.move_to(SEASON_GONE, tick=False)
    tidy(now=clock.now())
    assert list(folder.iterdir()) == []


def test_while_the_folder_takes_nothing_nothing_of_it_is_destroyed_and_the_rest_goes(
    folder: Path, submitted: Circle, moment, capsys: pytest.CaptureFixture[str]
):
    transmit(submitted)
    copy_id, situation = submitted.copy.id, factories.situation(submitted.collective, submitted.maud)
    folder.rmdir()
    moment.move_to(SEASON_GONE, tick=False)
    tidy(now=clock.now())
    assert open_submitted(copy_id) == factories.content()
    assert db.session.get(Collective, submitted.collective.id) is not None
    assert situation.withdrawn_at is not None or situation not in db.session
    assert "archives_refused" in capsys.readouterr().err
    folder.mkdir()
    tidy(now=clock.now())
    assert len(list(folder.iterdir())) == 1
    assert db.session.get(SubmittedSheet, copy_id) is None or open_submitted(copy_id) is None


def test_a_round_that_is_lost_after_it_wrote_leaves_one_batch_all_the_same(folder: Path, submitted: Circle, moment):
    transmit(submitted)
    db.session.commit()
    moment.move_to(DAY_OF, tick=False)
    tidy(now=clock.now())
    first = only_batch(folder)
    db.session.rollback()
    moment.shift(DAY)
    tidy(now=clock.now())
    assert only_batch(folder) == first


def test_a_batch_that_was_half_written_is_begun_anew(folder: Path, submitted: Circle, moment):
    transmit(submitted)
    db.session.commit()
    moment.move_to(DAY_OF, tick=False)
    tidy(now=clock.now())
    [batch], whole = folder.iterdir(), only_batch(folder)
    db.session.rollback()
    half = batch.rename(folder / f"{batch.name}.en-cours")
    (half / COUNTS_NAME).write_bytes(b"")
    tidy(now=clock.now())
    assert only_batch(folder) == whole


def test_the_collective_reads_in_its_journal_that_it_was_handed_over(folder: Path, submitted: Circle, moment):
    transmit(submitted)
    moment.move_to(DAY_OF, tick=False)
    tidy(now=clock.now())
    db.session.flush()
    [event] = db.session.query(AuditEvent).filter_by(kind="sheet_archived")
    assert (event.object_id, event.actor_id) == (submitted.copy.id, None)


def test_without_a_folder_it_is_destroyed_and_nothing_is_written(submitted: Circle, moment):
    transmit(submitted)
    moment.move_to(DAY_OF, tick=False)
    tidy(now=clock.now())
    assert open_submitted(submitted.copy.id) is None


@pytest.mark.parametrize("path", ["/qui-voit-quoi", "/vos-donnees"])
def test_the_pages_say_it_where_it_is_done_and_only_there(app, visit, tmp_path: Path, path: str):
    assert "dossier d’archives" not in visit().open(path).text
    with archives_kept_in(app, tmp_path):
        assert "est remise, avant d’être détruite ici, au dossier d’archives" in visit().open(path).text
