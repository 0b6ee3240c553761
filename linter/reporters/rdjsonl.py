"""reviewdog's diagnostic format, as one object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.reporters.escape import json_text
from linter.reporters.rdjson import SOURCE, diagnostic, trouble

if TYPE_CHECKING:
    from linter.reporters import Checked, Options, Summary


class Reporter:
    """Prints each finding as it comes."""

    def __init__(self, options: Options) -> None:
        self.write = options.write

    def file(self, checked: Checked) -> None:
        """Print the findings of one draft."""
        for finding in checked.findings:
            self.write(json_text({"source": SOURCE, **diagnostic(finding, checked.source)}) + "\n")

    def finish(self, summary: Summary) -> None:
        """Print what could not be done."""
        for error in summary.errors:
            self.write(json_text({"source": SOURCE, **trouble(error)}) + "\n")
