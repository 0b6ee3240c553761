"""Show a rule's page: what it flags and why, how to mend it, examples, and the standard behind it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN, EXIT_TROUBLE
from linter.cli.options import add_config_options, configuration
from linter.cli.output import complain, require_utf8, width

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from linter.engine.rules import Rule

SHOWN = 3
"""How many examples of each kind a page shows."""

SEVERITY_MEANS = {
    "error": "states something false, or unsafe to act on",
    "warning": "a qualifier, a note or a citation is missing",
    "info": "worth a look; does not fail a check",
}
CONFIDENCE_MEANS = {
    "high": "a medical editor would nearly always agree",
    "medium": "a medical editor would mostly agree",
    "low": "often right, often not; shown with --min-confidence low",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat explain``."""
    parser.add_argument("rules", nargs="+", metavar="RULE", help="a rule's id, or a family for all of its rules")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the pages that were asked for."""
    from linter.filters.select import near_rules
    from linter.lint import built_in, known_rules

    configured = configuration(options)
    book = configured.book(configured.here)
    pages: list[Rule] = []
    code = EXIT_CLEAN
    for name in options.rules:
        found = [rule for rule in (*book.rules, *built_in()) if name in (rule.id, rule.family)]
        if not found:
            near = near_rules(name, known_rules(book), 3)
            hint = f"did you mean {' or '.join(near)}?" if near else "caveat rules lists them."
            complain(f"no rule is called {name!r}; {hint}")
            code = EXIT_TROUBLE
        pages += [rule for rule in found if rule not in pages]
    if options.format == "json":
        import json

        from linter.cli.rules import rule_data

        require_utf8()
        sys.stdout.write(json.dumps([rule_data(rule) for rule in pages], ensure_ascii=False, indent=2) + "\n")
        return code
    for i, rule in enumerate(pages):
        if i:
            sys.stdout.write("\n\n")
        sys.stdout.writelines(line + "\n" for line in page(rule, min(width(), 88)))
    return code


def page(rule: Rule, columns: int) -> Iterator[str]:
    """A rule's page as lines of plain text."""
    from linter.reporters.layout import wrapped

    def part(title: str, text: str) -> Iterator[str]:
        yield ""
        yield title
        for paragraph in text.split("\n\n"):
            yield from (f"  {line}" for line in wrapped(paragraph, columns - 2))

    yield rule.id
    yield "=" * len(rule.id)
    yield from wrapped(_sentence(rule.summary), columns)
    yield ""
    for title, text in (
        ("severity", f"{rule.severity}: {SEVERITY_MEANS[rule.severity]}"),
        ("confidence", f"{rule.confidence}: {CONFIDENCE_MEANS[rule.confidence]}"),
    ):
        for i, line in enumerate(wrapped(text, columns - 14)):
            yield f"  {'' if i else title:12}{line}"
    yield from part("What the writer reads", _plain(rule.message))
    yield from part("Why", rule.why)
    yield from part("How to mend it", _plain(rule.advice))
    if rule.suggestion:
        yield from part("For example", _plain(rule.suggestion))
    for title, examples in (("Flagged", rule.flag), ("Not flagged", rule.passes)):
        if examples:
            yield ""
            yield title
            for example in _spread(examples):
                yield from _example(example, columns)
    if rule.sources:
        yield ""
        yield "The standard behind it"
        for source in rule.sources:
            lines = wrapped(f"{source.title} ({source.looked})", columns - 4)
            yield from (("  - " if i == 0 else "    ") + line for i, line in enumerate(lines))
            yield f"    {source.url}"
    yield ""
    yield "To leave it out"
    yield f"  caveat --ignore {rule.id} PATHS"
    yield f'  or in caveat.toml:  ignore = ["{rule.id}"]'


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _plain(text: str) -> str:
    """A message with its captures shown as blanks: ``{drug}`` is a drug of the draft."""
    import re

    named = re.sub(r"\{match\}", "\u2026", text)
    return re.sub(r"\{([a-z_-]+)\}", lambda m: f"<{m[1].replace('_', ' ')}>", named)


def _spread(examples: tuple[str, ...]) -> list[str]:
    """A few examples from all over the list, the short ones first: they are the ones that explain."""
    return sorted(examples, key=lambda text: (text.count("\n\n"), len(text) > 160))[:SHOWN]


def _example(text: str, columns: int) -> Iterator[str]:
    from linter.reporters.layout import visible, wrapped

    for i, line in enumerate(text.strip().split("\n")):
        start = "  > " if i == 0 else "    "
        if not line.strip():
            yield ""
        for j, piece in enumerate(wrapped(line, columns - 4) if len(line) > columns - 4 else [visible(line)]):
            if piece:
                yield (start if j == 0 else "    ") + piece
