"""The HTML reader, and the machine that reads HTML inside Markdown.

A tokenizer of our own, because it keeps exact offsets and stays linear whatever it is given: every search either moves
the position on or is remembered. It follows the HTML standard as far as a draft's prose needs.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from linter.document import BlockKind
from linter.readers.build import Builder

if TYPE_CHECKING:
    from linter.document import Document
    from linter.source import Source

# The name is held short: a longer one is no element that we know, and the search stays linear.
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]{0,40})|!--|[!?/])")
_SIMPLE_END = re.compile(r"[^\"'>]*>")
_TAG_STOP = re.compile(r"[\"'>]")
_ATTRIBUTE = re.compile(r"(?<![^\s\"'/])([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_DISPLAY_NONE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_QUOTE_FAULTS = 5
"""How many tags with an unclosed quotation mark are tried anew before quotation marks count for nothing."""
_INLINE_DEPTH = 16
_LOOK_BACK = 40
_NUMBER = re.compile(r"[0-9]{1,4}")

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_RAW = frozenset(("script", "style", "textarea", "iframe", "xmp", "noembed", "noframes", "noscript"))
_SKIPPED = frozenset(
    ("template", "svg", "math", "button", "select", "datalist", "object", "video", "audio", "canvas", "pre", "dialog")
) | frozenset(("s", "del", "strike", "nav", "form"))
_SKIPPED_IN_PAGES = frozenset(("header", "footer", "aside"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_INLINE_MARKS = {
    "a": "link", "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "sup": "superscript",
    "cite": "citation", "citation": "citation", "reference": "citation", "footnote": "citation",
}  # fmt: skip
"""Inline elements, components included, and the marks over what they hold."""
_TARGETED = frozenset(name for name, mark in _INLINE_MARKS.items() if mark in ("link", "citation"))
"""Those that mark nothing unless an attribute says what they point to."""
_INLINE_SKIPPED = frozenset(("s", "del", "strike", "svg", "math", "button"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PLAIN_BLOCKS = frozenset(
    ("address", "article", "aside", "body", "center", "details", "dir", "div", "fieldset", "figure", "footer", "form")
) | frozenset(
    ("head", "header", "hgroup", "html", "legend", "main", "nav", "optgroup", "option", "p", "section", "summary")
)
_STRUCTURE = frozenset(
    ("ul", "ol", "menu", "dl", "li", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
) | _HEADINGS.union(("figcaption", "blockquote", "article", "main", "header"))


class Context(NamedTuple):
    """What a block that begins here is: the arguments of ``Builder.open``."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    group: int = -1
    row: int = -1
    column: int = -1
    header: bool = False
    quoted: bool = False
    lead: int = -1
    label: str = ""


class _Table:
    """The state of one table while it is read."""

    __slots__ = ("column", "group", "head", "lead", "row", "spans")

    def __init__(self, group: int, lead: int) -> None:
        self.group = group
        self.lead = lead
        self.row = -1
        self.column = 0
        self.head = False
        self.spans: dict[int, int] = {}  # column to the rows that a cell above still covers


class _Entry:
    """An open element of the structure; the first one stands for what is around the text."""

    __slots__ = ("context", "item", "muted", "name", "own", "table")

    def __init__(self, name: str, context: Context, above: _Entry | None = None) -> None:
        self.name = name
        self.context = context
        self.item: _Entry | None = above.item if above else None  # the innermost list item
        self.table: _Table | None = above.table if above else None
        self.muted: bool = above.muted if above else False
        self.own = -1  # an item's first block


