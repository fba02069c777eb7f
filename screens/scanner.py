"""The scan rule: a scan is known by its form, never by its speed (decisions, 4). No clock and no widget here.

A scanner types like a hand. Every key passes through a `Scanner` before it reaches the screen, and comes out
as steps for the queue of keys:

- In a field that only takes text, keys are given at once, so that typing has no delay. If the run of keys
  turns out to be a scan and came at a scanner's speed, the field is put back as it was before the run.
- Where a key acts at once (a list chosen by digits, a PIN that submits itself), keys that write are held for
  GAP_S: else the first digit of a slip would open a list. LONG_RUN of them at a scanner's speed are held for
  SUFFIX_S anywhere. What is no scan is then given in its order; nothing is ever lost.
- A scan ends with the scanner's suffix, with another key, or with a silence of SUFFIX_S. The keys of the
  suffix within SUFFIX_S belong to the scan, and no others.
- What came at a hand's speed is a scan too if it has the form and the suffix follows; it stays in its field.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from desk.rules.scans import Scan

Suffix = Literal["cr", "crcr", "lf", "tab", "none"]
"""What a scanner sends after the text; `cr` stands for one CR or CRLF."""

GAP_S = 0.03
"""Keys that follow each other within this are at a scanner's speed."""
SUFFIX_S = 0.15
"""The suffix belongs to the scan within this time after its last character."""
LONG_RUN = 12
"""So many letters at a scanner's speed are held in text fields too; an input method sends fewer at once."""
KEYS_AHEAD = 8
"""So many keys of a hand may have been read together with a scan by a machine that was busy for a while."""
LONG_CODE = 40
"""Characters that no short form has: a card or a slip, whose form nothing else has by chance."""
MEMORY = 2_000
"""Keys of a run that are remembered, as many as the longest scan has (`desk.rules.scans.SCAN_LIMIT`)."""

_SUFFIX_KEYS: dict[Suffix, tuple[str, ...]] = {
    "cr": ("enter", "ctrl+j"),
    "crcr": ("enter", "enter"),
    "lf": ("ctrl+j",),
    "tab": ("tab",),
    "none": (),
}
_SEPARATORS = frozenset("\x1c\x1d\x1e\x1f")


class Stroke(NamedTuple):
    """One key as it was read."""

    key: str
    """Textual's name of it."""
    character: str | None
    at_s: float
    """When it was read, in seconds of a clock that never jumps."""

    @property
    def writes(self) -> bool:
        """Whether it may be part of a scan: a letter, a mark, or what damaged scans hold in their place."""
        c = self.character
        return c is not None and len(c) == 1 and (c.isprintable() or ord(c) >= 0x80 or c in _SEPARATORS)


@runtime_checkable
class TextField(Protocol):
    """A widget into which a scan may have run by mistake and that can be put back."""

    def before_scan(self) -> object:
        """Return what the field holds now, for `undo_scan`."""
        ...

    def undo_scan(self, before: object) -> None:
        """Put back what the field held."""
        ...


class Give(NamedTuple):
    """Hand the key to the screen."""

    stroke: Stroke

    @property
    def at_s(self) -> float:
        """When the key was read."""
        return self.stroke.at_s


class TakeBack(NamedTuple):
    """Put a field back as it was."""

    field: TextField
    before: object
    at_s: float


class Found(NamedTuple):
    """A scan."""

    scan: Scan
    at_s: float


Step = Give | TakeBack | Found


@dataclass(slots=True)
class _Written:
    """A key of the run."""

    stroke: Stroke
    field: TextField | None
    before: object
    """What the field held before this key; None where the key was held or nothing could be put back."""
    given: bool


def _by_its_form(text: str) -> Scan | None:
    """Say what a text is; the rule is brought in by the first run of keys, so that the first paint waits for none."""
    from desk.rules.scans import classify

    return classify(text)


