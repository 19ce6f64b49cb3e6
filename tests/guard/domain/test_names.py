"""Names, sentence by sentence: after a title, of a member, of somebody whom no list of the collective names."""

import pytest

from collectifs.guard.domain.context import Context, context_of
from tests.guard.domain.test_guard import told

NOBODY = Context()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("M. 12 rue", []),
        ("M. Zorglub", ["person ! M. Zorglub"]),
        ("M Zorglub", ["person ! M Zorglub"]),
        ("M zorglub", []),
        ("M. zorglub", []),
        ("M, Zorglub", ["person ? Zorglub"]),
        ("M.Zorglub", ["person ! M.Zorglub"]),
        ("MM. Zorglub et Plouc", ["person ! MM. Zorglub", "person ? Plouc"]),
        ("M. de Zorglub", ["person ! M. de Zorglub"]),
        ("M de Zorglub", ["person ? Zorglub"]),
        ("M. de l’équipe", []),
        ("M. lucas", ["person ? M. lucas"]),
        ("M. rose", []),
        ("m. durand", ["person ! m. durand"]),
        ("m. rose", ["member ! rose"]),
        ("m. léa", []),
        ("m.durand", []),
        ("m durand", []),
        ("Mme.Durand", ["person ! Mme.Durand"]),
        ("Mme: Durand", ["person ? Durand"]),
        ("Mme L Durand", ["initials ? Mme L", "person ? Durand"]),
        ("Mme d’Ormesson", ["person ! Mme d’Ormesson"]),
        ("Mme De 3 heures", ["person ! Mme De"]),
        ("M. La 3e fois", ["person ! M. La"]),
        ("Il a vu Mme de", []),
        ("Voir M. D.", ["initials ? M. D."]),
        ("Pr Zorglub", ["person ! Pr Zorglub"]),
        ("Me Zorglub", ["person ! Me Zorglub"]),
        ("Me voilà", []),
        ("Mgr Zorglub", ["person ! Mgr Zorglub"]),
        ("Mesdames Zorglub et Plouc", ["person ! Mesdames Zorglub", "person ? Plouc"]),
    ],
)
def test_a_title_announces_a_name_by_its_stop_its_space_and_its_capital(text: str, found: list[str]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voir Mme Zorglub, Léa note", ["person ! Mme Zorglub", "person ? Léa"]),
        ("Mme Zorglub Léa note", ["person ! Mme Zorglub Léa"]),
        ("Mme BOULANGER dit non", ["person ! Mme BOULANGER"]),
        ("mme jean note", []),
        ("Chez mme montessori on lit.", []),
        ("monsieur la Rivière", []),
        ("Mme Les Fins", ["person ! Mme Les Fins"]),
        ("voir mme de la tour", []),
        ("VOIR M. DU BOIS CE SOIR", []),
        ("Mme Dole-Besançon", ["person ! Mme Dole-Besançon"]),
        ("Mme Plouc-zorglub", ["person ! Mme Plouc"]),
        ("Mme Sophie Le Gall note", ["person ! Mme Sophie Le Gall"]),
        ("Mme Sophie le Gall note", ["person ! Mme Sophie", "person ? Gall"]),
        ("Mme Sophie Le gall note", ["person ! Mme Sophie"]),
        ("Mme Sophie Le", ["person ! Mme Sophie"]),
        ("MME SOPHIE LE GALL NOTE", ["person ! MME SOPHIE"]),
        ("Mme Zorglub TNI", ["person ! Mme Zorglub"]),
        ("Mme Zorglub S ici", ["person ! Mme Zorglub S"]),
        ("Mme Zorglub France", ["person ! Mme Zorglub"]),
        ("Mme Zorglub Petites notes", ["person ! Mme Zorglub"]),
        ("M. Rose Plouc", ["person ! M. Rose Plouc"]),
    ],
)
def test_a_titled_name_goes_on_by_capitals_hyphens_and_particles(text: str, found: list[str]) -> None:
    assert told(text, NOBODY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voir Jean-Luc Picard.", ["person ? Jean-Luc Picard"]),
        ("Voir jean-luc Picard.", ["person ? jean-luc", "person ? Picard"]),
        ("Voir lucas La Fontaine.", ["person ? lucas"]),
        ("voir anne-sophie", ["person ? anne-sophie"]),
        ("un texte de Jean-luc", ["person ? Jean-luc"]),
        ("VOIR LÉA ICI", ["person ? LÉA"]),
        ("Voir Léa", ["person ? Léa"]),
    ],
)
def test_a_name_without_a_title_is_a_question(text: str, found: list[str]) -> None:
    assert told(text, NOBODY) == found


