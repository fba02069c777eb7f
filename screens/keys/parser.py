"""What the terminal's bytes mean where Textual's own reading would lose or invent keys.

**The Esc rule** (decisions, 4): ESC followed by a printable key other than `[` and `O`, or by Enter, Tab or
Backspace, is Esc and then that key. Textual makes an Alt key or a `^` of it, and with the escape-time of
tmux both come in one read. Here every escape sequence is collected whole before Textual's parser sees it,
so the parser never has to guess:

- ESC alone (nothing more for ESCAPE_DELAY_S) is Esc; so is ESC before another ESC;
- `ESC [` or `ESC O` alone for as long is Esc, then that key;
- a whole sequence unknown to Textual is dropped, never typed into a field;
- a paste is everything between its two marks, whatever it holds; it can never break out and become keys;
- reports of the terminal's own focus are dropped: the cursor stays where the officer left it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from desk.clock import monotonic_s

ESC = "\x1b"
ESCAPE_DELAY_S = 0.1
"""How long an ESC may stand alone before it is the Esc key."""
PASTE_SILENCE_S = 1.0
"""A paste whose end mark does not come is over after this silence."""
PASTE_LIMIT = 1_000_000
"""Characters of a paste that are kept; the rest is dropped."""

_PASTE_BEGIN = "\x1b[200~"
_PASTE_END = "\x1b[201~"
_UNDECIDED = (ESC, "\x1b[", "\x1bO")
_LINUX_CONSOLE = "\x1b[["  # F1 to F5 there: the second bracket is not the end
_SEQUENCE_LIMIT = 256


class DeskParser:
    """Reads keys, pastes and reports out of decoded text; stands in for Textual's XTermParser.

    monotonic: seconds of a clock that never jumps.
    """

    def __init__(self, debug: bool = False, monotonic: Callable[[], float] = monotonic_s) -> None:
        self._inner = XTermParser(debug)
        self._monotonic = monotonic
        self._sequence = ""
        self._paste: list[str] | None = None
        self._last_at_s = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """Yield what `data` says; "" is the end of the input."""
        self._last_at_s = self._monotonic()
        if not data:
            yield from self._inner.feed(data)
            return
        for character in data:
            if self._paste is not None:
                yield from self._pasted(self._paste, character)
            elif self._sequence:
                yield from self._continued(character)
            else:
                yield from self._begun(character)

    def tick(self) -> Iterable[Message]:
        """Yield what the silence since the last character says; to be called every tenth of a second."""
        silence_s = self._monotonic() - self._last_at_s
        if self._paste is not None and silence_s >= PASTE_SILENCE_S:
            yield self._paste_ended("".join(self._paste))
        elif self._sequence in _UNDECIDED and silence_s >= ESCAPE_DELAY_S:
            yield from self._broken_off()

    def _begun(self, character: str) -> Iterator[Message]:
        if character == ESC:
            self._sequence = ESC
        else:
            yield from self._inner.feed(character)

    def _continued(self, character: str) -> Iterator[Message]:
        if character == ESC or (self._sequence == ESC and character not in "[O"):
            yield from self._broken_off()
            yield from self._begun(character)
            return
        self._sequence += character
        if self._sequence == _PASTE_BEGIN:
            self._sequence, self._paste = "", []
        elif _is_whole(self._sequence):
            whole, self._sequence = self._sequence, ""
            yield from self._understood(whole)

    def _broken_off(self) -> Iterator[Message]:
        """Yield the keys of a sequence that did not go on; a long one was none that a hand typed."""
        broken, self._sequence = self._sequence, ""
        if broken in _UNDECIDED:
            yield events.Key("escape", ESC)
            for character in broken[1:]:
                yield from self._inner.feed(character)

    def _understood(self, sequence: str) -> Iterator[Message]:
        tokens = list(self._inner.feed(sequence))
        if not tokens:  # unknown: Textual's parser would go on reading, so that a new one takes its place
            self._inner = XTermParser()
        yield from (t for t in tokens if not isinstance(t, events.AppFocus | events.AppBlur))

    def _pasted(self, paste: list[str], character: str) -> Iterator[Message]:
        paste.append(character)
        if character == "~" and "".join(paste[-len(_PASTE_END) :]) == _PASTE_END:
            yield self._paste_ended("".join(paste[: -len(_PASTE_END)][:PASTE_LIMIT]))
        elif len(paste) > PASTE_LIMIT + len(_PASTE_END):
            del paste[PASTE_LIMIT : -len(_PASTE_END)]

    def _paste_ended(self, text: str) -> events.Paste:
        self._paste = None
        return events.Paste(text)


def _is_whole(sequence: str) -> bool:
    """Return whether an escape sequence beginning `ESC [` or `ESC O` has its last character.

    Source: ECMA-48, 5.4 (parameters 0x30-0x3F, intermediates 0x20-0x2F, a final 0x40-0x7E).
    """
    if len(sequence) < 3:
        return False
    last = sequence[-1]
    if sequence == _LINUX_CONSOLE:
        return False
    if len(sequence) > _SEQUENCE_LIMIT or not " " <= last <= "\x7e":
        return True
    return "@" <= last <= "~" or (last == "$" and sequence in ANSI_SEQUENCES_KEYS)
