"""What can be changed in a file so that some test should notice: one comparison, one word of logic, one number."""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

FLIPPED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
}
SCRIPT_TOKENS = (
    (r"(?<= )===(?= )", "!=="),
    (r"(?<= )!==(?= )", "==="),
    (r"(?<= )<(?= )", "<="),
    (r"(?<= )<=(?= )", "<"),
    (r"(?<= )>(?= )", ">="),
    (r"(?<= )>=(?= )", ">"),
    (r"(?<= )&&(?= )", "||"),
    (r"(?<= )\|\|(?= )", "&&"),
    (r"(?<= )\+(?= )", "-"),
    (r"(?<= )-(?= )", "+"),
    (r"!(?=[\w(#])", ""),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"(?<![\w.#\"'])\d+(?![\w.])", "number"),
    (r"(?<=\breturn )[^;{}]+(?=;$)", "null"),
)
LARGEST = 100  # a millisecond more of a delay is no other behaviour
TEXTS = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`|(?<=[(,=:] )/(?![ *]).+?/[a-z]*|\s// .*$")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: from byte `start` to byte `end` of a file, `before` becomes `after`."""

    start: int
    end: int
    line: int
    before: str
    after: str

    def apply(self, source: bytes) -> bytes:
        """The whole file, changed."""
        return source[: self.start] + self.after.encode() + source[self.end :]


def mutations_of(name: str, source: bytes) -> list[Mutation]:
    """All that can be changed in a file, by its language."""
    return list(_in_python(source) if name.endswith(".py") else _in_script(source))


def _in_python(source: bytes) -> Iterator[Mutation]:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in _changeable(ast.parse(source)):
        for after in _changed(node):
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            yield Mutation(start, end, node.lineno, source[start:end].decode(), after)


def _changeable(tree: ast.Module) -> Iterator[ast.expr | ast.Return]:
    """Expressions and returns. A text made of pieces has no places inside; annotations and decorators are no rule."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        aside = [node] if isinstance(node, ast.JoinedStr) else [getattr(node, "annotation", None)]
        aside += [getattr(node, "returns", None), *getattr(node, "decorator_list", [])]
        for each in (found for found in aside if found is not None):
            skipped |= {id(inner) for inner in ast.walk(each)}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.Return) and id(node) not in skipped:
            yield node


def _changed(node: ast.expr | ast.Return) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[op, *_]):
            yield _unparsed(node, "ops", [FLIPPED[type(op)], *node.ops[1:]])
        case ast.BoolOp():
            yield _unparsed(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not()):
            yield f"({ast.unparse(node.operand)})"
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            yield _unparsed(node, "op", ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
        case ast.Constant(value=bool(value)):
            yield str(not value)
        case ast.Constant(value=int(value)) if value <= LARGEST:
            yield str(value + 1)
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield "return None"


def _unparsed(node: ast.expr, name: str, value: object) -> str:
    changed = copy.copy(node)
    setattr(changed, name, value)
    return f"({ast.unparse(changed)})"


def _in_script(source: bytes) -> Iterator[Mutation]:
    at, in_comment = 0, False
    for number, raw in enumerate(source.decode().splitlines(keepends=True), 1):
        bare = raw.strip()
        in_comment = in_comment or bare.startswith("/*")
        if not in_comment and not bare.startswith(("//", "import ", "export *")):
            yield from _in_line(raw, at, number)
        in_comment = in_comment and "*/" not in bare
        at += len(raw.encode())


def _in_line(line: str, at: int, number: int) -> Iterator[Mutation]:
    """Texts, patterns and comments are hidden by as many signs."""
    masked = TEXTS.sub(lambda found: "\0" * len(found[0]), line.rstrip("\n"))
    for pattern, after in SCRIPT_TOKENS:
        for found in re.finditer(pattern, masked):
            start = at + len(line[: found.start()].encode())
            before = line[found.start() : found.end()]
            is_large = after == "number" and int(before) > LARGEST
            if before != "null" and not is_large:
                put = str(int(before) + 1) if after == "number" else after
                yield Mutation(start, start + len(before.encode()), number, before, put)
