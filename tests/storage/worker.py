"""A process that accepts dossiers in a home until it is killed, saying each id after it was saved.

`python -m tests.storage.worker FOLDER HOW_MANY`
"""

from __future__ import annotations

import sys
from pathlib import Path
from secrets import randbelow

from tests.storage.desks import open_desk


def main(folder: str, many: str) -> None:
    """Accept `many` dossiers, one act each."""
    desk = open_desk(Path(folder), seed=randbelow(1 << 60))
    desk.log.settle()
    print("ready", flush=True)
    for _number in range(int(many)):
        print(desk.accept(1, then=("dossier.processing",))[0], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
