"""The text of a mail, read off its page."""

from pathlib import Path

import pytest

import collectifs
from collectifs.kernel.mail.plain import text_of, unfolded

LONG = "Une phrase assez longue pour ne pas tenir sur une seule ligne d’un message, comme il y en a dans chacun. "
ADDRESS = "https://collectifs.academie.example/lien/" + "x" * 60


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un <b>mot</b>.</p>\n  <p>Deux\n  mots.</p>", "Un mot.\n\nDeux mots.\n"),
        ("<p>Une ligne<br>puis une autre</p>", "Une ligne\npuis une autre\n"),
        (
            "<dl>\n<dt>Quand</dt><dd>demain</dd>\n<dt>Lieu</dt><dd>ici</dd>\n</dl>",
            "Quand\u00a0: demain\nLieu\u00a0: ici\n",
        ),
        ("<ul><li>un</li>\n<li>deux</li></ul>", "- un\n- deux\n"),
        ("<dl>\n</dl><p> </p><p>Rien d’autre</p>", "Rien d’autre\n"),
        ('<p class="go"><a href="http://x.example/a">Voir</a></p>', "Voir\u00a0:\nhttp://x.example/a\n"),
        ('<p>Ici : <a href="http://x.example/a">http://x.example/a</a></p>', "Ici\u00a0: http://x.example/a\n"),
        ('<p>Voyez <a href="http://x.example/a">la page</a></p>', "Voyez la page\u00a0: http://x.example/a\n"),
        ('<p>À <a href="mailto:a@x.example">a@x.example</a></p>', "À a@x.example\n"),
        ('<p>Un</p><div class="foot"><p>Deux</p><p>Trois</p></div>', "Un\n\n-- \nDeux\nTrois\n"),
        ('<head><title>Titre</title><style>b {}</style></head><p class="again">deux fois</p><p>Un</p>', "Un\n"),
        ('<div class="preheader">avant</div><p>Un</p>', "Un\n"),
        ("<p>Jean &amp; Cie &lt;3, l&#39;école ! Vraiment ?</p>", "Jean & Cie <3, l’école\u202f! Vraiment\u202f?\n"),
    ],
)
def test_the_text_says_what_the_page_says(html, text):
    assert text_of(html) == text
    assert text_of(html.replace("><", ">\n<")) == text


def test_long_lines_are_folded_and_told_so_and_fold_back():
    text = text_of(f"<p>{LONG * 2}</p><ul><li>{LONG}</li></ul>")
    lines = text.splitlines()
    assert max(map(len, lines)) <= 78
    assert [line.endswith(" ") for line in lines] == [True, True, False, False, True, False]
    assert unfolded(text) == f"{(LONG * 2).strip()}\n\n- {LONG.strip()}\n"


def test_addresses_and_no_break_spaces_are_never_cut():
    glued = "«\u00a0" + "mot\u00a0" * 40 + "»"
    text = text_of(f'<p>{glued} puis <a href="{ADDRESS}">{ADDRESS}</a></p>')
    assert ADDRESS in text.splitlines()
    assert glued in text


def test_a_line_that_looks_like_a_quotation_or_an_envelope_is_held_off():
    text = text_of("<p>From ici</p><p>&gt; et là</p><p>Fromage</p>")
    assert text == " From ici\n\n > et là\n\nFromage\n"
    assert unfolded(text) == "From ici\n\n> et là\n\nFromage\n"


def test_the_line_above_the_foot_is_no_fold():
    text = text_of('<p>Un</p><div class="foot"><p>Deux</p></div>')
    assert unfolded(text) == text


def test_no_mail_has_a_text_of_its_own():
    templates = Path(collectifs.__file__).parent / "templates" / "mails"
    assert {path.suffix for path in templates.iterdir()} == {".html"}
