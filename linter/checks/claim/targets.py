"""What a benefit word acts on: an illness, something wanted, a part of the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.checks.claim.terms import (
    AILING_REACH,
    AMBIGUOUS,
    BAD,
    COMPLETE,
    DIRECT,
    EITHER,
    FRAGMENTS,
    LOWERING,
    NAMED,
    OBJECTS,
    REACH,
    SAID_AFTER,
    SPLIT_REACH,
)

if TYPE_CHECKING:
    from linter.annotate import Annotations, Mention, Sentence
    from linter.checks.claim.interventions import Interventions
    from linter.knowledge.base import KnowledgeBase


AGENT_REACH = 30
"""How many characters behind a verb the word may begin that brings in what did it, and this behind that word."""
_APPOSED = re.compile(r"\w, (?:an?|the|which|that) ")
"""What stands between a verb with an object of its own and what explains it."""
HELPFUL = frozenset({"healthy", "good", "beneficial", "friendly"})
"""Adjectives that make good of what nobody wants otherwise: "healthy germs"."""


class Targets:
    """Finds the object of a benefit word in one draft."""

    def __init__(self, annotations: Annotations, knowledge: KnowledgeBase, interventions: Interventions) -> None:
        self.annotations = annotations
        self.knowledge = knowledge
        self.interventions = interventions

    def target(self, benefit: Mention, sentence: Sentence) -> Mention | None:
        """What the benefit word acts on, within its clause."""
        annotations = self.annotations
        left, right = annotations.context.clause(sentence, benefit.start, benefit.end)
        if annotations.text.startswith(":", benefit.end):
            right = sentence.end  # a label: "Best for: insomnia"
        wanted = self.wanted(benefit)
        if benefit.concept == "benefit.decrease":
            ailing = self.ailing_part(benefit, right)
            if ailing:
                return ailing
        ahead = [
            m
            for m in annotations.within(benefit.start, right, *wanted)
            if m.end > benefit.end and self.fits(benefit, m)
        ]
        behind = [m for m in annotations.within(left, benefit.start, *wanted) if self.fits(benefit, m)]
        whole = [m for m in annotations.within(benefit.start, benefit.start + 1, "condition") if m.end > benefit.end]
        if whole:
            return whole[0]  # a purpose that names the verb as well: "strengthen the immune system"
        near = [m for m in ahead if annotations.words_between(benefit, m) <= REACH]
        if benefit.concept == "benefit.outcome" and self.object_of_outcome(benefit, sentence):
            return self.object_of_outcome(benefit, sentence)
        if near and benefit.concept != "benefit.outcome":
            first = min(near, key=lambda m: m.start)
            # What stands closer decides: "increases inflammation and pain before sleep" is no benefit.
            closer = [m for m in annotations.within(benefit.end, first.start, *NAMED) if m.end <= first.start]
            if benefit.form == "s" and _APPOSED.search(annotations.text, benefit.end, first.start):
                return None  # "increases aromatase, an enzyme that converts testosterone"
            return None if closer else first
        close = [
            m for m in annotations.within(benefit.end, right, AMBIGUOUS) if annotations.words_between(benefit, m) <= 1
        ]
        if close and benefit.concept in DIRECT and self.speaks_of_treatment(benefit, sentence, left):
            return close[0]
        if benefit.form in ("s", "base", "ing") and (pronoun := self.pronoun_object(benefit, sentence, right)):
            return pronoun
        passive = (
            benefit.form in ("en", "ed")
            or benefit.concept in (*COMPLETE, "benefit.noun")
            or (benefit.concept == "benefit.restore" and not benefit.form)
        )
        if benefit.form in ("s", "base") and behind and self.of_itself(benefit, sentence):
            return max(behind, key=lambda m: m.start)
        if benefit.form in ("", "plural") and benefit.concept in SAID_AFTER:
            said = [m for m in behind if 0 <= annotations.words_between(m, benefit) <= 1]
            if said:
                return max(said, key=lambda m: m.start)
        if passive:
            near = [m for m in behind if annotations.words_between(m, benefit) <= REACH]
            if near:
                return max(near, key=lambda m: m.start)
        return None

    def of_itself(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a target changes by itself with a treatment, which follows: "pain eases with magnesium"."""
        if not self.annotations.grammar_at(benefit.word, "grammar.of-itself"):
            return False
        end = min(sentence.end, benefit.end + AGENT_REACH)
        return self.interventions.brought_in(benefit.end, end, AGENT_REACH) is not None

    def speaks_of_treatment(self, benefit: Mention, sentence: Sentence, left: int) -> bool:
        """Whether a treatment stands before a verb, or governs the list item or cell that the verb begins."""
        if benefit.form in ("s", "base") and self.interventions.named(left, benefit.start):
            return True
        return (
            benefit.form == "s"
            and benefit.concept in ("benefit.change", "benefit.strengthen")
            and benefit.word == sentence.word
            and self.annotations.block(sentence.block).kind in FRAGMENTS
            and self.interventions.topic(sentence.block) is not None
        )

    def wanted(self, benefit: Mention) -> tuple[str, ...]:
        """The concepts that a benefit word may act on."""
        if benefit.concept == "benefit.outcome":
            return BAD
        if benefit.concept == "benefit.restore" and not benefit.form:
            return EITHER
        return OBJECTS.get(benefit.concept, EITHER)

    def object_of_outcome(self, benefit: Mention, sentence: Sentence) -> Mention | None:
        """The illness right behind a verb that may also be said of the illness itself ("melts away pain")."""
        found = self.annotations.within(benefit.end, sentence.end, *BAD)
        near = [m for m in found if self.annotations.words_between(benefit, m) <= 1]
        return near[0] if near else None

    def ailing_part(self, benefit: Mention, right: int) -> Mention | None:
        """A body part that an adjective calls ill, close behind the benefit word ("eases sore knees")."""
        annotations = self.annotations
        for part in annotations.within(benefit.end, right, "target.body"):
            close = annotations.words_between(benefit, part) <= AILING_REACH
            if close and annotations.has(benefit.end, part.start, "grammar.ailing"):
                return part
        return None

    def split_target(self, benefit: Mention, sentence: Sentence) -> Mention | None:
        """What stands between the halves of a split idiom: "brings *cholesterol* down", "sends *gout* packing"."""
        annotations = self.annotations
        tails = [
            m
            for m in annotations.within(benefit.end, sentence.end, "benefit.split.tail", "benefit.restore")
            if m.form == "" and annotations.words_between(benefit, m) <= SPLIT_REACH
        ]
        for tail in sorted(tails, key=lambda m: m.start):
            if annotations.has(benefit.end, tail.start, "benefit.harm"):
                continue  # "have disrupted systems"
            between = annotations.within(benefit.end, tail.start, *BAD, "target.body")
            if between:
                return between[0]
            pronoun = self.pronoun_object(benefit, sentence, tail.start)
            if pronoun:
                return pronoun
        return None

    def pronoun_object(self, benefit: Mention, sentence: Sentence, right: int) -> Mention | None:
        """The pronoun right behind a verb, before ``right``, that stands for an illness which was just named."""
        annotations = self.annotations
        following = annotations.within(benefit.end, min(right, benefit.end + 24), "grammar.them")
        if not following or following[0].word - benefit.word_end > 1 or benefit.concept == "benefit.increase":
            return None
        earlier = [
            s for s in annotations.block_sentences(sentence.block) if sentence.index - 2 <= s.index < sentence.index
        ]
        named = annotations.has(sentence.start, benefit.start, *BAD) or any(
            annotations.has(s.start, s.end, *BAD) for s in earlier
        )
        return following[0] if named else None

    def fits(self, benefit: Mention, target: Mention) -> bool:
        """Whether acting so on the target is good: a purpose is wanted, a condition is not."""
        if target.start < benefit.end and target.end > benefit.start and target.end <= benefit.end:
            return False
        if target.concept == "target.bad" and self.annotations.words[target.word - 1] in HELPFUL:
            return False
        if target.concept == "condition" and self.knowledge.kind(target.entry) == "purpose":
            return benefit.concept not in LOWERING
        if target.concept == "condition" and benefit.concept in LOWERING:
            # "libido" is how writers name low libido, and still nothing to be reduced.
            return not self.annotations.has(target.start, target.start + 1, "target.good")
        return True
