"""Which interventions a draft names, and which of them a sentence speaks of."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from linter.checks.claim.terms import (
    HEALTH,
    HEALTH_EVERY,
    HEALTH_MENTIONS,
    INTERVENTIONS,
    LOOK_BACK,
    LOWERING,
    MAIN_TOPIC,
    SUBJECT_REACH,
)

if TYPE_CHECKING:
    from linter.annotate import Annotations, Mention, Sentence


class Interventions:
    """The interventions of one draft; remembers which its headings and lead-ins name."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self._topics: dict[int, Mention | None] = {}
        self._body_made: dict[int, bool] = {}

    @cached_property
    def _all(self) -> list[Mention]:
        table = self.annotations.by_concept
        found = [mention for concept in INTERVENTIONS for mention in table.get(concept, ())]
        found.sort(key=lambda mention: mention.start)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self._all]

    def __bool__(self) -> bool:
        """Whether the draft names any intervention at all."""
        return bool(self._all)

    @cached_property
    def about_health(self) -> bool:
        """Whether the draft speaks of illnesses and medicines often enough to be about them."""
        table = self.annotations.by_concept
        mentions = sum(len(table.get(concept, ())) for concept in HEALTH)
        return mentions >= max(HEALTH_MENTIONS, len(self.annotations.text) // HEALTH_EVERY)

    def named(self, start: int, end: int) -> list[Mention]:
        """The interventions named in a text span, in order; what the body makes itself counts only as a product."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self._all[low:high] if not self._is_body_made(m) or self._is_product(m, start, end)]

    def brought_in(self, start: int, end: int, reach: int) -> Mention | None:
        """The first word in a text span that brings in what did it ("with", "by"), if a treatment follows.

        The treatment begins within ``reach`` characters behind the word, in the same sentence.
        """
        annotations = self.annotations
        agent = next(iter(annotations.within(start, end, "grammar.agent")), None)
        if agent is None:
            return None
        stop = min(annotations.sentence_at(agent.start).end, agent.end + reach)
        return agent if self.named(agent.end, stop) else None

    def _is_body_made(self, mention: Mention) -> bool:
        known = self._body_made.get(mention.start)
        if known is None:
            parts = self.annotations.within(mention.start, mention.end, "grammar.body-made")
            known = any(part.end >= mention.end for part in parts)
            self._body_made[mention.start] = known
        return known

    @cached_property
    def _products(self) -> frozenset[str]:
        """What the body makes and the draft also names as a product ("testosterone cream"), in lower case."""
        annotations = self.annotations
        return frozenset(
            annotations.text[part.start : part.end].lower()
            for m in self._all
            for part in annotations.within(m.start, m.end, "grammar.body-made")
            if part.start == m.start and (part.end < m.end or self._is_product(m, 0, len(annotations.text)))
        )

    def is_sold(self, mention: Mention) -> bool:
        """Whether a mention of something body-made may mean the product that the draft speaks of elsewhere."""
        return self.annotations.text[mention.start : mention.end].lower() in self._products

    def _is_product(self, mention: Mention, start: int, end: int) -> bool:
        return self.annotations.has(max(start, mention.start - 20), min(end, mention.end + 30), "grammar.product")

    def within_phrase(self, benefit: Mention) -> Mention | None:
        """The intervention that a set phrase itself holds ("supplements work")."""
        if benefit.concept != "benefit.works":
            return None
        return next(iter(self.named(benefit.start, benefit.end)), None)

    def inside(self, benefit: Mention, target: Mention | None, sentence: Sentence) -> Mention | None:
        """The intervention that the sentence itself names: the nearest before the benefit word, else the first."""
        found = [
            m
            for m in self.named(sentence.start, sentence.end)
            if (target is None or m.start >= target.end or m.end <= target.start)
            and (m.start >= benefit.end or m.end <= benefit.start)
        ]
        if not found:
            return self.sold_subject(benefit, sentence) if benefit.concept not in LOWERING else None
        before = [m for m in found if m.end <= benefit.start]
        return max(before, key=lambda m: m.start) if before else min(found, key=lambda m: m.start)

    def sold_subject(self, benefit: Mention, sentence: Sentence) -> Mention | None:
        """The hormone right before a verb, where the draft speaks of it as a product ("testosterone increases")."""
        low, high = bisect_left(self._starts, sentence.start), bisect_left(self._starts, benefit.start)
        found = [m for m in self._all[low:high] if self.is_sold(m) and self.annotations.words_between(m, benefit) == 0]
        return found[-1] if found else None

    def outside(self, sentence: Sentence) -> Mention | None:
        """The intervention that the sentence goes on about: of the sentences before, the lead-in or a heading.

        Sentences of the block before count only for a sentence that begins with a pronoun.
        """
        annotations = self.annotations
        block = annotations.block(sentence.block)
        linked = annotations.has(sentence.start, min(sentence.end, sentence.start + 12), "grammar.that")
        for index in range(sentence.index - 1, max(sentence.index - 1 - LOOK_BACK, -1), -1):
            previous = annotations.sentences[index]
            near = previous.block == sentence.block or (
                linked and annotations.block(previous.block).section == block.section
            )
            if not near:
                break
            found = self.named(previous.start, previous.end)
            if found:
                return max(found, key=lambda m: m.start)
        return self.topic(sentence.block)

    def topic(self, block: int) -> Mention | None:
        """The intervention that a block's lead-in, headings or title name."""
        if block not in self._topics:
            self._topics[block] = self._find_topic(block)
        return self._topics[block]

    def wider_topic(self, sentence: Sentence) -> Mention | None:
        """The last intervention that the section names before a sentence, else the one that the draft is about."""
        if not self.about_health:
            return None
        start, _ = self.annotations.section_span(self.annotations.block(sentence.block).section)
        found = self.named(start, sentence.start)
        return max(found, key=lambda m: m.start) if found else self.main_topic

    @cached_property
    def main_topic(self) -> Mention | None:
        """The intervention that the draft names most often, if it does so three times or more."""
        counts: dict[str, list[Mention]] = {}
        for mention in self.named(0, len(self.annotations.text)):
            counts.setdefault(mention.entry, []).append(mention)
        most = max(counts.values(), key=len, default=[])
        return most[0] if len(most) >= MAIN_TOPIC else None

    def _find_topic(self, block: int) -> Mention | None:
        annotations = self.annotations
        places = []
        lead = annotations.context.lead(block)
        while lead >= 0:
            places.append(lead)
            lead = annotations.context.lead(lead)
        places += (cell for cell in annotations.document.row(block) if cell < block)
        places += annotations.headings(block)
        if annotations.title >= 0 and annotations.title != block:
            places.append(annotations.title)
        for place in places:
            here = annotations.block(place)
            found = self.named(here.start, here.end)
            if found:
                return found[0]
        return None

    def subject(self, benefit: Mention, sentence: Sentence) -> Mention | None:
        """The intervention that stands right before a verb, or begins its clause."""
        left, _ = self.annotations.context.clause(sentence, benefit.start, benefit.end)
        found = [
            m
            for m in self.named(left, benefit.start)
            if m.end <= benefit.start
            and m.concept != "intervention.generic"
            and self.annotations.words_between(m, benefit) <= SUBJECT_REACH
        ]
        return max(found, key=lambda m: m.start) if found else None
