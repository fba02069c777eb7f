"""The settings file of a home, `desk.toml`: read strictly, written by the set-up, by hand, and by the device pages.

A wrong type or an unknown key is refused with the file and the nearest known name; nothing is guessed.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Literal

from desk import swapping
from desk.errors.causes import cause_of
from desk.errors.store import HomeUnreadable, NoHome, SettingsWrong

FILE_NAME: Final = "desk.toml"
_KEY: Final = re.compile(r"\s*([a-z_]+)\s*=")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a home is and how its officers want it. Sections of the file in the order of the fields."""

    # [home]: made by the set-up, not to be changed by hand
    desk: str
    """The desk's id, a lower-case UUID."""
    unit: str = ""
    """The unit the desk belongs to."""
    identity: str = ""
    """The desk's self-signed identity record: first line of the mirror, `prev` of the first event."""
    kind: Literal["real", "practice"] = "real"
    allow_test_clock: bool = False
    # [screen]
    language: Literal["vi", "en"] = "vi"
    profile: Literal["auto", "full", "16", "mono", "console", "ascii", "contrast"] = "auto"
    layout: Literal["normal", "large"] = "normal"
    """large: a blank line between the rows of every list, for tired eyes."""
    """What the terminal can show; `auto` goes by what it says of itself."""
    idle_lock_minutes: int = 15
    ask_pin_on_return: bool = False
    survey_form: Literal["level", "criteria"] = "level"
    """Whether citizens are asked one question or five."""
    survey_way: Literal["screen", "phone", "paper"] = "screen"
    """Where citizens are asked: on this screen, by the code on the receipt, or on a paper form."""
    keys: str = ""
    """Other keys than the table's, `return=f10, lock=ctrl+k` (screens/keys/remapping.py)."""
    # [scanner]
    scanner_suffix: Literal["cr", "crcr", "lf", "tab", "none"] = "cr"
    # [paper]
    paper_size: Literal["A5", "A4"] = "A5"
    form_set: Literal["2018", "2025"] = "2025"
    printer: str = ""
    """Name of the printer of the system; "" is its standard one, `none` opens the paper, `folder:` keeps it there."""
    receipt_printer: str = ""
    """Where a receipt printer for slips is: `tcp:HOST`, `device:`, `cups:`, `windows:`, `file:`; "" for none."""
    receipt_paper: Literal["58", "80"] = "80"
    """Width of its roll in millimetres."""
    scan_folder: str = ""
    """The folder into which the scanner's program writes, for attachments; "" for none."""
    # [rules]
    end_of_day: bool = False
    stop_rule: Literal["pause", "restart"] = "pause"
    """What a supplement does to the time: it stands still, or begins anew with completion."""
    other_stop_rule: str = ""
    """Codes of procedures for which the other of the two holds, with commas between them."""
    early: Literal["earlier_day", "earlier_moment"] = "earlier_day"
    """What a report counts as early: done on an earlier day than the due day, or before the due moment."""
    # [place]
    province_name: str = "Quảng Ninh"
    superior_name: str = ""
    """First line of a paper's head; "" is the people's committee of the commune unit that makes it."""
    place_name: str = ""
    """The place before the date on a paper; "" is the name of that commune unit."""
    desk_phone: str = ""
    tracking_url: str = ""
    """Address of the tracking page up to and with `/T/`; the center's own takes its place at enrolment."""
    mirror_folder: str = ""
    """Another folder (another drive) for the mirror; "" is `mirror` in the home."""
    backup_folder: str = ""
    """Another folder (another drive) for the backups; "" is `backups` in the home."""

    def mirror_in(self, home: Path) -> Path:
        """Return the folder of the mirror of the home in `home`."""
        return Path(self.mirror_folder) if self.mirror_folder else home / "mirror"

    def stop_rule_of(self, procedure: str) -> Literal["pause", "restart"]:
        """Return what a supplement does to the time of a procedure, by its code."""
        if procedure not in (code.strip() for code in self.other_stop_rule.split(",")):
            return self.stop_rule
        return "pause" if self.stop_rule == "restart" else "restart"


SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "home": ("desk", "unit", "identity", "kind", "allow_test_clock"),
    "screen": (
        "language",
        "profile",
        "layout",
        "idle_lock_minutes",
        "ask_pin_on_return",
        "survey_form",
        "survey_way",
        "keys",
    ),
    "scanner": ("scanner_suffix",),
    "paper": ("paper_size", "form_set", "printer", "receipt_printer", "receipt_paper", "scan_folder"),
    "rules": ("end_of_day", "stop_rule", "other_stop_rule", "early"),
    "place": (
        "province_name",
        "superior_name",
        "place_name",
        "desk_phone",
        "tracking_url",
        "mirror_folder",
        "backup_folder",
    ),
}

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("real", "practice"),
    "language": ("vi", "en"),
    "profile": ("auto", "full", "16", "mono", "console", "ascii", "contrast"),
    "layout": ("normal", "large"),
    "survey_form": ("level", "criteria"),
    "survey_way": ("screen", "phone", "paper"),
    "scanner_suffix": ("cr", "crcr", "lf", "tab", "none"),
    "paper_size": ("A5", "A4"),
    "form_set": ("2018", "2025"),
    "receipt_paper": ("58", "80"),
    "stop_rule": ("pause", "restart"),
    "early": ("earlier_day", "earlier_moment"),
}


def load(home: Path) -> Settings:
    """Return the settings of `home`; raises NoHome without a file, SettingsWrong with a fault in it.

    A restore that was cut off half-way is finished first: whoever opens a home reads its settings.
    """
    path = home / FILE_NAME
    try:
        swapping.finish(home)
    except OSError as error:
        raise HomeUnreadable(cause=cause_of(error)) from error
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise NoHome() from error
    except (OSError, UnicodeDecodeError) as error:
        raise HomeUnreadable(cause=f"{path.name}: {type(error).__name__}") from error
    return parse(text, path.name)


def parse(text: str, file: str = FILE_NAME) -> Settings:
    """Return the settings written in `text`; raises SettingsWrong."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(file=file, cause=str(error)) from error
    values: dict[str, Any] = {}
    for section, table in found.items():
        if section not in SECTIONS or not isinstance(table, dict):
            raise SettingsWrong(file=file, cause=_unknown(f"[{section}]", [f"[{name}]" for name in SECTIONS]))
        for key, value in table.items():
            if key not in SECTIONS[section]:
                raise SettingsWrong(file=file, cause=_unknown(key, SECTIONS[section]))
            values[key] = _checked(key, value, file)
    if not values.get("desk"):
        raise SettingsWrong(file=file, cause="[home] desk")
    return Settings(**values)


def written(settings: Settings) -> str:
    """Return `settings` as the text of a settings file."""
    # tomli-w: only the set-up writes a settings file
    import tomli_w

    return tomli_w.dumps({section: {key: getattr(settings, key) for key in keys} for section, keys in SECTIONS.items()})


def edited(text: str, **values: str) -> str:
    """Return the text of a settings file with other values; its comments and all other lines stay as they are.

    Raises SettingsWrong.
    """
    wanted, left = changed(parse(text), **values), dict(values)
    lines = []
    for line in text.splitlines():
        found = _KEY.match(line)
        if found is not None and found[1] in left:
            import json  # only who changes a setting writes

            line = f"{found[1]} = {json.dumps(left.pop(found[1]), ensure_ascii=False)}"
        lines.append(line)
    new = "\n".join([*lines, ""])
    return new if not left and _says(new, wanted) else written(wanted)


def _says(text: str, wanted: Settings) -> bool:
    try:
        return parse(text) == wanted
    except SettingsWrong:
        return False


def keep(home: Path, **values: str) -> Settings:
    """Put other values into the settings file of `home` and return the settings; the old or the new file, whole.

    Raises NoHome, SettingsWrong with nothing changed, HomeUnreadable where it cannot be written.
    """
    load(home)
    path, half = home / FILE_NAME, home / f"{FILE_NAME}.new"
    try:
        new = edited(path.read_text(encoding="utf-8"), **values)
        with half.open("w", encoding="utf-8") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        raise HomeUnreadable(cause=f"{path.name}: {type(error).__name__}") from error
    return parse(new)


def changed(settings: Settings, **values: object) -> Settings:
    """Return `settings` with checked new values; raises SettingsWrong."""
    return replace(settings, **{key: _checked(key, value, FILE_NAME) for key, value in values.items()})


def _checked(key: str, value: object, file: str) -> Any:
    kind = {field.name: field.type for field in fields(Settings)}[key]
    wanted: type = bool if kind == "bool" else int if kind == "int" else str
    if type(value) is not wanted:
        raise SettingsWrong(file=file, cause=f"{key}: {wanted.__name__}")
    if key in _CHOICES and value not in _CHOICES[key]:
        raise SettingsWrong(file=file, cause=f"{key}: {', '.join(_CHOICES[key])}")
    return value


def _unknown(key: str, known: tuple[str, ...] | list[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    return f"{key}?" + (f" ({near[0]})" if near else "")
