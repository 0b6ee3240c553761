"""Readers: the text of a draft to a ``Document``, one module a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.document import Document
    from linter.source import Source

FORMATS = ("markdown", "mdx", "html", "text")
SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mdx": "mdx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
}
"""File name endings, in lower case, and the formats they stand for."""


class UnknownFormatError(ValueError):
    """No reader has that name."""


def format_of(path: str) -> str:
    """The format that a file's name tells; ``text`` where it tells none."""
    name = path.replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return SUFFIXES.get(dot + suffix.lower(), "text") if stem else "text"


def read(source: Source, format: str | None = None) -> Document:  # noqa: A002 - the name that callers expect
    """The document that a source holds, read as ``format`` or else as its name tells."""
    name = format or format_of(source.path)
    # Each reader is loaded when it is first needed: start-up time matters more than anything a reader could share.
    if name in ("markdown", "mdx"):
        from linter.readers.markdown import read_markdown

        return read_markdown(source, name)
    if name == "html":
        from linter.readers.html import read_html

        return read_html(source)
    if name == "text":
        from linter.readers.plain import read_plain

        return read_plain(source)
    raise UnknownFormatError(f"unknown format {name!r}; the formats are {', '.join(FORMATS)}")
