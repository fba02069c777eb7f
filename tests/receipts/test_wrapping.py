"""Lines: none too wide, no letter lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from receipts.typeface import drawn, typeface_for
from receipts.wrapping import Run, balanced, wrapped

FACE = typeface_for([])
_TEXTS = st.text("aAiIẫĐ mW.-", max_size=80)
_RUNS = st.lists(st.builds(Run, _TEXTS, st.sampled_from(["regular", "bold"])), max_size=5)


@given(_RUNS, st.floats(12, 200))
def test_no_line_is_wider_and_no_letter_is_lost(runs: list[Run], width_pt: float) -> None:
    for breaking in (wrapped, balanced):
        lines = breaking(runs, width_pt, FACE, 10)
        for line in lines:
            assert sum(FACE.width_pt(run.text, run.style, 10) for run in line) <= width_pt + 1e-6
        kept = "".join(run.text for line in lines for run in line).replace(" ", "")
        assert kept == "".join(drawn(run.text) for run in runs).replace(" ", "")


def test_a_line_breaks_at_blanks_and_drops_them() -> None:
    width_pt = FACE.width_pt("một hai", "regular", 10) + 0.1
    assert wrapped("một hai ba bốn", width_pt, FACE, 10) == [[Run("một hai")], [Run("ba bốn")]]


def test_a_word_goes_on_over_a_change_of_style() -> None:
    width_pt = FACE.width_pt("hồ sơ của", "regular", 10)
    lines = wrapped([Run("hồ sơ của "), Run("Lan", "bold"), Run(", mẹ")], width_pt, FACE, 10)
    assert lines == [[Run("hồ sơ của")], [Run("Lan", "bold"), Run(", mẹ")]]


def test_a_word_longer_than_a_line_is_cut() -> None:
    lines = wrapped("a" * 50, FACE.width_pt("a" * 20, "regular", 10) + 0.1, FACE, 10)
    assert [len(line[0].text) for line in lines] == [20, 20, 10]


def test_headings_are_broken_into_lines_of_about_one_length() -> None:
    width_pt = FACE.width_pt("ỦY BAN NHÂN DÂN PHƯỜNG MÓNG CÁI", "regular", 10)
    lines = balanced("ỦY BAN NHÂN DÂN PHƯỜNG MÓNG CÁI 2", width_pt, FACE, 10)
    assert [line[0].text for line in lines] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG MÓNG CÁI 2"]


def test_nothing_is_one_empty_line() -> None:
    assert wrapped("", 50, FACE, 10) == [[Run("")]]
