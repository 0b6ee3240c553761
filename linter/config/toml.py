"""Where the keys and values of a TOML file stand.

TOML readers keep no places. When a configuration turns out to have a mistake, and only then, its text (which is valid
TOML by that time) is walked once more to find the line and column of each key and value.
"""

from __future__ import annotations

import re
from bisect import bisect_right

Path = tuple[str | int, ...]

_SKIP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_INLINE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TEXT = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}' r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROLS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class Positions:
    """The places of a TOML text: ``keys`` and ``values`` map a path of keys and indexes to an offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: dict[Path, int] = {}
        self.values: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}  # arrays of tables, and how many tables each has so far
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._scan()

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """The line and column of a value, or of its key; of what holds it when it has none of its own."""
        while path:
            places = (self.keys, self.values) if key else (self.values, self.keys)
            for offsets in places:
                if path in offsets:
                    offset = offsets[path]
                    line = bisect_right(self.lines, offset)
                    return line, offset - self.lines[line - 1] + 1
            path = path[:-1]
        return 0, 0

    def _scan(self) -> None:
        table: Path = ()
        at = self._skip(0)
        while at < len(self.text):
            before = at
            if self.text[at] == "[":
                array = self.text.startswith("[[", at)
                names, at = self._dotted(at + (2 if array else 1))
                at += 2 if array else 1
                table = self._open(names, array)
            else:
                at = self._pair(table, at)
            at = self._skip(at)
            if at <= before:  # not TOML after all: better no place than no end
                return

    def _open(self, names: list[tuple[str, int]], array: bool) -> Path:
        """The path of a table whose header was read."""
        path: Path = ()
        for number, (name, offset) in enumerate(names):
            path = (*path, name)
            self.keys.setdefault(path, offset)
            if array and number == len(names) - 1:
                self.tables[path] = self.tables.get(path, -1) + 1
            if path in self.tables:
                path = (*path, self.tables[path])
                self.keys.setdefault(path, offset)
        return path

    def _pair(self, table: Path, at: int) -> int:
        names, at = self._dotted(at)
        path = table
        for name, offset in names:
            path = (*path, name)
            self.keys.setdefault(path, offset)
        at = self._inline(at)
        return self._value(path, self._inline(at + 1)) if self.text[at : at + 1] == "=" else at

    def _dotted(self, at: int) -> tuple[list[tuple[str, int]], int]:
        names: list[tuple[str, int]] = []
        while True:
            at = self._inline(at)
            match = _TEXT.match(self.text, at) or _BARE.match(self.text, at)
            if match is None:
                return names, at
            names.append((_unquoted(match[0]), at))
            at = self._inline(match.end())
            if self.text[at : at + 1] != ".":
                return names, at
            at += 1

    def _value(self, path: Path, at: int) -> int:
        self.values[path] = at
        opening = self.text[at : at + 1]
        if opening == "[":
            return self._array(path, at + 1)
        if opening == "{":
            return self._table(path, at + 1)
        match = _TEXT.match(self.text, at) or _SCALAR.match(self.text, at)
        return match.end() if match else at + 1

    def _array(self, path: Path, at: int) -> int:
        index = 0
        while True:
            at = self._skip(at)
            if self.text[at : at + 1] in ("]", ""):
                return at + 1
            at = self._skip(self._value((*path, index), at))
            if self.text[at : at + 1] == ",":
                at += 1
            index += 1

    def _table(self, path: Path, at: int) -> int:
        while True:
            at = self._skip(at)
            if self.text[at : at + 1] in ("}", ""):
                return at + 1
            before = at
            at = self._skip(self._pair(path, at))
            if self.text[at : at + 1] == ",":
                at += 1
            if at <= before:
                return len(self.text)

    def _skip(self, at: int) -> int:
        match = _SKIP.match(self.text, at)
        return match.end() if match else at

    def _inline(self, at: int) -> int:
        match = _INLINE.match(self.text, at)
        return match.end() if match else at


def _unquoted(name: str) -> str:
    if name.startswith("'"):
        return name[1:-1]
    if name.startswith('"'):
        return _ESCAPE.sub(_character, name[1:-1])
    return name


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(match[3], match[3])
