"""Lint drafts: files, folders, or - for standard input."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE
from linter.filters.encoding import encoding_findings
from linter.cli.options import add_config_options, add_selection_options, configuration, selection
from linter.cli.output import abandon_stdout, complain
from linter.cli.outputs import Outputs, add_output_options, outputs
from linter.errors import CaveatError, DataFileError, Problem
from linter.files import STDIN, find_drafts
from linter.findings import CONFIDENCES, SEVERITIES
from linter.reporters import Checked, Summary, shipped_rules
from linter.source import BinaryFileError, decode

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from linter.cli.options import Configuration
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule
    from linter.findings import Finding
    from linter.reporters import Reporter
    from linter.source import Source

DEFAULT_FAIL_LEVEL = "warning"
DEFAULT_CONFIDENCE = "medium"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat check``."""
    parser.epilog = (
        "exit code: 0 nothing at or above the fail level; 1 findings; 2 something could not be done, such as a file "
        "that could not be read"
    )
    parser.add_argument("paths", nargs="*", metavar="PATHS", default=[],
                        help="drafts, folders of drafts, or - for standard input; default: this folder")  # fmt: skip
    report = parser.add_argument_group("the report")
    add_output_options(report)
    report.add_argument("--color", "--colour", choices=("auto", "always", "never"), default="auto",
                        help="colour in the text format (default: auto)")  # fmt: skip
    report.add_argument("--statistics", action="store_true", help="also count the findings of each rule")
    report.add_argument("-q", "--quiet", action="store_true", help="findings only: no summary, no progress, no notes")
    which = parser.add_argument_group("which findings")
    add_selection_options(which)
    which.add_argument("--min-confidence", choices=CONFIDENCES[::-1],
                       help="leave out findings that are less certain (default: medium)")  # fmt: skip
    exits = parser.add_argument_group("the exit code")
    exits.add_argument("--fail-level", choices=SEVERITIES[::-1],
                       help="the least severity that makes the exit code 1 (default: warning)")  # fmt: skip
    exits.add_argument("--exit-zero", action="store_true", help="exit with 0 even when there are findings")
    source = parser.add_argument_group("input and configuration")
    source.add_argument("--stdin-filename", metavar="NAME", default="stdin.md",
                        help="the name of the draft on standard input; its ending tells the format")  # fmt: skip
    add_config_options(source)


def run(options: argparse.Namespace) -> int:
    """Lint; the exit code."""
    configured: Configuration | None = None
    problems: tuple[Problem, ...] = ()
    try:
        configured = configuration(options)
    except DataFileError as error:
        problems = error.problems
    chosen = outputs(options, configured.here.format if configured else "")
    books: list[RuleBook] = []
    reporter = Outputs(chosen, options, _write, lambda: _rules(books))
    run = _Run(options, reporter, books)
    run.summary.errors += problems
    if configured is not None:
        try:
            run.lint(configured)
        except DataFileError as error:  # a rule or configuration file with mistakes: nothing more can be linted
            run.summary.errors += error.problems
    return run.finish(reporter.stdout)


def _rules(books: Sequence[RuleBook]) -> Mapping[str, Rule]:
    """The rules of a run, by id: the shipped ones and a team's own."""
    return {**shipped_rules(), **{rule.id: rule for book in books for rule in book.rules}}


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
    except BrokenPipeError:  # the reader has seen enough; the exit code still wants to be known
        abandon_stdout()
    except OSError as error:
        abandon_stdout()
        raise CaveatError(f"cannot write the report: {error.strerror}") from error


class _Run:
    """One run over many drafts."""

    def __init__(self, options: argparse.Namespace, reporter: Reporter, books: list[RuleBook]) -> None:
        self.options = options
        self.reporter = reporter
        self.books = books
        self.summary = Summary()
        self.failed = False

    def lint(self, configured: Configuration) -> None:
        paths, problems = find_drafts(self.options.paths or ["."], configured.excluded)
        self.summary.errors += problems
        if not paths and not problems and not self.options.quiet:
            sys.stderr.write("caveat: no drafts found\n")
        progress = None
        if len(paths) > 1 and not self.options.quiet and sys.stderr.isatty():
            from linter.cli.progress import Progress

            progress = Progress(len(paths))
        for path in paths:
            if progress:
                progress.step()
            checked = self._checked(path, configured)
            if checked is None:
                continue
            self.summary.add(checked.findings)
            if progress and checked.findings:
                progress.clear()
            self.reporter.file(checked)
        if progress:
            progress.clear()

    def _checked(self, path: str, configured: Configuration) -> Checked | None:
        """A draft, read, linted and filtered; or nothing, and the trouble noted."""
        name = self.options.stdin_filename if path == STDIN else path
        try:
            data = _stdin() if path == STDIN else _read(path)
            source = decode(data, name.replace(os.sep, "/"))
        except BinaryFileError:
            self.summary.errors.append(Problem(name, 0, 0, "looks like a binary file, not a draft"))
            return None
        except OSError as error:
            self.summary.errors.append(Problem(name, 0, 0, f"cannot be read: {error.strerror or error}"))
            return None
        try:
            return Checked(source, self._findings(source, data, configured))
        except CaveatError:
            raise
        except Exception as error:  # one draft that trips the program must not keep the others from being linted
            if os.environ.get("CAVEAT_TRACEBACK"):
                raise
            what = " ".join(f"{type(error).__name__}: {error}".split())
            message = f"caveat failed on this draft, please report it ({what}; CAVEAT_TRACEBACK=1 shows more)"
            self.summary.errors.append(Problem(source.path, 0, 0, message))
            return None

    def _findings(self, source: Source, data: bytes, configured: Configuration) -> list[Finding]:
        from linter.api import lint_source

        settings = configured.for_path(source.path)
        book = configured.book(settings)
        if book not in self.books:
            self.books.append(book)
        found = [*encoding_findings(source, data), *lint_source(source, book)]
        kept = selection(self.options, settings, book)
        least = CONFIDENCES.index(self.options.min_confidence or settings.min_confidence or DEFAULT_CONFIDENCE)
        fails = SEVERITIES.index(self.options.fail_level or settings.fail_level or DEFAULT_FAIL_LEVEL)
        findings = [f for f in found if kept(f.rule) and CONFIDENCES.index(f.confidence) >= least]
        self.failed = self.failed or any(SEVERITIES.index(f.severity) >= fails for f in findings)
        return findings

    def finish(self, name: str) -> int:
        """Close the report; the exit code."""
        self.reporter.finish(self.summary)
        if self.options.statistics and name != "text":
            from linter.reporters.layout import statistics

            sys.stderr.writelines(f"{line}\n" for line in statistics(self.summary.rules))
        for problem in self.summary.errors:
            complain(str(problem))
        if self.summary.errors:
            return EXIT_TROUBLE
        return EXIT_FINDINGS if self.failed and not self.options.exit_zero else EXIT_CLEAN


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - a path as text, as it was named, is all that is needed
        return file.read()


def _stdin() -> bytes:
    if sys.stdin is None:
        raise OSError("there is no standard input")
    return sys.stdin.buffer.read()
