"""The citizens' page: plain words in Vietnamese and English, one small HTML text without scripts or pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Final

from desk.clock import office_time
from desk.rules.dossier import Status
from desk.rules.lifecycle import STATUS_NAMES
from desk.words import N_, in_language
from storage.center.tracking import Standing

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}

_TITLE: Final = N_("Where your dossier stands")
_MEANING: Final[Mapping[Status, str]] = {
    "filed": N_("Your dossier was filed online and waits to be accepted."),
    "accepted": N_("Your dossier was accepted and will be processed."),
    "refused": N_("Your dossier was not accepted; the refusal slip says why."),
    "processing": N_("Your dossier is being processed."),
    "supplement_requested": N_("Papers are missing: please bring what the supplement request names."),
    "payment_requested": N_("A payment is due before your dossier goes on."),
    "withdrawal_requested": N_("You asked to withdraw your dossier; this is being settled."),
    "stopped": N_("The processing of your dossier was stopped; the notice says why."),
    "resolved": N_("The result is ready: please collect it at the counter."),
    "returned": N_("The result was handed over."),
}
_NOT_FOUND: Final[Mapping[str, str]] = {
    "not_here_yet": N_(
        "Your paper is genuine, but its dossier has not reached the center yet. Please ask again later."
    ),
    "altered": N_("These digits are not right: one was mistyped, or the paper was changed. Please ask at the counter."),
    "nothing": N_("No dossier has these digits. Please check them, or ask again later."),
}
_DUE: Final = N_("Result due: {due}")
_UNIT: Final = N_("Received at: {unit}")
_PRACTICE: Final = N_("PRACTICE: this is no real dossier.")
_NOTHING_PERSONAL: Final = N_(
    "This page shows nothing personal. It says where the dossier stood when the desk last sent."
)

_STYLE: Final = (
    "body{font:18px/1.5 sans-serif;max-width:36em;margin:1em auto;padding:0 1em;color:#111;background:#fff}"
    "h1{font-size:1.2em}h2{font-size:1.6em;margin:.2em 0}section{border-top:1px solid #888;margin-top:1em}"
    "small{color:#444}"
)


def page(found: Standing, unit_name: Callable[[str], str] = str) -> tuple[int, str]:
    """Return the HTTP status and the HTML of what a citizen is told.

    unit_name: how a unit's code is said.
    """
    known = found.found == "known"
    body = "".join(_section(found, lang, unit_name) for lang in ("vi", "en"))
    title = escape(in_language("vi", _TITLE))
    html = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><meta name="robots" content="noindex, nofollow">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )
    return 200 if known or found.found == "not_here_yet" else 404, html


def _section(found: Standing, lang: str, unit_name: Callable[[str], str]) -> str:
    parts = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in _lines(found, lang, unit_name))
    return f'<section lang="{lang}">{parts}</section>'


def _lines(found: Standing, lang: str, unit_name: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    yield "h1", in_language(lang, _TITLE)
    if found.practice:
        yield "p", in_language(lang, _PRACTICE)
    if found.status is not None:
        yield "h2", in_language(lang, STATUS_NAMES[found.status])
        yield "p", in_language(lang, _MEANING[found.status])
    else:
        yield "p", in_language(lang, _NOT_FOUND[found.found])
    if found.due_at is not None:
        yield "p", in_language(lang, _DUE).format(due=_moment(found.due_at))
    if found.unit:
        yield "p", in_language(lang, _UNIT).format(unit=unit_name(found.unit))
    yield "small", in_language(lang, _NOTHING_PERSONAL)


def _moment(instant: datetime) -> str:
    return f"{office_time(instant):%H:%M, %d/%m/%Y}"
