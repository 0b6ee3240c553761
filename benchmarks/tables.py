"""Scores as tables, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.scores import HALVES, family_of, share

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from benchmarks.scores import Bench, Score


def family_table(bench: Bench, family: str | None = None) -> list[str]:
    """Precision, recall, F1 and counts of each family, of all drafts and of both halves if there are two."""
    halves = [half for half in HALVES if bench.size(half)]
    whole = bench.scores("all", family)
    parts = [bench.scores(half, family) for half in halves]
    top = f"{'':15}{'all':^35}"
    head = f"{'family':15}{'P':>5}{'R':>6}{'F1':>6}{'hit':>5}{'miss':>5}{'fp':>4}{'~':>4}"
    for half in halves:
        top += f"{f'{half} ({bench.size(half)})':^31}"
        head += f"{'P':>6}{'R':>6}{'F1':>6}{'hit':>5}{'miss':>5}{'fp':>4}"
    lines = [f"{bench.title} ({bench.size()})", *bench.halves, *([top.rstrip()] if halves else []), head]
    for name, score in whole.items():
        row = f"{name:15}{_rates(score)[1:]}{_counts(score)}{score.neutral:4d}"
        for scores in parts:
            part = scores.get(name)
            row += f"{_rates(part)}{_counts(part)}" if part else ""
        lines.append(row.rstrip())
    return lines


def _rates(score: Score) -> str:
    return "".join(f"{_rate(rate):>6}" for rate in (score.precision, score.recall, score.f1))


def _counts(score: Score) -> str:
    return f"{score.hit:5d}{score.miss:5d}{score.false:4d}"


def _rate(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.3f}"


def finding_table(benches: Sequence[Bench], family: str | None = None) -> list[str]:
    """How many findings of each rule and of each confidence are hits, false or neutral, and the share right."""
    rules = [bench.findings("rule", family=family) for bench in benches]
    levels = [bench.findings("confidence", family=family) for bench in benches]
    top = f"{'findings':32}" + "".join(f"{bench.name:^21}" for bench in benches)
    head = f"{'rule':32}" + f"{'hit':>5}{'fp':>4}{'~':>5}{'right':>6} " * len(benches)
    lines = [top.rstrip(), head.rstrip()]
    lines += [_finding_row(rule, rules) for rule in sorted({rule for counts in rules for rule in counts})]
    lines.append("confidence")
    lines += [_finding_row(level, levels) for level in ("high", "medium")]
    return lines


def _finding_row(name: str, columns: Sequence[dict[str, Counter[str]]]) -> str:
    row = f"{name:32}"
    for column in columns:
        counts = column.get(name)
        if counts is None:
            row += f"{'':21}"
            continue
        right = _rate(share(counts["hit"], counts["false"]))
        row += f"{counts['hit']:5d}{counts['false']:4d}{counts['neutral']:5d}{right:>6} "
    return row.rstrip()


def to_json(bench: Bench, family: str | None = None) -> dict[str, Any]:
    """All that the tables of a set show."""
    halves = ["all", *(half for half in HALVES if bench.size(half))]
    return {"name": bench.name, "title": bench.title, "halves": bench.halves} | {
        half: {
            "drafts": bench.size(half),
            "families": {name: _score(score) for name, score in bench.scores(half, family).items()},
            "rules": _findings(bench.findings("rule", half, family)),
            "confidence": _findings(bench.findings("confidence", half, family)),
        }
        for half in halves
    }


def _score(score: Score) -> dict[str, Any]:
    rates = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return rates | {"hit": score.hit, "miss": score.miss, "false": score.false, "neutral": score.neutral}


def _findings(counts: dict[str, Counter[str]]) -> dict[str, Any]:
    return {
        name: {outcome: count[outcome] for outcome in ("hit", "false", "neutral")}
        | {"right": share(count["hit"], count["false"])}
        | ({"family": family_of(name)} if "/" in name else {})
        for name, count in sorted(counts.items())
    }
