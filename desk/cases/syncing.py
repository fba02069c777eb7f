"""Sending what the log holds to the center: once, or for ever beside the work.

What is unsent follows from what the center says it has; there is no flag that could be left set. The loop has a
wake-up planned in every state: soon after a new event, every half minute while all is well, backed off after
a failure.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from desk import diagnostics
from desk.cases.context import Context
from desk.cases.listening import Listener, WaitingLine
from desk.clock import monotonic_s
from desk.errors.base import DeskError, SyncTrouble
from desk.errors.store import FileUnwritable
from desk.errors.sync import CopyAlive, DeskRevoked, DeskUnknown, ForkFound, NotEnrolled
from storage import bundle
from storage.blobs import Blobs
from storage.queries import own
from storage.sync import files, listening, sticks
from storage.sync.enrolling import Enrolled, enrol
from storage.sync.exchange import Outcome, exchange_once
from storage.sync.files_look import look_anew
from storage.sync.leaving import let_files_go
from storage.sync.listening import News
from storage.sync.looking_up import look_up
from storage.sync.segments import Pace
from storage.sync.state import SyncStatus, status
from storage.sync.sticks import Exported, Replied
from storage.sync.waiting import LISTENING_POLL_S, POLL_S, first_contact_wait_s, fraction, retry_wait_s

LOOK_S: Final = 2.0
"""How soon after a saved act the loop looks for something to send."""
_BY_HAND: Final = (ForkFound, CopyAlive, DeskRevoked, DeskUnknown)
_STOP_S: Final = 3.0
_LONGEST_ASKED_S: Final = 3600


class Line(Protocol):
    """A line to a center: bytes to bytes, whatever carries them."""

    def sync(self, message: bytes) -> bytes:
        """Return the answer to an exchange; raises SyncTrouble."""
        ...

    def enrol(self, message: bytes) -> bytes:
        """Return the answer to the request to join; raises SyncTrouble."""
        ...

    def files(self, message: bytes) -> bytes:
        """Return the answer about files of attachments; raises SyncTrouble."""
        ...


@dataclass(frozen=True, slots=True)
class Syncing:
    """The exchange of this desk with its center.

    line: opens a line to the center at an address. keep_salt: puts the unit's secret beside the desk's key.
    """

    context: Context
    line: Callable[[str], AbstractContextManager[Line]]
    keep_salt: Callable[[bytes], None]
    app: str
    pace: Pace = field(default_factory=Pace)
    stride: files.Stride = field(default_factory=files.Stride)

    def status(self) -> SyncStatus:
        """Return where the exchange stands, from the log and the center's last word alone."""
        with self.context.store.reading() as session:
            return status(session, self.context.settings.desk)

    def needs_person(self) -> SyncTrouble | None:
        """Return the trouble of the last exchange that no further try mends: a copied desk, a revoked key."""
        failure = self.status().last_failure
        return next((kind() for kind in _BY_HAND if kind.code == failure), None)

    def once(self) -> Outcome:
        """Exchange until the center has everything; raises NotEnrolled before the desk joined, SyncTrouble.

        Then files of attachments go both ways for a while; what they meet is noted and is no trouble of the exchange.
        """
        url, center_key = self._joined()
        with self.line(url) as line:
            outcome = exchange_once(self.context.log, line.sync, center_key, app=self.app, pace=self.pace)
            try:
                store = Blobs(self.context.attachments_folder)
                let_files_go(self.context.log, store)
                files.carry(self.context.log, line.files, center_key, store, self.stride)
            except (SyncTrouble, OSError) as trouble:
                diagnostics.note("files not carried", code=getattr(trouble, "code", type(trouble).__name__))
            return outcome

    def look_at_files_anew(self) -> None:
        """Let the next exchanges look at every attached file, here and at the center, before a day is over."""
        with self.context.store.writing() as session:
            look_anew(session)

    def listener(self, heard: Callable[[], None]) -> Listener:
        """Return what waits at the center for word of something new, and calls `heard` then."""

        def ask(line: WaitingLine) -> News:
            return listening.ask(self.context.log, line.wait, self._joined()[1])

        return Listener(lambda: self.line(self._joined()[0]), ask, heard)

    def look_up(self, dossier: str, reason: str, officer: str) -> None:
        """Bring a dossier of another unit here, for a reason that is written down first; raises as `once` does."""
        url, center_key = self._joined()
        log = self.context.log
        with self.line(url) as line:
            look_up(log, line.sync, center_key, dossier, reason, officer, app=self.app, pace=self.pace)

    def export(self, file: Path) -> Exported:
        """Write what the center lacks into the bundle `file`: every act, then attached files as far as they fit.

        Raises NotEnrolled, KeyMissing, FileUnwritable.
        """
        log, center_key = self.context.log, self._joined()[1]
        store = Blobs(self.context.attachments_folder)
        written = sticks.export(log, center_key, app=self.app, store=store, room=bundle.room_for(file))
        try:
            bundle.write(file, written.parts)
        except FileUnwritable:
            if not written.files:
                raise
            written = sticks.export(log, center_key, app=self.app)  # the stick was fuller than it said: acts first
            bundle.write(file, written.parts)
        return written

    def take_reply(self, places: Sequence[Path]) -> Replied:
        """Take the center's answers out of files or a whole stick; raises NotEnrolled, SyncTrouble, FileUnreadable."""
        center_key = self._joined()[1]
        store = Blobs(self.context.attachments_folder)
        taken = sticks.take_replies(self.context.log, bundle.read(places), center_key, store)
        let_files_go(self.context.log, store)
        return taken

    def ask_to_join(self, url: str, token: str, file: Path) -> None:
        """Write the request to join the center at `url` into the bundle `file`; raises SyncTrouble, FileUnwritable."""
        bundle.write(file, sticks.ask_to_join(self.context.log, url, token, app=self.app).parts)

    def join_by(self, url: str, token: str, file: Path, officer: str | None) -> Enrolled:
        """Join by the center's reply in the bundle `file`; raises SyncTrouble, FileUnreadable."""
        found = bundle.read([file])
        joined = sticks.join_from(self.context.log, found, url, token, app=self.app, actor=officer)
        self.keep_salt(joined.unit_salt)
        return joined

    def _joined(self) -> tuple[str, bytes]:
        """Return address and key of the center; raises NotEnrolled."""
        with self.context.store.reading() as session:
            row = own.center_key(session)
            if row is None:
                raise NotEnrolled()
            return row.url, bytes.fromhex(row.public_key)

    def pin(self, file: Path) -> None:
        """Believe the authority whose certificate is in `file`, and no other, about the center.

        Raises AuthorityUnreadable.
        """
        # the HTTP client: paid by what talks to a center
        from storage.sync.http import pin

        pin(self.context.home, file)

    def enrol(self, url: str, token: str, officer: str | None) -> Enrolled:
        """Join the center at `url` by a one-time token; raises SyncTrouble."""
        with self.line(url) as line:
            joined = enrol(self.context.log, line.enrol, url, token, app=self.app, actor=officer)
        self.keep_salt(joined.unit_salt)
        return joined


