"""One act at a time, and every key in its turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from desk.rules.codes import with_check
from desk.rules.scans import Scan
from screens.keys.queue import KeyQueue
from screens.scanner import Scanner, Stroke, TextField

CODE = with_check("12345678901234567890")


class Screen:
    """A screen without widgets: what a key does is named in `acts`, all else is written down."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.acts: dict[str, Callable[[], Awaitable[None]]] = {}
        self.fresh_from_s: float | None = None
        self.slow: list[bool] = []

    def text_field(self) -> TextField | None:
        return None

    def is_too_early(self, at_s: float) -> bool:
        return self.fresh_from_s is not None and at_s < self.fresh_from_s

    async def press(self, stroke: Stroke) -> None:
        self.told.append(stroke.key)
        if stroke.key in self.acts:
            await self.acts[stroke.key]()
            self.told.append(f"{stroke.key} done")

    async def paste(self, text: str) -> None:
        self.told.append(f"paste {text}")

    async def scanned(self, scan: Scan) -> None:
        self.told.append(type(scan).__name__)

    async def settled(self) -> None:
        await asyncio.sleep(0)

    def failed(self, error: BaseException) -> None:
        self.told.append(f"failed {type(error).__name__}")

    def working(self, slow: bool) -> None:
        self.slow.append(slow)


class Desk:
    """A running queue in front of a screen."""

    def __init__(self) -> None:
        self.screen = Screen()
        self.now_s = 0.0
        self.queue = KeyQueue(self.screen, lambda: self.now_s, Scanner())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.now_s += 1.0
            self.queue.put(key, key if len(key) == 1 else None, self.now_s)
        self.now_s += 1.0

    async def told(self) -> list[str]:
        async with asyncio.timeout(5):
            await self.queue.settled()
        return self.screen.told


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    running = asyncio.create_task(made.queue.run())
    yield made
    running.cancel()


async def test_a_key_waits_until_the_act_of_the_last_is_done(desk: Desk) -> None:
    gate = asyncio.Event()
    desk.screen.acts["f2"] = gate.wait  # type: ignore[assignment]  # what it returns does not matter
    desk.press("a", "f2", "b")
    while "f2" not in desk.screen.told:
        await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0)
    assert desk.screen.told == ["a", "f2"]
    gate.set()
    assert await desk.told() == ["a", "f2", "f2 done", "b"]


async def test_an_act_that_no_key_began_runs_before_the_next_key(desk: Desk) -> None:
    async def counted() -> None:
        desk.screen.told.append("counted")

    async def begins_another() -> None:
        desk.queue.act(counted)

    desk.screen.acts["enter"] = begins_another
    desk.press("enter", "x")
    assert await desk.told() == ["enter", "enter done", "counted", "x"]


async def test_while_an_act_asks_keys_are_taken_and_it_goes_on_before_the_next(desk: Desk) -> None:
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def asks() -> None:
        desk.screen.told.append(await desk.queue.answered(answer))

    async def answers() -> None:
        desk.queue.answer(answer, "yes")

    desk.screen.acts |= {"f9": asks, "enter": answers}
    desk.press("f9", "y", "enter", "z")
    assert await desk.told() == ["f9", "y", "enter", "enter done", "yes", "f9 done", "z"]


async def test_only_an_act_may_ask(desk: Desk) -> None:
    with pytest.raises(RuntimeError):
        await desk.queue.answered(asyncio.get_running_loop().create_future())

    async def asks_in_a_task_of_its_own() -> None:
        await asyncio.create_task(desk.queue.answered(asyncio.get_running_loop().create_future()))

    desk.screen.acts["f9"] = asks_in_a_task_of_its_own
    desk.press("f9", "a")
    assert await desk.told() == ["f9", "failed RuntimeError", "a"]


async def test_an_act_can_wait_until_the_others_have_ended_or_ask(desk: Desk) -> None:
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def asks() -> None:
        await desk.queue.answered(answer)
        await asyncio.sleep(0.01)
        desk.screen.told.append("asker ended")

    async def cuts_in() -> None:
        desk.queue.answer(answer, "")
        await desk.queue.alone()
        desk.screen.told.append("alone")

    desk.screen.acts |= {"f9": asks, "ctrl+l": cuts_in}
    desk.press("f9", "ctrl+l")
    told = await desk.told()
    assert told.index("asker ended") < told.index("alone")


async def test_an_act_that_fails_is_told_and_the_next_key_is_taken(desk: Desk) -> None:
    async def fails() -> None:
        raise ValueError

    desk.screen.acts["f9"] = fails
    desk.press("f9", "a")
    assert await desk.told() == ["f9", "failed ValueError", "a"]


async def test_what_was_read_before_a_screen_was_painted_waits_for_the_next_screen(desk: Desk) -> None:
    async def next_screen() -> None:
        desk.screen.fresh_from_s = None

    desk.screen.acts["2"] = next_screen
    desk.screen.fresh_from_s = 100.0
    desk.press("1", "a")
    assert await desk.told() == []
    desk.now_s = 200.0
    desk.press("2", "b")
    assert await desk.told() == ["2", "2 done", "1", "a", "b"]


async def test_a_paste_keeps_its_turn_and_a_pasted_code_is_a_scan(desk: Desk) -> None:
    desk.press("a")
    desk.queue.put_paste("two\nlines", desk.now_s)
    desk.queue.put_paste(CODE + "\r\n", desk.now_s)
    desk.press("b")
    assert await desk.told() == ["a", "paste two\nlines", "ShortScan", "b"]


async def test_a_held_queue_takes_nothing_and_loses_nothing(desk: Desk) -> None:
    desk.queue.hold()
    desk.press("a", "b")
    await asyncio.sleep(0.01)
    assert desk.screen.told == []
    desk.queue.release()
    assert await desk.told() == ["a", "b"]


async def test_a_digit_is_given_when_the_scanners_gap_is_over_though_nothing_follows(desk: Desk) -> None:
    desk.queue.put("3", "3", desk.now_s)
    assert desk.screen.told == []
    desk.now_s += 0.05
    assert await desk.told() == ["3"]


async def test_only_an_act_that_takes_long_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.keys.queue.SLOW_S", 0.02)
    desk.press("a")
    await desk.told()
    assert desk.screen.slow == []
    desk.screen.acts["f9"] = lambda: asyncio.sleep(0.06)
    desk.press("f9")
    await desk.told()
    assert desk.screen.slow == [True, False]