@dataclass(slots=True)
class Scanner:
    """Tells scans from typing: give it every key with `take`, and silence with `silence`.

    classify: says what a text is by its form; least: characters of the shortest form.
    """

    suffix: Suffix = "cr"
    gap_s: float = GAP_S
    classify: Callable[[str], Scan | None] = _by_its_form
    least: int = 17
    _run: list[_Written] = field(default_factory=list)
    _at_speed: int = 0
    """Letters at the end of the run that came at a scanner's speed."""
    _looked: bool = False
    """Whether the run was looked at since its last key."""
    _suffix_left: tuple[str, ...] = ()
    _suffix_until_s: float = 0.0
    _line_ended_at_s: float = -inf

    def take(self, stroke: Stroke, into: TextField | None) -> list[Step]:
        """Return what is to be done, in this order, now that `stroke` was read.

        into: the focused field if its keys only write; None where a key may act.
        """
        if self._is_rest_of_suffix(stroke):
            return []
        steps = self.silence(stroke.at_s)
        if self._run and self._run[-1].given and self._run[-1].field is not into:
            self._run.clear()  # keys that are still held go on: the first of a scan came before its screen did
        if stroke.writes or (stroke.key == "backspace" and self._run):
            return steps + self._written(stroke, into)
        return steps + self._ended(stroke)

    def silence(self, now_s: float) -> list[Step]:
        """Return what is to be done when nothing more was read until `now_s`."""
        waiting_s = self.patience_s(now_s)
        if waiting_s is None or waiting_s > 0:
            return []
        self._looked = True
        found = self._scan_at_speed() if self._patience() == SUFFIX_S else []
        if found:
            self._run.clear()
        return found or self._all_given()

    def interrupt(self) -> list[Step]:
        """Return what is to be done before something comes that is no key: the run is over."""
        steps = self._scan_at_speed() or self._all_given()
        self._run.clear()
        return steps

    def patience_s(self, now_s: float) -> float | None:
        """Return for how long from `now_s` to wait for the next key before `silence`; None: for ever."""
        if not self._run or self._looked:
            return None
        return max(0.0, self._run[-1].stroke.at_s + self._patience() - now_s)

    def _patience(self) -> float:
        holds_few = not self._run[-1].given and self._at_speed < LONG_RUN
        return self.gap_s if holds_few else SUFFIX_S

    def _written(self, stroke: Stroke, into: TextField | None) -> list[Step]:
        follows = bool(self._run) and stroke.at_s - self._run[-1].stroke.at_s <= self.gap_s
        self._at_speed = 0 if not stroke.writes else self._at_speed + 1 if follows else 1
        held = into is None or self._at_speed >= LONG_RUN or bool(self._run and not self._run[-1].given)
        before = None if held or into is None else into.before_scan()
        self._run.append(_Written(stroke, into, before, given=not held))
        self._looked = False
        if len(self._run) > MEMORY:  # no scan is that long
            given: list[Step] = self._all_given() if held else [Give(stroke)]
            del self._run[: -MEMORY // 2]
            return given
        return [] if held else [Give(stroke)]

    def _ended(self, stroke: Stroke) -> list[Step]:
        """Return the steps of a key that does not write: the run is over, a scan or not."""
        keys = _SUFFIX_KEYS[self.suffix]
        is_suffix = (
            bool(self._run and keys) and stroke.key == keys[0] and stroke.at_s - self._run[-1].stroke.at_s <= SUFFIX_S
        )
        found = self._scan_at_speed() or (self._scan_by_hand() if is_suffix else [])
        steps = found or self._all_given()
        self._run.clear()
        if found and is_suffix:
            self._suffix_left, self._suffix_until_s = keys[1:], stroke.at_s + SUFFIX_S
            return steps
        return steps + self._line_end(stroke)

    def _line_end(self, stroke: Stroke) -> list[Step]:
        """Return the step of a key, LF as CR; the LF of a CRLF is not a second Enter."""
        if stroke.key == "ctrl+j":
            if stroke.at_s - self._line_ended_at_s <= self.gap_s:
                return []
            return [Give(stroke._replace(key="enter", character="\r"))]
        if stroke.key == "enter":
            self._line_ended_at_s = stroke.at_s
        return [Give(stroke)]

    def _is_rest_of_suffix(self, stroke: Stroke) -> bool:
        left, self._suffix_left = self._suffix_left, ()
        if left and stroke.key == left[0] and stroke.at_s <= self._suffix_until_s:
            self._suffix_left = left[1:]
            return True
        return False

    def _all_given(self) -> list[Step]:
        return [step for written in self._run for step in _held(written)]

    def _scan_at_speed(self) -> list[Step]:
        """Return the steps of the scan with which the run ends at a scanner's speed; none without one.

        The longest piece is tried first: in a long code that came in pieces, the last of them may have the
        form of a short one. A piece begins where the keys paused, and holds no pause longer than SUFFIX_S.
        """
        last = len(self._run) - 1
        pauses: list[int] = []
        for at in range(last, -1, -1):
            gap_s = self._gap_before_s(at)
            if gap_s > self.gap_s:
                pauses.append(at)
            if gap_s > SUFFIX_S:
                break
        for at in reversed(pauses):
            scan = self._fast_scan(at)
            if scan is not None:
                behind = None if self._is_digit(at) else self._behind_keys(at)
                return behind or self._steps_of(scan, at)
        return (self._behind_keys(pauses[-1]) if pauses else None) or []

    def _behind_keys(self, begin: int) -> list[Step] | None:
        """Return the steps of a card or a slip that a busy machine read in one go with a hand's keys before it.

        Both begin with a digit. An address before a slip's digits is longer than what a hand types ahead.
        """
        for at in range(begin + 1, min(begin + KEYS_AHEAD, len(self._run) - LONG_CODE) + 1):
            if not (self._run[at - 1].stroke.character or "").isalnum():
                return None
            if self._is_digit(at) and (scan := self._fast_scan(at)) is not None:
                return self._steps_of(scan, at)
        return None

    def _fast_scan(self, begin: int) -> Scan | None:
        """Return the scan of the run from `begin` on, if it has the form and came at a scanner's speed."""
        last = len(self._run) - 1
        lasted_s = self._run[last].stroke.at_s - self._run[begin].stroke.at_s
        if last - begin + 1 < self.least or lasted_s > self.gap_s * (last - begin):
            return None
        return self.classify(self._text(begin))

    def _is_digit(self, at: int) -> bool:
        return (self._run[at].stroke.character or "").isdecimal()

    def _scan_by_hand(self) -> list[Step]:
        scan = self.classify(self._text(0)) if len(self._run) >= self.least else None
        return [] if scan is None else [*self._all_given(), Found(scan, self._run[-1].stroke.at_s)]

    def _steps_of(self, scan: Scan, begin: int) -> list[Step]:
        steps: list[Step] = [step for written in self._run[:begin] for step in _held(written)]
        first, at_s = self._run[begin], self._run[-1].stroke.at_s
        if first.given and first.field is not None and first.before is not None:
            steps.append(TakeBack(first.field, first.before, at_s))
        return [*steps, Found(scan, at_s)]

    def _gap_before_s(self, at: int) -> float:
        return self._run[at].stroke.at_s - self._run[at - 1].stroke.at_s if at else inf

    def _text(self, begin: int) -> str:
        """Return what the run wrote from `begin` on, as it stood after its own backspaces."""
        letters: list[str] = []
        for written in self._run[begin:]:
            if written.stroke.writes:
                letters.append(written.stroke.character or "")
            elif letters:
                letters.pop()
        return "".join(letters)


def _held(written: _Written) -> list[Step]:
    """Return the step of a key that was held until now."""
    if written.given:
        return []
    written.given = True
    return [Give(written.stroke)]
