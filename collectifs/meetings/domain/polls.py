"""Dates that a collective is asked about: which may be proposed, who is awaited, which comes first, what choosing asks.

Who is shut out comes first: no total does. « Si besoin » is not half a yes: the person will come.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import WEEKDAYS, count, join_names, short_date, time_range
from collectifs.meetings.domain.planning import Held, Slot, check_slot, days_of, hour_words, remarks_on
from collectifs.meetings.domain.school_year import SchoolCalendar

FEWEST, MOST = 2, 6
USUAL_DELAY = timedelta(days=10)
REMINDED_BEFORE = timedelta(days=2)
NEVER_SOONER = timedelta(days=1)  # after it was opened: whoever was asked yesterday is not silent
NOON = time(13)


class Reply(StrEnum):
    """What somebody says of a date."""

    YES = "yes"
    IF_NEEDED = "if_needed"
    NO = "no"

    @property
    def label(self) -> str:
        """The word on its button."""
        return {"yes": "Oui", "if_needed": "Si besoin", "no": "Non"}[self.value]


def reply_said(word: str) -> Reply:
    """The reply of a button, or a refusal."""
    try:
        return Reply(word)
    except ValueError:
        raise RuleBroken("Répondez par l’un des trois boutons.") from None


@dataclass(frozen=True)
class Option:
    """A date that is proposed. `replies`: those of the present members. `doubtful`: who answered before it changed."""

    id: UUID
    slot: Slot
    sequence: int = 0
    replies: Mapping[UUID, Reply] = field(default_factory=dict)
    doubtful: frozenset[UUID] = frozenset()
    warnings: tuple[str, ...] = ()
    is_struck: bool = False

    def who(self, *replies: Reply) -> frozenset[UUID]:
        """Who gave one of these replies."""
        return frozenset(person for person, reply in self.replies.items() if reply in replies)

    @property
    def shut_out(self) -> frozenset[UUID]:
        """Who cannot come."""
        return self.who(Reply.NO)

    @property
    def coming(self) -> frozenset[UUID]:
        """Who would come, « si besoin » included."""
        return self.who(Reply.YES, Reply.IF_NEEDED)

    def has_no_pilot(self, pilots: Collection[UUID]) -> bool:
        """Whether nobody who pilots can come."""
        return bool(pilots) and self.shut_out.issuperset(pilots)


def live(options: Iterable[Option]) -> list[Option]:
    """Those that are still proposed, the earliest first."""
    return sorted((each for each in options if not each.is_struck), key=_by_date)


def ranked(options: Iterable[Option], pilots: Collection[UUID]) -> list[Option]:
    """The date to look at first: with a pilot, whom it shuts out, how many say yes, what is unusual, the earliest."""
    return sorted(live(options), key=lambda each: _rank(each, pilots))


def _rank(option: Option, pilots: Collection[UUID]) -> tuple[bool, int, int, int, tuple[datetime, UUID]]:
    said_yes = len(option.who(Reply.YES))
    return option.has_no_pilot(pilots), len(option.shut_out), -said_yes, len(option.warnings), _by_date(option)


def _by_date(option: Option) -> tuple[datetime, UUID]:
    return option.slot.starts_at, option.id


def awaited_from(person: UUID, options: Iterable[Option]) -> list[Option]:
    """What somebody has still to answer: dates without a reply, and those that changed since."""
    return [each for each in live(options) if person not in each.replies or person in each.doubtful]


def silent(options: Iterable[Option], people: Iterable[UUID]) -> list[UUID]:
    """Who left a date without any reply."""
    asked = live(options)
    return [person for person in people if any(person not in each.replies for each in asked)]


def have_all_answered(options: Sequence[Option], people: Collection[UUID]) -> bool:
    """Whether no reply is missing."""
    return bool(people) and bool(live(options)) and not silent(options, people)


def is_anybody_heard(options: Iterable[Option]) -> bool:
    """Whether somebody replied to something."""
    return any(each.replies for each in live(options))


def is_reminder_due(opened_at: datetime, closes_at: datetime, reminded_at: datetime | None, now: datetime) -> bool:
    """Whether the one reminder leaves now: two days before the close, never within a day of the question."""
    is_near = closes_at - REMINDED_BEFORE <= now < closes_at
    return reminded_at is None and is_near and now - opened_at >= NEVER_SOONER


def check_may_remind(
    opened_at: datetime, closes_at: datetime, reminded_at: datetime | None, *, silent: int, now: datetime
) -> None:
    """By hand: somebody is silent, nobody was written to within a day, answers are still taken. Raises RuleBroken."""
    if not silent:
        raise RuleBroken("Tout le monde a répondu : il n’y a personne à relancer.")
    if now >= closes_at:
        raise RuleBroken("Les réponses sont closes : laissez d’abord plus de temps.")
    if now - max(opened_at, reminded_at or opened_at) < NEVER_SOONER:
        raise RuleBroken("Un message est parti il y a moins d’un jour : laissez le temps de répondre.")


def is_over(options: Iterable[Option], now: datetime) -> bool:
    """Whether every date that was proposed is past: nothing is left to choose."""
    return all(each.slot.starts_at <= now for each in live(options))


def closing_instant(day: date, zone: ZoneInfo) -> datetime:
    """Answers are taken to the end of a day, where the collective lives."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(ZoneInfo("UTC"))


