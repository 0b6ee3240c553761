"""What stands in Markdown and is not Markdown: comments, templates' tags, MDX, front matter.

Comments are cut out, so that the draft reads as if they were absent. Tags and expressions are written over, character
for character, so that offsets hold and the prose between an opening and a closing tag stays. Code keeps what it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.document import PLACEHOLDER, BlockKind
from linter.readers.build import SILENT

if TYPE_CHECKING:
    from linter.readers.build import Builder

# Every alternative begins with one of a few characters, which lets the search run fast over prose.
_SCAN = re.compile(r"``*|~~~+|<!--|\{[{%:]")
_SCAN_MDX = re.compile(
    r"``*|~~~+|<!--|\{|</?(?=[A-Z])|</?>"
    r"|(?<![^\n])import[ \t]+(?=[^\n]*[\"'])"
    r"|(?<![^\n])export[ \t]+(?=(?:const|let|var|function|default|async|class)\b|[{*])"
)
_BEFORE_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*")
_FENCE_INDENT = 200
_CLOSING = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}", "{:": "}", "<!--": "-->"}
_TAG_LIMIT = 4000
_CODE_LIMIT = 500
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_NO_PROSE_TAG = re.compile(r"\{[{%][<%]?-?\s*(highlight|comment|mermaid|raw_code)\b")
_BRACE = re.compile(r"[{}]")
_JSX_STOP = re.compile(r"[<>{\"']")
_NOT_BREAK = re.compile(r"[^\r\n]")
_LINE_PREFIX = " \t>"

_YAML_FRONT = re.compile(r"---[ \t]*\r?\n(?=[ \t]*[^\s-])")
_YAML_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_YAML_LINE = re.compile(r"[\w\"'.@$-][^\n]*?:(?=\s|$)|#")
_TOML_FRONT = re.compile(r"\+\+\+[ \t]*\r?\n")
_TOML_END = re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)
_YAML_KEY = re.compile(r"^(title|description)[ \t]*:[ \t]+", re.MULTILINE | re.IGNORECASE)
_YAML_SIMPLE = re.compile(
    r"(?:\"(?P<double>[^\"\\\n]*)\"|'(?P<single>[^'\n]*)'|(?P<plain>[^\s\"'|>&*!{}\[\]#%@`,?:-](?:[^\n:#]|:(?=[^\s]))*))"
    r"[ \t\r]*(?:\n(?![ \t])|\Z)"
)
_TOML_VALUE = re.compile(
    r"^(?P<key>title|description)[ \t]*=[ \t]*"
    r"(?:\"\"\"(?P<long>.*?)\"\"\"|'''(?P<raw>.*?)'''|\"(?P<basic>(?:[^\"\\\n]|\\.)*)\"|'(?P<literal>[^'\n]*)')",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_TOML_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[ \t]*\r?\n\s*|(.))",
    re.DOTALL,
)
_ESCAPED = {"n": " ", "t": " ", "r": " ", "_": " ", "N": " ", "0": "", "b": "", "f": " ", "a": "", "e": "", "v": " "}


@dataclass(frozen=True, slots=True)
class Prepared:
    """Text that a Markdown parser can read.

    ``cuts`` are (place in ``text``, characters of the source that are missing there). ``comments`` are (start, end,
    what it says) in source offsets. ``front`` is the span of the front matter's inside, the same in both; ``toml``
    tells its language.
    """

    text: str
    cuts: list[tuple[int, int]]
    comments: list[tuple[int, int, str]]
    front: tuple[int, int] | None = None
    toml: bool = False


def prepare(source: str, mdx: bool) -> Prepared:
    """Cut out and write over what a Markdown parser is not to see."""
    front, body, toml = _front_matter(source)
    if not (mdx or "<!--" in source or "{{" in source or "{%" in source or "{:" in source):
        text = _blank(source[:body]) + source[body:] if body else source
        return Prepared(text, [], [], front, toml)
    scanner = _Scanner(source, body, mdx)
    scanner.run()
    return Prepared(_blank(source[:body]) + "".join(scanner.out), scanner.cuts, scanner.comments, front, toml)


def _blank(text: str) -> str:
    return _NOT_BREAK.sub(" ", text)


class _Scanner:
    """One pass over the source. Every search for an end is remembered, so that the pass stays linear."""

    def __init__(self, source: str, start: int, mdx: bool) -> None:
        self.source = source
        self.mdx = mdx
        self.done = start  # everything before is written
        self.size = start  # characters written, those before the start included
        self.out: list[str] = []
        self.cuts: list[tuple[int, int]] = []
        self.comments: list[tuple[int, int, str]] = []
        self.next_end: dict[str, int] = {}
        self.braces = _brace_pairs(source, start) if mdx else {}

    def run(self) -> None:
        source, pattern = self.source, _SCAN_MDX if self.mdx else _SCAN
        pos = self.done
        while True:
            match = pattern.search(source, pos)
            if match is None:
                break
            sign, start, pos = match[0], match.start(), match.end()
            if sign[0] in "`~":
                if len(sign) > 2 and self._is_fence(sign, start, pos):
                    pos = self._fence_end(sign, pos)
                elif sign[0] == "`":
                    pos = self._code_end(sign, pos)
            elif sign == "<!--":
                pos = self._comment(start, start + 4, 3, self._find("-->", pos), pos)
            elif self.mdx:
                pos = self._mdx(sign, start, pos)
            else:
                pos = self._tag(sign, start, pos)
        self._write(self.source[self.done :])

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.size += len(text)

    def _find(self, end: str, pos: int) -> int:
        """Where ``end`` stands next, or -1."""
        found = self.next_end.get(end, -2)
        if found == -1 or found >= pos:
            return found
        found = self.next_end[end] = self.source.find(end, pos)
        return found

    def _is_fence(self, sign: str, start: int, pos: int) -> bool:
        """Whether a run of backticks or tildes begins a fenced code block."""
        first = max(start - _FENCE_INDENT, 0)
        line = self.source.rfind("\n", first, start) + 1
        if not line and first:
            return False
        before = _BEFORE_FENCE.match(self.source, line, start)
        if before is None or before.end() != start:
            return False
        if sign[0] == "~":
            return True
        again, end = self._find("`", pos), self._find("\n", pos)
        return again < 0 or 0 <= end < again

    def _fence_end(self, fence: str, pos: int) -> int:
        length = min(len(fence), 100)
        closing = re.compile(rf"^[ \t>]*{fence[0]}{{{length},}}[ \t]*\r?$", re.MULTILINE)
        line = self.source.find("\n", pos)
        match = closing.search(self.source, line + 1) if line >= 0 else None
        return match.end() if match else len(self.source)

    def _code_end(self, ticks: str, pos: int) -> int:
        """The end of a code span; ``pos`` where there is none."""
        near = self.source[pos : pos + _CODE_LIMIT]
        blank = _BLANK_LINE.search(near)
        limit = blank.start() if blank else len(near)
        at = near.find(ticks, 0, limit)
        while at >= 0:
            end = at + len(ticks)
            after = end
            while near[after : after + 1] == "`":
                after += 1
            if after == end:
                return pos + end
            at = near.find(ticks, after, limit)
        return pos

    def _line(self, start: int, end: int) -> tuple[int, int] | None:
        """The whole lines that a span fills, with the last line's ending; none where other text stands beside it."""
        source = self.source
        before = start
        while before > self.done and source[before - 1] in _LINE_PREFIX:
            before -= 1
        if before and source[before - 1] not in "\r\n":
            return None
        after = end
        while source[after : after + 1] in (" ", "\t"):
            after += 1
        if source.startswith("\r\n", after):
            return before, after + 2
        if after >= len(source) or source[after] in "\r\n":
            return before, min(after + 1, len(source))
        return None

    def _comment(self, start: int, inside: int, closing: int, found: int, pos: int) -> int:
        """Cut out the comment whose end mark was found."""
        if found < 0:
            return pos
        end = found + closing
        self.comments.append((start, end, self.source[inside:found].strip()))
        first, last = self._line(start, end) or (start, end)
        self._write(self.source[self.done : first])
        self.cuts.append((self.size, last - first))
        self.done = last
        return last

    def _mask(self, start: int, end: int, cover: str) -> int:
        """Write over a span: with blanks where it fills its lines, else with ``cover``."""
        self._write(self.source[self.done : start])
        covered = self.source[start:end]
        self._write(_NOT_BREAK.sub(" " if self._line(start, end) else cover, covered))
        self.done = end
        return end

    def _tag(self, sign: str, start: int, pos: int) -> int:
        source = self.source
        opening = sign
        if sign == "{{" and source[pos : pos + 1] in ("<", "%"):
            opening += source[pos]
        closing = _CLOSING[opening]
        found = self._find(closing, pos)
        if found < 0 or found - start > _TAG_LIMIT:
            return pos
        end = found + len(closing)
        if _BLANK_LINE.search(source, start, end) or (sign == "{:" and "\n" in source[start:end]):
            return pos
        verbatim = _NO_PROSE_TAG.match(source, start)
        if verbatim:
            end = self._verbatim_end(verbatim[1], end)
        return self._mask(start, end, PLACEHOLDER if opening == "{{" else SILENT)

    def _verbatim_end(self, name: str, end: int) -> int:
        """The end of a pair of tags with no prose in between; ``end`` where it has no closing tag."""
        for opening, closing in ((f"end{name}", "%}"), (f"/{name}", "}}")):
            at = self._find(opening, end)
            if at >= 0:
                after = self.source.find(closing, at, at + 200)
                if after >= 0:
                    return after + 2
        return end

    # MDX

    def _mdx(self, sign: str, start: int, pos: int) -> int:
        source = self.source
        if sign == "{":
            if source.startswith("{/*", start):
                found = self._find("*/}", pos)
                if found >= 0:
                    return self._comment(start, start + 3, 3, found, pos)
            end = self.braces.get(start, -1)
            if end < 0:
                return pos
            inside = source[start + 1 : end - 1].strip()
            return self._mask(start, end, " " if inside in ('" "', "' '") else PLACEHOLDER)
        if sign in ("<>", "</>"):
            return self._mask(start, pos, SILENT)
        if sign[0] == "<":
            end = self._jsx_end(pos)
            return self._mask(start, end, SILENT) if end > 0 else pos
        blank = _BLANK_LINE.search(source, pos)
        return self._mask(start, blank.start() if blank else len(source), SILENT)

    def _jsx_end(self, pos: int) -> int:
        """The offset after a JSX tag; -1 where it is none."""
        source = self.source
        limit = pos + _TAG_LIMIT
        while pos < limit:
            stop = _JSX_STOP.search(source, pos, limit)
            if stop is None or stop[0] == "<":
                return -1
            if stop[0] == ">":
                return stop.end()
            if stop[0] == "{":
                pos = self.braces.get(stop.start(), -1)
                if pos < 0:
                    return -1
                continue
            pos = self._find(stop[0], stop.end()) + 1
            if not pos:
                return -1
        return -1


