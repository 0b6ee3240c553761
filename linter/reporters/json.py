"""The JSON format: one object, documented in docs/json.md. Keys are only ever added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linter import __version__
from linter.reporters.escape import json_text

if TYPE_CHECKING:
    from linter.reporters import Checked, Options, Summary

VERSION = 1


class Reporter:
    """Collects all findings and prints one object."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.findings: list[dict[str, Any]] = []

    def file(self, checked: Checked) -> None:
        """Keep the findings of one draft."""
        self.findings += [finding.to_json() for finding in checked.findings]

    def finish(self, summary: Summary) -> None:
        """Print the object."""
        report = {
            "version": VERSION,
            "tool": {"name": "caveat", "version": __version__},
            "files": summary.files,
            "findings": self.findings,
            "errors": [
                {"path": error.path, "line": error.line, "column": error.column, "message": error.message}
                for error in summary.errors
            ],
        }
        self.write(json_text(report, indent=2) + "\n")
