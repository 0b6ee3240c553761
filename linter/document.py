"""The draft as a structure of plain text: what every reader produces and every annotator consumes.

All prose of a draft stands in one string, ``Document.text``: the plain text of its blocks, in reading order, joined by
``BLOCK_BREAK``. Everything else (blocks, marks, sections) points into that string with 0-based character (code point)
offsets, end exclusive. ``Document.source_span`` carries such a span back to the source file.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from linter.source import Source

BLOCK_BREAK = "\n\n"
"""What stands between two blocks in ``Document.text``. No block holds a line break of its own."""

PLACEHOLDER = "\ufffc"
"""Stands in ``Document.text`` for inline content that is no prose (code, an image, a shortcode)."""


class BlockKind(str, Enum):
    """What a block is in the draft."""

    TITLE = "title"  # <title>, or the front matter's title
    DESCRIPTION = "description"  # the front matter's description, <meta name=description>
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a list item's own text, without its nested items
    CELL = "cell"  # one table cell
    TERM = "term"  # the term of a definition list; its definitions are ITEMs
    CAPTION = "caption"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of prose with one role.

    ``start`` and ``end`` are offsets into ``Document.text``. ``level`` is a heading's rank (1 to 6; 7 for a bold line
    that acts as a heading) or a list item's depth (1 for the outermost). ``group`` numbers the list or table that an
    item or cell belongs to, counted from 0 over the draft; -1 elsewhere. Nested lists share the group of the outermost
    list. ``row`` and ``column`` count a cell's place from 0; ``header`` marks a header cell. ``quoted`` marks text
    inside a block quotation. ``lead`` is the index of the block that introduces this one (the paragraph before a list
    or table, the parent item of a nested item), or -1. ``section`` is an index into ``Document.sections``.
    ``label`` is a footnote's label.
    """

    kind: BlockKind
    start: int
    end: int
    section: int = 0
    level: int = 0
    group: int = -1
    row: int = -1
    column: int = -1
    header: bool = False
    quoted: bool = False
    lead: int = -1
    label: str = ""

    def shares_row(self, other: Block) -> bool:
        """Whether this is a cell of the same row of the same table as another."""
        return self.kind is BlockKind.CELL and (self.group, self.row) == (other.group, other.row)


@dataclass(frozen=True, slots=True)
class Section:
    """From one heading to the next, of whatever rank.

    ``heading`` is the index of the heading block, or -1 for what stands before the first heading. ``first`` and
    ``last`` delimit the section's blocks, the heading included (``last`` exclusive). ``parent`` is the index of the
    section whose heading ranks above, or -1.
    """

    heading: int
    level: int
    first: int
    last: int
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline structure over a span of the text.

    ``kind`` is ``link`` (``target`` is the address), ``image`` (over a placeholder), ``footnote-ref`` (``target`` is
    the label; the span is empty when the marker is no prose), ``strong``, ``emphasis``, ``superscript``, ``citation``
    (an element or component for citations; ``target`` is its longest attribute) or ``code`` (over a placeholder).
    """

    kind: str
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class TextMap:
    """Where each character of ``Document.text`` came from, as runs.

    Run ``i`` covers text offsets ``text_starts[i]`` up to the next run's start and begins at source offset
    ``source_starts[i]``. Where ``source_lengths[i]`` is 0 the run maps one to one; otherwise the whole run stands for
    that many source characters (an entity, a folded line break). All offsets count characters from 0.
    """

    text_starts: Sequence[int]
    source_starts: Sequence[int]
    source_lengths: Sequence[int]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source span (start, end exclusive) of a text span; an empty span maps to an empty span."""
        i = max(bisect_right(self.text_starts, start) - 1, 0)
        first = self.source_starts[i]
        if not self.source_lengths[i]:
            first += start - self.text_starts[i]
        if end <= start:
            return first, first
        j = bisect_right(self.text_starts, end - 1) - 1
        last = self.source_starts[j] + (self.source_lengths[j] or end - self.text_starts[j])
        return first, last


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the draft's format, where directives live.

    ``start`` and ``end`` are offsets into the *source* text, around the whole comment; ``text`` is what it says without
    its delimiters. ``block`` is the index of the block it stands in (``inside`` true) or that follows it (``inside``
    false); the number of blocks when none follows.
    """

    start: int
    end: int
    text: str
    block: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Document:
    """One draft, read. Offsets are those of ``text`` unless said otherwise."""

    source: Source
    format: str
    text: str
    blocks: Sequence[Block]
    sections: Sequence[Section]
    marks: Sequence[Mark]
    """Sorted by start."""
    map: TextMap
    comments: Sequence[Comment] = ()
    footnotes: Mapping[str, int] = field(default_factory=dict)
    """Footnote label to the index of its first block."""

    def block_at(self, offset: int) -> int:
        """The index of the block that holds the text offset, or of the last one that starts before it."""
        low, high = 0, len(self.blocks)
        while low < high:
            middle = (low + high) // 2
            if self.blocks[middle].start <= offset:
                low = middle + 1
            else:
                high = middle
        return max(low - 1, 0)

    def row(self, index: int) -> range:
        """The indexes of the cells of a cell's row, itself included; nothing for another block."""
        here = self.blocks[index]
        if here.kind is not BlockKind.CELL:
            return range(0)
        first = last = index
        while first > 0 and self.blocks[first - 1].shares_row(here):
            first -= 1
        while last + 1 < len(self.blocks) and self.blocks[last + 1].shares_row(here):
            last += 1
        return range(first, last + 1)

    def block_text(self, index: int) -> str:
        """The plain text of one block."""
        block = self.blocks[index]
        return self.text[block.start : block.end]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span (characters, end exclusive) of a text span."""
        return self.map.to_source(start, end)
