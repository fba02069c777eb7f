"""The survey's words on the center's pages: those that come with the program, as on a desk that imported none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from desk.rules.reference.survey_words import SurveyWords, parse_survey_words
from desk.rules.reference.units import parse_units
from sample_data.shipped import shipped_text


@cache
def survey_words() -> Mapping[str, SurveyWords]:
    """Return the words by key (desk.rules.reference.survey_words.KEYS)."""
    return parse_survey_words(shipped_text("survey"))


@cache
def border_units() -> frozenset[str]:
    """Return the units whose citizens are asked in Chinese too."""
    return frozenset(unit.id for unit in parse_units(shipped_text("units")) if unit.trait == "border")
