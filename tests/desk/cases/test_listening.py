"""Waiting for the center's word: it wakes the exchange, is asked anew only then, and ends at once with the desk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest

from desk.cases import listening
from desk.cases.listening import AFTER_TROUBLE_S, Listener, WaitingLine
from desk.errors.sync import CenterUnreachable
from storage.sync.listening import WAIT_S, News

LONG_S = 60
"""More than any of it takes."""


class World:
    """The clock, the line and the center's answers, in the test's hand; it is the line itself."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.answers: list[News | Exception] = []
        self.asked = threading.Semaphore(0)
        self.may_answer = threading.Semaphore(0)
        self.heard = threading.Semaphore(0)
        self.is_given_up = False

    def wait(self, message: bytes) -> bytes:
        return message

    def give_up(self) -> None:
        self.is_given_up = True
        self.may_answer.release()

    def ask(self, _line: WaitingLine) -> News:
        self.asked.release()
        assert self.may_answer.acquire(timeout=LONG_S)
        if self.is_given_up:
            raise CenterUnreachable(cause="given up")
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def answer(self, answer: News | Exception, after_s: float = 5) -> None:
        """Let the center answer the question that was put."""
        assert self.asked.acquire(timeout=LONG_S)
        self.now_s += after_s
        self.answers.append(answer)
        self.may_answer.release()

    def listener(self, opened: Callable[[], AbstractContextManager[object]] | None = None) -> Listener:
        return Listener(opened or (lambda: nullcontext(self)), self.ask, self.heard.release)


def until(condition: Callable[[], bool]) -> None:
    """Return once `condition` holds."""
    pause = threading.Event()
    assert any(condition() or pause.wait(0.01) for _look in range(100 * LONG_S))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A center that answers when the test says so."""
    fresh = World()
    monkeypatch.setattr(listening, "monotonic_s", lambda: fresh.now_s)
    return fresh


@pytest.fixture
def listener(world: World) -> Iterator[Listener]:
    """What listens in `world`; it was told that the desk is up to date."""
    fresh = world.listener()
    fresh.start()
    fresh.go_on()
    yield fresh
    fresh.stop()


def test_word_wakes_the_exchange_and_the_next_question_waits_for_it(world: World, listener: Listener) -> None:
    world.answer(News(is_there=True, is_held=True))
    assert world.heard.acquire(timeout=LONG_S)
    assert listener.is_listening
    assert not world.asked.acquire(blocking=False)
    listener.go_on()
    world.answer(News(is_there=True, is_held=True))
    assert world.heard.acquire(timeout=LONG_S)


def test_after_a_whole_wait_without_word_it_is_asked_again(world: World, listener: Listener) -> None:
    for _wait in range(3):
        world.answer(News(is_there=False, is_held=True), after_s=WAIT_S)
    assert world.asked.acquire(timeout=LONG_S) and listener.is_listening
    world.asked.release()
    world.answer(News(is_there=True, is_held=True))
    assert world.heard.acquire(timeout=LONG_S)


@pytest.mark.parametrize("answer", [News(is_there=False, is_held=False), CenterUnreachable(cause="x"), ValueError("x")])
def test_where_nobody_may_wait_and_after_a_trouble_none_is_asked_for_a_while(
    world: World, listener: Listener, answer: News | Exception
) -> None:
    world.answer(News(is_there=False, is_held=True), after_s=WAIT_S)
    world.answer(answer)
    until(lambda: not listener.is_listening and listener._not_before_s == world.now_s + AFTER_TROUBLE_S)
    listener.go_on()
    assert not world.asked.acquire(blocking=False)
    world.now_s += AFTER_TROUBLE_S
    listener.go_on()
    world.answer(News(is_there=True, is_held=True))
    assert world.heard.acquire(timeout=LONG_S)


def test_closing_breaks_the_question_off(world: World) -> None:
    fresh = world.listener()
    fresh.start()
    fresh.go_on()
    assert world.asked.acquire(timeout=LONG_S)
    fresh.stop()
    assert world.is_given_up and not fresh._thread.is_alive()


def test_over_a_line_that_cannot_wait_nothing_is_asked(world: World) -> None:
    fresh = world.listener(lambda: nullcontext("practice"))
    fresh.start()
    fresh.go_on()
    fresh._thread.join(LONG_S)
    assert not fresh._thread.is_alive() and not world.asked.acquire(blocking=False)
