"""``caveat --watch``: lint, and lint again whenever a draft, the configuration or a rule file is changed."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from linter.errors import CaveatError
from linter.readers import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

CLEAR = "\033[2J\033[3J\033[H"
OTHERS = (".toml", ".yaml", ".yml", ".tsv")
"""Endings of files that are no drafts, and change what is found in them."""


def watch(paths: Sequence[str], lint: Callable[[bool], object], changes: Iterable[Any] | None = None) -> int:
    """Lint now and after each change, until interrupted; 0. ``changes`` stands in for the file system in tests.

    ``lint`` is told whether more than drafts was changed: rules or a configuration.

    Raises:
        CaveatError: when the extra that this needs is not installed.

    """
    if changes is None:
        changes = _changes(paths)
    try:
        _redraw(lint, rules=False)
        for batch in changes:
            _redraw(lint, rules=any(path.lower().endswith(OTHERS) for _, path in batch))
    except KeyboardInterrupt:
        pass
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    return 0


def _redraw(lint: Callable[[bool], object], *, rules: bool) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(CLEAR)
    lint(rules)
    sys.stdout.flush()
    sys.stderr.write("caveat: watching; Ctrl-C quits\n")
    sys.stderr.flush()


def _changes(paths: Sequence[str]) -> Iterable[Any]:
    try:
        watchfiles = import_module("watchfiles")
    except ImportError as error:
        raise CaveatError('--watch needs the package watchfiles: pip install "caveat[watch]"') from error

    def wanted(_change: object, path: str) -> bool:
        return path.lower().endswith((*SUFFIXES, *OTHERS))

    found: Iterable[Any] = watchfiles.watch(*paths, watch_filter=wanted, raise_interrupt=True)
    return found
