"""Show what the knowledge base holds on a drug: its approvals, its products, its doses, and from where."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN, EXIT_TROUBLE
from linter.cli.options import add_config_options, configuration
from linter.cli.output import complain, require_utf8, width

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat drug``."""
    parser.add_argument("name", nargs="+", metavar="NAME", help="a drug, brand or abbreviation")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the report; 2 when the name is not known."""
    from linter.knowledge.describe import drug_report, format_drug
    from linter.reporters.layout import wrapped

    configured = configuration(options)
    report = drug_report(configured.book(configured.here).knowledge, " ".join(options.name))
    if options.format == "json":
        import json

        require_utf8()
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return EXIT_CLEAN if report["found"] else EXIT_TROUBLE
    if not report["found"]:
        complain("\n".join(format_drug(report)))
        return EXIT_TROUBLE
    columns = width()
    for line in format_drug(report):
        indent = len(line) - len(line.lstrip())
        first, *rest = wrapped(line, columns - indent - 2, columns - indent)
        sys.stdout.write((" " * indent + first).rstrip() + "\n")
        sys.stdout.writelines(" " * (indent + 2) + part + "\n" for part in rest)
    return EXIT_CLEAN
