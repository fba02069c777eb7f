"""The long proofs: `python -m tests.promises [kills] [--count N] [--seed N]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.promises import kills


def main() -> int:
    """Run the proofs that were named, all without any; returns 0 if each of them holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("proofs", nargs="*", default=["kills"], choices=["kills"])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    held = True
    for proof in wanted.proofs:
        with tempfile.TemporaryDirectory() as folder:
            outcome = kills.run(Path(folder), wanted.count, wanted.seed)
        print(f"{proof}: {outcome.line()}")
        held = held and not outcome.faults
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
