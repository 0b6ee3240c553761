"""Blocks that are no statements of the draft: entries of a reference list, lists of links to other pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.document import BlockKind

if TYPE_CHECKING:
    from linter.document import Document

_REFERENCES = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:references?|sources?|bibliography|citations?|works cited|literature|endnotes|footnotes"
    r"|notes and references|references? and (?:notes|further reading)|sources and references|further reading"
    r"|related (?:articles?|posts?|reading|guides?)|read (?:more|next)|see also|you (?:may|might) also like"
    r"|more (?:articles|guides|from .{1,30})|keep reading|recommended reading)\W*$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"\bet al\b|\bdoi\b|\bPMID|\bPMCID|\b(?:19|20)\d\d[a-z]?\b", re.IGNORECASE)


def find_apparatus(document: Document) -> frozenset[int]:
    """The indexes of the blocks that hold references or nothing but a link."""
    found: set[int] = set()
    linked = {document.block_at(mark.start) for mark in document.marks if mark.kind == "link"}
    for section in document.sections:
        if section.heading >= 0 and _REFERENCES.match(document.block_text(section.heading)):
            # "Sources" may also be places to buy: only what looks like an entry is one.
            found.update(
                i
                for i in range(section.heading + 1, section.last)
                if _ENTRY.search(document.block_text(i))
                or (document.blocks[i].kind is not BlockKind.PARAGRAPH and i in linked)
            )
    for mark in document.marks:
        if mark.kind != "link" or mark.end <= mark.start:
            continue
        index = document.block_at(mark.start)
        block = document.blocks[index]
        listed = block.kind in (BlockKind.ITEM, BlockKind.CELL, BlockKind.PARAGRAPH)
        if listed and block.end - block.start - (mark.end - mark.start) <= 3:
            found.add(index)
    return frozenset(found)
