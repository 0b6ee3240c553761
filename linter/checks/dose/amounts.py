"""The amounts of a draft, and where each stands."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from linter.annotate.quantities import DOSE, NUMBER_WORDS, Quantity
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from linter.annotate import Annotations, Mention, Sentence
    from linter.document import Block

SUBSTANCES = ("drug", "supplement", "intervention.supplement", "dose.substance")
FRAGMENTS = frozenset({BlockKind.ITEM, BlockKind.CELL, BlockKind.TERM})
TIMES = frozenset({"day", "night", "week", "hour", "month", "dose", "kg", "lb"})

COUNT = "count"
"""The unit of a number that counts something named before."""

_NUMBER_ALONE = re.compile(r"\s*[~≈<≤]?\s*(\d[\d,.]*)\s*(?:[-–—]\s*(\d[\d,.]*))?\s*(?:x\s*\d|/\s?day)?\s*$")
_HEADER_UNIT = re.compile(r"(?<![\w/])(mg|mcg|µg|μg|ug|g|IU|units|mL|ml)(?:\s?/\s?(\w+))?(?!\w)")
_HEADER_PER = frozenset({"day", "d", "kg", "night", "dose", "week"})
_CELL_SIZE = 24
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_PERIOD = r"(?:h|hrs?|hours?|days?|nights?|weeks?|months?|mornings?|evenings?|meals?|feeds?)"
_ROUTINE = re.compile(
    rf"\b(?:every|each|q)\s?(?:[\w–-]+\s(?:to\s|or\s|and\s)?){{0,3}}{_PERIOD}\b"
    r"|(?:\bfor|\bx|×)\s?(?:[\w–-]+\s){1,2}(?:days|nights|weeks|months)\b|\bq\d{1,2}(?:[-–]\d{1,2})?h\b"
    rf"|\bfrom {_MONTH} (?:to|through|until) {_MONTH}\b|\b(?:all|in|through|over)(?: the)? (?:winter|summer)\b"
    r"|\bat (?:five|six|seven|eight|nine|ten|eleven|\d{1,2}(?::\d\d)?\s?[ap]\.?m)\b",
    re.IGNORECASE,
)
_COUNTS = frozenset({"one", "two", "three", "four", "1", "2", "3", "4"})
_AFTER_COUNT = frozenset(
    ("before", "with", "at", "daily", "every", "each", "in", "twice", "after", "per", "once", "when", "as")
)
_SWALLOW = frozenset({"take", "pop", "swallow", "chew", "give", "down", "another", "try"})


class Layout:
    """A draft's tables, and what stands around a block."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self.blocks = annotations.document.blocks

    def has(self, index: int, *concepts: str) -> bool:
        """Whether a block mentions any of the concepts."""
        block = self.blocks[index]
        return self.annotations.has(block.start, block.end, *concepts)

    @cached_property
    def headers(self) -> Mapping[tuple[int, int], int]:
        """(group, column) to the index of the header cell; the first row serves where no header is marked."""
        table: dict[tuple[int, int], int] = {}
        for index, block in self._cells:
            if block.header or block.row == 0:
                table.setdefault((block.group, block.column), index)
        return table

    @cached_property
    def _cells(self) -> list[tuple[int, Block]]:
        return [pair for pair in enumerate(self.blocks) if pair[1].kind is BlockKind.CELL]

    def cells(self) -> Iterator[tuple[int, Block]]:
        """The cells below the headers, with their indexes."""
        return ((index, block) for index, block in self._cells if not block.header and block.group >= 0)

    @cached_property
    def rows(self) -> Mapping[tuple[int, int], int]:
        """(group, row) to the index of the row's first cell."""
        table: dict[tuple[int, int], int] = {}
        for index, block in self._cells:
            table.setdefault((block.group, block.row), index)
        return table

    def column_header(self, index: int) -> int:
        """The index of the cell that heads a cell's column, or -1."""
        block = self.blocks[index]
        if block.kind is not BlockKind.CELL:
            return -1
        header = self.headers.get((block.group, block.column), -1)
        return -1 if header == index else header

    def corner(self, index: int) -> int:
        """The index of the first header of a cell's table, or -1."""
        block = self.blocks[index]
        return self.headers.get((block.group, 0), -1) if block.kind is BlockKind.CELL else -1

    def members(self, index: int) -> range:
        """The indexes of the blocks of a block's list or table, or the block itself."""
        group = self.blocks[index].group
        low = high = index
        if group >= 0:
            while low > 0 and self.blocks[low - 1].group == group:
                low -= 1
            while high + 1 < len(self.blocks) and self.blocks[high + 1].group == group:
                high += 1
        return range(low, high + 1)

    def around(self, index: int) -> Iterator[int]:
        """A block, then what tells what it is about: its row, its column, its lead-ins, its headings, the title."""
        block = self.blocks[index]
        yield index
        if block.kind is BlockKind.CELL:
            yield self.rows.get((block.group, block.row), index)
            header = self.column_header(index)
            if header >= 0:
                yield header
        lead, seen = block.lead, 0
        while lead >= 0 and seen < 4:
            yield lead
            lead, seen = self.blocks[lead].lead, seen + 1
        yield from self.annotations.headings(index)[:2]
        yield from self._beside(index, block)
        if self.annotations.title >= 0:
            yield self.annotations.title

    def _beside(self, index: int, block: Block) -> Iterator[int]:
        """The block before a paragraph, and those around a table."""
        if block.kind is BlockKind.PARAGRAPH and index and self.blocks[index - 1].kind is BlockKind.PARAGRAPH:
            yield index - 1
        if block.kind is BlockKind.CELL:
            table = self.members(index)
            yield from (i for i in (table[0] - 1, table[-1] + 1) if 0 <= i < len(self.blocks))

    @cached_property
    def _about(self) -> dict[int, bool]:
        return {}

    def is_about_substance(self, index: int) -> bool:
        """Whether a block, or what stands around it, names a drug or supplement."""
        known = self._about.get(index)
        if known is None:
            known = self._about[index] = any(self.has(i, *SUBSTANCES) for i in self.around(index))
        return known