class HtmlMachine:
    """Reads HTML into a builder, fragment by fragment; what is open stays open from one to the next."""

    def __init__(self, builder: Builder, page: bool) -> None:
        """``page`` is true for a whole page, whose header, footer and asides are not the draft's."""
        self.builder = builder
        self.page = page
        self.root = _Entry("", Context())
        self.stack: list[_Entry] = []
        self.counts: dict[str, int] = {}
        self.inline: list[tuple[str, int, str]] = []  # tag name, text offset, link target
        self.hidden = ""
        """The element whose end a later fragment must bring before anything is prose again."""
        self.depth = 0
        self.broke = -1
        self.faults = 0
        self.titled = False
        self.described = False
        self.plain = False  # within a Markdown paragraph, where only inline tags count
        self.whole = ""
        """The text that the fragments belong to."""
        self.absent_in_whole: dict[str, int] = {}
        self.absent: dict[str, int] = {}  # element name to the place from which no end tag follows
        self.ends: dict[str, re.Pattern[str]] = {}

    # Tokens

    def feed(self, text: str, base: int = 0, plain: bool = False) -> None:
        """Read a fragment whose first character stands at ``base``."""
        self.plain = plain
        self.absent.clear()
        pos, size = 0, len(text)
        last_end = text.rfind(">")
        if self.hidden:
            pos = self._leave_hidden(text)
        while pos < size:
            match = _TAG.search(text, pos)
            if match is None or (match.start() > last_end and not text.startswith("<!--", match.start())):
                # A tag without an end is text: nothing may be lost to a stray "<".
                self._text(text, pos, size, base)
                return
            start = match.start()
            if start > pos:
                self._text(text, pos, start, base)
            name = match[2]
            if name is None:
                pos = self._declaration(text, start, base)
                continue
            end = self._tag_end(text, match.end(), size)
            name = name.lower()
            if match[1]:
                self._end_tag(name, base + start, base + end)
                pos = end
            else:
                pos = self._start_tag(name, text, start, match.end(2), end, base)

    def _declaration(self, text: str, start: int, base: int) -> int:
        """Pass a comment, a doctype or a processing instruction; return where it ends."""
        if not text.startswith("<!--", start):
            return text.find(">", start) + 1
        if text.startswith((">", "->"), start + 4):
            return text.find(">", start) + 1
        end = text.find("-->", start + 4)
        if end < 0:
            return len(text)
        self.builder.comment(base + start, base + end + 3, text[start + 4 : end].strip())
        return end + 3

    def _tag_end(self, text: str, pos: int, size: int) -> int:
        """The offset after the tag's ``>``; a ``>`` within an attribute's quotation marks does not end it."""
        simple = _SIMPLE_END.match(text, pos)
        if simple is not None:
            return simple.end()
        if self.faults < _QUOTE_FAULTS:
            at = pos
            while True:
                stop = _TAG_STOP.search(text, at)
                if stop is None:
                    break
                if stop[0] == ">":
                    return stop.end()
                at = stop.end()
                if not text[max(pos, at - 20) : at - 1].rstrip().endswith("="):
                    continue
                at = text.find(stop[0], at) + 1
                if not at:
                    break
            self.faults += 1
        return text.find(">", pos) + 1 or size

    def _text(self, text: str, start: int, end: int, base: int) -> None:
        if self.stack and self.stack[-1].muted:
            return
        chunk = text[start:end]
        builder = self.builder
        if "&" not in chunk:
            builder.text(chunk, base + start)
            return
        at = 0
        for match in _ENTITY.finditer(chunk):
            decoded = unescape(match[0])
            if decoded == match[0]:
                continue
            if match.start() > at:
                builder.text(chunk[at : match.start()], base + start + at)
            at = match.end()
            builder.decoded(decoded, base + start + match.start(), base + start + at)
        if at < len(chunk):
            builder.text(chunk[at:], base + start + at)

    # Passing over

    def _end_pattern(self, name: str) -> re.Pattern[str]:
        pattern = self.ends.get(name)
        if pattern is None:
            pattern = self.ends[name] = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])", re.IGNORECASE)
        return pattern

    def _skip(self, text: str, name: str, pos: int, nested: bool = True) -> int:
        """The offset after the end tag of the element whose start tag ends at ``pos``; -1 where no end tag follows."""
        if self.absent.get(name, len(text) + 1) <= pos:
            return -1
        depth, last = 1, -1
        for match in self._end_pattern(name).finditer(text, pos):
            if not match[1]:
                depth += nested
                continue
            last = match.end()
            depth -= 1
            if not depth:
                break
        if last < 0:
            self.absent[name] = pos
            return -1
        return text.find(">", last) + 1 or len(text)

    def _leave_hidden(self, text: str) -> int:
        """Where a fragment becomes visible again; its length where it does not."""
        for match in self._end_pattern(self.hidden).finditer(text):
            self.depth += -1 if match[1] else 1
            if not self.depth:
                self.hidden = ""
                return text.find(">", match.end()) + 1 or len(text)
        return len(text)

    def _pass_over(self, name: str, text: str, end: int, base: int, nested: bool = True) -> int:
        """Skip an element; where its end is not in this fragment, hide what follows until it comes."""
        after = self._skip(text, name, end, nested)
        if after >= 0:
            return after
        if self.page:
            # A script without an end runs to the end of the page; any other element is read after all.
            return len(text) if name in _RAW else -1
        return self._hide(name, text, base + end)

    def _hide(self, name: str, text: str, place: int) -> int:
        """Hide what follows until a later fragment ends the element; -1 where none will."""
        if self.absent_in_whole.get(name, len(self.whole) + 1) <= place:
            return -1
        if not any(match[1] for match in self._end_pattern(name).finditer(self.whole, place)):
            self.absent_in_whole[name] = place
            return -1
        self.hidden, self.depth = name, 1
        return len(text)

    # Tags

    def _start_tag(self, name: str, text: str, start: int, name_end: int, end: int, base: int) -> int:
        """Act on a start tag; return where to go on."""
        attributes = text[name_end : end - 1] if end - name_end > 1 else ""
        if name in _VOID:
            self._void(name, attributes, start, name_end, end, base)
            return end
        after = self._not_prose(name, attributes, text, start, end, base)
        if after >= 0:
            return after
        if name in _INLINE_MARKS:
            if len(self.inline) < _INLINE_DEPTH:
                self.inline.append((name, self.builder.here(), _target(name, attributes)))
        elif not self.plain and (name in _PLAIN_BLOCKS or name in _STRUCTURE):
            self._start_block(name, attributes)
        return end

    def _not_prose(self, name: str, attributes: str, text: str, start: int, end: int, base: int) -> int:
        """Where to go on after an element that holds no prose; -1 for one that does."""
        if name in _RAW:
            return self._pass_over(name, text, end, base, nested=False)
        if name in _CODE:
            after = self._pass_over(name, text, end, base)
            if after >= 0 and not (self.stack and self.stack[-1].muted):
                opening = self.builder.here()
                self.builder.placeholder(base + start, base + after)
                self.builder.mark("code", opening)
            return after
        if name in _SKIPPED or (self.page and name in _SKIPPED_IN_PAGES):
            if name in ("svg", "math") and attributes.endswith("/"):
                return end
            if name == "header" and (self.counts.get("article") or self.counts.get("main")):
                return -1
            if name == "dialog" and "open" in _attributes(attributes):
                return -1
            if name not in _INLINE_SKIPPED:
                self._boundary()
            return self._pass_over(name, text, end, base)
        if name == "title" and self.page:
            return self._title(text, end, base)
        if ("hidden" in attributes or "none" in attributes) and _is_hidden(attributes):
            return self._pass_over(name, text, end, base)
        return -1

    def _title(self, text: str, end: int, base: int) -> int:
        """Read the page's title, in which tags are text."""
        after = self._skip(text, "title", end, nested=False)
        if after < 0:
            return end
        if not self.titled:
            self.titled = True
            self._flush()
            self.builder.open(BlockKind.TITLE)
            self._text(text, end, text.rfind("<", end, after), base)
            self._boundary()
        return after

    def _void(self, name: str, attributes: str, start: int, name_end: int, end: int, base: int) -> None:
        builder = self.builder
        if name == "br":
            # Two line breaks in a row end a paragraph in all but name.
            if builder.pos == self.broke and not builder.fresh and not self.plain:
                self._boundary()
            else:
                builder.space(base + start, base + end)
                self.broke = builder.pos
        elif name == "img":
            values = _attributes(attributes)
            if not (self.stack and self.stack[-1].muted) and not _hides(values):
                opening = builder.here()
                builder.placeholder(base + start, base + end)
                builder.mark("image", opening, values.get("src", ""))
        elif name == "hr" and not self.plain:
            self._boundary()
        elif name == "meta" and self.page and not self.described:
            self._meta(attributes, base + name_end)

    def _meta(self, attributes: str, place: int) -> None:
        """Read the page's description."""
        if _attributes(attributes).get("name", "").strip().lower() != "description":
            return
        for match in _ATTRIBUTE.finditer(attributes):
            if match[1].lower() == "content" and match.lastindex and match.lastindex > 1:
                self.described = True
                self._flush()
                self.builder.open(BlockKind.DESCRIPTION)
                self._text(attributes, *match.span(match.lastindex), place)
                self._boundary()
                return

    def _end_tag(self, name: str, place: int, end: int) -> None:
        if name in _INLINE_MARKS:
            for i in range(len(self.inline) - 1, -1, -1):
                if self.inline[i][0] == name:
                    opened, opening, target = self.inline.pop(i)
                    self._mark(opened, opening, target)
                    return
            return
        if name == "br":  # browsers read </br> as <br>
            self.builder.space(place, end)
            return
        if self.plain:
            return
        if name not in _STRUCTURE and name not in _PLAIN_BLOCKS:
            return
        self._flush()
        if self.counts.get(name):
            self._pop_to(name)
        self.builder.open(*self.context)

    def pause(self) -> None:
        """End the block; what is not of this fragment's structure has nothing to do with it."""
        self._flush()
        self.inline.clear()

    # Structure

    @property
    def context(self) -> Context:
        """What a block that begins now is."""
        return self.stack[-1].context if self.stack else self.root.context

    def _mark(self, name: str, opening: int, target: str) -> None:
        if not self.builder.fresh and self.builder.here() > opening and (target or name not in _TARGETED):
            self.builder.mark(_INLINE_MARKS[name], opening, target)

    def _flush(self) -> None:
        """End the block that is being written; open inline elements go on in the next one."""
        if self.builder.fresh:
            return
        for name, opening, target in self.inline:
            self._mark(name, opening, target)
        index = self.builder.close()
        if self.inline:
            here = self.builder.here()
            self.inline = [(name, here, target) for name, _, target in self.inline]
        if index >= 0 and self.stack:
            item = self.stack[-1].item
            if item is not None and item.own < 0:
                item.own = index

    def _boundary(self) -> None:
        """End the block and begin another of the same sort."""
        if not self.plain:
            self._flush()
            self.builder.open(*self.context)

    def _push(self, name: str, context: Context) -> _Entry:
        entry = _Entry(name, context, self.stack[-1] if self.stack else self.root)
        self.stack.append(entry)
        self.counts[name] = self.counts.get(name, 0) + 1
        return entry

    def _pop(self) -> None:
        entry = self.stack.pop()
        self.counts[entry.name] -= 1

    def _pop_to(self, name: str) -> None:
        """Close elements up to and with the innermost one of a name, which must be open."""
        while self.stack:
            innermost = self.stack[-1].name
            self._pop()
            if innermost == name:
                return

    def _imply_end(self, names: tuple[str, ...], within: tuple[str, ...]) -> None:
        """Close the innermost open element among ``names``, if none of ``within`` stands in between."""
        for back in range(1, min(len(self.stack), _LOOK_BACK) + 1):
            name = self.stack[-back].name
            if name in within:
                return
            if name in names:
                for _ in range(back):
                    self._pop()
                return

    def _lead(self) -> int:
        """The block that introduces a list or table which begins now."""
        item = self.stack[-1].item if self.stack else None
        if item is not None:
            return item.own if item.own >= 0 else item.context.lead
        blocks = self.builder.blocks
        if blocks and blocks[-1].kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            return len(blocks) - 1
        return -1

    def _start_block(self, name: str, attributes: str) -> None:
        self._flush()
        context = self.context
        if name in ("li", "dt", "dd"):
            self._start_item(name)
        elif name in ("ul", "ol", "menu", "dl"):
            if context.kind is BlockKind.CELL or context.label:
                self._push(name, context)  # a list within a table cell stays part of the cell
            elif context.kind is BlockKind.ITEM:
                self._push(name, context._replace(level=context.level + 1, lead=self._lead()))
            else:
                lead = self._lead()
                listed = context._replace(kind=BlockKind.ITEM, level=1, group=self.builder.next_group(), lead=lead)
                self._push(name, listed)
        elif name in _HEADINGS:
            if self.stack and self.stack[-1].name in _HEADINGS:
                self._pop()
            heading = Context(BlockKind.HEADING, int(name[1]), quoted=self.context.quoted)
            self._push(name, heading).muted = False
        elif name == "table":
            lead = self._lead()
            entry = self._push(name, context)
            entry.table = _Table(self.builder.next_group(), lead)
        elif name in ("thead", "tbody", "tfoot", "tr", "td", "th", "caption"):
            self._start_table_part(name, attributes)
        elif name == "figcaption":
            self._push(name, Context(BlockKind.CAPTION, quoted=context.quoted))
        elif name == "blockquote":
            self._push(name, context._replace(quoted=True))
        elif name in ("article", "main"):
            self._push(name, context)
        elif name == "header" and self.page:
            self._push(name, context).muted = True
        self.builder.open(*self.context)

    def _start_item(self, name: str) -> None:
        if name == "li":
            self._imply_end(("li",), ("ul", "ol", "menu", "td", "th"))
        else:
            self._imply_end(("dt", "dd"), ("dl", "td", "th"))
        context = self.context
        if context.kind is BlockKind.CELL or context.label:
            self._push(name, context)
            return
        if context.kind is not BlockKind.ITEM:  # an item outside any list
            context = context._replace(kind=BlockKind.ITEM, level=1, group=self.builder.next_group())
        if name == "dt":
            context = context._replace(kind=BlockKind.TERM, lead=-1)
        elif name == "dd":
            blocks = self.builder.blocks
            for back in range(1, min(len(blocks), _LOOK_BACK) + 1):
                if blocks[-back].kind is BlockKind.TERM:
                    context = context._replace(lead=len(blocks) - back)
                    break
        entry = self._push(name, context)
        entry.item = entry

    def _start_table_part(self, name: str, attributes: str) -> None:
        if name in ("thead", "tbody", "tfoot"):
            self._imply_end(("thead", "tbody", "tfoot"), ("table",))
        elif name == "tr":
            self._imply_end(("tr",), ("table",))
        elif name in ("td", "th"):
            self._imply_end(("td", "th"), ("tr", "table"))
        above = self.stack[-1] if self.stack else self.root
        if above.table is None:
            above = self._push("table", above.context)
            above.table = _Table(self.builder.next_group(), -1)
        table = above.table
        if table is None:  # pragma: no cover - set just above
            return
        context = above.context
        if name == "caption":
            context = Context(BlockKind.CAPTION, quoted=context.quoted)
        elif name in ("thead", "tbody", "tfoot"):
            table.head = name == "thead"
        elif name == "tr":
            table.row += 1
            table.column = 0
        else:
            context = _cell(table, name, attributes, context)
        self._push(name, context).item = None


