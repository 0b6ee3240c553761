"""Sentences, as spans of the document's text. None crosses a block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sentencex import get_sentence_boundaries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.document import Block

_JOURNAL = re.compile(r"(?:\b[A-Z][A-Za-z]{0,18}\. ?){2,}$")
_ENDS_ABBREVIATED = re.compile(
    r"\b(?:approx|ca|incl|vs|cf|figs?|nos?|vol|pp|al|dr|prof|mr|mrs|ms|st|e\.g|i\.e)\.\s*$", re.IGNORECASE
)


def is_false_break(before: str, after: str) -> bool:
    """Whether a sentence break between two texts is none: an abbreviation, or a lower-case word that goes on."""
    stripped = after.lstrip("\"'“‘([ ")
    if not stripped:
        return True
    end = before.rstrip()
    if stripped[0].islower() and end.endswith("."):
        return True
    if _ENDS_ABBREVIATED.search(before):
        return not before.rstrip().lower().endswith(("al.", "no.")) or stripped[0].isdigit()
    return bool(_JOURNAL.search(before)) and (stripped[0].isdigit() or stripped[0].isupper() and len(before) < 30)


def split_sentences(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, int]]:
    """(start, end, block index) of each sentence, in order; offsets into ``text``, end exclusive, spaces trimmed."""
    for index, block in enumerate(blocks):
        chunk = text[block.start : block.end]
        if not chunk:
            continue
        if "." not in chunk and "?" not in chunk and "!" not in chunk:
            yield block.start, block.end, index
            continue
        start = 0
        boundaries = get_sentence_boundaries("en", chunk)
        for i, boundary in enumerate(boundaries):
            end = boundary["end_index"]
            if i + 1 < len(boundaries) and is_false_break(chunk[max(start, end - 60) : end], chunk[end : end + 12]):
                continue
            piece = chunk[start:end]
            left = len(piece) - len(piece.lstrip())
            right = len(piece.rstrip())
            if right > left:
                yield block.start + start + left, block.start + start + right, index
            start = end
