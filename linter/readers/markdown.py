"""The Markdown and MDX reader: events of pyromark, with their byte ranges, to a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyromark

from linter.document import BlockKind
from linter.readers.build import SILENT, Builder
from linter.readers.html import Context, HtmlMachine
from linter.readers.prepare import prepare, read_front_matter

if TYPE_CHECKING:
    from linter.document import Document
    from linter.source import Source

_Options = pyromark.Options
_OPTIONS = (
    _Options.ENABLE_TABLES
    | _Options.ENABLE_FOOTNOTES
    | _Options.ENABLE_STRIKETHROUGH
    | _Options.ENABLE_TASKLISTS
    | _Options.ENABLE_DEFINITION_LIST
    | _Options.ENABLE_HEADING_ATTRIBUTES
)
_WIKILINK = re.compile(r"\[\[[^\[\]\n]{1,500}\]\]")
_MATH = re.compile(r"\$\$|\$[^$\n ]?[^$\n]{0,200}[\\^_=][^$\n]{0,200}\$")
_MATH_SIGN = re.compile(r"[\\^_=]|\A[A-Za-z]\Z")
_CALLOUT = re.compile(r"\[![A-Za-z][\w -]{0,30}(?:\|[^\]\n]{0,60})?\][+-]?[ \t]*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_AMPERSAND = ord("&")
_MASKS = str.maketrans("", "", SILENT + "\ufffc")


class _List:
    """An open list, or an item of one."""

    __slots__ = ("group", "lead", "level", "own")

    def __init__(self, group: int, level: int, lead: int) -> None:
        self.group = group
        self.level = level
        self.lead = lead
        self.own = -1  # the first block of the item that is open


def read_markdown(source: Source, fmt: str = "markdown") -> Document:
    """The document that a Markdown draft holds; ``fmt`` is ``markdown`` or ``mdx``."""
    text = source.text
    if not text.isascii():
        # A lone surrogate is no text and has no bytes; it can only come from a caller's own string.
        text = _SURROGATE.sub("\ufffd", text)
    prepared = prepare(text, fmt == "mdx")
    builder = Builder(source, fmt, prepared.text, prepared.cuts)
    builder.cut_comments = prepared.comments
    if prepared.front is not None:
        read_front_matter(builder, text, prepared.front, prepared.toml)
    _Reader(builder, prepared.text, fmt == "mdx").run()
    return builder.finish()


class _Reader:
    """Walks over the events of one draft."""

    def __init__(self, builder: Builder, text: str, mdx: bool) -> None:
        self.builder = builder
        self.source = text
        self.mdx = mdx
        self.ascii = text.isascii()
        self.data = text.encode()
        # The last byte offset that was turned into characters, and what it was turned into.
        self.byte = 0
        self.char = 0
        self.machine = HtmlMachine(builder, page=False)
        self.machine.whole = text
        self.lists: list[_List] = []
        self.quotes = 0
        self.footnote = ""
        self.inline: list[tuple[int, str]] = []  # text offset and link target of what is open
        self.silent = 0  # depth of content that is left out
        self.table = (-1, -1)  # group, lead
        self.row = -1
        self.column = -1
        self.head = False
        self.callout = -1  # the place where a callout's marker ends, while its title is read
        self.tilde: list[bool] = []  # for each open strikethrough, whether it is but a sign
        self.quiet: list[bool] = []  # for each open code block, whether it is left out
        self.fragments: list[tuple[int, int]] = []  # byte spans of an HTML block's lines

    def place(self, byte: int) -> int:
        """The character offset of a byte offset; cheap where it is near the last one asked for."""
        if self.ascii:
            return byte
        last = self.byte
        if byte > last:
            self.char += len(self.data[last:byte].decode())
        elif byte < last:
            self.char -= len(self.data[byte:last].decode())
        self.byte = byte
        return self.char

    # Blocks

    def context(self) -> Context:
        """What a block that begins now is."""
        quoted = self.quotes > 0
        if self.footnote:
            return Context(BlockKind.FOOTNOTE, quoted=quoted, label=self.footnote)
        if self.lists:
            item = self.lists[-1]
            return Context(BlockKind.ITEM, item.level, item.group, quoted=quoted, lead=item.lead)
        return Context(quoted=quoted)

    def flush(self) -> None:
        """End the block; note it as its list item's own where it is the first."""
        index = self.builder.close()
        if index >= 0 and self.lists and self.lists[-1].own < 0:
            self.lists[-1].own = index

    def begin(self) -> None:
        """Begin a block of whatever sort stands here; one that is open ends."""
        machine = self.machine
        if machine.plain:
            self.leave_inline_html()
        if not self.builder.fresh:
            self.flush()
        if machine.stack:
            self.builder.open(*machine.context)
        elif self.lists or self.quotes or self.footnote:
            self.builder.open(*self.context())
        else:
            self.builder.open(BlockKind.PARAGRAPH)

    def lead(self) -> int:
        """The block that introduces a list or table which begins now."""
        if self.lists and self.lists[-1].own >= 0:
            return self.lists[-1].own
        blocks = self.builder.blocks
        if blocks and blocks[-1].kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            return len(blocks) - 1
        return -1

    # Events

    def run(self) -> None:
        """Read everything."""
        source = self.source
        options = _OPTIONS
        # "[[1]](address)" is a link to most writers and a wikilink to the parser.
        if "[[" in source and "]](" not in source and "]][" not in source and _WIKILINK.search(source):
            options |= _Options.ENABLE_WIKILINKS
        if "$" in source and _MATH.search(source):
            options |= _Options.ENABLE_MATH
        starts, ends, singles = self.starts(), self.ends(), self.singles()
        events: Any = pyromark.events_with_range(source, options=options)
        write = self.text
        for event, span in events:
            if type(event) is str:
                if event != "Rule":
                    self.line_break(span["start"], span["end"])
                else:
                    self.begin()
                continue
            for kind, value in event.items():
                if kind == "Text":
                    write(value, span["start"], span["end"])
                elif kind == "Start":
                    if type(value) is str:
                        starts[value](None, span["start"], span["end"])
                    else:
                        for name, detail in value.items():
                            starts[name](detail, span["start"], span["end"])
                elif kind == "End":
                    for name in (value,) if type(value) is str else value:
                        ends[name](span["start"], span["end"])
                else:
                    singles[kind](value, span["start"], span["end"])
        if not self.builder.fresh:
            self.flush()

    def text(self, value: str, start: int, end: int) -> None:
        """Write text that stands between two byte offsets, be it just so or in another notation."""
        if self.silent or self.machine.hidden:
            return
        if self.callout >= 0:
            self.callout_text(value, start, end)
            return
        if self.ascii:
            if len(value) == end - start:
                self.builder.text(value, start)
            else:
                self.builder.decoded(value, start, end)
            return
        place = self.char if start == self.byte else self.place(start)
        size = len(value)
        if value.isascii():
            exact = size == end - start
        else:
            # An entity may be as long as what it stands for; text never begins with "&" without saying so.
            exact = len(value.encode()) == end - start and (value[0] == "&" or self.data[start] != _AMPERSAND)
        if exact:
            self.byte = end
            self.char = place + size
            self.builder.text(value, place)
        else:
            self.builder.decoded(value, place, self.place(end))

    def starts(self) -> dict[str, Any]:
        """What to do where something starts."""
        return {
            "Paragraph": self.start_paragraph,
            "Heading": self.start_heading,
            "BlockQuote": self.start_quote,
            "CodeBlock": self.start_code,
            "HtmlBlock": self.start_html,
            "List": self.start_list,
            "Item": self.start_item,
            "FootnoteDefinition": self.start_footnote,
            "DefinitionList": self.start_definitions,
            "DefinitionListTitle": self.start_term,
            "DefinitionListDefinition": self.start_definition,
            "Table": self.start_table,
            "TableHead": self.start_head,
            "TableRow": self.start_row,
            "TableCell": self.start_cell,
            "Emphasis": self.start_inline,
            "Strong": self.start_inline,
            "Strikethrough": self.start_struck,
            "Superscript": self.start_inline,
            "Subscript": self.start_inline,
            "Link": self.start_link,
            "Image": self.start_image,
            "MetadataBlock": self.start_silent,
        }

    def ends(self) -> dict[str, Any]:
        """What to do where something ends."""
        return {
            "Paragraph": self.end_block,
            "Heading": self.end_heading,
            "BlockQuote": self.end_quote,
            "CodeBlock": self.end_code,
            "HtmlBlock": self.end_html,
            "List": self.end_list,
            "Item": self.end_item,
            "FootnoteDefinition": self.end_footnote,
            "DefinitionList": self.end_list,
            "DefinitionListTitle": self.end_term,
            "DefinitionListDefinition": self.end_item,
            "Table": self.end_heading,
            "TableHead": self.end_block,
            "TableRow": self.end_block,
            "TableCell": self.end_block,
            "Emphasis": self.end_emphasis,
            "Strong": self.end_strong,
            "Strikethrough": self.end_struck,
            "Superscript": self.end_plain_inline,
            "Subscript": self.end_plain_inline,
            "Link": self.end_link,
            "Image": self.end_image,
            "MetadataBlock": self.end_silent,
        }

    def singles(self) -> dict[str, Any]:
        """What to do where something stands alone."""
        return {
            "Code": self.code,
            "Html": self.html,
            "InlineHtml": self.inline_html,
            "FootnoteReference": self.footnote_reference,
            "InlineMath": self.math,
            "DisplayMath": self.math,
            "TaskListMarker": self.nothing,
        }

    def nothing(self, *_: object) -> None:
        """Leave nothing behind."""

    def callout_text(self, value: str, start: int, end: int) -> None:
        """Write text of a callout's first line without the callout's marker."""
        place, after = self.place(start), self.place(end)
        if after <= self.callout:
            return
        if place < self.callout:
            value = value[self.callout - place :]
            place = self.callout
        if len(value) == after - place:
            self.builder.text(value, place)
        else:
            self.builder.decoded(value, place, after)

    def line_break(self, start: int, end: int) -> None:
        """A line break is a space, except that it ends the title of a callout."""
        if self.silent or self.machine.hidden:
            return
        if self.callout >= 0:
            self.callout = -1
            self.begin()
            return
        if end - start == 1:
            place = start if self.ascii else self.place(start)
            self.builder.space(place, place + 1)
        else:
            self.builder.space(self.place(start), self.place(end))

    # Blocks of text

    def start_paragraph(self, _: object, start: int, end: int) -> None:
        self.begin()
        if self.quotes and self.data[start : start + 2] == b"[!":
            place = self.place(start)
            match = _CALLOUT.match(self.source, place)
            if match:
                self.callout = match.end()

    def end_block(self, start: int, end: int) -> None:
        """After a paragraph or a cell no bare text follows, so that nothing new need begin."""
        self.callout = -1
        if self.machine.plain:
            self.leave_inline_html()
        if not self.builder.fresh:
            self.flush()

    def end_heading(self, start: int, end: int) -> None:
        self.end_block(start, end)
        self.begin()

    def leave_inline_html(self) -> None:
        """Inline HTML that is still open ends with its paragraph."""
        self.machine.plain = False
        self.machine.hidden = ""
        self.machine.inline.clear()

    def start_heading(self, detail: dict[str, Any], start: int, end: int) -> None:
        self.begin()
        self.builder.open(BlockKind.HEADING, int(detail["level"][1]), quoted=self.quotes > 0)

    def start_quote(self, *_: object) -> None:
        self.quotes += 1
        self.begin()

    def end_quote(self, *_: object) -> None:
        # The block must end before the count drops, for it was begun as quoted.
        self.flush()
        self.quotes -= 1
        self.begin()

    def start_code(self, detail: object, start: int, end: int) -> None:
        self.begin()
        # MDX has no indented code: what is indented there stands within a component.
        quiet = not (self.mdx and detail == "Indented")
        self.silent += quiet
        self.quiet.append(quiet)

    def end_code(self, *_: object) -> None:
        self.silent -= self.quiet.pop()
        self.begin()

    def start_silent(self, *_: object) -> None:
        self.silent += 1

    def end_silent(self, *_: object) -> None:
        self.silent -= 1

    # Lists

    def start_list(self, *_: object) -> None:
        if not self.builder.fresh:
            self.flush()
        lead = self.lead()
        if self.lists:
            above = self.lists[-1]
            self.lists.append(_List(above.group, above.level + 1, lead))
        else:
            self.lists.append(_List(self.builder.next_group(), 1, lead))

    def end_list(self, *_: object) -> None:
        if not self.builder.fresh:
            self.flush()
        self.lists.pop()
        self.begin()

    def start_item(self, *_: object) -> None:
        self.lists[-1].own = -1
        self.begin()

    def end_item(self, *_: object) -> None:
        if not self.builder.fresh:
            self.flush()

    def start_definitions(self, *_: object) -> None:
        self.start_list()

    def start_term(self, *_: object) -> None:
        self.begin()
        self.builder.open(BlockKind.TERM, level=1, group=self.lists[-1].group, quoted=self.quotes > 0)

    def end_term(self, *_: object) -> None:
        index = self.builder.close()
        if index >= 0:
            self.lists[-1].lead = index

    def start_definition(self, *_: object) -> None:
        self.start_item()

    def start_footnote(self, label: str, start: int, end: int) -> None:
        self.begin()
        self.footnote = label
        self.begin()

    def end_footnote(self, *_: object) -> None:
        self.flush()
        self.footnote = ""
        self.begin()

    # Tables

    def start_table(self, *_: object) -> None:
        self.begin()
        self.table = (self.builder.next_group(), self.lead())
        self.row = -1

    def start_head(self, *_: object) -> None:
        self.row += 1
        self.column = -1
        self.head = True

    def start_row(self, *_: object) -> None:
        self.row += 1
        self.column = -1
        self.head = False

    def start_cell(self, *_: object) -> None:
        self.begin()
        self.column += 1
        group, lead = self.table
        self.builder.open(
            BlockKind.CELL,
            group=group,
            row=self.row,
            column=self.column,
            header=self.head,
            quoted=self.quotes > 0,
            lead=lead,
        )

    # Within a line

    def start_inline(self, *_: object) -> None:
        self.inline.append((self.builder.here(), ""))

    def end_plain_inline(self, *_: object) -> None:
        self.inline.pop()

    def end_emphasis(self, *_: object) -> None:
        opening, _target = self.inline.pop()
        if not self.silent:
            self.builder.mark("emphasis", opening)

    def end_strong(self, *_: object) -> None:
        opening, _target = self.inline.pop()
        if not self.silent:
            self.builder.mark("strong", opening)

    def start_struck(self, _: object, start: int, end: int) -> None:
        """Two tildes strike out; one, as in "~5 mg", is a sign like any other."""
        single = self.data[start : start + 2] != b"~~"
        self.tilde.append(single)
        if not single:
            self.silent += 1
        elif not self.silent:
            self.builder.text("~", self.place(start))

    def end_struck(self, start: int, end: int) -> None:
        if not self.tilde.pop():
            self.silent -= 1
        elif not self.silent:
            self.builder.text("~", self.place(end - 1))

    def start_link(self, detail: dict[str, Any], start: int, end: int) -> None:
        target = detail["dest_url"].translate(_MASKS)
        if type(detail["link_type"]) is dict:
            target = target.rstrip("\\")
        if detail["link_type"] == "Email":
            target = f"mailto:{target}"
        self.inline.append((self.builder.here(), target))

    def end_link(self, *_: object) -> None:
        opening, target = self.inline.pop()
        if target and not self.silent:
            self.builder.mark("link", opening, target)

    def start_image(self, detail: dict[str, Any], start: int, end: int) -> None:
        if not self.silent and not self.machine.hidden:
            opening = self.builder.here()
            self.builder.placeholder(self.place(start), self.place(end))
            self.builder.mark("image", opening, detail["dest_url"].translate(_MASKS))
        self.silent += 1

    def end_image(self, *_: object) -> None:
        self.silent -= 1

    def code(self, value: str, start: int, end: int) -> None:
        if not self.silent and not self.machine.hidden:
            opening = self.builder.here()
            self.builder.placeholder(self.place(start), self.place(end))
            self.builder.mark("code", opening)

    def math(self, value: str, start: int, end: int) -> None:
        """A formula is no prose; an amount of money between two dollar signs is."""
        if self.silent or self.machine.hidden:
            return
        place, after = self.place(start), self.place(end)
        if self.data[start : start + 2] == b"$$" or _MATH_SIGN.search(value):
            self.builder.placeholder(place, after)
        else:
            self.builder.text(self.source[place:after], place)

    def footnote_reference(self, label: str, start: int, end: int) -> None:
        if not self.silent:
            self.builder.mark("footnote-ref", self.builder.here(), label)

    # HTML

    def start_html(self, _: object, start: int, end: int) -> None:
        self.begin()
        self.fragments = []

    def html(self, value: str, start: int, end: int) -> None:
        self.fragments.append((start, end))

    def end_html(self, *_: object) -> None:
        if not self.fragments or self.silent:
            return
        base = self.place(self.fragments[0][0])
        pieces: list[str] = []
        at = base
        for start, end in self.fragments:
            first, last = self.place(start), self.place(end)
            # What stands between the lines (the signs of a quotation) is blank to the machine.
            pieces.append(" " * (first - at) + self.source[first:last])
            at = last
        machine = self.machine
        if not machine.stack:
            machine.root.context = self.context()
        first_block = len(self.builder.blocks)
        machine.feed("".join(pieces), base)
        machine.pause()
        if self.lists and self.lists[-1].own < 0 and len(self.builder.blocks) > first_block:
            self.lists[-1].own = first_block
        self.begin()

    def inline_html(self, value: str, start: int, end: int) -> None:
        if not self.silent:
            base = self.place(start)
            self.machine.feed(self.source[base : self.place(end)], base, plain=True)
