"""Reporters: findings to output, one module a format. Each module holds a class ``Reporter``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from linter.engine.rules import Rule
    from linter.errors import Problem
    from linter.findings import Finding
    from linter.source import Source

FORMATS = (
    "text", "concise", "json", "jsonl", "github", "sarif", "rdjson", "rdjsonl", "junit", "checkstyle", "gitlab",
    "markdown", "csv",
)  # fmt: skip
MACHINE_FORMATS = frozenset(FORMATS) - {"text", "concise"}
"""Formats that must be UTF-8."""
UNREADABLE = "file/unreadable"
"""What takes the place of a rule's id where a format has no other place for a file that could not be linted."""


def shipped_rules() -> Mapping[str, Rule]:
    """The rules that come with the program, by id."""
    from linter.engine.rulebook import load_book
    from linter.filters.encoding import ENCODING

    return {rule.id: rule for rule in (*load_book().rules, ENCODING)}


@dataclass(frozen=True, slots=True)
class Checked:
    """One draft and its findings, in order."""

    source: Source
    findings: Sequence[Finding]


@dataclass(slots=True)
class Summary:
    """What a run amounts to."""

    files: int = 0
    files_with_findings: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    errors: list[Problem] = field(default_factory=list)

    def add(self, findings: Sequence[Finding]) -> None:
        """Count one draft."""
        self.files += 1
        self.files_with_findings += bool(findings)
        self.severities.update(finding.severity for finding in findings)
        self.rules.update(finding.rule for finding in findings)


@dataclass(frozen=True, slots=True)
class Options:
    """How to print: where to, how wide, in colour or not, and whether a summary and counts are wanted.

    ``rules`` gives the rules that may have been used, by id, for the formats that describe them.
    """

    write: Callable[[str], None]
    width: int = 80
    colour: bool = False
    quiet: bool = False
    statistics: bool = False
    rules: Callable[[], Mapping[str, Rule]] = shipped_rules


class Reporter(Protocol):
    """Gets each draft once, in order, and the summary at the end."""

    def file(self, checked: Checked) -> None:
        """Report the findings of one draft."""

    def finish(self, summary: Summary) -> None:
        """Close the report."""


def get_reporter(name: str, options: Options) -> Reporter:
    """The reporter of a format in ``FORMATS``."""
    reporter: Reporter = import_module(f"linter.reporters.{name}").Reporter(options)
    return reporter
