"""List all waivers: every inline directive of the drafts, with its rule, reason, reviewer, date and state."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN, EXIT_TROUBLE
from linter.cli.options import add_config_options, add_exclude_options, configuration
from linter.cli.output import complain, require_utf8, width

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from linter.cli.options import Configuration
    from linter.filters.directives import Waiver

COLUMNS = ("file", "line", "rule", "state", "findings", "reason", "by", "until", "scope", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is a formula to a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One waiver of one rule. ``note`` tells what is wrong with it."""

    file: str
    line: int
    rule: str
    state: str
    findings: int
    reason: str
    by: str
    until: str
    scope: str
    note: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat waivers``."""
    parser.add_argument("paths", nargs="*", metavar="PATHS", default=[], help="drafts or folders; default: this folder")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table",
                        help="how to print them (default: table)")  # fmt: skip
    parser.epilog = (
        "states: active, it waives something; unused, nothing to waive; expired, its last day is over; invalid, it "
        "cannot be understood"
    )
    add_config_options(parser)
    add_exclude_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the waivers, in the order of the drafts."""
    from linter.files import find_drafts

    configured = configuration(options)
    paths, problems = find_drafts(options.paths or ["."], configured.excluded, configured.force_excluded)
    errors = [str(problem) for problem in problems]
    rows = list(_rows(paths, configured, errors))
    if options.format == "json":
        import json

        require_utf8()
        report = {"version": 1, "waivers": [asdict(row) for row in rows]}
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    elif options.format == "csv":
        import csv

        require_utf8()
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_cell(getattr(row, column)) for column in COLUMNS] for row in rows)
    else:
        sys.stdout.writelines(f"{line}\n" for line in _table(rows))
    for error in errors:
        complain(error)
    return EXIT_TROUBLE if errors else EXIT_CLEAN


def _rows(paths: Sequence[str], configured: Configuration, errors: list[str]) -> Iterator[Row]:
    from linter.parallel import Result, lint_document
    from linter.runner import Runner

    runner = Runner(configured.for_path, jobs="1")
    for path in paths:
        draft = runner.draft(path)
        if not draft.error and b"caveat" not in draft.data.lower().replace(b"\0", b""):
            continue  # most drafts hold no directive, and need not be read at all
        done = Result(error=draft.error) if draft.error else lint_document(draft.task())
        if isinstance(done, Result):
            errors.append(f"{draft.name}: {done.error}")
            continue
        yield from (_row(draft.name, waiver) for waiver in done.waivers)


def _row(path: str, waiver: Waiver) -> Row:
    directive = waiver.directive
    return Row(
        file=path,
        line=waiver.line,
        rule=waiver.rule,
        state=waiver.state,
        findings=len(waiver.findings),
        reason=directive.reason,
        by=directive.by,
        until=str(directive.until or ""),
        scope=directive.action,
        note=directive.problem,
    )


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _table(rows: Sequence[Row]) -> Iterator[str]:
    from linter.reporters.layout import visible, wrapped

    if not rows:
        yield "no waivers"
        return
    heads = ("place", "rule", "state", "by", "until")
    cells = [
        [visible(cell or "-") for cell in (f"{row.file}:{row.line}", row.rule, row.state, row.by, row.until)]
        for row in rows
    ]
    widths = [max(len(line[column]) for line in [list(heads), *cells]) for column in range(len(heads))]
    for line, row in zip([list(heads), *cells], [None, *rows], strict=True):
        yield "  ".join(cell.ljust(size) for cell, size in zip(line, widths, strict=True)).rstrip()
        if row is not None:
            said = row.note or row.reason or "(no reason)"
            yield from (f"    {part}" for part in wrapped(visible(said), max(width() - 4, 30)))
    yield ""
    states = [row.state for row in rows]
    counts = ", ".join(f"{states.count(s)} {s}" for s in ("active", "unused", "expired", "invalid") if s in states)
    files = len({row.file for row in rows})
    yield f"{len(rows)} waiver{'s' * (len(rows) != 1)} in {files} draft{'s' * (files != 1)}: {counts}"
