"""Names: kept as the card writes them, in title case on papers."""

from __future__ import annotations

import re

from desk.text import clean_line

NAME_LIMIT = 200
"""Characters of the longest name a register takes; names of organisations are the long ones."""

_LETTERS = re.compile(r"[^\W\d_]+")


def name_of(text: str) -> str:
    """Return a name as it is stored: NFC, single blanks, the typed or scanned case kept."""
    return clean_line(text)


def has_letters(name: str) -> bool:
    """Return whether a name holds at least one letter."""
    return _LETTERS.search(name) is not None


def titled(name: str) -> str:
    """Return the name as papers write a person: capitals, or small letters throughout, become title case.

    A name that mixes the two is kept: its writer knew why. A part behind an apostrophe or a hyphen
    starts with a capital too, as in the names of the Central Highlands.

    >>> titled("NGUYỄN THỊ LAN"), titled("H'HEN NIÊ"), titled("Lò Văn ón")
    ('Nguyễn Thị Lan', "H'Hen Niê", 'Lò Văn ón')
    """
    letters = "".join(_LETTERS.findall(name))
    if not (letters.isupper() or letters.islower()):
        return name
    return _LETTERS.sub(lambda word: word[0][0].upper() + word[0][1:].lower(), name)
