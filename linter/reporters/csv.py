"""CSV for a spreadsheet: one row a finding. A cell that a spreadsheet would calculate gets an apostrophe before it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from linter.reporters import UNREADABLE
from linter.reporters.escape import csv_cell
from linter.reporters.layout import inert

if TYPE_CHECKING:
    from linter.reporters import Checked, Options, Summary

COLUMNS = (
    "path", "line", "column", "end_line", "end_column", "rule", "severity", "confidence", "message", "advice",
    "excerpt", "suggestion", "url", "fingerprint",
)  # fmt: skip


class Reporter:
    """Prints each finding as it comes, under a head line."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.headed = False

    def file(self, checked: Checked) -> None:
        """Print the findings of one draft."""
        for finding in checked.findings:
            values: dict[str, str | int] = finding.to_json()
            self._row([values[column] for column in COLUMNS])

    def finish(self, summary: Summary) -> None:
        """Print what could not be done, as rows that look like findings."""
        for error in summary.errors:
            values: dict[str, str | int] = {
                "path": error.path, "line": error.line, "column": error.column, "rule": UNREADABLE,
                "severity": "error", "message": error.message,
            }  # fmt: skip
            self._row([values.get(column, "") for column in COLUMNS])
        self._head()

    def _head(self) -> None:
        if not self.headed:
            self.headed = True
            self._line(COLUMNS)

    def _row(self, values: list[str | int]) -> None:
        self._head()
        self._line([value if isinstance(value, int) else csv_cell(value) for value in values])

    def _line(self, values: list[str | int] | tuple[str, ...]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(values)
        self.write(inert(buffer.getvalue()))
