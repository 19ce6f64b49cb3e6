"""The copy of one's own data: the same in a page to read and in JSON, in one zip."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from collectifs.across.domain.own_data import NOT_HERE, OwnData
from collectifs.kernel.documents.press import template
from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text.typography import clock_time, long_date

HTML_NAME, JSON_NAME = "vos-donnees.html", "vos-donnees.json"


def zipped(data: OwnData, made_at: datetime) -> bytes:
    """The two files in one. The same data at the same instant give the same bytes."""
    files = {
        HTML_NAME: template("own_data.html", data=data, made_at=in_words(made_at), not_here=NOT_HERE, words=in_words),
        JSON_NAME: as_json(data, made_at),
    }
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, made_at.timetuple()[:6]), text, zipfile.ZIP_DEFLATED)
    return found.getvalue()


def as_json(data: OwnData, made_at: datetime) -> str:
    """Everything, with the instants as ISO writes them."""
    whole = {"fait_le": made_at, **asdict(data), "absent_d_ici": NOT_HERE}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_iso)


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def in_words(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{long_date(value.astimezone(PARIS).date())} à {clock_time(value.astimezone(PARIS))}"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} : {in_words(part)}" for name, part in value.items() if part not in ("", None))
    if isinstance(value, list | tuple):
        return " ; ".join(in_words(part) for part in value)
    return str(value)
