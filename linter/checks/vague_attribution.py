"""Authority with no name: "studies show", "experts agree", "clinically proven", where no reader could follow.

What counts as such a phrase is data: the rule's option ``patterns``, over the concepts of
``rules/lexicons/studies.yaml``. This check asks what a pattern cannot: that the sentence is about health, that the
research is not the writer's own, that the statement is not about missing evidence, and that no citation stands within a
reader's reach.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from linter.annotate.citations import cited, introduces_another, named, sources_by_section, within_reach
from linter.checks import Match
from linter.document import BlockKind
from linter.engine.pattern import compile_pattern, word_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.annotate import Annotations, Mention, Sentence
    from linter.engine.pattern import Hit, Pattern
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule

HEALTH = ("condition", "drug", "supplement", "intervention")
"""Concepts that make a sentence one about health, besides the targets."""
_NAMED_HEALTH = ("condition", "drug", "supplement", "target.bad", "target.good")
TARGET = "target"
QUOTE_MARK = ">"
"""What opens a passage that a writer set apart as somebody else's words, where the format did not."""
MECHANISM = "target.mechanism"
AMBIGUOUS = "target.ambiguous"
"""Targets that are everyday words as well: memory, balance."""
_UNASSERTED = frozenset({
    "if", "whether", "until", "unless", "when", "no", "not", "without", "none", "never", "nor", "neither", "t",
})  # fmt: skip
"""Words before a phrase that leave it open or deny it; "t" is what is left of "haven't"."""
_NEGATIONS = frozenset({"not", "never", "cannot", "t"})
_EFFECT = (
    "benefit", "trial.change", "trial.outcome", "authority", "evidence.proven", "evidence.strength", "evidence.shown",
)  # fmt: skip
"""Concepts that make a sentence tell of an effect, besides conditions and targets."""
_EFFECT_WORDS = frozenset({
    "effect", "effects", "effective", "risk", "risks", "safe", "safety", "benefit", "benefits", "patient",
    "patients", "works", "worked", "work",
})  # fmt: skip
_PATIENTS = frozenset({"patient", "patients"})
_REFERS_BACK = frozenset({
    "it", "its", "they", "them", "their", "this", "these", "that", "those", "he", "she", "both", "such", "one",
})  # fmt: skip
_MODAL = frozenset({"may", "might", "can", "could", "would", "should", "must"})
_SUBJECTS = frozenset({"it", "they", "he", "she", "we", "i", "you", "that", "here"})
_BREAKERS = _SUBJECTS | {"which", "who", "whose", "whom"}
_CONTRAST = frozenset({
    "but", "however", "yet", "still", "though", "although", "more", "no", "nobody", "that", "they", "it", "these",
    "this",
})  # fmt: skip
_OPENERS = frozenset({"to", "among"})
_TESTED = frozenset({"volunteers", "participants", "subjects"})
_MEASURES = frozenset({"average", "mean", "median", "control"})
_NEAR = 3
"""Words before a phrase within which "our", "this" or "if" govern it."""
_TOPIC = 4
_DENSE = 60
_VERDICT = 12
"""Words of a sentence that may judge the one before it: "The science is settled"."""
_EARLIER = 4
"""Blocks before a phrase in which the research that it points back to may have been named."""


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """The phrases of vague authority for health claims with no citation in reach."""
    if sources_by_section(annotations):
        return
    options = next((find.options for find in rule.find if find.check), {})
    patterns = _patterns(tuple(options.get("patterns", ())))
    for sentence in _candidates(annotations):
        hit = _first_hit(annotations, sentence, patterns)
        if hit is None or not is_about_health(annotations, sentence) or not _claims_effect(annotations, sentence):
            continue
        start, end = word_span(annotations, hit.word, hit.word_end)
        fresh = introduces_another(annotations, sentence)
        if within_reach(annotations, start, end, fresh=fresh) or named(annotations, sentence.start, sentence.end):
            continue
        yield Match(start, end, {"phrase": annotations.text[start:end]})


@lru_cache(maxsize=8)
def _patterns(texts: tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(text) for text in texts)


