"""The collector of cycles, while the application is imported and afterwards.

What is imported stays: to look for what goes would take a quarter of the time of a start.
"""

import gc

USUALLY, SELDOM = gc.get_threshold(), (100_000, 50, 50)


def hardly_collect() -> None:
    """From now on, until all is imported."""
    gc.set_threshold(*SELDOM)


def collect_as_usual() -> None:
    """All is imported: the collector works as Python has it, where nobody has told it otherwise."""
    if gc.get_threshold() == SELDOM:
        gc.set_threshold(*USUALLY)
