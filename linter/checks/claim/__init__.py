"""The check ``claim``: a treatment said to do good, in the author's own voice.

A claim has three parts: an intervention, a benefit and a health target, with the right polarity ("reduces anxiety" is a
benefit, "reduces libido" is none). The intervention may stand in the sentence, in the sentence before, in the lead-in
of a list or in a heading; the target may stand there too for words that are complete in themselves ("it just works").
What the author hedges, denies, asks, quotes, cites or reports of others is no claim; those cues are data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.checks import Match
from linter.checks.claim.reader import Claim, ClaimReader
from linter.checks.claim.terms import BAD, COMPLETE, FINITE, IMPERATIVE, OBJECTS, SPLIT, WEAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.annotate import Annotations
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield the claims of a draft, several of a sentence where it holds them: a cue may reach one and not the other."""
    reader = ClaimReader(annotations, book.knowledge)
    if not reader.interventions:
        return
    told: set[int] = set()
    faint: dict[int, Claim] = {}
    for concept in (*OBJECTS, *COMPLETE, SPLIT):
        for benefit in annotations.by_concept.get(concept, ()):
            sentence = annotations.sentence_at(benefit.start)
            claim = reader.read(benefit, sentence)
            if claim is None:
                continue
            if is_faint(claim):
                faint.setdefault(sentence.index, claim)
                continue
            told.add(sentence.index)
            yield _match(annotations, claim)
    for index, claim in faint.items():
        if index not in told:
            yield _match(annotations, claim)


def is_faint(claim: Claim) -> bool:
    """Whether a claim says little: behind "helps", or as an invitation that names no treatment."""
    return claim.use == WEAK or (claim.use == IMPERATIVE and not claim.near)


def _match(annotations: Annotations, claim: Claim) -> Match:
    text = annotations.text
    parts = [claim.benefit, *([claim.target] if claim.target else [])]
    start = min(part.start for part in parts)
    end = max(part.end for part in parts)
    captures = {"benefit": text[claim.benefit.start : claim.benefit.end]}
    ids = {}
    if claim.target:
        captures["target"] = text[claim.target.start : claim.target.end]
    if claim.intervention:
        captures["intervention"] = text[claim.intervention.start : claim.intervention.end]
        if claim.intervention.concept in ("drug", "supplement"):
            ids["intervention"] = claim.intervention.entry
    faint = is_faint(claim)
    return Match(
        start,
        end,
        captures,
        ids,
        severity="info" if faint else "",
        confidence="low" if faint else "high" if claim.target and claim.target.concept in BAD else "medium",
        replacement=hedged(claim),
        anchor=(claim.benefit.start, claim.benefit.end),
    )


def hedged(claim: Claim) -> str:
    """The verb of a claim with a hedge, where that is all that the sentence needs: "clears" becomes "may clear"."""
    verb = claim.benefit
    return f"may {verb.entry}" if claim.use == FINITE and claim.near and verb.form == "s" and verb.entry else ""
