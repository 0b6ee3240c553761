"""The check ``confusable``: two things treated as one.

The pairs are data (``rules/knowledge/confusables.yaml``), and so are the words that equate (``rules/lexicons/
conflation.yaml``); here stand the sentence shapes. Two names may be equated ("A, also known as B", "A is a form of B",
"A (B)", "A and B are the same"); a telltale of the one may be said of the other ("schizophrenia means having a split
personality"), also where the other is named in a question, a lead-in or a row's first cell; and what was just described
may be given the wrong name ("... A psychiatrist would call that B"). A sentence that keeps the two apart, asks, denies,
doubts or quotes is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from linter.checks import Match
from linter.document import BlockKind
from linter.knowledge.confusables import ANY, LAYER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.annotate import Annotations, Mention, Sentence
    from linter.document import Block
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule
    from linter.knowledge.confusables import Confusables, Pair

EQUATE = ("equate.same", "equate.kind", "equate.be")
NAME_ASKED = ("asks-name", "asks-kind")
"""Concepts of a question that asks for a name or a kind."""
ASKS = ("equate.same", "equate.kind", *NAME_ASKED)
"""Concepts of a question that a wrong name may answer, or a wrong yes."""
VIEWS = ("unsure", "rejection", "past-belief")
"""Concepts that make whatever a sentence says somebody's view, or a doubtful one."""
NOES = ("denial", "apart")
"""Concepts that deny, or keep the two apart."""
_PHRASES = ("trait", "equate", "thing", "define", "naming", "misnomer")
ANSWERS = frozenset({"no", "wrong", "false", "not", "nope", "never", "untrue", "nonsense", "neither"})
HEDGES = frozenset(
    {"but", "no", "not", "partly", "sort", "kind", "sometimes", "although", "though", "almost", "can", "may"}
)
GENERIC = frozenset({"disorder", "disease", "syndrome", "illness", "condition", "and", "of", "the"})
ANAPHORS = frozenset({"it", "its", "he", "she", "they", "his", "her", "their", "this", "these", "one", "such"})
BE = frozenset({"is", "are", "was", "were", "it", "that"})
MERELY = frozenset({"simply", "just", "merely", "nothing", "basically", "really", "essentially"})
_LIST = re.compile(r"(?:, [\w'’/ -]{2,45})*,? (?:and|or) ")
_MARKS = (",", ";", ":", "–", "—", "(", ")")
GAP = 12
"""How many words may part two names that are equated."""
AFTER = 20
"""How many characters behind a mix-up a denial may stand."""
REACH = 24
"""How many words may part a name from a telltale that is said of it."""


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield the places of a draft where two sides of one of the rule's pairs are treated as one."""
    reader = PairReader(annotations, book.confusables)
    for pair in book.confusables.pairs:
        if pair.rule != rule.id or not reader.touched(pair):
            continue
        for sentence in reader.sentences_with(pair):
            found = (
                reader.equation(pair, sentence)
                or reader.telltale(pair, sentence)
                or reader.inherited(pair, sentence)
                or reader.misnamed(pair, sentence)
                or reader.answered(pair, sentence)
                or reader.confirmed(pair, sentence)
            )
            if found is not None:
                yield reader.match(pair, *found)
        for misnomer in annotations.by_concept.get(f"misnomer.{pair.id}", ()):
            if not reader.excused(annotations.sentence_at(misnomer.start), misnomer.start, misnomer.end, modal=False):
                yield reader.match(pair, misnomer.start, misnomer.end)
    if rule.id.endswith("conditions"):
        yield from reader.unexplained()


