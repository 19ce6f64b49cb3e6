"""The picture of the folders is that of the code, and would show an import against the order."""

import re
from pathlib import Path

import pytest

from tools.picture import FILE, arrows_of, draw, rooms_of


def test_the_picture_in_the_docs_is_that_of_the_code() -> None:
    assert FILE.read_text(encoding="utf-8") == draw(), "make picture"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Two subjects with floors inside, one folder of files alone, and what puts them together."""
    files = {
        "__init__.py": "def create_app():\n    from collectifs.web import assemble\n",
        "kernel/clock.py": "",
        "kernel/text/french.py": "from collectifs.kernel import clock",
        "people/domain/role.py": "from collectifs.kernel.text.french import french",
        "people/models.py": "from collectifs.people.domain import role",
        "people/services/appoint.py": "import collectifs.people.models\nfrom collectifs.people.domain.role import Role",
        "web/assemble.py": "from collectifs.people.services import appoint\nfrom collectifs.kernel import clock",
    }
    for name, words in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(words)
    return tmp_path


def arrows_in(picture: str) -> dict[str, str]:
    return {says: kind for kind, says in re.findall(r'<path class="(\w+)"[^>]*><title>(.+?)</title>', picture)}


def test_subjects_have_their_floors_as_rooms(package: Path) -> None:
    rooms = rooms_of(package)
    assert rooms["people"] == ["domain", "models", "services"]
    assert rooms["web"] == rooms["create_app"] == []
    assert (("people", "services"), ("people", "models")) in arrows_of(package, rooms)
    assert re.findall(r'class="folder"[^>]*>(\w+)<', draw(package)) == ["create_app", "web", "people", "kernel"]


def test_an_arrow_is_pale_when_others_imply_it_and_red_when_it_goes_up(package: Path) -> None:
    assert arrows_in(draw(package)) == {
        "create_app → web": "down",
        "web → people": "down",
        "web → kernel": "implied",
        "people → kernel": "down",
        "text → clock": "down",
        "models → domain": "down",
        "services → domain": "down",
        "services → models": "down",
    }
    (package / "kernel" / "clock.py").write_text("from collectifs.people.models import User")
    with (package / "people" / "domain" / "role.py").open("a") as role:
        role.write("\nfrom collectifs.people.services import appoint")
    ups = {says for says, kind in arrows_in(draw(package)).items() if kind == "up"}
    assert ups == {"kernel → people", "domain → services"}
