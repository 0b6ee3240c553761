"""The public interface: drafts in, findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.lint import book_for, lint_draft
from linter.source import Source, decode, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from linter.engine.rulebook import RuleBook
    from linter.findings import Finding


def lint_text(draft: str, filename: str = "draft.md", *, book: RuleBook | None = None) -> Iterator[Finding]:
    """The findings in a draft given as text, in order.

    ``filename`` is the path that findings carry; its suffix tells the format. ``book`` are the rules, the shipped ones
    when left out.
    """
    yield from lint_source(decode(draft.encode("utf-8", "surrogatepass"), filename), book)


def lint_file(path: str | Path, *, book: RuleBook | None = None) -> Iterator[Finding]:
    """The findings in a file, in order.

    Raises:
        OSError: when it cannot be read.
        BinaryFileError: when it is no text.

    """
    yield from lint_source(read_source(path), book)


def lint_source(source: Source, book: RuleBook | None = None, format: str | None = None) -> list[Finding]:  # noqa: A002
    """The findings in a source, in order; ``format`` is one of ``linter.readers.FORMATS``, else told by its path.

    What the draft's own directives waive is left out.
    """
    return lint_draft(source, book or book_for(), format).findings
