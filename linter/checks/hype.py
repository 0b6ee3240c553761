"""The check ``hype``: words of wonder, where the draft speaks of a treatment or an illness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.checks import Match
from linter.checks.claim.reader import ClaimReader
from linter.checks.claim.terms import INTERVENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.annotate import Annotations
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule

SUBJECTS = (*INTERVENTIONS, "condition", "target")


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield the hype words of a draft that stand beside a treatment, an illness or a health target."""
    words = annotations.by_concept.get("hype", ())
    if not words:
        return
    reader = ClaimReader(annotations, book.knowledge)
    for word in words:
        if word.concept not in ("hype", "hype.mild"):
            continue
        sentence = annotations.sentence_at(word.start)
        if (
            annotations.has(sentence.start, sentence.end, *SUBJECTS)
            or reader.interventions.outside(sentence)
            or reader.interventions.wider_topic(sentence)
        ):
            mild = word.concept == "hype.mild"
            yield Match(word.start, word.end, severity="info" if mild else "", confidence="low" if mild else "")