class Reading:
    """An amount with the sentence that it stands in, and what the words there say. Each answer is found once."""

    def __init__(self, layout: Layout, index: int, amount: Quantity) -> None:
        self.layout = layout
        self.annotations = layout.annotations
        self.index = index
        self.amount = amount
        self.start, self.end = amount.start, amount.end
        self.block = layout.blocks[index]
        self.sentence: Sentence = self.annotations.sentence_at(amount.start)

    def has(self, *concepts: str) -> bool:
        """Whether the sentence mentions any of the concepts."""
        return self.annotations.has(self.sentence.start, self.sentence.end, *concepts)

    def before(self, reach: int, *concepts: str) -> list[Mention]:
        """The mentions of the sentence that start at most so many characters before the amount."""
        return self.annotations.within(max(self.start - reach, self.sentence.start), self.start, *concepts)

    def after(self, reach: int, *concepts: str) -> list[Mention]:
        """The mentions of the sentence that start at most so many characters behind the amount."""
        return self.annotations.within(self.end, min(self.end + reach, self.sentence.end), *concepts)

    def within(self, *concepts: str) -> list[Mention]:
        """The mentions of the sentence."""
        return self.annotations.within(self.sentence.start, self.sentence.end, *concepts)

    def covers(self, mention: Mention) -> bool:
        """Whether a mention is part of the amount."""
        return mention.start >= self.start and mention.end <= self.end

    @property
    def members(self) -> range:
        """The indexes of the blocks of the unit that the amount belongs to."""
        return self.layout.members(self.index)

    @cached_property
    def clause(self) -> tuple[int, int]:
        """The span of the clause."""
        return self.annotations.context.clause(self.sentence, self.start, self.end)

    @cached_property
    def take(self) -> list[Mention]:
        """The sentence's words of taking."""
        return [m for m in self.within("dose.take") if not self.covers(m)]

    @cached_property
    def take_here(self) -> list[Mention]:
        """The clause's words of taking."""
        left, right = self.clause
        return [m for m in self.take if left <= m.start < right]

    @cached_property
    def named(self) -> bool:
        """Whether the sentence, or the column's header, calls it a dose."""
        return self.has("dose.word") or self.labelled

    @cached_property
    def labelled(self) -> bool:
        """Whether the column's header says that the cells are doses."""
        header = self.layout.column_header(self.index)
        return header >= 0 and self.layout.has(header, "dose.word")

    @cached_property
    def advises(self) -> bool:
        """Whether the sentence tells readers, or a clinician's patients, what to do."""
        return self.has("dose.advise")

    @cached_property
    def timed(self) -> bool:
        """Whether words beside the amount say how often, when or for how long."""
        if self.amount.per in TIMES or self.after(80, "dose.when") or self.before(40, "dose.when"):
            return True
        text = self.annotations.text
        return (
            _ROUTINE.search(text, max(self.start - 40, self.sentence.start), min(self.end + 80, self.sentence.end))
            is not None
        )

    @cached_property
    def substances(self) -> list[Mention]:
        """The drugs and supplements that the sentence names."""
        return self.within(*SUBSTANCES)

    def distance(self, mention: Mention) -> int:
        """How many characters part a mention from the amount (negative when it is part of it)."""
        return max(self.start - mention.end, mention.start - self.end)


