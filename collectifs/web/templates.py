"""Templates as Flask reads them, and one thing less: none has globals of its own, which each import would look for."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Where all templates find filters and functions: in one table, the same for all."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template finds beside what its page is told."""
        return super().make_globals(d) if d else self.globals
