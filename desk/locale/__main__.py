"""Join the translations of every area into one catalogue, or check them: `python -m desk.locale [--check]`.

A tool for those who change the program. Babel, which it needs, belongs to the extra `dev`; the program
itself reads the joined catalogue with the standard library.
"""

from __future__ import annotations

import struct
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LOCALE = Path(__file__).parent
ROOT = LOCALE.parent.parent
PACKAGES = ("desk", "screens", "storage", "receipts")
_KEYWORDS = {"_": None, "N_": None, "counted": (1, 2)}
_HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
"""Of every catalogue: the one language that is translated into, Vietnamese, has one form for all numbers."""
_FORMS = "\0"
"""Stands between the two forms of a sentence about a number of things, in a catalogue and here."""
_MAGIC = 0x950412DE


@dataclass
class Joined:
    """All fragments of one language in one: the translations by English sentence, and what is wrong."""

    translations: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def languages(locale: Path = LOCALE) -> list[str]:
    """Return the languages that have fragments, sorted."""
    return sorted({path.parent.name for path in locale.glob("*/*.po")})


def joined(lang: str, locale: Path = LOCALE) -> Joined:
    """Return the fragments of `lang` joined; a sentence translated in two ways is a fault."""
    whole = Joined()
    for path in sorted((locale / lang).glob("*.po")):
        _take_in(_read(path), path.name, whole)
    return whole


def _read(path: Path) -> Catalog:
    # Babel: in the extra `dev` only, so that the module can be imported where it is missing.
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def _take_in(catalog: Catalog, name: str, whole: Joined) -> None:
    for message in catalog:
        if not message.id:
            continue
        place = f"{name}:{message.lineno}"
        if message.fuzzy:
            whole.faults.append(f"{place}: fuzzy: {message.id!r}")
        sentence = message.id if isinstance(message.id, str) else _FORMS.join(message.id)
        text = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
        known = whole.translations.setdefault(sentence, text)
        first = whole.places.setdefault(sentence, place)
        if known != text:
            whole.faults.append(f"{place}: translated otherwise than in {first}: {sentence!r}")
    whole.faults.extend(f"{name}: obsolete: {message.id!r}" for message in catalog.obsolete.values())


def extracted(root: Path = ROOT, packages: Iterable[str] = PACKAGES) -> dict[str, str]:
    """Return every sentence marked with `_()`, `N_()` or `counted()`, with the place of its first use."""
    from babel.messages.extract import extract_from_dir

    found: dict[str, str] = {}
    for package in packages:
        messages = extract_from_dir(root / package, method_map=[("**.py", "python")], keywords=_KEYWORDS)
        for name, line, message, *_rest in sorted(messages, key=lambda m: (m[0], m[1])):
            sentence = message if isinstance(message, str) else _FORMS.join(message[:2])
            if sentence:
                found.setdefault(sentence, f"{package}/{name}:{line}")
    return found


def faults(lang: str, sentences: Mapping[str, str], locale: Path = LOCALE) -> list[str]:
    """Return what is wrong with `lang`, one line a fault; empty when every sentence is translated well.

    sentences: what the program says, as `extracted` returns it.
    """
    whole = joined(lang, locale)
    found = list(whole.faults)
    found += [
        f"{place}: not translated into {lang}: {sentence!r}"
        for sentence, place in sentences.items()
        if not whole.translations.get(sentence)
    ]
    for sentence, translation in whole.translations.items():
        place = f"{lang}/{whole.places[sentence]}"
        if sentence not in sentences:
            found.append(f"{place}: used nowhere: {sentence!r}")
        if translation and _placeholders(sentence.split(_FORMS)[-1]) != _placeholders(translation):
            found.append(f"{place}: other {{placeholders}} than in: {sentence!r}")
        if unicodedata.normalize("NFC", translation) != translation:
            found.append(f"{place}: not in Unicode form NFC: {sentence!r}")
    return found


def _placeholders(text: str) -> set[str] | None:
    """Return the names between braces; None where the braces do not pair."""
    try:
        return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def compiled(translations: Mapping[str, str]) -> bytes:
    """Return `translations` as a catalogue that `gettext` reads; the same translations, the same bytes.

    Written here and not by Babel, whose header carries its version and the time.
    Source: GNU gettext manual, 11.3 "The Format of GNU MO Files".
    """
    pairs = {"": _HEADER} | {sentence: text for sentence, text in translations.items() if text}
    entries = sorted((sentence.encode(), text.encode()) for sentence, text in pairs.items())
    ids_at = 28
    texts_at = ids_at + 8 * len(entries)
    strings_at = texts_at + 8 * len(entries)
    tables: list[bytes] = []
    strings: list[bytes] = []
    for column in (0, 1):
        for entry in entries:
            tables.append(struct.pack("<II", len(entry[column]), strings_at))
            strings.append(entry[column] + b"\0")
            strings_at += len(entry[column]) + 1
    head = struct.pack("<7I", _MAGIC, 0, len(entries), ids_at, texts_at, 0, 0)
    return head + b"".join(tables) + b"".join(strings)


def catalogue_path(lang: str, locale: Path = LOCALE) -> Path:
    """Return where the joined catalogue of `lang` lies."""
    return locale / lang / "LC_MESSAGES" / "desk.mo"


def is_up_to_date(lang: str, locale: Path = LOCALE) -> bool:
    """Return whether the joined catalogue of `lang` is what its fragments make."""
    path = catalogue_path(lang, locale)
    return path.exists() and path.read_bytes() == compiled(joined(lang, locale).translations)


def write(lang: str, locale: Path = LOCALE) -> int:
    """Join the fragments of `lang` and write its catalogue; return the number of sentences."""
    whole = joined(lang, locale)
    path = catalogue_path(lang, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(compiled(whole.translations))
    return sum(1 for text in whole.translations.values() if text)


def main(arguments: list[str]) -> int:
    """Run the tool; return its exit status: 0 done, 1 faults found, 2 wrong usage."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python -m desk.locale [--check]\n")
        return 2
    if not arguments:
        for lang in languages():
            sys.stdout.write(f"{catalogue_path(lang).relative_to(ROOT)}: {write(lang)} sentences\n")
        return 0
    sentences = extracted()
    found = [fault for lang in languages() for fault in faults(lang, sentences)]
    found += [
        f"{lang}: desk.mo is not what its fragments make; run python -m desk.locale"
        for lang in languages()
        if not is_up_to_date(lang)
    ]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.stdout.write(f"{len(sentences)} sentences, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
