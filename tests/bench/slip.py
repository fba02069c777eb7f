"""Papers beside their baselines: the slip and the bare canvas, proofs, captures, thermal paper, the way to a printer.

Not measured here: `lp`'s own time (another program's).
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from desk.cases.form_input import form_of
from desk.cases.papers import Papers
from desk.cases.services import Services
from desk.keys import SigningKey, verified
from desk.rules.codes import check_digits
from desk.rules.proof import opened, qr_text, short_digits, signed_digits
from desk.rules.verdict import KnownKey, judge
from receipts import slip
from receipts.content import SlipContent
from receipts.printing import FolderPrinter, Handed, Outcome
from receipts.qr import paper_matrix
from receipts.thermal import slip as short_slip
from receipts.thermal.address import receipt_printer
from receipts.thermal.picture import PaperWidth
from tests import homes
from tests.bench.bare_canvas import BareCanvas
from tests.bench.figures import Figure, side_by_side, timed
from tests.bench.first_slip import first_slip
from tests.bench.paper_rules import paper_rules
from tests.receipts.captures import DECENT, POOR, decoded, sound_prints
from tests.receipts.fake_printers import FakePrinter, listening
from tests.receipts.samples import KEY, LAN, PROOF, SLIP, TRACKING_URL

ROUNDS = 60
CAPTURES = 3_000
_WIDTHS: tuple[PaperWidth, ...] = (58, 80)
_ALLOWED_KB = 40.0
_ALLOWED_MS = 0.2


def measure() -> list[Figure]:
    """Return the figures of papers."""
    return [
        *_drawing(),
        *first_slip(another(0)),
        *paper_rules(),
        *_proof(),
        *_captures(),
        *_thermal(),
        *_printing(),
    ]


def another(number: int) -> SlipContent:
    """Return a slip of five documents like no other: another code, proof and people, as each citizen's is."""
    proof = replace(PROOF, tracking=PROOF.tracking + number, serial=1 + number)
    code = f"H49.35.07-260905-{1 + number:04d}"
    name = f"{('Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng')[number % 5]} Thị {'ABCDEGHKLMN'[number % 11]}{number}"
    return replace(
        SLIP,
        code=code,
        check_digits=check_digits(code),
        qr_text=qr_text(TRACKING_URL, signed_digits(proof, KEY)),
        short_digits=short_digits(proof.tracking),
        submitter=replace(LAN, name=name, phone=f"09{number:08d}"),
        officer=f"{name} B",
    )


def _cpu_ms(act: Callable[[], object]) -> float:
    """Return the CPU time of `act` in ms: what other programs do beside it does not count."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _drawing() -> Iterator[Figure]:
    contents = [another(number) for number in range(ROUNDS + 6)]
    bare = [BareCanvas.of(slip.lay_out(replace(content, qr_text=""))) for content in contents]
    paper_matrix.cache_clear()
    mine, floor = [], []
    for content, page in zip(contents, bare, strict=True):
        floor.append(_cpu_ms(page.draw))
        mine.append(_cpu_ms(lambda content=content: slip.render(content)))  # type: ignore[misc]  # of this turn
    yield Figure(
        "slip", "slip with QR, CPU, median", median(mine[6:]), "ms", "bare canvas, same words", median(floor[6:]), 1.6
    )
    size = max(len(slip.render(content)) for content in contents[:5]) / 1024
    yield Figure("slip", "bytes of a slip of five documents", size, "KB", "allowed", _ALLOWED_KB, 1.0)


def _proof() -> Iterator[Figure]:
    keys = [KnownKey(SigningKey.make(bytes([at]) * 32).public, "d", "u", "H49") for at in range(1, 51)]
    keys.append(KnownKey(KEY.public, "d", "u", "H49"))
    signed = opened(SLIP.qr_text.rpartition("/")[2])
    assert signed is not None
    raw = signed.signature, signed.body
    mine, floor = side_by_side(lambda: judge(SLIP.qr_text, keys), lambda: verified(KEY.public, *raw), 500, warm_up=20)
    yield Figure("slip", "verify digits among 51 keys", mine, "ms", "allowed", _ALLOWED_MS, 1.0)
    yield Figure("slip", "the same", mine, "ms", "the bare Ed25519 check", floor)


def _captures() -> Iterator[Figure]:
    prints = sound_prints(30)
    poor = decoded(prints, POOR, CAPTURES)
    yield Figure("slip", "poor captures read within 8 frames", poor.within, "reads", "draws", CAPTURES, 1.0, False)
    yield Figure("slip", "poor captures read in the first", poor.first, "reads", "draws", CAPTURES)
    decent = decoded(prints, DECENT, CAPTURES, frames=1)
    yield Figure("slip", "decent captures, one frame", decent.first, "reads", "draws", CAPTURES, 0.999, False)


def _thermal() -> Iterator[Figure]:
    for width in _WIDTHS:
        numbers, others = iter(range(99)), iter(range(99))

        def ours(width: PaperWidth = width, numbers: Iterator[int] = numbers) -> bytes:
            return short_slip.render(another(next(numbers)), width)

        def pdf(numbers: Iterator[int] = others) -> bytes:
            return slip.render(another(next(numbers)))

        mine, floor = side_by_side(ours, pdf, 20)
        yield Figure("slip", f"slip on {width} mm, drawn and encoded", mine, "ms", "the slip as PDF", floor)


def _printing() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        services = homes.opened(Path(folder))
        try:
            yield from _to_last_byte(services, Path(folder))
            yield _beside_a_dead_one(services)
        finally:
            services.close()


@dataclass
class _Stamping:
    """A printer whose last byte is stamped."""

    printer: Any
    at: float = 0.0

    @property
    def name(self) -> str:
        return str(self.printer.name)

    def hand(self, job_id: str, paper: Path) -> Outcome:
        outcome: Outcome = self.printer.hand(job_id, paper)
        self.at = time.perf_counter()
        return outcome


@dataclass
class _StampingReceipts(_Stamping):
    """A receipt printer whose last byte is stamped."""

    width_mm: PaperWidth = 80
    takes: str = ".escpos"


def _to_last_byte(services: Services, folder: Path) -> Iterator[Figure]:
    """From the officer's yes to the last byte: the act is saved, its paper is made and noted, then handed over."""
    with listening(FakePrinter()) as fake:
        main = _Stamping(FolderPrinter(folder / "out"))
        yield from _yes(services, Papers(services.context, main), main, "file", 5, slip.render)
        receipts = _StampingReceipts(receipt_printer(f"tcp:127.0.0.1:{fake.port}"))
        papers = Papers(services.context, FolderPrinter(folder), receipts)
        yield from _yes(
            services, papers, receipts, "socket, thermal", 4, lambda content: short_slip.render(content, 80)
        )


