"""Practice: a sandbox made within seconds, with invented dossiers, its own center and a template to begin anew from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desk import wiring
from desk.clock import Clock, chance
from desk.wiring import Surroundings

if TYPE_CHECKING:  # SQL: paid by what opens a home
    from desk.cases.services import Services

UNIT: Final = "06709"
AGENCY: Final = "TH"
"""Practice's agency code; no real one looks like it."""
DOSSIERS: Final = 300
SEED: Final = 3916
OFFICER: Final = "Cán bộ đào tạo"


def practice_surroundings(around: Surroundings, named: bool) -> Surroundings:
    """Return where practice happens: the named home, else its own folder beside the real one."""
    return around if named else replace(around, home=around.home.parent / "desk-practice")


def prepare(around: Surroundings, *, language: str = "vi", reset: bool = False) -> None:
    """Make the practice home where there is none, or bring it back to its beginning.

    Raises RealHomeRefused before anything of a real desk is touched.
    """
    from desk.cases.sandbox import TEMPLATE, bring_back

    wiring.refuse_real(around.home)
    if not wiring.is_home(around.home):
        make(around, language)
    elif reset and (around.home / TEMPLATE).is_dir():
        bring_back(around.home, wiring.DATABASE)


def make(
    around: Surroundings,
    language: str,
    dossiers: int = DOSSIERS,
    seed: int = SEED,
    then: Callable[[Services], None] = lambda services: None,
) -> None:
    """Make a sandbox with so many invented dossiers, joined to a center of its own, and what a reset brings back.

    then: writes what else is there from the beginning.
    """
    from desk.cases.practising import PIN
    from desk.cases.sandbox import keep_template
    from desk.cases.simulating import Wanted

    new = wiring.NewHome(UNIT, AGENCY, 0, OFFICER, PIN, language=language, practice=True)
    wiring.make_home(around, new)
    try:
        services = wiring.open_home(around)
        if dossiers:
            wiring.simulating(services).run(Wanted(dossiers, seed))
        then(services)
        services.syncing.enrol("http://trung-tam.dao-tao", _token(around, services.context.clock), None)
        services.syncing.once()
        services.close()
        keep_template(around.home, wiring.DATABASE)
    except BaseException:
        # half a sandbox is no sandbox: the next start makes it from the beginning
        shutil.rmtree(around.home, ignore_errors=True)
        raise


def _token(around: Surroundings, clock: Clock) -> str:
    """Return a token of the sandbox's own center, which is made on the way."""
    from storage.center.opening import open_center

    center = open_center(around.home / "center", around.home / "keys", clock, chance(clock))
    try:
        return center.make_token(UNIT, 0).token
    finally:
        center.close()


@dataclass(frozen=True, slots=True)
class Played:
    """What a tour did: its steps in words, and the papers it made."""

    steps: list[str]
    papers: list[Path]


def tour(around: Surroundings, *, lang: str, headless: bool, speed: float, tell: Callable[[str], None]) -> Played:
    """Play the whole job on the screens of the prepared home; raises TourStopped where a step did not happen.

    headless: without a terminal. speed: 0 as fast as the screens take it, 1 so that people can follow.
    """
    from desk.assembly import Screens
    from desk.cases.practising import PIN, Practice
    from screens.practice.tour import Tour

    before = set(papers_of(around.home))
    screens = Screens(around, lang=lang)
    app = screens.app()
    playing = Tour(lambda: screens.seat, lambda seat: Practice(seat.services.context), PIN, speed, tell)
    try:
        app.run(headless=headless, size=(80, 24) if headless else None, auto_pilot=playing.play)
    finally:
        screens.close()
    if playing.failure is not None:
        raise playing.failure
    return Played(playing.steps, [path for path in papers_of(around.home) if path not in before])


def papers_of(home: Path) -> list[Path]:
    """Return the papers practice printed, the oldest first."""
    return sorted((home / "papers").glob("*.pdf"))
