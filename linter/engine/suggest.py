"""Where a suggestion goes: edits of the source that are safe to apply as they stand.

A sentence is inserted after the one that it mends, a replacement takes the place of its words. Both are offered only
where nothing but prose is touched: markup that begins or ends inside the span, a quotation (whose words are not ours to
change) or a table cell means no edit, and the writer is left with the words to paste.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.document import BlockKind
from linter.findings import Edit

if TYPE_CHECKING:
    from linter.annotate import Annotations
    from linter.checks import Match

PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FOOTNOTE)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>{}|#~$])")
_BLOCK_END = re.compile(r"\s*(?:</(?:p|li|dd|div|blockquote|section|article|td)\s*>|$)", re.IGNORECASE)
_STOPS = (".", "?", "!", "…", '."', '?"', '!"', ".”", "?”", "!”", ".)", "?)", "!)")


def edit_for(annotations: Annotations, match: Match, suggestion: str) -> Edit | None:
    """The edit that mends a match, or nothing where none is safe."""
    sentence = annotations.sentence_at(match.start)
    block = annotations.block(sentence.block)
    if block.quoted or annotations.context.is_quoted(match.start, match.end):
        return None
    if match.replacement:
        return _replacement(annotations, match)
    if not suggestion or block.kind not in PROSE:
        return None
    return _insertion(annotations, match, suggestion)


def _replacement(annotations: Annotations, match: Match) -> Edit | None:
    start, end = match.anchor or (match.start, match.end)
    document = annotations.document
    first, last = document.source_span(start, end)
    words = annotations.text[start:end]
    if document.source.text[first:last] != words:  # markup, an entity or a line break stands among the words
        return None
    text = match.replacement
    if words[:1].isupper():
        text = text[:1].upper() + text[1:]
    return _edit(annotations, first, last, _escaped(text, document.format))


def _insertion(annotations: Annotations, match: Match, suggestion: str) -> Edit | None:
    """The suggestion after the sentence that holds the end of a match."""
    document = annotations.document
    source = document.source.text
    sentence = annotations.sentence_at(max(match.end - 1, match.start))
    if not annotations.text[sentence.start : sentence.end].endswith(_STOPS):
        return None
    at = document.source_span(sentence.end - 1, sentence.end)[1]
    following = annotations.sentences[sentence.index + 1 : sentence.index + 2]
    if following and following[0].block == sentence.block:
        between = source[at : document.source_span(following[0].start, following[0].start + 1)[0]]
        if between.strip():
            return None
    elif document.format == "html":
        if not _BLOCK_END.match(source, at):
            return None
    elif source[at : _line_end(source, at)].strip():  # the closing marks of a link, of bold, or an attribute
        return None
    return _edit(annotations, at, at, " " + _escaped(suggestion, document.format))


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]").search(text, at)
    return found.start() if found else len(text)


def _escaped(text: str, format: str) -> str:  # noqa: A002 - the name that the document gives it
    """Words as the draft's format writes them down."""
    if format == "html":
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if format == "text" else _MARKDOWN.sub(r"\\\1", text)


def _edit(annotations: Annotations, start: int, end: int, text: str) -> Edit:
    position = annotations.document.source.position
    return Edit(*position(start), *position(end), text)
