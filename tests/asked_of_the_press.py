"""What tests ask of the press that is no paper; apart, since the process that prints imports what it is asked from."""

import os
import sys
import time
from pathlib import Path

from collectifs.kernel.documents.printing import print_apart, printed


@printed
def slept(seconds: float) -> int:
    """Take its time, and say who did."""
    time.sleep(seconds)
    return os.getpid()


@printed
def refused(word: str) -> None:
    """Refuse."""
    raise ValueError(word)


def asks_and_goes(place: Path) -> None:
    """Have something done there, and end."""
    print_apart(place, patience_s=60)
    sys.exit(slept(0) == os.getpid())