def _brace_pairs(source: str, start: int) -> dict[int, int]:
    """Each opening brace's offset, and the offset after its partner."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACE.finditer(source, start):
        if match[0] == "{":
            stack.append(match.start())
        elif stack:
            opening = stack.pop()
            if match.end() - opening <= _TAG_LIMIT * 5:
                pairs[opening] = match.end()
    return pairs


# Front matter


def _front_matter(source: str) -> tuple[tuple[int, int] | None, int, bool]:
    """The span of the front matter's inside, where the body starts, and whether it is TOML."""
    for opening, closing, toml in ((_YAML_FRONT, _YAML_END, False), (_TOML_FRONT, _TOML_END, True)):
        start = opening.match(source)
        if start is None:
            continue
        end = closing.search(source, start.end())
        if end is None:
            continue
        if not toml and not _looks_like_yaml(source, start.end(), end.start()):
            continue
        return (start.end(), end.start()), end.end(), toml
    return None, 0, False


def _looks_like_yaml(source: str, start: int, end: int) -> bool:
    """Whether the first line is a key or a comment; two thematic breaks may stand around prose as well."""
    line = source[start : min(end, start + 1000)].lstrip()
    return _YAML_LINE.match(line) is not None


def read_front_matter(builder: Builder, source: str, front: tuple[int, int], toml: bool) -> None:
    """Write the title and the description of a draft's front matter."""
    found = _toml_values(source, front) if toml else _yaml_values(source, front)
    seen = set()
    for key, start, end, escaped in found:
        if key in seen:
            continue
        seen.add(key)
        builder.open(BlockKind.TITLE if key == "title" else BlockKind.DESCRIPTION)
        _write_value(builder, source, start, end, escaped)
        builder.close()