class SyncLoop:
    """Exchanges beside the work, in a thread of its own, until it is stopped.

    changed: called in that thread whenever the status is another than before.
    """

    def __init__(self, syncing: Syncing, changed: Callable[[], None] = lambda: None) -> None:
        self._syncing = syncing
        self._changed = changed
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._status: SyncStatus | None = None
        self._next_at_s = monotonic_s()
        self._wait_s = 0.0
        self._failed_since_s: float | None = None
        self._version: Callable[[], int | None] = lambda: None
        self._seen: int | None = None
        """The version of the database at the last look."""
        self._exchanged_at_s = self._next_at_s - LISTENING_POLL_S
        self._is_woken = False
        self.listener = syncing.listener(self.wake)

    @property
    def status(self) -> SyncStatus | None:
        """The status as last looked at, from memory; None before the first look."""
        return self._status

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self.listener.start()

    def wake(self) -> None:
        """Look at once: something was saved, the center has something, or the line was mended."""
        self._wake.set()

    def stop(self) -> None:
        """End; an exchange on its way is given a moment, then left to its time-out."""
        self._stop.set()
        self._wake.set()
        self.listener.stop()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def _run(self) -> None:
        with ExitStack() as stack:
            with suppress(DeskError):  # then it is looked at each time
                self._version = stack.enter_context(self._syncing.context.store.watching())
            while not self._stop.is_set():
                self.turn()
                if self._wake.wait(LOOK_S):
                    self._wake.clear()
                    self.come()

    def come(self) -> None:
        """Let the next turn exchange."""
        self._is_woken = True
        self._next_at_s = min(self._next_at_s, monotonic_s())

    def turn(self) -> None:
        """Look once, and exchange if it is time; whatever happens, the next time is planned when this ends."""
        try:
            self._look()
            if self._is_due(self._next_at_s, failing=self._failed_since_s is not None):
                outage_s = 0.0 if self._failed_since_s is None else monotonic_s() - self._failed_since_s
                self._syncing.once()
                self._wait_s, self._failed_since_s = 0.0, None
                self._exchanged_at_s = monotonic_s()
                self._next_at_s = self._exchanged_at_s + POLL_S + self._spread_s(outage_s)
                self.listener.go_on()
                self._look()
        except NotEnrolled:
            self._next_at_s = monotonic_s() + POLL_S
        except SyncTrouble as trouble:
            diagnostics.note("sync failed", code=trouble.code)
            if self._failed_since_s is None:
                self._failed_since_s = monotonic_s()
            self._wait_s = retry_wait_s(self._wait_s, fraction(self._syncing.context.chance), _asked_for_s(trouble))
            self._next_at_s = monotonic_s() + self._wait_s
        except DeskError as trouble:
            diagnostics.note("sync could not look", code=trouble.code)
            self._next_at_s = monotonic_s() + POLL_S
        except Exception as fault:  # nobody reads this thread's end: unsent work must not wait for a restart
            diagnostics.failure("sync", fault)
            self._next_at_s = monotonic_s() + POLL_S

    def _look(self) -> None:
        """Read the status anew, unless nobody has written since."""
        version = self._version()
        if version is not None and version == self._seen:
            return
        found = self._syncing.status()
        self._seen = version
        if found != self._status:
            self._status = found
            self._changed()

    def _is_due(self, next_at_s: float, *, failing: bool) -> bool:
        now_s = monotonic_s()
        is_woken, self._is_woken = self._is_woken, False
        if now_s >= next_at_s:
            said_by_itself = not failing and not is_woken and self.listener.is_listening
            if not said_by_itself or now_s >= self._exchanged_at_s + LISTENING_POLL_S:
                return True
            self._next_at_s = now_s + POLL_S
        return not failing and self._status is not None and self._status.link != "none" and self._status.unsent > 0

    def _spread_s(self, outage_s: float) -> float:
        return first_contact_wait_s(outage_s, fraction(self._syncing.context.chance))


def _asked_for_s(trouble: SyncTrouble) -> float:
    """Return how long the center asked to be left alone, in seconds, an hour at most; 0 where it did not."""
    asked = trouble.facts.get("wait_s", 0)
    return float(min(max(asked, 0), _LONGEST_ASKED_S)) if isinstance(asked, int) else 0.0
