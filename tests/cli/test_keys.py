"""`flask keys witness`: a folder of keys that came back from a copy without its witness."""

from pathlib import Path

from flask import Flask

from collectifs.across.queries.perished import needed_keys
from collectifs.kernel.extensions import db
from tests import factories
from tests.cli.conftest import Make


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["keys", "witness", *arguments])
    return result.exit_code, result.output


def folder_of(app: Flask) -> Path:
    return app.extensions["settings"].keys_dir


def meet(app: Flask) -> set[str]:
    """Two meetings; the keys they need."""
    with app.app_context():
        collective = factories.collective(pilot=factories.user("Hélène"))
        for number in (1, 2):
            factories.meeting(collective, number=number)
        db.session.commit()
        return needed_keys()


def test_the_witness_is_made_anew_among_the_right_keys(house: Flask) -> None:
    needed = meet(house)
    (folder_of(house) / "witness").unlink()
    code, told = run(house)
    assert code == 0, told
    assert f"{len(needed)} clés sur {len(needed)}" in told
    assert run(house)[0] == 0  # a witness that stands is left as it is


def test_missing_keys_are_counted_and_only_a_person_says_that_they_are_lost(house: Flask) -> None:
    needed = meet(house)
    (folder_of(house) / "witness").unlink()
    (folder_of(house) / f"{min(needed)}.key").unlink()
    code, told = run(house)
    assert code == 1
    assert f"1 clés sur {len(needed)} ne sont pas dans ce dossier" in told
    assert not (folder_of(house) / "witness").exists()
    assert run(house, "--lost")[0] == 0


def test_the_keys_of_another_installation_are_refused(make_house: Make, house: Flask, tmp_path: Path) -> None:
    meet(house)
    other = make_house(tables=False, keys_dir=tmp_path / "others", database_url=f"sqlite:///{tmp_path / 'o.db'}")
    other.extensions["vault"].found()
    (folder_of(house) / "witness").write_bytes((tmp_path / "others" / "witness").read_bytes())
    code, told = run(house)
    assert code == 1
    assert "autre installation" in told


def test_the_master_key_is_replaced_while_the_service_goes_on(make_house: Make, house: Flask) -> None:
    def rotate(app: Flask) -> str:
        result = app.test_cli_runner().invoke(args=["keys", "rotate"])
        return str(result.output)

    needed = meet(house)
    assert "MASTER_KEY_FORMER" in rotate(house)
    former = house.extensions["settings"].master_key
    both = make_house(tables=False, master_key=b"n" * 32, former_master_key=former)
    told = both.test_cli_runner().invoke(args=["check"]).output
    assert f"{len(needed)} sous l’ancienne clé maîtresse : flask keys rotate" in told
    assert f"{len(needed)} clés sous la nouvelle" in rotate(both)
    after = make_house(tables=False, master_key=b"n" * 32)
    assert "bien    clés" in after.test_cli_runner().invoke(args=["check"]).output