def find_amounts(layout: Layout) -> list[tuple[int, Quantity]]:
    """(block index, amount) of everything measured as a dose is, in order."""
    annotations = layout.annotations
    quantities = annotations.quantities
    found = [(annotations.document.block_at(q.start), q) for q in quantities if q.kind == DOSE]
    found += _bare_cells(layout)
    found += _counted_names(annotations, {q.start for q in quantities})
    found.sort(key=_by_start)
    return found


def _by_start(pair: tuple[int, Quantity]) -> int:
    return pair[1].start


def _bare_cells(layout: Layout) -> Iterator[tuple[int, Quantity]]:
    """Table cells that hold a number whose unit stands in the column's header."""
    document = layout.annotations.document
    for index, block in layout.cells():
        if block.end - block.start > _CELL_SIZE:
            continue
        number = _NUMBER_ALONE.match(document.block_text(index))
        unit = _header_unit(layout, index) if number is not None else ""
        if number is not None and unit:
            high = _float(number[2]) if number[2] else None
            yield index, Quantity(block.start, block.end, DOSE, _float(number[1]), high, unit, "")


def _header_unit(layout: Layout, index: int) -> str:
    header = layout.column_header(index)
    if header < 0:
        return ""
    unit = _HEADER_UNIT.search(layout.annotations.document.block_text(header))
    if unit is None or (unit[2] and unit[2].lower() not in _HEADER_PER):
        return ""
    return unit[1]


def _float(number: str) -> float:
    try:
        return float(number.replace(",", "").rstrip("."))
    except ValueError:
        return 0.0


def _counted_names(annotations: Annotations, taken: set[int]) -> Iterator[tuple[int, Quantity]]:
    """Medicines counted by name or without one, behind a word of swallowing: take two ibuprofen, take two at night."""
    words, starts = annotations.words, annotations.word_starts
    for i in [i for i, word in enumerate(words) if word in _SWALLOW]:
        for j in (i + 1, i + 2):
            if j + 1 >= len(words) or words[j] not in _COUNTS or starts[j] in taken:
                continue
            named = annotations.within(starts[j + 1], starts[j + 1] + 1, "drug")
            unit = "tablet" if named else COUNT if words[j + 1] in _AFTER_COUNT else ""
            end = named[0].end if named else starts[j] + len(words[j])
            if unit and "\n" not in annotations.text[starts[i] : starts[j + 1]]:
                value = NUMBER_WORDS.get(words[j]) or float(words[j])
                amount = Quantity(starts[j], end, DOSE, value, None, unit, "")
                yield annotations.document.block_at(starts[j]), amount
                break
