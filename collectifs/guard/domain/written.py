"""What is told by its shape: e-mails, telephones, UAI, addresses, exact dates and hours, classes."""

import re
from collections.abc import Iterator

from collectifs.guard.domain.marks import Kind, Level

Found = tuple[int, int, Kind, Level]

EMAIL = re.compile(
    r"[\w.+-]{1,64} ?(?:@|\[ ?(?:at|arobase|@) ?\]|\( ?(?:at|arobase|@) ?\)| arobase ) ?"
    r"[\w-]{1,64}(?: ?\. ?[\w-]{2,24}){1,4}",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00) ?\d{2,3}[ .-]?(?:\(0\) ?)?|0)[1-9](?:[ .\-/_]{0,2}\d){8}(?!\d)")
UAI = re.compile(r"(?<!\w)(?:\d{7}|2[ABab]\d{5}) ?[A-Za-z](?!\w)")

STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|bld|place|chemin|impasse|all[ée]e|quai|route|square|passage|ruelle|lotissement"
    r"|r[ée]sidence|hameau|lieu-dit|faubourg|esplanade|cours|mont[ée]e|sentier|venelle|cit[ée])"
)
LINK = r"(?: (?:de la|de l'|des|du|de|d'|la|le|les|l'))?"
NUMBERED = re.compile(
    rf"(?<!\w)\d{{1,4}}(?: ?(?:bis|ter|quater|[A-D]))?,? {STREET}(?:{LINK} ?[^\W\d_][\w'-]*)(?: [A-ZÀ-Ý][\w'-]*)*"
    r"(?:,? (?:à )?\d{5} [A-ZÀ-Ý][\w'-]*)?",
    re.IGNORECASE,
)
NAMED_STREET = re.compile(
    rf"(?<![\w'-])(?:[Ll]a |[Ll]e |l'|au |du )?(?i:{STREET}){LINK} ?(?=[A-ZÀ-Ý])[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+)*"
)
POSTAL = re.compile(
    r"(?<!\w)(?:(?:BP|CS|TSA) ?\d{1,6},? ?)?\d{5} [A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+)*|(?<!\w)(?:BP|CS) \d{1,6}"
)
NO_STREET = re.compile(r"place (?:à|de l'élève)|(?:cours|passage) (?:de |d')?[A-Z]{2,}|cité [Ss]colaire")

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MONTH = (
    r"(?:janvier|janv\.?|f[ée]vrier|f[ée]vr?\.?|mars|avril|avr\.|mai|juin|juillet|juil\.?|ao[ûu]t|septembre|sept?\.?"
    r"|octobre|oct\.?|novembre|nov\.?|d[ée]cembre|d[ée]c\.?)"
)
WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
NUMBER = (
    r"(?:premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-sept|-huit|-neuf)?|onze|douze|treize|quatorze|quinze|seize"
    r"|vingt(?:-et-un|-\w+| et un)?|trente(?: et un|-et-un)?)"
)
DAY = r"(?:[0-3]?\d(?:er)?|" + NUMBER + ")"
DATE = re.compile(
    rf"(?<!\w)(?:(?:le|du|au|ce) )?(?:{WEEKDAY},? (?:le )?)?(?:{DAY}(?:,? (?:et|au|ou)(?: le)? |-))?{DAY} {MONTH}(?!\w)"
    r"(?: (?P<year>\d{4}))?",
    re.IGNORECASE,
)
NUMERIC = re.compile(
    r"(?<![\w/.,-])(?:(?:le|du|au) )?(?:[0-3]?\d([/.-])[01]?\d\1(?:19|20)?\d\d|20\d\d-[01]\d-[0-3]\d)(?![\w/])",
    re.IGNORECASE,
)
SHORT = re.compile(
    r"(?<![\w/])(?P<before>(?:le|du|au|rdv|visite|s[ée]ance) )?(?P<day>[0-3]?\d)/(?P<month>0[1-9]|1[0-2])(?![\w/])",
    re.IGNORECASE,
)
# Days on which nobody teaches: they tell of no class.
HOLIDAY = re.compile(r"\b(?:11 nov|14 juil|8 mai|1er mai|2[45] d[ée]c|1er janv|1er nov|31 d[ée]c)", re.IGNORECASE)
OLDEST = 2000

CLOCK = r"(?P<hour>[01]?\d|2[0-4]) ?(?:[hH]|:) ?[0-5]\d(?! ?(?:min|de route))"
CLOCKS = re.compile(
    rf"(?<![\w:/,.])(?P<before>(?:à|a|dès|vers|de|depuis|jusqu'à|avant|après|en|pendant|durant) )?{CLOCK}"
    r"(?: ?(?:à|-|/|et) ?[012]?\d ?[hH:] ?(?:[0-5]\d)?)?(?!\d)(?P<after> (?:par|de|d'|hebdo|/)\b)?"
)
HOUR = re.compile(
    r"(?<!\w)(?:(?:à|dès|jusqu'à|depuis|avant|après|vers) (?P<at>[012]?\d) ?h(?:eures)?(?![\w'])"
    r"(?! ?(?:de |d'|par |/|hebdo))"
    r"|de [012]?\d ?h à [012]?\d ?h(?!\w)"
    r"|(?:entretien|rendez-vous|rdv|cours|visite|s[ée]ance|cr[ée]neau|r[ée]union) (?:de|à) (?P<of>[012]?\d) ?h(?!\w))",
    re.IGNORECASE,
)
SPELLED_HOUR = re.compile(
    rf"(?<!\w)(?:à |vers |dès )?{NUMBER} heures? "
    rf"(?:(?:et )?(?:quart|demie)|moins (?:le quart|{NUMBER})|{NUMBER})(?!\w)",
    re.IGNORECASE,
)
FIRST_LESSON = 7

