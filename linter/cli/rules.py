"""List all rules: severity, confidence, whether they are on, and what they flag."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from linter.cli import EXIT_CLEAN
from linter.cli.options import add_config_options, add_selection_options, configuration
from linter.cli.output import require_utf8, width
from linter.filters.levels import OFF
from linter.findings import CONFIDENCES
from linter.lint import built_in

if TYPE_CHECKING:
    import argparse

    from linter.engine.rules import Rule


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat rules``."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print them (default: text)")
    add_selection_options(parser)
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the rules, in the order of their families."""
    configured = configuration(options)
    settings = configured.here
    book = configured.book(settings)
    levels = configured.levels(settings)
    rows = [
        (rule, "on" if levels.level(rule.id) != OFF and CONFIDENCES.index(rule.confidence) >= levels.least else "off")
        for rule in (*book.rules, *built_in())
    ]
    if options.format == "json":
        import json

        require_utf8()
        report = {"version": 1, "rules": [rule_data(rule, state) for rule, state in rows]}
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return EXIT_CLEAN
    for line in _table(rows):
        sys.stdout.write(line + "\n")
    return EXIT_CLEAN


def rule_data(rule: Rule, state: str = "on") -> dict[str, Any]:
    """A rule as JSON data: what its page says."""
    return {
        "id": rule.id,
        "family": rule.family,
        "summary": rule.summary,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "state": state,
        "message": rule.message,
        "advice": rule.advice,
        "why": rule.why,
        "sources": [{"title": s.title, "url": s.url, "checked": s.checked} for s in rule.sources],
        "examples": {"flag": list(rule.flag), "pass": list(rule.passes)},
        "url": rule.url,
    }


def _table(rows: list[tuple[Rule, str]]) -> list[str]:
    from linter.reporters.layout import wrapped

    names = max(len(rule.id) for rule, _ in rows)
    head = names + 2 + 10 + 12 + 5
    room = width() - head
    lines = [f"{'rule':{names}}  {'severity':10}{'confidence':12}{'on':5}what it flags", ""]
    for rule, state in rows:
        start = f"{rule.id:{names}}  {rule.severity:10}{rule.confidence:12}{state:5}"
        if room >= 30:
            first, *rest = wrapped(rule.summary, room)
            lines += [start + first, *(" " * head + part for part in rest)]
        else:
            lines += [start.rstrip(), *("    " + part for part in wrapped(rule.summary, width() - 4))]
    return lines
