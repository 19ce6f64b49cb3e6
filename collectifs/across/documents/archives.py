"""A batch for the archives: each sheet as JSON, the counts as CSV, and a manifest that `sha256sum -c` reads.

The same sheets give the same bytes under the same name: written twice, a batch is not doubled.
"""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence

from collectifs.across.domain.archives import ArchivedCounts, ArchivedSheet
from collectifs.kernel.seasons import season_label

COUNTS_NAME, MANIFEST_NAME = "comptes.csv", "manifeste.sha256"
COUNTED = ("territoire", "saison", "fiches transmises", "lues", "retirées ou reprises", "remplacées")


def batch_files(sheets: Sequence[ArchivedSheet], counts: Sequence[ArchivedCounts]) -> dict[str, bytes]:
    """Every file of a batch by its name, the manifest last."""
    files = {f"fiche-{each.season}-{each.id}.json": _sheet(each) for each in sorted(sheets, key=lambda each: each.id)}
    files[COUNTS_NAME] = _counts(counts)
    files[MANIFEST_NAME] = _manifest(files)
    return files


def batch_name(files: Mapping[str, bytes]) -> str:
    """« lot-3f2a… »: the name says what is inside, not when it was made."""
    return f"lot-{hashlib.sha256(files[MANIFEST_NAME]).hexdigest()[:16]}"


def _sheet(sheet: ArchivedSheet) -> bytes:
    told = {
        "identifiant": str(sheet.id),
        "territoire": sheet.territory,
        "saison": season_label(sheet.season),
        "collectif": sheet.collective,
        "mois": sheet.month.isoformat()[:7],
        "degré": sheet.degree,
        "version": sheet.version,
        "transmise le": sheet.submitted_on.isoformat(),
        "lue le": sheet.read_on.isoformat() if sheet.read_on else None,
        "fiche": sheet.content,
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"


def _counts(counts: Sequence[ArchivedCounts]) -> bytes:
    file = io.StringIO()
    lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
    lines.writerow(COUNTED)
    for each in counts:
        numbers = (each.submitted, each.read, each.withdrawn, each.replaced)
        lines.writerow((each.territory, season_label(each.season), *numbers))
    return file.getvalue().encode()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()).encode()
