"""The guard itself: a text and a context in, marks out, in linear time."""

from collections.abc import Iterator

from collectifs.guard.domain.context import Context
from collectifs.guard.domain.lexicons import lexicons
from collectifs.guard.domain.marks import Kind, Level, Mark, without_overlaps
from collectifs.guard.domain.members import Found, Members
from collectifs.guard.domain.people import People, initials
from collectifs.guard.domain.places import Places
from collectifs.guard.domain.rare import rare
from collectifs.guard.domain.reading import Reading, readings
from collectifs.guard.domain.wording import worded
from collectifs.guard.domain.written import found_by_shape

Place = tuple[int, int, Kind, Level]


def marks(text: str, context: Context) -> list[Mark]:
    """What in `text` could tell who is spoken of, in reading order, none over another."""
    found = [worded(reading, *place) for reading in readings(text) for place in _places(reading, context)]
    found += _addresses(text, context)
    return without_overlaps(found)


def _addresses(text: str, context: Context) -> Iterator[Mark]:
    """The members' own addresses, however odd they are."""
    lower = text.lower()
    for address in context.addresses:
        start = lower.find(address)
        if start >= 0:
            yield worded(next(readings(text)), start, start + len(address), Kind.EMAIL, Level.CERTAIN)


def _places(reading: Reading, context: Context) -> Iterator[Place]:
    """All places in the plain text."""
    lists = lexicons()
    yield from found_by_shape(reading.plain, shouted=reading.is_shouted)
    yield from ((start, end, Kind.INITIALS, Level.LIKELY) for start, end in initials(reading.plain))
    yield from ((start, end, Kind.RARE, Level.LIKELY) for start, end in rare(reading))
    named = [*Members(reading, context, lists).found()]
    taken = _words_of(named)
    around = Places(reading, context, lists)
    places = [*around.found()]
    taken |= _words_of(places) | around.free
    people = [*People(reading, lists, taken).found()]
    for found in (*named, *places, *people):
        yield reading.words[found.first].start, reading.words[found.last].end, found.kind, found.level


def _words_of(found: list[Found]) -> set[int]:
    return {place for each in found for place in range(each.first, each.last + 1)}
