"""What the readers share: pieces of prose in, a ``Document`` out.

A reader hands over its pieces in reading order, each with the place it came from. The builder folds white space, joins
the blocks, keeps the map back to the source and works out the sections.

Places are offsets into the text that the reader parses. Where that text lacks something of the source (Markdown is
parsed as if its comments were absent), ``cuts`` says what is missing, and places turn into source offsets at the end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from linter.document import BLOCK_BREAK, PLACEHOLDER, Block, BlockKind, Comment, Document, Mark, Section, TextMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.source import Source

SILENT = "\u200b"
"""What a reader writes over a passage that is to leave nothing behind."""
_DROPPED = "\u00ad\u200b\u2060\ufeff"
_SPACES = "\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# One character class each, without alternatives: these run over every character of a draft.
_ODD = re.compile(f"[{_SPACES}{_DROPPED}{PLACEHOLDER}]")
"""Characters that do not stand for themselves in the prose; line ends are looked for separately."""
_FOLD = re.compile(f"[ \n\r{_SPACES}{_DROPPED}]+|{PLACEHOLDER}+")
_SPACE = re.compile(f"[ \n\r{_SPACES}]")
BARE_URL = re.compile(r"https?://[^\s<>\"" + PLACEHOLDER + r"]+", re.IGNORECASE)
_URL_TAIL = ".,;:!?'\"*_”’»…"
_HEADING_WORDS = 12


class Builder:
    """Collects blocks, marks and comments in reading order; ``finish`` makes the document."""

    def __init__(self, source: Source, fmt: str, text: str, cuts: Sequence[tuple[int, int]] = ()) -> None:
        """``text`` is what the reader parses; ``cuts`` are (place in it, source characters missing there), sorted."""
        self.source = source
        self.format = fmt
        self.cuts = cuts
        # Where odd characters stand in the whole text: found once, so that no piece need be searched for them.
        self.odd = [match.start() for match in _ODD.finditer(text)]
        self.odd.append(len(text) + 1)
        self.odd_from = 0  # no odd character stands from here ...
        self.odd_at = self.odd[0]  # ... up to here
        self.parts: list[str] = []
        self.pos = 0
        self.starts: list[int] = []
        self.places: list[int] = []
        self.lengths: list[int] = []
        self.delta: int | None = None  # place minus text offset while a one-to-one run goes on
        self.end_place = 0  # where the last character that is no space came from, plus one
        self.blocks: list[Block] = []
        self.marks: list[Mark] = []
        self.comments: list[tuple[int, int, str, int]] = []  # place, end, text, block it stands in or -1
        self.cut_comments: list[tuple[int, int, str]] = []  # source offsets and text
        self.footnotes: dict[str, int] = {}
        self.section = 0
        self.groups = 0
        # The block that is being written.
        self.fresh = True  # nothing written yet
        self.spaced = False  # its last character is a space
        self.prose = False
        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.group = -1
        self.row = -1
        self.column = -1
        self.header = False
        self.quoted = False
        self.lead = -1
        self.label = ""
        self._saved = (0, 0, 0, None, 0)

        self.first_mark = 0
        self.block_start = 0

    # Blocks

    def open(
        self,
        kind: BlockKind,
        level: int = 0,
        group: int = -1,
        row: int = -1,
        column: int = -1,
        header: bool = False,
        quoted: bool = False,
        lead: int = -1,
        label: str = "",
    ) -> None:
        """Begin a block; one that is still open ends. The arguments are the fields of ``Block``."""
        if not self.fresh:
            self.close()
        elif len(self.marks) > self.first_mark:
            del self.marks[self.first_mark :]  # they mark a block that never came to be
        self.kind = kind
        self.level = level
        self.group = group
        self.row = row
        self.column = column
        self.header = header
        self.quoted = quoted
        self.lead = lead
        self.label = label
        self.first_mark = len(self.marks)

    def _start(self, place: int) -> None:
        """Write the break before a block whose first character comes from ``place``."""
        self._saved = (len(self.parts), self.pos, len(self.starts), self.delta, self.end_place)  # type: ignore[assignment]
        if self.blocks:
            if self.delta is None or place - self.pos - 2 != self.delta:
                self.starts.append(self.pos)
                self.places.append(self.end_place)
                self.lengths.append(max(place - self.end_place, 1))
                self.delta = None
            self.parts.append(BLOCK_BREAK)
            self.pos += 2
        self.block_start = self.pos
        self.fresh = False
        self.prose = False

    def close(self) -> int:
        """End the block. Returns its index, or -1 where it held no prose and so does not exist."""
        if self.fresh:
            del self.marks[self.first_mark :]
            return -1
        if self.spaced:
            self.spaced = False
            self.parts[-1] = self.parts[-1][:-1]
            self.pos -= 1
            if self.starts[-1] >= self.pos:
                self._drop_run()
        self.fresh = True
        if not self.prose:
            parts, self.pos, runs, self.delta, self.end_place = self._saved
            del self.parts[parts:], self.starts[runs:], self.places[runs:], self.lengths[runs:]
            del self.marks[self.first_mark :]
            return -1
        if len(self.marks) > self.first_mark:
            self._tidy_marks()
        if self.kind is BlockKind.HEADING:
            self.section += 1
        elif self.label and self.kind is BlockKind.FOOTNOTE:
            self.footnotes.setdefault(self.label, len(self.blocks))
        self.blocks.append(
            Block(
                self.kind,
                self.block_start,
                self.pos,
                self.section,
                self.level,
                self.group,
                self.row,
                self.column,
                self.header,
                self.quoted,
                self.lead,
                self.label,
            )
        )
        self.first_mark = len(self.marks)
        return len(self.blocks) - 1

    def _drop_run(self) -> None:
        self.starts.pop()
        self.places.pop()
        self.lengths.pop()
        self.delta = None

    def _tidy_marks(self) -> None:
        """Hold the block's marks within it, drop empty ones, and see whether its one bold run makes it a heading."""
        kept = []
        for mark in self.marks[self.first_mark :]:
            fitting = mark
            if mark.end > self.pos:
                fitting = Mark(mark.kind, min(mark.start, self.pos), self.pos, mark.target)
            if fitting.start < fitting.end or fitting.kind == "footnote-ref":
                kept.append(fitting)
        self.marks[self.first_mark :] = kept
        if self.kind is not BlockKind.PARAGRAPH or self.quoted:
            return
        for mark in kept:
            if mark.kind == "strong" and mark.start == self.block_start and mark.end >= self.pos - 2:
                text = self.text_since(self.block_start)
                rest = text[mark.end - self.block_start :].strip()
                if rest in ("", ":") and not text.endswith(".") and len(text.split()) <= _HEADING_WORDS:
                    self.kind = BlockKind.HEADING
                    self.level = 7
                return

    def text_since(self, start: int) -> str:
        """What was written from a text offset on; the offset lies in the block that was written last."""
        tail: list[str] = []
        at = self.pos
        for part in reversed(self.parts):
            tail.append(part)
            at -= len(part)
            if at <= start:
                break
        return "".join(reversed(tail))[start - at :]

    def here(self) -> int:
        """The text offset of what is written next."""
        if self.fresh and self.blocks:
            return self.pos + 2
        return self.pos

    def mark(self, kind: str, start: int, target: str = "") -> None:
        """Mark the block's text from ``start`` up to here."""
        end = self.here()
        self.marks.append(Mark(kind, min(start, end), end, target))

    def next_group(self) -> int:
        """A number for a list or a table."""
        self.groups += 1
        return self.groups - 1

    # Pieces

    def text(self, text: str, place: int) -> None:
        """Write text that stands in the parsed text just so, from ``place`` on."""
        if "  " in text or "\n" in text or "\r" in text:
            self._fold(text, place)
            return
        end = place + len(text)
        if end > self.odd_at or place < self.odd_from:
            self.odd_from = place
            self.odd_at = self.odd[bisect_left(self.odd, place)]
            if end > self.odd_at:
                self._fold(text, place)
                return
        if text:
            self._plain(text, place)

    def _plain(self, text: str, place: int) -> None:
        if (self.fresh or self.spaced) and text[0] == " ":
            text = text[1:]
            if not text:
                return
            place += 1
        if self.fresh:
            self._start(place)
        pos = self.pos
        if self.delta != place - pos:
            self.delta = place - pos
            self.starts.append(pos)
            self.places.append(place)
            self.lengths.append(0)
        self.parts.append(text)
        size = len(text)
        self.pos = pos + size
        if text[-1] == " ":
            self.spaced = True
            if size > 1:
                self.prose = True
                self.end_place = place + size - 1
        else:
            self.spaced = False
            self.prose = True
            self.end_place = place + size

    def _fold(self, text: str, place: int) -> None:
        at = 0
        for match in _FOLD.finditer(text):
            start, end = match.span()
            if start > at:
                self._plain(text[at:start], place + at)
            at = end
            run = match[0]
            if run[0] == PLACEHOLDER:
                self.placeholder(place + start, place + end)
            elif _SPACE.search(run):
                self.space(place + start, place + end)
        if at < len(text):
            self._plain(text[at:], place + at)

    def space(self, place: int, end: int) -> None:
        """Write one space for white space, or what counts as such, between two places."""
        if self.fresh or self.spaced:
            return
        if end - place == 1:
            self._plain(" ", place)
            return
        self._folded(" ", place, end)
        self.spaced = True

    def _folded(self, text: str, place: int, end: int) -> None:
        self.starts.append(self.pos)
        self.places.append(place)
        self.lengths.append(max(end - place, 1))
        self.delta = None
        self.parts.append(text)
        self.pos += len(text)

    def decoded(self, text: str, place: int, end: int) -> None:
        """Write text that another notation of the parsed text (an entity) stands for."""
        if len(text) == end - place:
            self.text(text, place)
            return
        text = _FOLD.sub(lambda match: " " if _SPACE.search(match[0]) else "", text)
        if not text:
            return
        if text == " ":
            self.space(place, end)
            return
        if self.fresh:
            self._start(place)
        self._folded(text, place, end)
        self.spaced = text[-1] == " "
        self.prose = True
        self.end_place = end

    def placeholder(self, place: int, end: int) -> None:
        """Write the sign for inline content that is no prose."""
        if self.fresh:
            self._start(place)
        self._folded(PLACEHOLDER, place, end)
        self.spaced = False
        self.end_place = end

    def comment(self, place: int, end: int, text: str) -> None:
        """Note a comment."""
        self.comments.append((place, end, text, -1 if self.fresh else len(self.blocks)))

    # The document

    def finish(self) -> Document:
        """The document made of everything that was written."""
        self.close()
        text = "".join(self.parts)
        self._mark_bare_urls(text)
        self.marks.sort(key=lambda mark: (mark.start, -mark.end))
        if not self.starts:
            self.starts, self.places, self.lengths = [0], [0], [0]
        if self.cuts:
            self._undo_cuts(len(text))
        text_map = TextMap(tuple(self.starts), tuple(self.places), tuple(self.lengths))
        return Document(
            self.source,
            self.format,
            text,
            tuple(self.blocks),
            _sections(self.blocks),
            tuple(self.marks),
            text_map,
            self._place_comments(text_map),
            self.footnotes,
        )

    def _mark_bare_urls(self, text: str) -> None:
        if "://" not in text:
            return
        links = sorted((mark.start, mark.end) for mark in self.marks if mark.kind == "link")
        ends = list(accumulate((end for _, end in links), max))
        starts = [start for start, _ in links]
        for match in BARE_URL.finditer(text):
            start = match.start()
            # A link whose text shows its own address is one link.
            before = bisect_right(starts, start)
            if before and ends[before - 1] > start:
                continue
            url = _trim_url(match[0])
            if not url.endswith("//"):
                self.marks.append(Mark("link", start, start + len(url), url))

    def source_end(self) -> int:
        """An offset that no place exceeds."""
        return len(self.source.text)

    def _undo_cuts(self, size: int) -> None:
        """Turn the runs' places into source offsets."""
        at = [place for place, _ in self.cuts]
        shift = [0, *accumulate(length for _, length in self.cuts)]
        starts: list[int] = []
        places: list[int] = []
        lengths: list[int] = []
        at.append(self.source_end() + 1)  # a sentinel beyond every place
        first = 0  # the first cut that lies after the run's start
        for i, start in enumerate(self.starts):
            place, length = self.places[i], self.lengths[i]
            if place < (at[first - 1] if first else 0):
                first = bisect_right(at, place)
            while at[first] <= place:
                first += 1
            starts.append(start)
            places.append(place + shift[first])
            end = place + (length or (self.starts[i + 1] if i + 1 < len(self.starts) else size) - start)
            if end <= at[first]:
                lengths.append(length)
                continue
            if length:
                lengths.append(length + shift[bisect_left(at, end, first)] - shift[first])
                continue
            lengths.append(0)
            inner = first
            while at[inner] < end:
                inner += 1
                if at[inner] == at[inner - 1]:
                    continue
                starts.append(start + at[inner - 1] - place)
                places.append(at[inner - 1] + shift[inner])
                lengths.append(0)
        at.pop()
        self.starts, self.places, self.lengths = starts, places, lengths
        moved = []
        for place, end, text, block in self.comments:
            moved.append((place + shift[bisect_right(at, place)], end + shift[bisect_left(at, end)], text, block))
        self.comments = moved

    def _place_comments(self, text_map: TextMap) -> tuple[Comment, ...]:
        if not self.comments and not self.cut_comments:
            return ()
        starts = _Starts(self.blocks, text_map)
        source = self.source.text
        placed = []
        noted = [(start, end, text, -1) for start, end, text in self.cut_comments]
        for start, end, text, block in sorted(self.comments + noted):
            if 0 <= block < len(self.blocks):
                placed.append(Comment(start, end, text, block, inside=True))
                continue
            before = bisect_right(starts, start) - 1
            inside = False
            if before >= 0:
                last = text_map.to_source(self.blocks[before].start, self.blocks[before].end)[1]
                # A comment at the end of a block's last line belongs to that block. A long gap holds other things.
                inside = last >= end or (start - last < 500 and not re.search(r"[\r\n]", source[last:start]))
            placed.append(Comment(start, end, text, before if inside else before + 1, inside))
        return tuple(placed)


