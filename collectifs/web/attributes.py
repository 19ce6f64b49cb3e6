"""The attributes of fields: as WTForms writes them, without looking through a format for each."""

from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape
from wtforms.widgets import Input, core

from collectifs.web.templates import written


def attributes(**told: Any) -> Markup:
    """« class="input" id="title" required »: by name, True for one that stands alone, False for none."""
    said = [_attribute(_key(name), value) for name, value in sorted(told.items()) if value is not False]
    return Markup(" ".join(said))  # noqa: S704  each part is escaped


@lru_cache  # the names that our forms and templates say
def _key(name: str) -> str:
    """« class_ » is « class », « aria_label » is « aria-label »."""
    key = name.rstrip("_")
    return str(escape(key.replace("_", "-") if key.startswith(("data_", "aria_")) else key))


def _attribute(name: str, value: Any) -> str:
    if value is True:
        return name
    quoted = str(written(value)).replace('"', "&quot;")
    return f'{name}="{quoted}"'


class Box(NamedTuple):
    """One of a group of radio buttons or boxes to tick: the tag, and what stands beside it."""

    id: str
    label: str
    tag: Markup


def boxes(group: Any) -> list[Box]:
    """What a field offers as radio buttons or boxes, as WTForms writes them when it is gone through: without a field
    for each."""
    same = f'name="{group.name}" type="{group.option_widget.input_type}"'
    found = []
    for place, choice in enumerate(group.iter_choices()):
        id_, ticked = f"{group.id}-{place}", "checked " if choice.selected else ""
        tag = Markup(f'<input {ticked}id="{id_}" {same} {_attribute("value", choice.value)}>')  # noqa: S704  escaped
        found.append(Box(id_, choice.label or choice.value, tag))
    return found


def write_attributes_quickly() -> None:
    """What is typed on a line names what writes its attributes; all other fields, and options, ask their module."""
    core.html_params = attributes
    Input.html_params = staticmethod(attributes)  # type: ignore[method-assign]
