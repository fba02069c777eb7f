"""Waits at the center for word of what others wrote, in a thread of its own, so that it comes within a second.

It only wakes the exchange, which goes on calling by its own clock: where no word comes, nothing is lost but time.
Nothing of the desk waits for it: what is saved here goes out meanwhile, and closing breaks it off.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Final, Protocol, runtime_checkable

from desk import diagnostics
from desk.clock import monotonic_s
from desk.errors.base import DeskError
from storage.sync.listening import WAIT_S, News

AT_MOST_EACH_S: Final = 2.0
"""Word that comes sooner after the last waits so long: a busy neighbour costs one exchange in two seconds."""
AFTER_TROUBLE_S: Final = 120.0
"""After a question that failed none is asked for so long; an older center knows none at all."""
_STOP_S: Final = 3.0


@runtime_checkable
class WaitingLine(Protocol):
    """A line over which a question may wait; practice has none."""

    def wait(self, message: bytes) -> bytes:
        """Return the answer to a question that waits; raises SyncTrouble."""
        ...

    def give_up(self) -> None:
        """Break off what is on its way, from any thread; the line is of no use afterwards."""
        ...


class Listener:
    """Asks again and again while the desk is up to date.

    opened: opens a line to the center; raises DeskError. ask: puts one question. heard: called at word from the center.
    """

    def __init__(
        self,
        opened: Callable[[], AbstractContextManager[object]],
        ask: Callable[[WaitingLine], News],
        heard: Callable[[], None],
    ) -> None:
        self._opened = opened
        self._ask = ask
        self._heard = heard
        self.is_listening = False
        """Whether the center lets this desk wait: word will come, so the exchange may call less often."""
        self._stop = threading.Event()
        self._go = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)
        self._lock = threading.Lock()
        self._line: WaitingLine | None = None
        self._not_before_s = monotonic_s()
        self._told_at_s = self._not_before_s - AT_MOST_EACH_S

    def start(self) -> None:
        """Begin; the first question is put once `go_on` was called."""
        self._thread.start()

    def go_on(self) -> None:
        """Ask (again): the desk has just taken everything."""
        if monotonic_s() >= self._not_before_s:
            self._go.set()

    def stop(self) -> None:
        """End; a question on its way is broken off."""
        self._stop.set()
        self._go.set()
        with self._lock:
            if self._line is not None:
                self._line.give_up()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._go.wait()
            self._go.clear()
            try:
                with ExitStack() as stack:
                    self._listen(stack)
            except DeskError as trouble:
                if not self._stop.is_set():
                    diagnostics.note("listening failed", code=trouble.code)
            except Exception as fault:  # nobody reads this thread's end: the exchange goes on calling without it
                diagnostics.failure("listening", fault)
            self.is_listening = False
            self._not_before_s = monotonic_s() + AFTER_TROUBLE_S

    def _listen(self, stack: ExitStack) -> None:
        """Ask over one line until it fails, the center lets nobody wait, or the desk closes."""
        line = stack.enter_context(self._opened())
        if not isinstance(line, WaitingLine):
            self._stop.set()
            return
        with self._lock:
            self._line = line
        try:
            while not self._stop.is_set():
                began_s = monotonic_s()
                found = self._ask(line)
                self.is_listening = found.is_held
                if found.is_there:
                    self._stop.wait(max(0.0, self._told_at_s + AT_MOST_EACH_S - monotonic_s()))
                    self._told_at_s = monotonic_s()
                    self._go.clear()  # an exchange that ended before this word did not take what it speaks of
                    if self._stop.is_set():
                        return
                    self._heard()
                elif not found.is_held:
                    return
                elif monotonic_s() - began_s > WAIT_S / 2:
                    continue
                self._go.wait()  # the exchange comes at least each ten minutes, and then there is something to ask
                self._go.clear()
        finally:
            with self._lock:
                self._line = None