class _Starts:
    """Where each block starts in the source, worked out when asked for."""

    def __init__(self, blocks: Sequence[Block], text_map: TextMap) -> None:
        self.blocks = blocks
        self.map = text_map

    def __len__(self) -> int:
        return len(self.blocks)

    def __getitem__(self, index: int) -> int:
        start = self.blocks[index].start
        return self.map.to_source(start, start)[0]


def _trim_url(url: str) -> str:
    """A bare address without the punctuation that belongs to the sentence around it."""
    closing = url.count(")") - url.count("(")
    end = len(url)
    while end:
        last = url[end - 1]
        if last in _URL_TAIL or last in "]}|>":
            end -= 1
        elif last == ")" and closing > 0:
            closing -= 1
            end -= 1
        else:
            break
    return url[:end]


def _sections(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The sections: what stands before the first heading, then one a heading."""
    headings = [i for i, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    ends = [*headings, len(blocks)][1:]
    sections = [Section(-1, 0, 0, headings[0] if headings else len(blocks))]
    above: list[int] = []  # the sections that are still open, outermost first
    for heading, end in zip(headings, ends, strict=True):
        level = blocks[heading].level
        while above and sections[above[-1]].level >= level:
            above.pop()
        sections.append(Section(heading, level, heading, end, above[-1] if above else -1))
        above.append(len(sections) - 1)
    return tuple(sections)
