"""Other keys for an office, from its settings: `keys = "return=f10, lock=ctrl+k"`, each act on a key of its own.

Esc and Ctrl+G stay what they are: they are the way out and the way to everything, whoever sits down here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from desk.errors.store import KeyTwice, KeyUnfit
from screens.keys.keymap import KEYMAP, KeyId, KeyLine, binding_id

_FIXED: Final = ("back", "palette")
_FIT: Final = frozenset({*(f"f{n}" for n in range(1, 13)), *(f"ctrl+{letter}" for letter in "bdefgklnoprstvwxyz")})
"""What every terminal sends and no field needs: Ctrl+A, C, H, I, J, M, Q and U have meanings of their own."""
_PART: Final = re.compile(r"\s*([a-z_]+)\s*=\s*([a-z0-9+]+)\s*", re.ASCII)

Remapped = Mapping[KeyId, str]
"""The first key of each act that has another one than the table's, by Textual's names."""


def read(text: str) -> Remapped:
    """Return what a setting remaps; raises KeyUnfit for an act or a key that is none, KeyTwice for a clash."""
    remapped: dict[KeyId, str] = {}
    lines: dict[str, KeyLine] = {line.id: line for line in KEYMAP if line.id not in _FIXED}
    for part in filter(str.strip, text.lower().split(",")):
        match = _PART.fullmatch(part)
        line = lines.get(match[1]) if match is not None else None
        if match is None or line is None or match[2] not in _FIT or line.id in remapped:
            raise KeyUnfit(part=part.strip()[:40], acts=", ".join(lines))
        remapped[line.id] = match[2]
    _refuse_clashes(remapped)
    return remapped


def textual_keymap(remapped: Remapped) -> dict[str, str]:
    """Return the keymap for `App.set_keymap`; a second key of an act (Ctrl+S) stays with it, if nobody else has it."""
    return {
        binding_id(line.id): ",".join((remapped[line.id], *_others(line.keys, remapped)))
        for line in KEYMAP
        if line.id in remapped
    }


def renamed(remapped: Remapped) -> dict[str, str]:
    """Return how sentences name the keys now, by how the table's sentences name them."""
    names: dict[str, str] = {}
    for line in KEYMAP:
        if line.id in remapped:
            names[line.shown] = shown(remapped[line.id])
            if line.keys.startswith("ctrl+"):
                names[f"Ctrl+{line.keys[5:6].upper()}"] = _long(remapped[line.id])
    return names


def shown(key: str) -> str:
    """Return a key as the screen writes it: F10, ^K."""
    return f"^{key[5:].upper()}" if key.startswith("ctrl+") else key.capitalize()


def _long(key: str) -> str:
    return f"Ctrl+{key[5:].upper()}" if key.startswith("ctrl+") else key.capitalize()


def _others(keys: str, remapped: Remapped) -> list[str]:
    return [key for key in keys.split(",")[1:] if key not in remapped.values()]


def _refuse_clashes(remapped: Remapped) -> None:
    taken: dict[str, str] = {}
    for line in KEYMAP:
        key = remapped.get(line.id) or line.keys.partition(",")[0]
        if key in taken:
            raise KeyTwice(key=shown(key), one=taken[key], other=line.id)
        taken[key] = line.id