def _candidates(annotations: Annotations) -> Iterator[Sentence]:
    """The sentences that mention research, authority or evidence, each once."""
    last = -1
    found = [
        mention.start
        for concept in ("research", "authority", "evidence.shown", "evidence.proven", "evidence.verdict", "trial.part")
        for mention in annotations.by_concept.get(concept, ())
    ]
    for start in sorted(found):
        sentence = annotations.sentence_at(start)
        if sentence.index != last and start < sentence.end:
            last = sentence.index
            block = annotations.block(sentence.block)
            if (
                block.kind not in (BlockKind.TITLE, BlockKind.DESCRIPTION)
                and (block.kind is not BlockKind.HEADING or annotations.has(block.start, block.end, *_NAMED_HEALTH))
                and not annotations.text.startswith(QUOTE_MARK, block.start)
                and not annotations.context.is_question(sentence)
            ):
                yield sentence


def _first_hit(annotations: Annotations, sentence: Sentence, patterns: tuple[Pattern, ...]) -> Hit | None:
    """The first match of any pattern in a sentence that nothing excuses."""
    lacking = annotations.within(sentence.start, sentence.end, "evidence.lacking")
    if any(not _is_conceded(annotations, sentence, m) for m in lacking) or _is_limited(annotations, sentence):
        return None
    conceded = max((m.word_end for m in lacking), default=sentence.word)
    present: dict[tuple[str, ...], bool] = {}
    hits = [
        hit
        for pattern in patterns
        if _may_match(annotations, sentence, pattern, present)
        for hit in pattern.find(annotations, sentence.word, sentence.word_end)
    ]
    hits.sort(key=lambda hit: (hit.word, hit.word_end))
    return next((hit for hit in hits if hit.word >= conceded and not _is_excused(annotations, sentence, hit)), None)


def _is_conceded(annotations: Annotations, sentence: Sentence, lacking: Mention) -> bool:
    """Whether "but" turns from a word on missing evidence to what follows: "research is ongoing, but studies show"."""
    return "but" in annotations.words[lacking.word_end : min(lacking.word_end + _NEAR, sentence.word_end)]


def _may_match(
    annotations: Annotations, sentence: Sentence, pattern: Pattern, present: dict[tuple[str, ...], bool]
) -> bool:
    """Whether a sentence holds every concept that a pattern asks for; ``present`` keeps what is known so far."""
    for item in pattern.items:
        concepts = item.concepts
        if not concepts or item.optional:
            continue
        known = present.get(concepts)
        if known is None:
            known = present[concepts] = annotations.has(sentence.start, sentence.end, *concepts)
        if not known:
            return False
    return True


