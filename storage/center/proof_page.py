"""The page that proves a paper in the citizen's own browser: all it needs is inside, so it goes on without a line."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from sqlmodel import Session, col, select

from desk.clock import to_ms
from desk.keys import key_id
from desk.rules.verdict import KnownKey
from desk.words import N_, in_language
from storage.center.tables import EnrolledDesk

_TITLE: Final = N_("Is this paper genuine?")
_LEAD: Final = N_(
    "Paste or scan what the QR code of the paper says, or type its digits. They are checked in this browser and sent "
    "to nobody; once this page is open it needs no network."
)
_FIELD: Final = N_("Digits of the paper")
_PROVE: Final = N_("Check")
_NO_SCRIPT: Final = N_("This check runs in the browser and needs JavaScript. Without it, ask at any counter.")

_WORDS: Final[Mapping[str, str]] = {
    "genuine": N_("Genuine: this paper was issued by a desk whose key is known here."),
    "altered": N_("Altered: the digits are not those of the paper as it was issued."),
    "unknown_key": N_("Not proved: the key of this paper is not known here, or was revoked."),
    "practice": N_("A practice paper, without any worth."),
    "not_ours": N_("This is no paper of ours."),
    "cannot": N_("Not checked: this browser cannot check signatures. Use a newer one, or ask at any counter."),
    "why_no_digits": N_("A paper has 236 digits in its QR code. Please copy all of them."),
    "why_check_digits": N_("If you typed the digits, one of them may be mistyped: please compare them once more."),
    "why_layout": N_("Digits like these are on none of our papers. Please copy the digits of the QR code once more."),
    "why_key": N_("The desk may have joined after this page was opened: load the page anew, or ask at any counter."),
    "why_revoked": N_("The key was withdrawn before this paper was made. Please show the paper at a counter."),
    "why_signature": N_("Please show the paper at a counter."),
    "why_number": N_("The 22 digits only name a dossier and prove nothing: scan the QR code of the paper instead."),
    "issued_by": N_("Issued by: {unit}"),
    "code": N_("Dossier code: {code}"),
    "accepted": N_("Accepted: {at}"),
    "due": N_("Result due on the paper: {at}"),
    "copy": N_("Copy {copy}: an older copy may have been replaced."),
    "only_paper": N_("Compare these with what is printed. Where the dossier stands now is not on the paper."),
    "other_host": N_("The address on it is another one: {host}."),
    "kind_slip": N_("Paper: appointment slip"),
    "kind_supplement": N_("Paper: supplement request"),
    "kind_refusal": N_("Paper: refusal slip"),
    "kind_apology": N_("Paper: apology letter"),
    "kind_stop": N_("Paper: stop notice"),
    "kind_result_receipt": N_("Paper: result receipt"),
    "kind_other": N_("Paper: another paper for the citizen"),
}

_STYLE: Final = (
    "body{font:18px/1.5 sans-serif;max-width:36em;margin:1em auto;padding:0 1em;color:#111;background:#fff}"
    "h1{font-size:1.3em;margin:.2em 0}h2{font-size:1.2em;margin:.2em 0}p{margin:.4em 0}small{color:#444}"
    "textarea{box-sizing:border-box;width:100%;font:16px/1.4 monospace;padding:.5em}"
    "button{font:inherit;padding:.5em 1.5em;margin:.5em 0}"
    "#verdict{border-left:6px solid #888;padding-left:.8em}#verdict:empty{display:none}"
    "#verdict.genuine{border-color:#060}#verdict.altered,#verdict.unknown_key{border-color:#a00}"
    "[lang=en]{color:#333;margin-top:.8em}[lang=en] h2,[lang=en] h1{font-size:1em}"
)


def known_keys(session: Session) -> list[KnownKey]:
    """Return the key of every desk that ever joined, revoked ones too."""
    rows = session.exec(select(EnrolledDesk).order_by(col(EnrolledDesk.desk))).all()
    return [
        KnownKey(bytes.fromhex(row.public_key), row.desk, row.unit, row.agency_code, revoked_at=row.revoked_at)
        for row in rows
    ]


def proof_page(keys: Iterable[KnownKey], tracking_url: str, unit_name: Callable[[str], str] = str) -> str:
    """Return the HTML of the page that proves papers signed by `keys`; the same for everybody."""
    title = escape(in_language("vi", _TITLE))
    data = json.dumps(page_data(keys, tracking_url, unit_name), ensure_ascii=False, separators=(",", ":"))
    inert = data.replace("<", "\\u003c")  # no name can close the script element
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{_lead('vi', 'h1')}{_lead('en', 'h2')}"
        f'<label for="digits">{_both(_FIELD)}</label>'
        f'<textarea id="digits" rows="5" inputmode="numeric" autocomplete="off" spellcheck="false"></textarea>'
        f'<button id="prove" type="button">{_both(_PROVE)}</button>'
        f'<section id="verdict" aria-live="polite"></section><noscript><p>{_both(_NO_SCRIPT)}</p></noscript>'
        f'<script type="application/json" id="data">{inert}</script>'
        f'<script type="module">{script()}</script></body></html>'
    )


def page_data(keys: Iterable[KnownKey], tracking_url: str, unit_name: Callable[[str], str] = str) -> dict[str, Any]:
    """Return what the script reads: public keys with their units, our address, and the words in both languages."""
    return {
        "keys": [
            {
                "id": key_id(key.public).hex(),
                "public": key.public.hex(),
                "unit": unit_name(key.unit),
                "agency_code": key.agency_code,
                "practice": key.practice,
                "revoked_ms": None if key.revoked_at is None else to_ms(key.revoked_at),
            }
            for key in keys
        ],
        "tracking_url": tracking_url,
        "words": {lang: {name: in_language(lang, said) for name, said in _WORDS.items()} for lang in ("vi", "en")},
    }


@cache
def script() -> str:
    """Return the page's one module: the vendored Ed25519, then ours."""
    web = files("storage.center.web")
    return "\n".join((web / name).read_text(encoding="utf-8") for name in ("noble-ed25519.js", "verify.js"))


@cache
def script_policy() -> str:
    """Return the Content-Security-Policy that lets this script run and nothing else, least of all a request."""
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


def _lead(lang: str, tag: str) -> str:
    said = escape(in_language(lang, _LEAD))
    return f'<div lang="{lang}"><{tag}>{escape(in_language(lang, _TITLE))}</{tag}><p>{said}</p></div>'


def _both(message: str) -> str:
    return f'{escape(in_language("vi", message))} <span lang="en">/ {escape(in_language("en", message))}</span>'
