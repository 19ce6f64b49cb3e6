"""What every page owes its reader is looked at for each answer: each fault is seen, a good page passes."""

import pytest

from tests.pages import check_page

PAGE = """<!doctype html><html lang="fr"><head><title>Titre</title></head><body><h1>Un</h1>
<label for="a">Nom</label><input id="a" name="a"><label>Jour <input name="b"></label>
<p>Pourquoi\u202f? À 14\u00a0h\u00a030.</p><template><h1>Un patron</h1><input></template>
<pre>mal tapé ?</pre></body></html>"""


def test_a_good_page_passes() -> None:
    check_page(PAGE)


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('lang="fr"', 'lang="en"', "its language"),
        ("<title>Titre</title>", "<title> </title>", "a title"),
        ("<h1>Un</h1>", "<h1>Un</h1><h1>Deux</h1>", "one h1"),
        ("<h1>Un</h1>", "<p>Un</p>", "one h1"),
        ("<h1>Un</h1>", '<h1 id="a">Un</h1>', "ids twice"),
        ('<label for="a">Nom</label>', "<p>Nom</p>", "no label"),
        ("<label>Jour <input", "<p>Jour <input", "no label"),
        ("<p>Pourquoi", '<p style="x">Pourquoi', "inline"),
        ("<p>Pourquoi", '<p onclick="x">Pourquoi', "inline"),
        ("<p>Pourquoi", "<script>x</script><p>Pourquoi", "inline"),
        ("\u202f?", " ?", "typography"),
        ("14\u00a0h\u00a030", "14h30", "typography"),
        ("<p>Pourquoi", "<p><b>« Pourquoi</b>", "typography"),
    ],
)
def test_each_fault_is_seen(good: str, bad: str, said: str) -> None:
    assert good in PAGE
    with pytest.raises(AssertionError, match=said):
        check_page(PAGE.replace(good, bad, 1))