def _is_limited(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether the next sentence says that the evidence falls short."""
    following = annotations.neighbours(sentence)[-1:]
    if not following or following[0].index < sentence.index:
        return False
    (after,) = following
    if not annotations.has(after.start, after.end, "evidence.lacking"):
        return False
    if annotations.words[after.word] in _CONTRAST:
        return True
    return annotations.has(after.start, after.end, "research", "authority")


def _is_excused(annotations: Annotations, sentence: Sentence, hit: Hit) -> bool:
    words = annotations.words
    before = words[max(sentence.word, hit.word - _NEAR) : hit.word]
    if not _UNASSERTED.isdisjoint(before):
        return True
    start, _ = word_span(annotations, max(sentence.word, hit.word - 2), hit.word + 1)
    here, end = word_span(annotations, hit.word, hit.word_end)
    if annotations.has(start, here + 1, "reference.own") and not annotations.has(here, end, "evidence.proven"):
        return True
    topic, _ = word_span(annotations, max(sentence.word, hit.word - _TOPIC), hit.word + 1)
    topic = max(topic, annotations.text.rfind("—", topic, here) + 1)
    if annotations.has(topic, here, "reference.topic"):
        return True
    if annotations.has(here, end, "authority") and _MODAL.intersection(words[hit.word : hit.word_end]):
        return True
    if _is_plan(annotations, sentence, hit):
        return True
    if _is_broken(annotations, hit) or _is_quotation(annotations, sentence, here, end):
        return True
    return _points_back(annotations, sentence, hit)


def _is_plan(annotations: Annotations, sentence: Sentence, hit: Hit) -> bool:
    """Whether a phrase says what is to be shown, or to you, or whose opening it needs and does not have."""
    words = annotations.words
    if hit.captures:
        says = hit.captures[-1]
        if words[says[1] - 1] == "to" or words[says[2] : says[2] + 1] == ["you"]:
            return True
    if words[hit.word] in _OPENERS and hit.word != sentence.word:
        return True
    if words[hit.word] in _TESTED:
        earlier = annotations.block(max(sentence.block - _EARLIER, 0)).start
        return annotations.has(earlier, sentence.start, "research") or cited(annotations, earlier, sentence.start)
    return not _MEASURES.isdisjoint(words[max(sentence.word, hit.word - 2) : hit.word_end])


def _is_broken(annotations: Annotations, hit: Hit) -> bool:
    """Whether what stands between who and says makes two of them: a subject, a relative clause, half a comma pair."""
    if len(hit.captures) < 2:
        return False
    inside = annotations.words[hit.captures[0][2] : hit.captures[-1][1]]
    breakers = _BREAKERS
    if annotations.has(*word_span(annotations, hit.word, hit.word_end), "authority") and inside[-1:] != ["who"]:
        breakers = _SUBJECTS
    if breakers.intersection(inside) or _NEGATIONS.intersection(inside):
        return True
    start, end = word_span(annotations, hit.word, hit.word_end)
    text = annotations.text[start:end]
    return text.count(",") % 2 == 1 or any(mark in text for mark in (";", ":", "—", " – ", "("))


def _is_quotation(annotations: Annotations, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the phrase stands in a quotation of this sentence; a longer quoted passage is read as the draft's own."""
    return annotations.context.is_quoted(start, end) and not annotations.context.is_quoted(sentence.start - 1, end)


def _points_back(annotations: Annotations, sentence: Sentence, hit: Hit) -> bool:
    """Whether the phrase speaks of research named before: "this study", "the researchers"."""
    words = annotations.words
    before = words[max(sentence.word, hit.word - 2) : hit.word]
    first = word_span(annotations, hit.word, hit.word + 1)[0]
    pointing = any(word in ("this", "these", "those", "both", "same") for word in before)
    single = annotations.has(first, first + 1, "authority.scientist") or (
        annotations.has(first, first + 1, "research.study") and not words[hit.word].endswith("s")
    )
    if not pointing and not (before[-1:] == ["the"] and single):
        return False
    earlier = annotations.block(max(sentence.block - _EARLIER, 0)).start
    if annotations.has(earlier, sentence.start, "research"):
        return True
    return cited(annotations, earlier, sentence.start)


def _claims_effect(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether a sentence tells of an effect that a reader would feel, not only of how something works in the body."""
    start, end = sentence.start, sentence.end
    words = annotations.words[sentence.word : sentence.word_end]
    if annotations.has(start, end, "condition") or not _EFFECT_WORDS.isdisjoint(words):
        return True
    targets = {mention.concept for mention in annotations.within(start, end, TARGET)}
    if MECHANISM in targets and targets <= {MECHANISM, AMBIGUOUS, "target.body"}:
        return False
    if targets or annotations.has(start, end, *_EFFECT, *HEALTH):
        return True
    if len(words) > _VERDICT:
        return False
    above = annotations.block(sentence.block).start
    return above < start and annotations.has(above, start, "condition", *_EFFECT, TARGET, *HEALTH)


def mentions_health(annotations: Annotations, start: int, end: int) -> bool:
    """Whether [start, end) names a condition, a treatment or something of the body that is no everyday word."""
    return annotations.has(start, end, *HEALTH) or any(
        mention.concept != AMBIGUOUS for mention in annotations.within(start, end, TARGET)
    )


def is_about_health(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether a sentence, or what it refers back to, speaks of a condition, a treatment or the body."""
    if mentions_health(annotations, sentence.start, sentence.end) or not _PATIENTS.isdisjoint(
        annotations.words[sentence.word : sentence.word_end]
    ):
        return True
    block = annotations.block(sentence.block)
    refers = block.kind is not BlockKind.PARAGRAPH or bool(
        _REFERS_BACK.intersection(annotations.words[sentence.word : sentence.word_end])
    )
    if refers and mentions_health(annotations, block.start, sentence.start):
        return True
    if annotations.has(sentence.start, sentence.end, "authority.clinician"):
        return True
    short = sentence.word_end - sentence.word <= _VERDICT
    if short and block.start < sentence.start and mentions_health(annotations, block.start, sentence.start):
        return True
    if refers or is_health_draft(annotations):
        for heading in annotations.headings(sentence.block)[:2]:
            above = annotations.block(heading)
            if mentions_health(annotations, above.start, above.end):
                return True
    return False


def is_health_draft(annotations: Annotations) -> bool:
    """Whether a draft as a whole is about health: a condition or a medicine in every so many words."""
    mentions = sum(len(annotations.by_concept.get(concept, ())) for concept in ("condition", "drug", "supplement"))
    return mentions * _DENSE > len(annotations.words)
