"""Questions about what the program keeps for itself: settings it changes, and the link's own log among them."""

from __future__ import annotations

from typing import Any, Final

from sqlmodel import Session

from storage.tables.kept import SettingRow


def setting(session: Session, name: str) -> Any:
    """Return the value of a setting the program keeps, None where it was never set."""
    row = session.get(SettingRow, name)
    return None if row is None else row.value


def keep_setting(session: Session, name: str, value: Any) -> None:
    """Keep a setting the program itself changes."""
    session.merge(SettingRow(name=name, value=value))


_GAPS: Final = "link_gaps"
_GAPS_KEPT: Final = 50


def link_gaps(session: Session) -> list[tuple[int, int | None]]:
    """Return when the link to the center was down: from the first failed try (ms) to the next good one, in order."""
    return [(start, end) for start, end in setting(session, _GAPS) or ()]


def note_link(session: Session, at_ms: int, *, is_up: bool) -> None:
    """Keep in the link's own log that it worked, or did not, at `at_ms`; only a change is written."""
    gaps = link_gaps(session)
    is_down = bool(gaps) and gaps[-1][1] is None
    if is_up is not is_down:
        return
    if is_up:
        gaps[-1] = (gaps[-1][0], at_ms)
    else:
        gaps.append((at_ms, None))
    keep_setting(session, _GAPS, gaps[-_GAPS_KEPT:])
