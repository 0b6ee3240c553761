"""What is counted: the units of each family, the findings of each rule, and the cases behind both."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from linter.findings import Finding
    from linter.source import Source

PREFIXES = {
    "efficacy/": "efficacy",
    "dose/missing-prescriber-caveat": "dose",
    "off-label/": "off-label",
    "conflation/": "conflation",
    "citation/uncited-number": "trial-number",
    "citation/vague-attribution": "vague",
}
"""How rule ids begin, and the families of the labels."""
FAMILIES = tuple(PREFIXES.values())
HALVES = ("tuning", "check")
"""Cases are read and rules are mended for one half only; the other half tells whether that carries over."""

Outcome = Literal["hit", "false", "neutral"]
Kind = Literal["fp", "fn"]


def family_of(rule: str) -> str:
    """The family of labels that a rule is judged by; empty for a rule that none of them covers."""
    return next((family for start, family in PREFIXES.items() if rule.startswith(start)), "")


@dataclass
class Score:
    """Counts of one family: units found and missed, findings that are wrong, findings that count for neither side."""

    hit: int = 0
    miss: int = 0
    false: int = 0
    neutral: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what is flagged that is right, if anything is flagged."""
        return share(self.hit, self.false)

    @property
    def recall(self) -> float | None:
        """The share of the units that are found, if there are any."""
        return share(self.hit, self.miss)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, if there is anything to find or to be wrong about."""
        return 2 * self.hit / all_ if (all_ := 2 * self.hit + self.false + self.miss) else None

    def __iadd__(self, other: Score) -> Score:
        self.hit += other.hit
        self.miss += other.miss
        self.false += other.false
        self.neutral += other.neutral
        return self


def share(part: int, rest: int) -> float | None:
    """A part's share of a part and the rest."""
    return part / (part + rest) if part + rest else None


@dataclass(frozen=True)
class Verdict:
    """One finding, judged."""

    rule: str
    confidence: str
    outcome: Outcome

    @property
    def family(self) -> str:
        """The family of labels that it is judged by."""
        return family_of(self.rule)


@dataclass(frozen=True)
class Case:
    """A false alarm or a miss, to print."""

    kind: Kind
    family: str
    half: str
    place: str
    text: str

    def __str__(self) -> str:
        half = f" [{self.half}]" if self.half else ""
        return f"{self.kind.upper()} {self.family} {self.place}{half} {self.text}"


@dataclass
class Judged:
    """One draft, judged."""

    half: str
    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    verdicts: list[Verdict] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


@dataclass
class Bench:
    """A set of judged drafts. ``halves`` says what the halves are, in lines."""

    name: str
    title: str
    halves: tuple[str, ...]
    drafts: list[Judged]

    def scores(self, half: str = "all", family: str | None = None) -> dict[str, Score]:
        """The scores of the families, of their parts (``family/part``), and of ``all`` families together."""
        found: dict[str, Score] = defaultdict(Score)
        for draft in self._half(half):
            for name, score in draft.scores.items():
                found[name] += score
        names = sorted({*FAMILIES, *found}, key=lambda name: (FAMILIES.index(name.partition("/")[0]), name))
        scores = {name: found[name] for name in names if family in (None, name.partition("/")[0])}
        if family is None:
            total = Score()
            for name in FAMILIES:
                total += found[name]
            scores["all"] = total
        return scores

    def findings(self, by: str, half: str = "all", family: str | None = None) -> dict[str, Counter[str]]:
        """How many findings had which outcome, by ``rule`` or ``confidence``."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for draft in self._half(half):
            for verdict in draft.verdicts:
                if family in (None, verdict.family):
                    found[getattr(verdict, by)][verdict.outcome] += 1
        return dict(found)

    def cases(self, kind: str, half: str = "all", family: str | None = None) -> Iterator[Case]:
        """The false alarms, or what was missed."""
        for draft in self._half(half):
            yield from (case for case in draft.cases if case.kind == kind and family in (None, case.family))

    def size(self, half: str = "all") -> int:
        """How many drafts there are."""
        return len(self._half(half))

    def _half(self, half: str) -> list[Judged]:
        return [draft for draft in self.drafts if half in ("all", draft.half)]


def shown(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that the command reports when nothing is configured, and that some family of labels covers."""
    return [finding for finding in findings if finding.confidence != "low" and family_of(finding.rule)]


def span(source: Source, finding: Finding) -> tuple[int, int]:
    """A finding's place in the source, which is never empty."""
    start = source.offset(finding.line, finding.column)
    return start, max(source.offset(finding.end_line, finding.end_column), start + 1)


def context(text: str, start: int, end: int, around: int = 90) -> str:
    """A place in a text on one line, marked, with what stands before and after it."""
    before, after = text[max(start - around, 0) : start], text[end : end + around]
    lead = "…" if start > around else ""
    trail = "…" if end + around < len(text) else ""
    return " ".join(f"{lead}{before}«{text[start:end]}»{after}{trail}".split())


def names(finding: Finding, key: str) -> bool:
    """Whether a finding is about a drug, by what it captured or says."""
    words = " ".join((*map(str, finding.captures.values()), finding.message, finding.excerpt))
    return bool(key) and key.lower() in words.lower()
