"""The plain text reader: paragraphs, lists and headings guessed from how lines look.

Text pasted from the web has lost its markup: a heading is a short line, a table row is one line without columns, and
often no blank line stands anywhere. Text wrapped by an editor has line breaks within its sentences. The widths of the
lines tell the two apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from linter.document import BlockKind
from linter.readers.build import Builder

if TYPE_CHECKING:
    from linter.document import Document
    from linter.source import Source

_COMMENT = re.compile(r"[ \t]*(?:<!--[ \t]*(?P<html>caveat:.*?)-->|#[ \t]*(?P<hash>caveat:.*))", re.IGNORECASE)
_BULLET = re.compile(
    r"[ \t\u00a0]*(?:"
    r"[•‣◦▪▫●○■□·∙⁃➢►▶☐☑✓✔✗✘][ \t\u00a0]*"
    r"|(?:[-*+–—→»]|o|[0-9]{1,3}[.)]|\((?:[a-z]|[ivx]{1,4}|[0-9]{1,2})\)|[a-z]\))[ \t\u00a0]+"
    r")(?:\[[ xX]?\][ \t]+)?(?=\S)"
    r"|[ \t]*\[[ xX]?\][ \t]+(?=\S)"
)
_RULER = re.compile(r"[ \t]*(?:={3,}|-{3,}|\*{3,}|_{3,}|~{3,}|—{3,}|(?:\* ){2,}\*)[ \t]*\Z")
_HASH = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_FUSED = re.compile(r"[a-z]{2}[A-Z][a-z]")
_AMOUNT = re.compile(r"[0-9] ?(?:mg|mcg|µg|μg|g|kg|iu|ml|units?|tablets?|capsules?|drops?)\b", re.IGNORECASE)
_FINAL = ".!;,:…"
_CLOSERS = "\"'”’)]»"
_HEADING_WORDS = 14
_HEADING_LENGTH = 100
_STOPS = frozenset(".!?:;")
_NARROW = 40
_WRAPPED = 120
"""No editor wraps wider than this; a longer line is a paragraph on its own."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line that says something: where its text starts and what it is. ``body`` is after its bullet."""

    start: int
    text: str
    blank_before: bool
    indent: int
    body: int  # offset within ``text``; 0 where no bullet stands


