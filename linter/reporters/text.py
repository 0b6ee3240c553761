"""The text format, for people: each finding with its source line, the span underlined, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linter.findings import SEVERITIES
from linter.reporters.layout import columns, inert, plural, statistics, visible, window, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.findings import Finding
    from linter.reporters import Checked, Options, Summary
    from linter.source import Source

    Line = list[tuple[str, str]]
    """Pieces of text, each with a style for rich."""

SEVERITY_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
GUTTER = "blue"
BESIDE, BESIDE_LINES = 36, 2
"""The message stands beside the underline when that many columns are left and that many lines do, else below it."""


class Reporter:
    """Prints each finding as it comes, and a summary line when there were any."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.print = _rich_printer(options) if options.colour else self._plain
        self.first = True

    def _plain(self, line: Line) -> None:
        self.options.write(inert("".join(text for text, _ in line).rstrip()) + "\n")

    def file(self, checked: Checked) -> None:
        """Print the findings of one draft."""
        for finding in checked.findings:
            if not self.first:
                self.print([])
            self.first = False
            for line in lines_of(finding, checked.source, self.options.width):
                self.print(line)

    def finish(self, summary: Summary) -> None:
        """Print the counts and the summary line, where there is something to sum up."""
        if not summary.rules:
            return
        if self.options.statistics:
            self.print([])
            for line in statistics(summary.rules):
                self.print([(line, "")])
        if not self.options.quiet:
            self.print([])
            self.print([(summary_line(summary), "bold")])


def summary_line(summary: Summary) -> str:
    """``4 findings (1 error, 3 warnings) in 2 of 12 drafts``."""
    words = {"info": "note"}
    parts = [
        plural(summary.severities[severity], words.get(severity, severity))
        for severity in reversed(SEVERITIES)
        if summary.severities[severity]
    ]
    total = plural(summary.severities.total(), "finding")
    drafts = plural(summary.files, "draft")
    return f"{total} ({', '.join(parts)}) in {summary.files_with_findings} of {drafts}"


def lines_of(finding: Finding, source: Source, width: int) -> Iterator[Line]:
    """A finding as lines of at most ``width`` columns (the heading may be longer: a path is never broken)."""
    style = SEVERITY_STYLES[finding.severity]
    number = str(finding.line)
    margin = " " * len(number)
    yield [
        (visible(f"{finding.path}:{finding.line}:{finding.column}"), "bold"),
        (" ", ""),
        (finding.severity, style),
        (" ", ""),
        (visible(finding.rule), ""),
    ]
    yield [(f"{margin} |", GUTTER)]
    room = width - len(number) - 3
    line = source.line_text(finding.line)
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    text, column, size = window(line, finding.column - 1, end, room)
    yield [(f"{number} | ", GUTTER), (text, "")]
    bar = f"{margin} | "
    message, indent = wrapped(finding.message, room), ""
    underline: Line = [(bar, GUTTER), (" " * column, ""), ("^" * size, style)]
    beside = room - column - size - 1
    if beside >= min(BESIDE, columns(finding.message)):
        narrow = wrapped(finding.message, beside)
        if len(narrow) <= BESIDE_LINES:
            message, indent = narrow, " " * (column + size + 1)
            underline.append((" " + message.pop(0), ""))
    yield underline
    for part in message:
        yield [(bar, GUTTER), (indent + part, "")]
    notes = [finding.advice] if finding.advice else []
    if finding.suggestion:
        notes.append(f'For example: "{finding.suggestion}"')
    notes.append(f"caveat explain {finding.rule}")
    for note in notes:
        for i, part in enumerate(wrapped(note, room)):
            yield [(f"{margin} {' ' if i else '='} ", GUTTER), (part, "")]


def _rich_printer(options: Options) -> Any:  # noqa: ANN401
    """A function that prints a line in colour. Text is never read as markup."""
    import io

    from rich.console import Console
    from rich.text import Text

    buffer = io.StringIO()
    console = Console(
        file=buffer, force_terminal=True, color_system="standard", legacy_windows=False, highlight=False, markup=False,
        emoji=False, width=10_000,
    )  # fmt: skip

    def show(line: Line) -> None:
        console.print(Text.assemble(*line), soft_wrap=True)
        options.write(inert(buffer.getvalue()))
        buffer.seek(0)
        buffer.truncate()

    return show