FAMILIES = context_of(
    [("Luc", "Le Petit"), ("Paul", "Paul-Boncour"), ("Wei", "Guo"), ("Li", "An"), ("Ali", "Ben Page"),
     ("Ève", "Bernard"), ("", "Legrand"), ("Jean-Baptiste", "Pétrel"), ("Maud", "Le Bihan"), ("Rose", "Berger"),
     ("", "Roi")]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("le petit groupe", []),
        ("Le petit groupe", []),
        ("Voir Le Petit", ["member ! Le Petit"]),
        ("voir le Petit ce soir", ["member ! le Petit"]),
        ("avec lepetit", ["member ? lepetit"]),
        ("LePetit note", ["member ? LePetit"]),
        ("voir LEPETIT", ["member ! LEPETIT"]),
        ("Paul Boncour est là", ["member ! Paul Boncour"]),
        ("; Paul Boncour est là", ["member ! Paul Boncour"]),
        ("voir guo", ["member ! guo"]),
        ("un an", []),
        ("Voir An", ["member ! An"]),
        ("Voir Li", ["member ! Li"]),
        ("li an", ["member ! li an"]),
        ("voir ben page", []),
        ("la page 3", []),
        ("voir Ben Page", ["member ! Ben Page"]),
        ("CHEZ LES BERNAR", ["member ! BERNAR"]),
        ("chez bernar", ["member ! bernar"]),
        ("chez les bernars", ["member ! bernars"]),
        ("avec Bihn", ["member ! Bihn"]),
        ("avec bihn", []),
        ("avec bihna", []),
        ("chez les berge", []),
        ("chez berg", []),
        ("Chez Bergr", ["member ! Bergr"]),
        ("chez bergr", []),
        ("M. maud", ["member ! maud"]),
        ("m. maud", ["member ! maud"]),
        ("Petrel a relu, jb", ["member ! Petrel"]),
        ("pétrel a relu avec JB", ["member ! pétrel"]),
        ("plan B. Petrel", ["member ! Petrel"]),
        ("JB Petrel", ["member ! JB Petrel"]),
        ("j. b. petrel", ["member ! j. b. petrel"]),
        ("B. Petrel", ["member ! Petrel"]),
        ("X. B. Petrel", ["initials ? X. B", "member ! Petrel"]),
        ("Mme Rose, oui", ["member ! Rose"]),
        (" Rose, dit-elle à Mme", ["member ? Rose"]),
        ("Mme. Rose", ["member ! Rose"]),
        ("A. Legrand", ["member ! Legrand"]),
        ("Legrand", ["member ! Legrand"]),
        ("legrand lit", ["member ! legrand"]),
        ("Le Grand", []),
        ("Bernard, Ève", ["member ! Bernard", "member ! Ève"]),
        ("Ève, Bernard", ["member ! Ève", "member ! Bernard"]),
        ("Ève Bernard", ["member ! Ève Bernard"]),
        ("Rose Berger", ["member ! Rose Berger"]),
        ("Rose et Berger", ["member ? Rose", "member ! Berger"]),
        ("Rose.\nBerger", ["member ! Rose.\nBerger"]),
        ("rose berger", ["member ! rose berger"]),
        ("la rose berger", ["member ! rose berger"]),
        ("Rose-Berger", ["member ! Rose-Berger"]),
        ("avec rose", ["member ? rose"]),
        ("Avec rose", ["member ? rose"]),
        ("avec ROSE", ["member ! ROSE"]),
        ("AVEC ROSE ICI OUI", ["member ? ROSE"]),
        ("chez « rose »", []),
        ("avec, rose", []),
        ("Rose", ["member ? Rose"]),
        ("Une Rose", ["member ! Rose"]),
        ("une ROSE", ["member ! ROSE"]),
        ("UN AN DE PLUS ICI", []),
        ("un AN", []),
    ],
)
def test_a_member_is_named_in_each_form_and_an_ordinary_word_names_by_its_capital(text: str, found: list[str]) -> None:
    assert told(text, FAMILIES) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voir Jean-Mi.", ["person ? Jean-Mi"]),
        ("Jean-Mi note", ["person ? Jean-Mi"]),
        ("voir jean-moulin", []),
        ("Voir Mi-Jean.", []),
        ("Léon-Lourdes note", ["person ? Léon-Lourdes"]),
        ("Zorglub-Plouc note", []),
        ("Voir Zorglub-Plouc.", ["person ? Zorglub-Plouc"]),
        ("Voir Zorglub-plouc.", []),
        ("Jean-luc note", ["person ? Jean-luc"]),
        ("Tours-TNI", []),
        ("groupe Bellevue-iPad", []),
        ("Anne-saint-vit", []),
        ("Zorglub-Grosperrin note", ["person ? Zorglub-Grosperrin"]),
        ("Léon-Plouc note", ["person ? Léon-Plouc"]),
        ("Grosperrin-Zorglub note", ["person ? Grosperrin-Zorglub"]),
        ("Zorglub-Mi note", []),
    ],
)
def test_what_hyphens_hold_is_one_name_where_a_word_of_it_is_known(text: str, found: list[str]) -> None:
    assert told(text, NOBODY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MME SOPHIE DIT : LE GALL NOTE", ["person ! MME SOPHIE"]),
        ("IL DEMANDE À GROSPERRIN DE VENIR", ["person ? GROSPERRIN"]),
        ("IL DEMANDE À GALLO DE VENIR", ["person ? GALLO"]),
        ("Avec Fontaine, rien", []),
        ("avec Boulanger", ["person ? Boulanger"]),
        ("Boulanger note", []),
        ("Voir Boulanger.", []),
        ("chez BOULANGER", []),
        ("avec Claire", ["person ? Claire"]),
        ("Voir Claire.", ["person ? Claire"]),
        ("Claire note", []),
        ("Voir CLAIRE.", []),
        ("avec Lilas", []),
        ("Voir Rose Fontaine.", ["person ? Rose"]),
        ("Chez Les voisins", []),
        ("LÉA, note", []),
        ("Voir LÉA.", []),
        ("Voir ANNA.", ["person ? ANNA"]),
        ("Voir MERCIER.", []),
        ("Voir ZORGLUB.", []),
        ("Voir McDonald.", []),
        ("Voir XVe siècle", []),
        ("Voir Louis XIV.", []),
        ("chez B. note", ["initials ? B."]),
    ],
)
def test_an_ordinary_word_or_one_in_capitals_names_only_where_it_is_known(text: str, found: list[str]) -> None:
    assert told(text, NOBODY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zorglub (1998) le dit.", []),
        ("Zorglub, 2005", []),
        ("Durand 1850", ["person ? Durand"]),
        ("Voir Zorglub, 12 et 2005", ["person ? Zorglub"]),
        ("la grille de Danielson", []),
        ("grille de Danielson", []),
        ("Grille d’Alinsky", []),
        ("un poème de Léa", ["person ? Léa"]),
        ("le chien de Danielson", ["person ? Danielson"]),
        ("la grille, de Danielson", []),
        ("de Danielson", ["person ? Danielson"]),
        ("la grille pour Danielson", ["person ? Danielson"]),
        ("Voir Marie Curie.", []),
        ("Célestin Freinet le dit.", []),
        ("Jean-Baptiste Molière", []),
        ("voir Plouc Freinet", ["person ? Plouc Freinet"]),
        ("D. Bucheton le dit", []),
        ("voir zoé Freinet", []),
        ("Lourdes-D. Bucheton", []),
        ("voir Vienne Grosperrin Molière", ["person ? Grosperrin Molière"]),
        ("J.-P. Astolfi", ["initials ? J.-P"]),
        ("Anne-Marie Chartier", ["person ? Anne-Marie Chartier"]),
        ("Anne-Marie Freinet", []),
        ("A Anne-Marie Freinet", []),
        ("S. Paul Freinet", []),
        ("Robert et Rogalski", []),
        ("Robert & Rogalski", ["person ? Robert"]),
        ("Plouc & Rogalski", []),
        ("plouc & Rogalski", []),
        ("Plouc, Rogalski", []),
        ("Plouc; Rogalski", []),
        ("Plouc et Rogalski", []),
        ("plouc et Rogalski", []),
        ("Plouc  et Rogalski", []),
        ("Plouc ou Rogalski", []),
        ("Rogalski et Plouc", ["person ? Plouc"]),
        ("Rogalski et plouc", []),
        ("Rogalski & Plouc", []),
        ("Rogalski / Plouc", []),
        ("Rogalski (Plouc", []),
        ("Rogalski, Plouc", []),
        ("Rogalski et Marie", ["person ? Marie"]),
        ("Rogalski Plouc", ["person ? Plouc"]),
        ("Marie & Rogalski", []),
        ("Marie, Rogalski", []),
        ("Et Plouc et Rogalski", []),
        ("A, Plouc, Rogalski", []),
        ("Zoé, Plouc & Rogalski", ["person ? Zoé"]),
        ("Voir Zorglub 1 2005", ["person ? Zorglub"]),
        ("Voir Zorglub (2005)", []),
        ("Voir Zorglub, 1998", []),
        ("Durand & Rogalski", []),
        ("Durand, Rogalski", []),
        ("Durand et Rogalski", []),
        ("Durand; Rogalski", ["person ? Durand"]),
        ("voir Durand & Rogalski", []),
        ("Durand Célestin Freinet", ["person ? Durand Célestin Freinet"]),
        ("Durand D. Bucheton", ["person ? Durand D"]),
        ("Durand-Célestin Freinet", []),
        ("durand-Célestin Freinet", []),
        ("Jean-Célestin Freinet", []),
        ("-Célestin Freinet", []),
    ],
)
def test_authors_are_read_with_their_given_names_and_those_who_stand_beside_them(text: str, found: list[str]) -> None:
    assert told(text, NOBODY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("B. note", []),
        ("J. note", ["initials ? J."]),
        ("MM. Durand", ["person ! MM. Durand"]),
        ("Voir A.B.C. ici", ["initials ? A.B.C."]),
        ("Voir A.B.C.D. ici", []),
        ("avec S. note", ["initials ? S."]),
        ("avec X. note", []),
        ("chez B. note", ["initials ? B."]),
        ("la série L. note", []),
        ("le groupe B. note", []),
        ("l’équipe A. note", []),
        ("niveau C. rien", []),
        ("option, D. note", []),
        ("plan B. note", []),
        ("série S. note", []),
        ("une très longue annexe E. note", []),
        ("voir le plan B. note", []),
        ("le plan de B. note", ["initials ? B."]),
        ("Mercier, S. note", ["initials ? S."]),
    ],
)
def test_letters_are_initials_unless_they_number_a_plan_or_a_group(text: str, found: list[str]) -> None:
    assert told(text, NOBODY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voir Vernard.", ["person ? Vernard"]),
        ("Voir Bernadr.", ["member ! Bernadr"]),
        ("Voir Benrard.", ["member ! Benrard"]),
        ("Voir Bernxrd.", ["member ! Bernxrd"]),
        ("Voir Bernards.", ["member ! Bernards"]),
        ("Voir Bernardos.", ["person ? Bernardos"]),
        ("Voir Bernrd.", ["member ! Bernrd"]),
        ("Voir Bernnard.", ["member ! Bernnard"]),
        ("Voir Bexnxrd.", ["person ? Bexnxrd"]),
        ("Voir Berandr.", ["person ? Berandr"]),
        ("Voir Brenard.", ["member ! Brenard"]),
        ("Voir Bernadx.", ["person ? Bernadx"]),
        ("CHEZ LES BERGR ICI", ["member ! BERGR"]),
        ("un ROI", ["member ! ROI"]),
        ("un roi", []),
        ("Voir Roi.", ["member ! Roi"]),
        ("Voir Bernar.", ["member ! Bernar"]),
        ("Voir Bernarda.", ["member ! Bernarda"]),
        ("Voir Guoo.", ["person ? Guoo"]),
        ("Voir Bxrnxrd.", ["person ? Bxrnxrd"]),
        ("Voir Bxrnard.", ["member ! Bxrnard"]),
    ],
)
def test_a_name_with_one_letter_missing_added_changed_or_swapped_is_still_a_name(text: str, found: list[str]) -> None:
    assert told(text, FAMILIES) == found
