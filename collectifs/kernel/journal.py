"""The one way in to structlog, which writes the journal.

Where `rich` happens to be installed structlog loads it, to colour what no server ever shows.
"""

from collectifs.kernel.later import without

with without("rich"):
    import structlog

__all__ = ["structlog"]
