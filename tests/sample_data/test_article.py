"""The article's quarter gives the printed figures, to the precision printed, and shows the sum that is wrong.

Source: Báo Quảng Ninh, article 3351598 on the Móng Cái branch (first quarter of 2025).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from desk.rules.figures.checks import Check, against_printed
from desk.rules.figures.table import Report, table
from desk.rules.shares import Share
from sample_data.article import ArticleQuarter, Place, article_quarter, communes


@pytest.fixture(scope="module")
def quarter() -> ArticleQuarter:
    """The quarter of the article."""
    return article_quarter()


def report(quarter: ArticleQuarter, place: Place) -> Report:
    """Return the quarter's report of the branch or of the communes."""
    return table(quarter.lives[place], quarter.from_day, quarter.to_day, "unit", forms=quarter.forms[place])


def as_printed(share: Share, printed: str) -> str:
    """Return a share with as many decimals as the article prints."""
    exponent = Decimal(printed).as_tuple().exponent
    assert isinstance(exponent, int)
    return str((Decimal(100 * share.n) / share.base).quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP))


def test_the_branch_counts_1963_new_and_1041_carried_over(quarter: ArticleQuarter) -> None:
    columns = report(quarter, "branch").total.columns
    assert (columns.online + columns.counter_post, columns.carried_over) == (1963, 1041)
    assert columns.early + columns.on_time == 2060
    assert (columns.overdue, columns.in_progress) == (44, 900)


def test_1963_and_1041_are_3004_where_the_article_prints_3003(quarter: ArticleQuarter) -> None:
    columns = report(quarter, "branch").total.columns
    checks = against_printed(columns, quarter.printed["branch"])
    assert [check for check in checks if not check.holds] == [
        Check("printed received", 3004, 3003),
        Check("printed received=newly_received+carried_over", 3003, 3004),
    ]
    assert [check.id for check in checks if check.holds] == [
        "printed newly_received",
        "printed carried_over",
        "printed on_time_or_early",
    ]


def test_the_branch_took_99_9_percent_online(quarter: ArticleQuarter) -> None:
    share = report(quarter, "branch").total.online_share
    assert as_printed(share, quarter.printed["branch"]["online_percent"]) == "99.9"


def test_the_branch_collected_3564_forms(quarter: ArticleQuarter) -> None:
    printed, count = quarter.printed["branch"], report(quarter, "branch").survey
    assert count.forms == printed["forms"] == 3564
    for level in ("very_satisfied", "satisfied", "dissatisfied"):
        share = count.share(level)
        assert share is not None
        assert as_printed(share, printed[f"{level}_percent"]) == printed[f"{level}_percent"]


def test_the_communes_count_1898_new_and_252_carried_over(quarter: ArticleQuarter) -> None:
    columns = report(quarter, "communes").total.columns
    assert all(check.holds for check in against_printed(columns, quarter.printed["communes"]))
    assert (columns.received, columns.online + columns.counter_post, columns.carried_over) == (2150, 1898, 252)


@pytest.mark.parametrize("key", ["on_time_or_early_percent", "online_percent", "very_satisfied_percent"])
def test_the_rates_of_the_communes_are_as_printed(quarter: ArticleQuarter, key: str) -> None:
    counted = report(quarter, "communes")
    very = counted.survey.share("very_satisfied")
    assert very is not None
    shares = {
        "on_time_or_early_percent": counted.total.on_time_share,
        "online_percent": counted.total.online_share,
        "very_satisfied_percent": very,
    }
    printed = quarter.printed["communes"][key]
    assert as_printed(shares[key], printed) == printed


def test_no_whole_number_of_the_received_gives_the_printed_rate() -> None:
    """So the base of 98.45 % is assumed, and named as such."""
    assert {Share(n, 2150).percent for n in (2116, 2117)} == {Decimal("98.42"), Decimal("98.47")}


@pytest.mark.parametrize("place", ["branch", "communes"])
def test_the_tables_add_up_and_no_dossier_lies_outside(quarter: ArticleQuarter, place: Place) -> None:
    counted = report(quarter, place)
    assert counted.adds_up
    assert counted.total.columns.received == len(quarter.lives[place])


def test_the_communes_are_those_from_before_july_2025(quarter: ArticleQuarter) -> None:
    rows = report(quarter, "communes").rows
    assert len(communes()) == 16
    assert {row.key for row in rows} == set(communes())
    assert [row.key for row in report(quarter, "branch").rows] == ["chi-nhanh-mong-cai"]


def test_what_was_assumed_is_said(quarter: ArticleQuarter) -> None:
    assert len(quarter.assumed) == 5
    assert any("1,969 of 2,000" in line for line in quarter.assumed)
