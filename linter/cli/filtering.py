"""Options about which findings are reported and how fast, and their part of a run: baseline, changed lines, cache."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli.options import is_jobs
from linter.cli.output import complain
from linter.errors import CaveatError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from linter.cli.options import Arguments
    from linter.config import Settings
    from linter.filters.baseline import Baseline
    from linter.filters.changed import Changes
    from linter.findings import Finding
    from linter.parallel import Result
    from linter.runner import Draft, Runner


def add_filter_options(group: Arguments) -> None:
    """The options about the baseline and about changed lines."""
    group.add_argument("--baseline", metavar="FILE",
                       help="leave out the findings that a baseline knows (default: .caveat-baseline.json beside the "
                       "configuration file or in this folder, if there is one)")  # fmt: skip
    group.add_argument("--no-baseline", action="store_true", help="use no baseline")
    group.add_argument("--write-baseline", metavar="FILE", help="write all findings to a baseline, and report none")
    group.add_argument("--prune-baseline", action="store_true",
                       help="take the entries out of the baseline that no longer match")  # fmt: skip
    group.add_argument("--diff", metavar="REV",
                       help="only findings in blocks that were touched since a revision of git")  # fmt: skip
    group.add_argument("--staged", action="store_true",
                       help="only findings in blocks that were touched in what is staged")  # fmt: skip
    group.add_argument("--require-reason", action="store_true", default=None,
                       help="inline directives must give a reason")  # fmt: skip


def add_speed_options(group: Arguments) -> None:
    """The options about processes and the cache."""
    group.add_argument("--jobs", metavar="N", type=_jobs, help="how many processes lint: a number, or auto (default)")
    group.add_argument("--no-cache", action="store_false", dest="cache", default=None,
                       help="lint every draft anew, and keep nothing")  # fmt: skip
    group.add_argument("--cache-dir", metavar="DIR", help="where findings of unchanged drafts are kept")
    group.add_argument("--watch", action="store_true", help="keep on running, and lint what is changed")


def _jobs(text: str) -> str:
    if not is_jobs(text):
        import argparse

        raise argparse.ArgumentTypeError(f"{text!r} is neither a number from 1 nor auto")
    return text


class Baselines:
    """The baselines of a run: each draft's settings may name another one."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.loaded: dict[str, Baseline] = {}
        self.found: dict[tuple[str, str], str] = {}

    def new(self, settings: Settings, path: str, findings: Sequence[Finding]) -> Sequence[Finding]:
        """The findings that no baseline knows."""
        name = self._path(settings)
        if not name:
            return findings
        if name not in self.loaded:
            from linter.filters.baseline import Baseline

            self.loaded[name] = Baseline.load(name)
        return self.loaded[name].new(path, findings)

    def _path(self, settings: Settings) -> str:
        if self.options.no_baseline:
            return ""
        key = (settings.path, settings.baseline)
        if key not in self.found:
            self.found[key] = settings.baseline or self._default(settings)
        return self.found[key]

    def _default(self, settings: Settings) -> str:
        from linter.filters.baseline import NAME

        folders = (os.path.dirname(settings.path) if settings.path else "", "")  # noqa: PTH120
        places = (os.path.abspath(os.path.join(folder, NAME)) for folder in folders)  # noqa: PTH100, PTH118
        return next((place for place in places if os.path.isfile(place)), "")  # noqa: PTH113

    def finish(self, walked: Sequence[str], *, tell: bool) -> None:
        """Prune, or tell what no longer matches."""
        for baseline in self.loaded.values():
            if self.options.prune_baseline:
                try:
                    gone = baseline.prune(walked)
                except OSError as error:
                    raise CaveatError(f"{baseline.path}: cannot be written: {error.strerror}") from error
                if tell:
                    complain(f"{_entries(gone)} taken out of the baseline")
            elif tell and (count := baseline.stale(walked)):
                verb = "matches" if count == 1 else "match"
                complain(f"{_entries(count)} of the baseline no longer {verb} (--prune-baseline takes them out)")


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


class NewBaseline:
    """A baseline that a run writes."""

    def __init__(self, path: str) -> None:
        from linter.filters.baseline import Baseline

        self.baseline = Baseline.load(path) if Path(path).is_file() else Baseline(path)
        self.path = path
        self.findings = 0
        self.drafts = 0

    def add(self, path: str, findings: Sequence[Finding]) -> None:
        """Learn the findings of a draft."""
        self.baseline.learn(path, findings)
        self.findings += len(findings)
        self.drafts += bool(findings)

    def save(self, *, tell: bool) -> None:
        """Write the file."""
        self.baseline.forget_gone()
        try:
            self.baseline.save()
        except OSError as error:
            raise CaveatError(f"{self.path}: cannot be written: {error.strerror}") from error
        if tell:
            complain(f"{self.findings} findings in {self.drafts} drafts written to {self.path}")


def open_cache(runner: Runner, options: argparse.Namespace, settings: Settings) -> None:
    """Give a runner its cache, unless told otherwise."""
    if not settings.cache:
        return
    from linter.cache import FindingsCache, cache_root, findings_directory

    folder = findings_directory(cache_root(options.cache_dir or "", settings.cache_dir))
    runner.use_cache(FindingsCache(folder, complain))


def changed_drafts(paths: Sequence[str], changes: Changes, runner: Runner) -> Iterator[tuple[Draft, Result]]:
    """The drafts that were changed, each with the findings that the change concerns."""
    from linter.filters.changed import concerned
    from linter.parallel import Result, lint_document, lint_task

    for path in paths:
        change = changes.change(path)
        if change is None:
            continue
        draft = runner.draft(path)
        if changes.staged:
            draft.data, draft.error = changes.data(path), ""
        if draft.error:
            yield draft, Result(error=draft.error)
            continue
        done = lint_document(draft.task())
        if isinstance(done, Result):
            yield draft, done
            continue
        old = changes.old_data(change)
        before = Result() if old is None else lint_task(replace(draft.task(), data=old))
        known = {finding.fingerprint for finding in before.findings}
        yield draft, Result(concerned(done.document, done.findings, change, known))


def open_changes(options: argparse.Namespace) -> Changes | None:
    """What git says was changed, if that was asked for."""
    if not options.diff and not options.staged:
        return None
    if options.diff and options.staged:
        raise CaveatError("--diff and --staged cannot both hold; --staged compares with HEAD")
    from linter.filters.changed import Changes

    return Changes(options.diff or "", staged=options.staged)
