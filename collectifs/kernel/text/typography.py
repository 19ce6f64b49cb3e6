"""French typography: what people typed shown as a printer would set it, and dates, hours, counts in words.

The rules of the Imprimerie nationale: a thin no-break space before ; ! ? (U+202F), a no-break space
before : and inside « » (U+00A0), « 14 h 30 », « 1er décembre ». Stored text stays as it was typed; these
functions are applied when it is shown and never change a word.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo

NBSP = "\u00a0"
THIN = "\u202f"
APOSTROPHE = "\u2019"

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NUMBERS = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    *("neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)

_SPACE = "[ \t\u00a0\u2000-\u200a\u202f]"
_SPACES = f"(?<!{_SPACE}){_SPACE}+"  # a whole run, tried once: from each of its spaces, a long one would take for ever
_AFTER = '(?<=[\\w)\\]%€°»…’"])'  # what a tall sign may follow closely when its space was forgotten
_ENDS = '(?:[\\s)\\]»"’,.…]|\\Z)'

# Web and mail addresses are copied letter by letter; their final punctuation belongs to the sentence. What stands
# before « :// » and « @ » has a length, so that a long word is not read anew from each of its letters.
_ADDRESS = re.compile(
    r"(?:(?:[a-z][a-z0-9+.-]{0,30}://|www\.|mailto:|data:)[^\s«»<>\"]*|[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
    r"(?<![.,;:!?)\]…])",
    re.IGNORECASE,
)

_Replacement = str | Callable[[re.Match[str]], str]
_Rule = tuple[re.Pattern[str], _Replacement]
_COUNTED = re.compile(rf"\d(?:er)?(?:{_SPACE}|[h%€‰])")  # a number and what follows it


def _rules(*told: tuple[str, _Replacement]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in told)


# The signs without one of which none of the rules beside them has anything to mend, and these rules: a text is looked
# through for them before it is rewritten, and most have one or two of them.
_BY_SIGN: tuple[tuple[tuple[str, ...], tuple[_Rule, ...]], ...] = tuple(
    (tuple(signs.split()), rules)
    for signs, rules in (
        # What the keyboard lacks.
        ("...", _rules((r"(?<!\.)\.{3}(?!\.)", "…"))),
        ("'", _rules((r"(?<=[^\W\d_])'(?=[^\W\d_]|«|\d)", APOSTROPHE))),
        # Inside « ».
        ("«", _rules((rf"«{_SPACE}*(?=[^\s»])", f"«{NBSP}"))),
        ("»", _rules((rf"{_SPACES}»|(?<=[^\s«])»", f"{NBSP}»"))),
        # Before the tall signs; a forgotten space is added only where the sign ends a word.
        ("; ! ?", _rules((rf"{_SPACES}(?=[;!?])", THIN), (rf"{_AFTER}(?=[!?]+{_ENDS}|;(?:\s|\Z))", THIN))),
        (":", _rules((rf"{_SPACES}(?=:)", NBSP), (rf"{_AFTER}(?=:(?:\s|\Z))", NBSP))),
        # Numbers and what they count: _COUNTED.
        (
            "",
            _rules(
                (
                    rf"(?<!\w)(\d{{1,3}}){_SPACE}*h(?:{_SPACE}*(\d\d))?(?!\w)",
                    lambda found: f"{found[1]}{NBSP}h" + (f"{NBSP}{found[2]}" if found[2] else ""),
                ),
                (rf"(?<![\w.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\w)", lambda found: re.sub(_SPACE, THIN, found[0])),
                (rf"(?<=\d){_SPACE}*(?=[%€‰](?!\w))", NBSP),
                (rf"(?<=\d){_SPACE}+(?=(?:min|km|ans?|minutes?|heures?|élèves?|personnes?)(?!\w))", NBSP),
                (rf"(?<![\w/.,])(\d{{1,2}}(?:er)?){_SPACE}+(?=(?:{'|'.join(MONTHS)})(?!\w))", rf"\1{NBSP}"),
            ),
        ),
        # Short words that hold on to what follows.
        ("°", _rules((rf"(?<!\w)([nN]°){_SPACE}*(?=\d)", rf"\1{NBSP}"))),
        ("M. MM. Mm Ml", _rules((rf"(?<!\w)(MM?\.|Mmes?|Mlles?){_SPACE}+(?=[A-ZÀ-ÖØ-Þ])", rf"\1{NBSP}"))),
        ("p. t.", _rules((rf"(?<!\w)(pp?\.|art\.){_SPACE}+(?=\d)", rf"\1{NBSP}"))),
    )
)


# A text without any of these has nothing that a rule looks for: most names and places, and « Collectif 12 ». Nor has
# one an address without one of those.
_MAY_BE_MENDED = re.compile(rf"\.{{3}}|['«»;!?:°]|M(?:M?\.|me|lle)|[pt]\.|{_COUNTED.pattern}")
_MAY_BE_AN_ADDRESS = re.compile(r"[@:]|[wW]\.")


def french(text: str) -> str:
    """The same words with French spaces, apostrophes and ellipses; applied twice, it changes nothing more."""
    if not _MAY_BE_MENDED.search(text):
        return text
    if not _MAY_BE_AN_ADDRESS.search(text):
        return _typeset(text)
    pieces: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(text):
        pieces += [_typeset(text[end : address.start()]), address[0]]
        end = address.end()
    pieces.append(_typeset(text[end:]))
    return "".join(pieces)


def _typeset(text: str) -> str:
    for signs, rules in _BY_SIGN:
        if any(map(text.__contains__, signs)) if signs else _COUNTED.search(text):
            for pattern, replacement in rules:
                text = pattern.sub(replacement, text)
    return text


def long_date(day: date) -> str:
    """« mercredi 13 janvier 2027 », « vendredi 1er janvier 2027 »."""
    return f"{WEEKDAYS[day.weekday()]} {short_date(day)}"


def short_date(day: date) -> str:
    """« 13 janvier 2027 », as in « effacé le … »."""
    return f"{day_and_month(day)} {day.year}"


def day_and_month(day: date) -> str:
    """« 13 janvier », « 1er décembre »."""
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}"


def weekday_and_month(day: date) -> str:
    """« mercredi 13 janvier »: a day of this year, or of the months that come."""
    return f"{WEEKDAYS[day.weekday()]} {day_and_month(day)}"


def month_year(day: date) -> str:
    """« novembre 2026 »."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def clock_time(instant: datetime, zone: tzinfo | None = None, *, full: bool = False) -> str:
    """« 14 h 30 », « 14 h » (« 14 h 00 » when `full`), read on the clocks of `zone`; as it stands without one."""
    local = instant.astimezone(zone) if zone else instant
    if local.minute or full:
        return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"
    return f"{local.hour}{NBSP}h"


