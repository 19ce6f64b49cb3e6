"""The subject of a mail: seventy-eight signs at most, whatever the names in it."""

from collectifs.kernel.text.typed import one_line
from collectifs.kernel.text.typography import french

MOST = 78


def subject_with(words: str, name: str) -> str:
    """Words with a name in place of {name}, cut at the end of a word where the line would pass what is shown of it."""
    name = french(one_line(name))
    room = MOST - len(french(words.format(name="")))
    if len(name) > room:
        cut = name[: room - 1]
        name = (cut.rpartition(" ")[0] or cut).rstrip(" ,:;.-") + "…"
    return words.format(name=name)
