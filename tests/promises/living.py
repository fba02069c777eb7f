"""Putting a fault into the program that runs: into a function, or into a module that is made anew.

Whoever had imported a name of a module by that name is given the new one. What was worked out from the old ones while
other modules were imported stays as it was: a fault that only shows there goes unseen, never the other way round,
because no test counts that fails after the module was made anew without a fault.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

_OURS = ("desk", "tests", "sample_data")


def in_function(path: Path, name: str, qualified: str, tree: ast.Module) -> Callable[[], None] | None:
    """Return what puts `tree`'s code of a function into the running module `name`; None where it cannot be."""
    module = sys.modules.get(name)
    function = _function_of(module, qualified) if module is not None else None
    code = _code_of(compile(tree, str(path), "exec"), qualified)
    if function is None or code is None or function.__code__.co_freevars != code.co_freevars:
        return None

    def put() -> None:
        function.__code__ = code

    return put


def made_anew(path: Path, name: str, tree: ast.Module) -> Callable[[], None] | None:
    """Return what makes a module of the running program anew from `tree`; None where it was never imported."""
    module, code = sys.modules.get(name), compile(tree, str(path), "exec")
    return None if module is None else lambda: _make_anew(module, code)


def _make_anew(module: ModuleType, code: CodeType) -> None:
    """Run `code` as `module` again, and give what comes out to all of ours who had imported what was there."""
    old = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    exec(code, vars(module))  # noqa: S102  # the module's own code, or with one fault
    new = vars(module)
    for name, other in list(sys.modules.items()):
        if other is None or other is module or name.partition(".")[0] not in _OURS:
            continue
        theirs = vars(other)
        for known, value in old.items():
            if known in theirs and theirs[known] is value:
                theirs[known] = new[known]


def _function_of(module: ModuleType, qualified: str) -> FunctionType | None:
    found: Any = module
    for name in qualified.split("."):
        found = vars(found).get(name) if isinstance(found, type | ModuleType) else None
    for inner in ("fget", "func", "__func__", "__wrapped__"):
        found = getattr(found, inner, found)
    return found if isinstance(found, FunctionType) else None


def _code_of(code: CodeType, qualified: str) -> CodeType | None:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            if const.co_qualname == qualified:
                return const
            inner = _code_of(const, qualified)
            if inner is not None:
                return inner
    return None
