"""How a workplace and an act that works everywhere make themselves known to the App: plain values."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from screens.keys.keymap import KeyId

if TYPE_CHECKING:
    from desk.rules.scans import ScanKind
    from screens.app import DeskApp
    from screens.base import DeskScreen
    from screens.widgets.header import HeaderFacts


class Services(Protocol):
    """What the App itself asks of the services that `open_services` returns."""

    def header_facts(self) -> HeaderFacts:
        """Return what the first line shows; quick, it is asked in the screens' own thread."""
        ...

    def keep_language(self, language: str) -> None:
        """Let the next start speak `language` too, where that can be kept; called in a thread."""
        ...


S = TypeVar("S", bound=Services)


@dataclass(frozen=True, slots=True)
class Workplace(Generic[S]):
    """One place of work, made once, shown again and again.

    name: how `go` calls it; title: a message id, its name in the palette.
    make: builds the screen out of the services, at the first visit, in the screens' thread.
    key: the line of the key map that opens it from everywhere; None where only other screens lead there.
    scans: the kinds of scan that open it from everywhere, the scan as its errand.
    listed: whether the palette lists it.
    covers: it lies over the others, which keep all that is on them (a locked desk, the citizen's survey);
    `Rooms.uncover` takes it away, and no Esc leads back to it.
    """

    name: str
    title: str
    make: Callable[[S], DeskScreen]
    key: KeyId | None = None
    scans: frozenset[ScanKind] = frozenset()
    listed: bool = True
    covers: bool = False


@dataclass(frozen=True, slots=True)
class Everywhere(Generic[S]):
    """An act that works on every screen (undo, practice).

    title: a message id; act: awaited by the queue of keys.
    key: its line of the key map; letter: what runs it in the palette, for acts without a key.
    """

    title: str
    act: Callable[[DeskApp[S], S], Awaitable[None]]
    key: KeyId | None = None
    letter: str = ""
