"""JSON lines: one object a line, findings as they come, then errors. The shapes are those of the JSON format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.reporters.escape import json_text

if TYPE_CHECKING:
    from linter.reporters import Checked, Options, Summary


class Reporter:
    """Prints each finding as it comes; ``type`` says what a line holds."""

    def __init__(self, options: Options) -> None:
        self.write = options.write

    def file(self, checked: Checked) -> None:
        """Print the findings of one draft."""
        for finding in checked.findings:
            self.write(json_text({"type": "finding", **finding.to_json()}) + "\n")

    def finish(self, summary: Summary) -> None:
        """Print what could not be done."""
        for error in summary.errors:
            data = {"path": error.path, "line": error.line, "column": error.column, "message": error.message}
            self.write(json_text({"type": "error", **data}) + "\n")
