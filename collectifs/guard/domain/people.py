"""People whom no list of the collective names: after a title, by a given name, by a surname alone, by initials.

Authors and figures of whom teachers speak (Bucheton, Freinet, Victor Hugo) stay free.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from collectifs.guard.domain.context import PARTICLES
from collectifs.guard.domain.lexicons import KNOWN, WELL_KNOWN, Lexicons, word_set
from collectifs.guard.domain.marks import Kind, Level
from collectifs.guard.domain.members import BEFORE_A_PERSON, Found, words_of_phrases
from collectifs.guard.domain.reading import Reading, Word
from collectifs.guard.domain.titles import TITLES, WITHIN_A_NAME, is_particle, is_title, name_after
from collectifs.kernel.text.folding import folded

# « Monsieur le proviseur » names an office.
OFFICES = word_set(
    "principal principale proviseur proviseure directeur directrice inspecteur inspectrice recteur rectrice maire"
    " president presidente ministre prefet prefete professeur professeure prof maitre maitresse cpe ien dasen sous"
    " doyen doyenne juge secretaire gestionnaire adjoint adjointe conseiller conseillere l la le tuteur tutrice"
)
ANONYMOUS = word_set("x y z n untel unetelle intel")
WORKS = word_set(
    "theoreme poeme poemes roman romans fable fables piece pieces extrait texte textes tableau toile symphonie chanson"
    " theorie theories modele pyramide taxonomie concept concepts loi lois principe triangle methode pedagogie citation"
    " album conte contes nouvelle oeuvre ecrits travaux typologie courbe echelle paradoxe effet grille"
)
AND = re.compile(r"^(?: & |, | / |/| \()$")
YEAR_AFTER = re.compile(r"^,? ?\(?(?:19|20)\d\d\b")
ROMAN = re.compile(r"^[IVXLC]+(?:e|er|ème)?$")
INNER_CAPITAL = re.compile(r"[^\W\d_]*[a-zß-ÿ][A-ZÀ-Ý]")


class People:
    """Looks for people in one reading; `taken` are the words that already carry a mark."""

    def __init__(self, reading: Reading, lists: Lexicons, taken: set[int]) -> None:
        self.plain = reading.plain
        self.words = reading.words
        self.shouted = reading.is_shouted
        self.lists = lists
        self.taken = taken

    def found(self) -> Iterator[Found]:
        """After a title, then untitled."""
        for found in self._titled():
            self.taken.update(range(found.first, found.last + 1))
            yield found
        yield from self._untitled()

    def _titled(self) -> Iterator[Found]:
        for place in range(len(self.words) - 1):
            if is_title(self.words, place) and place not in self.taken and place + 1 not in self.taken:
                last = self._end_of_titled(place + 1)
                if last is not None:
                    yield Found(place, last, Kind.PERSON, Level.CERTAIN)

    def _end_of_titled(self, place: int) -> int | None:
        word = self.words[place]
        if is_particle(self.words, place):
            return self._after_particle(place)
        if len(word.text) == 1 or word.key in ANONYMOUS or word.key in OFFICES - {"la", "le", "l"}:
            return None
        if word.is_capital and not self.shouted:
            return None if self._is_author(word, self.words[place - 1]) else self._run_to(place)
        known = word.key in self.lists.family or self.lists.is_given(word.key)
        return self._run_to(place) if known and not self._is_ordinary(word) else None

    def _after_particle(self, place: int) -> int | None:
        """« Mme de Saint-Aubin », « M. Le Gall », « Mme de La Tour »; not « Mme la principale », « Mme de service »."""
        first, place_of_title, place = self.words[place], place - 1, name_after(self.words, place)
        name = self.words[place]
        is_article = first.key in ("la", "le", "les", "l") and not first.is_capital
        if name.key in OFFICES or self._is_author(name, self.words[place_of_title]):
            return None
        if not (name.is_capital or name.key in self.lists.family):
            return None
        if (self.shouted or is_article or not name.is_capital) and self._is_ordinary(name):
            return None
        return self._run_to(place)

    def _is_author(self, name: Word, title: Word) -> bool:
        """« Madame Montessori » is read, « Mme Montessori » is met."""
        return name.key in self.lists.references and title.key in ("monsieur", "madame")

    def _run_to(self, place: int) -> int:
        """The last word of the name that goes on here: « Anne-Sophie Le Gall »."""
        while place + 1 < len(self.words) and self._goes_on(place + 1):
            place += 1
        return place

    def _goes_on(self, place: int) -> bool:
        word = self.words[place]
        if word.gap == "-" and word.is_capital:
            return True
        if place in self.taken or word.gap not in WITHIN_A_NAME:
            return False
        if word.key in PARTICLES and word.gap == " ":
            following = self.words[place + 1 : place + 2]
            return not self.shouted and word.is_capital and [each.is_capital for each in following] == [True]
        return word.is_capital and not word.is_shouted and not self.shouted and not self._is_ordinary(word)

    def _is_ordinary(self, word: Word) -> bool:
        ordinary = self.lists.ordinary
        return word.key in ordinary or word.key.rstrip("sx") in ordinary or word.key in self.lists.elsewhere

    def _untitled(self) -> Iterator[Found]:
        place = 0
        while place < len(self.words):
            last = self._group_end(place)
            if self._is_somebody(place, last):
                last = self._run_to(last) if not self.shouted and self.words[place].is_capital else last
                yield Found(self._with_initial(place), last, Kind.PERSON, Level.LIKELY)
            place = last + 1

    def _group_end(self, place: int) -> int:
        """Words joined by hyphens are one name."""
        while place + 1 < len(self.words) and self.words[place + 1].gap == "-":
            place += 1
        return place

    def _with_initial(self, place: int) -> int:
        before = self.words[place - 1] if place else None
        initial = before and len(before.text) == 1 and before.is_capital and self.words[place].gap == ". "
        return place - 1 if initial else place

    def _is_somebody(self, first: int, last: int) -> bool:
        group, places = self.words[first : last + 1], range(first, last + 1)
        if not (self.taken.isdisjoint(places) and self.free.isdisjoint(places)):
            return False
        key = group[0].key if first == last else "-".join(word.key for word in group)
        nobody = len(key) < 3 or key in TITLES or key in self.lists.elsewhere
        if nobody or (self.shouted and key in self.lists.communes):
            return False
        ordinary = all(self._is_ordinary(word) for word in group) and not self._is_compound(group)
        if self.shouted or not group[0].is_capital:
            return self._is_known_without_capital(key, group, ordinary)
        return self._is_known_ordinary(key, group[0], first) if ordinary else self._is_capital_name(key, group)

    def _is_compound(self, group: list[Word]) -> bool:
        """« Jean-Mi »: a given name of many, and another word with its capital."""
        return len(group) == 2 and self.lists.is_given(group[0].key, WELL_KNOWN) and group[1].is_capital

    def _is_known_without_capital(self, key: str, group: list[Word], ordinary: bool) -> bool:
        if ordinary or len(key) < 3 + (not self.shouted):
            return False
        return self.lists.is_given(key, WELL_KNOWN) or (self.shouted and len(key) > 4 and key in self.lists.family)

    def _is_known_ordinary(self, key: str, word: Word, place: int) -> bool:
        """« Avec Rose », « chez Boulanger »: an ordinary word whose capital inside a sentence says that it names."""
        if word.opens or word.is_shouted or (key in self.lists.communes and not self.lists.is_given(key, WELL_KNOWN)):
            return False
        before = self.words[place - 1].key if place else ""
        return self.lists.is_given(key, KNOWN) or (before in BEFORE_A_PERSON and key in self.lists.family)

    def _is_capital_name(self, key: str, group: list[Word]) -> bool:
        first = group[0]
        known = self.lists.is_given(key) or key in self.lists.family
        if len(group) > 1 and not known:
            known = any(self.lists.is_given(word.key) or word.key in self.lists.family for word in group)
            return (known or not first.opens) and all(word.is_capital for word in group)
        if first.is_shouted:
            return known and len(key) > 3 and not ROMAN.match(first.text)
        if ROMAN.match(first.text) or INNER_CAPITAL.match(first.text):
            return False
        return known if first.opens else True

    @cached_property
    def free(self) -> set[int]:
        """The words of references, with the given names and the « et » that go with them."""
        free = words_of_phrases(self.words, self.lists.reference_phrases)
        for place, word in enumerate(self.words):
            if word.is_capital and self._is_reference(place):
                free.add(place)
        for place in sorted(free):
            self._free_before(place, free)
        for place in range(1, len(self.words)):
            joined = place - 1 in free and AND.match(self.words[place].gap) and self.words[place].is_capital
            if joined and not self.lists.is_given(self.words[place].key, WELL_KNOWN):
                free.add(place)
        for place in sorted(free):
            self._free_joined_before(place, free)
        return free

    def _is_reference(self, place: int) -> bool:
        word = self.words[place]
        if YEAR_AFTER.match(self.plain[word.end : word.end + 8]) or self._is_read(place):
            return True
        return word.key in self.lists.references and not self.lists.is_given(word.key, WELL_KNOWN)

    def _is_read(self, place: int) -> bool:
        """« la grille de Danielson », « un poème de Desnos »: what is read or taught has an author."""
        if place < 2 or self.words[place - 1].key not in ("de", "d") or self.words[place].gap not in (" ", "'"):
            return False
        return self.words[place - 2].key in WORKS and not self.lists.is_given(self.words[place].key, WELL_KNOWN)

    def _free_before(self, place: int, free: set[int]) -> None:
        """« Célestin » of « Célestin Freinet », « D. » of « D. Bucheton »."""
        if place and self.words[place].gap in (" ", ". ", "-", "-. "):
            before = self.words[place - 1]
            if before.is_capital and (self.lists.is_given(before.key) or len(before.text) == 1):
                free.add(place - 1)
                if self.words[place - 1].gap == "-" and place > 1:
                    free.add(place - 2)

    def _free_joined_before(self, place: int, free: set[int]) -> None:
        """« Robert » of « Robert et Rogalski »."""
        words = self.words
        et = place >= 2 and words[place - 1].key == "et" and words[place].gap == words[place - 1].gap == " "
        if et and words[place - 2].is_capital:
            free.add(place - 2)
        listed = place >= 1 and words[place].gap in (" & ", ", ") and words[place - 1].is_capital
        if listed and not self.lists.is_given(words[place - 1].key, WELL_KNOWN):
            free.add(place - 1)


ACRONYMS = word_set("ps jc nb eps svt rep cpe emc lsf ras us usa onu tp td qcm pdf cv bo pe pp hg sn")
SEVERAL = re.compile(r"(?<![\w.])(?:[A-ZÀÉ]\.[ -]?){1,3}[A-ZÀÉ]\.?(?![\w])(?! ?[A-Z][a-zà-ÿ])")
TITLED_LETTER = re.compile(r"(?<!\w)(?:M\.|Mme|Mlle|MM\.|Mr|[Mm]onsieur|[Mm]adame) ?(?:[A-WÀÉ])(?:\.|(?![\w'.-]))")
SINGLE = re.compile(r"(?:(?<=[\w,»] )|^(?![A-D]))(?<!\d )(?P<letter>[A-LO-WÉ])\.(?= [a-zà-ÿ])")
LONGEST_BEFORE = 20
LETTERED = word_set(
    "plan groupe point niveau serie option annexe vitamine salle partie colonne classe equipe sujet type"
)


def initials(plain: str) -> Iterator[tuple[int, int]]:
    """« M. D. », « K. M. », « T.B. », « J.-P. », « avec S. »; neither « P.-S. » nor « Mme X »."""
    for match in SEVERAL.finditer(plain):
        letters = re.sub(r"\W", "", match[0]).lower()
        told = len(letters) < 4 and "." in match[0] and letters not in ACRONYMS
        if told and not re.fullmatch(r"m?[xyz]+", letters):
            yield match.span()
    for match in TITLED_LETTER.finditer(plain):
        yield match.span()
    for match in SINGLE.finditer(plain):
        before = folded(plain[max(0, match.start() - LONGEST_BEFORE) : match.start()]).split()
        if LETTERED.isdisjoint(before[-1:]):
            yield match.span()
