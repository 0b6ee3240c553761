"""SARIF 2.1.0, as code scanning on GitHub wants it.

GitHub refuses a whole file for one result without a location or one rule without a description, so every field that it
asks for is always there, and what could not be read is a notification and not a result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linter import __version__
from linter.reporters.escape import cut, json_text, one_line, unicode_text, url_path
from linter.reporters.help import rule_help_markdown, rule_help_text
from linter.reporters.places import shown_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from linter.engine.rules import Rule
    from linter.errors import Problem
    from linter.findings import Finding
    from linter.reporters import Checked, Options, Summary

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
PROBLEM_SEVERITIES = {"error": "error", "warning": "warning", "info": "recommendation"}
PRECISIONS = {"high": "high", "medium": "medium", "low": "low"}
DESCRIPTION = 1024
"""How long GitHub lets a rule's description be."""
RESULTS = 25_000
"""How many results GitHub takes in one run; of more, it takes none."""


class Reporter:
    """Collects all findings and prints one log."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.rules = options.rules
        self.findings: list[Finding] = []

    def file(self, checked: Checked) -> None:
        """Keep the findings of one draft."""
        self.findings += checked.findings

    def finish(self, summary: Summary) -> None:
        """Print the log."""
        known = self.rules()
        descriptors = [_descriptor(rule) for rule in known.values()]
        for finding in self.findings:
            if finding.rule not in known:
                known = {**known, finding.rule: None}  # type: ignore[dict-item]
                descriptors.append(_unknown(finding))
        index = {descriptor["id"]: i for i, descriptor in enumerate(descriptors)}
        kept, notifications = self._kept()
        notifications += [_notification(error) for error in summary.errors]
        run = {
            "tool": {
                "driver": {
                    "name": "caveat",
                    "informationUri": "https://caveat.readthedocs.io/",
                    "version": __version__,
                    "semanticVersion": __version__,
                    "rules": descriptors,
                }
            },
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": not summary.errors, "toolExecutionNotifications": notifications}],
            "results": [_result(finding, index) for finding in kept],
        }
        self.write(json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n")

    def _kept(self) -> tuple[list[Finding], list[dict[str, Any]]]:
        """As many findings as GitHub takes, and a note about the rest. The worst ones are kept."""
        if len(self.findings) <= RESULTS:
            return self.findings, []
        ranks = {severity: rank for rank, severity in enumerate(LEVELS)}
        worst = sorted(range(len(self.findings)), key=lambda i: ranks[self.findings[i].severity])[:RESULTS]
        left = len(self.findings) - RESULTS
        text = f"{left} more findings than a run may hold were left out; those of the least severity went first"
        return [self.findings[i] for i in sorted(worst)], [{"level": "warning", "message": {"text": text}}]


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.replace("/", "-").split("-")),
        "shortDescription": {"text": _text(rule.summary)},
        "fullDescription": {"text": _text(" ".join(rule.why.split()))},
        "help": {"text": rule_help_text(rule), "markdown": rule_help_markdown(rule)},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": ["health-writing", rule.family],
            "precision": PRECISIONS[rule.confidence],
            "problem.severity": PROBLEM_SEVERITIES[rule.severity],
        },
    }


def _unknown(finding: Finding) -> dict[str, Any]:
    """A rule that no rule book describes, such as one about the directives in a draft."""
    return {
        "id": finding.rule,
        "shortDescription": {"text": _text(finding.rule)},
        "fullDescription": {"text": _text(finding.rule)},
        "help": {"text": _text(finding.advice or finding.rule)},
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
        "properties": {"tags": ["health-writing", finding.rule.partition("/")[0]]},
    }


def _text(text: str) -> str:
    return cut(unicode_text(text), DESCRIPTION)


def _result(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    message = one_line(finding.message)
    if finding.advice:
        message += f"\n{one_line(finding.advice)}"
    where = {"artifactLocation": {"uri": _uri(finding.path)}, "region": _region(finding)}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": LEVELS[finding.severity],
        # In SARIF, [text](address) in a message is a link: what a draft says must not become one.
        "message": {"text": message.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")},
        "locations": [{"physicalLocation": where}],
        # GitHub reckons primaryLocationLineHash itself where it is left out; another value under that name is a fault.
        "partialFingerprints": {"caveat/v1": finding.fingerprint or f"{finding.rule}:{finding.line}"},
        "properties": {"confidence": finding.confidence},
    }
    if finding.edit:
        edit = finding.edit
        region = {
            "startLine": edit.line, "startColumn": edit.column, "endLine": edit.end_line, "endColumn": edit.end_column,
        }  # fmt: skip
        change = {
            "artifactLocation": {"uri": _uri(finding.path)},
            "replacements": [{"deletedRegion": region, "insertedContent": {"text": edit.text}}],
        }
        result["fixes"] = [{"description": {"text": "Insert or replace words"}, "artifactChanges": [change]}]
    return result


def _region(finding: Finding) -> dict[str, int]:
    end_line = max(finding.end_line, finding.line)
    end_column = finding.end_column
    if end_line == finding.line:  # an empty region is a place between characters; GitHub asks for a part of a line
        end_column = max(end_column, finding.column + 1)
    return {"startLine": finding.line, "startColumn": finding.column, "endLine": end_line, "endColumn": end_column}


def _notification(error: Problem) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(error.path)}}
    if error.line:
        location["region"] = {"startLine": error.line, "startColumn": max(error.column, 1)}
    message = one_line(error.message) or "could not be linted"
    return {"level": "error", "message": {"text": message}, "locations": [{"physicalLocation": location}]}


def _uri(path: str) -> str:
    shown = url_path(shown_path(path))
    return "file://" + shown if shown.startswith("/") else shown
