"""What a paper is worth: judged by the keys and the log of this desk, from digits, a scan, a PDF or a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desk.cases.context import Context
from desk.rules.proof import ProofKind
from desk.rules.verdict import KnownDossier, KnownKey, Verdict, VerdictWord, judge
from storage.queries import desks, dossiers, own, stubs
from storage.store import Session
from storage.tables.projected import PaperRow

_PROOF_KINDS: Final[dict[str, ProofKind]] = {
    "slip": "slip",
    "supplement": "supplement",
    "refusal": "refusal",
    "apology": "apology",
    "stop": "stop",
    "result_receipt": "result_receipt",
    "fee_receipt": "other",
}
_TOLD_FIRST: Final[tuple[VerdictWord, ...]] = ("altered", "unknown_key", "practice", "genuine", "not_ours")
"""Of several codes in one picture the worst of ours is told: a genuine one beside it must not cover for it."""


@dataclass(frozen=True, slots=True)
class Proving:
    """Judges papers."""

    context: Context

    def text(self, text: str) -> Verdict:
        """Return the verdict on a scanned or typed `text`."""
        with self.context.store.reading() as session:
            return self._judged(session, text, self.context.place().tracking_url)

    def file(self, path: Path) -> Verdict:
        """Return the verdict on the codes in a PDF or picture; raises PictureReaderMissing, PictureUnreadable.

        A file without any code is `not_ours`; of several codes the worst of ours counts.
        """
        from receipts.reading import texts_in  # the reader of pictures: an extra of the program

        texts = texts_in(path)
        with self.context.store.reading() as session:
            url = self.context.place().tracking_url
            verdicts = [self._judged(session, text, url) for text in texts] or [Verdict("not_ours", "no_digits")]
        return min(verdicts, key=lambda verdict: _TOLD_FIRST.index(verdict.word))

    def _judged(self, session: Session, text: str, tracking_url: str) -> Verdict:
        keys = [
            KnownKey(
                bytes.fromhex(row.public_key),
                row.desk,
                row.unit,
                row.agency_code,
                bool(row.is_practice),
                row.revoked_at,
            )
            for row in own.known_keys(session)
        ]
        return judge(text, keys, lambda tracking: self._known(session, tracking), tracking_url)

    def _known(self, session: Session, tracking: int) -> KnownDossier | None:
        row = dossiers.by_tracking(session, tracking)
        if row is None:
            stub = stubs.by_tracking(session, tracking)  # another unit's: its papers are not known here
            return None if stub is None else KnownDossier(stub.code or "", practice=self.context.practice)
        papers = [paper for paper in desks.papers_of(session, row.id) if paper.kind in _PROOF_KINDS]
        return KnownDossier(
            row.code or "",
            practice=self.context.practice,
            of_act=_newest_of_act(papers),
            void=frozenset((_PROOF_KINDS[one.kind], one.copy_no) for one in papers if one.state == "voided"),
        )


def _newest_of_act(papers: Iterable[PaperRow]) -> dict[tuple[ProofKind, int], int]:
    newest: dict[tuple[str, str], int] = {}
    papers = list(papers)
    for paper in papers:
        act = paper.kind, paper.event or ""
        newest[act] = max(newest.get(act, 0), paper.copy_no)
    return {(_PROOF_KINDS[paper.kind], paper.copy_no): newest[paper.kind, paper.event or ""] for paper in papers}
