"""The address of a center as people type it."""

from __future__ import annotations

from urllib.parse import urlsplit

from desk.errors.sync import AddressUnreadable


def center_url(url: str) -> str:
    """Return scheme and host of a center's address as people type it; raises AddressUnreadable."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise AddressUnreadable(url=url) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or port == 0:
        raise AddressUnreadable(url=url)
    return f"{parts.scheme}://{parts.netloc}"
