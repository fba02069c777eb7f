"""A workplace whose list is read anew whenever it is seen: at each arrival, on the way back, after an undo."""

from __future__ import annotations

from screens.base import DeskScreen


class Listing(DeskScreen):
    """Reads its list by `_read`; a workplace that begins otherwise has its own `arrive`."""

    async def arrive(self, errand: object) -> None:
        """Read the list."""
        await self._read()

    async def returned(self) -> None:
        """Read the list anew: what was done with a row elsewhere may have taken it away."""
        await self._read()

    async def look_again(self) -> None:
        """Read the list anew."""
        await self._read()

    async def _read(self) -> None:
        raise NotImplementedError
