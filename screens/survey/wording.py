"""The survey's words in every language at once: the citizen reads the one he knows; no widget here.

Chinese is shown in border communes, where many citizens read it.
"""

from __future__ import annotations

from collections.abc import Mapping

from desk.rules.reference.survey_words import SurveyWords


class Wording:
    """The words of one survey, each in all the languages this unit shows."""

    def __init__(self, words: Mapping[str, SurveyWords], *, chinese: bool) -> None:
        """Take `words` by key (desk.rules.reference.survey_words.KEYS); chinese: whether it is shown too."""
        self._words = words
        self._chinese = chinese

    def said(self, key: str, between: str = "  ·  ") -> str:
        """Return what stands under `key` in all its languages."""
        words = self._words[key]
        return between.join([words.vi, words.en, *([words.zh] if self._chinese else [])])
