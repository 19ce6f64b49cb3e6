"""Templates as Flask reads them, with fewer functions called for each word of a page.

Jinja asks of each call whether the function wants the page's context, and of each text whether its template escapes:
none of ours wants it, and all that are called escape. So calls are made straight, and a text that holds no sign of HTML
is written as it is. `Writer` writes this into the Python that a template becomes; what a page says stays the same.
"""

import re
from collections.abc import Callable, Iterable, MutableMapping
from functools import partial
from keyword import iskeyword
from typing import Any

from flask.templating import Environment
from jinja2 import Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.runtime import Macro, markup_join
from jinja2.utils import missing
from markupsafe import Markup, escape

OURS = ("joined", "straight", "written")
NO_CALLER = Undefined("No caller defined", name="caller")
_sign_of_html = re.compile(r"[&<>'\"]").search
_as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)  # what a template that escapes has written


class Writer(CodeGenerator):
    """Writes templates as Jinja does, save for calls, macros, what is shown and what is joined."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  Jinja's name
        """The whole; what the rest names is imported first."""
        self.writeline(f"from {__name__} import {', '.join(OURS)}")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("written(")

    @optimizeconst
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  Jinja's name
        """« a ~ b »."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().visit_Concat(node, frame)
        else:
            self.write("joined((")
            self._each(node.nodes, frame)
            self.write("))")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802  Jinja's name
        """« f(a, b=c) », of a function or a macro; by a dict where a name is one of Python’s (class=…)."""
        self.visit(node.node, frame)
        self.write("(")
        self._each(node.args, frame)
        self._each([node.dyn_args] if node.dyn_args else [], frame, before="*")
        is_dict = any(iskeyword(each.key) for each in node.kwargs)
        self.write("**{" if is_dict else "")
        for each in node.kwargs:
            self._each([each.value], frame, before=f"{each.key!r}: " if is_dict else f"{each.key}=")
        if forward_caller:
            self.write("'caller': caller, " if is_dict else "caller=caller, ")
        self._each([node.dyn_kwargs] if node.dyn_kwargs else [], frame, before="**")
        self.write("})" if is_dict else ")")

    def _each(self, told: list[Any], frame: Frame, before: str = "") -> None:
        for each in told:
            self.write(before)
            self.visit(each, frame)
            self.write(", ")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """What a macro, or the body of a call, is known by."""
        escapes = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        self.write("straight(macro, " if escapes else "(")
        super().macro_def(macro_ref, frame)
        self.write(")")


def written(shown: Any) -> str:
    """What a page shows, as `escape` writes it."""
    kind = type(shown)
    if kind is Markup or (kind is str and not _sign_of_html(shown)):
        return shown  # type: ignore[no-any-return]
    return escape(shown)


def joined(pieces: Iterable[Any]) -> str:
    """Pieces one after the other; escaped as soon as one of them is written for HTML."""
    pieces = tuple(pieces)
    return markup_join(pieces) if Markup in map(type, pieces) else "".join(map(str, pieces))


def straight(write: Callable[..., str], macro: Macro) -> Callable[..., str]:
    """A macro, called as Jinja calls it: `write` is given each of its arguments, `missing` where none was told."""
    names, takes_caller = macro.arguments, macro.caller
    takes_more = macro.catch_kwargs
    if macro.catch_varargs or macro.explicit_caller:
        return macro

    def call(*told: Any, **named: Any) -> str:
        if len(told) > len(names):
            return macro(*told, **named)  # refuses it
        lacking = names[len(told) :]
        more = [named.pop(name, missing) for name in lacking] if named else [missing] * len(lacking)
        if takes_caller:
            more.append(named.pop("caller", NO_CALLER))
        if takes_more:
            more.append(named)
        elif named:
            raise TypeError(f"macro {macro.name!r} takes no keyword argument {next(iter(named))!r}")
        return _as_markup(write(*told, *more))

    return call


class Templates(Environment):
    """Where all templates find filters and functions: in one table, the same for all, which no import looks for."""

    code_generator_class = Writer

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template finds beside what its page is told."""
        return super().make_globals(d) if d else self.globals
