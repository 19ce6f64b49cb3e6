"""What tests ask of the press that is no paper; apart, since the process that prints imports what it is asked from."""

import os
import time

from collectifs.kernel.documents.printing import printed


@printed
def slept(seconds: float) -> int:
    """Take its time, and say who did."""
    time.sleep(seconds)
    return os.getpid()


@printed
def refused(word: str) -> None:
    """Refuse."""
    raise ValueError(word)
