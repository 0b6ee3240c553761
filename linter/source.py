"""Bytes to text, and the way between offsets and lines.

Nothing here depends on the locale: a file is UTF-8, or UTF-16 with a byte order mark, or else it is read as
Windows-1252 and says so. Offsets are 0-based, lines and columns 1-based; all of them count code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
)
_CONTROLS = bytes([*range(1, 8), *range(14, 27), *range(28, 32), 127])
_HANDFUL = 8
"""How many NULs or other control characters a text may hold by accident."""
_LINE_END = re.compile(r"\r\n?|\n")


class BinaryFileError(ValueError):
    """The file holds no text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A draft's text as it stands in the file, without the byte order mark.

    ``path`` is the name for reports. ``encoding`` is ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``windows-1252``;
    ``fallback`` is true where the last was guessed. ``line_starts`` holds the offset of each line's first character;
    a line ends at a line feed, a carriage return, or both.
    """

    path: str
    text: str
    encoding: str
    fallback: bool
    line_starts: Sequence[int]

    @classmethod
    def from_text(cls, text: str, path: str = "<text>", encoding: str = "utf-8", fallback: bool = False) -> Source:
        """A source from text that is decoded already; a byte order mark at its start is dropped."""
        text = text.removeprefix("\ufeff")
        return cls(path, text, encoding, fallback, _line_starts(text))

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column (both from 1) of an offset; the text's end counts as part of its last line."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column (both from 1), held within the text."""
        if line < 1:
            return 0
        if line > len(self.line_starts):
            return len(self.text)
        return min(self.line_starts[line - 1] + max(column, 1) - 1, len(self.text))

    def line_text(self, line: int) -> str:
        """The text of a line (from 1) without its ending; empty for a line that does not exist."""
        starts = self.line_starts
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] if line < len(starts) else len(self.text)
        text = self.text[starts[line - 1] : end]
        if line == len(starts):
            return text
        if text.endswith("\r\n"):
            return text[:-2]
        return text[:-1]


def _line_starts(text: str) -> list[int]:
    """The offset of every line's first character."""
    if text.count("\r") == text.count("\r\n"):
        # Lines end at line feeds alone, which str.split finds at the speed of C.
        starts = list(accumulate(map(len, text.split("\n")), lambda at, length: at + length + 1, initial=0))
        starts.pop()
        return starts
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def _refuse_binary(data: bytes, path: str) -> None:
    if data.startswith(_MAGIC):
        raise BinaryFileError(f"{path}: looks like a binary file")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if data.count(0) > _HANDFUL or (controls > _HANDFUL and controls * 50 > len(data)):
        raise BinaryFileError(f"{path}: looks like a binary file")


def decode(data: bytes, path: str) -> Source:
    """The source that some bytes hold.

    Raises ``BinaryFileError`` where they look like no text at all.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
        if text.count("\0") > _HANDFUL:
            raise BinaryFileError(f"{path}: looks like a binary file")
        return Source.from_text(text, path, "utf-16")
    _refuse_binary(data, path)
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return Source.from_text(data.decode(), path, encoding)
    except UnicodeDecodeError:
        return Source.from_text(data.decode("cp1252", "replace"), path, "windows-1252", fallback=True)


def read_source(path: str | os.PathLike[str]) -> Source:
    """The source that a file holds. Raises ``OSError`` or ``BinaryFileError``."""
    return decode(Path(path).read_bytes(), str(path))
