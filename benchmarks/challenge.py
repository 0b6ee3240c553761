"""Findings held against the challenge set: mini drafts, each judged for one family of rules.

A `flag` item is a hit when a finding of its family overlaps its target, or, for off-label uses, names its drug.
A `pass` item with a finding of its family is a false alarm. A finding elsewhere in a `flag` item is neutral.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.scores import HALVES, Case, Judged, Score, Verdict, context, family_of, names, shown, span
from linter.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from linter.findings import Finding

_DISSOCIATION = re.compile(
    r"\bDID\b|DPDR|DP/DR|OSDD|DDNOS|dissoci|dereali[sz]|depersonali[sz]|multiple personalit", re.IGNORECASE
)


@dataclass(frozen=True)
class Item:
    """A mini draft. ``target`` is the place to flag; ``key`` the drug of an off-label use; ``half`` where it counts."""

    id: str
    family: str
    kind: str
    text: str
    target: str = ""
    key: str = ""
    note: str = ""
    half: str = ""

    @property
    def source(self) -> Source:
        """The mini draft as a file."""
        return Source.from_text(self.text, f"{self.id}.md")


def items(paths: Iterable[Path]) -> Iterator[Item]:
    """The items of some files, in halves.

    Many items stand in pairs, one to flag and then one to pass. So the halves are the odd and the even pairs by
    position: each has its share of both kinds, and no pair is torn.
    """
    for path in paths:
        lines = (line for line in path.read_text("utf-8").splitlines() if line.strip())
        for position, line in enumerate(lines):
            yield Item(**json.loads(line), half=HALVES[position // 2 % 2])


def judge(item: Item, source: Source, findings: Iterable[Finding]) -> Judged:
    """One item's findings, judged."""
    judged = Judged(item.half)
    found = [finding for finding in shown(findings) if family_of(finding.rule) == item.family]
    score = _fails(item, source, found, judged) if item.kind == "pass" else _hits(item, source, found, judged)
    judged.scores[item.family] += score
    if item.family == "conflation" and _DISSOCIATION.search(item.text):
        judged.scores["conflation/did"] += score
    return judged


def _fails(item: Item, source: Source, found: list[Finding], judged: Judged) -> Score:
    judged.verdicts += [Verdict(finding.rule, finding.confidence, "false") for finding in found]
    if found:
        judged.cases.append(_alarm(item, source, found[0]))
    return Score(false=bool(found))


def _hits(item: Item, source: Source, found: list[Finding], judged: Judged) -> Score:
    start = source.text.find(item.target)
    end = start + len(item.target)
    score = Score()
    for finding in found:
        first, last = span(source, finding)
        if (first < end and last > start) or (item.family == "off-label" and names(finding, item.key)):
            score.hit = 1
            judged.verdicts.append(Verdict(finding.rule, finding.confidence, "hit"))
        else:
            score.neutral += 1
            judged.verdicts.append(Verdict(finding.rule, finding.confidence, "neutral"))
            judged.cases.append(_alarm(item, source, finding, "elsewhere, not counted: "))
    score.miss = 1 - score.hit
    if score.miss:
        text = f"{context(source.text, start, end)} ({item.note})"
        judged.cases.append(Case("fn", item.family, item.half, item.id, text))
    return score


def _alarm(item: Item, source: Source, finding: Finding, how: str = "") -> Case:
    text = context(source.text, *span(source, finding), 150)
    text = f"{how}{finding.rule} ({finding.confidence}): {text} ({item.note})"
    return Case("fp", item.family, item.half, item.id, text)