def last_day(closes_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which one may answer."""
    return (closes_at.astimezone(zone) - timedelta(minutes=1)).date()


def usual_last_day(now: datetime, zone: ZoneInfo) -> date:
    """The day that the form begins with."""
    return (now + USUAL_DELAY).astimezone(zone).date()


def check_follows_a_meeting(number: int) -> None:
    """The first date is the pilot's; from the second on the collective may be asked."""
    if number < 2:
        raise RuleBroken("La première date est la vôtre : fixez-la. Les suivantes peuvent se choisir ensemble.")


def check_none_is_open(*, is_open: bool) -> None:
    """One question at a time."""
    if is_open:
        raise RuleBroken("Des dates sont déjà proposées à ce collectif : choisissez-en une, ou arrêtez cette question.")


def check_is_open(*, is_open: bool) -> None:
    """A question that nobody has closed."""
    if not is_open:
        raise RuleBroken("Cette question est close : il n’y a plus rien à y répondre.")


def check_takes_answers(closes_at: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Before its close."""
    if now >= closes_at:
        raise RuleBroken(
            f"Les réponses étaient attendues jusqu’au {short_date(last_day(closes_at, zone))}. "
            "Si la date ne vous convient plus, dites-le à votre pilote."
        )


def slot_in_line(number: int, slot: Callable[[], Slot]) -> Slot:
    """The date of a line of the form; a refusal stands beside the field of that line (« place_2 »)."""
    try:
        return slot()
    except RuleBroken as refusal:
        raise RuleBroken(refusal.sentence, f"{refusal.field}_{number}" if refusal.field else None) from None


def check_slots(
    slots: Sequence[Slot], *, others: Sequence[Held], season: int, zone: ZoneInfo, now: datetime, former: Sequence[Slot]
) -> None:
    """Two to six different dates, each of which could be fixed; those that stood already are not judged again."""
    if not FEWEST <= len(slots) <= MOST:
        raise RuleBroken("Proposez entre deux et six dates.")
    if len({(each.starts_at, each.place) for each in slots}) < len(slots):
        raise RuleBroken("Deux des dates proposées sont les mêmes : changez-en une, ou laissez-la vide.")
    for each in slots:
        if each not in former:
            check_slot(each, others=others, season=season, zone=zone, now=now)


def check_close(closes_at: datetime, slots: Iterable[Slot], now: datetime, zone: ZoneInfo) -> None:
    """After today begins, before the first date."""
    if closes_at <= now:
        raise RuleBroken("Choisissez un jour à venir pour la fin des réponses.", "until")
    first = min(each.starts_at for each in slots)
    if closes_at > first:
        day = short_date(first.astimezone(zone).date())
        raise RuleBroken(f"Les réponses finissent avant la première date proposée, le {day}.", "until")


def remarks_of(
    slot: Slot,
    number: int,
    *,
    others: Iterable[Held],
    zone: ZoneInfo,
    calendar: SchoolCalendar | None,
    rooms: Mapping[str, time] | None = None,
    half_days: Iterable[Collection[str]] = (),
) -> tuple[str, ...]:
    """What is unusual in a date. `rooms`: at what hour places that are known close; `half_days`: those of each person
    who told any (« mercredi après-midi »), counted and never named.
    """
    said = remarks_on(slot.starts_at.astimezone(zone).date(), number, days_of(others, zone), calendar)
    closes = (rooms or {}).get(slot.place)
    if closes is not None and slot.ends_at.astimezone(zone).time() > closes:
        said.append(f"Ce lieu ferme à {hour_words(closes)}.")
    return (*said, *_other_half_day(slot, others, zone), *_not_free(slot, half_days, zone))


def _not_free(slot: Slot, half_days: Iterable[Collection[str]], zone: ZoneInfo) -> list[str]:
    asked = _half_day(slot.starts_at, zone)
    number = sum(asked not in each for each in half_days)
    if not number:
        return []
    people = count(number, "personne", feminine=True)
    said_in = "sa candidature" if number == 1 else "leur candidature"
    return [f"Le {asked} ne convient pas à {people}, d’après {said_in}."]


def _other_half_day(slot: Slot, others: Iterable[Held], zone: ZoneInfo) -> list[str]:
    """When the collective has met on one half-day of the week, twice at least, and this is another."""
    met = [_half_day(each.starts_at, zone) for each in others]
    if len(met) < 2 or len(set(met)) != 1 or _half_day(slot.starts_at, zone) in met:
        return []
    return [f"Le collectif se retrouve d’habitude le {met[0]}."]


def _half_day(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{WEEKDAYS[local.weekday()]} {'matin' if local.time() < NOON else 'après-midi'}"


@dataclass(frozen=True)
class Engagement:
    """Another meeting of the person who looks: when, and what it is called."""

    starts_at: datetime
    ends_at: datetime
    title: str


def clashes(slot: Slot, engagements: Iterable[Engagement], zone: ZoneInfo) -> list[str]:
    """What somebody has on that day already. Touching is not overlapping."""
    day, said = slot.starts_at.astimezone(zone).date(), []
    for each in engagements:
        hours = time_range(each.starts_at, each.ends_at, zone)
        if slot.starts_at < each.ends_at and each.starts_at < slot.ends_at:
            said.append(f"Vous avez déjà, {hours}, {each.title} : les deux se chevauchent.")
        elif each.starts_at.astimezone(zone).date() == day:
            said.append(f"Le même jour, {hours}, vous avez déjà {each.title}.")
    return said


def check_can_be_chosen(option: Option, pilots: Collection[UUID], deputy: UUID | None, now: datetime) -> None:
    """A date to come, still proposed, that somebody can lead."""
    if option.is_struck:
        raise RuleBroken("Cette date n’est plus proposée.")
    if option.slot.starts_at <= now:
        raise RuleBroken("Cette date est passée.")
    if option.has_no_pilot(pilots) and deputy is None:
        raise RuleBroken("Vous ne pouvez pas venir à cette date : choisissez d’abord qui l’animera.", "deputy")
    if deputy is not None and deputy not in option.coming:
        raise RuleBroken("Choisissez quelqu’un qui peut venir à cette date.", "deputy")


@dataclass(frozen=True)
class Doubt:
    """What choosing a date asks once: its sentences, and the word by which the same question is known again."""

    sentences: tuple[str, ...]
    key: str


def doubt_about(option: Option, names: Mapping[UUID, str], least: int | None) -> Doubt | None:
    """Whom a date shuts out, by name, and whether too few would come; None when nothing is to be asked."""
    out, coming = sorted(names[each] for each in option.shut_out), len(option.coming)
    said = [f"Choisir cette date, c’est se passer de {join_names(out)}. Lui en parler d’abord ?"] if out else []
    if len(out) > 1:
        said = [f"Choisir cette date, c’est se passer de {join_names(out)}. Leur en parler d’abord ?"]
    if least is not None and coming < least:
        who = {0: "Personne n’a dit", 1: "Une seule personne a dit"}.get(coming, f"{coming} personnes ont dit")
        said.append(f"{who} pouvoir venir, et vous en vouliez {least} au moins. Choisir cette date quand même ?")
    ids = "-".join(sorted(each.hex[:8] for each in option.shut_out))
    return Doubt(tuple(said), f"{option.id}/{ids}/{coming if least else ''}") if said else None
