"""The check ``claim``: a treatment said to do good, in the author's own voice.

A claim has three parts: an intervention, a benefit and a health target, with the right polarity ("reduces anxiety" is a
benefit, "reduces libido" is none). The intervention may stand in the sentence, in the sentence before, in the lead-in
of a list or in a heading; the target may stand there too for words that are complete in themselves ("it just works").
What the author hedges, denies, asks, quotes, cites or reports of others is no claim; those cues are data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from linter.annotate.words import fold
from linter.checks import Match
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from linter.annotate import Annotations, Mention, Sentence
    from linter.engine.rulebook import RuleBook
    from linter.document import Mark
    from linter.engine.rules import Rule
    from linter.knowledge.base import KnowledgeBase

INTERVENTIONS = (
    "drug", "supplement", "dose.substance", "intervention.supplement", "intervention.food", "intervention.therapy",
    "intervention.device", "intervention.practice", "intervention.generic",
)  # fmt: skip
BAD = ("condition", "target.bad")
GOOD = ("target.good",)
EITHER = ("condition", "target.bad", "target.good", "target.body", "target.generic")

OBJECTS: Mapping[str, tuple[str, ...]] = {
    "benefit.decrease": (*BAD, "target.generic"),
    "benefit.increase": GOOD,
    "benefit.strengthen": (*GOOD, "target.body"),
    "benefit.change": EITHER,
    "benefit.treat": (*BAD, "target.body", "target.generic"),
    "benefit.restore": ("target.good", "target.body", "target.generic"),
    "benefit.protect": (*BAD, "target.body", "target.generic"),
    "benefit.noun": EITHER,
}
"""What each kind of benefit word must act on."""

SPLIT = "benefit.split.head"
COMPLETE = ("benefit.works", "benefit.effective", "benefit.safe", "benefit.outcome", "benefit.ceases", "benefit.compare",
            "benefit.result")
"""Benefit words that need no object of their own."""

AMBIGUOUS = "target.ambiguous"
DIRECT = ("benefit.decrease", "benefit.increase", "benefit.change", "benefit.restore", "benefit.strengthen")
"""Benefit words that make an everyday word a target: "improves memory"."""
LOOK_BACK = 3
"""How many sentences back an intervention may be named that a sentence goes on about."""
SUBJECT_REACH = 3
"""How many words may stand between a subject and its verb."""
SPLIT_REACH = 6
"""How many words may stand between the halves of a split idiom."""
MAIN_TOPIC = 2
"""How often a draft must name an intervention to be about it."""
REACH = 6
"""How many words may stand between a benefit word and its object."""

FRAGMENTS = (BlockKind.ITEM, BlockKind.CELL, BlockKind.TERM, BlockKind.CAPTION, BlockKind.HEADING)

FINITE, FRAGMENT, PARTICIPLE, NOUN, PREDICATE, PROMISE, WEAK, IMPERATIVE, NO_CLAIM = (
    "finite", "fragment", "participle", "noun", "predicate", "promise", "weak", "imperative", "none",
)  # fmt: skip
"""How a benefit word is used; only some uses state something."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A benefit word with its object and the intervention that is credited."""

    benefit: Mention
    target: Mention | None
    intervention: Mention
    near: bool
    """Whether the intervention stands in the sentence itself."""
    use: str = FINITE


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield the claims of a draft, one for each sentence at most."""
    reader = ClaimReader(annotations, book.knowledge)
    if not reader.has_interventions:
        return
    done: set[int] = set()
    for concept in (*OBJECTS, *COMPLETE, SPLIT):
        for benefit in annotations.by_concept.get(concept, ()):
            sentence = annotations.sentence_at(benefit.start)
            if sentence.index in done:
                continue
            claim = reader.read(benefit, sentence)
            if claim is None:
                continue
            done.add(sentence.index)
            yield _match(annotations, claim)


def _match(annotations: Annotations, claim: Claim) -> Match:
    text = annotations.text
    parts = [claim.benefit, *([claim.target] if claim.target else [])]
    start = min(part.start for part in parts)
    end = max(part.end for part in parts)
    captures = {
        "benefit": text[claim.benefit.start : claim.benefit.end],
        "intervention": text[claim.intervention.start : claim.intervention.end],
    }
    captures["X"] = f"{claim.benefit.concept}.{claim.benefit.form}"
    captures["U"] = claim.use
    captures["N"] = "near" if claim.near else "far"
    captures["T"] = claim.target.concept if claim.target else "-"
    ids = {}
    if claim.target:
        captures["target"] = text[claim.target.start : claim.target.end]
    if claim.intervention.concept in ("drug", "supplement"):
        ids["intervention"] = claim.intervention.entry
    faint = claim.use == WEAK or (claim.use == IMPERATIVE and not claim.near)
    return Match(
        start,
        end,
        captures,
        ids,
        severity="info" if faint else "",
        confidence="low" if faint else "high" if claim.near and claim.target else "medium",
        replacement=hedged(claim),
        anchor=(claim.benefit.start, claim.benefit.end),
    )


def hedged(claim: Claim) -> str:
    """The verb of a claim with a hedge, where that is all that the sentence needs: "clears" becomes "may clear"."""
    verb = claim.benefit
    return f"may {verb.entry}" if claim.use == FINITE and claim.near and verb.form == "s" and verb.entry else ""


def is_doubtful(annotations: Annotations, benefit: Mention) -> bool:
    """Whether a bare verb might as well be a noun or an adjective ("balance", "lower")."""
    return bool(annotations.grammar_at(benefit.word, "grammar.also-noun"))


class ClaimReader:
    """Reads claims in one draft; remembers which interventions its headings and lead-ins name."""

    def __init__(self, annotations: Annotations, knowledge: KnowledgeBase) -> None:
        self.annotations = annotations
        self.knowledge = knowledge
        self._topics: dict[int, Mention | None] = {}
        self._links: list[Mark] | None = None

    def read(self, benefit: Mention, sentence: Sentence) -> Claim | None:
        """The claim that a benefit word makes, or nothing."""
        if benefit.concept in OBJECTS and not self.may_act(benefit, sentence):
            return None
        if self.in_link(benefit):
            return None
        use = self.use(benefit, sentence)
        if use == NO_CLAIM:
            return None
        if benefit.form in ("s", "base") and self.annotations.grammar_at_next(benefit) == "grammar.be":
            return None
        if use in (FRAGMENT, NOUN, IMPERATIVE) and benefit.form not in ("s", "base") and self.is_softened(benefit, sentence):
            return None
        target = self.split_target(benefit, sentence) if benefit.concept == SPLIT else self.target(benefit, sentence)
        if target is None and use == FINITE and self.is_strong(benefit, sentence):
            return Claim(benefit, None, self.subject(benefit, sentence), near=True, use=use)
        if target is None and benefit.concept not in COMPLETE:
            return None
        if benefit.concept == "benefit.outcome" and target is None and use not in (PROMISE, FINITE):
            return None
        if use in (FINITE, PREDICATE, PARTICIPLE) and self.harmful_subject(benefit, sentence):
            return None
        inside = self.inside(benefit, target, sentence) or self.within_phrase(benefit)
        loose = benefit.form in ("", "plural") and benefit.concept != "benefit.restore"
        if use == FRAGMENT and loose and not self.under_benefits(sentence.block):
            return None
        if inside is not None:
            return Claim(benefit, target, inside, near=True, use=use)
        if use in (IMPERATIVE, NOUN, PREDICATE) and target is None and benefit.concept != "benefit.compare":
            return None
        if use == FRAGMENT and (loose or benefit.form == "base") and not self.under_benefits(sentence.block):
            return None
        if use == PROMISE and target is not None and target.start < benefit.start:
            return None
        if not self.goes_on(benefit, sentence, use):
            return None
        doubtful = benefit.form == "base" and is_doubtful(self.annotations, benefit)
        if use == FINITE and doubtful and not self.has_pronoun(benefit, sentence):
            return None
        outside = self.outside(sentence) or (self.wider_topic(sentence) if use in (FRAGMENT, PROMISE) else None)
        if outside is None:
            return None
        return Claim(benefit, target, outside, near=False, use=use)

    def under_benefits(self, block: int) -> bool:
        """Whether a list item or cell stands under a heading or lead-in that promises benefits."""
        annotations = self.annotations
        places = [*annotations.headings(block)[:1]]
        lead = annotations.context.lead(block)
        if lead >= 0:
            places.append(lead)
        here = annotations.block(block)
        if here.kind is BlockKind.CELL:
            return True
        return any(
            annotations.has(annotations.block(i).start, annotations.block(i).end, "benefit.weak", "grammar.help", "grammar.will")
            or "benefit" in annotations.document.block_text(i).lower()
            for i in places
        )

    @cached_property
    def has_interventions(self) -> bool:
        """Whether the draft names any intervention at all."""
        return any(self.annotations.by_concept.get(concept) for concept in INTERVENTIONS)

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

    def is_strong(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a verb praises whatever its object is ("calms", "heals"), with an intervention as its subject."""
        if benefit.form not in ("s", "base") or not self.annotations.grammar_at(benefit.word, "grammar.strong"):
            return False
        if benefit.form == "base" and is_doubtful(self.annotations, benefit) and not self.is_plural(benefit.word - 1):
            return False
        following = self.annotations.grammar_at_next(benefit)
        return following != "grammar.preposition" and self.subject(benefit, sentence) is not None

    def subject(self, benefit: Mention, sentence: Sentence) -> Mention | None:
        """The intervention that stands right before a verb, or begins its clause."""
        left, _ = self.annotations.context.clause(sentence, benefit.start, benefit.end)
        found = [
            m
            for m in self.interventions(left, benefit.start)
            if m.end <= benefit.start
            and m.concept != "intervention.generic"
            and self.annotations.words_between(m, benefit) <= SUBJECT_REACH
        ]
        return max(found, key=lambda m: m.start) if found else None

    def in_link(self, benefit: Mention) -> bool:
        """Whether the benefit word stands in the text of a link that is long enough to be another page's title."""
        if self._links is None:
            self._links = [
                m for m in self.annotations.document.marks
                if m.kind == "link" and self.annotations.text.count(" ", m.start, m.end) >= 4
            ]  # fmt: skip
        return any(m.start <= benefit.start and benefit.end <= m.end for m in self._links)

    def before(self, benefit: Mention, sentence: Sentence) -> tuple[str, int]:
        """The grammar concept of the word before the benefit word (adverbs skipped) and that word's index.

        The concept is empty for another word, ``start`` at the beginning of the sentence or behind a colon or dash.
        """
        annotations = self.annotations
        words = annotations.words
        i = benefit.word - 1
        while i >= sentence.word and (words[i].endswith("ly") or annotations.grammar_at(i, "grammar.adverb")):
            i -= 1
        if i < sentence.word:
            return "start", i
        end = annotations.word_starts[i] + len(words[i])
        between = annotations.text[end : annotations.word_starts[i + 1]]
        if any(mark in between for mark in (":", "–", "—", " - ", "→", ">", ";", "•")):
            return "start", i
        found = annotations.grammar_at(i)
        if "," in between:
            return "comma " + found, i
        return found, i

    def use(self, benefit: Mention, sentence: Sentence) -> str:
        """How the benefit word is used."""
        form, concept = benefit.form, benefit.concept
        if concept == "benefit.works" and self.is_subordinate(benefit, sentence):
            return NO_CLAIM
        if concept in ("benefit.effective", "benefit.safe"):
            return self.predicate(benefit, sentence)
        if concept == "benefit.compare":
            return PREDICATE if self.interventions(benefit.end, min(sentence.end, benefit.end + 50)) else NO_CLAIM
        if concept != "benefit.works" and form not in ("s", "base") and self.is_promise(benefit, sentence):
            return PROMISE
        if concept == "benefit.result":
            return IMPERATIVE if self.annotations.block(sentence.block).kind is BlockKind.HEADING else NO_CLAIM
        before, i = self.before(benefit, sentence)
        if concept == "benefit.ceases":
            return FINITE if self.is_of_people(benefit, sentence) else NO_CLAIM
        if concept == "benefit.outcome" and form:
            return self.complete_use(benefit, sentence, before)
        block = self.annotations.block(sentence.block)
        fragment = block.kind in FRAGMENTS
        plain = before.removeprefix("comma ")
        if form == "":
            return self.noun_use(benefit, sentence, before)
        if form == "s":
            if before == "start":
                return FRAGMENT
            if i >= sentence.word and self.annotations.grammar_at(i, "grammar.determiner"):
                return NO_CLAIM
            return FINITE if plain not in ("grammar.preposition", "grammar.be", "grammar.have", "grammar.to") else NO_CLAIM
        if form == "base":
            return self.base_use(benefit, sentence, before, i)
        if form == "ing":
            if before == "start":
                return FRAGMENT if fragment else NO_CLAIM
            if plain == "grammar.be":
                return FINITE
            return PARTICIPLE if before.startswith("comma") and plain != "grammar.preposition" else NO_CLAIM
        if form in ("ed", "en"):
            if plain == "grammar.be":
                return FINITE if self.has_agent(benefit, sentence) else NO_CLAIM
            if before == "start" and fragment:
                return FRAGMENT
            return NO_CLAIM
        return self.noun_use(benefit, sentence, before)

    def is_promise(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether people are told that they will see it: "most women notice better sleep", "you'll feel calmer"."""
        annotations = self.annotations
        low = annotations.word_starts[max(benefit.word - 7, sentence.word)]
        if annotations.has(low, benefit.start, "benefit.promise"):
            return True
        verbs = annotations.within(low, benefit.start, "grammar.notice")
        return any(
            v.form in ("base", "s") and annotations.has(sentence.start, v.start, "grammar.person")
            for v in verbs
        )

    def has_agent(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a passive names what did it: "is relieved by magnesium"."""
        annotations = self.annotations
        agents = annotations.within(benefit.end, sentence.end, "grammar.agent")
        return bool(agents) and bool(self.interventions(agents[0].end, min(sentence.end, agents[0].end + 60)))

    def base_use(self, benefit: Mention, sentence: Sentence, before: str, i: int) -> str:
        """The use of a bare verb: after *to* or *help* it claims less, at the beginning it asks for something."""
        plain = before.removeprefix("comma ")
        block = self.annotations.block(sentence.block)
        if before == "start":
            if block.kind is BlockKind.HEADING:
                return IMPERATIVE
            return FRAGMENT if block.kind in FRAGMENTS else NO_CLAIM
        if plain == "grammar.to":
            named = block.kind is BlockKind.HEADING and self.interventions(sentence.start, benefit.start)
            return FINITE if named or self.annotations.grammar_at(i, "grammar.sure-to") else NO_CLAIM
        if plain == "grammar.sure-to":
            return FINITE
        if plain == "grammar.help":
            return WEAK
        if plain == "grammar.and" or before == "comma ":
            others = [
                m
                for m in self.annotations.within(sentence.start, benefit.start, "benefit")
                if m.form in ("base", "s") and m.word_end < benefit.word
            ]
            return self.use(others[-1], sentence) if others else NO_CLAIM
        if self.annotations.grammar_at(i, "grammar.clinician"):
            return NO_CLAIM
        if plain in ("grammar.will", "grammar.that", "grammar.person", "grammar.sure-to"):
            return FINITE
        if before.startswith("comma"):
            return NO_CLAIM
        # A bare verb agrees with a plural; other words before it make many of them a noun or an adjective.
        doubtful = is_doubtful(self.annotations, benefit)
        return FINITE if self.is_plural(i) or not (doubtful or plain) else NO_CLAIM

    def is_plural(self, word: int) -> bool:
        """Whether the word at an index is a plural noun, or ends the name of an intervention."""
        annotations = self.annotations
        text = annotations.words[word]
        if text.endswith("s") and not text.endswith("ss"):
            return True
        start = annotations.word_starts[word]
        return any(m.end > start for m in self.interventions(max(0, start - 60), start + 1))

    def noun_use(self, benefit: Mention, sentence: Sentence, before: str) -> str:
        """The use of a noun or a set phrase."""
        annotations = self.annotations
        fragment = annotations.block(sentence.block).kind in FRAGMENTS
        if benefit.concept in ("benefit.works", "benefit.outcome"):
            return self.complete_use(benefit, sentence, before)
        near = annotations.word_starts[max(benefit.word - 5, sentence.word)]
        if annotations.has(near, benefit.start, "grammar.be", "grammar.will", "benefit.promise", "benefit.weak"):
            return NOUN
        return FRAGMENT if fragment else NO_CLAIM

    def complete_use(self, benefit: Mention, sentence: Sentence, before: str) -> str:
        """The use of a set phrase that is complete in itself."""
        if before.removeprefix("comma ") == "grammar.preposition":
            return NO_CLAIM
        if benefit.concept == "benefit.outcome":
            return FINITE if self.is_outcome(benefit, sentence) else NO_CLAIM
        if benefit.concept == "benefit.works" and not self.has_subject(benefit, sentence, before):
            return NO_CLAIM
        following = self.annotations.words[benefit.word_end : benefit.word_end + 1]
        if benefit.concept == "benefit.works" and self.interventions(benefit.end, min(sentence.end, benefit.end + 20)):
            return FINITE
        ends = self.ends_phrase(benefit) or following in (["for"], ["against"], ["and"], ["because"], ["when"])
        return FINITE if ends or benefit.form else NO_CLAIM

    def has_subject(self, benefit: Mention, sentence: Sentence, before: str) -> bool:
        """Whether *works* and its kin are said of a treatment: one is named just before, or a pronoun stands for it."""
        annotations = self.annotations
        if before == "start" or before.endswith("grammar.that") or self.within_phrase(benefit):
            return True
        if annotations.grammar_at(benefit.word, "grammar.that"):
            return True
        low = annotations.word_starts[max(benefit.word - SUBJECT_REACH - 2, sentence.word)]
        if self.interventions(low, benefit.start):
            return True
        return annotations.has(sentence.start, benefit.start, *BAD) and bool(
            annotations.grammar_at(benefit.word - 1, "grammar.thing")
        )

    def object_of_outcome(self, benefit: Mention, sentence: Sentence) -> Mention | None:
        """The illness right behind a verb that may also be said of the illness itself ("melts away pain")."""
        found = self.annotations.within(benefit.end, sentence.end, *BAD)
        near = [m for m in found if self.annotations.words_between(benefit, m) <= 1]
        return near[0] if near else None

    def stands_alone(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a set phrase is all that a list item or cell says ("no more lying awake")."""
        block = self.annotations.block(sentence.block)
        return block.kind in (BlockKind.ITEM, BlockKind.CELL) and benefit.word - sentence.word <= 3

    def is_outcome(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether an illness goes, or people who take something get better ("people on it sleep through")."""
        annotations = self.annotations
        if annotations.has(sentence.start, benefit.start, *BAD):
            return True
        if self.subject(benefit, sentence) and self.object_of_outcome(benefit, sentence):
            return True
        if not benefit.form and (self.interventions(sentence.start, benefit.start) or self.stands_alone(benefit, sentence)):
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

    def predicate(self, benefit: Mention, sentence: Sentence) -> str:
        """The use of an adjective: only what is said of a treatment counts ("is effective"), not "an effective dose"."""
        annotations = self.annotations
        low = max(benefit.word - 3, sentence.word)
        if low >= benefit.word:
            return NO_CLAIM
        start = annotations.word_starts[low]
        surface = annotations.text[benefit.start : benefit.end].lower()
        if annotations.has(benefit.start, benefit.end, "grammar.strong-adjective") and annotations.has(
            annotations.word_starts[max(benefit.word - 5, sentence.word)], benefit.start, "grammar.offer"
        ):
            article = annotations.words[max(benefit.word - 3, sentence.word) : benefit.word]
            if {"a", "an", "the", "most", "only"} & set(article):
                return PREDICATE
        verbs = annotations.within(start, benefit.start, "grammar.be")
        if not verbs or annotations.grammar_at(max(verbs[-1].word - 1, sentence.word), "grammar.relative"):
            return NO_CLAIM
        if surface.endswith((" for", " against", " in", " to", " at")):
            return PREDICATE
        following = annotations.words[benefit.word_end : benefit.word_end + 1]
        attributive = following and not self.ends_phrase(benefit)
        closes = annotations.grammar_at(benefit.word_end, "grammar.after-adjective") if attributive else "end"
        return PREDICATE if closes else NO_CLAIM

    def ends_phrase(self, benefit: Mention) -> bool:
        """Whether punctuation follows, so that an adjective stands alone."""
        return self.annotations.text[benefit.end : benefit.end + 1] in ("", ".", ",", ";", ":", "!", ")", "\n", "—", "–")

    def has_pronoun(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a pronoun or *will* stands before a bare verb, so that its subject was named before."""
        left, _ = self.annotations.context.clause(sentence, benefit.start, benefit.end)
        return self.annotations.has(left, benefit.start, "grammar.that", "grammar.will", "grammar.sure-to", "grammar.person")

    def goes_on(self, benefit: Mention, sentence: Sentence, use: str) -> bool:
        """Whether a sentence that names no intervention speaks on about the one before: its subject is left out, or a
        pronoun stands for it, or nothing else does.
        """
        annotations = self.annotations
        if use == FRAGMENT:
            return True
        left, _ = annotations.context.clause(sentence, benefit.start, benefit.end)
        if annotations.has(left, benefit.start, "condition", "target.bad", "benefit.harm", "grammar.harmful", "grammar.body-made"):
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
        following = [s for s in annotations.sentences[sentence.index : sentence.index + 3] if label or s.block == sentence.block]
        return any(
            cue.concept in ("hedge", "limit") for s in following for cue, _ in annotations.context.cues(s)
        )

    def harmful_subject(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether the nearest thing before the benefit word is an illness, a strain or the body's own hormone."""
        annotations = self.annotations
        if benefit.concept in ("benefit.outcome", "benefit.works") or benefit.form == "en":
            return False
        left, _ = annotations.context.clause(sentence, benefit.start, benefit.end)
        harms = annotations.within(
            left, benefit.start, "condition", "target.bad", "grammar.harmful", "grammar.body-made", "benefit.harm"
        )
        if not harms:
            return False
        helpers = [m.end for m in self.interventions(left, benefit.start)]
        others = [m.end for m in annotations.within(left, benefit.start, "benefit") if m.form in ("s", "base", "ing")]
        return max(m.end for m in harms) > max(helpers + others, default=-1)

    def target(self, benefit: Mention, sentence: Sentence) -> Mention | None:
        """What the benefit word acts on, within its clause."""
        annotations = self.annotations
        left, right = annotations.context.clause(sentence, benefit.start, benefit.end)
        wanted = OBJECTS.get(benefit.concept, EITHER) if benefit.form or benefit.concept != "benefit.restore" else EITHER
        if benefit.concept == "benefit.outcome":
            wanted = BAD
        if benefit.concept == "benefit.decrease":
            ailing = self.ailing_part(benefit, right)
            if ailing:
                return ailing
        ahead = [m for m in annotations.within(benefit.start, right, *wanted) if m.end > benefit.end and self.fits(benefit, m)]
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
            closer = [m for m in annotations.within(benefit.end, first.start, *EITHER) if m.end <= first.start]
            return None if closer else first
        close = [
            m for m in annotations.within(benefit.end, right, AMBIGUOUS) if annotations.words_between(benefit, m) <= 1
        ]
        if close and benefit.form in ("s", "base") and benefit.concept in DIRECT and self.interventions(left, benefit.start):
            return close[0]
        if benefit.form in ("s", "base", "ing") and self.refers_back(benefit, sentence):
            return annotations.within(benefit.end, right, "grammar.them")[0]
        passive = (
            benefit.form in ("en", "ed")
            or benefit.concept in (*COMPLETE, "benefit.noun")
            or (benefit.concept == "benefit.restore" and not benefit.form)
        )
        if passive:
            near = [m for m in behind if annotations.words_between(m, benefit) <= REACH]
            if near:
                return max(near, key=lambda m: m.start)
        return None

    def ailing_part(self, benefit: Mention, right: int) -> Mention | None:
        """A body part that an adjective calls ill, close behind the benefit word ("eases sore knees")."""
        annotations = self.annotations
        for part in annotations.within(benefit.end, right, "target.body"):
            if annotations.words_between(benefit, part) <= 3 and annotations.has(benefit.end, part.start, "grammar.ailing"):
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
            between = annotations.within(benefit.end, tail.start, *BAD, "target.body")
            if between:
                return between[0]
        return None

    def refers_back(self, benefit: Mention, sentence: Sentence) -> bool:
        """Whether a pronoun right behind the verb stands for an illness that the sentence before names."""
        annotations = self.annotations
        following = annotations.within(benefit.end, min(sentence.end, benefit.end + 24), "grammar.them")
        if not following or following[0].word - benefit.word_end > 1 or benefit.concept == "benefit.increase":
            return False
        earlier = [s for s in annotations.block_sentences(sentence.block) if sentence.index - 2 <= s.index < sentence.index]
        return annotations.has(sentence.start, benefit.start, *BAD) or any(annotations.has(s.start, s.end, *BAD) for s in earlier)

    def fits(self, benefit: Mention, target: Mention) -> bool:
        """Whether acting so on the target is good: a purpose is wanted, a condition is not."""
        if target.start < benefit.end and target.end > benefit.start and target.end <= benefit.end:
            return False
        if target.concept == "condition" and self.knowledge.kind(target.entry) == "purpose":
            return benefit.concept not in ("benefit.decrease", "benefit.treat", "benefit.protect")
        return True

    def inside(self, benefit: Mention, target: Mention | None, sentence: Sentence) -> Mention | None:
        """The intervention that the sentence itself names: the nearest before the benefit word, else the first."""
        found = [
            m
            for m in self.interventions(sentence.start, sentence.end)
            if (target is None or m.start >= target.end or m.end <= target.start)
            and (m.start >= benefit.end or m.end <= benefit.start)
        ]
        if not found:
            return None
        before = [m for m in found if m.end <= benefit.start]
        return max(before, key=lambda m: m.start) if before else min(found, key=lambda m: m.start)

    def within_phrase(self, benefit: Mention) -> Mention | None:
        """The intervention that a set phrase itself holds ("supplements work")."""
        if benefit.concept != "benefit.works":
            return None
        return next(iter(self.interventions(benefit.start, benefit.end)), None)

    def interventions(self, start: int, end: int) -> list[Mention]:
        """The interventions named in a text span; what the body makes itself counts only as a product."""
        annotations = self.annotations
        return [
            m
            for m in annotations.within(start, end, *INTERVENTIONS)
            if not annotations.has(m.start, m.end, "grammar.body-made")
            or annotations.has(max(start, m.start - 20), min(end, m.end + 30), "grammar.product")
        ]

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
            found = self.interventions(previous.start, previous.end)
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
        start, _ = self.annotations.section_span(self.annotations.block(sentence.block).section)
        found = self.interventions(start, sentence.start)
        return max(found, key=lambda m: m.start) if found else self.main_topic

    @cached_property
    def main_topic(self) -> Mention | None:
        """The intervention that the draft names most often, if it does so three times or more."""
        counts: dict[str, list[Mention]] = {}
        for mention in self.interventions(0, len(self.annotations.text)):
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
        places += annotations.headings(block)
        if annotations.title >= 0 and annotations.title != block:
            places.append(annotations.title)
        for place in places:
            here = annotations.block(place)
            found = self.interventions(here.start, here.end)
            if found:
                return found[0]
        return None