def read_plain(source: Source) -> Document:
    """The document that a plain text draft holds."""
    return _Reader(source).run()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.builder = Builder(source, "text", source.text)
        self.rulers: dict[int, int] = {}  # index of a line to the heading level that a ruler below gives it
        self.lines: list[_Line] = []
        self.blank_after: list[bool] = []
        self.width = 0

    def run(self) -> Document:
        self.split()
        lines = self.lines
        self.width = self.wrapping_width()
        group, indents = -1, [(0, -1)]  # of the open list; its levels' indents and their latest items
        lead = -1
        i = 0
        while i < len(lines):
            line = lines[i]
            end = self.block_end(i)
            if line.body:
                if group < 0:
                    group, indents = self.builder.next_group(), []
                    lead = self.lead()
                while indents and indents[-1][0] >= line.indent:
                    indents.pop()
                above = indents[-1][1] if indents else lead
                self.builder.open(BlockKind.ITEM, len(indents) + 1, group, lead=above)
                self.write(i, end)
                indents.append((line.indent, self.builder.close()))
            else:
                group = -1
                level = self.rulers.get(i, 0) if end == i + 1 else 0
                hashes = _HASH.match(line.text)
                if hashes:
                    level = len(hashes[1])
                elif not level and end == i + 1 and self.is_heading(i):
                    level = 2 if self.builder.blocks else 1
                self.builder.open(BlockKind.HEADING if level else BlockKind.PARAGRAPH, level)
                self.write(i, end, len(hashes[0]) if hashes else 0)
                self.builder.close()
            i = end
        return self.builder.finish()

    def split(self) -> None:
        """Take the text apart into lines that say something."""
        text, starts = self.source.text, self.source.line_starts
        blank = True
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else len(text)
            line = text[start:end].rstrip()
            if not line:
                if self.blank_after:
                    self.blank_after[-1] = True
                blank = True
                continue
            comment = _COMMENT.match(line)
            if comment:
                said = comment["html"] or comment["hash"]
                shift = len(line) - len(line.lstrip()) if comment.start() == 0 else 0
                self.builder.cut_comments.append((start + shift, start + comment.end(), said.strip()))
                start += comment.end()
                line = line[comment.end() :]
                if not line.strip():
                    continue
            if _RULER.match(line):
                if self.lines and not blank:
                    self.rulers[len(self.lines) - 1] = 1 if "=" in line else 2
                    self.blank_after[-1] = True
                blank = True
                continue
            bullet = _BULLET.match(line)
            indent = len(line[:20].expandtabs(4)) - len(line[:20].expandtabs(4).lstrip())
            self.lines.append(_Line(start, line, blank, indent, bullet.end() if bullet else 0))
            self.blank_after.append(False)
            blank = False

    def wrapping_width(self) -> int:
        """The width that an editor wrapped the text to; 0 where it wrapped none."""
        longest = max((len(line.text) for line in self.lines), default=0)
        if not _NARROW <= longest <= _WRAPPED:
            return 0
        # Wrapped text breaks off within sentences somewhere; text of one line a paragraph never does.
        for above, line in pairwise(self.lines):
            if (
                not (line.blank_before or line.body)
                and len(above.text) >= _NARROW
                and above.text.rstrip(_CLOSERS)[-1:] not in _STOPS
                and line.text.lstrip()[0].islower()
            ):
                return longest
        return 0

    def block_end(self, first: int) -> int:
        """The index after the last line of the block that begins with a line."""
        lines = self.lines
        i = first + 1
        while i < len(lines) and not lines[i].blank_before and not lines[i].body and not self.blank_after[i - 1]:
            if not self.continues(lines[first], lines[i - 1], lines[i]):
                break
            i += 1
        return i

    def continues(self, first: _Line, above: _Line, line: _Line) -> bool:
        """Whether a line goes on with what the line above says."""
        if not self.width:
            return False
        stripped = line.text.lstrip()
        if first.body and line.indent > first.indent:
            return True
        if _HASH.match(stripped):
            return False
        # An editor breaks a line where the next word would not have fitted.
        word = stripped.find(" ")
        if len(above.text) + 1 + (word if word > 0 else len(stripped)) > self.width - 6:
            return True
        return stripped[0].islower() and above.text.rstrip(_CLOSERS)[-1:] not in _STOPS

    def write(self, first: int, end: int, skip: int = 0) -> None:
        """Write lines as the text of one block."""
        builder = self.builder
        skip = skip or self.lines[first].body
        last = -1
        for line in self.lines[first:end]:
            if last >= 0:
                builder.space(last, line.start)
            builder.text(line.text[skip:], line.start + skip)
            last = line.start + len(line.text)
            skip = 0

    def lead(self) -> int:
        blocks = self.builder.blocks
        if blocks and blocks[-1].kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            return len(blocks) - 1
        return -1

    def is_heading(self, i: int) -> bool:
        """Whether a line that stands alone looks like a heading of what follows."""
        text = self.lines[i].text.strip()
        if len(text) > _HEADING_LENGTH or "://" in text or _FUSED.search(text) or _AMOUNT.search(text):
            return False
        words = _WORD.findall(text)
        if not words or len(words) > _HEADING_WORDS or (not text[0].isalnum() and text[0] not in "\"'“‘(¿"):
            return False
        following = self.lines[i + 1] if i + 1 < len(self.lines) else None
        last = text.rstrip(_CLOSERS)[-1:]
        if last == "?":
            return following is not None and len(following.text) > len(text) and not following.text.endswith("?")
        if last in _FINAL or (": " in text and len(words) < 5):
            return False
        if following is None:
            return False
        alone = self.lines[i].blank_before and self.blank_after[i]
        has_body = bool(following.body) or len(following.text) > _HEADING_LENGTH or following.text[-1] in '.!?:…"”)'
        if not (alone or has_body):
            return False
        if text.isupper() and sum(map(len, words)) > 3:
            return True
        if _is_title_case(words):
            return True
        if len(words) > 8 or not text[0].isupper() or not has_body:
            return False
        if alone or i == 0:
            return True
        # Between two paragraphs without blank lines; the last row of a table stands below another row.
        after_paragraph = self.lines[i - 1].text.rstrip(_CLOSERS)[-1:] in _STOPS
        return after_paragraph and len(following.text) > _HEADING_LENGTH and not any(map(str.isdigit, text))


def _is_title_case(words: list[str]) -> bool:
    """Whether all words but the small ones begin with a capital."""
    large = [word for word in words[1:] if len(word) > 3]
    return words[0][0].isupper() and all(word[0].isupper() for word in large)
