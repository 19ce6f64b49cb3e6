"""Writing submitted sheets for the archives before they are destroyed, where an administration asked for it."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from collectifs.across.documents.archives import batch_files, batch_name
from collectifs.across.queries.archives import archived_counts, archived_sheets
from collectifs.kernel.audit import record
from collectifs.kernel.extensions import settings
from collectifs.kernel.journal import structlog
from collectifs.sheets.models import SubmittedSheet

log = structlog.get_logger()
DRAFT = ".en-cours"


def archive_first(copies: list[SubmittedSheet]) -> list[SubmittedSheet]:
    """Those that may be destroyed now: all of them once they are written, none while the folder takes nothing.

    Without a folder (`ARCHIVES_DIR`) nothing is written and all go.
    """
    folder = settings().archives
    sheets = archived_sheets(copies) if folder else []
    if folder is None or not sheets:
        return copies
    files = batch_files(sheets, archived_counts(copies))
    try:
        _write(folder, batch_name(files), files)
    except OSError as error:
        log.error("archives_refused", folder=str(folder), error=error.strerror, waiting=len(copies))
        return []
    written = {each.id for each in sheets}
    for copy in copies:
        if copy.id in written:
            record("sheet_archived", copy, by=None)
    return copies


def _write(folder: Path, name: str, files: Mapping[str, bytes]) -> None:
    """A whole batch or none: it takes its name once everything in it is on the disk."""
    if (folder / name).is_dir():
        return
    draft = folder / f"{name}{DRAFT}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    for each, data in files.items():
        with (draft / each).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    _settle(draft)
    draft.rename(folder / name)
    _settle(folder)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
