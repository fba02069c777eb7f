"""The citizens' page: plain words in Vietnamese and English, one small HTML text without scripts or pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Final

from desk.clock import office_time
from desk.rules.dossier import Status
from desk.rules.lifecycle import STATUS_NAMES
from desk.rules.survey import LEVELS
from desk.words import N_, in_language
from storage.center.survey_words import border_units, survey_words
from storage.center.tracking import Standing

HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; "
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
    "asked": N_("Scan the QR code of your paper, or type the 22 digits beside it."),
}
_DUE: Final = N_("Result due: {due}")
_LATE: Final = N_("This is late. Please ask at the counter; you are owed an apology with a new date.")
_UNIT: Final = N_("Received at: {unit}")
_HOLDER: Final = N_("Now with: {unit}")
_COLLECT: Final = N_("Collect it at: {unit}")
_DIGITS: Final = N_("Digits of the paper")
_LOOK_UP: Final = N_("Look up")
_ANONYMOUS: Final = N_("Your answer is kept without your name and without the dossier.")
_THANKS: Final = N_("Thank you: your answer about this dossier was received.")
_TOO_OFTEN: Final = N_("Too many questions came from your network. Please try again in {seconds} seconds.")
_BUSY: Final = N_("The center cannot answer now; nothing is lost. Please try again in a minute.")
_PRACTICE: Final = N_("PRACTICE: this is no real dossier.")
_NOTHING_PERSONAL: Final = N_(
    "This page shows nothing personal. It says where the dossier stood when the desk last sent."
)

_STYLE: Final = (
    "body{font:18px/1.5 sans-serif;max-width:36em;margin:1em auto;padding:0 1em;color:#111;background:#fff}"
    "h1{font-size:1.2em}h2{font-size:1.6em;margin:.2em 0}section+section{border-top:1px solid #888;margin-top:1em}"
    "small{color:#444}form{border-top:1px solid #888;margin-top:1em;padding-top:.5em}"
    "input,button{box-sizing:border-box;width:100%;font:inherit;padding:.6em;margin:.3em 0;min-height:48px}"
)


def page(found: Standing, unit_name: Callable[[str], str] = str) -> tuple[int, str]:
    """Return the HTTP status and the HTML of what a citizen is told.

    unit_name: how a unit's code is said.
    """
    is_there = found.found in ("known", "not_here_yet", "asked")
    sections = "".join(_section(_lines(found, lang, unit_name), lang) for lang in ("vi", "en"))
    return 200 if is_there else 404, _document(sections + _form(found))


def too_often(seconds: int) -> str:
    """Return the HTML of what somebody is told who asked too often."""
    told = {lang: in_language(lang, _TOO_OFTEN).format(seconds=seconds) for lang in ("vi", "en")}
    return _document("".join(_section([("p", said)], lang) for lang, said in told.items()))


def busy() -> str:
    """Return the HTML of what is said while the database cannot be read."""
    return _document("".join(_section([("p", in_language(lang, _BUSY))], lang) for lang in ("vi", "en")))


def _document(body: str) -> str:
    title = escape(in_language("vi", _TITLE))
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><meta name="robots" content="noindex, nofollow">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _form(found: Standing) -> str:
    """Return the one form of the page: the survey's, or that for the digits; "" where nothing is asked."""
    if found.form == "open":
        chinese = found.unit in border_units()
        buttons = "".join(
            f'<button name="level" value="{level}">{_surveyed(f"level.{level}", chinese)}</button>' for level in LEVELS
        )
        question = _surveyed("question", chinese)
        return f'<form method="post"><h1>{question}</h1>{buttons}<small>{_both(_ANONYMOUS)}</small></form>'
    if found.form == "answered":
        return f"<p>{_both(_THANKS)}</p>"
    if found.found in ("known", "not_here_yet"):
        return ""
    field = '<input id="digits" name="digits" inputmode="numeric" autocomplete="off" maxlength="400">'
    label = f'<label for="digits">{_both(_DIGITS)}</label>'
    return f'<form action="/t/" method="get">{label}{field}<button>{_both(_LOOK_UP)}</button></form>'


def _both(message: str) -> str:
    return f'{escape(in_language("vi", message))} <span lang="en">/ {escape(in_language("en", message))}</span>'


def _surveyed(key: str, chinese: bool) -> str:
    words = survey_words()[key]
    others = (("en", words.en), ("zh", words.zh)) if chinese else (("en", words.en),)
    return escape(words.vi) + "".join(f' <span lang="{lang}">/ {escape(said)}</span>' for lang, said in others)


def _section(lines: Iterable[tuple[str, str]], lang: str) -> str:
    parts = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in lines)
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
    if found.is_late:
        yield "p", in_language(lang, _LATE)
    for sentence, unit in ((_COLLECT, found.collect_at), (_HOLDER, found.holder), (_UNIT, found.unit)):
        if unit:
            yield "p", in_language(lang, sentence).format(unit=unit_name(unit))
    yield "small", in_language(lang, _NOTHING_PERSONAL)


def _moment(instant: datetime) -> str:
    return f"{office_time(instant):%H:%M, %d/%m/%Y}"
