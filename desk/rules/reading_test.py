"""The reading test of a scanner: a text is scanned, and what came in tells what stands in the way.

The text holds what Telex (`DD`, `W`) and VNI (`O7`) turn into other letters, so that an input method shows
itself, and the ten digits, which the keyboard layout "Vietnamese" (TCVN) turns into letters. It is no scan of a
paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from desk.rules.layout_digits import digits_back

TEST_TEXT: Final = "DD0912/W/O7/0123456789"
"""What the code on the head-check page says."""
_DIGITS: Final = TEST_TEXT.rpartition("/")[2]

Ended = Literal["cr", "crcr", "lf", "tab", "none"]
Fault = Literal["nothing", "other_text", "cut", "layout", "input_method", "caps_lock", "no_end"]


class Reading(NamedTuple):
    """What a reading test found."""

    faults: tuple[Fault, ...]
    """What stands in the way, the first thing to put right first; () for a scanner that is right.

    nothing: no text came. other_text: another code was scanned. cut: a part is missing (speed, cable). layout:
    the keyboard layout is Vietnamese. input_method: Telex or VNI is on. caps_lock: capitals are turned.
    no_end: nothing followed the text, so each scan would wait for the officer's Enter.
    """
    ended: Ended
    """What ended the text: the setting that fits this scanner."""

    @property
    def is_right(self) -> bool:
        """Whether papers will be read: the setting may still have to be changed to `ended`."""
        return not self.faults


def reading_of(typed: str, ended: Ended) -> Reading:
    """Return what `typed` (as the keys came in, without its end) says of the scanner and the keyboard."""
    faults = list(_faults(typed.strip("\r\n\t ")))
    if ended == "none" and "nothing" not in faults:
        faults.append("no_end")
    return Reading(tuple(faults), ended)


_ENDS: Final[Mapping[tuple[str, ...], Ended]] = {
    (): "none",
    ("\r",): "cr",
    ("\r", "\n"): "cr",
    ("\r", "\r"): "crcr",
    ("\r", "\n", "\r", "\n"): "crcr",
    ("\n",): "lf",
    ("\t",): "tab",
}


def ended_with(ends: Sequence[str]) -> Ended:
    """Return which setting fits the line ends (CR, LF, Tab) that followed a text; of unusual ones the beginning.

    >>> ended_with("\\r\\n")
    'cr'
    """
    return next(_ENDS[tuple(ends[:n])] for n in range(len(ends), -1, -1) if tuple(ends[:n]) in _ENDS)


def _faults(typed: str) -> list[Fault]:
    if not typed or typed == TEST_TEXT:
        return [] if typed else ["nothing"]
    found: list[Fault] = []
    if not typed.endswith(_DIGITS) and digits_back(typed).endswith(_DIGITS):
        found, typed = ["layout"], digits_back(typed)
    folded, wanted = typed.casefold(), TEST_TEXT.casefold()
    if folded == wanted:
        return found or ["caps_lock"]
    if wanted.startswith(folded) or wanted.endswith(folded):
        return [*found, "cut"]
    return [*found, "input_method"] if typed.endswith(_DIGITS) else ["other_text"]
