"""Build the papers' typeface from an installed Tinos: `python receipts/fonts/build.py FOLDER`.

FOLDER holds Tinos-Regular.ttf, -Bold, -Italic and -BoldItalic (Debian: fonts-croscore, in
/usr/share/fonts/truetype/croscore). fontTools is needed (extra `dev`). What the script does, and why:

1. Tinos has the widths of Times New Roman, which Nghị định 30/2020/NĐ-CP asks for and whose own licence
   forbids shipping it; Tinos is under the SIL Open Font License 1.1, which allows a modified version.
2. Only Latin letters (all of Vietnamese, its marks, the Latin of foreign names), punctuation and the signs of
   papers are kept: a quarter of the PDF's bytes and of its drawing time are saved.
3. Hinting is dropped (paper has dots enough), and so are layout tables, which the PDF does not use.
4. "Tinos" is a reserved font name, so the subset is called "MotCua Serif"; OFL.txt beside it goes with it.
5. Time stamps stay those of Tinos, so that the same Tinos gives the same files.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "MotCua Serif"
STYLES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic", "BoldItalic": "Bold Italic"}
RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A: foreign names
    (0x01A0, 0x01A1),  # Ơ ơ
    (0x01AF, 0x01B0),  # Ư ư
    (0x01CD, 0x01DC),  # the caron vowels of pinyin
    (0x0300, 0x0304),  # combining marks, should a name hold one that no letter has
    (0x0306, 0x030C),
    (0x031B, 0x031B),
    (0x0323, 0x0323),
    (0x1E80, 0x1E85),  # Ẁ ẁ Ẃ ẃ Ẅ ẅ
    (0x1E9E, 0x1E9E),  # ẞ
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2010, 0x2015),
    (0x2018, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2033),
    (0x2039, 0x203A),
    (0x20AB, 0x20AC),  # ₫ €
    (0x2116, 0x2116),  # №
    (0x2122, 0x2122),
    (0x2212, 0x2212),
    (0x2260, 0x2265),
)


def main(folder: Path) -> None:
    """Write the four styles beside this script and say their sizes on standard error."""
    for style, spoken in STYLES.items():
        target = Path(__file__).with_name(f"MotCuaSerif-{style}.ttf")
        _cut(folder / f"Tinos-{style}.ttf", target, style, spoken)
        sys.stderr.write(f"{target.name} {target.stat().st_size} bytes\n")


def _cut(source: Path, target: Path, style: str, spoken: str) -> None:
    options = subset.Options(
        hinting=False,
        layout_features=[],
        glyph_names=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        recalc_timestamp=False,
    )
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "kern", "DSIG", "gasp"]
    with TTFont(source, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
        cutter.subset(font)
        _rename(font, style, spoken)
        font.save(target)


def _rename(font: TTFont, style: str, spoken: str) -> None:
    version = font["name"].getDebugName(5) or ""
    names = {
        1: FAMILY,
        2: spoken,
        3: f"{FAMILY} {spoken}: a subset of an OFL typeface, {version}",
        4: f"{FAMILY} {spoken}" if style != "Regular" else FAMILY,
        6: f"MotCuaSerif-{style}",
        13: "Licensed under the SIL Open Font License, Version 1.1; see OFL.txt.",
    }
    for record in list(font["name"].names):
        if record.nameID in (7, 10, 16, 17) or record.platformID != 3:
            font["name"].removeNames(nameID=record.nameID, platformID=record.platformID)
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
