"""How a benefit word is used: only some uses state something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.annotate.words import fold
from linter.checks.claim.adjectives import Adjectives
from linter.checks.claim.terms import (
    BAD,
    FINITE,
    FRAGMENT,
    FRAGMENTS,
    IMPERATIVE,
    LISTED,
    NO_CLAIM,
    NO_SUBJECT,
    NOUN,
    PARTICIPLE,
    PREDICATE,
    PROMISE,
    SUBJECT_REACH,
    WEAK,
)
from linter.document import BlockKind

if TYPE_CHECKING:
    from linter.annotate import Annotations, Mention, Sentence
    from linter.checks.claim.interventions import Interventions
    from linter.checks.claim.targets import Targets


ROLES = (
    "grammar.be", "grammar.have", "grammar.help", "grammar.sure-to", "grammar.to", "grammar.will", "grammar.and",
    "grammar.that", "grammar.person", "grammar.preposition", "grammar.determiner", "grammar.clinician",
)  # fmt: skip
"""What the word before a benefit word may be to it; of several, the first decides."""
KIND_REACH = 40
"""How many characters behind "the best" a treatment may begin."""
OTHER_REACH = 50
"""How many characters behind "better than" the other treatment may begin."""
_FOR = re.compile(r"(?: (?:we|you) have| there is| available| out there| known)? (?:for|to|against|in) ")
"""What may stand between the best treatment and what it is for."""
GLOSS = 40
"""How many characters a gloss in brackets may take."""
PASSIVE_REACH, SLOGAN_REACH = 60, 40
"""How many characters behind "by" or "with" a treatment may begin, in a passive and in an invitation."""
_HOW = frozenset({"by", "like", "as", "on", "through"})
"""What follows "works" where it tells how."""
_WHAT_FOR = frozenset({"for", "against", "and", "because", "when"})
"""What may follow a set phrase that is complete in itself."""
LABEL = 40
"""How many characters a label before a colon may take."""
MAKES = ("grammar.be", "grammar.will", "grammar.makes", "benefit.promise", "benefit.weak")
"""Words that make a noun or set phrase behind them a statement."""


def is_doubtful(annotations: Annotations, benefit: Mention) -> bool:
    """Whether a bare verb might as well be a noun or an adjective ("balance", "lower")."""
    return bool(annotations.grammar_at(benefit.word, "grammar.also-noun"))


class Uses:
    """Tells the use of the benefit words of one draft by the small words around them."""

    def __init__(self, annotations: Annotations, interventions: Interventions, targets: Targets) -> None:
        self.annotations = annotations
        self.interventions = interventions
        self.targets = targets
        self.adjectives = Adjectives(annotations, interventions)

    def use(self, benefit: Mention, sentence: Sentence) -> str:
        """How the benefit word is used."""
        form, concept = benefit.form, benefit.concept
        if concept in ("benefit.effective", "benefit.safe"):
            return self.adjectives.use(benefit, sentence)
        if concept == "benefit.works" and self.is_subordinate(benefit, sentence):
            return NO_CLAIM
        behind = (benefit.end, min(sentence.end, benefit.end + OTHER_REACH))
        if concept == "benefit.compare":
            other = self.interventions.named(*behind) or self.annotations.has(*behind, "intervention.ambiguous")
            return PREDICATE if other else NO_CLAIM
        if concept == "benefit.safer":
            return self.safer_use(benefit, sentence)
        if concept == "benefit.respond":
            return FINITE if self.interventions.named(*behind) else NO_CLAIM
        if concept == "benefit.power":
            return self.power_use(benefit, sentence)
        if concept in ("benefit.best", "benefit.praise"):
            return PREDICATE if self.is_ranked(benefit, sentence) else NO_CLAIM
        if concept != "benefit.works" and form not in ("s", "base") and self.is_promise(benefit, sentence):
            return PROMISE
        if concept == "benefit.result":
            return self.result_use(benefit, sentence)
        if concept == "benefit.ceases":
            return FINITE if self.is_of_people(benefit, sentence) else NO_CLAIM
        before, i = self.before(benefit, sentence)
        if concept == "benefit.outcome" and form in ("ed", "en") and before not in ("grammar.be", "grammar.have"):
            return NO_CLAIM  # what happened to somebody is a report
        if concept == "benefit.outcome" and form:
            return self.complete_use(benefit, sentence, before)
        if form == "base":
            return self.base_use(benefit, sentence, before, i)
        if form in ("s", "ing", "ed", "en"):
            return self.verb_use(benefit, sentence, before, i)
        return self.noun_use(benefit, sentence, before)

    def result_use(self, benefit: Mention, sentence: Sentence) -> str:
        """The use of words for results: a heading promises them, a treatment hands them over."""
        annotations = self.annotations
        if annotations.block(sentence.block).kind is BlockKind.HEADING:
            return IMPERATIVE
        near = annotations.word_starts[max(benefit.word - 3, sentence.word)]
        return NOUN if annotations.has(near, benefit.start, "grammar.makes") else NO_CLAIM

    def power_use(self, benefit: Mention, sentence: Sentence) -> str:
        """The use of a power: a treatment named before it, or a pronoun, must be said to have it."""
        annotations = self.annotations
        if benefit.word == sentence.word and annotations.block(sentence.block).kind is BlockKind.ITEM:
            return FRAGMENT
        low = annotations.word_starts[max(benefit.word - 5, sentence.word)]
        if not annotations.has(low, benefit.start, "grammar.possess"):
            return NO_CLAIM
        subject = self.interventions.named(sentence.start, benefit.start) or annotations.has(
            sentence.start, benefit.start, "grammar.subject", "grammar.own"
        )
        return FINITE if subject else NO_CLAIM

    def safer_use(self, benefit: Mention, sentence: Sentence) -> str:
        """The use of words that compare harms: said of a treatment, or alone in a list item."""
        before, _ = self.before(benefit, sentence)
        if self.annotations.words[benefit.word] in ("without", "minus"):
            return FINITE if self.interventions.named(sentence.start, benefit.start) else NO_CLAIM
        if before == "start":
            return FRAGMENT if self.annotations.block(sentence.block).kind in LISTED else NO_CLAIM
        whole = " " in self.annotations.text[benefit.start : benefit.end] or self.adjectives.ends_phrase(benefit)
        low = self.annotations.word_starts[max(benefit.word - 3, sentence.word)]
        said = before in ("grammar.be", "grammar.have") or self.annotations.has(low, benefit.start, "grammar.possess")
        return FINITE if said and whole else NO_CLAIM

    def is_ranked(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a treatment is called good at something: "is the best herb for pain", "an ideal choice for pain"."""
        annotations = self.annotations
        if annotations.block(sentence.block).kind is BlockKind.HEADING:
            return False
        end = min(sentence.end, benefit.end + KIND_REACH)
        kinds = [*self.interventions.named(benefit.end, end), *annotations.within(benefit.end, end, "grammar.kind")]
        if not kinds:
            return False
        kind = max(kinds, key=lambda m: m.end)
        before = self.before_article(benefit, sentence)
        praised = before in ("grammar.be", "grammar.makes") or annotations.text.endswith(" as an ", 0, benefit.start)
        if annotations.has(benefit.end, kind.start, *BAD):
            return praised
        if not _FOR.match(annotations.text, kind.end):
            return False
        if before == "start" and benefit.concept == "benefit.best":
            ill = annotations.within(kind.end, sentence.end, *BAD, "target.good")
            return bool(ill) and annotations.grammar_at_next(ill[0], "grammar.be")
        return praised

    def before_article(self, benefit: Mention, sentence: Sentence) -> str:
        """The role of the word before a benefit word, articles skipped."""
        i = self.word_before(benefit, sentence, "grammar.adverb", "grammar.determiner")
        if i < sentence.word:
            return "start"
        concepts = self.annotations.grammar_of(i)
        return next((concept for concept in ("grammar.be", "grammar.makes") if concept in concepts), "")

    def word_before(self, benefit: Mention, sentence: Sentence, *skipped: str) -> int:
        """The index of the word before a benefit word, adverbs in -ly and words of some grammar concepts skipped.

        It is less than that of the sentence's first word where there is none.
        """
        annotations = self.annotations
        i = benefit.word - 1
        while i >= sentence.word and (
            annotations.words[i].endswith("ly") or any(annotations.grammar_at(i, concept) for concept in skipped)
        ):
            i -= 1
        return i

    def verb_use(self, benefit: Mention, sentence: Sentence, before: str, i: int) -> str:
        """The use of an inflected verb."""
        plain = before.removeprefix("comma ")
        fragment = self.is_fragment(benefit, sentence)
        if benefit.form == "s":
            if before == "start":
                return FRAGMENT
            determined = i >= sentence.word and self.annotations.grammar_at(i, "grammar.determiner")
            return NO_CLAIM if determined or plain in NO_SUBJECT else FINITE
        if before == "start":
            return FRAGMENT if fragment and not self.names_topic(benefit, sentence) else NO_CLAIM
        if benefit.form == "ing":
            if plain == "grammar.be":
                return FINITE
            if plain == "grammar.and":
                return self.like_earlier(benefit, sentence, ("ing",))
            if not before.startswith("comma") or plain == "grammar.preposition" or self.lists_activities(i, sentence):
                return NO_CLAIM
            return PARTICIPLE
        if fragment and before in ("comma ", "grammar.and") and self.joins_benefits(benefit, sentence, before):
            return FRAGMENT
        if plain == "grammar.have":
            subject = self.interventions.subject(benefit, sentence)
            return FINITE if subject and subject.word_end >= i else NO_CLAIM
        return FINITE if plain == "grammar.be" and self.has_agent(benefit, sentence) else NO_CLAIM

    def names_topic(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a participle that opens a heading or an item says what comes, as "Managing hay fever" does."""
        if benefit.form != "ing":
            return False
        heading = self.annotations.block(sentence.block).kind is BlockKind.HEADING
        return heading or bool(self.annotations.grammar_at(benefit.word, "grammar.deals-with"))

    def like_earlier(self, benefit: Mention, sentence: Sentence, forms: tuple[str, ...]) -> str:
        """The use of the verb that a verb behind "and" continues: "easing pain and lifting mood"."""
        others = [
            m
            for m in self.annotations.within(sentence.start, benefit.start, "benefit")
            if m.form in forms and m.word_end < benefit.word
        ]
        return self.use(others[-1], sentence) if others else NO_CLAIM

    def lists_activities(self, i: int, sentence: Sentence) -> bool:
        """Whether a participle goes on with a list of things to do: "eating well, reducing stress"."""
        annotations = self.annotations
        words, text = annotations.words, annotations.text
        end = annotations.word_starts[i]
        start = max(text.rfind(mark, sentence.start, end) for mark in (",", ":"))
        first = next((k for k in range(sentence.word, i + 1) if annotations.word_starts[k] > start), i)
        return start > 0 and words[first].endswith("ing") and first < i

    def joins_benefits(self, benefit: Mention, sentence: Sentence, before: str) -> bool:
        """Whether an adjective goes on with a list of good things: "more energy, reduced anxiety"."""
        annotations = self.annotations
        # The base has wanted things among its conditions ("libido"); a list of illnesses ends in "and" as well.
        ills = BAD if before == "grammar.and" else ("target.bad",)
        return bool(annotations.grammar_at(benefit.word, "grammar.improved")) and not annotations.has(
            sentence.start, benefit.start, *ills, "benefit.harm"
        )

    def before(self, benefit: Mention, sentence: Sentence) -> tuple[str, int]:
        """The grammar concept of the word before the benefit word (adverbs skipped) and that word's index.

        The concept is empty for another word, ``start`` at the beginning of the sentence or behind a colon or dash.
        """
        annotations = self.annotations
        i = self.word_before(benefit, sentence, "grammar.adverb")
        if i < sentence.word:
            return "start", i
        end = annotations.word_starts[i] + len(annotations.words[i])
        between = annotations.text[end : annotations.word_starts[i + 1]]
        if any(mark in between for mark in (":", "–", "—", " - ", "→", ">", ";", "•")):
            return "start", i
        concepts = annotations.grammar_of(i)
        found = next((concept for concept in ROLES if concept in concepts), "")
        if "," in between:
            return "comma " + found, i
        return found, i

    def is_promise(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether people are told that they will see it: "most women notice better sleep", "you'll feel calmer"."""
        annotations = self.annotations
        low = annotations.word_starts[max(benefit.word - 7, sentence.word)]
        if self.tells_share(low, benefit):
            return False
        if annotations.has(low, benefit.start, "benefit.promise"):
            return True
        verbs = annotations.within(low, benefit.start, "grammar.notice")
        if verbs and verbs[0].start == sentence.start and verbs[0].form == "base" and benefit.form != "ing":
            return bool(self.interventions.named(sentence.start, sentence.end))  # "Enjoy deep sleep with magnesium"
        return any(
            v.form in ("base", "s") and annotations.has(sentence.start, v.start, "grammar.person") for v in verbs
        )

    def tells_share(self, low: int, benefit: Mention) -> bool:
        """Whether a percentage stands between ``low`` and a benefit word: what a share of people saw is a report."""
        return "%" in self.annotations.text[low : benefit.start]

    def has_agent(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a passive names what did it: "is relieved by magnesium"."""
        annotations = self.annotations
        if benefit.entry == "treat":
            return False  # "is treated with" tells what is done
        opening = annotations.has(sentence.start, sentence.start + 1, "grammar.agent")
        if opening and self.interventions.named(sentence.start, benefit.start):
            return True
        return self.interventions.brought_in(benefit.end, sentence.end, PASSIVE_REACH) is not None

    def base_use(self, benefit: Mention, sentence: Sentence, before: str, i: int) -> str:
        """The use of a bare verb: after *to* or *help* it claims less, at the beginning it asks for something."""
        plain = before.removeprefix("comma ")
        block = self.annotations.block(sentence.block)
        if before == "start":
            if block.kind is BlockKind.HEADING:
                return IMPERATIVE
            if self.is_fragment(benefit, sentence):
                return FRAGMENT
            return FINITE if self.is_slogan(benefit, sentence) else NO_CLAIM
        if plain == "grammar.to":
            heading = block.kind is BlockKind.HEADING and sentence.block != self.annotations.title
            named = heading and self.interventions.named(sentence.start, benefit.start)
            return FINITE if named or self.annotations.grammar_at(i, "grammar.sure-to") else NO_CLAIM
        if plain == "grammar.sure-to":
            return FINITE
        if plain == "grammar.help":
            return WEAK
        if plain == "grammar.and" or before == "comma ":
            return self.like_earlier(benefit, sentence, ("base", "s"))
        subject = i - 1 if plain == "grammar.will" and i > sentence.word else i
        if any(self.annotations.grammar_at(word, "grammar.clinician") for word in {i, subject}):
            return NO_CLAIM
        if plain in ("grammar.will", "grammar.that", "grammar.person"):
            return FINITE
        if before.startswith("comma"):
            return NO_CLAIM
        # A bare verb agrees with a plural; other words before it make many of them a noun or an adjective.
        doubtful = is_doubtful(self.annotations, benefit)
        return FINITE if self.is_plural(i) or not (doubtful or plain) else NO_CLAIM

    def is_slogan(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether an invitation names the remedy: "Combat stress with magnesium"."""
        agent = self.interventions.brought_in(benefit.end, sentence.end, SLOGAN_REACH)
        return agent is not None and self.annotations.has(benefit.end, agent.start, *BAD)

    def is_plural(self, word: int) -> bool:
        """Whether the word at an index is a plural noun, or ends the name of an intervention."""
        annotations = self.annotations
        text = annotations.words[word]
        if text.endswith("s") and not text.endswith(("ss", "us", "is")):
            return True
        start = annotations.word_starts[word]
        return any(m.end > start for m in self.interventions.named(max(0, start - 60), start + 1))

    def noun_use(self, benefit: Mention, sentence: Sentence, before: str) -> str:
        """The use of a noun or a set phrase."""
        annotations = self.annotations
        fragment = self.is_fragment(benefit, sentence)
        if benefit.concept in ("benefit.works", "benefit.outcome"):
            return self.complete_use(benefit, sentence, before)
        if benefit.concept == "benefit.decrease" and not benefit.form and before == "grammar.preposition":
            return NO_CLAIM  # "in less severe depression" says in whom
        if self.is_gloss(benefit):
            return NOUN
        if annotations.text.startswith(":", benefit.end) and annotations.words[benefit.word_end - 1] == "for":
            return NO_CLAIM  # "Best for:" is a label
        if before == "start" and self.adjectives.names_use(benefit):
            return FRAGMENT
        near = annotations.word_starts[max(benefit.word - 5, sentence.word)]
        if self.tells_share(near, benefit):
            return NO_CLAIM
        if annotations.has(near, benefit.start, *MAKES):
            return NOUN
        if benefit.concept == "benefit.agent":
            return NOUN if fragment and self.interventions.named(sentence.start, benefit.start) else NO_CLAIM
        return FRAGMENT if fragment else NO_CLAIM

    def is_fragment(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a benefit word stands where fragments tell: in a list, a table or a heading, or behind a label."""
        return self.annotations.block(sentence.block).kind in FRAGMENTS or self.under_label(benefit, sentence)

    def under_label(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a label before a benefit word in its sentence promises benefits: "Benefits: deeper sleep"."""
        annotations = self.annotations
        colon = annotations.text.rfind(":", sentence.start, benefit.start)
        label = (max(sentence.start, colon - LABEL), colon)
        if colon < 0 or annotations.has(*label, "benefit.harm"):
            return False
        return annotations.has(*label, "grammar.benefits", "grammar.effects")

    def opens(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether at most one word stands between a benefit word and where its sentence, or the text behind a label
        ("Mood: marked improvement in"), begins.
        """
        annotations = self.annotations
        start = max(sentence.start, annotations.text.rfind(":", sentence.start, benefit.start) + 1)
        return not annotations.text[start : benefit.start].strip().count(" ")

    def is_gloss(self, benefit: Mention) -> bool:
        """Whether the words stand in brackets behind a treatment: "magnesium (anxiety reduction)"."""
        text = self.annotations.text
        opening = text.rfind("(", max(0, benefit.start - GLOSS), benefit.start)
        if opening < 0 or text[benefit.end : benefit.end + 1] != ")":
            return False
        return any(m.end == opening - 1 for m in self.interventions.named(max(0, opening - GLOSS), opening))

    def complete_use(self, benefit: Mention, sentence: Sentence, before: str) -> str:
        """The use of a set phrase that is complete in itself."""
        if before.removeprefix("comma ") == "grammar.preposition":
            return NO_CLAIM
        if benefit.concept == "benefit.outcome" and not benefit.form:
            low = self.annotations.word_starts[max(benefit.word - 3, sentence.word)]
            if self.annotations.has(low, benefit.start, "grammar.to"):
                return NO_CLAIM  # "to keep it under control" tells a purpose
        if benefit.concept == "benefit.outcome":
            return FINITE if self.is_outcome(benefit, sentence) else NO_CLAIM
        if benefit.concept == "benefit.works" and not self.has_subject(benefit, sentence, before):
            return NO_CLAIM
        following = self.annotations.words[benefit.word_end : benefit.word_end + 1]
        if benefit.concept == "benefit.works" and not _HOW.isdisjoint(following):
            return NO_CLAIM
        if benefit.concept == "benefit.works" and self.interventions.named(
            benefit.end, min(sentence.end, benefit.end + 20)
        ):
            return FINITE
        ends = self.adjectives.ends_phrase(benefit) or not _WHAT_FOR.isdisjoint(following)
        return FINITE if ends or benefit.form else NO_CLAIM

    def has_subject(self, benefit: Mention, sentence: Sentence, before: str) -> bool:
        """Whether *works* and its kin are said of a treatment: one is named just before, or a pronoun stands for it."""
        annotations = self.annotations
        if before == "start" or before.endswith("grammar.that") or self.interventions.within_phrase(benefit):
            return True
        if annotations.grammar_at(benefit.word, "grammar.that"):
            return True
        low = annotations.word_starts[max(benefit.word - SUBJECT_REACH - 2, sentence.word)]
        if self.interventions.named(low, benefit.start):
            return True
        return annotations.has(sentence.start, benefit.start, *BAD) and bool(
            annotations.grammar_at(benefit.word - 1, "grammar.thing")
        )

    def stands_alone(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a set phrase is all that a list item or cell says ("no more lying awake")."""
        block = self.annotations.block(sentence.block)
        return block.kind in LISTED and benefit.word - sentence.word <= 3

    def is_outcome(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether an illness goes, or people who take something get better ("people on it sleep through")."""
        annotations = self.annotations
        if annotations.has(sentence.start, benefit.start, *BAD):
            return True
        if self.interventions.subject(benefit, sentence) and self.targets.object_of_outcome(benefit, sentence):
            return True
        if not benefit.form and (
            self.interventions.named(sentence.start, benefit.start) or self.stands_alone(benefit, sentence)
        ):
            return True
        return self.is_of_people(benefit, sentence)

    def is_of_people(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether it is said of people who take or do something: "people on it no longer wake at night"."""
        people = self.annotations.within(sentence.start, benefit.start, "grammar.person")
        return bool(people) and self.annotations.has(people[0].end, benefit.start, "grammar.taking")

    def is_subordinate(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether "how", "why" or "what" stands before a word such as *works*: it explains, it does not claim."""
        annotations = self.annotations
        low = max(sentence.word, benefit.word - 4)
        text = annotations.text[annotations.word_starts[low] : benefit.start]
        words = fold(text[text.rfind(":") + 1 :]).split()
        return any(word in ("how", "why", "what", "whether", "if", "when", "where") for word in words)
