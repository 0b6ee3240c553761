"""Claims in one draft: a benefit word, its object and the intervention that is credited."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from linter.checks.claim.interventions import Interventions
from linter.checks.claim.targets import Targets
from linter.checks.claim.terms import (
    AMBIGUOUS,
    BAD,
    COMPLETE,
    EITHER,
    FINITE,
    FRAGMENT,
    HARMS,
    IMPERATIVE,
    NO_CLAIM,
    NOUN,
    OBJECTS,
    PARTICIPLE,
    PREDICATE,
    PROMISE,
    SPLIT,
    STAND_INS,
    TITLE_SPACES,
)
from linter.checks.claim.uses import Uses, is_doubtful
from linter.document import BlockKind

AUXILIARIES = ("grammar.be", "grammar.modal")
"""Before these a verb form is a noun."""
PROMISED_REACH = 2
"""How many words before a benefit word its object may begin in a promise: "you'll sleep better"."""
MANY = 2
"""How many items of a list, and more than half of them, must begin with a benefit for it to tell benefits."""
UNTOPICAL = ("benefit.restore", "benefit.power", "benefit.safe", "benefit.safer")
"""Set phrases that claim something also as fragments, where others may only name a topic."""
PROMISES = ("benefit.weak", "grammar.benefits", "grammar.help", "grammar.makes", "grammar.will")
"""What a heading or lead-in says that promises benefits."""
PREDICATES = (*AUXILIARIES, "grammar.help", "grammar.will", "grammar.have")
"""Verbs whose subject what stands before them is."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.annotate import Annotations, Mention, Sentence
    from linter.document import Block
    from linter.knowledge.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Claim:
    """A benefit word with its object and the intervention that is credited."""

    benefit: Mention
    target: Mention | None
    intervention: Mention | None
    """Nothing where a verb that cures or relieves has another subject ("ten minutes in the sea dissolves stress")."""
    near: bool
    """Whether the intervention stands in the sentence itself."""
    use: str = FINITE


