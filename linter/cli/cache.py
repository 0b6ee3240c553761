"""Tell where the cache stands, or clear it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN
from linter.cli.options import add_config_options, configuration

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat cache``."""
    parser.add_argument("action", choices=("dir", "clear"), help="dir: print the folder; clear: delete what it holds")
    parser.add_argument("--cache-dir", metavar="DIR", help="the folder, if it is not the one of the configuration")
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the folder, or clear it."""
    from linter.cache import cache_root, clear
    from linter.engine.bookcache import cache_directory

    root = cache_root(options.cache_dir or "", configuration(options).here.cache_dir)
    if options.action == "dir":
        sys.stdout.write(f"{root}\n")
        return EXIT_CLEAN
    gone = clear(root)
    books = 0 if options.cache_dir else _clear_books(str(cache_directory()))
    sys.stdout.write(f"{gone} cached drafts and {books} compiled rule books deleted\n")
    return EXIT_CLEAN


def _clear_books(folder: str) -> int:
    import contextlib
    from pathlib import Path

    gone = set()
    for path in Path(folder).glob("book-*"):
        with contextlib.suppress(OSError):
            path.unlink()
            gone.add(path.name.partition(".")[0])
    return len(gone)
