"""The devices that keep a meeting, or on which a sheet was written: what their owner would recognise, no more."""

from enum import StrEnum

from collectifs.kernel.errors import RuleBroken


class DeviceKind(StrEnum):
    """What it looks like."""

    PHONE = "phone"
    COMPUTER = "computer"

    @property
    def noun(self) -> str:
        """« téléphone »."""
        return "téléphone" if self is DeviceKind.PHONE else "ordinateur"

    @property
    def label(self) -> str:
        """« un téléphone »."""
        return f"un {self.noun}"


def device_kind(word: str) -> DeviceKind:
    """What a device says that it is. Refuses anything else."""
    if word not in set(DeviceKind):
        raise RuleBroken("Un téléphone, ou un ordinateur.")
    return DeviceKind(word)
