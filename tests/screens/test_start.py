"""What happens before the first key: the environment, the first paint, services that do not open."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys

import pytest

from desk.errors.base import StoreTrouble
from screens.app import DeskApp
from screens.opening import Opening
from screens.start import forget_textual
from tests.screens.conftest import ROOT
from tests.screens.sample import Search, Seen, places


def test_textuals_own_settings_are_taken_out_of_the_environment() -> None:
    environment = {"TEXTUAL": "debug", "TEXTUAL_PRESS": "f9", "TEXTUAL_SCREENSHOT": "1", "TERM": "xterm"}
    forget_textual(environment)
    assert environment == {"TERM": "xterm", "TEXTUAL_DISABLE_KITTY_KEY": "1"}


def test_textual_is_not_imported_before_that() -> None:
    code = "import screens.start, sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, env=dict(os.environ))
    loaded = set(json.loads(done.stdout))
    assert not loaded & {"textual", "rich", "sqlmodel", "sqlalchemy"}


def test_the_first_screen_needs_no_sql_and_draws_nothing_for_paper() -> None:
    code = "import screens.app, sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, env=dict(os.environ))
    loaded = set(json.loads(done.stdout))
    assert not loaded & {"sqlalchemy", "sqlmodel", "pydantic", "reportlab", "PIL", "cryptography"}


class HomeLocked(StoreTrouble):
    code = "STORE-00"
    said = "The home is locked."


async def test_services_that_do_not_open_are_told_and_tried_again() -> None:
    seen, tries = Seen(), [HomeLocked(), None]

    def open_services() -> Seen:
        error = tries.pop(0)
        if error is not None:
            raise error
        return seen

    app = DeskApp(open_services, places("search"))
    async with app.run_test() as pilot:
        await app.keys_settled()
        assert isinstance(app.top, Opening)
        await pilot.press("f2", "x", "enter")
        await app.keys_settled()
        assert isinstance(app.top, Search)
        assert app.failures == []


async def test_keys_wait_while_the_services_are_opened_and_land_in_the_first_field() -> None:
    seen, gate = Seen(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def open_services() -> Seen:
        asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()
        return seen

    app = DeskApp(open_services, places("search"))
    async with app.run_test() as pilot:
        await pilot.press(*"early", "enter")
        assert isinstance(app.top, Opening)
        gate.set()
        await app.keys_settled()
        assert seen.lines == [["entered", "early"]]


@pytest.mark.parametrize("name", ["ctrl+q", "ctrl+c", "ctrl+p"])
async def test_textuals_own_keys_do_nothing(name: str) -> None:
    app = DeskApp(Seen, places("search"))
    async with app.run_test() as pilot:
        await app.keys_settled()
        await pilot.press(name)
        await app.keys_settled()
        assert app.is_running
        assert isinstance(app.top, Search)
        assert all("screenshot" not in active.binding.action for active in app.top.active_bindings.values())
