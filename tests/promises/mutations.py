"""Small faults put into a module, one at a time: each as a syntax tree of its own, with the place and what it is.

The kinds are those of mutmut and cosmic-ray: comparisons, arithmetic, and/or/not, conditions turned round,
numbers, booleans and texts, results that become nothing, statements left out, loops that end otherwise. Left alone is
what no run of the program can notice: docstrings, annotations, what only a type checker reads, and message ids,
which their own test holds.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import NamedTuple

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_SAID = ("_", "N_", "Said")


class Mutant(NamedTuple):
    """One fault."""

    line: int
    what: str
    function: str
    """The qualified name of the outermost function it lies in, "" for the module and its classes."""
    tree: ast.Module


Change = Callable[[ast.AST], str]
"""Changes a node of a copied tree in place and says what it did."""


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every fault of a module's source, in the order of its lines."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    number = {id(node): at for at, node in enumerate(nodes)}
    for node, function in _places(tree):
        for change in _changes(node):
            copied = copy.deepcopy(tree)
            # walked in the same order, so the node stands at the same place of the copy
            target = list(ast.walk(copied))[number[id(node)]]
            what = change(target)
            ast.fix_missing_locations(copied)
            yield Mutant(getattr(node, "lineno", 0), what, function, copied)


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield every node that a run of the program evaluates, with the function it lies in."""
    yield from _inside(tree, "", "")


def _inside(node: ast.AST, prefix: str, function: str) -> Iterator[tuple[ast.AST, str]]:
    for name, value in ast.iter_fields(node):
        if _is_unread(node, name):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_text_for_people(node, child) or _is_for_the_checker(child):
                continue
            inner = function
            if isinstance(node, ast.FunctionDef) and name == "body" and not function:
                inner = f"{prefix}{node.name}"
            deeper = f"{prefix}{node.name}." if isinstance(node, ast.ClassDef) else prefix
            yield child, inner
            yield from _inside(child, deeper, inner)


def _is_unread(node: ast.AST, name: str) -> bool:
    return name in ("annotation", "returns") or (isinstance(node, ast.Subscript) and name == "slice" and _is_type(node))


def _is_type(node: ast.Subscript) -> bool:
    named = node.value
    return isinstance(named, ast.Name) and named.id[:1].isupper() and not named.id.isupper()


def _is_text_for_people(node: ast.AST, child: ast.AST) -> bool:
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True  # a docstring, or what stands under a constant
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _SAID
        and child is not node.func
    )


def _is_for_the_checker(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.ClassDef):
        return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("cast", "TypeVar")


def _changes(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare():
            for at in range(len(node.ops)):
                yield lambda there, at=at: _compared(there, at)  # type: ignore[misc]  # bound at once
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _RECKONED and not _is_union(node):
            yield _reckoned
            if isinstance(node, ast.AugAssign):
                yield _left_out
        case ast.BoolOp():
            yield _joined_otherwise
        case ast.UnaryOp(op=ast.Not()):
            yield _not_left_out
        case ast.UnaryOp(op=ast.USub()):
            yield _sign_left_out
        case ast.Constant():
            yield from _constant(node)
        case ast.If() | ast.While() | ast.IfExp():
            yield _turned_round
        case ast.comprehension() if node.ifs:
            yield _filter_turned_round
        case ast.Return() if node.value is not None and not _is_none(node.value):
            yield _nothing_returned
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield _left_out
        case ast.Break() | ast.Continue():
            yield _ended_otherwise
        case _:
            return


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_union(node: ast.AST) -> bool:
    """Return whether `a | b` joins types."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.BitOr)
        and any(
            (isinstance(side, ast.Name) and side.id[:1].isupper()) or _is_none(side) for side in (node.left, node.right)
        )
    )


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield lambda there: _valued(there, not value)
    elif isinstance(value, int | float):
        yield lambda there: _valued(there, value + 1)
    elif isinstance(value, str) and value:
        yield lambda there: _valued(there, f"XX{value}XX")


def _valued(node: ast.AST, value: object) -> str:
    assert isinstance(node, ast.Constant)
    said = f"{node.value!r} → {value!r}"
    node.value = value  # type: ignore[assignment]  # a constant of the same kind
    return said


def _compared(node: ast.AST, at: int) -> str:
    assert isinstance(node, ast.Compare)
    before = ast.unparse(node)
    node.ops[at] = _COMPARED[type(node.ops[at])]()
    return f"{before} → {ast.unparse(node)}"


def _reckoned(node: ast.AST) -> str:
    assert isinstance(node, ast.BinOp | ast.AugAssign)
    before = ast.unparse(node)
    node.op = _RECKONED[type(node.op)]()
    return f"{before} → {ast.unparse(node)}"


def _joined_otherwise(node: ast.AST) -> str:
    assert isinstance(node, ast.BoolOp)
    before = ast.unparse(node)
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return f"{before} → {ast.unparse(node)}"


def _not_left_out(node: ast.AST) -> str:
    assert isinstance(node, ast.UnaryOp)
    before = ast.unparse(node)
    # "not not x" keeps the truth of x and the place in the tree
    node.operand = ast.UnaryOp(ast.Not(), node.operand)
    return f"{before} → {ast.unparse(node)}"


def _sign_left_out(node: ast.AST) -> str:
    assert isinstance(node, ast.UnaryOp)
    node.op = ast.UAdd()
    return f"the sign left out: {ast.unparse(node)}"


def _turned_round(node: ast.AST) -> str:
    assert isinstance(node, ast.If | ast.While | ast.IfExp)
    before = ast.unparse(node.test)
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return f"turned round: {before}"


def _filter_turned_round(node: ast.AST) -> str:
    assert isinstance(node, ast.comprehension)
    before = ast.unparse(node.ifs[0])
    node.ifs[0] = ast.UnaryOp(ast.Not(), node.ifs[0])
    return f"filter turned round: {before}"


def _nothing_returned(node: ast.AST) -> str:
    assert isinstance(node, ast.Return) and node.value is not None
    before = ast.unparse(node.value)
    node.value = ast.Constant(None)
    return f"nothing returned for {before}"


def _left_out(node: ast.AST) -> str:
    assert isinstance(node, ast.Expr | ast.Raise | ast.AugAssign)
    before = ast.unparse(node)
    nothing = ast.Expr(ast.Constant(None))
    # the node itself becomes the empty statement, so that whatever holds it holds that
    node.__class__ = ast.Expr  # type: ignore[assignment]
    node.__dict__ = {**nothing.__dict__, "lineno": node.lineno, "col_offset": node.col_offset}
    return f"left out: {before}"


def _ended_otherwise(node: ast.AST) -> str:
    was = isinstance(node, ast.Break)
    node.__class__ = ast.Continue if was else ast.Break  # type: ignore[assignment]
    return "break → continue" if was else "continue → break"
