"""Reads a request's body, but never more of it, and never for longer, than is right."""

from __future__ import annotations

import asyncio
from typing import Final

from fastapi import Request
from starlette.requests import ClientDisconnect

PATIENCE_S: Final = 60
"""How long the next piece of a body is waited for, in seconds; 20 KB pass on the slowest lines."""


class Refused(Exception):
    """A body that is not taken, with its HTTP status."""

    def __init__(self, http: int) -> None:
        super().__init__(http)
        self.http = http


async def body_of(request: Request, largest: int) -> bytes:
    """Return the request's body; raises Refused where it is too large, too slow or broken off."""
    said = request.headers.get("content-length", "0")
    if said.isdigit() and int(said) > largest:
        raise Refused(413)
    body = bytearray()
    pieces = request.stream()
    try:
        while True:
            piece = await asyncio.wait_for(anext(pieces, None), PATIENCE_S)
            if piece is None:
                return bytes(body)
            body += piece
            if len(body) > largest:
                raise Refused(413)
    except (TimeoutError, ClientDisconnect) as error:
        raise Refused(408) from error