def _cell(table: _Table, name: str, attributes: str, context: Context) -> Context:
    """The context of a table's next cell."""
    if table.row < 0:
        table.row = 0
    spans = table.spans
    while spans.get(table.column, 0) > table.row:
        table.column += 1
    column = table.column
    width = 1
    if "span" in attributes:
        values = _attributes(attributes)
        width = max(_number(values.get("colspan", "")), 1)
        height = _number(values.get("rowspan", ""))
        if height > 1:
            for covered in range(column, column + min(width, 100)):
                spans[covered] = table.row + height
    table.column = column + width
    return Context(
        BlockKind.CELL,
        group=table.group,
        row=table.row,
        column=column,
        header=name == "th" or table.head,
        quoted=context.quoted,
        lead=table.lead,
    )


def _number(text: str) -> int:
    match = _NUMBER.match(text.strip())
    return int(match[0]) if match else 0


def _target(name: str, attributes: str) -> str:
    """What an element points to: the address of a link, the longest attribute of a citation."""
    if name not in _TARGETED:
        return ""
    values = _attributes(attributes)
    target = values.get("href", "") if name == "a" else max(values.values(), key=len, default="")
    return unescape(target).strip()


def _attributes(text: str) -> dict[str, str]:
    """A tag's attributes, names in lower case, values as they stand."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match[match.lastindex] if match.lastindex and match.lastindex > 1 else ""
        found.setdefault(match[1].lower(), value)
    return found


def _is_hidden(attributes: str) -> bool:
    return _hides(_attributes(attributes))


def _hides(values: dict[str, str]) -> bool:
    return (
        "hidden" in values
        or values.get("aria-hidden", "").strip().lower() == "true"
        or _DISPLAY_NONE.search(values.get("style", "")) is not None
    )


def read_html(source: Source) -> Document:
    """The document that a page of HTML holds."""
    builder = Builder(source, "html", source.text)
    machine = HtmlMachine(builder, page=True)
    machine.feed(source.text)
    machine.pause()
    return builder.finish()
