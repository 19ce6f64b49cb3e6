"""After: a former member's yes of the year; who said which wish, for the managers of a territory."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collectifs.blueprints.directory.area import bp
from collectifs.kernel import clock
from collectifs.kernel.seasons import PARIS, season_label, season_of
from collectifs.network.domain.after import AfterWish, may_say, season_asked
from collectifs.network.queries.after import last_belonging, wishes_of, yes_of, yeses_on
from collectifs.network.services.after import say_yes, take_back_yes
from collectifs.people.models import Territory
from collectifs.people.permissions import can_manage_territory
from collectifs.people.queries.people import get_territory
from collectifs.web.access import access, me, signed_in
from collectifs.web.choices import pick_several
from collectifs.web.forms import BaseForm
from collectifs.web.perform import perform


class AfterForm(BaseForm):
    """What one would like."""

    wishes = pick_several("Ce que vous voudriez", choices={each.value: each.label for each in AfterWish})

    def chosen(self) -> list[AfterWish]:
        """What was ticked."""
        return [AfterWish(each) for each in self.wishes.data or ()]


def _today() -> date:
    return clock.now().astimezone(PARIS).date()


@bp.route("/apres", methods=["GET", "POST"])
@access(signed_in)
def after() -> ResponseReturnValue:
    """One yes a year, chosen wish by wish; nothing is kept of whoever says none."""
    today = _today()
    season, last = season_asked(today), last_belonging(me().id)
    row = yes_of(me().id, season)
    form = AfterForm(data={"wishes": [each.value for each in wishes_of(row)] if row else []})
    return perform(
        form,
        lambda: say_yes(form.chosen(), now=clock.now(), by=me()),
        then=url_for(".after"),
        page="directory/after.html",
        said="C’est noté.",
        row=row,
        season=season_label(season),
        ends=season + 1,
        last=last,
        may_say=may_say(last.season if last else None, today),
    )


@bp.post("/apres/retirer")
@access(signed_in)
def after_no_more() -> ResponseReturnValue:
    """Taken back at once."""
    take_back_yes(now=clock.now(), by=me())
    flash("Votre oui est retiré : il n’en reste rien.")
    return redirect(url_for(".after"))


@bp.get("/territoires/<uuid:territory_id>/apres")
@access(can_manage_territory, territory=get_territory)
def former(territory: Territory) -> ResponseReturnValue:
    """Who said which wish."""
    season = season_of(_today())
    return render_template(
        "directory/former.html",
        territory=territory,
        people=yeses_on(territory.id, season),
        wishes=tuple(AfterWish),
        ends=season_asked(_today()) + 1,
    )
