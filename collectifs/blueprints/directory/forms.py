"""The forms of the directory: a message, a programme, who answers for it."""

from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from wtforms import HiddenField, StringField

from collectifs.network.domain.directory import LONGEST_ABOUT, LONGEST_MESSAGE, Audience
from collectifs.network.models import Programme
from collectifs.network.queries.directory import OpenedMessage
from collectifs.network.services.directory import ProgrammeWords, RelayWords
from collectifs.web.choices import select_one
from collectifs.web.forms import BaseForm, address, line, text
from collectifs.web.limits import subject
from collectifs.web.names import NameForm

AUDIENCES = {"": "choisir"} | {each.value: each.label for each in Audience}


class WriteForm(BaseForm):
    """Who writes, where the answer goes, what they say. `trap` is hidden; `shown`: since when, signed."""

    name = line("Votre nom", wanted="Écrivez votre nom.", most=120)
    address = address("Votre adresse, pour la réponse")
    text = text("Votre message", wanted="Écrivez votre message.", most=LONGEST_MESSAGE)
    trap = StringField("Laissez cette case vide")
    shown = HiddenField()

    def words(self) -> OpenedMessage:
        """What was typed."""
        return OpenedMessage(self.name.data or "", self.address.data or "", self.text.data or "")

    def took(self, now: datetime) -> timedelta | None:
        """How long since the page was shown; None when that was not said, or forged."""
        at, _, seal = (self.shown.data or "").partition(".")
        if not at.isdecimal() or len(at) > 12 or not compare_digest(seal.encode(), _seal(at).encode()):
            return None
        return now - datetime.fromtimestamp(int(at), UTC)


def write_form(now: datetime) -> WriteForm:
    """The form; the first time it notes since when it is shown."""
    at = str(int(now.timestamp()))
    return WriteForm(data={"shown": f"{at}.{_seal(at)}"})


def _seal(at: str) -> str:
    return subject("shown", at).hex()[:24]


class ProgrammeForm(BaseForm):
    """What a programme says of itself."""

    name = line("Nom du programme ou de l’action", wanted="Écrivez un nom.", most=120)
    audience = select_one("Pour qui", choices=AUDIENCES, wanted="Choisissez pour qui.")
    about = text("Ce que c’est, en une ou deux phrases", wanted="Dites en une phrase ce que c’est.", most=LONGEST_ABOUT)
    places = line("Où", wanted="Dites où : des communes, une école, tout le département.", most=200)

    def words(self) -> ProgrammeWords:
        """What was typed."""
        kind = Audience(self.audience.data)
        return ProgrammeWords(self.name.data or "", kind, self.about.data or "", self.places.data or "")


def programme_form(row: Programme | None = None) -> ProgrammeForm:
    """The form, with what was written before."""
    if row is None:
        return ProgrammeForm()
    data = {"name": row.name, "audience": row.audience.value, "about": row.about, "places": row.places}
    return ProgrammeForm(data=data)


class RelayForm(NameForm):
    """Who is asked to answer."""

    address = address("Adresse électronique")

    def words(self) -> RelayWords:
        """What was typed."""
        return RelayWords(**self.names(), address=self.address.data or "")
