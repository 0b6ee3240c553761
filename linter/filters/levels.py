"""Which findings of a draft count, and how much: selection, severity and confidence, as its settings say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from linter.filters.select import Selection, matches
from linter.findings import CONFIDENCES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from linter.config import Settings
    from linter.findings import Finding

DEFAULT_FAIL_LEVEL = "warning"
DEFAULT_CONFIDENCE = "medium"
OFF = "off"


class Levels:
    """What some settings make of findings. ``known`` are the ids of all rules and their own severities."""

    def __init__(self, settings: Settings, known: Mapping[str, str]) -> None:
        self.known = known
        self.severity = settings.severity
        self.selected = Selection(settings.select, settings.ignore)
        self.least = CONFIDENCES.index(settings.min_confidence or DEFAULT_CONFIDENCE)
        self.fail = SEVERITIES.index(settings.fail_level or DEFAULT_FAIL_LEVEL)
        self.levels: dict[str, str] = {}

    def level(self, rule: str) -> str:
        """The severity that a rule's findings have, or ``off``."""
        level = self.levels.get(rule)
        if level is None:
            level = self.levels[rule] = self._level(rule)
        return level

    def _level(self, rule: str) -> str:
        if not self.selected(rule):
            return OFF
        exact = [level for name, level in self.severity if name == rule]
        loose = [level for name, level in self.severity if matches(name, rule)]
        return (exact or loose or [self.known.get(rule, SEVERITIES[0])])[-1]

    def __call__(self, finding: Finding) -> Finding | None:
        """The finding as it is reported, or nothing."""
        level = self.level(finding.rule)
        if level == OFF or CONFIDENCES.index(finding.confidence) < self.least:
            return None
        # A finding that its rule itself has played down, such as a hedged claim, stays what it is.
        own = self.known.get(finding.rule, level)
        return replace(finding, severity=level) if finding.severity == own != level else finding

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes the exit code 1."""
        return SEVERITIES.index(finding.severity) >= self.fail
