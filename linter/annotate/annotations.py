"""Everything that is known about the words of one draft, computed once and shared by all rules."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from linter.annotate.context import Context
from linter.annotate.guards import resolve_guards
from linter.annotate.mentions import Mention, find_mentions
from linter.annotate.sentences import split_sentences
from linter.annotate.words import fold, mask_addresses, split_words
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.annotate.citations import Citation
    from linter.annotate.quantities import Quantity
    from linter.document import Block, Document
    from linter.lexicon.model import Lexicon


GUARDED = "entity"
"""The layer whose terms may ask for company (``linter.annotate.guards``); it is looked through as a whole."""

_Index = dict[str, list[Mention]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets into the text, the block it stands in, and its words (indexes, end exclusive)."""

    index: int
    start: int
    end: int
    block: int
    word: int
    word_end: int


class Annotations:
    """The annotated draft.

    ``words`` and ``word_starts`` are the folded words and their offsets. Everything else is derived when first asked
    for. The layers of the lexicon are looked through one by one: a whole layer when somebody asks for all mentions of
    one of its concepts (``by_concept``), else only the sentences that somebody asks about (``within``, ``has``). Most
    words of most layers are never needed.
    """

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self.text = document.text
        self.words, self.word_starts = split_words(mask_addresses(self.text, fold(self.text)))
        self.by_concept = MentionTable(self)
        self._layers: dict[str, _Index] = {}
        self._starts: dict[tuple[str, str], list[int]] = {}
        self._parts: dict[tuple[str, int], _Index] = {}

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All sentences, in order."""
        starts = self.word_starts
        return [
            Sentence(i, start, end, block, bisect_left(starts, start), bisect_left(starts, end))
            for i, (start, end, block) in enumerate(split_sentences(self.text, self.document.blocks))
        ]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds a text offset, or the last one before it."""
        return self.sentences[max(bisect_right(self._sentence_starts, offset) - 1, 0)]

    @cached_property
    def _block_sentences(self) -> dict[int, list[Sentence]]:
        table: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            table.setdefault(sentence.block, []).append(sentence)
        return table

    def block_sentences(self, block: int) -> Sequence[Sentence]:
        """The sentences of one block."""
        return self._block_sentences.get(block, ())

    def neighbours(self, sentence: Sentence) -> list[Sentence]:
        """The sentences just before and just after, of the same block."""
        around = (sentence.index - 1, sentence.index + 1)
        everything = self.sentences
        return [everything[i] for i in around if 0 <= i < len(everything) and everything[i].block == sentence.block]

    @cached_property
    def _breaks(self) -> frozenset[int]:
        """The indexes of the words that begin a sentence: no term runs over one ("I like fish. Oil is good")."""
        return frozenset(sentence.word for sentence in self.sentences)

    def layer(self, name: str) -> _Index:
        """All mentions of a layer, by concept."""
        index = self._layers.get(name)
        if index is None:
            layer = self.lexicon.layers[name]
            mentions = find_mentions(self.text, self.words, self.word_starts, layer, breaks=self._breaks)
            if name == GUARDED:
                mentions = resolve_guards(self, mentions)
            index = self._layers[name] = _by_concept(mentions)
        return index

    def _part(self, name: str, sentence: Sentence) -> _Index:
        """The mentions of a layer in one sentence, by concept."""
        key = (name, sentence.index)
        part = self._parts.get(key)
        if part is None:
            layer = self.lexicon.layers[name]
            found = find_mentions(self.text, self.words, self.word_starts, layer, sentence.word, sentence.word_end)
            part = self._parts[key] = _by_concept(found)
        return part

    def within(self, start: int, end: int, *concepts: str) -> list[Mention]:
        """The mentions of any of the concepts that start in [start, end), concept by concept, each in text order."""
        found: list[Mention] = []
        for concept in concepts:
            for name in self.lexicon.homes.get(concept, ()):
                found += self._within(name, concept, start, end)
        return found

    def has(self, start: int, end: int, *concepts: str) -> bool:
        """Whether any of the concepts is mentioned in [start, end)."""
        homes = self.lexicon.homes
        for concept in concepts:
            for name in homes.get(concept, ()):
                if self._within(name, concept, start, end):
                    return True
        return False

    def _within(self, name: str, concept: str, start: int, end: int) -> list[Mention]:
        whole = self.layer(name) if name == GUARDED else self._layers.get(name)
        if whole is not None:
            mentions = whole.get(concept)
            if not mentions:
                return []
            starts = self._starts.get((name, concept))
            if starts is None:
                starts = self._starts[name, concept] = [mention.start for mention in mentions]
            return mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        found: list[Mention] = []
        sentences = self.sentences
        i = self.sentence_at(start).index if sentences else 0
        while i < len(sentences) and sentences[i].start < end:
            mentions = self._part(name, sentences[i]).get(concept)
            if mentions:
                found += [mention for mention in mentions if start <= mention.start < end]
            i += 1
        return found

    def grammar_at(self, word: int, concept: str = "grammar") -> str:
        """The grammar concept of the small word at a word index (see ``rules/lexicons/grammar.yaml``), or nothing."""
        start = self.word_starts[word]
        for mention in self.within(max(start - 24, 0), start + 1, concept):
            if mention.word <= word < mention.word_end:
                return mention.concept
        return ""

    def grammar_of(self, word: int) -> set[str]:
        """All grammar concepts of the small word at a word index."""
        start = self.word_starts[word]
        found = self.within(max(start - 24, 0), start + 1, "grammar")
        return {mention.concept for mention in found if mention.word <= word < mention.word_end}

    def grammar_at_next(self, mention: Mention, *concepts: str) -> bool:
        """Whether the word behind a mention is one of these small words."""
        return mention.word_end < len(self.words) and not self.grammar_of(mention.word_end).isdisjoint(concepts)

    def words_between(self, first: Mention, second: Mention) -> int:
        """How many words stand between two mentions (negative when they overlap)."""
        return second.word - first.word_end if first.word <= second.word else first.word - second.word_end

    @cached_property
    def context(self) -> Context:
        """Modalities (negated, hedged, questioned, ...) of any place in the text."""
        return Context(self)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Doses, percentages, counts and other numbers with their units, in order."""
        from linter.annotate.quantities import find_quantities

        return find_quantities(self)

    @cached_property
    def citations(self) -> list[Citation]:
        """What a reader could follow: links, identifiers, notes, author and year, in order."""
        from linter.annotate.citations import find_citations

        return find_citations(self)

    @cached_property
    def apparatus(self) -> frozenset[int]:
        """The indexes of blocks that state nothing: reference entries, links to other pages."""
        from linter.annotate.apparatus import find_apparatus

        return find_apparatus(self.document)

    # Structure

    def block(self, index: int) -> Block:
        """One block."""
        return self.document.blocks[index]

    def section_blocks(self, section: int) -> range:
        """The indexes of the blocks of one section."""
        here = self.document.sections[section]
        return range(here.first, here.last)

    def section_span(self, section: int) -> tuple[int, int]:
        """The text span of one section, heading included; empty when the section is."""
        here = self.document.sections[section]
        if here.first >= here.last:
            return 0, 0
        return self.document.blocks[here.first].start, self.document.blocks[here.last - 1].end

    def headings(self, block: int) -> list[int]:
        """The indexes of the heading blocks that a block stands under, nearest first; the block itself left out."""
        found = []
        section = self.document.blocks[block].section
        while section >= 0:
            here = self.document.sections[section]
            if here.heading >= 0 and here.heading != block:
                found.append(here.heading)
            section = here.parent
        return found

    @cached_property
    def title(self) -> int:
        """The index of the block that names the draft (its title or first heading of rank 1), or -1."""
        for i, block in enumerate(self.document.blocks):
            if block.kind is BlockKind.TITLE or (block.kind is BlockKind.HEADING and block.level == 1):
                return i
        return -1


class MentionTable:
    """All mentions of a concept, in order of the text. A dotted concept also counts for its parents.

    ``benefit.treat`` stands under ``benefit.treat`` and under ``benefit``.
    """

    def __init__(self, annotations: Annotations) -> None:
        self._annotations = annotations

    def get(self, concept: str, default: Sequence[Mention] = ()) -> Sequence[Mention]:
        """The mentions of a concept, or ``default`` when there is none."""
        homes = self._annotations.lexicon.homes.get(concept, ())
        if len(homes) == 1:
            return self._annotations.layer(homes[0]).get(concept, default)
        found = [mention for name in homes for mention in self._annotations.layer(name).get(concept, ())]
        found.sort(key=_by_start)
        return found or default

    def __contains__(self, concept: str) -> bool:
        """Whether a concept is mentioned."""
        return bool(self.get(concept))


def _by_concept(mentions: list[Mention]) -> _Index:
    own: _Index = {}
    for mention in mentions:
        own.setdefault(mention.concept, []).append(mention)
    shared: _Index = {}
    for concept, listed in own.items():
        parent = concept.rpartition(".")[0]
        while parent:
            shared.setdefault(parent, []).extend(listed)
            parent = parent.rpartition(".")[0]
    for parent, listed in shared.items():
        listed += own.get(parent, ())
        listed.sort(key=_by_start)
        own[parent] = listed
    return own


def _by_start(mention: Mention) -> int:
    return mention.start


def annotate(document: Document, lexicon: Lexicon) -> Annotations:
    """Annotate a document with the terms of a lexicon."""
    return Annotations(document, lexicon)
