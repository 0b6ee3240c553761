"""Therapeutic relations: which medicine a draft offers for which condition.

A relation stands in one sentence ("X for Y", "Y responds to X", "prescribed X for her Y"), or the condition stands in
what introduces the medicine: the sentence before, the lead-in of a list, the header of a table, a heading, the title.
A condition that the medicine causes or worsens, that only accompanies the patient, or that forbids the medicine is no
relation. The words behind these decisions are data: ``rules/lexicons/relations.yaml`` and the benefit words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.annotate import Annotations, Mention, Sentence
    from linter.document import Block
    from linter.knowledge.base import KnowledgeBase

PURPOSE = frozenset({"for", "against"})
"""The plain prepositions of purpose: "X for Y"."""

PURPOSE_REACH = 6
"""How many words may stand between a preposition of purpose and the condition: "for her long-standing Y"."""

ADVERSE_REACH = 4
"""How many words around a condition an adverse word governs, when it does not stand between the two."""

SHORT = 14
"""Fragments of up to this many words may put a medicine and a condition side by side and mean a treatment."""

POSITIVE = (
    "relation.use",
    "relation.purpose",
    "benefit.decrease",
    "benefit.increase",
    "benefit.change",
    "benefit.treat",
    "benefit.restore",
    "benefit.protect",
    "benefit.works",
    "benefit.effective",
    "benefit.noun",
    "benefit.outcome",
)
"""The concepts that make a treatment of a medicine beside a condition."""

DENIED = ("negation", "negation.after", "rejection")
FRAGMENTS = (BlockKind.ITEM, BlockKind.CELL, BlockKind.HEADING, BlockKind.TITLE, BlockKind.CAPTION, BlockKind.TERM)
LISTED = (BlockKind.ITEM, BlockKind.CELL, BlockKind.TERM)
VAGUE = frozenset({"symptom", "category"})
"""Kinds of condition that a far heading must not lend to what stands below it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A medicine offered for a condition.

    ``sentence`` is the one that names the medicine. ``shape`` says how the two are linked: ``sentence``, ``before``
    (the condition stands in the sentence before), ``lead``, ``row``, ``heading`` or ``title``. ``hedged`` marks what is
    only told of a study.
    """

    drug: Mention
    condition: Mention
    sentence: Sentence
    shape: str
    studied: bool = False


def find_links(annotations: Annotations, knowledge: KnowledgeBase) -> Iterator[Link]:
    """The therapeutic relations of a draft, in order of the text; supplements are left out."""
    reader = RelationReader(annotations, knowledge)
    for drug in annotations.by_concept.get("drug", ()):
        if knowledge.status(drug.entry) != "supplement":
            yield from reader.links(drug)


class RelationReader:
    """Reads the relations of one draft; remembers what its headings and lead-ins are about."""

    def __init__(self, annotations: Annotations, knowledge: KnowledgeBase) -> None:
        self.annotations = annotations
        self.knowledge = knowledge
        self._barred: dict[int, bool] = {}

    def links(self, drug: Mention) -> list[Link]:
        """All conditions that one mention of a medicine is offered for."""
        annotations = self.annotations
        sentence = annotations.sentence_at(drug.start)
        if self.barred(sentence.block):
            return []
        conditions = self.conditions(sentence.start, sentence.end, drug)
        studied = annotations.has(sentence.start, sentence.end, "relation.studied")
        if conditions:
            return [
                Link(drug, condition, sentence, "sentence", studied)
                for condition in conditions
                if self.linked(drug, condition, sentence)
            ]
        if not self.offered(drug, sentence):
            return []
        shape, found = self.topic(drug, sentence)
        return [Link(drug, condition, sentence, shape, studied) for condition in found]

    def conditions(self, start: int, end: int, drug: Mention) -> list[Mention]:
        """The conditions named in a text span, apart from words inside the medicine's own name."""
        return [
            m for m in self.annotations.within(start, end, "condition") if m.start >= drug.end or m.end <= drug.start
        ]

    # One sentence

    def linked(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether a sentence that names both offers the one for the other."""
        if self.adverse(drug, condition, sentence) or self.denied(drug, condition):
            return False
        if self.purpose(drug, condition):
            return True
        if self.bystander(condition, sentence):
            return False
        low, high = self.region(drug, condition, sentence)
        if self.annotations.has(low, high, *POSITIVE):
            return True
        kind = self.annotations.block(sentence.block).kind
        return kind in FRAGMENTS and sentence.word_end - sentence.word <= SHORT

    def region(self, drug: Mention, condition: Mention, sentence: Sentence) -> tuple[int, int]:
        """The text span in which a word may join the two: from the clause of the first to that of the second."""
        context = self.annotations.context
        first, second = (drug, condition) if drug.start < condition.start else (condition, drug)
        return (
            context.clause(sentence, first.start, first.end)[0],
            context.clause(sentence, second.start, second.end)[1],
        )

    def purpose(self, drug: Mention, condition: Mention) -> bool:
        """Whether a preposition of purpose leads from the medicine to the condition."""
        if condition.word < drug.word_end:
            return False
        words = self.annotations.words
        low = max(drug.word_end, condition.word - PURPOSE_REACH)
        return any(word in PURPOSE for word in words[low : condition.word])

    def adverse(self, drug: Mention, condition: Mention, sentence: Sentence) -> bool:
        """Whether the condition is what the medicine does to one, or what forbids it."""
        low, high = min(drug.word_end, condition.word_end), max(drug.word, condition.word)
        for word in self.annotations.within(sentence.start, sentence.end, "relation.adverse"):
            between = low <= word.word and word.word_end <= high
            before = 0 <= condition.word - word.word_end <= ADVERSE_REACH
            after = 0 <= word.word - condition.word_end <= ADVERSE_REACH
            if between or before or after:
                return True
        return False

    def denied(self, drug: Mention, condition: Mention) -> bool:
        """Whether the sentence says that the medicine does not help, or turns the claim down."""
        context = self.annotations.context
        cues = {cue.concept for cue in context.reaching(condition.start, condition.end)}
        cues |= {cue.concept for cue in context.reaching(drug.start, drug.end)}
        return not cues.isdisjoint(DENIED)

    def bystander(self, condition: Mention, sentence: Sentence) -> bool:
        """Whether the condition only accompanies the patient."""
        annotations = self.annotations
        found = annotations.within(sentence.start, condition.start, "relation.bystander")
        return any(condition.word - word.word_end <= ADVERSE_REACH for word in found)

    # What introduces the medicine

    def offered(self, drug: Mention, sentence: Sentence) -> bool:
        """Whether a sentence with no condition offers the medicine at all."""
        annotations = self.annotations
        if annotations.context.is_question(sentence):
            return False
        if any(cue.concept in DENIED for cue in annotations.context.reaching(drug.start, drug.end)):
            return False
        if annotations.has(sentence.start, sentence.end, "relation.adverse"):
            return False
        if annotations.block(sentence.block).kind in LISTED:
            return True
        left, right = annotations.context.clause(sentence, drug.start, drug.end)
        return annotations.has(left, right, *POSITIVE) or any(
            q.kind == "dose" for q in annotations.quantities if left <= q.start < right
        )

    def topic(self, drug: Mention, sentence: Sentence) -> tuple[str, list[Mention]]:
        """The conditions that the nearest introduction names, and which kind of introduction that is."""
        for shape, start, end in self.places(sentence):
            found = [m for m in self.conditions(start, end, drug) if self.lends(m, shape)]
            if found:
                return shape, found
        return "", []

    def lends(self, condition: Mention, shape: str) -> bool:
        """Whether an introduction makes its condition the purpose of what follows."""
        annotations = self.annotations
        if shape in ("heading", "title") and self.knowledge.kind(condition.entry) == "category":
            return False
        sentence = annotations.sentence_at(condition.start)
        return not any(
            abs(condition.word - word.word_end) <= ADVERSE_REACH
            for word in annotations.within(sentence.start, sentence.end, "relation.adverse")
        )

    def places(self, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
        """(shape, start, end) of what introduces a sentence, nearest first."""
        annotations = self.annotations
        block = annotations.block(sentence.block)
        listed = block.kind in LISTED
        for back in (1, 2):
            index = sentence.index - back
            if index >= 0 and annotations.sentences[index].block == sentence.block:
                yield "before", annotations.sentences[index].start, annotations.sentences[index].end
        if block.kind is BlockKind.CELL:
            yield from self._row(sentence.block)
        seen = {sentence.block}
        lead = annotations.context.lead(sentence.block)
        while lead >= 0 and lead not in seen:
            seen.add(lead)
            last = annotations.block_sentences(lead)
            if last:
                yield "lead", last[0].start, last[-1].end
            lead = annotations.context.lead(lead)
        for heading in annotations.headings(sentence.block):
            if heading not in seen and heading != annotations.title:
                seen.add(heading)
                here = annotations.block(heading)
                yield "heading", here.start, here.end
        title = annotations.title
        if title >= 0 and title not in seen and (listed or self.offers(title)):
            here = annotations.block(title)
            if self.offers(title):
                yield "title", here.start, here.end

    def _row(self, block: int) -> Iterator[tuple[str, int, int]]:
        """The other cells of a cell's row, then the header of its table."""
        annotations = self.annotations
        here = annotations.block(block)
        group = [b for b in self._table(block) if b.group == here.group and b.kind is BlockKind.CELL]
        for cell in group:
            if cell.row == here.row and cell.column != here.column:
                yield "row", cell.start, cell.end
        for cell in group:
            if cell.header and cell.row != here.row:
                yield "row", cell.start, cell.end

    def _table(self, block: int) -> Sequence[Block]:
        """The blocks of the section that a cell stands in."""
        annotations = self.annotations
        return [annotations.block(i) for i in annotations.section_blocks(annotations.block(block).section)]

    def offers(self, block: int) -> bool:
        """Whether a heading or title announces treatments."""
        here = self.annotations.block(block)
        return self.annotations.has(here.start, here.end, "relation.offer") or any(
            self.annotations.words[i] == "for" for s in self.annotations.block_sentences(block) for i in range(s.word, s.word_end)
        )

    def barred(self, block: int) -> bool:
        """Whether a block stands under a heading or lead-in of what is no offer (side effects, history, references)."""
        known = self._barred.get(block)
        if known is None:
            known = self._barred[block] = self._find_barred(block)
        return known

    def _find_barred(self, block: int) -> bool:
        annotations = self.annotations
        places = [h for h in annotations.headings(block) if h != annotations.title]
        lead = annotations.context.lead(block)
        if lead >= 0:
            places.insert(0, lead)
        for place in places[:2]:
            here = annotations.block(place)
            if annotations.has(here.start, here.end, "relation.no-offer") and not annotations.has(
                here.start, here.end, "relation.offer"
            ):
                return True
        return False
