"""The one shape of a form: show it, carry out its service, or show it again with what is wrong."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from collectifs.kernel.errors import RuleBroken
from collectifs.web.forms import BaseForm


def perform(
    form: BaseForm,
    action: Callable[[], Any],
    *,
    then: str | Callable[[Any], str],
    page: str,
    said: str = "",
    **context: Any,
) -> ResponseReturnValue:
    """Run `action` when the form is posted and sound, then go to `then`; else render `page`.

    A form shown again answers 422, so that nothing it touched is kept, and nothing typed is lost.
    `said` is the sentence announced on the next page.
    """
    if form.is_posted() and form.validate():
        try:
            result = action()
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            if said:
                flash(said)
            return redirect(then(result) if callable(then) else then)
    status = 422 if request.method == "POST" else 200
    return render_template(page, form=form, **context), status
