"""The field of an hour of the day."""

from wtforms import TimeField

HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"]


class HourField(TimeField):
    """An hour, typed or picked, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; nothing typed is left to the validators."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Écrivez l’heure ainsi : 14:00.") from None
