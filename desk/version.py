"""The version of the program, in a room that loads nothing else."""

from typing import Final

VERSION: Final = "0.1.0"
