"""The faults that are put into the rules: each kind once, nothing that no run can notice, and a short run."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.promises import rules
from tests.promises.mutations import mutants


def faults(source: str) -> list[str]:
    """Return what the faults of a source are, in order."""
    return [one.what for one in mutants(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", ["a < b → a <= b"]),
        ("x = a is not b", ["a is not b → a is b"]),
        ("x = a not in b", ["a not in b → a in b"]),
        ("x = a + b", ["a + b → a - b"]),
        ("x = a // b % c", ["a // b % c → a // b // c", "a // b → a * b"]),
        ("x = a and b", ["a and b → a or b"]),
        ("x = not a", ["not a → not not a"]),
        ("x = 7", ["7 → 8"]),
        ("x = -1", ["the sign left out: +1", "1 → 2"]),
        ("x = True", ["True → False"]),
        ("x = 'a'", ["'a' → 'XXaXX'"]),
        ("x = ''", []),
        ("x = None", []),
        ("x += y", ["x += y → x -= y", "left out: x += y"]),
        ("if a:\n    b", ["turned round: a"]),
        ("x = a if b else c", ["turned round: b"]),
        ("x = [a for a in b if c]", ["filter turned round: c"]),
        ("def f():\n    return x", ["nothing returned for x"]),
        ("def f():\n    return None", []),
        ("f(x)", ["left out: f(x)"]),
        ("raise x", ["left out: raise x"]),
        ("while a:\n    break", ["turned round: a", "break → continue"]),
        ("for a in b:\n    continue", ["continue → break"]),
        ("def f(x=3):\n    return None", ["3 → 4"]),
    ],
)
def test_each_kind_of_fault_is_put_in_where_it_can_be(source: str, expected: list[str]) -> None:
    assert faults(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""What it is."""',
        "class A:\n    x = y\n    '''What it is.'''",
        "x: Literal['a'] = y",
        "def f(x: 'int') -> 'int':\n    return None",
        "X = Literal['a', 'b']",
        "x = _('It is late.')",
        "x = N_('It is late.')",
        "if TYPE_CHECKING:\n    import a",
        "x: int | None = y",
        "class A(Protocol):\n    def f(self):\n        return 1",
        "x = cast('int', 1)",
    ],
)
def test_what_no_run_can_notice_is_left_alone(source: str) -> None:
    assert faults(source) == []


def test_a_fault_knows_its_function_its_line_and_leaves_the_rest_as_it_was() -> None:
    source = "A = 1\n\nclass B:\n    def c(self):\n        def d():\n            return 2\n        return d\n"
    found = {(one.line, one.function): one for one in mutants(source)}
    assert set(found) == {(1, ""), (6, "B.c"), (7, "B.c")}
    changed = ast.unparse(found[1, ""].tree)
    assert changed == ast.unparse(ast.parse(source.replace("A = 1", "A = 2")))


@pytest.mark.skipif(sys.platform == "win32", reason="fork is of POSIX")
def test_a_short_run_sees_the_faults_of_a_small_module_and_names_those_it_does_not_see() -> None:
    told: list[str] = []
    seen = rules.run("redating.py", 1, ["tests/desk/rules/test_redating.py"], told.append)
    assert (len(seen.tried), seen.faults, told) == (6, [], [])
    unseen = rules.run("redating.py", 1, ["tests/desk/rules/test_shares.py"], told.append)
    assert unseen.faults == ["less than 90% were seen"]
    assert len(told) == len(unseen.tried) == 6
    assert told[0].startswith("desk/rules/redating.py:")
