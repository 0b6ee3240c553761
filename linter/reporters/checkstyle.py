"""Checkstyle's XML, which many build servers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter import __version__
from linter.reporters import UNREADABLE
from linter.reporters.escape import xml
from linter.reporters.layout import inert
from linter.reporters.places import shown_path

if TYPE_CHECKING:
    from linter.reporters import Checked, Options, Summary

SEVERITIES = {"error": "error", "warning": "warning", "info": "info"}


class Reporter:
    """Prints each draft as it comes; a clean one as an empty element, so that a report says what was read."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.begun = False

    def _line(self, text: str) -> None:
        if not self.begun:
            self.begun = True
            self.write(f'<?xml version="1.0" encoding="utf-8"?>\n<checkstyle version="{xml(__version__)}">\n')
        self.write(inert(text) + "\n")

    def file(self, checked: Checked) -> None:
        """Print one draft."""
        name = xml(shown_path(checked.source.path))
        if not checked.findings:
            self._line(f'  <file name="{name}"/>')
            return
        self._line(f'  <file name="{name}">')
        for f in checked.findings:
            message = f"{f.message} {f.advice}".strip()
            self._line(f'    <error line="{f.line}" column="{f.column}" severity="{SEVERITIES[f.severity]}" '
                       f'message="{xml(message)}" source="{xml(f.rule)}"/>')  # fmt: skip
        self._line("  </file>")

    def finish(self, summary: Summary) -> None:
        """Print what could not be done, and the end."""
        for error in summary.errors:
            self._line(f'  <file name="{xml(shown_path(error.path))}">')
            self._line(f'    <error line="{max(error.line, 1)}" column="{max(error.column, 1)}" severity="error" '
                       f'message="{xml(error.message)}" source="{UNREADABLE}"/>')  # fmt: skip
            self._line("  </file>")
        self._line("</checkstyle>")
