"""Ends that nobody wished: a closed window, a machine that goes down, a fault in the program."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from tests.screens.conftest import SampleDesk

Start = Callable[..., SampleDesk]


def test_a_closed_window_keeps_the_draft(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    desk.terminal.type("half a name")
    desk.terminal.wait_for("half a name")
    desk.terminal.hang_up()
    assert desk.told(1, "kept") == [["kept", "half a name"]]
    assert desk.terminal.wait_ended() == 0


def test_sigterm_and_sighup_keep_the_draft_and_the_terminal_is_as_before(sample_desk: Start) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        desk = sample_desk("pty", "search")
        desk.terminal.type("half")
        desk.terminal.wait_for("half")
        os.kill(desk.terminal.pid, number)
        assert desk.told(1) == [["kept", "half"]]
        assert desk.terminal.wait_ended() == 0
        assert b"\x1b[?1049l" in desk.terminal.received


def test_an_act_that_hangs_does_not_keep_a_closed_window_open(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    desk.terminal.send(b"hang\r")
    desk.told(1)
    os.kill(desk.terminal.pid, signal.SIGTERM)
    assert desk.told(1) == [["kept", ""]]
    assert desk.terminal.wait_ended() == 0


def test_a_real_desk_is_not_stopped_and_left_in_a_shell(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search", "cr", "real")
    os.kill(desk.terminal.pid, signal.SIGTSTP)
    desk.terminal.send(b"on\r")
    assert desk.told(1) == [["entered", "on"]]


def test_a_crash_leaves_one_sentence_and_no_name(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    desk.terminal.send(b"crash\r")
    assert desk.terminal.wait_ended() == 1
    written = desk.terminal.received.decode()
    after = written.rpartition("\x1b[?1049l")[2]
    assert "Everything saved before is safe." in after
    assert "(STORE-00)" in after.replace("\r\n", " ")
    assert "Bí Mật" not in written
    assert "Traceback" not in written


def test_a_fault_in_an_act_is_told_and_the_desk_goes_on(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    desk.terminal.send(b"bug\rnext\r")
    assert desk.told(2) == [["entered", "bug"], ["entered", "next"]]
    assert "Bí Mật" not in desk.terminal.received.decode()


def test_an_act_that_takes_long_says_so_and_the_keys_wait(sample_desk: Start) -> None:
    desk = sample_desk("pty", "search")
    desk.terminal.send(b"hang\rnext\r")
    desk.terminal.wait_for("Working…")
    assert desk.told(3) == [["entered", "hang"], ["hung"], ["entered", "next"]]
    desk.terminal.wait_gone("Working…")
