"""The concise format: one line a finding, ``path:line:column: severity rule: message``. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.reporters.layout import inert, visible

if TYPE_CHECKING:
    from linter.reporters import Checked, Options, Summary


class Reporter:
    """Prints each finding as it comes."""

    def __init__(self, options: Options) -> None:
        self.write = options.write

    def file(self, checked: Checked) -> None:
        """Print the findings of one draft."""
        for f in checked.findings:
            message = " ".join(f.message.split())
            line = visible(f"{f.path}:{f.line}:{f.column}: {f.severity} {f.rule}: {message}")
            self.write(inert(line) + "\n")

    def finish(self, summary: Summary) -> None:
        """Print nothing more."""
