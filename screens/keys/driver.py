"""The terminal's driver: keys go straight to the queue, and a terminal that is gone stops nothing.

Textual's drivers read and write the terminal; here they get the parser of `screens.keys.parser`, stamp each
key where it was read (not where a busy program comes round to it), survive bytes that are no UTF-8, and
tell the App once when the terminal is gone (its window closed, its line dropped).
"""

from __future__ import annotations

import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from typing import IO, Any, Protocol, cast

from textual import events
from textual.driver import Driver
from textual.message import Message

from screens.keys.parser import DeskParser

_READ_SIZE = 4096
_TICK_S = 0.1


class KeyTaking(Protocol):
    """What a driver needs of the App."""

    @property
    def real_desk(self) -> bool:
        """Whether real citizens' data are on the screen."""
        ...

    def monotonic(self) -> float:
        """Return seconds of a clock that never jumps."""
        ...

    def take_key(self, event: events.Key | events.Paste, at_s: float) -> None:
        """Put a key or a paste, read at `at_s`, into the queue; called in the App's loop."""
        ...

    def hung_up(self) -> None:
        """Save what must be saved and end: the terminal is gone; called in the App's loop."""
        ...


class _Queued(Driver):
    """Sends keys and pastes to the queue of the App, everything else Textual's way."""

    def process_message(self, message: Message) -> None:
        self.process_read([message], cast(KeyTaking, self._app).monotonic())

    def process_read(self, messages: Iterable[Message], at_s: float) -> None:
        """Take everything that one read at `at_s` brought, in one go.

        Handed over key by key, a scan would come in pieces, with pauses in it, where a busy machine seldom
        comes round to this thread.
        """
        keys: list[events.Key | events.Paste] = []
        for message in messages:
            if isinstance(message, events.Key | events.Paste):
                message.set_sender(self._app)
                keys.append(message)
            else:
                super().process_message(message)
        if keys:
            self._loop.call_soon_threadsafe(self._take, keys, at_s)

    def _take(self, keys: Iterable[events.Key | events.Paste], at_s: float) -> None:
        app = cast(KeyTaking, self._app)
        for key in keys:
            app.take_key(key, at_s)


class _Output:
    """The terminal to write on; after the first failure (the terminal is gone) it swallows everything.

    Textual's writing thread would die of the failure and the next thirty writes block the program.
    """

    def __init__(self, file: IO[str], on_gone: Callable[[], None]) -> None:
        self._file = file
        self._on_gone = on_gone
        self._gone = False

    def write(self, text: str) -> None:
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        self._try(self._file.flush)

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()

    def _try(self, write: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            write()
        except (OSError, ValueError):  # ValueError: the file is closed already
            self._on_gone()

    def give_up(self) -> None:
        """Write nowhere from now on: what is left in buffers would fail again when the program ends."""
        self._gone = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for number in (1, 2):
            os.dup2(nowhere, number)
        os.close(nowhere)


def driver_class() -> type[Driver]:
    """Return the driver for this platform; the platform's modules are imported here only."""
    return _windows_driver() if sys.platform == "win32" else _linux_driver()


def _linux_driver() -> type[Driver]:
    # termios: does not exist on Windows, where this module is imported too
    from textual.drivers.linux_driver import LinuxDriver

    class DeskLinuxDriver(_Queued, LinuxDriver):
        """Linux and macOS."""

        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            app = cast(KeyTaking, self._app)
            terminal: Any = self._file
            self._output = _Output(terminal, self._gone)
            self._file = cast(Any, self._output)
            if app.real_desk:  # a stopped program would leave a citizen's data behind in a shell
                signal.signal(signal.SIGTSTP, signal.SIG_IGN)

        def _gone(self) -> None:
            self._output.give_up()
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(cast(KeyTaking, self._app).hung_up)

        def run_input_thread(self) -> None:
            """Read the terminal until the App ends or the terminal is gone."""
            parser = DeskParser()
            decode = getincrementaldecoder("utf-8")("replace").decode
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(_TICK_S):
                        read = _read(self.fileno)
                        if not read:
                            self._gone()
                            return
                        at_s = cast(KeyTaking, self._app).monotonic()
                        text = decode(read)  # "" in the middle of a letter
                        self.process_read(parser.feed(text) if text else (), at_s)
                    for message in parser.tick():
                        self.process_message(message)

    return DeskLinuxDriver


def _read(file_number: int) -> bytes:
    """Return what can be read; nothing at the end of the input or when the terminal is gone (EIO)."""
    try:
        return os.read(file_number, _READ_SIZE)
    except OSError:
        return b""


def _windows_driver() -> type[Driver]:
    # win32: needs Windows' own libraries
    from textual.drivers import win32
    from textual.drivers.windows_driver import WindowsDriver

    class DeskWindowsDriver(_Queued, WindowsDriver):
        """Windows."""

    # The thread that reads the console makes its parser by this name
    vars(win32)["XTermParser"] = DeskParser
    return DeskWindowsDriver
