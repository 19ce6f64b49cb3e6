"""What a process keeps from its start to its end."""

import gc

from sqlalchemy.orm import configure_mappers


def keep_what_is_made() -> None:
    """Let the collector of cycles leave what exists now alone: whoever serves pages calls it once all is imported.

    Without it every full collection walks over the whole application, a tenth of a second in the middle of a page; and
    forked processes, whose memory it writes to, no longer share what they inherited.
    """
    configure_mappers()
    gc.collect()
    gc.freeze()
