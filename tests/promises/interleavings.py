"""Three desks and a center through thousands of interleavings, by hypothesis: all end with the same tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.storage.interleavings import OPS, Op, World


@dataclass
class Outcome:
    """What the interleavings came to."""

    examples: int = 0
    acts: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        verdict = "every node alike, every acknowledged event there" if not self.faults else self.faults[0]
        return f"{self.examples:,} interleavings, {self.acts:,} acts and deliveries: {verdict}"


def run(examples: int, start: int = 1) -> Outcome:
    """Let hypothesis try `examples` interleavings; returns what it found, the smallest one that fails."""
    world, outcome = World(), Outcome()

    @seed(start)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(OPS, st.booleans())
    def through(ops: list[Op], one_is_old: bool) -> None:
        outcome.examples += 1
        outcome.acts += len(ops)
        world.run(ops, one_is_old=one_is_old)

    try:
        through()
    except AssertionError as error:
        outcome.faults.append(f"{error} {getattr(error, '__notes__', '')}")
    return outcome
