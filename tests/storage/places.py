"""A center, two desks of one unit and one of another, each with the files of its attachments."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storage.blobs import PIECE, Blobs
from storage.messages import read_answer, signed
from storage.sync.files import Carried, Stride, carry
from storage.wire import compact
from tests.storage.centers import join, new_center, sync
from tests.storage.desks import Desk, open_desk

HERE, THERE = "H49.35", "H49.36"
SCAN = b"%PDF-1.7\n" + random.Random(1).randbytes(20 * PIECE + 77)
SMALL = b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(1000)


class Place:
    """A center, two desks of one unit and one of another, each with the files of its attachments."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.center = new_center(folder, seed=seed)
        self.one, self.two, self.other = (
            open_desk(folder / name, f"0192f0a1-7c3a-7b11-8a55-00000000000{name}", unit=unit, seed=seed + int(name))
            for name, unit in (("1", HERE), ("2", HERE), ("3", THERE))
        )

    def close(self) -> None:
        """Close all databases."""
        self.center.close()
        for desk in (self.one, self.two, self.other):
            desk.store.close()

    @property
    def files(self) -> Blobs:
        """The center's files."""
        return Blobs(self.folder / "center" / "attachments")

    def carry(self, desk: Desk, line: Callable[[bytes], bytes] | None = None, **options: Any) -> Carried:
        """Exchange, and then let the files of `desk` go both ways."""
        sync(desk, self.center)
        stride = options.pop("stride", None) or Stride()
        return carry(desk.log, line or self.line, self.center.key.public, files_of(desk), stride, **options)

    def line(self, message: bytes) -> bytes:
        """Bring a message to the center; returns its answer."""
        return self.center.files(message)[1]

    def ask(self, desk: Desk, **asked: Any) -> tuple[int, dict[str, Any]]:
        """Send what no desk of ours would; returns status and answer."""
        if "get" in asked:
            asked["nonce"] = self.ask(desk, ask=asked["ask"])[1].get("nonce")
        status, answer = self.center.files(signed({"desk": desk.id}, compact(asked), desk.key))
        return status, read_answer(answer, self.center.key.public)


def joined_place(folder: Path) -> Path:
    """Return the folder of three desks that have joined their center, to be copied."""
    made = Place(folder, 100)
    for slot, desk, unit in ((0, made.one, HERE), (1, made.two, HERE), (0, made.other, THERE)):
        desk.log.settle()
        join(desk, made.center, slot, unit)
    made.close()
    return made.folder


def files_of(desk: Desk) -> Blobs:
    """Return the files of a desk."""
    return Blobs(desk.folder / "attachments")


def attach(desk: Desk, content: bytes, dossier: str | None = None) -> str:
    """Attach `content` to a dossier (a new one without any); returns the event that names it."""
    source = desk.folder / "scan"
    source.write_bytes(content)
    blob = files_of(desk).keep(source)
    dossier = dossier or desk.accept()[0]
    with desk.log.act("officer-1") as act:
        body = {"sha256": blob.sha256, "size": blob.size, "mime": blob.mime}
        return act.append("document.attached", body, {"name": "giấy khai sinh.pdf"}, dossier).head.id


def has(files: Blobs, content: bytes) -> bool:
    """Return whether `content` is there, byte for byte."""
    return files.fault(hashlib.sha256(content).hexdigest(), len(content)) is None