NUMBERED_LEVEL = r"(?:[3-6] ?(?:e|è|[èe]?me|ième|°)s?|2(?:nde|de|nd)s?|1(?:re|ère|ere)s?)"
NAMED_LEVEL = (
    r"(?:[Tt](?:erminale|erm|le)s?|[Ss]econde|[Pp]remière|[Ss]ixième|[Cc]inquième|[Qq]uatrième|[Tt]roisième"
    r"|CP|CE[12]|CM[12]|CAP ?[12]?)"
)
# « les 6e 2 fois par semaine » counts, « les 6e 2 » is a class.
COUNTED = r"(?! ?(?:fois|heures?|h\b|[ée]l[èe]ves?|ans?\b|min|%|e\b|er\b|consignes?|s[ée]ances?|groupes?|classes?))"
TRACK = r"(?:STMG|STI2D|ST2S|STL|PRO|pro|CAP|BP|GT|ES|G|S|L)"
NUMBER_OR_LETTER = rf"(?:\d{{1,2}}(?![\d,.]\d){COUNTED}|[A-HJ-NP-S](?!['.]))"
CLASS = re.compile(
    r"(?<!\w)(?P<art>(?:la|les|ma|mes|sa|ses|en|une|des|cette|leur|notre) )?(?:"
    rf"{NUMBERED_LEVEL}(?: ?{TRACK})? ?{NUMBER_OR_LETTER}"
    rf"|{NAMED_LEVEL}(?:[-/ ](?:CE[12]|CM[12]))?[ -](?:{TRACK} ?)?{NUMBER_OR_LETTER}"
    rf"|[Tt]erminale {TRACK}\d{{1,2}})(?!\w)"
)
SERIES = re.compile(rf"(?<!\w)(?P<art>(?:la|les|ma|mes|sa|ses|en) )?(?:[T1]{TRACK}|2(?:GT|NDE|DE))\d{{1,2}}(?!\w)")


def found_by_shape(plain: str, *, shouted: bool) -> Iterator[Found]:
    """Every place that one of these shapes fits, in the plain text."""
    for pattern, kind, level in (
        (EMAIL, Kind.EMAIL, Level.CERTAIN),
        (PHONE, Kind.PHONE, Level.CERTAIN),
        (UAI, Kind.UAI, Level.CERTAIN),
        (NUMBERED, Kind.ADDRESS, Level.LIKELY),
        (POSTAL, Kind.ADDRESS, Level.LIKELY),
        (SPELLED_HOUR, Kind.TIME, Level.LIKELY),
    ):
        for match in pattern.finditer(plain):
            yield *match.span(), kind, level
    if not shouted:
        for match in NAMED_STREET.finditer(plain):
            if not NO_STREET.search(match[0]):
                yield *match.span(), Kind.ADDRESS, Level.LIKELY
    yield from _dates(plain)
    yield from _hours(plain)
    yield from _classes(plain, shouted)


def _dates(plain: str) -> Iterator[Found]:
    for match in DATE.finditer(plain):
        if not HOLIDAY.search(match[0]) and int(match["year"] or OLDEST) >= OLDEST:
            yield *match.span(), Kind.DATE, Level.LIKELY
    for match in NUMERIC.finditer(plain):
        yield *match.span(), Kind.DATE, Level.LIKELY
    for match in SHORT.finditer(plain):
        if (match["before"] or match["month"][0] == "0") and 0 < int(match["day"]) < 32:
            yield *match.span(), Kind.DATE, Level.LIKELY


def _hours(plain: str) -> Iterator[Found]:
    """The hour of a lesson, and not how long something takes."""
    for match in CLOCKS.finditer(plain):
        before = (match["before"] or "").strip().lower()
        lasts = before in ("en", "pendant", "durant") or (match["after"] and before in ("", "de"))
        if not lasts and (int(match["hour"]) >= FIRST_LESSON or before in ("à", "a", "vers", "dès")):
            yield match.start(), match.end() - len(match["after"] or ""), Kind.TIME, Level.LIKELY
    for match in HOUR.finditer(plain):
        if int(match["at"] or match["of"] or FIRST_LESSON) >= FIRST_LESSON:
            yield *match.span(), Kind.TIME, Level.LIKELY


def _classes(plain: str, shouted: bool) -> Iterator[Found]:
    for pattern in (CLASS, SERIES):
        for match in pattern.finditer(plain):
            if not (shouted and match[0][-1] in "AYE"):
                yield *match.span(), Kind.CLASS, Level.LIKELY
