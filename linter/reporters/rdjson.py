"""reviewdog's diagnostic format, as one object. Its columns count bytes of UTF-8, from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linter.reporters import UNREADABLE
from linter.reporters.escape import json_text
from linter.reporters.places import byte_column, shown_path

if TYPE_CHECKING:
    from linter.errors import Problem
    from linter.findings import Finding
    from linter.reporters import Checked, Options, Summary
    from linter.source import Source

SOURCE = {"name": "caveat", "url": "https://caveat.readthedocs.io/"}
SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


class Reporter:
    """Collects all findings and prints one object."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.diagnostics: list[dict[str, Any]] = []

    def file(self, checked: Checked) -> None:
        """Keep the findings of one draft."""
        self.diagnostics += [diagnostic(finding, checked.source) for finding in checked.findings]

    def finish(self, summary: Summary) -> None:
        """Print the object."""
        self.diagnostics += [trouble(error) for error in summary.errors]
        self.write(json_text({"source": SOURCE, "diagnostics": self.diagnostics}, indent=2) + "\n")


def diagnostic(finding: Finding, source: Source) -> dict[str, Any]:
    """One finding."""

    def span(line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
        return {
            "start": {"line": line, "column": byte_column(source, line, column)},
            "end": {"line": end_line, "column": byte_column(source, end_line, end_column)},
        }

    message = finding.message if not finding.advice else f"{finding.message}\n{finding.advice}"
    data: dict[str, Any] = {
        "message": message,
        "location": {
            "path": shown_path(finding.path),
            "range": span(finding.line, finding.column, finding.end_line, finding.end_column),
        },
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.rule, "url": finding.url},
    }
    if not finding.url:
        del data["code"]["url"]
    if edit := finding.edit:
        where = span(edit.line, edit.column, edit.end_line, edit.end_column)
        data["suggestions"] = [{"range": where, "text": edit.text}]
    return data


def trouble(error: Problem) -> dict[str, Any]:
    """A file that could not be read, or one with mistakes."""
    location: dict[str, Any] = {"path": shown_path(error.path)}
    if error.line:
        location["range"] = {"start": {"line": error.line}}
    return {"message": error.message, "location": location, "severity": "ERROR", "code": {"value": UNREADABLE}}
