"""One draft through the whole program: read, annotated, held against the rules, and its directives obeyed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from linter.annotate import annotate
from linter.engine.run import run_rules
from linter.readers import format_of, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from linter.document import Document
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule
    from linter.filters.directives import Waiver
    from linter.findings import Finding
    from linter.source import Source


@dataclass(frozen=True, slots=True)
class Linted:
    """A draft as it was read, the findings that no directive of it waives, and its waivers."""

    document: Document
    findings: list[Finding]
    waivers: list[Waiver] = field(default_factory=list)

    @property
    def dates(self) -> list[date]:
        """The days after which the findings would be others, because a waiver lapses."""
        return sorted({waiver.directive.until for waiver in self.waivers if waiver.directive.until})


def lint_draft(
    source: Source,
    book: RuleBook,
    format: str | None = None,  # noqa: A002 - the name that callers expect
    *,
    extra: Iterable[Finding] = (),
    require_reason: bool = False,
    day: date | None = None,
) -> Linted:
    """Lint one draft. ``extra`` are findings about its file; ``day`` is the day that waivers are held against."""
    document = read(source, format or format_of(source.path))
    annotations = annotate(document, book.lexicon)
    findings = [*extra, *run_rules(annotations, book)]
    annotations.release()
    if not any(comment.text[:6].lower() == "caveat" for comment in document.comments):
        return Linted(document, findings)
    from linter.filters.directives import apply

    return Linted(document, *apply(document, findings, known_rules(book), require_reason=require_reason, day=day))


def built_in() -> tuple[Rule, ...]:
    """Rules that no rule file describes: they are about the file, not about what it says."""
    from linter.filters.directive_rules import DIRECTIVE_RULES
    from linter.filters.encoding import ENCODING

    return (ENCODING, *DIRECTIVE_RULES)


def known_rules(book: RuleBook) -> dict[str, str]:
    """The ids that may be selected, ignored and explained, with their severities."""
    return {rule.id: rule.severity for rule in (*book.rules, *built_in())}


@lru_cache(maxsize=8)
def book_for(
    rules: tuple[str, ...] = (), knowledge: tuple[str, ...] = (), options: tuple[tuple[str, str], ...] = ()
) -> RuleBook:
    """The shipped rules with a user's own rule and knowledge files, and options of rules (as JSON) laid over them.

    Raises:
        DataFileError: with the mistakes found in a file.

    """
    from pathlib import Path

    from linter.engine.rulebook import load_book

    book = load_book([Path(path) for path in rules], [Path(path) for path in knowledge])
    for name, said in options:
        book = replace(book, rules=_with_options(book.rules, name, said))
    return book


def _with_options(rules: Sequence[Rule], name: str, said: str) -> tuple[Rule, ...]:
    values = json.loads(said)
    return tuple(
        replace(rule, find=tuple(replace(find, options={**find.options, **values}) for find in rule.find))
        if rule.id == name
        else rule
        for rule in rules
    )