def _yes(
    services: Services, papers: Papers, printer: _Stamping, name: str, steps: int, draw: Callable[[SlipContent], bytes]
) -> Iterator[Figure]:
    officer = services.officers.the_one()
    mine: list[float] = []
    floor: list[float] = []
    syncs: list[float] = []
    for number in range(65):
        dossier = services.intake.accept(form_of(homes.birth(number)), officer).dossier
        began = time.perf_counter()
        line = papers.send(papers.make(dossier, "slip", officer).job)
        assert line.state == "handed"
        mine.append((printer.at - began) * 1000)
        content = another(number)
        floor.append(timed(lambda content=content: draw(content)))  # type: ignore[misc]  # of this turn
        syncs.append(timed(lambda: _synced(services.context.home / "sync.tmp")))
    one_sync = _quiet(syncs)
    yield Figure("slip", f"yes to last byte, {name}", _quiet(mine), "ms", "rendering alone", _quiet(floor))
    apart = _quiet(mine) - steps * one_sync
    yield Figure(
        "slip", f"the same, {steps} syncs of {one_sync:.1f} ms apart", apart, "ms", "rendering", _quiet(floor), 3.0
    )


def _synced(path: Path) -> None:
    """Bring a page to the disk, as each step must: the file, its event, the mirror, the job's state, a folder."""
    with path.open("wb") as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())


def _quiet(rounds: Sequence[float]) -> float:
    """Return the lower decile: the way waits for the disk, and what others do meanwhile is not its own time."""
    return sorted(rounds)[len(rounds) // 10]


@dataclass
class _Counting:
    """A printer that takes every paper at once, or hangs until it is freed."""

    name: str
    hangs: threading.Event | None = None
    width_mm: int = 80
    takes: str = ".escpos"

    def hand(self, job_id: str, paper: Path) -> Outcome:
        if self.hangs is not None:
            self.hangs.wait(30)
        return Handed()


def _beside_a_dead_one(services: Services) -> Figure:
    """Five slips to a receipt printer while the other printer hangs, and the same while it does not."""
    officer = services.officers.the_one()

    def five(dead: bool) -> float:
        freed = threading.Event()
        main = _Counting("A", freed if dead else None, takes=".pdf")
        papers = Papers(services.context, main, _Counting("B"))  # type: ignore[arg-type]  # a stand-in
        for number in range(5):
            dossier = services.intake.accept(form_of(homes.birth(number)), officer).dossier
            papers.make(dossier, "slip", officer)
            papers.make(dossier, "control", officer) if number == 0 else None
        with _sending(papers, freed):
            began = time.perf_counter()
            while papers.jobs("queued"):
                time.sleep(0.001)  # the queue is what is watched
            return (time.perf_counter() - began) * 1000

    five(False)
    rounds = [(five(True), five(False)) for _round in range(5)]
    mine, floor = sorted(one for one, _ in rounds)[2], sorted(other for _, other in rounds)[2]
    return Figure("slip", "five slips beside a dead printer", mine, "ms", "the same, nothing dead", floor)


@contextmanager
def _sending(papers: Papers, freed: threading.Event) -> Iterator[None]:
    worker = threading.Thread(target=papers.send_all)
    worker.start()
    yield
    freed.set()
    worker.join()
