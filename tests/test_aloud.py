"""Pages as they are heard: hours and minutes are spelled for the ear, shown as they were."""

import pytest

from collectifs.web.aloud import spelled
from tests import factories
from tests.pages import as_seen

HIDDEN, HEARD = '<span aria-hidden="true">', '<span class="sr aloud">'


@pytest.mark.parametrize(
    "left_alone",
    [
        "<head><title>14\u00a0h</title></head>",
        '<p title="14\u00a0h">midi</p>',
        "<select><option>14\u00a0h</option></select>",
        "<textarea>14\u00a0h</textarea>",
        "<script>14\u00a0h</script>",
        "<svg><text>14\u00a0h</text></svg>",
        "<template><p>14\u00a0h</p></template>",
        "<header>14\u00a0hommes, 3\u00a0minutes</header>",
    ],
)
def test_what_is_no_text_of_the_page_is_left_alone(left_alone):
    assert spelled(left_alone) == left_alone


def test_an_hour_is_shown_as_it_was_and_heard_in_full():
    page = "<header><p>de 14\u00a0h à <b>16\u00a0h\u00a030</b></p></header><p>12\u00a0min · fin</p>"
    said = spelled(page)
    assert f"{HIDDEN}14\u00a0h</span>{HEARD}14\u00a0heures</span>" in said
    assert f"<b>{HIDDEN}16\u00a0h\u00a030</span>{HEARD}16\u00a0heures\u00a030</span></b>" in said
    assert f"{HEARD}12\u00a0minutes</span>" in said
    assert as_seen(said) == page


def test_every_page_that_leaves_says_its_hours_and_the_room_those_of_its_first_words(visit, collective, pilot):
    """What its scripts show they say themselves."""
    meeting = factories.meeting(collective, number=3)
    page = visit(pilot).raw(f"/regroupements/{meeting.id}").get_data(as_text=True)
    assert f"{HEARD}14\u00a0heures</span>" in page
    room = visit(pilot).raw(f"/seance/{meeting.id}").get_data(as_text=True)
    first_words, _, what_scripts_fill = room.partition('id="wait"')
    assert f"{HEARD}14\u00a0heures</span>" in first_words
    assert HEARD not in what_scripts_fill
