"""How often one address may ask for a citizens' page; in this process's memory only, nothing is written down."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Final

AT_ONCE: Final = 60
"""Requests that may come at once: behind one mobile provider's address sit many citizens."""
PER_S: Final = 1.0
"""Requests a second after that."""
_ADDRESSES: Final = 10_000
"""Addresses remembered; whoever asked least recently is forgotten."""
_IPV6_NETWORK: Final = 64
"""Bits of an IPv6 address that name one household."""


class Throttle:
    """Counts requests by address; for use in one thread."""

    def __init__(self, monotonic: Callable[[], float], at_once: int = AT_ONCE, per_s: float = PER_S) -> None:
        self._monotonic = monotonic
        self._at_once = at_once
        self._per_s = per_s
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, address: str) -> int:
        """Take one request of `address` and return 0, or the whole seconds after which it may ask again."""
        now = self._monotonic()
        left, at = self._left.pop(address, (float(self._at_once), now))
        left = min(self._at_once, left + (now - at) * self._per_s)
        may = left >= 1
        self._left[address] = (left - 1 if may else left, now)
        if len(self._left) > _ADDRESSES:
            self._left.popitem(last=False)
        return 0 if may else ceil((1 - left) / self._per_s)


def asker(peer: str, forwarded_for: str) -> str:
    """Return whose request it is: the peer, or the last one a proxy on this machine names for it.

    Only a proxy on this machine is believed. Of an IPv6 address the network counts, for a household has 2^64.
    """
    try:
        if forwarded_for and ip_address(peer).is_loopback:
            peer = forwarded_for.rpartition(",")[2].strip()
        address = ip_address(peer)
    except ValueError:
        return peer[:64]
    if isinstance(address, IPv6Address):
        return f"{int(address) >> (128 - _IPV6_NETWORK):x}::"
    return str(address)
