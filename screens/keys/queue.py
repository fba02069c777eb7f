"""The App's one queue: the next key is taken only when the act of the last is done (decisions, 4).

An **act** is what a key, a paste or a scan causes: a coroutine that the queue awaits. While it runs, keys
wait in their order; when it has ended, the screen it opened is mounted and has its focus, and only then the
next key is looked at. So nothing typed ahead is lost, and nothing falls into a field of the old screen.

- A screen with something to do that no key began (a timer, a worker's answer) calls `act(...)`: it runs when
  no other act does, and before the next key.
- An act that asks the officer something awaits `answered(future)`: meanwhile keys are taken again; whoever
  answers calls `answer(future, value)`, and the asking act goes on before the next key.
- Reads that may come late (a live search, a count) are no acts: they run in workers, and a later act that
  needs their answer awaits it.

Tests wait with `await settled()`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from screens.scanner import Found, Give, Scanner, Step, Stroke, TakeBack, TextField

if TYPE_CHECKING:
    from desk.rules.scans import Scan

T = TypeVar("T")
Act = Callable[[], Coroutine[Any, Any, None]]

LINE_ENDS = "\r\n\t"
SLOW_S = 0.5
"""An act that takes longer says that it is at work, so that nobody presses its key again."""


class Pasted(NamedTuple):
    """A paste that is no scan."""

    text: str
    at_s: float


Taken = Step | Pasted


class KeyTarget(Protocol):
    """The screens as the queue sees them."""

    def text_field(self) -> TextField | None:
        """Return the focused field if its keys only write text, None where a key may act."""
        ...

    def is_too_early(self, at_s: float) -> bool:
        """Return whether what was read at `at_s` must wait for the screen after this one."""
        ...

    async def press(self, stroke: Stroke) -> None:
        """Do what a key does on the screen now."""
        ...

    async def paste(self, text: str) -> None:
        """Do what a paste does on the screen now."""
        ...

    async def scanned(self, scan: Scan) -> None:
        """Do what a scan does on the screen now."""
        ...

    async def settled(self) -> None:
        """Wait until the screen on top is mounted and what the last act caused is done."""
        ...

    def failed(self, error: BaseException) -> None:
        """Tell the officer that an act failed."""
        ...

    def working(self, slow: bool) -> None:
        """Show that an act takes long, or that it is done."""
        ...


class KeyQueue:
    """Takes keys in order, one act at a time."""

    def __init__(self, target: KeyTarget, monotonic: Callable[[], float], scanner: Scanner) -> None:
        self.scanner = scanner
        self.last_at_s = monotonic()
        """When the officer last did something; for locking an idle desk."""
        self.overheard: Callable[[Stroke | Pasted], bool] | None = None
        """The scanner's test looks at what was read before all else; where it returns True, it has taken it."""
        self._target = target
        self._monotonic = monotonic
        self._read: deque[Stroke | Pasted] = deque()
        self._steps: deque[Taken] = deque()
        self._too_early: deque[Taken] = deque()
        self._acts: deque[Act] = deque()
        self._running = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._slow: asyncio.TimerHandle | None = None
        self._free = asyncio.Event()
        self._news = asyncio.Event()
        self._calm = asyncio.Event()
        self._fewer = asyncio.Event()
        self._free.set()

    def put(self, key: str, character: str | None, at_s: float) -> None:
        """Add a key that was read at `at_s`."""
        self._add(Stroke(key, character, at_s))

    def put_paste(self, text: str, at_s: float) -> None:
        """Add a paste."""
        self._add(Pasted(text, at_s))

    def act(self, act: Act) -> None:
        """Run `act` as soon as no other act runs, before the next key."""
        self._acts.append(act)
        self._wake()

    def hold(self) -> None:
        """Take no key until `release`; what is typed meanwhile waits. May be nested."""
        self._running += 1
        self._free.clear()
        self._calm.clear()
        if self._slow is None:
            self._slow = asyncio.get_running_loop().call_later(SLOW_S, self._target.working, True)

    def release(self) -> None:
        """End one `hold`."""
        self._running -= 1
        self._fewer.set()
        if not self._running:
            self._free.set()
            self._done()

    def _done(self) -> None:
        if self._slow is not None:
            if self._slow.when() <= asyncio.get_running_loop().time():
                self._target.working(False)
            self._slow.cancel()
            self._slow = None

    async def answered(self, answer: asyncio.Future[T]) -> T:
        """Await what the officer answers; only in an act, which stands aside so that keys are taken.

        Raises RuntimeError outside an act: there nobody could say which keys come before the answer.
        """
        if _act.get() is not asyncio.current_task():
            raise RuntimeError("only an act may ask the officer")
        self.release()
        try:
            return await answer
        except asyncio.CancelledError:
            self.hold()
            raise

    def answer(self, waiting: asyncio.Future[T], value: T) -> None:
        """Give the answer that an act awaits in `answered`; the next key waits for that act again."""
        if not waiting.done():
            self.hold()
            waiting.set_result(value)

    async def alone(self) -> None:
        """Wait until no act runs but the one that calls this: others have ended, or stand aside to ask."""
        own = 1 if _act.get() is asyncio.current_task() else 0
        while self._running > own:
            self._fewer.clear()
            await self._fewer.wait()

    async def settled(self) -> None:
        """Wait until every key put so far has been taken and its act is done."""
        await self._calm.wait()

    async def run(self) -> None:
        """Take keys for ever; cancel the task to end."""
        try:
            while True:
                await self._free.wait()
                if not self._next():
                    await self._silence()
        finally:
            for task in self._tasks:
                task.cancel()

    def _add(self, read: Stroke | Pasted) -> None:
        self.last_at_s = read.at_s
        self._read.append(read)
        self._wake()

    def _wake(self) -> None:
        self._calm.clear()
        self._news.set()

    def _next(self) -> bool:
        """Start the next thing to do; return whether there was one."""
        if self._acts:
            self._start(self._then_settle(self._acts.popleft()()))
        elif self._too_early and not self._target.is_too_early(self._too_early[0].at_s):
            self._steps.extendleft(reversed(self._too_early))
            self._too_early.clear()
        elif self._steps:
            self._do(self._steps.popleft())
        elif self._read:
            self._look_at(self._read.popleft())
        else:
            return False
        return True

    async def _silence(self) -> None:
        """Wait for something to do, or for the silence that ends a run of keys."""
        patience_s = self.scanner.patience_s(self._monotonic())
        self._news.clear()
        if patience_s is None:
            self._calm.set()
            await self._news.wait()
        elif patience_s > 0:
            await self._news_within(patience_s)
        else:
            self._steps.extend(self.scanner.silence(self._monotonic()))

    async def _news_within(self, seconds: float) -> None:
        """Wait in three parts: a program that was stopped for a while must read on before it judges."""
        for _ in range(3):
            if not self._news.is_set():
                try:
                    await asyncio.wait_for(self._news.wait(), seconds / 3)
                except TimeoutError:
                    continue

    def _look_at(self, read: Stroke | Pasted) -> None:
        if self.overheard is not None and self.overheard(read):
            return
        if isinstance(read, Stroke):
            self._steps.extend(self.scanner.take(read, self._target.text_field()))
            return
        self._steps.extend(self.scanner.interrupt())
        scan = self.scanner.classify(read.text.rstrip(LINE_ENDS))
        self._steps.append(read if scan is None else Found(scan, read.at_s))

    def _do(self, step: Taken) -> None:
        if isinstance(step, TakeBack):
            step.field.undo_scan(step.before)
        elif self._target.is_too_early(step.at_s):
            self._too_early.append(step)
        elif isinstance(step, Give):
            stroke = step.stroke
            self._start(self._then_settle(self._target.press(stroke)))
        elif isinstance(step, Found):
            self._start(self._then_settle(self._target.scanned(step.scan)))
        else:
            self._start(self._then_settle(self._target.paste(step.text)))

    async def _then_settle(self, act: Awaitable[None]) -> None:
        try:
            await act
        finally:
            await self._target.settled()

    def _start(self, act: Coroutine[Any, Any, None]) -> None:
        self.hold()
        task = asyncio.create_task(_marked(act))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            error = task.exception()
            if error is not None:
                self._target.failed(error)
        self.release()


_act: ContextVar[asyncio.Task[Any] | None] = ContextVar("_act", default=None)


async def _marked(act: Coroutine[Any, Any, None]) -> None:
    _act.set(asyncio.current_task())
    await act
