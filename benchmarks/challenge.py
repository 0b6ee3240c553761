"""Precision and recall on the challenge set: mini drafts, each judged for one family of rules.

A `flag` item is a hit when a finding of its family overlaps its target, or, for off-label uses, names its drug.
A `pass` item with a finding of its family is a false alarm. A finding elsewhere in a `flag` item is shown, not counted.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from linter import lint_text
from linter.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from linter.engine.rulebook import RuleBook
    from linter.findings import Finding

FAMILIES = {
    "efficacy/": "efficacy",
    "dose/missing-prescriber-caveat": "dose",
    "off-label/": "off-label",
    "conflation/": "conflation",
    "citation/uncited-number": "trial-number",
    "citation/vague-attribution": "vague",
}
"""How rule ids begin, and the families of the labels."""
DISSOCIATION = re.compile(
    r"\bDID\b|DPDR|DP/DR|OSDD|DDNOS|dissoci|dereali[sz]|depersonali[sz]|multiple personalit", re.IGNORECASE
)


@dataclass
class Score:
    """Counts of one family."""

    hit: int = 0
    miss: int = 0
    false: int = 0

    @property
    def precision(self) -> float:
        """The share of findings that are right."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else 0.0

    @property
    def recall(self) -> float:
        """The share of targets that are found."""
        return self.hit / (self.hit + self.miss) if self.hit + self.miss else 0.0

    def __iadd__(self, other: Score) -> Score:
        self.hit += other.hit
        self.miss += other.miss
        self.false += other.false
        return self


@dataclass
class Result:
    """Scores of the families, and the items that went wrong as (kind, family, line to print)."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    wrong: list[tuple[str, str, str]] = field(default_factory=list)


def family_of(rule: str) -> str:
    """The family of labels that a rule is judged by; empty for a rule that none of them covers."""
    return next((family for start, family in FAMILIES.items() if rule.startswith(start)), "")


def items(folder: Path) -> Iterator[dict[str, Any]]:
    """The items of a challenge set."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def run(folder: Path, book: RuleBook | None = None) -> Result:
    """Lint and judge a challenge set, as the command does by default: without the low-confidence findings."""
    from linter.engine.rulebook import load_book

    book = book or load_book()
    result = Result()
    for item in items(folder):
        name = f"{item['id']}.md"
        found = [
            finding
            for finding in lint_text(item["text"], name, book=book)
            if finding.confidence != "low" and family_of(finding.rule) == item["family"]
        ]
        score = _judge(item, found, result)
        result.scores[item["family"]] += score
        if item["family"] == "conflation" and DISSOCIATION.search(item["text"]):
            result.scores["conflation/did"] += score
    return result


def _judge(item: dict[str, Any], found: list[Finding], result: Result) -> Score:
    if item["kind"] == "pass":
        if found:
            f = found[0]
            line = f"FP {item['id']} {f.rule} {f.excerpt!r} | {item['note']} | {item['text'][:300]!r}"
            result.wrong.append(("fp", item["family"], line))
        return Score(false=bool(found))
    source = Source.from_text(item["text"])
    start = source.text.find(item["target"])
    end = start + len(item["target"])
    hit = False
    for f in found:
        a, b = source.offset(f.line, f.column), source.offset(f.end_line, f.end_column)
        words = (json.dumps(dict(f.captures)) + f.message).lower()
        named = item["family"] == "off-label" and bool(item.get("key")) and item["key"].lower() in words
        if named or (a < end and max(b, a + 1) > start):
            hit = True
        else:
            result.wrong.append(("fp", item["family"], f"FP {item['id']} stray {f.rule} {f.excerpt!r}"))
    if not hit:
        line = f"FN {item['id']} | {item['target'][:200]!r} | {item['note']}"
        result.wrong.append(("fn", item["family"], line))
    return Score(hit=int(hit), miss=int(not hit))


def table(result: Result) -> list[str]:
    """The scores as lines."""
    lines = [f"{'family':14}{'P':>7}{'R':>7}   hit miss   fp"]
    total = Score()
    for family, score in sorted(result.scores.items()):
        if "/" not in family:
            total += score
        lines.append(_row(family, score))
    return [*lines, _row("all", total)]


def _row(name: str, score: Score) -> str:
    return f"{name:14}{score.precision:7.3f}{score.recall:7.3f}  {score.hit:4d} {score.miss:4d} {score.false:4d}"
