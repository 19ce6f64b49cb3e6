"""The library of canvases, for whoever is signed in."""

from tests import factories


def test_the_library_leads_to_a_canvas_step_by_step(visit):
    page = visit(factories.user()).open("/canevas")
    assert page.says("sept canevas")
    assert page.says("inspiré de : N. Genot et T. Soutoul")
    canvas = page.follow("De la situation à la problématique")
    assert canvas.path == "/canevas/genot-soutoul"
    assert canvas.says("Au premier regroupement")
    assert canvas.says("Dix étapes, 2 h.")
    assert canvas.says("Onze étapes, 2 h.")
    assert canvas.says("de 5 à 10 personnes")


def test_a_step_says_who_speaks_who_is_silent_the_rule_and_prompts(visit):
    page = visit(factories.user()).open("/canevas/genot-soutoul")
    step = next(item for item in page.soup.select("ol.numbered > li") if item.h3.get_text() == "Présentation")
    words = step.get_text(" ")
    assert "la personne qui expose" in words
    assert "les pairs et votre pilote" in words
    assert "On n’interrompt pas." in words
    assert "Racontez un moment précis, pas une généralité." in words
    assert page.says("15 min au premier regroupement")
    assert page.says("à partir du deuxième regroupement")
    assert page.says("on peut la passer, sans dire pourquoi")


def test_the_source_is_a_text_and_a_link_that_says_nothing_of_us(visit):
    page = visit(factories.user()).open("/canevas/genot-soutoul")
    link = page.soup.find("a", string=lambda text: text and text.startswith("https://"))
    assert link["href"] == link.get_text()
    assert "noreferrer" in link["rel"]


def test_an_unknown_canvas_is_not_found(visit):
    assert visit(factories.user()).open("/canevas/autre").status == 404


def test_signed_out_the_library_leads_to_sign_in(visit):
    answer = visit().raw("/canevas")
    assert answer.status_code == 302
    assert answer.location.startswith("/entrer")


def test_a_canvas_says_whose_minutes_they_are_and_what_its_authors_warn_of(visit):
    member = visit(factories.user())
    assert member.open("/canevas/accordage").says("Les minutes celles de la source")
    assert not member.open("/canevas/genot-soutoul").says("déconseille")
    page = member.open("/canevas/consultance")
    assert page.says("en partie celles de la source, en partie les nôtres")
    assert page.says("déconseille de traiter un dilemme sans une personne formée")


def test_resources_are_for_everybody_and_lead_to_their_authors(visit):
    page = visit().open("/ressources")
    assert page.says("Rien n’en est recopié ici : les liens mènent chez leurs auteurs.")
    assert page.says("non vérifié")
    link = page.soup.select_one("#multi-agenda ~ p a")
    assert link["href"] == "https://journals.openedition.org/educationdidactique/543"
    assert {"noopener", "noreferrer"} <= set(link["rel"])
    assert page.says("Pas encore d’adresse.")


def test_a_dilemma_brings_its_resources_first_and_each_stands_once(visit):
    page = visit().open("/ressources").follow("Accompagner ou évaluer ?")
    chosen = page.soup.select_one("[aria-labelledby=choisi]")
    titles = [title.get_text() for title in chosen.select("h3")]
    assert titles == ["Les dilemmes du formateur", "Enseigner, certifier, accompagner"]
    everything = [title.get_text() for title in page.soup.select("main h3")]
    assert len(everything) == len(set(everything)) == len(visit().open("/ressources").soup.select("main h3"))
    assert page.soup.select_one("[aria-current=true]").get_text().startswith("Accompagner ou évaluer")


def test_a_word_that_is_no_tag_shows_everything(visit):
    page = visit().open("/ressources?pour=%3Cb%3E")
    assert page.soup.select_one("[aria-labelledby=choisi]") is None
    assert "<b>" not in page.soup.select_one("main").get_text()
