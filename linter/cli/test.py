"""Run the examples of rules: each `flag` example must be flagged, each `pass` example must not."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from linter.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE
from linter.cli.options import add_config_options, configuration
from linter.cli.output import complain

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule


class Failure(NamedTuple):
    """An example that is not treated as its rule says."""

    rule: Rule
    kind: str
    number: int
    example: str


def failures(rule: Rule, book: RuleBook) -> Iterator[Failure]:
    """The examples of a rule that fail."""
    from linter.api import lint_text

    for kind, examples in (("flag", rule.flag), ("pass", rule.passes)):
        for number, example in enumerate(examples, start=1):
            fired = any(finding.rule == rule.id for finding in lint_text(example, "example.md", book=book))
            if fired != (kind == "flag"):
                yield Failure(rule, kind, number, example)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat test``."""
    parser.add_argument("names", nargs="*", metavar="RULES|FILES",
                        help="rule ids, families, globs, or rule files (.yaml); all rules when left out")  # fmt: skip
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing when all examples hold")
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Run examples; 1 when one fails."""
    from dataclasses import replace

    configured = configuration(options)
    files = [name for name in options.names if name.endswith((".yaml", ".yml"))]
    settings = configured.here
    if files:
        own = tuple(os.path.abspath(name) for name in files)  # noqa: PTH100
        settings = replace(settings, rules=(*settings.rules, *(name for name in own if name not in settings.rules)))
    book = configured.book(settings)
    rules = _chosen(options.names, book)
    if rules is None:
        return EXIT_TROUBLE
    failed = [failure for rule in rules for failure in failures(rule, book)]
    for failure in failed:
        rule = failure.rule
        verdict = "is not flagged" if failure.kind == "flag" else "is flagged"
        where = f"{rule.path}:{rule.line}: " if rule.path else ""
        sys.stdout.write(f"{where}{rule.id}: {failure.kind} example {failure.number} {verdict}:\n")
        sys.stdout.writelines(f"    {line}\n" for line in failure.example.strip().split("\n"))
    count = sum(len(rule.flag) + len(rule.passes) for rule in rules)
    if failed or not options.quiet:
        verdict = f"{len(failed)} fail" if failed else "all hold"
        sys.stdout.write(f"{count} examples of {len(rules)} rules: {verdict}\n")
    return EXIT_FINDINGS if failed else EXIT_CLEAN


def _chosen(names: list[str], book: RuleBook) -> list[Rule] | None:
    """The rules that some names stand for, in the order of the book; nothing when a name stands for none."""
    from linter.filters.select import matches, unknown_selector

    if not names:
        return list(book.rules)
    chosen: set[str] = set()
    known = [rule.id for rule in book.rules]
    trouble = False
    for name in names:
        if name.endswith((".yaml", ".yml")):
            path = os.path.abspath(name)  # noqa: PTH100
            chosen |= {rule.id for rule in book.rules if os.path.abspath(rule.path) == path}  # noqa: PTH100
        elif message := unknown_selector(name, known):
            complain(message)
            trouble = True
        else:
            chosen |= {rule for rule in known if matches(name, rule)}
    return None if trouble else [rule for rule in book.rules if rule.id in chosen]
