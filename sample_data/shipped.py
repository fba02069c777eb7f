"""The reference files that come with the program, by what `desk import` calls them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

ReferenceKind = Literal["catalogue", "documents", "units", "holidays"]
"""What a new home is given as its first imports; the survey's words hold from the program itself until an import."""
REFERENCE_KINDS: tuple[ReferenceKind, ...] = get_args(ReferenceKind)
_FILES: dict[ReferenceKind | Literal["survey"], str] = {
    "catalogue": "procedures.csv",
    "documents": "required_documents.csv",
    "units": "units.csv",
    "holidays": "holidays.csv",
    "survey": "survey.csv",
}


def shipped_path(kind: ReferenceKind | Literal["survey"]) -> Path:
    """Return where the shipped file of `kind` lies."""
    return Path(__file__).parent / _FILES[kind]


def shipped_text(kind: ReferenceKind | Literal["survey"]) -> str:
    """Return the shipped file of `kind` as text."""
    return shipped_path(kind).read_text(encoding="utf-8")


def lesson_paths() -> dict[str, Path]:
    """Return the files of the lessons that come with the program, by their ids, in the order of being taught."""
    return {path.stem.partition("_")[2]: path for path in sorted((Path(__file__).parent / "lessons").glob("*.toml"))}


def new_lesson_text(lesson: str) -> str:
    """Return the file of a new lesson with the id `lesson`, commented, to be filled in."""
    text = (Path(__file__).parent / "new_lesson.toml").read_text(encoding="utf-8")
    return text.replace("bai-moi", lesson)
