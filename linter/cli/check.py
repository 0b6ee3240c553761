"""Lint drafts: files, folders, or - for standard input."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE
from linter.cli.filtering import (
    Baselines,
    NewBaseline,
    add_filter_options,
    add_speed_options,
    changed_drafts,
    open_cache,
    open_changes,
)
from linter.cli.options import add_config_options, add_exclude_options, add_selection_options, configuration
from linter.cli.output import abandon_stdout, complain
from linter.cli.outputs import Outputs, add_output_options, outputs
from linter.errors import CaveatError, DataFileError, Problem
from linter.files import STDIN, find_drafts
from linter.filters.levels import DEFAULT_CONFIDENCE, DEFAULT_FAIL_LEVEL
from linter.findings import CONFIDENCES, SEVERITIES
from linter.reporters import Checked, Summary, shipped_rules
from linter.runner import Runner
from linter.source import Source, decode

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence

    from linter.cli.options import Configuration
    from linter.engine.rules import Rule
    from linter.findings import Finding
    from linter.reporters import Reporter
    from linter.runner import Draft

    BookKey = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]


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
                       help=f"leave out findings that are less certain (default: {DEFAULT_CONFIDENCE})")  # fmt: skip
    add_filter_options(which)
    exits = parser.add_argument_group("the exit code")
    exits.add_argument(
        "--fail-level", choices=SEVERITIES[::-1],
        help=f"the least severity that makes the exit code 1 (default: {DEFAULT_FAIL_LEVEL})",
    )  # fmt: skip
    exits.add_argument("--exit-zero", action="store_true", help="exit with 0 even when there are findings")
    source = parser.add_argument_group("input and configuration")
    source.add_argument("--stdin-filename", metavar="NAME", default="stdin.md",
                        help="the name of the draft on standard input; its ending tells the format")  # fmt: skip
    add_config_options(source)
    add_exclude_options(source)
    add_speed_options(parser.add_argument_group("speed"))


def run(options: argparse.Namespace) -> int:
    """Lint; the exit code."""
    if options.watch:
        return _watch(options)
    return _once(options)


def _watch(options: argparse.Namespace) -> int:
    from linter.lint import book_for
    from linter.watch import watch

    def lint(rules: bool) -> None:
        if rules:
            book_for.cache_clear()
        try:
            _once(options)
        except CaveatError as error:  # it may be mended by the next change
            complain(str(error))

    paths = options.paths or ["."]
    if STDIN in paths:
        raise CaveatError("--watch needs files or folders, not standard input")
    here = configuration(options).here
    extra = [path for path in (here.path, *here.chain, *here.rules, *here.knowledge) if path]
    return watch([*paths, *extra], lint)


def _once(options: argparse.Namespace) -> int:
    configured: Configuration | None = None
    problems: tuple[Problem, ...] = ()
    try:
        configured = configuration(options)
    except DataFileError as error:
        problems = error.problems
    chosen = outputs(options, configured.here.format if configured else "")
    used: dict[BookKey, None] = {}
    reporter = Outputs(chosen, options, _write, lambda: _rules(used))
    run = _Run(options, reporter, used)
    run.summary.errors += problems
    if configured is not None:
        try:
            run.lint(configured)
        except DataFileError as error:  # a rule or configuration file with mistakes: nothing more can be linted
            run.summary.errors += error.problems
    return run.finish(reporter.stdout)


def _rules(used: Iterable[BookKey]) -> Mapping[str, Rule]:
    """The rules of a run, by id: the shipped ones and a team's own."""
    from linter.lint import book_for, built_in

    books = (book_for(*key) for key in used)
    return {**shipped_rules(), **{rule.id: rule for rule in built_in()},
            **{rule.id: rule for book in books for rule in book.rules}}  # fmt: skip


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

    def __init__(self, options: argparse.Namespace, reporter: Reporter, used: dict[BookKey, None]) -> None:
        self.options = options
        self.reporter = reporter
        self.used = used
        self.summary = Summary()
        self.failed = False
        self.baselines = Baselines(options)
        self.learning = NewBaseline(options.write_baseline) if options.write_baseline else None

    def lint(self, configured: Configuration) -> None:
        named = self.options.paths or ["."]
        paths, problems = find_drafts(named, configured.excluded, configured.force_excluded)
        self.summary.errors += problems
        changes = open_changes(self.options)
        if not paths and not problems and not self.options.quiet and not changes:
            sys.stderr.write("caveat: no drafts found\n")
        progress = None
        if len(paths) > 1 and not self.options.quiet and sys.stderr.isatty():
            from linter.cli.progress import Progress

            progress = Progress(len(paths))
        runner = Runner(configured.for_path, jobs=configured.here.jobs, stdin_name=self.options.stdin_filename)
        open_cache(runner, self.options, configured.here)
        for draft, result in changed_drafts(paths, changes, runner) if changes else runner.run(paths):
            if progress:
                progress.step()
            if result.error:
                self.summary.errors.append(Problem(draft.name, 0, 0, result.error))
                continue
            findings = self._reported(draft, result.findings, runner, configured)
            self.summary.add(findings)
            if progress and findings:
                progress.clear()
            # What a report quotes is only needed where there is something to quote.
            source = decode(draft.data, draft.name) if findings else Source.from_text("", draft.name)
            self.reporter.file(Checked(source, findings))
        if progress:
            progress.clear()
        if not self.summary.errors:  # a baseline is not made of half a run
            self._finish_baselines([path for path in named if path != STDIN and os.path.isdir(path)])  # noqa: PTH112

    def _reported(
        self, draft: Draft, found: Sequence[Finding], runner: Runner, configured: Configuration
    ) -> Sequence[Finding]:
        """The findings of a draft that are reported."""
        settings = draft.settings
        self.used.setdefault((settings.rules, settings.knowledge, settings.options))
        levels = configured.levels(settings, runner.known_rules(settings))
        if self.learning is None:
            found = self.baselines.new(settings, draft.name, found)
        findings = [finding for finding in map(levels, found) if finding]
        if self.learning is not None:
            self.learning.add(draft.name, findings)
            return ()
        self.failed = self.failed or any(map(levels.fails, findings))
        return findings

    def _finish_baselines(self, walked: Sequence[str]) -> None:
        tell = not self.options.quiet
        if self.learning is not None:
            self.learning.save(tell=tell)
        elif not self.options.diff and not self.options.staged:
            self.baselines.finish(walked, tell=tell)

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
