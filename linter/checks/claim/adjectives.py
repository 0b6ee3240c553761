"""Adjectives of praise and safety: what is said of a treatment counts, not "an effective dose"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.checks.claim.terms import FRAGMENT, LISTED, NO_CLAIM, PREDICATE
from linter.document import BlockKind

if TYPE_CHECKING:
    from linter.annotate import Annotations, Mention, Sentence
    from linter.checks.claim.interventions import Interventions

SAFEST = frozenset({"safest", "gentlest"})
"""Superlatives that claim safety also before a noun: "is one of the safest herbs"."""
SAFE_FOR = ("safe for ", "safe to ")
"""Words of safety that say for whom or what."""
NAME_REACH = 20
"""How many characters behind an adjective the treatment that it praises may begin."""
_USE = re.compile(r"(?<=\w) (?:for|against|in|at)\b")
"""What follows or ends words of praise when they say what for."""
_ARTICLES = frozenset({"a", "an", "the", "most", "only"})


class Adjectives:
    """Tells the use of the adjectives of one draft by the small words around them."""

    def __init__(self, annotations: Annotations, interventions: Interventions) -> None:
        self.annotations = annotations
        self.interventions = interventions

    def use(self, benefit: Mention, sentence: Sentence) -> str:
        """How an adjective is used: as all that an item says, said of a treatment, or neither."""
        if self.opens_item(benefit, sentence):
            return FRAGMENT
        if benefit.word == sentence.word:
            return NO_CLAIM
        told = self.is_handed_over(benefit, sentence) or self.is_said(benefit, sentence)
        return PREDICATE if told else NO_CLAIM

    def opens_item(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether an adjective opens a sentence or what a label announces, and is a verdict there."""
        annotations = self.annotations
        opens = benefit.word == sentence.word or annotations.text.endswith(": ", 0, benefit.start)
        if opens and benefit.concept == "benefit.effective" and self.names_use(benefit):
            return True
        surface = annotations.text[benefit.start : benefit.end].lower()
        if opens and annotations.block(sentence.block).kind is BlockKind.ITEM and surface.startswith(SAFE_FOR):
            return True
        return (opens or annotations.text.endswith("(", 0, benefit.start)) and self.is_verdict(benefit, sentence)

    def is_handed_over(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a strong adjective stands before what a verb hands over: "offers an effective solution"."""
        annotations = self.annotations
        here = (benefit.start, benefit.end)
        ahead = (benefit.end, min(sentence.end, benefit.end + NAME_REACH))
        strong = annotations.has(*here, "grammar.strong-adjective") or (
            annotations.has(*here, "grammar.potent") and annotations.has(*ahead, "grammar.kind")
        )
        near = annotations.word_starts[max(benefit.word - 5, sentence.word)]
        if not strong or not annotations.has(near, benefit.start, "grammar.offer"):
            return False
        if not _ARTICLES.isdisjoint(annotations.words[max(benefit.word - 3, sentence.word) : benefit.word]):
            return True
        return bool(annotations.grammar_at(benefit.word - 1, "grammar.makes")) and bool(
            self.interventions.named(*ahead)
        )

    def is_said(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a form of *be* says an adjective of a treatment: "is effective", "is safe for"."""
        annotations = self.annotations
        start = annotations.word_starts[max(benefit.word - 3, sentence.word)]
        verbs = annotations.within(start, benefit.start, "grammar.be")
        if not verbs or annotations.grammar_at(max(verbs[-1].word - 1, sentence.word), "grammar.relative"):
            return False
        surface = annotations.text[benefit.start : benefit.end].lower()
        if surface.endswith((" for", " against", " in", " to", " at")) or SAFEST.intersection(surface.split()):
            return True
        if not annotations.words[benefit.word_end : benefit.word_end + 1]:
            return True
        listed = annotations.text.startswith(",", benefit.end) and annotations.words[benefit.word - 1] in ("a", "an")
        if not listed and self.ends_phrase(benefit):
            return True
        return bool(annotations.grammar_at(benefit.word_end, "grammar.after-adjective"))

    def names_use(self, benefit: Mention) -> bool:
        """Whether words of praise that open a statement go on with what for: "Great for migraine.", "Effective in"."""
        text = self.annotations.text
        if text.startswith(":", benefit.end):
            return False  # "Best for:" is a label
        return _USE.search(text, benefit.start, benefit.end) is not None or _USE.match(text, benefit.end) is not None

    def is_verdict(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether an adjective is all that an item or a cell says, or goes on: "Very safe, also in pregnancy"."""
        annotations = self.annotations
        if annotations.block(sentence.block).kind not in LISTED or annotations.text.startswith(":", benefit.end):
            return False
        goes_on = bool(annotations.grammar_at(benefit.word_end, "grammar.after-adjective"))
        if annotations.text.startswith(",", benefit.end):
            return goes_on or bool(annotations.grammar_at(benefit.word_end, "grammar.adverb"))
        return goes_on or self.ends_phrase(benefit)

    def ends_phrase(self, benefit: Mention) -> bool:
        """Whether punctuation follows, so that an adjective stands alone."""
        return self.annotations.text[benefit.end : benefit.end + 1] in (
            "",
            ".",
            ",",
            ";",
            ":",
            "!",
            ")",
            "\n",
            "—",
            "–",
        ) or self.annotations.text.startswith(" (", benefit.end)
