"""What the tests of the readers share."""

from __future__ import annotations

import re

from linter.document import BLOCK_BREAK, PLACEHOLDER, Block, BlockKind, Document
from linter.readers import read
from linter.source import Source

_SPACE = re.compile(r"\s")


def document(text: str, fmt: str = "markdown") -> Document:
    """The document that a text holds, checked for what holds of every document."""
    doc = read(Source.from_text(text, "draft"), fmt)
    check(doc)
    return doc


def texts(doc: Document, *kinds: BlockKind) -> list[str]:
    """The blocks' texts, of some kinds only or of all."""
    return [doc.text[block.start : block.end] for block in doc.blocks if not kinds or block.kind in kinds]


def outline(text: str, fmt: str = "markdown") -> list[tuple[str, str]]:
    """Each block's kind and text."""
    doc = document(text, fmt)
    return [(block.kind.value, doc.text[block.start : block.end]) for block in doc.blocks]


def block_with(doc: Document, part: str) -> Block:
    """The first block that holds some words."""
    return next(block for block in doc.blocks if part in doc.text[block.start : block.end])


def source_of(doc: Document, part: str) -> str:
    """The source text that the first occurrence of some words in the document came from."""
    start = doc.text.index(part)
    first, last = doc.source_span(start, start + len(part))
    return doc.source.text[first:last]


def check(doc: Document) -> None:
    """What holds of every document, whatever its draft."""
    blocks = [doc.text[block.start : block.end] for block in doc.blocks]
    assert doc.text == BLOCK_BREAK.join(blocks)
    for text in blocks:
        assert text
        assert text == text.strip()
        assert "\n" not in text
        assert "  " not in text
        assert text.strip(PLACEHOLDER + " ")
    check_map(doc)
    check_sections(doc)
    for mark in doc.marks:
        block = doc.blocks[doc.block_at(mark.start)]
        assert block.start <= mark.start <= mark.end <= block.end
    assert list(doc.marks) == sorted(doc.marks, key=lambda mark: mark.start)
    for index, block in enumerate(doc.blocks):
        assert block.lead < index
    for comment in doc.comments:
        assert 0 <= comment.start < comment.end <= len(doc.source.text)
        assert 0 <= comment.block <= len(doc.blocks)
        assert comment.block < len(doc.blocks) or not comment.inside


def check_map(doc: Document) -> None:
    """The map is monotone, stays within the source, and is exact where it maps one to one."""
    text_map, source = doc.map, doc.source.text
    starts = list(text_map.text_starts)
    assert starts == sorted(set(starts))
    assert starts[0] == 0
    assert len(starts) == len(text_map.source_starts) == len(text_map.source_lengths)
    before = 0
    for offset in range(len(doc.text)):
        first, last = text_map.to_source(offset, offset + 1)
        assert before <= first < last <= max(len(source), before + 1)
        assert text_map.to_source(offset, offset) == (first, first)
        before = first
    for block in doc.blocks:
        first, last = text_map.to_source(block.start, block.end)
        assert 0 <= first < last <= len(source)
    for run, start in enumerate(starts):
        end = starts[run + 1] if run + 1 < len(starts) else len(doc.text)
        if text_map.source_lengths[run]:
            continue
        first = text_map.source_starts[run]
        for offset in range(start, end):
            shown, written = doc.text[offset], source[first + offset - start : first + offset - start + 1]
            if shown == " " or shown == "\n":
                assert written == "" or _SPACE.match(written) or shown == "\n"
            elif shown not in (PLACEHOLDER, "\ufffd", " "):
                assert shown == written


def check_sections(doc: Document) -> None:
    """The sections lie end to end and begin with their headings."""
    sections = doc.sections
    assert sections[0].heading == -1
    assert sections[0].first == 0
    assert sections[-1].last == len(doc.blocks)
    for index, section in enumerate(sections):
        assert section.parent < index
        if index:
            assert sections[index - 1].last == section.first == section.heading
            assert doc.blocks[section.heading].kind is BlockKind.HEADING
            assert section.parent == -1 or sections[section.parent].level < section.level
        for number in range(section.first, section.last):
            assert doc.blocks[number].section == index
