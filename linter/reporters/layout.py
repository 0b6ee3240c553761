"""Laying text out in a fixed number of columns, safe to print whatever a draft holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TAB = "    "
ELLIPSIS = "\u2026"

# Controls (a draft must not steer the terminal), bidirectional controls (it must not reorder what we print), line and
# paragraph separators, interlinear marks, byte order marks and lone surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")


# Build servers read commands in a log: GitHub's runner obeys "##[error]" and Azure's agent "##vso[...]" anywhere in a
# line, GitHub's runner "::error::" at its start.
_LOG_COMMAND = re.compile(r"(##\w*)\[")
_LINE_COMMAND = re.compile(r"^(\s*):(?=:)")


def visible(text: str) -> str:
    """Text in which everything that could act on a terminal or in a build log is spelled out by its number."""
    if not (text.isascii() and text.isprintable()):
        text = _UNSAFE.sub(_spelled, text)
    return _LOG_COMMAND.sub(r"\1\\x5b", text) if "##" in text else text


def inert(line: str) -> str:
    """A whole line of output that no build server takes for a command."""
    if "##" in line:
        line = _LOG_COMMAND.sub(r"\1\\x5b", line)
    return _LINE_COMMAND.sub(r"\1\\x3a", line) if "::" in line else line


def _spelled(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def columns(text: str) -> int:
    """The columns that a text fills on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def wrapped(text: str, width: int, first: int | None = None) -> list[str]:
    """Text broken into lines of at most ``width`` columns (the first one of ``first``), at spaces where it can be."""
    lines: list[str] = []
    line, room = "", width if first is None else first
    for word in visible(" ".join(text.split())).split(" "):
        rest = word
        if line and columns(line) + 1 + columns(word) <= room:
            line += " " + word
            continue
        if line:
            lines.append(line)
            room = width
        while columns(rest) > room:
            cut = _fitting(rest, room)
            lines.append(rest[:cut])
            rest, room = rest[cut:], width
        line = rest
    return [*lines, line] if line or not lines else lines


def _fitting(text: str, room: int) -> int:
    """How many of the first characters fit into some columns; at least one."""
    used = 0
    for i, character in enumerate(text):
        used += _columns(character)
        if used > room:
            return max(i, 1)
    return len(text)


def window(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """A source line, or the part of it around [start, end), in ``width`` columns; and the span's columns in it.

    The span (0-based, end exclusive) is given back as a first column and a number of columns, at least one.
    """
    end = max(end, start)
    # A line can be a whole book: only what could be shown is looked at.
    low, high = max(start - width, 0), min(max(end, start + 1) + width, len(line))
    cells = [TAB if c == "\t" else visible(c) for c in line[low:high]]
    sizes = [columns(cell) for cell in cells]
    a, b = start - low, min(end, start + width) - low
    if low == 0 and high == len(line) and sum(sizes) <= width:
        first, last, left, right = 0, len(cells), "", ""
    else:
        first, last = _cut(sizes, a, b, width - 2)
        left = ELLIPSIS if first or low else ""
        right = ELLIPSIS if last < len(cells) or high < len(line) else ""
    shown = left + "".join(cells[first:last]) + right
    column = len(left) + sum(sizes[first:a])
    return shown, column, max(sum(sizes[a : min(b, last)]), 1)


def _cut(sizes: list[int], a: int, b: int, room: int) -> tuple[int, int]:
    """The cells around [a, b) that fit into some columns: first what follows the span's start, then what is before."""
    first = last = a
    used = 0
    while last < len(sizes) and last < b and used + sizes[last] <= room:
        used += sizes[last]
        last += 1
    before = (room - used) // 2
    while first and sizes[first - 1] <= before:
        first -= 1
        before -= sizes[first]
        used += sizes[first]
    while last < len(sizes) and used + sizes[last] <= room:
        used += sizes[last]
        last += 1
    while first and used + sizes[first - 1] <= room:
        first -= 1
        used += sizes[first]
    return first, last


def statistics(rules: Mapping[str, int]) -> list[str]:
    """The number of findings of each rule, the most frequent first."""
    size = max((len(str(count)) for count in rules.values()), default=0)
    ordered = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    return [f"{count:{size}}  {rule}" for rule, count in ordered]


def plural(count: int, word: str) -> str:
    """A count and a word, the word in the plural where it must be."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def joined(parts: Iterable[str]) -> str:
    """Parts with commas between them."""
    return ", ".join(parts)
