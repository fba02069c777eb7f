"""What each address of the center takes and answers, for its OpenAPI description (`make_app(center).openapi()`).

The bodies of the exchange are bytes of a form of their own (storage/messages.py): an envelope line and a
zstd payload. The schema beside their media type is that of the JSON value in the payload.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from storage.messages import CONTENT_TYPE

Responses: TypeAlias = dict[int | str, dict[str, Any]]

_HTML: Final = "text/html"
_SAID: Final = {
    200: "Here it is.",
    303: "Look at the page named in Location.",
    400: "Not readable, or not of the signer it names.",
    401: "Whoever asks is not known here.",
    403: "The token or the desk is not good (any more).",
    404: "Nothing is known under this address.",
    408: "The body came too slowly or broke off.",
    409: "Another event, desk or slot stands there already.",
    413: "The body is larger than any of ours.",
    422: "A line or the chain is broken; nothing of it was stored.",
    429: "Asked too often; Retry-After says when again.",
    503: "The database takes nothing now; Retry-After says when to ask again.",
}
_WAIT: Final = {
    "description": "Seconds to wait.",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9]+$"},
}

_CENTER: Final = {
    "type": "object",
    "required": ["id", "incarnation", "time", "key"],
    "properties": {
        "id": {"type": "string"},
        "incarnation": {"type": "string"},
        "time": {"type": "integer", "description": "Milliseconds since 1970 UTC."},
        "key": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
}
_HAVE: Final = {
    "type": "object",
    "required": ["desk", "epoch", "seq", "head"],
    "properties": {
        "desk": {"type": "string"},
        "epoch": {"type": "integer", "minimum": 1},
        "seq": {"type": "integer", "minimum": 0},
        "head": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
}


def _answer(statuses: list[str], more: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "status": {"enum": statuses},
        "center": _CENTER,
        "request": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "The sha256 of the request."},
        "dictionary": {"type": "integer", "description": "What small requests may be packed with."},
        **more,
    }
    return {"type": "object", "required": ["status", "center", "request"], "properties": properties}


def _body(description: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "binary", "description": description}
    return {"requestBody": {"required": True, "content": {CONTENT_TYPE: {"schema": schema}}}}


def html(*statuses: int) -> Responses:
    """Return the answers of a page: HTML under each of `statuses`, nothing under 303, 408 and 413."""
    return {
        status: _of(status, {} if status in (303, 408, 413) else {_HTML: {"schema": _STRING}}) for status in statuses
    }


def plain(*statuses: int, media_type: str = "text/plain") -> Responses:
    """Return the answers of an address that speaks plain text, to a monitor."""
    return {status: _of(status, {} if status == 404 else {media_type: {"schema": _STRING}}) for status in statuses}


def form(*fields: str) -> dict[str, Any]:
    """Return the body of a form with text `fields`."""
    schema = {"type": "object", "properties": dict.fromkeys(fields, _STRING)}
    return {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}}


def _of(status: int, content: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"description": _SAID[status], "content": content}
    if status in (429, 503):
        told["headers"] = {"Retry-After": _WAIT}
    return told


def _signed(schemas: dict[int, dict[str, Any]]) -> Responses:
    told: Responses = {408: _of(408, {}), 413: _of(413, {})}
    told.update({status: _of(status, {CONTENT_TYPE: {"schema": schema}}) for status, schema in schemas.items()})
    return told


_STRING: Final = {"type": "string"}
_HELD: Final = {
    "have": _HAVE,
    "position": {"type": "integer", "minimum": 0},
    "quarantined": {"type": "array", "items": {"type": "object"}},
    "tracking_url": _STRING,
    "seq": {"type": "integer"},
    "nonce": {"type": "string", "description": "Good once, for twelve hours, to ask for events."},
    "session": {"enum": ["over"], "description": "Nothing was given: the request brought no good nonce."},
}
_FILE: Final = {
    "type": "object",
    "required": ["event", "state"],
    "properties": {
        "event": {"type": "string", "description": "The `document.attached` that names the file."},
        "state": {"enum": ["present", "wanted", "full", "unknown"]},
        "missing": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "description": "Of a wanted file: the numbers of the pieces of 32 KiB that are not here.",
        },
    },
}
_BAD: Final = _answer(["bad"], {})
_BUSY: Final = _answer(["busy"], {"retry_after": {"type": "integer", "minimum": 1}})

SYNC_BODY: Final = _body("A signed request of a desk with its sealed segments.")
SYNC: Final = _signed(
    {
        200: _answer(["ok"], _HELD),
        400: _BAD,
        401: _answer(["unknown_desk"], {}),
        409: _answer(["gap", "fork"], _HELD),
        422: _answer(["broken"], _HELD),
        503: _BUSY,
    }
)
BLOBS_BODY: Final = _body("A desk's signed request: of which files it asks, and a part of one that it brings or wants.")
BLOBS: Final = _signed(
    {
        200: _answer(["ok"], {"files": {"type": "array", "items": _FILE}, "data": _STRING}),
        400: _BAD,
        401: _answer(["unknown_desk"], {}),
        403: _answer(["revoked"], {}),
        503: _BUSY,
    }
)
ENROL_BODY: Final = _body("A desk's request to join, with its one-time token and its self-signed identity.")
ENROL: Final = _signed(
    {
        200: _answer(["ok"], {"certificate": {"type": "object"}, "unit_salt": _STRING}),
        400: _BAD,
        403: _answer(["token_unknown", "revoked", "token_used", "token_expired", "unit_differs"], {}),
        409: _answer(["desk_known", "slot_taken"], {}),
        422: _answer(["host_too_long"], {}),
        503: _BUSY,
    }
)
WAIT_BODY: Final = _body("A desk's signed question whether there is something for it, and how long it may wait.")
WAIT: Final = _signed(
    {
        200: _answer(
            ["ok"],
            {
                "news": {"type": "boolean", "description": "Whether an exchange would bring something."},
                "held": {"type": "boolean", "description": "False where there is no room to wait."},
            },
        ),
        400: _BAD,
        401: _answer(["unknown_desk"], {}),
        403: _answer(["revoked"], {}),
        503: _BUSY,
    }
)
