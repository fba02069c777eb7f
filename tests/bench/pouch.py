"""Our push beside a peer's: PouchDB replicating the same events as documents to express-pouchdb, over loopback.

Both sides have a sender and a server process and send batches of 1,000. Ours proves signature, seal and chain, keeps
the log and syncs it to the disk; the peer's leveldb does not. DESK_POUCH names a folder where
`npm install pouchdb express express-pouchdb` was run before; without it, or without node, this says so and measures
nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from unittest import mock

import httpx2
import psutil

from desk.clock import chance, system_clock
from storage.center import ingest
from storage.center.opening import open_center
from storage.center.serve import serve
from storage.messages import CONTENT_TYPE
from storage.wire import Event
from tests.bench.figures import Figure
from tests.bench.load import Sender, copied, cpu_s, enrolled, sending, simulated
from tests.bench.sync import Rate

EVENTS = 20_000
BATCH = 1000
ROUNDS = 3
GOAL = 6.0
_JS = Path(__file__).with_suffix(".js")


def measure() -> list[Figure]:
    """Return the figure; none where the peer is not on this machine."""
    folder, node = os.environ.get("DESK_POUCH", ""), shutil.which("node")
    if not folder or node is None or not (Path(folder) / "node_modules" / "express-pouchdb").is_dir():
        print("pouch: not measured; it needs node and DESK_POUCH=FOLDER with pouchdb, express and express-pouchdb")
        return []
    ours, theirs = list[Rate](), list[Rate]()
    with tempfile.TemporaryDirectory() as place:
        base = simulated(Path(place) / "base")
        sender = sending(base, 1, EVENTS, [BATCH])
        documents = [_document(event) for event in copied(base, sender.desk, 1, EVENTS)]
        (Path(place) / "events.json").write_text(json.dumps(documents), encoding="utf-8")
        for number in range(ROUNDS):  # side by side: a slower moment of the machine hits both
            here = Path(place) / str(number)
            here.mkdir()
            ours.append(_ours(here, sender))
            shutil.copy(Path(place) / "events.json", here / "events.json")
            theirs.append(_theirs(node, folder, here / "events.json"))
    return [
        _figure("log only, over HTTP", "events/s", ours, theirs, 0),
        _figure("CPU", "events a CPU s", ours, theirs, 1),
    ]


def _figure(name: str, unit: str, ours: list[Rate], theirs: list[Rate], which: int) -> Figure:
    mine, other = (statistics.median(one[which] for one in found) for found in (ours, theirs))
    said = f"{unit}, batches of {BATCH}"
    return Figure("pouch", name, mine, said, "PouchDB replicate.to", other, GOAL, smaller=False)


def _ours(folder: Path, sender: Sender) -> Rate:
    center = open_center(folder, folder / "keys", system_clock, chance(system_clock))
    with closing(center), center.store.writing() as session:
        session.add(enrolled(sender))
    command = [sys.executable, "-m", "tests.bench.pouch", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split()[1]
            with httpx2.Client(base_url=url, timeout=60, headers={"Content-Type": CONTENT_TYPE}) as client:
                server = psutil.Process(process.pid)
                began, cpu = time.perf_counter(), time.process_time() + cpu_s(server)
                for message in sender.messages:
                    assert client.post("/v1/sync", content=message).status_code == 200
                spent = time.process_time() + cpu_s(server) - cpu
                return Rate(EVENTS / (time.perf_counter() - began), EVENTS / spent)
        finally:
            process.terminate()


def _theirs(node: str, folder: str, events: Path) -> Rate:
    ran = subprocess.run([node, str(_JS), folder, str(events)], capture_output=True, text=True, check=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["events"] == EVENTS
    return Rate(EVENTS / (found["ms"] / 1000), EVENTS / found["cpu_s"])


def _document(event: Event) -> dict[str, object]:
    """Return an event as the peer's document: head, body and private part, under the event's id."""
    private = json.loads(event.private_bytes) if event.private_bytes else None
    head = {key: value for key, value in json.loads(event.head_bytes).items() if key != "id"}
    return {"_id": event.head.id, "head": head, "body": event.body, "private": private}


def _serve(folder: Path) -> None:
    """Serve the center in `folder` that keeps the log and projects nothing, as the peer does."""
    center = open_center(folder, folder / "keys", system_clock, chance(system_clock))
    with mock.patch.object(ingest, "project_each", lambda *_given, **_named: []):
        serve(center, lambda line: print(line, flush=True), port=0)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
