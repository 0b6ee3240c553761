"""Where a draft sends its readers to somebody who can judge a dose."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from linter.annotate.quantities import DOSE
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.annotate import Annotations, Mention, Sentence

_REACH = {"caveat.consult": 14, "caveat.refer": 9}
"""How many words may part a clinician from the words that send the reader there."""
_DECIDES = 8
"""How many words may part a clinician from what clinicians do with an amount."""
_SAYS = frozenset({"recommend", "advise", "suggest", "say", "tell", "want", "explain", "agree"})
_MODALS = frozenset({"can", "could", "will", "would", "should", "may", "might", "must", "to"})
_DENIES = frozenset({"not", "t", "never", "no", "nothing", "nobody", "none", "avoid"})


class Caveats:
    """Answers whether a caveat stands in reach of a unit. Blocks are read when asked about, once."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self._blocks: dict[int, bool] = {}
        self._stretches: dict[int, bool] = {}

    def in_reach(self, members: Sequence[int]) -> bool:
        """Whether a caveat stands in the unit, beside it or in its section."""
        last = len(self.annotations.document.blocks) - 1
        beside = (max(members[0] - 1, 0), min(members[-1] + 1, last))
        if any(map(self._in_block, (*members, *beside))):
            return True
        return any(map(self._in_stretch, {self._stretch_of(i) for i in members}))

    def _in_stretch(self, stretch: range) -> bool:
        known = self._stretches.get(stretch.start)
        if known is None:
            known = self._stretches[stretch.start] = any(map(self._in_block, stretch))
        return known

    def _stretch_of(self, index: int) -> range:
        """A block's section; where questions in bold open its paragraphs, the part from one question to the next."""
        section = self.annotations.section_blocks(self.annotations.block(index).section)
        first, last = section.start, section.stop
        for opener in self._questions:
            if first < opener <= index:
                first = opener
            elif index < opener < last:
                last = opener
        return range(first, last)

    @cached_property
    def _questions(self) -> list[int]:
        """The indexes of the paragraphs that open with a question in bold, in order."""
        document = self.annotations.document
        found = []
        for mark in document.marks:
            if mark.kind == "strong" and document.text[mark.start : mark.end].rstrip().endswith("?"):
                index = document.block_at(mark.start)
                block = document.blocks[index]
                if block.kind is BlockKind.PARAGRAPH and mark.start == block.start:
                    found.append(index)
        return found

    def _in_block(self, index: int) -> bool:
        known = self._blocks.get(index)
        if known is None:
            sentences = self.annotations.block_sentences(index)
            known = self._blocks[index] = any(map(self.is_caveat, sentences))
        return known

    def is_caveat(self, sentence: Sentence) -> bool:
        """Whether a sentence sends the reader to a clinician, a label or a test."""
        annotations = self.annotations
        start, end = sentence.start, sentence.end
        if not annotations.has(start, end, "clinician", "caveat.whole", "caveat.test"):
            return self._means_theirs(sentence)
        if any(not self._is_denied(m, sentence) for m in annotations.within(start, end, "caveat.dismiss")):
            return False
        if annotations.has(start, end, "caveat.whole", "caveat.test"):
            return True
        clinicians = annotations.within(start, end, "clinician")
        return any(self._refers(m, sentence) for m in clinicians) or self._means_theirs(sentence)

    def _means_theirs(self, sentence: Sentence) -> bool:
        """Whether "yours" sends the reader to a clinician of whom the block speaks before: ask yours."""
        annotations = self.annotations
        for i in range(sentence.word, sentence.word_end):
            if annotations.words[i] == "yours":
                offset = annotations.word_starts[i]
                block = annotations.block(sentence.block)
                if not annotations.has(block.start, offset, "clinician"):
                    return False
                low, high = max(offset - 30, sentence.start), min(offset + 40, sentence.end)
                asked = annotations.has(low, offset, "caveat.consult")
                return asked or annotations.has(offset, high, "caveat.decide", "caveat.refer")
        return False

    def _is_denied(self, dismissal: Mention, sentence: Sentence) -> bool:
        """Whether "without asking" and its kin are forbidden: never change the dose without asking."""
        words = self.annotations.words
        if words[dismissal.word] != "without":
            return False
        return bool(_DENIES.intersection(words[sentence.word : dismissal.word]))

    def _refers(self, clinician: Mention, sentence: Sentence) -> bool:
        """Whether the words around a clinician are those of a referral."""
        annotations = self.annotations
        for concept, reach in _REACH.items():
            before = annotations.within(sentence.start, clinician.start, concept)
            if any(clinician.word - m.word_end <= reach for m in before):
                return True
        ahead = annotations.words[max(clinician.word - 1, sentence.word) : clinician.word]
        if ahead and ahead[0] in ("your", "yours", "own"):
            return True
        quantified = annotations.within(max(clinician.start - 40, sentence.start), clinician.start, "caveat.many")
        if any(clinician.word - m.word_end <= 2 for m in quantified):
            return False
        after = annotations.within(clinician.end, sentence.end, "caveat.decide")
        near = [m for m in after if m.word - clinician.word_end <= _DECIDES]
        return bool(near) and not self._names_dose(clinician, near[0], sentence)

    def _names_dose(self, clinician: Mention, verb: Mention, sentence: Sentence) -> bool:
        """Whether a clinician is only quoted for an amount: the sleep doctor recommends 3 mg."""
        annotations = self.annotations
        if verb.entry not in _SAYS or _MODALS.intersection(annotations.words[clinician.word_end : verb.word]):
            return False
        starts = self._dose_starts
        return bisect_left(starts, verb.end) < bisect_left(starts, sentence.end)

    @cached_property
    def _dose_starts(self) -> list[int]:
        return [quantity.start for quantity in self.annotations.quantities if quantity.kind == DOSE]

    @cached_property
    def in_document(self) -> bool:
        """Whether the draft anywhere tells all its readers to ask somebody before they take anything."""
        annotations = self.annotations
        sentences = {annotations.sentence_at(m.start).index for m in annotations.by_concept.get("clinician", ())}
        return any(self._is_general(annotations.sentences[i]) for i in sorted(sentences))

    def _is_general(self, sentence: Sentence) -> bool:
        annotations = self.annotations
        start, end = sentence.start, sentence.end
        if not annotations.has(start, end, "caveat.consult") or not annotations.has(start, end, "caveat.start"):
            return False
        grouped = annotations.within(start, end, "caveat.group")
        if any("especially" not in annotations.words[max(m.word - 3, 0) : m.word] for m in grouped):
            return False
        return not annotations.has(start, end, "caveat.test") and self.is_caveat(sentence)
