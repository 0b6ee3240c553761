"""Linting in several processes, when there is so much to do that starting them is worth it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.errors import CaveatError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future, ProcessPoolExecutor
    from datetime import date

    from linter.findings import Finding
    from linter.lint import Linted

WORTH = 400_000
"""Bytes of drafts that must be waiting before processes are started: about half a second of work."""


@dataclass(frozen=True, slots=True)
class Task:
    """A draft to lint: its name and bytes, and everything that its findings depend on."""

    name: str
    data: bytes
    rules: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    require_reason: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task: findings and the days on which they change, or what went wrong."""

    findings: Sequence[Finding] = ()
    dates: Sequence[date] = ()
    error: str = ""


def lint_task(task: Task) -> Result:
    """Lint a draft. One that trips the program must not keep the others from being linted.

    Raises:
        CaveatError: when a rule file or the like has mistakes, so that nothing more can be linted.

    """
    linted = lint_document(task)
    return linted if isinstance(linted, Result) else Result(linted.findings, linted.dates)


def lint_document(task: Task) -> Linted | Result:
    """A draft as it was read with its findings, or what went wrong; too large to come from another process."""
    from linter import lint
    from linter.filters.encoding import encoding_findings
    from linter.source import BinaryFileError, decode

    try:
        source = decode(task.data, task.name)
        book = lint.book_for(task.rules, task.knowledge, task.options)
        extra = encoding_findings(source, task.data)
        return lint.lint_draft(source, book, extra=extra, require_reason=task.require_reason)
    except BinaryFileError:
        return Result(error="looks like a binary file, not a draft")
    except CaveatError:
        raise
    except Exception as error:
        if os.environ.get("CAVEAT_TRACEBACK"):
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())
        return Result(error=f"caveat failed on this draft, please report it ({what}; CAVEAT_TRACEBACK=1 shows more)")


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Processes that lint; started with the first task."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.pool: ProcessPoolExecutor | None = None

    def submit(self, task: Task) -> Future[Result]:
        """Hand a task to the next process that is free."""
        if self.pool is None:
            self.pool = self._start(task)
        return self.pool.submit(lint_task, task)

    def _start(self, task: Task) -> ProcessPoolExecutor:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # A forked process has the rules that its parent has; any other one reads them from the cache.
        forks = sys.platform == "linux"
        if forks:
            from linter import lint

            lint.book_for(task.rules, task.knowledge, task.options)
        context = multiprocessing.get_context("fork" if forks else "spawn")
        return ProcessPoolExecutor(self.count, context, initializer=_quiet)

    def stop(self, *, now: bool = False) -> None:
        """End the processes; ``now`` drops what they have not begun."""
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=now)
            self.pool = None


def _quiet() -> None:
    """A worker leaves the interrupt from the keyboard to its parent."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
