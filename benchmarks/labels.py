"""Findings held against an editor's labels.

A label names a family and quotes a place; what it stands for, its unit, is the sentence of the quote (dose: its block;
off-label: its draft and drug). A finding that touches a unit of its family is a hit, one that touches none is false.
Labels that are borderline (``must`` is false) are neutral: neither a hit nor a miss. So is a finding that touches only
labels of the other one of efficacy and vague attribution, because an editor files such a sentence under either.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.scores import HALVES, Case, Judged, Score, Verdict, context, family_of, names, shown, span
from linter.readers import SUFFIXES
from linter.source import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from benchmarks.scores import Outcome
    from linter.findings import Finding
    from linter.source import Source

_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*(?=\s|$|<)|\n\s*\n|</?(?:p|li|td|tr|h\d)\b")
_REACH = 1500
"""How far back a sentence is looked for."""
_EITHER = {"efficacy", "vague"}


@dataclass(frozen=True)
class Label:
    """What an editor marked. ``key`` is the drug of an off-label use."""

    family: str
    line: int
    quote: str
    must: bool = True
    key: str = ""
    why: str = ""


@dataclass(frozen=True)
class Placed:
    """A label, and where its quote and its unit stand in the source."""

    label: Label
    quote: tuple[int, int]
    unit: tuple[int, int]

    @property
    def name(self) -> tuple[str, object]:
        """What labels of the same unit share."""
        label = self.label
        return label.family, label.key.lower() if label.family == "off-label" else self.unit

    def touches(self, start: int, end: int) -> bool:
        """Whether a place overlaps the unit."""
        return start < self.unit[1] and end > self.unit[0]


def read_labels(path: Path) -> list[Label]:
    """The labels in a file of JSON lines."""
    return [Label(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def place(source: Source, label: Label) -> Placed:
    """Where a label stands. A quote that its line does not hold stands for the line's beginning."""
    text, starts = source.text, source.line_starts
    first = source.offset(label.line, 1)
    start = text.find(label.quote, first, starts[label.line] if label.line < len(starts) else len(text))
    start = first if start < 0 else start
    quote = start, start + len(label.quote)
    return Placed(label, quote, _block(text, start) if label.family == "dose" else _sentence(text, *quote))


def _block(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n\n", at)
    return max(text.rfind("\n\n", 0, at), 0), len(text) if end < 0 else end


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = 0
    for match in _SENTENCE_END.finditer(text, max(0, start - _REACH), start):
        first = match.end()
    last = _SENTENCE_END.search(text, end - 1)
    return first, last.end() if last else len(text)


def judge(source: Source, labels: Sequence[Label], findings: Iterable[Finding], half: str = "") -> Judged:
    """One draft's findings, judged."""
    placed = [place(source, label) for label in labels]
    judged = Judged(half)
    found: set[tuple[str, object]] = set()
    for finding in shown(findings):
        outcome, units = _outcome(finding, span(source, finding), placed)
        found |= units
        family = family_of(finding.rule)
        judged.verdicts.append(Verdict(finding.rule, finding.confidence, outcome))
        judged.scores[family] += Score(false=outcome == "false", neutral=outcome == "neutral")
        if outcome == "false":
            where, text = f"{source.path}:{finding.line}", context(source.text, *span(source, finding))
            judged.cases.append(Case("fp", family, half, where, f"{finding.rule} ({finding.confidence}): {text}"))
    certain = {one.name: one for one in reversed(placed) if one.label.must}
    for name, one in sorted(certain.items(), key=lambda item: item[1].quote):
        label = one.label
        judged.scores[label.family] += Score(hit=name in found, miss=name not in found)
        if name not in found:
            key = f"{label.key}: " if label.key else ""
            text = f"{key}{context(source.text, *one.quote)} ({label.why})"
            judged.cases.append(Case("fn", label.family, half, f"{source.path}:{label.line}", text))
    return judged


def _outcome(
    finding: Finding, where: tuple[int, int], placed: Iterable[Placed]
) -> tuple[Outcome, set[tuple[str, object]]]:
    """What a finding is, and the names of the units that it finds."""
    family = family_of(finding.rule)
    own: list[Placed] = []
    other = False
    for one in placed:
        label = one.label
        if label.family == family:
            if one.touches(*where) or (family == "off-label" and names(finding, label.key)):
                own.append(one)
        elif {label.family, family} == _EITHER:
            other = other or one.touches(*where)
    if own:
        return "hit" if any(one.label.must for one in own) else "neutral", {one.name for one in own}
    return "neutral" if other else "false", set()


def sources(folder: Path) -> Iterator[Source]:
    """The drafts of a folder, each under its bare name."""
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES:
            yield decode(path.read_bytes(), path.name)


def judge_folder(
    drafts: Iterable[Source],
    labels: Path,
    findings: Mapping[str, Sequence[Finding]],
    half_of: Callable[[str], str] = lambda _: "",
) -> list[Judged]:
    """Drafts, judged by the labels in a folder (``<id>.jsonl`` for ``<id>.md``); a draft with no such file is none.

    ``findings`` are those of each draft, by its name. ``half_of`` tells the half of an id.
    """
    judged = []
    for source in drafts:
        identifier = source.path.rpartition(".")[0]
        path = labels / f"{identifier}.jsonl"
        if path.is_file():
            judged.append(judge(source, read_labels(path), findings.get(source.path, ()), half_of(identifier)))
    return judged


def odd_and_even(identifier: str) -> str:
    """The half of a draft that has a number: odd ones are for tuning."""
    return HALVES[(int(re.sub(r"\D", "", identifier)) + 1) % 2]


def halves_by_site(table: Path, labels: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The half of each draft, and the sites of each half, of which no site is in both.

    ``table`` says in its first two columns where each draft comes from. The site with the most certain labels comes
    first; each goes to the half that has fewer of them so far.
    """
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines()[1:] if line.strip())
    site_of = {row[0]: row[1] for row in rows if (labels / f"{row[0]}.jsonl").is_file()}
    weight: Counter[str] = Counter(dict.fromkeys(site_of.values(), 0))
    for identifier, site in site_of.items():
        weight[site] += sum(label.must for label in read_labels(labels / f"{identifier}.jsonl"))
    sites: dict[str, list[str]] = defaultdict(list)
    for site in sorted(weight, key=lambda site: (-weight[site], site)):
        half = min(HALVES, key=lambda half: sum(weight[other] for other in sites[half]))
        sites[half].append(site)
    half_of = {site: half for half in HALVES for site in sites[half]}
    return {identifier: half_of[site] for identifier, site in site_of.items()}, {h: sorted(sites[h]) for h in HALVES}
