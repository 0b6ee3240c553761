"""A rule's page: as text for ``caveat explain``, as Markdown for the site, code scanning and editors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.cli.explain import CONFIDENCE_MEANS, SEVERITY_MEANS, _plain, _sentence, page
from linter.reporters.escape import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.engine.rules import Rule


def rule_help_text(rule: Rule) -> str:
    """The page as plain text."""
    return "\n".join(page(rule, 88))


def rule_help_markdown(rule: Rule, level: int = 2) -> str:
    """The page as Markdown, without its title; ``level`` is the rank of its headings."""
    return "\n".join(_lines(rule, "#" * level)) + "\n"


def _lines(rule: Rule, mark: str) -> Iterator[str]:
    yield markdown(_sentence(rule.summary))
    yield ""
    yield f"- **severity**: {rule.severity}, {SEVERITY_MEANS[rule.severity]}"
    yield f"- **confidence**: {rule.confidence}, {markdown(CONFIDENCE_MEANS[rule.confidence])}"
    parts = [
        ("What the writer reads", _plain(rule.message)),
        ("Why", rule.why),
        ("How to mend it", _plain(rule.advice)),
    ]
    if rule.suggestion:
        parts.append(("For example", _plain(rule.suggestion)))
    for title, text in parts:
        yield from ("", f"{mark} {title}", "")
        yield "\n\n".join(markdown(paragraph) for paragraph in text.split("\n\n"))
    for title, examples in (("Flagged", rule.flag), ("Not flagged", rule.passes)):
        if examples:
            yield from ("", f"{mark} {title}", "")
            for i, example in enumerate(examples):
                yield from ("", "") if i else ()
                yield from _fenced(example)
    if rule.sources:
        yield from ("", f"{mark} The standard behind it", "")
        for source in rule.sources:
            yield f"- [{markdown(source.title)}](<{source.url}>), {source.looked}"
    yield from ("", f"{mark} To leave it out", "")
    yield from ("```toml", "# caveat.toml", f'ignore = ["{rule.id}"]', "```")


def _fenced(text: str) -> Iterator[str]:
    """A draft as a block of code, between more marks than any line of it has."""
    ticks = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(ticks + 1, 3)
    yield fence + "markdown"
    yield from text.strip("\n").split("\n")
    yield fence
