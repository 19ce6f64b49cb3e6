"""A person receives everything of their own, and nothing of anybody else; erased, nothing stays that may go."""

import io
import json
import zipfile

import pytest
from flask import Flask

from collectifs.across.domain.own_data import LABELS, OMITTED
from collectifs.across.domain.work import MakeDataCopy
from collectifs.across.queries.own_data import WRITTEN, data_copy_bytes, naming_tables, shown_columns
from collectifs.across.services.leaving import leave_altogether
from collectifs.across.services.own_data import ask_data_copy
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import ERASED
from collectifs.kernel.retention import ROWS, TABLE
from collectifs.kernel.work import DestroyKey
from collectifs.meetings.models import Attendance, Situation
from collectifs.people.domain.person import Role
from collectifs.people.models import DataCopy, Device, User
from tests import factories
from tests.asked import asked
from tests.circle import Circle


def copy_of(circle: Circle, who: User) -> dict[str, str]:
    """The files of a copy, asked for and made."""
    row = ask_data_copy(now=clock.now(), by=circle.person(who))
    do(MakeDataCopy(row.id))
    with zipfile.ZipFile(io.BytesIO(data_copy_bytes(row) or b"")) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_it_holds_what_one_wrote_and_what_is_known_of_one(circle: Circle):
    factories.situation(circle.collective, circle.maud, "Elle se tait", story="Mon récit à moi.")
    circle.write_and_propose()
    circle.object(circle.maud, sentence="Trop reconnaissable.")
    files = copy_of(circle, circle.maud)
    assert set(files) == {"vos-donnees.html", "vos-donnees.json"}
    for text in files.values():
        for words in ("Elle se tait", "Mon récit à moi.", "Trop reconnaissable.", "Le Bihan", "Les Tilleuls"):
            assert words in text
    data = json.loads(files["vos-donnees.json"])
    assert {each["title"] for each in data["written"]} == {ROWS["situations"].what, ROWS["drafts"].what}
    assert ROWS["presences"].what in {each["title"] for each in data["known"]}


def test_it_holds_nothing_that_others_wrote_nor_a_secret(circle: Circle):
    factories.situation(circle.collective, circle.karim, "Celle de Karim")
    circle.write_and_propose()
    circle.object(circle.karim, sentence="Non.")
    circle.maud.password_hash = "scrypt:secret"
    factories.device(circle.maud)
    whole = "".join(copy_of(circle, circle.maud).values())
    for words in ("Celle de Karim", "Karim", "Non.", "Odile", "scrypt", "secret_hash"):
        assert words not in whole


def test_it_is_sealed_until_somebody_opens_it_and_says_how_far_it_is(circle: Circle):
    row = ask_data_copy(now=clock.now(), by=circle.person(circle.maud))
    assert (row.progress, row.body) == (0, ERASED)
    with pytest.raises(RuleBroken, match="se prépare déjà"):
        ask_data_copy(now=clock.now(), by=circle.person(circle.maud))
    do(MakeDataCopy(row.id))
    assert row.progress == 100
    assert not bytes(row.body).startswith(b"UEs")  # a zip in base64
    ask_data_copy(now=clock.now(), by=circle.person(circle.maud))
    assert DestroyKey(row.key_id) in asked(DestroyKey)
    assert db.session.query(DataCopy).count() == 1


def test_no_table_that_names_people_is_forgotten_and_each_column_has_its_word(app: Flask):
    assert {table.name for table in naming_tables()} <= set(TABLE)
    unknown = {column.name for table in naming_tables() for column in shown_columns(table)} - set(LABELS)
    assert unknown == set()
    known = {column.name for table in naming_tables() for column in table.columns}
    assert {name for name in OMITTED if "." not in name} - known == set()
    assert set(WRITTEN) <= set(ROWS)


def test_erased_nothing_opens_and_the_name_stays_on_attendance_alone(circle: Circle):
    factories.situation(circle.collective, circle.maud, "Elle se tait")
    factories.device(circle.maud)
    leave_altogether(now=clock.now(), by=circle.person(circle.maud))
    db.session.flush()
    assert circle.maud.id not in circle.access.access.member_ids
    assert db.session.query(Situation).filter_by(withdrawn_at=None).count() == 0
    assert db.session.query(Device).filter_by(user_id=circle.maud.id).count() == 0
    assert circle.maud.address.endswith("@efface.invalid")
    assert db.session.query(Attendance).filter_by(user_id=circle.maud.id).one()
    assert circle.maud.family_name == "Le Bihan"


def test_who_was_on_no_paper_leaves_no_name(circle: Circle):
    leave_altogether(now=clock.now(), by=circle.person(circle.inspector))
    db.session.flush()
    assert db.session.query(User).filter_by(family_name="Roussel").count() == 0


def test_the_last_pilot_and_an_administrator_are_told_why_not(circle: Circle):
    with pytest.raises(RuleBroken):
        leave_altogether(now=clock.now(), by=circle.person(circle.pilot))
    factories.grant(circle.karim, Role.ADMINISTRATOR, None)
    with pytest.raises(RuleBroken, match="depuis le serveur"):
        leave_altogether(now=clock.now(), by=circle.person(circle.karim))
