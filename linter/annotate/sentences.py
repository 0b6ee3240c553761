"""Sentences, as spans of the document's text. None crosses a block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

from linter.annotate.words import blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.document import Block

LONGEST = 4000
"""How many characters a sentence may have; a longer text without a stop is cut at a space, and stays cheap to read."""

_JOURNAL = re.compile(r"(?:\b[A-Z][A-Za-z]{0,18}\. ?){2,}$")
_ENDS_ABBREVIATED = re.compile(
    r"\b(?:approx|ca|incl|vs|cf|figs?|nos?|vol|pp|al|dr|prof|mr|mrs|ms|st|e\.g|i\.e)\.$", re.IGNORECASE
)
_ABBREVIATED = 9
"""How many characters the longest of these takes, with its stop and what stands before it."""
_YEAR_OF_ISSUE = re.compile(r"(?:19|20)\d\d\s?[;:]")
_GOES_ON = r"(?:A|An|And|But|He|However|I|In|It|She|That|The|There|These|They|This|Those|We|You)\b"
_MISSED_BREAK = re.compile(
    rf"(?:\b[Vv]itamin [A-K]\.|\b[Hh]epatitis [A-E]\.|\bU\.[SK]\.(?= {_GOES_ON})|…(?= {_GOES_ON})"
    r"|\([A-Z][^()]*[a-z]{2}[.!?](?<!\bal\.)(?<!\betc\.)\)) (?=[\"“‘(]?[A-Z])"
)
"""Ends of sentences that look like initials or stand inside brackets: "vitamin C. Vitamin D", "(It helps.) Then"."""
_LISTED = re.compile(r"\s*(?:[•●▪◦‣·*–-]|\d{1,3}[.)])\s+(?=\S)")
"""The mark of a list item that a writer typed into a text."""
_MISSED_SIGNS = (".)", "!)", "?)", "…", "itamin ", "epatitis ", "U.")
"""What a text must hold to have such an end; most hold none, and need no search."""


def is_false_break(before: str, after: str) -> bool:
    """Whether a sentence break between two texts is none: an abbreviation, or a lower-case word that goes on."""
    stripped = after.lstrip("\"'“‘([ ")
    if not stripped:
        return True
    end = before.rstrip()
    if _YEAR_OF_ISSUE.match(stripped):
        return True
    if stripped[0].islower() and end.endswith("."):
        return True
    if _ENDS_ABBREVIATED.search(end[-_ABBREVIATED:]):
        return not end.lower().endswith(("al.", "no.")) or stripped[0].isdigit()
    goes_on = stripped[0].isdigit() or (stripped[0].isupper() and len(before) < 30)
    return goes_on and _JOURNAL.search(before) is not None


def split_sentences(
    text: str, blocks: Sequence[Block], notes: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int, int]]:
    """(start, end, block index) of each sentence, in order; offsets into ``text``, end exclusive, spaces trimmed.

    ``notes`` are the spans of note numbers: "pain3." ends with a word, "pain.3 Then" with a stop.
    """
    read = blank(text, notes, after_letter="x")
    for index, block in enumerate(blocks):
        chunk = text[block.start : block.end]
        start = 0
        for end in (*_ends(read[block.start : block.end]), len(chunk)):
            while start < end:
                cut = min(end, start + LONGEST)
                if cut < end:
                    cut = max(chunk.rfind(" ", start + 1, cut), 0) or cut
                piece = chunk[start:cut]
                left = len(piece) - len(piece.lstrip())
                right = len(piece.rstrip())
                if right > left:
                    yield block.start + start + left, block.start + start + right, index
                start = cut


def _boundaries(chunk: str) -> Iterator[int]:
    """Where the library ends sentences; it takes a line with a bullet or a number for one, whatever it holds."""
    start = 0
    for boundary in get_sentence_boundaries("en", chunk):
        end = boundary["end_index"]
        listed = _LISTED.match(chunk, start, end)
        if listed:
            inside = get_sentence_boundaries("en", chunk[listed.end() : end])
            yield from (listed.end() + one["end_index"] for one in inside[:-1])
        yield end
        start = end


def _ends(chunk: str) -> list[int]:
    """The offsets in the text of a block at which a sentence ends and another follows."""
    if not any(mark in chunk for mark in ".?!…"):
        return []
    boundaries = list(_boundaries(chunk))
    start = 0
    ends = []
    for end in boundaries[:-1]:
        if not is_false_break(chunk[max(start, end - 60) : end], chunk[end : end + 12]):
            ends.append(end)
            start = end
    if any(sign in chunk for sign in _MISSED_SIGNS):
        ends = sorted({*ends, *(match.end() for match in _MISSED_BREAK.finditer(chunk))})
    return ends
