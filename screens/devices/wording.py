"""What is said of printers and of the scanner, in the officer's language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from desk.words import N_, _, told

if TYPE_CHECKING:
    from desk.cases.print_queue import JobLine
    from desk.rules.reading_test import Ended, Fault
    from desk.settings import Settings

WAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": N_("None: slips are printed as all other papers"),
        "tcp": N_("Network printer"),
        "device": N_("Device of this machine"),
        "cups": N_("Print queue of the system"),
        "windows": N_("Printer of Windows"),
        "file": N_("A file to which each slip is added"),
    }
)
"""How a receipt printer is reached, by the beginning of its address."""

HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tcp": N_("HOST or HOST:PORT, as 192.168.1.50 or 192.168.1.50:9100"),
        "device": N_("Path of the device, as /dev/usb/lp0"),
        "cups": N_("Name of the queue, as `lpstat -e` lists it"),
        "windows": N_("Name of the printer, as Windows shows it"),
        "file": N_("Path of the file"),
        "folder": N_("Path of the folder"),
        "queue": N_("Name of the queue, as `lpstat -e` lists it"),
    }
)

FAULTS: Final[Mapping[Fault, str]] = MappingProxyType(
    {
        "nothing": N_("Only the end came, no text: hold the scanner nearer to the code and scan again."),
        "other_text": N_("That is another code, or it was typed by hand: scan the code on this screen."),
        "cut": N_("A part is missing: plug the scanner in firmly, or set it to type more slowly."),
        "layout": N_(
            "The keyboard layout is Vietnamese, digits come as letters: set it to English (US). Our own papers are"
            " read all the same."
        ),
        "input_method": N_(
            "A Vietnamese input method (Telex or VNI) changes what the scanner types: switch it off (UniKey: E)."
        ),
        "caps_lock": N_("Capitals come as small letters: Caps Lock is on. Our own papers are read all the same."),
        "no_end": N_("No Enter follows the text: set the scanner to send one. Until then a short silence ends a scan."),
    }
)

ENDS: Final[Mapping[Ended, str]] = MappingProxyType(
    {
        "cr": N_("Enter"),
        "crcr": N_("Enter twice"),
        "lf": N_("line feed (LF)"),
        "tab": N_("Tab"),
        "none": N_("nothing"),
    }
)


def receipt_printer(settings: Settings) -> str:
    """Return where slips in short form go."""
    way, _colon, where = settings.receipt_printer.partition(":")
    said = _(WAYS.get(way, ""))
    return f"{said}: {where}" if where else said


def answer(line: JobLine) -> str:
    """Return what became of a test page, as sentences."""
    if line.trouble is not None:
        words = told(line.trouble)
        return f"{words.message} {words.do} ({words.code})"
    if line.answer:
        said = _("{printer} took the test page and answered: {answer}.")
        taken = said.format(printer=line.printer, answer=line.answer)
    else:
        taken = _("{printer} took the test page; it gives no answer.").format(printer=line.printer)
    look = _("Look at the paper: the black bar without white lines, every letter with its marks.")
    return f"{taken[:1].upper()}{taken[1:]} {look}"
