"""The campaign of the world: a call, who passes it on, what is said of it, two candidacies, a wish.

The link that every role tries opens the candidacy that holds no marked word: whoever holds a link reads its candidacy.
"""

from typing import Any

from collectifs.campaign.domain.call import PartnerKind
from collectifs.campaign.domain.candidacy import CandidacyState, WishKind
from collectifs.campaign.models.calls import CallPartner, CandidacyLink
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.kernel import clock
from collectifs.people.queries.people import hashed
from tests import factories

CANARIES: dict[str, tuple[str, ...]] = {
    "CanariCandidate": ("manager",),
    "CanariEtude": ("manager",),
    "CanariAccord": ("manager",),
    "CanariSouhait": (),
    "CanariPrevenue": (),
}


def build(here: Any, token: str) -> dict[str, Any]:
    """The ids that its addresses take."""
    call = factories.call(here, slug="val-de-brume", title="Accompagner, cela se travaille à plusieurs")
    partner = factories.add(
        CallPartner(call_id=call.id, name="INSPÉ", kind=PartnerKind.INSPE, slug="k7mq2r", made_at=clock.now())
    )
    said = factories.testimonial(call, agreed_by="CanariAccord")
    marked = factories.candidacy(call, family_name="CanariCandidate", school="Collège CanariEtude")
    factories.wish(marked, "CanariSouhait@academie.example", WishKind.APART)
    shared = factories.candidacy(call, "Denis", partner_id=partner.id, state=CandidacyState.RETAINED)
    factories.add(CandidacyLink(candidacy_id=shared.id, token_hash=hashed(token), minted_at=clock.now()))
    factories.add(
        OpeningNotice(
            call_id=call.id, address="CanariPrevenue@academie.example", token_hash=hashed(token), asked_at=clock.now()
        )
    )
    freed = factories.candidacy(call, state=CandidacyState.WITHDRAWN, given_name="", address="", freed_at=clock.now())
    draft = factories.draft(call.id, {"A": [shared]})
    return {
        "draft_id": draft.id,
        "call_id": call.id,
        "partner_id": partner.id,
        "testimonial_id": said.id,
        "candidacy_id": marked.id,
        "freed_id": freed.id,
        "slug": call.slug,
    }
