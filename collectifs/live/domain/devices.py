"""The devices that keep a meeting: what their owner would recognise, no more."""

from enum import StrEnum

from collectifs.kernel.errors import RuleBroken


class DeviceKind(StrEnum):
    """What it looks like."""

    PHONE = "phone"
    COMPUTER = "computer"


def device_kind(word: str) -> DeviceKind:
    """What a device says that it is. Refuses anything else."""
    if word not in set(DeviceKind):
        raise RuleBroken("Un téléphone, ou un ordinateur.")
    return DeviceKind(word)
