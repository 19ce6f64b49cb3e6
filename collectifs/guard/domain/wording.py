"""What is said of a mark, and what to write instead."""

import re

from collectifs.guard.domain.lexicons import word_set
from collectifs.guard.domain.marks import Kind, Level, Mark
from collectifs.guard.domain.reading import Reading
from collectifs.guard.domain.written import MONTHS, WEEKDAY
from collectifs.kernel.text.folding import folded

REASONS = {
    Kind.MEMBER: "C’est une personne de votre collectif.",
    Kind.PERSON: "Un nom désigne quelqu’un.",
    Kind.EMAIL: "Une adresse électronique désigne une personne ou un établissement.",
    Kind.PHONE: "Un numéro de téléphone désigne quelqu’un.",
    Kind.UAI: "Le code UAI désigne un établissement.",
    Kind.SCHOOL: "Un établissement nommé fait reconnaître ceux qui y travaillent.",
    Kind.ADDRESS: "Une adresse désigne un lieu, donc ceux qui y sont.",
    Kind.COMMUNE: "Une commune suffit souvent à retrouver l’établissement.",
    Kind.INITIALS: "Des initiales se devinent, dans un département.",
    Kind.DATE: "Un jour exact suffit à retrouver une classe.",
    Kind.TIME: "Une heure exacte suffit à retrouver une classe.",
    Kind.CLASS: "Une classe précise. « En troisième » ne désigne personne.",
    Kind.RARE: "Une discipline ou une fonction rare : elles sont peut-être deux dans l’académie.",
}
PERHAPS = {
    Kind.MEMBER: "C’est peut-être une personne de votre collectif, ou un mot ordinaire.",
    Kind.PERSON: "Ce mot est peut-être le nom de quelqu’un.",
}
INSTEAD = {
    Kind.MEMBER: "quelqu’un du collectif",
    Kind.PERSON: "une personne",
    Kind.INITIALS: "une personne",
    Kind.COMMUNE: "une commune du secteur",
    Kind.ADDRESS: "un lieu du quartier",
    Kind.RARE: "quelqu’un de l’équipe",
    Kind.SCHOOL: "un établissement",
}
LEVELS = {
    "6": "sixième", "5": "cinquième", "4": "quatrième", "3": "troisième", "2": "seconde", "1": "première",
    "t": "terminale", "cp": "CP", "ce1": "CE1", "ce2": "CE2", "cm1": "CM1", "cm2": "CM2", "cap": "CAP",
}  # fmt: skip
WORDS_OF_LEVELS = {
    "sixieme": "6", "cinquieme": "5", "quatrieme": "4", "troisieme": "3", "seconde": "2", "premiere": "1",
}  # fmt: skip
DETERMINERS = word_set("en la les ma mes sa ses une des")
NOON = 12
ELIDED = re.compile(r"(?<!\w)[Dd]'$")


def worded(reading: Reading, start: int, end: int, kind: Kind, level: Level) -> Mark:
    """A mark of these characters of the plain text, with its reason and its proposal.

    « d’ » before it goes with it when the proposal does not begin with a vowel that bears it.
    """
    said = reading.plain[start:end]
    instead = _instead(said, kind)
    elided = ELIDED.search(reading.plain, max(0, start - 2), start)
    if elided and instead and instead[0] not in "aeiouéuhy":
        start, instead = elided.start(), f"de {instead}"
    reason = PERHAPS.get(kind, REASONS[kind]) if level is Level.LIKELY else REASONS[kind]
    return Mark(*reading.place(start, end), kind, level, reason, instead)


def _instead(said: str, kind: Kind) -> str:
    if kind is Kind.SCHOOL and (head := re.match(r"(?:[ÉEée]cole|[Cc]oll[èe]ge|[Ll]yc[ée]e)\b", said)):
        return head[0]
    if kind is Kind.DATE:
        return _day(said)
    if kind is Kind.TIME:
        return _moment(said)
    if kind is Kind.CLASS:
        return _class(said)
    if kind is Kind.RARE and re.search(r"stagiaire|alternant|plp", said, re.IGNORECASE):
        return "la personne accompagnée"
    return INSTEAD.get(kind, "")


def _day(said: str) -> str:
    """« le mardi 8 décembre » → « un jour de décembre »."""
    words = folded(said)
    begins = {name: folded(name)[: 4 if name.startswith("jui") else 3] for name in MONTHS}
    told = re.sub(WEEKDAY, "", words)
    month = next((name for name, letters in begins.items() if re.search(rf"\b{letters}", told)), "")
    numeric = re.search(r"\d[/.-]([01]?\d)(?:\D|$)", said)
    if not month and numeric and 0 < int(numeric[1]) <= len(MONTHS):
        month = MONTHS[int(numeric[1]) - 1]
    day = f"un jour {'d’' if month[:1] in ('a', 'o') else 'de '}{month}" if month else "un jour"
    first = words.split(" ")[0]
    return {"du": "d’", "au": "jusqu’à "}.get(first, "") + day


def _moment(said: str) -> str:
    hour = re.search(r"\d{1,2}", said)
    if hour is None:
        return "à un moment de la journée"
    return "le matin" if int(hour[0]) < NOON else "l’après-midi"


def _class(said: str) -> str:
    """« la 3e B » → « une classe de troisième »."""
    words = folded(said).split()
    article = words[0] if words[0] in DETERMINERS else ""
    name = _level("".join(words[1:] if article else words))
    if not name:
        return "une classe"
    return f"en {name}" if article == "en" else f"une classe de {name}"


def _level(words: str) -> str:
    for word, number in WORDS_OF_LEVELS.items():
        if words.startswith(word):
            return LEVELS[number]
    return next((name for start, name in LEVELS.items() if words.startswith(start)), "")
