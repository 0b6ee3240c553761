"""The check ``absolute``: a cure, a guarantee or perfect safety promised of a treatment.

Words of cure and of safety without reservation stand for themselves beside an intervention; words of certainty and of
degree ("always", "completely") count only where the same clause makes a claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.checks import Match
from linter.checks.claim.reader import ClaimReader
from linter.checks.claim.terms import BAD, COMPLETE, INTERVENTIONS, OBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.annotate import Annotations, Mention, Sentence
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule

ALONE = ("absolute.cure", "absolute.safe", "absolute.proof")
CURE_REACH = 6
"""How many words may stand between a word of cure and the illness."""
MODIFIERS = ("absolute.certain", "absolute.intensity")


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield the absolute promises of a draft."""
    reader = ClaimReader(annotations, book.knowledge)
    for concept in (*ALONE, *MODIFIERS):
        for promise in annotations.by_concept.get(concept, ()):
            sentence = annotations.sentence_at(promise.start)
            if _is_promise(annotations, reader, promise, sentence):
                yield Match(promise.start, promise.end)


def _is_promise(annotations: Annotations, reader: ClaimReader, promise: Mention, sentence: Sentence) -> bool:
    left, right = annotations.context.clause(sentence, promise.start, promise.end)
    ill = [m for m in annotations.within(left, right, *BAD) if abs(annotations.words_between(promise, m)) <= CURE_REACH]
    if promise.concept == "absolute.cure" and promise.form == "s" and any(m.start > promise.start for m in ill):
        return True  # "X cures Y" is a promise whatever X is
    credited = (
        annotations.has(sentence.start, sentence.end, *INTERVENTIONS)
        or (reader.interventions.outside(sentence) or reader.interventions.wider_topic(sentence)) is not None
    )
    if not credited:
        return False
    if promise.concept == "absolute.proof":
        return True
    if promise.concept == "absolute.safe":
        return promise.form in ("", "plural", "s")
    if promise.concept == "absolute.cure":
        return bool(ill)
    return any(
        reader.read(benefit, sentence) is not None
        for benefit in annotations.within(left, right, *OBJECTS, *COMPLETE)
        if benefit.start != promise.start and abs(annotations.words_between(promise, benefit)) <= 5
    )
