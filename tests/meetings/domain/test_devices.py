"""The devices that keep a meeting, as their owner would recognise them."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.devices import DeviceKind, device_kind


@pytest.mark.parametrize(
    ("word", "kind", "noun", "label"),
    [
        ("phone", DeviceKind.PHONE, "téléphone", "un téléphone"),
        ("computer", DeviceKind.COMPUTER, "ordinateur", "un ordinateur"),
    ],
)
def test_a_device_says_what_it_is(word, kind, noun, label):
    found = device_kind(word)
    assert found is kind
    assert (found.noun, found.label) == (noun, label)


@pytest.mark.parametrize("word", ["", "tablet", "Phone"])
def test_another_word_is_refused(word):
    with pytest.raises(RuleBroken, match="Un téléphone, ou un ordinateur"):
        device_kind(word)