def _write_value(builder: Builder, source: str, start: int, end: int, escaped: str) -> None:
    """Write a string value; ``escaped`` is the character that escapes within it, or nothing."""
    if escaped == "'":
        at = start
        while True:
            double = source.find("''", at, end)
            if double < 0:
                break
            builder.text(source[at : double + 1], at)
            at = double + 2
        builder.text(source[at:end], at)
        return
    at = start
    if escaped:
        for match in _ESCAPE.finditer(source, start, end):
            builder.text(source[at : match.start()], at)
            at = match.end()
            builder.decoded(_unescaped(match), match.start(), at)
    builder.text(source[at:end], at)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        value = int(code, 16)
        return chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else "\ufffd"
    return _ESCAPED.get(match[4], match[4]) if match[4] else ""


def _toml_values(source: str, front: tuple[int, int]) -> list[tuple[str, int, int, str]]:
    table = _TOML_TABLE.search(source, *front)
    found = []
    for match in _TOML_VALUE.finditer(source, front[0], table.start() if table else front[1]):
        group = str(match.lastgroup)
        found.append((match["key"].lower(), *match.span(group), "\\" if group in ("long", "basic") else ""))
    return found


def _yaml_values(source: str, front: tuple[int, int]) -> list[tuple[str, int, int, str]]:
    """The title and description: by a look at the line where that tells, else as PyYAML reads them."""
    keys = list(_YAML_KEY.finditer(source, *front))
    found = []
    for key in keys:
        value = _YAML_SIMPLE.match(source, key.end(), front[1])
        if value is None:
            return _parsed_yaml_values(source, front)
        start, end = value.span(str(value.lastgroup))
        if start < end:
            found.append((key[1].lower(), start, end, ""))
    return found


def _parsed_yaml_values(source: str, front: tuple[int, int]) -> list[tuple[str, int, int, str]]:
    import yaml

    try:
        node = yaml.compose(source[front[0] : front[1]], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return []
    found: list[tuple[str, int, int, str]] = []
    if not isinstance(node, yaml.MappingNode):
        return found
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            continue
        name = str(key.value).lower()
        if name not in ("title", "description") or not value.value:
            continue
        start, end = value.start_mark.index + front[0], value.end_mark.index + front[0]
        style = value.style or ""
        if style in ("'", '"'):
            found.append((name, start + 1, end - 1, "\\" if style == '"' else "'"))
        elif style in ("|", ">"):
            start = source.find("\n", start, end) + 1 or end
            found.append((name, start, end, ""))
        else:
            found.append((name, start, end, ""))
    return found
