"""The check ``evidence-transfer``: findings in one condition carried over to the other.

A sentence that reports a study, a score or a guideline on the one side of a pair, and the next (or the rest of it) that
draws the conclusion for the other; or a section headed for the one whose only evidence names the other. A draft that
says itself that the study does not carry over is left alone.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from linter.checks.confusable import PairReader
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.annotate import Annotations, Mention, Sentence
    from linter.checks import Match
    from linter.document import Block
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule
    from linter.knowledge.confusables import Pair

CLAIMS = ("benefit", "equate.same", "infer.claim")
BARS = ("apart", "unsure", "spared", "rejection", "denial")


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield the places where a draft applies a finding to a condition that was not studied."""
    if not annotations.by_concept.get("study"):
        return
    reader = TransferReader(annotations, book.confusables)
    for pair in book.confusables.pairs:
        if pair.rule != rule.id or not pair.evidence or not reader.touched(pair):
            continue
        for studied in (pair.one, pair.other):
            yield from reader.transfers(pair, studied)


class TransferReader(PairReader):
    """Finds evidence on one side of a pair that is applied to the other."""

    def transfers(self, pair: Pair, studied: str) -> Iterator[Match]:
        """The places where evidence on ``studied`` is applied to its partner."""
        annotations = self.annotations
        target = pair.partner(studied)
        seen: set[int] = set()
        for named in self.evidence_names(studied):
            sentence = annotations.sentence_at(named.start)
            if sentence.index in seen:
                continue
            seen.add(sentence.index)
            if not self.reports(sentence):
                continue
            if self.meant(target, sentence.start, named.start):
                rested = self.rested_on(sentence, named, target)
                if rested is not None:
                    yield self.match(pair, *rested)
                continue
            here = (
                self.concluded_in(sentence, named, target)
                or self.concluded_after(sentence, studied, target)
                or self.claimed_before(sentence, studied, target)
            )
            if here is not None:
                yield self.match(pair, *here)
        yield from self.headed(pair, studied, target)
        yield from self.tabled(pair, studied, target)

    def evidence_names(self, side: str) -> list[Mention]:
        """Where a side is named or betrayed."""
        return [*self.names(side), *self.annotations.by_concept.get(f"trait.{side}", ())]

    def meant(self, side: str, start: int, end: int) -> list[Mention]:
        """Where a side is named, or its people are, in [start, end)."""
        found = self.named_in(side, start, end)
        found += self.annotations.within(start, end, f"trait.{side}", f"people.{side}")
        return sorted(found, key=lambda m: m.start)

    def reports(self, sentence: Sentence) -> bool:
        """Whether a sentence reports evidence: a word for a study in it or in the one before, not in a question."""
        annotations = self.annotations
        if annotations.context.is_question(sentence):
            return False
        if annotations.has(sentence.start, sentence.end, "study"):
            return True
        if sentence.index == 0:
            return False
        before = annotations.sentences[sentence.index - 1]
        return before.block == sentence.block and self.studied_in(before)

    def studied_in(self, sentence: Sentence) -> bool:
        """Whether a sentence plainly speaks of a study."""
        found = self.annotations.within(sentence.start, sentence.end, "study")
        return any(m.concept == "study" for m in found)

    def concluded_in(self, sentence: Sentence, named: Mention, target: str) -> tuple[int, int] | None:
        """The conclusion in the same sentence: evidence, a word that infers, the other side."""
        annotations = self.annotations
        for meant in self.named_in(target, named.end, sentence.end):
            if annotations.has(named.end, meant.start, "infer") and not self.barred(sentence.start, sentence.end):
                return meant.start, meant.end
        return None

    def concluded_after(self, sentence: Sentence, studied: str, target: str) -> tuple[int, int] | None:
        """The conclusion in the next sentence of the block: it infers, and speaks of the other side alone."""
        annotations = self.annotations
        for step in (1, 2):
            index = sentence.index + step
            if index >= len(annotations.sentences):
                return None
            other = annotations.sentences[index]
            if other.block != sentence.block or annotations.context.is_question(other):
                return None
            meant = self.meant(target, other.start, other.end)
            if self.named_in(studied, other.start, other.end) or self.barred(other.start, other.end):
                return None
            if not meant:
                continue
            if self.spared_around(sentence, other, target) or not annotations.has(other.start, other.end, "infer"):
                return None
            return meant[0].start, meant[0].end
        return None

    def rested_on(self, sentence: Sentence, named: Mention, target: str) -> tuple[int, int] | None:
        """The conclusion before its evidence in one sentence: the other side, what it rests on, the side studied."""
        annotations = self.annotations
        for meant in self.meant(target, sentence.start, named.start):
            if annotations.has(meant.end, named.start, "basis"):
                return None if self.barred(sentence.start, sentence.end) else (meant.start, meant.end)
        return None

    def claimed_before(self, sentence: Sentence, studied: str, target: str) -> tuple[int, int] | None:
        """The claim on the other side in the sentence before its evidence."""
        annotations = self.annotations
        if sentence.index == 0 or self.meant(target, sentence.start, sentence.end):
            return None
        other = annotations.sentences[sentence.index - 1]
        if other.block != sentence.block or annotations.context.is_question(other):
            return None
        if self.reports(other) or not self.studied_in(sentence):
            return None
        meant = self.named_in(target, other.start, other.end)
        if not meant or self.named_in(studied, other.start, other.end):
            return None
        if not annotations.has(other.start, other.end, *CLAIMS):
            return None
        if self.barred(other.start, other.end) or self.barred(sentence.start, sentence.end):
            return None
        return None if self.spared_around(other, sentence, target) else (meant[0].start, meant[0].end)

    def barred(self, start: int, end: int) -> bool:
        """Whether a span denies, doubts or keeps apart."""
        return self.annotations.has(start, end, *BARS)

    def spared_around(self, sentence: Sentence, other: Sentence, target: str) -> bool:
        """Whether the draft says nearby that the other side was not studied."""
        annotations = self.annotations
        first, last = max(sentence.index - 1, 0), min(other.index + 1, len(annotations.sentences) - 1)
        for index in (*range(first, sentence.index), sentence.index, last):
            near = annotations.sentences[index]
            said = near.block == sentence.block and annotations.has(near.start, near.end, "spared")
            if said and (index == sentence.index or self.meant(target, near.start, near.end)):
                return True
        return False

    def headed(self, pair: Pair, studied: str, target: str) -> Iterator[Match]:
        """Sections headed for the one whose evidence names the other only."""
        annotations = self.annotations
        for named in self.names(target):
            block_index = annotations.document.block_at(named.start)
            block = annotations.block(block_index)
            if block.kind is not BlockKind.HEADING or self.named_in(studied, block.start, block.end):
                continue
            if annotations.context.is_question(annotations.sentence_at(block.start)):
                continue
            start, end = annotations.section_span(block.section)
            body = block.end
            if self.meant(target, body, end) or self.barred(start, end):
                continue
            for mention in self.named_in(studied, body, end):
                sentence = annotations.sentence_at(mention.start)
                if self.studied_in(sentence):
                    yield self.match(pair, mention.start, mention.end)
                    break

    @cached_property
    def rows(self) -> dict[tuple[int, int], list[Block]]:
        """The cells of the draft's tables by table and row."""
        table: dict[tuple[int, int], list[Block]] = {}
        for block in self.annotations.document.blocks:
            if block.kind is BlockKind.CELL:
                table.setdefault((block.group, block.row), []).append(block)
        return table

    def tabled(self, pair: Pair, studied: str, target: str) -> Iterator[Match]:
        """Table rows that offer something for the one and give a study of the other as its evidence."""
        annotations = self.annotations
        for named in self.names(studied):
            block = annotations.block(annotations.document.block_at(named.start))
            if block.kind is not BlockKind.CELL or block.header:
                continue
            head = [cell for cell in self.rows.get((block.group, 0), ()) if cell.header and cell.column == block.column]
            evident = any(annotations.has(cell.start, cell.end, "study") for cell in (block, *head))
            if not evident or self.meant(target, block.start, block.end) or self.barred(block.start, block.end):
                continue
            beside = [cell for cell in self.rows[block.group, block.row] if cell.column != block.column]
            if any(
                self.meant(target, cell.start, cell.end) and not self.named_in(studied, cell.start, cell.end)
                for cell in beside
            ):
                yield self.match(pair, named.start, named.end)