class PairReader:
    """Finds the sides of pairs in one draft, and the sentence shapes that make one of them."""

    def __init__(self, annotations: Annotations, confusables: Confusables) -> None:
        self.annotations = annotations
        self.confusables = confusables
        self._named: dict[str, list[Mention]] = {}
        self._starts: dict[str, list[int]] = {}

    # Who is named where

    @cached_property
    def expansions(self) -> dict[str, frozenset[str]]:
        """The words of what the draft spells its short forms out as."""
        found = self.annotations.expansions
        return {short: frozenset(_plain_words(long_form)) for short, long_form in found.items()}

    def names(self, side: str) -> list[Mention]:
        """Where a side is named, in order; its abbreviations only where they can mean it."""
        known = self._named.get(side)
        if known is None:
            table = self.annotations.by_concept
            known = list(table.get(f"thing.{side}", ()))
            short = table.get(f"short.{side}", ())
            meant = {text: self._means(side, text) for text in {self._surface(m) for m in short}}
            known += [m for m in short if meant[self._surface(m)]]
            known.sort(key=lambda m: m.start)
            self._named[side] = known
            self._starts[side] = [m.start for m in known]
        return known

    def _means(self, side: str, short: str) -> bool:
        """Whether an abbreviation stands for a side: by the draft's own expansion, else by the company it keeps."""
        table = self.annotations.by_concept
        partners = [pair.partner(side) for pair in self.confusables.pairs if side in (pair.one, pair.other)]
        company = [f"{kind}.{one}" for one in (side, *partners) for kind in ("thing", "trait")]
        expansion = self.expansions.get(short)
        if expansion:
            said = {w for c in company for m in table.get(c, ()) for w in _plain_words(self._surface(m))}
            return not said.isdisjoint(expansion)
        return any(concept in table for concept in (*company, f"company.{side}", *(f"short.{one}" for one in partners)))

    def _surface(self, mention: Mention) -> str:
        return self.annotations.text[mention.start : mention.end]

    def touched(self, pair: Pair) -> bool:
        """Whether the draft names either side at all."""
        named = self._touched
        return pair.one in named or pair.other in named or f"misnomer.{pair.id}" in self.annotations.by_concept

    @cached_property
    def _touched(self) -> frozenset[str]:
        """The sides that the draft names or holds a telltale of."""
        kinds = ("thing", "short", "trait", "people")
        parts = (concept.partition(".") for concept in self.annotations.layer(LAYER))
        return frozenset(side for kind, _, side in parts if kind in kinds)

    def sentences_with(self, pair: Pair) -> list[Sentence]:
        """The sentences that name a side of a pair, or hold a telltale of one, and the answers to such questions."""
        table = self.annotations.by_concept
        mentions = [*self.names(pair.one), *self.names(pair.other)]
        for side in (pair.one, pair.other):
            if side in pair.traits:
                mentions += table.get(f"trait.{side}", ())
        sentences, is_question = self.annotations.sentences, self.annotations.context.is_question
        indexes = {self.annotations.sentence_at(m.start).index for m in mentions}
        indexes |= {i + 1 for i in indexes if i + 1 < len(sentences) and is_question(sentences[i])}
        return [sentences[i] for i in sorted(indexes)]

    def named_in(self, side: str, start: int, end: int) -> list[Mention]:
        """Where a side is named in [start, end)."""
        names = self.names(side)
        starts = self._starts[side]
        return names[bisect_left(starts, start) : bisect_left(starts, end)]

    def traits_in(self, side: str, start: int, end: int) -> list[Mention]:
        """The telltales of a side in [start, end)."""
        return self.annotations.within(start, end, f"trait.{side}")

    # Shapes

    def equation(self, pair: Pair, sentence: Sentence) -> tuple[int, int] | None:
        """Two names made one in a sentence."""
        if not pair.equate:
            return None
        ones = self.named_in(pair.one, sentence.start, sentence.end)
        others = self.named_in(pair.other, sentence.start, sentence.end)
        if not ones or not others:
            return None
        named = [(m, pair.one) for m in ones] + [(m, pair.other) for m in others]
        named.sort(key=_first)
        for (left, side), (right, other) in pairwise(named):
            if side == other or not 0 <= right.word - left.word_end <= GAP:
                continue
            if self._glossed(pair, side, left, right):
                doubted = self._doubted(sentence, left.start)
            elif self._linked(pair, side, left, right) or self._both(left, right, sentence):
                doubted = self.excused(sentence, left.start, right.end, narrow=True)
            else:
                continue
            if not doubted:
                return left.start, right.end
        return None

    def _glossed(self, pair: Pair, side: str, left: Mention, right: Mention) -> bool:
        """``A (B)``: the second name alone in brackets behind the first."""
        if not pair.gloss or side in pair.kind_ok:
            return False
        text = self.annotations.text
        between = text[left.end : right.start]
        opening = between.rstrip('*_“"')
        if not opening.endswith("(") or not GENERIC.issuperset(opening[:-1].split()):
            return False
        return text[right.end :].lstrip('*_”"')[:1] == ")"

    def _linked(self, pair: Pair, side: str, left: Mention, right: Mention) -> bool:
        """``A is B``, ``A, also known as B``, ``A is a form of B``: nothing but equating words between the names."""
        annotations = self.annotations
        between = annotations.text[left.end : right.start]
        if any(mark in between for mark in ";?!\n"):
            return False
        if between.strip() in ("=", "≈", "==", "(=", "≡"):
            return True
        cues = annotations.within(left.end, right.start, *EQUATE)
        kinds = {cue.concept for cue in cues}
        covered: set[int] = set()
        for mention in (*cues, *annotations.within(left.end, right.start, "equate.filler")):
            covered.update(range(mention.word, mention.word_end))
        joint = annotations.words[left.word_end : right.word]
        if joint == ["or"]:
            return self._merely(left, right)
        if joint == ["as"]:
            known = annotations.within(max(left.start - 40, 0), left.start, "equate.known")
            return any(left.word - m.word_end <= 1 for m in known)
        if not kinds or not covered.issuperset(range(left.word_end, right.word)):
            return False
        if "equate.same" in kinds or ("equate.kind" not in kinds and self._merely(left, right)):
            return True
        if "equate.be" not in kinds and not any(mark in between for mark in ",:–—(-"):
            return False
        return side not in pair.kind_ok and ("equate.kind" in kinds or not self._goes_on(right))

    def _merely(self, left: Mention, right: Mention) -> bool:
        """``A is just B``; ``A, or B, is``."""
        words = self.annotations.words
        between = words[left.word_end : right.word]
        if between == ["or"]:
            text = self.annotations.text
            after = text[right.end : right.end + 1] == "," and text[left.end] == ","
            return after and words[right.word_end : right.word_end + 1] in (["is"], ["are"], ["was"])
        return not MERELY.isdisjoint(between)

    def _goes_on(self, name: Mention) -> bool:
        """Whether a list goes on behind a name: ``A are B, C and D``."""
        return _LIST.match(self.annotations.text, name.end) is not None

    def _both(self, left: Mention, right: Mention, sentence: Sentence) -> bool:
        """``A and B are the same``; ``A, or B as it is also called``."""
        annotations = self.annotations
        if right.word - left.word_end > 3:
            return False
        joined = annotations.words[left.word_end : right.word]
        if not {"and", "or"}.issuperset(joined) and joined:
            return False
        after = annotations.within(right.end, sentence.end, "equate.both")
        before = annotations.within(sentence.start, left.start, "equate.both")
        return any(m.word - right.word_end <= 4 for m in after) or any(left.word - m.word_end <= 2 for m in before)

    def telltale(self, pair: Pair, sentence: Sentence) -> tuple[int, int] | None:
        """A telltale of one side said of the other, in one sentence."""
        for side, link in pair.traits.items():
            partner = pair.partner(side)
            subjects = self.named_in(partner, sentence.start, sentence.end)
            if not subjects or self._own_name(side, sentence):
                continue
            for trait in self.traits_in(side, sentence.start, sentence.end):
                subject = min(subjects, key=lambda m: abs(self.annotations.words_between(m, trait)))
                if not 0 <= self.annotations.words_between(subject, trait) <= REACH:
                    continue
                if not self._listed(subject, trait) if link == ANY else self._defines(subject, trait):
                    start, end = min(subject.start, trait.start), max(subject.end, trait.end)
                    if not self.excused(sentence, start, end, narrow=True, modal=link != ANY):
                        return start, end
        return None

    def _own_name(self, side: str, sentence: Sentence) -> bool:
        """Whether a side is named itself, by a name that is no telltale as well."""
        traits = {m.start for m in self.traits_in(side, sentence.start, sentence.end)}
        return any(m.start not in traits for m in self.named_in(side, sentence.start, sentence.end))

    def _listed(self, subject: Mention, trait: Mention) -> bool:
        """Whether name and telltale are but neighbours in a list: ``A and T``, ``A, T``."""
        first, second = sorted((subject, trait), key=lambda m: m.start)
        between = self.annotations.text[first.end : second.start].strip(" *_")
        return between in ("and", "or", "/", "&", ", and", ", or", ",", "nor")

    def _defines(self, subject: Mention, trait: Mention) -> bool:
        """Whether words between a name and a telltale (or an apposition, a colon) say that the one makes the other."""
        annotations = self.annotations
        first, second = sorted((subject, trait), key=lambda m: m.start)
        if second.word - first.word_end > GAP:
            return False
        between = annotations.text[first.end : second.start]
        if any(mark in between for mark in ";?!"):
            return False
        for cue in annotations.within(first.end, second.start, "define", "equate.same"):
            if annotations.words[cue.word] not in BE or cue.word_end - cue.word > 1 or second.word - cue.word_end <= 2:
                return True
        ahead = annotations.within(max(first.start - 24, 0), first.start, "define")
        if any(m.word_end == first.word and m.word_end - m.word > 1 for m in ahead):
            return True
        head = between.lstrip("*_ ")
        return head.startswith((":", "=", ", a ", ", an ", ", the ", "(")) or head.strip() in ("–", "—", "-")

    def inherited(self, pair: Pair, sentence: Sentence) -> tuple[int, int] | None:
        """A telltale of one side where a row's first cell, a lead-in or the question before names the other."""
        for side, link in pair.traits.items():
            traits = self.traits_in(side, sentence.start, sentence.end)
            if not traits or self._own_name(side, sentence):
                continue
            partner = pair.partner(side)
            if self.named_in(partner, sentence.start, sentence.end):
                continue
            start, end, certain = self._subject(sentence)
            if end <= start or not self.named_in(partner, start, end) or self.named_in(side, start, end):
                continue
            if link != ANY and not certain:
                continue
            if self.traits_in(partner, sentence.start, sentence.end):
                continue
            trait = traits[0]
            if not self.excused(sentence, trait.start, trait.end, narrow=True, modal=link != ANY):
                return trait.start, trait.end
        return self._row_equation(pair, sentence)

    def _row_equation(self, pair: Pair, sentence: Sentence) -> tuple[int, int] | None:
        """``| A | another name for B |``."""
        block = self.annotations.block(sentence.block)
        if block.kind is not BlockKind.CELL or not pair.equate:
            return None
        for side in (pair.one, pair.other):
            named = self.named_in(pair.partner(side), sentence.start, sentence.end)
            if not named or self.named_in(side, sentence.start, sentence.end):
                continue
            start, end, _ = self._subject(sentence)
            cues = {m.concept for m in self.annotations.within(sentence.start, named[0].start, *EQUATE)}
            wrong = "equate.same" in cues or ("equate.kind" in cues and side not in pair.kind_ok)
            wrong = wrong or (side not in pair.kind_ok and self._renames(block, named[0]))
            if wrong and self.named_in(side, start, end) and not self.excused(sentence, named[0].start, named[0].end):
                return named[0].start, named[0].end
        return None

    def _renames(self, block: Block, named: Mention) -> bool:
        """Whether a cell that begins with a name stands in a column which says what the first cells are."""
        annotations = self.annotations
        if annotations.text[block.start : named.start].strip("*_ ") or block.header:
            return False
        blocks = annotations.document.blocks
        heads = (b for b in blocks if b.kind is BlockKind.CELL and b.group == block.group and b.header)
        return any(b.column == block.column and annotations.has(b.start, b.end, "equate.column") for b in heads)

    def _subject(self, sentence: Sentence) -> tuple[int, int, bool]:
        """Where the subject of a fragment is named, and whether the fragment plainly describes it; or an empty span."""
        annotations = self.annotations
        block = annotations.block(sentence.block)
        if block.kind is BlockKind.CELL and block.column > 0 and not block.header:
            for i in range(sentence.block - 1, -1, -1):
                cell = annotations.block(i)
                if cell.group != block.group or cell.row != block.row:
                    break
                if cell.column == 0:
                    return cell.start, cell.end, True
        if block.kind is BlockKind.ITEM:
            lead = annotations.context.lead(sentence.block)
            if lead >= 0:
                here = annotations.block(lead)
                described = annotations.has(here.start, here.end, "define")
                return (here.start, here.end, False) if described else (0, 0, False)
        before = self.before(sentence)
        if before is not None and (self._refers(sentence) or annotations.context.is_question(before)):
            return before.start, before.end, False
        return 0, 0, False

    def _refers(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on about what the one before names."""
        words = self.annotations.words[sentence.word : min(sentence.word + 2, sentence.word_end)]
        return not ANAPHORS.isdisjoint(words[:1]) or (words[:1] == ["during"] and not ANAPHORS.isdisjoint(words[1:]))

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, of the same block or of a short one just before it."""
        if sentence.index == 0:
            return None
        other = self.annotations.sentences[sentence.index - 1]
        if other.block == sentence.block:
            return other
        if other.block == sentence.block - 1 and self.annotations.context.is_question(other):
            return other
        return None

    def misnamed(self, pair: Pair, sentence: Sentence) -> tuple[int, int] | None:
        """The wrong name given to what the sentence before, or the part before, describes."""
        annotations = self.annotations
        naming = annotations.within(sentence.start, sentence.end, "naming")
        before = self.before(sentence)
        if before is not None and (naming or self._affirms(sentence)):
            found = self._renamed(pair, (before.start, before.end), (sentence.start, sentence.end), sentence)
            if found is not None:
                return found
        if naming:
            cut = naming[0].start
            return self._renamed(pair, (sentence.start, cut), (cut, sentence.end), sentence)
        return None

    def _renamed(
        self, pair: Pair, told: tuple[int, int], named: tuple[int, int], sentence: Sentence
    ) -> tuple[int, int] | None:
        """The name (or telltale) of one side in ``named``, where ``told`` describes the other."""
        annotations = self.annotations
        for side in pair.traits:
            partner = pair.partner(side)
            described = self.traits_in(side, *told)
            place = annotations.sentence_at(told[0])
            if not described or all(self.denied(*self._part(place, m.start, m.end)) for m in described):
                continue
            names = self.named_in(partner, *named)
            if pair.traits.get(partner) in (ANY, pair.traits[side]):
                names += self.traits_in(partner, *named)
            if not names or self.named_in(side, told[0], named[1]) or self.named_in(partner, *told):
                continue
            if self.traits_in(partner, *told) or self.excused(sentence, names[0].start, names[0].end):
                continue
            return names[0].start, names[0].end
        return None

    def answered(self, pair: Pair, sentence: Sentence) -> tuple[int, int] | None:
        """``Itchy at night? B helps``: a question describes the one side, and its answer names the other."""
        if len(pair.traits) < 2 or set(pair.traits.values()) != {ANY}:
            return None
        before = self.before(sentence)
        if before is None or not self.annotations.context.is_question(before):
            return None
        for side in pair.traits:
            partner = pair.partner(side)
            named = self.named_in(partner, sentence.start, sentence.end)
            if not named or not self.traits_in(side, before.start, before.end):
                continue
            if self.named_in(side, before.start, sentence.end) or self.named_in(partner, before.start, before.end):
                continue
            names = {m.start for m in named}
            if any(m.start not in names for m in self.traits_in(partner, before.start, sentence.end)):
                continue
            if not self.excused(sentence, named[0].start, named[0].end, modal=False):
                return named[0].start, named[0].end
        return None

    def confirmed(self, pair: Pair, sentence: Sentence) -> tuple[int, int] | None:
        """A question that would make one of the two, said yes to; or one that asks for a name, given the wrong one."""
        annotations = self.annotations
        before = self.before(sentence)
        if before is None or not pair.equate or not annotations.context.is_question(before):
            return None
        cues = {m.concept for m in annotations.within(before.start, before.end, *ASKS)}
        for side in (pair.one, pair.other):
            partner = pair.partner(side)
            asked = self.named_in(side, before.start, before.end) + self._betrayed(pair, side, before)
            if not asked or not cues:
                continue
            both = self.named_in(partner, before.start, before.end) + self._betrayed(pair, partner, before)
            if both:
                kind_only = "equate.same" not in cues
                first = side if asked[0].start < both[0].start else partner
                apart = self.denied(before.start, before.end, loose=False)
                if cues.isdisjoint(EQUATE) or (kind_only and first in pair.kind_ok) or apart:
                    continue
                if self._affirms(sentence, wide=True) and not self._hedged(sentence):
                    return sentence.start, sentence.start + 2
                continue
            named = self.named_in(partner, sentence.start, sentence.end)
            if not named or cues.isdisjoint(NAME_ASKED) or named[0].word - sentence.word > 1:
                continue
            of_kind = not cues.isdisjoint(("equate.kind", "asks-kind")) and partner in pair.kind_ok
            if not of_kind and not self.excused(sentence, named[0].start, named[0].end, narrow=True):
                return named[0].start, named[0].end
        return None

    def _betrayed(self, pair: Pair, side: str, sentence: Sentence) -> list[Mention]:
        """The telltales of a side in a sentence, where the pair counts them."""
        return self.traits_in(side, sentence.start, sentence.end) if side in pair.traits else []

    def _hedged(self, sentence: Sentence) -> bool:
        """Whether a yes is taken back in part: ``Yes and no``, ``Yes, but``."""
        annotations = self.annotations
        words = annotations.words[sentence.word : min(sentence.word + 8, sentence.word_end)]
        first = self.denied(sentence.start, min(sentence.start + 40, sentence.end), loose=False)
        return first or not HEDGES.isdisjoint(words) or annotations.has(sentence.start, sentence.end, *VIEWS)

    def _affirms(self, sentence: Sentence, *, wide: bool = False) -> bool:
        """Whether a sentence answers yes; ``wide``, also by ``It is:`` and the like."""
        annotations = self.annotations
        words = annotations.words[sentence.word : min(sentence.word + 2, sentence.word_end)]
        if words[:1] in (["yes"], ["yep"], ["yeah"], ["right"], ["exactly"], ["indeed"], ["absolutely"], ["precisely"]):
            return True
        if not wide or words not in (["it", "is"], ["they", "are"], ["that", "is"], ["of", "course"]):
            return False
        last = annotations.text[sentence.start : sentence.end].rstrip()
        after = last[6:].lstrip(" eEtT")[:1] if words == ["of", "course"] else last[len(" ".join(words)) :].lstrip()[:1]
        return after in (":", ",", ".", ";", "!", "–", "—", "")

    def unexplained(self) -> Iterator[Match]:
        """Abbreviations that stand for two conditions, where the draft does not say which."""
        annotations = self.annotations
        table = annotations.by_concept
        for ambiguous in self.confusables.ambiguous:
            mentions = table.get(f"ambiguous.{ambiguous.short}", ())
            company = (f"resolved.{ambiguous.short}", *(f"thing.{side}" for side in ambiguous.sides))
            if not mentions or any(concept in table for concept in company):
                continue
            for mention in mentions:
                sentence = annotations.sentence_at(mention.start)
                if annotations.has(sentence.start, sentence.end, f"company.{ambiguous.short}"):
                    short = annotations.text[mention.start : mention.end]
                    yield Match(
                        mention.start,
                        mention.end,
                        {"reason": ambiguous.reason},
                        message=f"{short} is not spelled out, and could mean either of two conditions",
                        advice=f"Spell {short} out where it first stands: {ambiguous.reason}.",
                    )
                    break

    # What excuses

    def excused(self, sentence: Sentence, start: int, end: int, *, narrow: bool = False, modal: bool = True) -> bool:
        """Whether a sentence keeps the two apart, asks, denies, doubts or quotes; or the next one says no.

        ``narrow`` asks for a denial in the part of the sentence between the commas around [start, end); ``modal`` lets
        a may or might excuse too.
        """
        annotations = self.annotations
        quoted = annotations.context.is_quoted
        if annotations.context.is_question(sentence) or quoted(start, start + 1) or quoted(end - 1, end):
            return True
        if annotations.block(sentence.block).quoted or "rejection" in annotations.context.inherited(sentence.block):
            return True
        part = self._part(sentence, start, end) if narrow else (sentence.start, sentence.end)
        if self.denied(*part, loose=modal):
            return True
        views = annotations.within(sentence.start, sentence.end, *VIEWS)
        views += annotations.within(sentence.start, end, "attribution")
        if any((modal or m.concept != "unsure.modal") and not self._inside(m) for m in views):
            return True
        return self._denied_next(sentence)

    def _part(self, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
        """The part of a sentence between the punctuation marks around a span."""
        text = self.annotations.text
        left = max(text.rfind(mark, sentence.start, start) for mark in _MARKS)
        ends = [i for i in (text.find(mark, end, sentence.end) for mark in _MARKS) if i >= 0]
        return max(left, sentence.start), min(end + AFTER, min(ends, default=sentence.end))

    def denied(self, start: int, end: int, *, loose: bool = True) -> bool:
        """Whether a span denies, or keeps two things apart, outside the words that equate or betray.

        ``loose`` counts words that merely relate the two ("leads to", "alongside") as well.
        """
        found = self.annotations.within(start, end, *NOES)
        return any((loose or m.concept != "apart.loose") and not self._inside(m) for m in found)

    def _inside(self, cue: Mention) -> bool:
        """Whether a word is part of a name, a telltale or an equation of several words."""
        return any(
            m.word <= cue.word and cue.word_end <= m.word_end and m.word_end - m.word > 1
            for m in self.annotations.within(max(cue.start - 60, 0), cue.start + 1, *_PHRASES)
        )

    def _doubted(self, sentence: Sentence, start: int) -> bool:
        """Whether a gloss is denied or asked about: the words before it count only."""
        annotations = self.annotations
        return (
            annotations.context.is_question(sentence)
            or annotations.context.is_quoted(start, start + 1)
            or annotations.has(sentence.start, start, "rejection", "denial", "past-belief")
        )

    def _denied_next(self, sentence: Sentence) -> bool:
        """Whether the sentence after begins with a no."""
        annotations = self.annotations
        index = sentence.index + 1
        if index >= len(annotations.sentences):
            return False
        other = annotations.sentences[index]
        if other.block != sentence.block or other.word >= other.word_end:
            return False
        words = annotations.words[other.word : min(other.word + 4, other.word_end)]
        if words[0] in ANSWERS and (words[0] != "never" or len(words) < 3):
            return True
        return words[0] in ("it", "that", "this", "they", "both") and not {"not", "t", "wrong"}.isdisjoint(words)

    def match(self, pair: Pair, start: int, end: int) -> Match:
        """The finding of a pair at a place."""
        names = self.confusables.names
        return Match(
            start,
            end,
            {"one": names[pair.one], "other": names[pair.other], "reason": pair.reason, "source": pair.source},
        )


def _first(item: tuple[Mention, str]) -> int:
    return item[0].start


def _plain_words(text: str) -> Sequence[str]:
    """The telling words of a name, in lower case."""
    parts = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return [part for part in parts if part not in GENERIC]
