"""The context of a mention: negated, hedged, questioned, attributed and so on.

After ConText (Harkema, Dowling, Thornblade and Chapman 2009): a cue has a direction, a scope that ends at a terminator,
and sometimes a cap in words; a pseudo-cue ("not only", "no doubt") is listed under the concept ``null`` and, being
longer, takes the place of the cue that it contains. Cues are data: every concept of the layer ``cue`` is a modality
under its own name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.annotate.annotations import Annotations, Sentence
    from linter.annotate.mentions import Mention
    from linter.lexicon.model import Cue

_BREAK = re.compile(
    r"[;—]|:(?!\d)|–(?:(?<=\s–)|(?=\s))|--| - |,(?<=[a-z\"'’”)],) "
    r"(?=(?:but|although|though|while(?! \w+ing\b)|whereas|yet|however|and yet|so|because|it|they|this|these|you|we"
    r"|he|she)\b)"
)
"""Where a clause ends. A dash between numbers or names ("2–4 weeks") and a colon in a number part nothing.

Every way begins with the sign itself and then looks back, here and below: the search skips to such a sign.
"""

TERMINATOR = "terminator"
"""The concept of words that end a clause; no modality."""
AFFIRMED = "grammar.yes"
YES = 3
"""How many words a plain yes may have."""
UNFINISHED = frozenset({"hedge", "mechanism"})
"""Cues that a lead-in passes on only while its sentence is unfinished."""
PRESUPPOSING = frozenset({"what", "why", "how", "which", "who"})
"""Words that open a question which takes its answer for granted."""

QUOTED = "quoted"
QUESTION = "question"

_QUOTE_SPAN = re.compile(
    r"“[^”\n]{3,600}”|«[^»\n]{3,600}»|\"(?<![\w\"]\")[^\"\n]{3,600}\"(?!\w)|‘(?<!\w‘)[^’\n]{12,600}’(?!\w)"
)
ANSWER = 3
"""How many words the answer to a label may have: "Eases pain: not proven", a row of a table that ends in "No"."""


class Context:
    """Answers which modalities hold at a place. Built once a draft; sentences are examined when asked for."""

    def __init__(self, annotations: Annotations) -> None:
        self._annotations = annotations
        self._cues: dict[int, list[tuple[Mention, Cue]]] = {}
        self._breaks: dict[int, list[int]] = {}

    @cached_property
    def _cue_concepts(self) -> dict[str, Cue]:
        return {name: reach for name, reach in self._annotations.lexicon.cues.items() if name != TERMINATOR}

    def cues(self, sentence: Sentence) -> list[tuple[Mention, Cue]]:
        """The cue mentions of a sentence with their reach."""
        known = self._cues.get(sentence.index)
        if known is None:
            table = self._cue_concepts
            known = [
                (mention, table[mention.concept])
                for mention in self._annotations.within(sentence.start, sentence.end, *table)
            ]
            known.sort(key=lambda pair: pair[0].start)
            self._cues[sentence.index] = known
        return known

    def breaks(self, sentence: Sentence) -> list[int]:
        """The text offsets at which a clause of the sentence ends."""
        known = self._breaks.get(sentence.index)
        if known is None:
            text = self._annotations.text
            known = [m.start() for m in _BREAK.finditer(text, sentence.start, sentence.end)]
            known += [
                m.start
                for m in self._annotations.within(sentence.start, sentence.end, TERMINATOR)
                if not self._goes_on(m)
            ]
            known.sort()
            self._breaks[sentence.index] = known
        return known

    def _goes_on(self, terminator: Mention) -> bool:
        """Whether a participle behind "while" keeps the subject and the mood of what stands before it."""
        words = self._annotations.words
        if words[terminator.word] != "while" or terminator.word_end >= len(words):
            return False
        return words[terminator.word_end].endswith("ing")

    def clause(self, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
        """The span of the clause around [start, end)."""
        left, right = sentence.start, sentence.end
        for offset in self.breaks(sentence):
            if offset <= start:
                left = max(left, offset)
            elif offset >= end:
                right = offset
                break
        return left, right

    def reaching(self, start: int, end: int) -> list[Mention]:
        """The cues whose scope covers the text span [start, end), those of the neighbouring sentences included."""
        annotations = self._annotations
        sentence = annotations.sentence_at(start)
        left, right = self.clause(sentence, start, end)
        found = []
        for cue, reach in self.cues(sentence):
            if cue.start < end and cue.end > start:
                # A cue such as "does not cure" holds the very word that it qualifies.
                # One inside the span is a part of it: "no side effects" is not negated by its own "no".
                if cue.start < start or cue.end >= end:
                    found.append(cue)
                continue
            before = cue.end <= start
            if reach.direction == ("backward" if before else "forward"):
                continue
            if reach.scope == "clause" and not (left <= cue.start and cue.end <= right):
                continue
            if reach.cap and self._words(cue.end, start) + self._words(end, cue.start) > reach.cap:
                continue
            if before and (self._is_aside(sentence, cue, start) or self._is_repeated(cue, start)):
                continue
            found.append(cue)
        found += self._answers(sentence, end, right)
        for other in annotations.neighbours(sentence):
            facing = "forward" if other.index < sentence.index else "backward"
            found += [
                cue
                for cue, reach in self.cues(other)
                if reach.scope == "neighbours" and reach.direction in (facing, "both")
            ]
        return found + self._afar(sentence)

    def _leads_on(self, sentence: Sentence) -> bool:
        """Whether a lead-in is unfinished, so that the items below it end its sentence: "It may help with:"."""
        return not self._annotations.text[sentence.start : sentence.end].rstrip().endswith(".")

    def _presupposes(self, sentence: Sentence) -> bool:
        """Whether a question takes its answer for granted, as "What are the benefits?" does and "Does it help?" not."""
        return not PRESUPPOSING.isdisjoint(self._annotations.words[sentence.word : sentence.word + 1])

    def _is_aside(self, sentence: Sentence, cue: Mention, start: int) -> bool:
        """Whether a cue is shut in by brackets that close before ``start``: "vitamin A (not beta carotene) is".

        One that fills its brackets ("(possibly)") is meant for what follows.
        """
        text = self._annotations.text
        closing = text.find(")", cue.end, start)
        if closing < 0:
            return False
        opening = text.rfind("(", sentence.start, cue.start)
        shut = opening >= 0 and text.find(")", opening, cue.start) < 0
        return shut and (opening + 1, closing) != (cue.start, cue.end)

    def _is_repeated(self, cue: Mention, start: int) -> bool:
        """Whether the span at ``start`` begins with the cue's own word: "no withdrawal and no side effects"."""
        text = self._annotations.text
        word = text[cue.start : cue.end].lower() + " "
        return word.count(" ") == 1 and text[start : start + len(word)].lower() == word

    def _answers(self, sentence: Sentence, end: int, right: int) -> list[Mention]:
        """The cues of a short answer: what follows the colon of a label, or stands beside it in a row."""
        annotations = self._annotations
        found: list[Mention] = []
        if right < sentence.end and annotations.text[right] == ":" and right >= end:
            found += self._answer(sentence, right)
        block = annotations.block(sentence.block)
        if block.kind is BlockKind.CELL and not block.header:
            for other in annotations.document.row(sentence.block):
                if other == sentence.block:
                    continue
                for answer in annotations.block_sentences(other)[:1]:
                    found += self._answer(answer, answer.start)
        return found

    def _answer(self, sentence: Sentence, start: int) -> list[Mention]:
        """The cues with which a short text up to the end of a sentence begins."""
        first, last = sentence.word, sentence.word_end
        starts = self._annotations.word_starts
        while first < last and starts[first] < start:
            first += 1
        if not 0 < last - first <= ANSWER:
            return []
        return [cue for cue, _ in self.cues(sentence) if cue.word <= first < cue.word_end]

    @cached_property
    def _far(self) -> list[tuple[Cue, Sequence[Mention], list[int]]]:
        """The cues that reach beyond the neighbouring sentences, with their starts, concept by concept."""
        wide = ("block", "section", "document")
        listed = (
            (reach, self._annotations.by_concept.get(name, ()))
            for name, reach in self._cue_concepts.items()
            if reach.scope in wide
        )
        return [(reach, mentions, [m.start for m in mentions]) for reach, mentions in listed if mentions]

    def _afar(self, sentence: Sentence) -> list[Mention]:
        """Of the cues of other sentences whose scope is the block, the section or the document, one of a kind."""
        annotations = self._annotations
        found: list[Mention] = []
        for reach, mentions, starts in self._far:
            block = annotations.block(sentence.block)
            low, high = {
                "block": (block.start, block.end),
                "section": annotations.section_span(block.section),
                "document": (0, len(annotations.text)),
            }[reach.scope]
            before, after = bisect_left(starts, low), bisect_left(starts, sentence.end)
            if reach.direction != "backward":
                found += mentions[before : min(before + 1, bisect_left(starts, sentence.start))]
            if reach.direction != "forward":
                found += mentions[after : min(after + 1, bisect_left(starts, high))]
        return found

    def modalities(self, start: int, end: int) -> set[str]:
        """The names of the modalities at [start, end): the reaching cue concepts, and ``quoted`` and ``question``."""
        names = {cue.concept for cue in self.reaching(start, end)}
        if self.is_question(self._annotations.sentence_at(start)):
            names.add(QUESTION)
        if self.is_quoted(start, end):
            names.add(QUOTED)
        return names

    def is_question(self, sentence: Sentence) -> bool:
        """Whether a sentence asks, and the next one of its block does not simply say yes."""
        annotations = self._annotations
        if not annotations.text[sentence.start : sentence.end].rstrip("\"'”’)*_ ").endswith("?"):
            return False
        following = annotations.sentences[sentence.index + 1 : sentence.index + 2]
        if not following or following[0].block != sentence.block:
            return True
        answer = annotations.words[following[0].word : following[0].word_end]
        if len(answer) > YES or "not" in answer:
            return True
        return not annotations.has(following[0].start, following[0].end, AFFIRMED)

    @cached_property
    def _quote_spans(self) -> list[tuple[int, int]]:
        return [m.span() for m in _QUOTE_SPAN.finditer(self._annotations.text)]

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether [start, end) stands inside quotation marks. Scare quotes around the span alone count too."""
        i = bisect_right(self._quote_spans, (start, len(self._annotations.text))) - 1
        return i >= 0 and end <= self._quote_spans[i][1]

    def _words(self, start: int, end: int) -> int:
        return self._annotations.text.count(" ", start, end) if end > start else 0

    def lead(self, block: int) -> int:
        """The index of the block whose words govern this list item or cell, or -1."""
        here = self._annotations.block(block)
        return here.lead if here.kind in (BlockKind.ITEM, BlockKind.CELL) else -1

    @cached_property
    def _headers(self) -> dict[tuple[int, int], list[int]]:
        """The indexes of the header cells of each table, by its group and their column."""
        found: dict[tuple[int, int], list[int]] = {}
        for i, block in enumerate(self._annotations.document.blocks):
            if block.kind is BlockKind.CELL and block.header:
                found.setdefault((block.group, block.column), []).append(i)
        return found

    def _column_headers(self, block: int) -> list[int]:
        """The indexes of the header cells above a table cell."""
        here = self._annotations.block(block)
        if here.kind is not BlockKind.CELL or here.header:
            return []
        return [i for i in self._headers.get((here.group, here.column), ()) if i < block]

    def inherited(self, block: int) -> set[str]:
        """The cue concepts that a list item or fragment inherits from its lead-ins and from its nearest heading."""
        annotations = self._annotations
        names: set[str] = set()
        seen = 0
        lead = self.lead(block)
        while lead >= 0 and seen < 6:
            sentences = annotations.block_sentences(lead)
            if sentences:
                unfinished = self._leads_on(sentences[-1])
                names |= {
                    cue.concept
                    for cue, reach in self.cues(sentences[-1])
                    if reach.direction != "backward" and (unfinished or cue.concept not in UNFINISHED)
                }
                if self.is_question(sentences[-1]) and not self._presupposes(sentences[-1]):
                    names.add(QUESTION)
            lead, seen = self.lead(lead), seen + 1
        for header in self._column_headers(block):
            for sentence in annotations.block_sentences(header):
                names |= {cue.concept for cue, _ in self.cues(sentence)}
        headings = annotations.headings(block)
        if headings:
            for sentence in annotations.block_sentences(headings[0]):
                names |= {cue.concept for cue, _ in self.cues(sentence)}
        return names
