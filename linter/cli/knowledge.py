"""Check the knowledge base for mistakes, or count what it holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE
from linter.cli.options import add_config_options, configuration
from linter.cli.output import complain

if TYPE_CHECKING:
    import argparse

    from linter.cli.options import Configuration


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat knowledge``."""
    parser.add_argument("action", choices=("check", "stats"), help="check: look for mistakes; stats: count the entries")
    parser.add_argument("files", nargs="*", metavar="FILES",
                        help="your own knowledge files, checked together with the shipped ones")  # fmt: skip
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Check or count; 1 when the check finds mistakes."""
    configured = configuration(options)
    if options.action == "check":
        return _check(options, configured)
    from dataclasses import replace

    from linter.knowledge.describe import format_stats

    settings = configured.here
    own = tuple(str(Path(name).absolute()) for name in options.files)
    book = configured.book(replace(settings, knowledge=(*settings.knowledge, *own)))
    sys.stdout.writelines(f"{line}\n" for line in format_stats(book.knowledge.stats()))
    return EXIT_CLEAN


def _check(options: argparse.Namespace, configured: Configuration) -> int:
    from linter.knowledge.check import check_paths, icd_lookup
    from linter.resources import data_directory

    own = [Path(name) for name in (*configured.here.knowledge, *options.files)]
    missing = [path for path in own if not path.exists()]
    for path in missing:
        complain(f"{path}: no such file or folder")
    if missing:
        return EXIT_TROUBLE
    problems = check_paths([data_directory() / "knowledge", *own], icd_lookup())
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return EXIT_FINDINGS if problems else EXIT_CLEAN
