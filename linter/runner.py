"""Many drafts to their findings, in order: from the cache, in this process, or in several."""

# ruff: noqa: PTH123
# ten thousand drafts are read here; paths as text cost a tenth of what Path objects do.
from __future__ import annotations

import os
import sys
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.files import STDIN
from linter.parallel import WORTH, Result, Task, Workers, lint_task, processors
from linter.readers import format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from datetime import date

    from linter.cache import FindingsCache
    from linter.config import Settings

LONGEST = 512
"""How many drafts may wait behind one that is not linted yet."""
QUEUED = 64
"""How many drafts a process may be ahead of the report."""


@dataclass(slots=True)
class Draft:
    """A draft on its way: its name in reports, its bytes, its settings, and where its findings are kept."""

    name: str
    settings: Settings
    data: bytes = b""
    key: str = ""
    error: str = ""

    def task(self) -> Task:
        """What is to be done."""
        settings = self.settings
        return Task(self.name, self.data, settings.rules, settings.knowledge, settings.options, settings.require_reason)


class Runner:
    """Lints drafts one after another, or several at a time; what comes out is the same."""

    def __init__(
        self, settings_for: Callable[[str], Settings], *, jobs: str = "auto", stdin_name: str = "stdin.md"
    ) -> None:
        self.settings_for = settings_for
        self.stdin_name = stdin_name
        self.count = processors() if jobs in ("auto", "") else int(jobs)
        self.cache: FindingsCache | None = None
        self.day: date | None = None
        self.stamps: dict[tuple[object, ...], bytes] = {}
        self.rules: dict[tuple[object, ...], Mapping[str, str]] = {}

    def use_cache(self, cache: FindingsCache) -> None:
        """Take findings from a cache, and keep them in it."""
        from linter.filters.today import today

        self.cache = cache
        self.day = today()

    def run(self, paths: Iterable[str]) -> Iterator[tuple[Draft, Result]]:
        """Each draft with what became of it, in the order of the paths."""
        workers = Workers(self.count)
        try:
            yield from self._run(paths, workers)
        except BaseException:
            workers.stop(now=True)
            raise
        workers.stop()
        if self.cache:
            self.cache.close()

    def _run(self, paths: Iterable[str], workers: Workers) -> Iterator[tuple[Draft, Result]]:
        queue: deque[tuple[Draft, Result | Future[Result] | None]] = deque()
        idle: list[Draft] = []  # what nobody has begun to lint
        for path in paths:
            draft = self.draft(path)
            known: Result | Future[Result] | None = Result(error=draft.error) if draft.error else self._cached(draft)
            if known is None and workers.pool is not None:
                known = workers.submit(draft.task())
            elif known is None:
                idle.append(draft)
            queue.append((draft, known))
            if self.count > 1 and len(idle) > 1 and sum(len(draft.data) for draft in idle[-LONGEST:]) >= WORTH:
                queue = deque((d, workers.submit(d.task()) if r is None else r) for d, r in queue)
                idle = []
            while queue and self._ready(queue[0][1], len(queue)):
                draft, known = queue.popleft()
                if known is None:
                    idle.remove(draft)
                yield self._done(draft, known)
        while queue:
            yield self._done(*queue.popleft())

    def _ready(self, result: Result | Future[Result] | None, length: int) -> bool:
        """Whether the first of the drafts that wait is to be reported now."""
        if isinstance(result, Result):
            return True
        if result is None:
            return self.count == 1 or length > LONGEST
        return result.done() or length > QUEUED * self.count

    def draft(self, path: str) -> Draft:
        """A draft with its bytes, or with the reason why it has none."""
        name = self.stdin_name if path == STDIN else path
        draft = Draft(name.replace(os.sep, "/"), self.settings_for(name))
        try:
            draft.data = _stdin() if path == STDIN else _read(path)
        except OSError as error:
            draft.error = f"cannot be read: {error.strerror or error}"
        return draft

    def stamp(self, settings: Settings) -> bytes:
        """The digest of everything but the draft that its findings depend on."""
        from linter.cache import program_stamp

        key = (settings.rules, settings.knowledge, settings.options)
        if key not in self.stamps:
            self.stamps[key] = program_stamp(*key)
        return self.stamps[key]

    def known_rules(self, settings: Settings) -> Mapping[str, str]:
        """The ids of all rules and their severities; with a cache, without loading the rules."""
        stamp = self.stamp(settings) if self.cache else b""
        known = self.rules.get((settings.rules, settings.knowledge))
        if known is None and self.cache:
            known = self.cache.get_rules(stamp)
        if known is None:
            from linter import lint

            known = lint.known_rules(lint.book_for(settings.rules, settings.knowledge, settings.options))
            if self.cache:
                self.cache.put_rules(stamp, known)
        self.rules[settings.rules, settings.knowledge] = known
        return known

    def _cached(self, draft: Draft) -> Result | None:
        if self.cache is None or self.day is None:
            return None
        from linter.cache import draft_key

        settings = draft.settings
        draft.key = draft_key(self.stamp(settings), format_of(draft.name), settings.require_reason, draft.data)
        findings = self.cache.get(draft.key, draft.name, self.day)
        return None if findings is None else Result(findings)

    def _done(self, draft: Draft, result: Result | Future[Result] | None) -> tuple[Draft, Result]:
        if isinstance(result, Result):
            return draft, result
        done = lint_task(draft.task()) if result is None else _wait(result)
        if self.cache and self.day and not done.error:
            self.cache.put(draft.key, done.findings, done.dates, self.day)
        return draft, done


def _wait(future: Future[Result]) -> Result:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:
        return Result(error="was not linted: a process of caveat was ended from outside (--jobs 1 uses none)")


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _stdin() -> bytes:
    if sys.stdin is None:
        raise OSError("there is no standard input")
    return sys.stdin.buffer.read()