def time_range(start: datetime, end: datetime, zone: tzinfo | None = None) -> str:
    """« de 14 h à 16 h »."""
    return f"de {clock_time(start, zone)} à {clock_time(end, zone)}"


def minutes(number: int) -> str:
    """« 15 min », « 2 h », « 1 h 50 »: hours from sixty minutes on."""
    hours, rest = divmod(number, 60)
    if not hours:
        return f"{number}{NBSP}min"
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


def number_in_words(number: int, *, feminine: bool = False) -> str:
    """« huit » up to sixteen (« une » when feminine), digits from 17 on."""
    if number == 1 and feminine:
        return "une"
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def count(number: int, one: str, several: str | None = None, *, feminine: bool = False) -> str:
    """« huit personnes », « 17 personnes », « aucune personne »: words up to sixteen, then digits."""
    if number == 0:
        return f"{'aucune' if feminine else 'aucun'} {one}"
    noun = one if number == 1 else several or f"{one}s"
    return f"{number_in_words(number, feminine=feminine)}{' ' if number < len(NUMBERS) else NBSP}{noun}"


OF_ARTICLE = {
    **dict.fromkeys(("Académie", "Inspection", "Unité"), f"de l{APOSTROPHE}"),
    **dict.fromkeys(("Circonscription", "Direction", "Région", "Zone", "Délégation"), "de la "),
    **dict.fromkeys(("Bassin", "Département", "District", "Pôle", "Rectorat", "Réseau", "Secteur"), "du "),
}


def of(words: str) -> str:
    """« de huit personnes », « d’une ligne », « d’avril »: the preposition as it is said (« de onze », « de huit »).

    A territory whose name is what it is keeps its article: « de l’Académie des Brumes », « du Bassin de la Loue ».
    """
    if (article := OF_ARTICLE.get(words.split(" ", 1)[0])) and " " in words:
        return article + words
    elided = words[:1].lower() in "aàâeéèêëiîïoôuùûyœ" and not words.startswith("onze")
    return f"d{APOSTROPHE}{words}" if words and elided else f"de {words}"


def of_person(name: str) -> str:
    """« d’Hélène », « de Karim », « d’Yves », « de Yann »: in a given name the h is mute."""
    first, second = name[:1].lower(), name[1:2].lower()
    if first == "y" and second in "aeiouéè":
        return f"de {name}"
    return f"d{APOSTROPHE}{name}" if first == "h" else of(name)


def sentence_case(text: str) -> str:
    """The first letter as a capital, accents kept: « Écrite », « Sept lignes »."""
    return text[:1].upper() + text[1:]


def join_names(names: Sequence[str]) -> str:
    """« Maud, Odile et Yann »."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}"
