"""Following the submitted sheets with the index of their words, in the memory of this machine."""

import time
from datetime import datetime

from collectifs.kernel.word_index import WordIndex
from collectifs.review.queries.search import drawer_name, drawers_wanted, words_of

LONGEST_S = 3.0  # a round has other things to do: what is left waits for the next


def follow(index: WordIndex, *, now: datetime, longest: float = LONGEST_S) -> bool:
    """Make anew every drawer in which a sheet came, went or was replaced; what a lost worker left goes.

    Returns whether all is as it should be.
    """
    index.remove_lost()
    wanted = drawers_wanted(now)
    names = {drawer_name(*place): place for place in wanted}
    for gone in index.drawers() - set(names):
        index.remove(gone)
    began = time.monotonic()
    for name, place in names.items():
        if index.mark(name) == wanted[place]:
            continue
        if time.monotonic() - began > longest:
            return False
        index.write(name, wanted[place], words_of(*place))
    index.say_whole()
    return True