class ClaimReader:
    """Reads the claims of one draft."""

    def __init__(self, annotations: Annotations, knowledge: KnowledgeBase) -> None:
        self.annotations = annotations
        self.interventions = Interventions(annotations)
        self.targets = Targets(annotations, knowledge, self.interventions)
        self.uses = Uses(annotations, self.interventions, self.targets)

    def read(self, benefit: Mention, sentence: Sentence) -> Claim | None:
        """The claim that a benefit word makes, or nothing."""
        if benefit.concept in OBJECTS and not self.may_act(benefit, sentence):
            return None
        use = NO_CLAIM if self.in_link(benefit) else self.uses.use(benefit, sentence)
        if use == NO_CLAIM or self.is_label(benefit, sentence, use):
            return None
        target = (self.targets.split_target if benefit.concept == SPLIT else self.targets.target)(benefit, sentence)
        if target is None and use == FINITE and self.is_strong(benefit):
            subject = self.interventions.subject(benefit, sentence)
            if subject is not None:
                return Claim(benefit, None, subject, near=True, use=use)
        if target and benefit.form == "ing" and use in (PARTICIPLE, FRAGMENT) and self.is_gerund(benefit, target):
            return None
        if not self.is_whole(benefit, target, use):
            return None
        own = target is not None and benefit.form in ("s", "base") and target.end <= benefit.start
        if use in (FINITE, PREDICATE, PARTICIPLE) and not own and self.harmful_subject(benefit, sentence):
            return None
        if use == FRAGMENT and self.under_harms(sentence.block):
            return None
        if use == FRAGMENT and self.is_loose(benefit, target, sentence) and not self.under_benefits(benefit, sentence):
            return None
        inside = self.interventions.inside(benefit, target, sentence) or self.interventions.within_phrase(benefit)
        if inside is not None:
            return Claim(benefit, target, inside, near=True, use=use)
        outside = self.credited_elsewhere(benefit, target, sentence, use)
        if outside is None and not (target and use == FINITE and self.is_blunt(benefit, target, sentence)):
            return None
        return Claim(benefit, target, outside, near=False, use=use)

    def is_blunt(self, benefit: Mention, target: Mention, sentence: Sentence) -> bool:
        """Whether a verb of cure or relief with an illness right behind it claims something whatever its subject is."""
        annotations = self.annotations
        return (
            benefit.form == "s"
            and benefit.concept in ("benefit.treat", "benefit.decrease")
            and bool(annotations.grammar_at(benefit.word, "grammar.strong"))
            and target.concept in BAD
            and 0 <= annotations.words_between(benefit, target) <= 1
            and target.start > benefit.start
            and benefit.word > sentence.word
            and self.interventions.about_health
            and not annotations.has(sentence.start, benefit.start, "grammar.clinician")
        )

    def is_gerund(self, benefit: Mention, target: Mention) -> bool:
        """Whether a participle with its object is what a verb is about: "treating anxiety is hard"."""
        annotations = self.annotations
        between = benefit.end < target.start and annotations.has(benefit.end, target.start, *PREDICATES)
        return between or annotations.grammar_at_next(target, *PREDICATES)

    def is_label(self, benefit: Mention, sentence: Sentence, use: str) -> bool:
        """Whether a benefit word only names a topic, or is a noun after all ("this balance is")."""
        if benefit.form in ("s", "base"):
            sure = self.annotations.grammar_at(benefit.word - 1, "grammar.sure-to")
            last = benefit.word_end >= sentence.word_end
            return not last and not sure and self.annotations.grammar_at_next(benefit, *AUXILIARIES)
        return use in (FRAGMENT, NOUN, IMPERATIVE) and self.is_softened(benefit, sentence)

    def is_whole(self, benefit: Mention, target: Mention | None, use: str) -> bool:
        """Whether a benefit word has the object that it needs."""
        if target is not None:
            return True
        return benefit.concept in COMPLETE and (benefit.concept != "benefit.outcome" or use in (PROMISE, FINITE))

    def is_loose(self, benefit: Mention, target: Mention | None, sentence: Sentence) -> bool:
        """Whether a benefit word is a noun or a set phrase, which as a fragment may be a mere topic.

        "Good for arthritis" is none, nor is "Marked reduction in pain" where it opens the fragment.
        """
        if target and target.concept in (*BAD, "target.generic") and benefit.concept != "benefit.noun":
            said_for = self.annotations.words[benefit.word_end - 1] == "for"
            if said_for or (self.uses.opens(benefit, sentence) and self.uses.adjectives.names_use(benefit)):
                return False
        return benefit.form in ("", "plural") and benefit.concept not in UNTOPICAL

    def credited_elsewhere(
        self, benefit: Mention, target: Mention | None, sentence: Sentence, use: str
    ) -> Mention | None:
        """The intervention that a sentence which names none goes on about, where its words allow that."""
        if use in (IMPERATIVE, NOUN, PREDICATE) and target is None and benefit.concept != "benefit.compare":
            return None
        bare = use == FRAGMENT and benefit.form == "base"
        if bare and not self.under_benefits(benefit, sentence) and not self.among_benefits(sentence.block):
            return None
        if use == PROMISE and target is not None and target.word + PROMISED_REACH < benefit.word:
            return None
        if not self.goes_on(benefit, sentence, use):
            return None
        doubtful = benefit.form == "base" and is_doubtful(self.annotations, benefit)
        if use == FINITE and doubtful and not self.has_pronoun(benefit, sentence):
            return None
        if self.speaks_of_body(benefit, sentence):
            return None
        found = self.interventions.outside(sentence)
        wide = use in (FRAGMENT, PROMISE) or (
            use == FINITE and target and target.concept in BAD and self.follows_pronoun(benefit, sentence)
        )
        return found or (self.interventions.wider_topic(sentence) if wide else None)

    def follows_pronoun(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a pronoun that begins the clause is the subject of a benefit verb right behind it."""
        annotations = self.annotations
        left, _ = annotations.context.clause(sentence, benefit.start, benefit.end)
        subjects = annotations.within(left, benefit.start, "grammar.subject")
        return (
            bool(subjects)
            and subjects[0].word_end == benefit.word
            and not annotations.text[left : subjects[0].start].strip()
        )

    def speaks_of_body(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a pronoun before the benefit word stands for what the body makes, as the sentence before tells."""
        annotations = self.annotations
        if sentence.index == 0 or not annotations.has(sentence.start, benefit.start, "grammar.subject"):
            return False
        before = annotations.sentences[sentence.index - 1]
        return annotations.has(before.start, before.end, "grammar.body-made") and not self.interventions.named(
            before.start, before.end
        )

    def under_harms(self, block: int) -> bool:
        """Whether a block stands under a lead-in or a heading of harms: "Side effects:"."""
        annotations = self.annotations
        lead = annotations.context.lead(block)
        places = [lead] if lead >= 0 else annotations.headings(block)[:1]
        return any(
            annotations.has(annotations.block(i).start, annotations.block(i).end, "grammar.harms")
            and not annotations.has(annotations.block(i).start, annotations.block(i).end, *PROMISES, "benefit.decrease")
            for i in places
        )

    def under_benefits(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a fragment stands under a heading, a lead-in or a label that promises benefits."""
        if self.uses.under_label(benefit, sentence):
            return True
        annotations = self.annotations
        block = sentence.block
        places = [*annotations.headings(block)[:1]]
        lead = annotations.context.lead(block)
        if lead >= 0:
            places.append(lead)
        here = annotations.block(block)
        if here.kind is BlockKind.CELL:
            return True
        return any(annotations.has(annotations.block(i).start, annotations.block(i).end, *PROMISES) for i in places)

    def among_benefits(self, block: int) -> bool:
        """Whether an item stands in a list that tells benefits: others say what something does ("clears acne")."""
        here = self.annotations.block(block)
        return here.kind is BlockKind.ITEM and here.group in self._benefit_lists

    @cached_property
    def _benefit_lists(self) -> frozenset[int]:
        """The groups of the lists that tell what something does: an item begins with what it does to an illness, or
        most items begin with a benefit and something to act on, under words that name a treatment.
        """
        annotations = self.annotations
        groups: dict[int, list[Block]] = {}
        for block in annotations.document.blocks:
            if block.kind is BlockKind.ITEM:
                groups.setdefault(block.group, []).append(block)
        return frozenset(group for group, items in groups.items() if self._tells_benefits(items))

    def _tells_benefits(self, items: Sequence[Block]) -> bool:
        annotations = self.annotations
        bare = 0
        for item in items:
            opening = annotations.within(item.start, item.start + 1, "benefit")
            if any(m.form == "s" and annotations.has(m.end, item.end, *BAD) for m in opening):
                return True
            bare += any(annotations.has(m.end, item.end, *BAD, "target.good") for m in opening)
        if bare < MANY or bare * 2 <= len(items):
            return False
        return self.interventions.topic(annotations.document.block_at(items[0].start)) is not None

    @cached_property
    def _with_targets(self) -> frozenset[int]:
        """The indexes of the sentences that name anything to act on."""
        return frozenset(
            self.annotations.sentence_at(mention.start).index
            for concept in (*EITHER, AMBIGUOUS)
            for mention in self.annotations.by_concept.get(concept, ())
        )

    def may_act(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a benefit word that needs an object may have one. Most sentences are settled by this alone."""
        return (
            sentence.index in self._with_targets
            or bool(self.annotations.grammar_at(benefit.word, "grammar.strong"))
            or self.annotations.has(benefit.end, min(sentence.end, benefit.end + 24), "grammar.them")
        )

    def is_strong(self, benefit: Mention) -> bool:
        """Whether a verb praises whatever its object is ("calms", "heals")."""
        if benefit.form not in ("s", "base") or not self.annotations.grammar_at(benefit.word, "grammar.strong"):
            return False
        doubtful = benefit.form == "base" and is_doubtful(self.annotations, benefit)
        if doubtful and not self.uses.is_plural(benefit.word - 1):
            return False
        return not self.annotations.grammar_at_next(benefit, "grammar.preposition")

    @cached_property
    def _links(self) -> list[tuple[int, int]]:
        """The spans of links whose text is long enough to be another page's title."""
        text = self.annotations.text
        return [
            (mark.start, mark.end)
            for mark in self.annotations.document.marks
            if mark.kind == "link" and text.count(" ", mark.start, mark.end) >= TITLE_SPACES
        ]

    def in_link(self, benefit: Mention) -> bool:
        """Whether the benefit word stands in the text of a link to another page."""
        i = bisect_right(self._links, (benefit.start, len(self.annotations.text))) - 1
        return i >= 0 and benefit.end <= self._links[i][1]

    def has_pronoun(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a pronoun or *will* stands before a bare verb, so that its subject was named before."""
        left, _ = self.annotations.context.clause(sentence, benefit.start, benefit.end)
        return self.annotations.has(left, benefit.start, *STAND_INS)

    def goes_on(self, benefit: Mention, sentence: Sentence, use: str) -> bool:
        """Whether a sentence that names no intervention speaks on about the one before: its subject is left out, or a
        pronoun stands for it, or nothing else does.
        """
        annotations = self.annotations
        if use == FRAGMENT:
            return True
        left, _ = annotations.context.clause(sentence, benefit.start, benefit.end)
        harms = self.harms_before(left, benefit)
        if harms and not annotations.has(max(m.end for m in harms), benefit.start, "grammar.subject"):
            return benefit.concept == "benefit.outcome"
        return True

    def is_softened(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a label ("Improved sleep:") is followed by a text that hedges: the label only names the topic."""
        annotations = self.annotations
        block = annotations.block(sentence.block)
        label = block.kind is BlockKind.HEADING
        text = annotations.text
        if not label and ":" not in text[benefit.end : min(sentence.end, benefit.end + 40)]:
            return False
        following = [
            s for s in annotations.sentences[sentence.index : sentence.index + 3] if label or s.block == sentence.block
        ]
        return any(cue.concept in ("hedge", "limit") for s in following for cue, _ in annotations.context.cues(s))

    def is_done_by_body(self, benefit: Mention, left: int) -> bool:
        """Whether a part of the body is the subject right before a verb: "the amygdala regulates"."""
        annotations = self.annotations
        parts = [m for m in annotations.within(left, benefit.start, "target.body") if m.word_end == benefit.word]
        if not parts or "," in annotations.text[parts[0].end : benefit.start] or benefit.form not in ("s", "base"):
            return False
        before = parts[0].word - 1
        if annotations.grammar_at(before, "grammar.determiner"):
            before -= 1
        return annotations.grammar_of(before).isdisjoint(("grammar.preposition", "grammar.help"))

    def harms_before(self, left: int, benefit: Mention) -> list[Mention]:
        """What does good to nobody between ``left`` and a benefit word, and may be its subject.

        What an earlier benefit word acts on, or what a preposition opens a sentence with ("For migraine, it"), is none.
        """
        annotations = self.annotations
        verbs = [m.end for m in annotations.within(left, benefit.start, "benefit") if m.form in ("s", "base")]
        first = min(verbs, default=benefit.start)
        return [
            m
            for m in annotations.within(left, min(first, benefit.start), *HARMS)
            if not self.interventions.is_sold(m) and not self.is_set_apart(m)
        ]

    def is_set_apart(self, mention: Mention) -> bool:
        """Whether a preposition before and a comma behind set a mention apart from the clause that follows."""
        annotations = self.annotations
        return annotations.text[mention.end : mention.end + 1] == "," and bool(
            annotations.grammar_at(mention.word - 1, "grammar.preposition")
        )

    def harmful_subject(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether the nearest thing before the benefit word is an illness, a strain or the body's own hormone."""
        annotations = self.annotations
        if benefit.concept in ("benefit.outcome", "benefit.works", "benefit.respond") or benefit.form == "en":
            return False
        left, _ = annotations.context.clause(sentence, benefit.start, benefit.end)
        if self.is_done_by_body(benefit, left):
            return True
        harms = self.harms_before(left, benefit)
        if not harms:
            return False
        pronouns = annotations.within(max(m.end for m in harms), benefit.start, "grammar.subject")
        if pronouns:
            return False
        helpers = [m.end for m in self.interventions.named(left, benefit.start)]
        others = [m.end for m in annotations.within(left, benefit.start, "benefit") if m.form in ("s", "base", "ing")]
        return max(m.end for m in harms) > max(helpers + others, default=-1)
