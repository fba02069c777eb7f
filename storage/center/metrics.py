"""What a monitor may know of the center: how much, how fast, how late. Never who, which dossier or which paper.

In the form that Prometheus reads. Requests are counted under the pattern of their address, so the digits of a
paper stand in no label; what lies in the database is counted when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlmodel import Session, col

from desk.clock import Clock
from desk.errors.base import StoreTrouble
from storage.center.ingest import newest_position
from storage.center.tables import DeskCursor, EnrolledDesk, QuarantinedEvent
from storage.store import Store

SILENT: Final = timedelta(hours=4)
"""A desk that sent nothing new for so long is counted as silent."""
_SECONDS: Final = (0.005, 0.02, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
OTHER: Final = "other"
"""What is counted for an address that the center does not have."""


class Metrics:
    """The counters of one center's process."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("motcua_requests", "Requests answered.", ("path", "status"), registry=self._registry)
        self._seconds = Histogram(
            "motcua_request_seconds", "Time to answer.", ("path",), buckets=_SECONDS, registry=self._registry
        )
        self._registry.register(_Held(store, clock))

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Count one request; path: the pattern of its address."""
        self._requests.labels(path, str(status)).inc()
        self._seconds.labels(path).observe(seconds)

    def text(self) -> bytes:
        """Return everything in the text form of Prometheus."""
        return generate_latest(self._registry)


class _Held(Collector):
    """What the database holds, looked up at each question; nothing while it does not answer."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def describe(self) -> list[GaugeMetricFamily]:
        """Return nothing: the names are known when they are asked for, and no database is asked at the start."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield a gauge for each thing counted."""
        try:
            with self._store.reading() as session:
                found = list(self._counted(session))
        except StoreTrouble:
            found = []
        yield GaugeMetricFamily("motcua_database_up", "Whether the database answers.", value=float(bool(found)))
        for name, said, value in found:
            yield GaugeMetricFamily(name, said, value=value)

    def _counted(self, session: Session) -> Iterator[tuple[str, str, int]]:
        connection = session.connection()
        joined = select(func.count()).select_from(EnrolledDesk).where(col(EnrolledDesk.revoked_at).is_(None))
        active = select(col(EnrolledDesk.desk)).where(col(EnrolledDesk.revoked_at).is_(None))
        sent = select(func.max(col(DeskCursor.stored_at)).label("at")).where(col(DeskCursor.desk).in_(active))
        newest = sent.group_by(col(DeskCursor.desk)).subquery()
        silent = select(func.count()).select_from(newest).where(newest.c.at < self._clock() - SILENT)
        refused = select(func.count()).select_from(QuarantinedEvent)
        yield "motcua_events", "Events stored.", newest_position(session)
        yield "motcua_desks", "Desks that joined and are not revoked.", connection.execute(joined).scalar_one()
        said = "Desks that sent nothing new for four hours."
        yield "motcua_desks_silent", said, connection.execute(silent).scalar_one()
        said = "Events stored that no projection could take in."
        yield "motcua_events_quarantined", said, connection.execute(refused).scalar_one()
