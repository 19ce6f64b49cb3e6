"""Schools and communes: those of the members, those that are named."""

from collections.abc import Iterator, Sequence

from collectifs.guard.domain.context import SCHOOL_WORDS, Context
from collectifs.guard.domain.lexicons import WELL_KNOWN, Lexicons, word_set
from collectifs.guard.domain.marks import Kind, Level
from collectifs.guard.domain.members import JOINED, Found
from collectifs.guard.domain.reading import Reading
from collectifs.guard.domain.titles import is_title

HEADS = word_set("ecole college lycee lp lpo lgt legt lep clg institution erea mfr cfa groupe ime itep sessad")
LINKS = word_set("de du des d la le les l et")
OF_A_PLACE = word_set("a vers depuis pres de d sur habite secteur commune village ville bourg rpi quitte")
OF_AN_ADMINISTRATION = word_set("academie rectorat inspe espe universite region cour accords faculte dsden")
LONGEST_COMMUNE = 6


class Places:
    """Looks for schools and communes in one reading; `free` holds, once it looked, « Besançon » of its académie."""

    def __init__(self, reading: Reading, context: Context, lists: Lexicons) -> None:
        self.words = reading.words
        self.shouted = reading.is_shouted
        self.context = context
        self.lists = lists
        self.free: set[int] = set()

    def found(self) -> Iterator[Found]:
        """Schools, then the communes that are not part of one."""
        taken: set[int] = set()
        for found in (*self._schools(), *self._bare_schools()):
            if taken.isdisjoint(range(found.first, found.last + 1)):
                taken.update(range(found.first, found.last + 1))
                yield found
        yield from self._communes(taken)

    def _schools(self) -> Iterator[Found]:
        """« collège », « école élémentaire », « LP », and a name after it."""
        for place, word in enumerate(self.words):
            if word.key in HEADS and (word.key != "groupe" or self._is_school_group(place)):
                name = self._after_head(place)
                last = self._end_of_school(place, name)
                if last is not None:
                    yield Found(place, last, Kind.SCHOOL, Level.CERTAIN)

    def _is_school_group(self, place: int) -> bool:
        return place + 1 < len(self.words) and self.words[place + 1].key == "scolaire"

    def _after_head(self, place: int) -> int:
        """The first word that is neither a kind of school nor a link."""
        place += 1
        while place < len(self.words) and self.words[place].key in SCHOOL_WORDS and self._joins(place):
            if self.words[place].is_capital and not self.shouted and self.words[place].key in LINKS:
                break
            place += 1
        return place

    def _joins(self, place: int) -> bool:
        gap = self.words[place].gap
        return (bool(JOINED.match(gap)) and "." not in gap and "\n" not in gap) or gap in (" «", ' "', " « ")

    def _end_of_school(self, head: int, name: int) -> int | None:
        if name >= len(self.words) or not self._joins(name):
            return None
        ours = self._ours_at(name)
        if ours is not None:
            return ours
        word, link = self.words[name], self.words[name - 1].key if name > head + 1 else ""
        if word.key in self.lists.no_school or self._is_commune_after(link, name):
            return None
        if self.shouted or not word.is_capital:
            named = word.key not in self.lists.ordinary and not link and word.key not in self.lists.elsewhere
            known = self.lists.is_given(word.key) or word.key in self.lists.references or word.key in self.lists.family
            return self._name_end(name) if named and known else None
        return self._name_end(name) if not word.is_shouted or len(word.text) > 5 else None

    def _is_commune_after(self, link: str, name: int) -> bool:
        """« le collège d’Ornans » names a commune, and is told as one."""
        return link in ("de", "d") and self._commune_end(name) is not None

    def _ours_at(self, place: int) -> int | None:
        """The last word of the name of a member's school that begins here, in any case."""
        for key in self.context.schools:
            for words in (key, key[-1:]):
                if [word.key for word in self.words[place : place + len(words)]] == list(words):
                    return place + len(words) - 1
        return None

    def _name_end(self, place: int) -> int:
        """Capitals and links that go on: « Louis Pergaud », « du Bois-Joli », « Les Acacias »."""
        last = place
        while last + 1 < len(self.words):
            following = self.words[last + 1]
            if following.gap not in (" ", "-", "'") or not (following.is_capital or following.gap == "-"):
                break
            if following.gap == " " and self.shouted and following.key in self.lists.ordinary:
                break
            last += 1
        return last

    def _bare_schools(self) -> Iterator[Found]:
        """« à Jean-Moulin »: a member's school by its name alone, after a word that says where."""
        for place in range(len(self.words)):
            for key in self.context.schools:
                words = self.words[place : place + len(key)]
                if [each.key for each in words] != list(key) or not self._is_said_as_place(place, key):
                    continue
                level = Level.LIKELY if self._is_shared(key) else Level.CERTAIN
                yield Found(place, place + len(key) - 1, Kind.SCHOOL, level)

    def _is_said_as_place(self, place: int, key: Sequence[str]) -> bool:
        before = [word.key for word in self.words[max(0, place - 2) : place]]
        where = any(word in ("a", "au", "aux", "chez", "vers", "depuis") for word in before)
        alone = self.words[place]
        if self._is_shared(key):
            return where and alone.is_capital and not alone.opens and not self.shouted
        return where or (len(key) > 1 and alone.is_capital and "de" not in before[-1:])

    def _is_shared(self, key: Sequence[str]) -> bool:
        """Whether the name of a school is one word, which is also an ordinary one or an author's."""
        return len(key) == 1 and (key[0] in self.lists.ordinary or key[0] in self.lists.references)

    def _communes(self, taken: set[int]) -> Iterator[Found]:
        place = 0
        while place < len(self.words):
            titled = place > 0 and is_title(self.words, place - 1)
            is_free = place not in taken and place not in self.free
            last = self._commune_end(place) if is_free and not titled else None
            if last is not None and self._is_told(place, last):
                last = self._whole_word(last, taken)
                yield Found(place, last, Kind.COMMUNE, Level.LIKELY)
                place = last
            place += 1

    def _commune_end(self, place: int) -> int | None:
        """The last word of the longest commune that begins here."""
        keys: list[str] = []
        best = None
        for step, word in enumerate(self.words[place : place + LONGEST_COMMUNE]):
            if step and (word.gap not in (" ", "-", "'", "- ") or (word.gap == " " and self._is_plain(keys[-1]))):
                break
            keys.append(word.key)
            if tuple(keys) in self.context.communes or " ".join(keys) in self.lists.communes:
                best = place + step
        return best

    def _whole_word(self, last: int, taken: set[int]) -> int:
        """« Port-Brume », where the list knows « Port » alone: what hyphens hold together is quoted whole."""
        for place in range(last + 1, len(self.words)):
            word, before = self.words[place], self.words[place - 1]
            is_another = before.is_capital and self._commune_end(place) is not None  # « Dole-Besançon »
            if word.gap != "-" or place in taken or is_another:
                break
            last = place if word.is_capital else last
        return last

    def _is_plain(self, key: str) -> bool:
        return key in self.lists.ordinary and key not in LINKS

    def _is_told(self, first: int, last: int) -> bool:
        """Whether these words are meant as a commune and not as words or as somebody."""
        words = self.words[first : last + 1]
        keys = tuple(word.key for word in words)
        ours = keys in self.context.communes
        if last == first and (keys[0] in self.lists.elsewhere or (keys[0] in self.lists.no_school and not ours)):
            return keys[0] == "paris" and self._after_place(first)
        if self._of_administration(first):
            self.free.update(range(first, last + 1))
            return False
        ordinary = all(key in self.lists.ordinary or key in LINKS for key in keys)
        if self.shouted or not words[0].is_capital:
            return not ordinary and (ours or self._lower(first, keys))
        if ordinary:
            return self._ordinary_is_told(first, last, ours)
        return ours or len(keys) > 1 or self._single(first, keys[0])

    def _ordinary_is_told(self, first: int, last: int, ours: bool) -> bool:
        """« à Orange », « Saint-Vit »: words that a capital inside a sentence, or on both ends, makes a commune."""
        word = self.words[first]
        if last > first:
            return self.words[last].is_capital and all(each.gap == "-" for each in self.words[first + 1 : last + 1])
        return not word.opens and word.key not in SCHOOL_WORDS and (ours or self._after_place(first))

    def _single(self, place: int, key: str) -> bool:
        if key in self.lists.references or len(key) < 3:
            return False
        return self._after_place(place) or not self.lists.is_given(key, WELL_KNOWN // 5)

    def _lower(self, place: int, keys: tuple[str, ...]) -> bool:
        return self._after_place(place) and len("".join(keys)) > 4 and not self.lists.is_given("-".join(keys))

    def _after_place(self, place: int) -> bool:
        before = self.words[place - 1] if place else None
        return bool(before) and before.key in OF_A_PLACE and self.words[place].gap in (" ", "'", ", ")  # type: ignore[union-attr]

    def _of_administration(self, place: int) -> bool:
        before = [word.key for word in self.words[max(0, place - 3) : place]]
        return any(word in OF_AN_ADMINISTRATION for word in before)
