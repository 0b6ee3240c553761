"""Everything that is known about the words of one draft, computed once and shared by all rules."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from linter.annotate.context import Context
from linter.annotate.guards import find_expansions, resolve_guards
from linter.annotate.mentions import Mention, find_hits, find_mentions, index_words
from linter.annotate.sentences import split_sentences
from linter.annotate.words import blank, fold, mask_addresses, split_words
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from linter.annotate.citations import Citation
    from linter.annotate.quantities import Quantity
    from linter.document import Block, Document
    from linter.lexicon.model import Lexicon


GUARDED = "entity"
"""The layer whose terms may ask for company (``linter.annotate.guards``); it is looked through as a whole."""

LONGEST_SMALL = 24
"""How many characters before a word a small phrase that holds it may begin."""

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
        # The number of a note is no part of the word that it is raised above: "migraine<sup>3</sup>".
        self._notes = [
            (mark.start, mark.end)
            for mark in document.marks
            if mark.kind == "superscript" and not re.search("[a-z]", self.text[mark.start : mark.end], re.IGNORECASE)
        ]
        folded = blank(mask_addresses(self.text, fold(self.text)), self._notes)
        self.words, self.word_starts = split_words(folded)
        self.by_concept = MentionTable(self)
        self._layers: dict[str, _Index] = {}
        self._hits: dict[str, list[int]] = {}
        self._parts: dict[str, list[_Index | None]] = {}

    def release(self) -> None:
        """Let go of everything; nothing can be asked afterwards.

        The annotations and what is derived from them point to each other. Parted, they are freed at once, and the
        garbage collector need not look through the many mentions of each draft.
        """
        vars(self).clear()

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All sentences, in order."""
        starts = self.word_starts
        return [
            Sentence(i, start, end, block, bisect_left(starts, start), bisect_left(starts, end))
            for i, (start, end, block) in enumerate(split_sentences(self.text, self.document.blocks, self._notes))
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

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Where each word of the draft stands, as indexes into ``words``."""
        return index_words(self.words)

    def _hits_of(self, name: str) -> list[int]:
        """The indexes of the words at which a term of a layer may begin."""
        hits = self._hits.get(name)
        if hits is None:
            hits = self._hits[name] = find_hits(self.words, self.places, self.lexicon.layers[name])
        return hits

    def layer(self, name: str) -> _Index:
        """All mentions of a layer, by concept."""
        index = self._layers.get(name)
        if index is None:
            layer, hits, words = self.lexicon.layers[name], self._hits_of(name), self.words
            mentions = find_mentions(self.text, words, self.word_starts, layer, hits, len(words), self._breaks)
            if name == GUARDED:
                mentions = resolve_guards(self, mentions)
            index = self._layers[name] = _by_concept(mentions)
        return index

    def _part(self, name: str, sentence: Sentence) -> _Index:
        """The mentions of a layer in one sentence, by concept."""
        hits = self._hits_of(name)
        low = bisect_left(hits, sentence.word)
        here = hits[low : bisect_left(hits, sentence.word_end, low)]
        if not here:
            return {}
        layer = self.lexicon.layers[name]
        return _by_concept(find_mentions(self.text, self.words, self.word_starts, layer, here, sentence.word_end))

    def _parts_of(self, name: str, start: int, end: int) -> list[_Index]:
        """The mentions of a layer by concept, sentence by sentence, of the sentences that [start, end) touches."""
        sentences = self.sentences
        parts = self._parts.get(name)
        if parts is None:
            parts = self._parts[name] = [None] * len(sentences)
        found = []
        i = max(bisect_right(self._sentence_starts, start) - 1, 0)
        while i < len(sentences) and sentences[i].start < end:
            part = parts[i]
            if part is None:
                part = parts[i] = self._part(name, sentences[i])
            if part:
                found.append(part)
            i += 1
        return found

    def _whole(self, name: str) -> _Index | None:
        """All mentions of a layer, by concept, if they are known or must be."""
        return self.layer(name) if name == GUARDED else self._layers.get(name)

    def within(self, start: int, end: int, *concepts: str) -> list[Mention]:
        """The mentions of any of the concepts that start in [start, end), concept by concept, each in text order."""
        found: list[Mention] = []
        for run in self._runs(start, end, concepts):
            found += run
        return found

    def has(self, start: int, end: int, *concepts: str) -> bool:
        """Whether any of the concepts is mentioned in [start, end)."""
        return next(self._runs(start, end, concepts), None) is not None

    def _runs(self, start: int, end: int, concepts: tuple[str, ...]) -> Iterator[list[Mention]]:
        """The mentions that ``within`` gives, piece by piece; no piece is empty."""
        for name, wanted in self.lexicon.by_layer(concepts):
            whole = self._whole(name)
            if whole is not None:
                for concept in wanted:
                    mentions = whole.get(concept)
                    if mentions:
                        # A mention is a tuple that begins with its start.
                        low = bisect_left(mentions, (start,))
                        if low < len(mentions) and mentions[low].start < end:
                            yield mentions[low : bisect_left(mentions, (end,), low)]
                continue
            parts = self._parts_of(name, start, end)
            if parts:
                for concept in wanted:
                    for part in parts:
                        if concept in part:
                            run = [mention for mention in part[concept] if start <= mention.start < end]
                            if run:
                                yield run

    def grammar_at(self, word: int, concept: str = "grammar") -> str:
        """The grammar concept of the small word at a word index (see ``rules/lexicons/grammar.yaml``), or nothing."""
        return next(self._small_word(word, concept), "")

    def grammar_of(self, word: int) -> set[str]:
        """All grammar concepts of the small word at a word index."""
        return set(self._small_word(word, "grammar"))

    def _small_word(self, word: int, concept: str) -> Iterator[str]:
        """The concepts, at or below ``concept``, of the small words and phrases that hold the word at an index."""
        start = self.word_starts[word]
        for name in self.lexicon.homes.get(concept, ()):
            for part in self._parts_of(name, start, start + 1):  # no term runs on from the sentence before
                for mention in part.get(concept, ()):
                    if mention.word <= word < mention.word_end and start - mention.start <= LONGEST_SMALL:
                        yield mention.concept

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

    @cached_property
    def expansions(self) -> Mapping[str, str]:
        """The short forms that the draft spells out, with their long forms."""
        return find_expansions(self.text)

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


def _by_concept(mentions: Iterable[Mention]) -> _Index:
    """Mentions by concept, each concept's in order of the text, those of the concepts below it included."""
    index: _Index = {}
    for mention in mentions:
        concept = mention.concept
        if concept in index:
            index[concept].append(mention)
        else:
            index[concept] = [mention]
    shared: dict[str, list[str]] = {}
    for concept in index:
        for above in _above(concept):
            shared.setdefault(above, []).append(concept)
    parents = {
        above: [m for concept in (*below, above) for m in index.get(concept, ())] for above, below in shared.items()
    }
    for listed in parents.values():
        listed.sort(key=_by_start)
    index.update(parents)
    return index


@cache
def _above(concept: str) -> tuple[str, ...]:
    """The concepts that a dotted one stands under, nearest first."""
    parent = concept.rpartition(".")[0]
    return (parent, *_above(parent)) if parent else ()


_by_start = attrgetter("start")


def annotate(document: Document, lexicon: Lexicon) -> Annotations:
    """Annotate a document with the terms of a lexicon."""
    return Annotations(document, lexicon)
