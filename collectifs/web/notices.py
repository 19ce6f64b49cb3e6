"""What a deployment says of itself: who answers for the data, whom to write to, who hosts."""

from flask import current_app

from collectifs.kernel.config import TABLE, Notices, Settings


def notices() -> Notices:
    """The notices of this deployment; what was not set is empty, and pages leave it out."""
    settings: Settings = current_app.extensions["settings"]
    return settings.notices


def keeps_archives() -> bool:
    """Whether submitted sheets are written for the archives before they are destroyed."""
    settings: Settings = current_app.extensions["settings"]
    return settings.archives is not None


def unreadable_by() -> str:
    """By when a copy of the database, with that of the keys, no longer says what was erased."""
    settings: Settings = current_app.extensions["settings"]
    return "sept jours après" if settings.keys_in == TABLE else "à la prochaine sauvegarde des clés"
