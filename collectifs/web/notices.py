"""What a deployment says of itself: who answers for the data, whom to write to, who hosts."""

from flask import current_app

from collectifs.kernel.config import Notices, Settings


def notices() -> Notices:
    """The notices of this deployment; what was not set is empty, and pages leave it out."""
    settings: Settings = current_app.extensions["settings"]
    return settings.notices


def keeps_archives() -> bool:
    """Whether submitted sheets are written for the archives before they are destroyed."""
    settings: Settings = current_app.extensions["settings"]
    return settings.archives is not None
