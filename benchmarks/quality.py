"""``make quality``: precision and recall on labelled articles and on the challenge sets, in halves.

The shared drafts are other people's articles and no part of the project: they count when their folder is there.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import challenge
from benchmarks.labels import halves_by_site, judge_folder, odd_and_even, sources
from benchmarks.scores import FAMILIES, HALVES, Bench
from benchmarks.tables import family_table, finding_table, to_json
from linter.api import lint_source
from linter.engine.rulebook import load_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.scores import Judged
    from linter.engine.rulebook import RuleBook

TESTS = Path(__file__).resolve().parent.parent / "tests"


def labelled(folder: Path, labels: Path, book: RuleBook, half_of: Callable[[str], str] = lambda _: "") -> list[Judged]:
    """A folder of labelled drafts, linted and judged."""
    drafts = list(sources(folder))
    findings = {source.path: lint_source(source, book) for source in drafts}
    return judge_folder(drafts, labels, findings, half_of)


def articles(book: RuleBook) -> Bench:
    """The project's own articles."""
    folder = TESTS / "articles"
    halves = ("tuning: odd ids, read while tuning; check: even ids, their misses read once, late",)
    judged = labelled(folder, folder / "labels", book, odd_and_even)
    return Bench("articles", "articles written for this project", halves, judged)


def shared(folder: Path, book: RuleBook) -> Iterator[Bench]:
    """The shared drafts, in halves by site, and the seeds."""
    labels = folder / "labels"
    half_of, sites = halves_by_site(folder / "SOURCES.tsv", labels / "drafts")
    halves = tuple(f"{half}: {', '.join(map(_owner, sites[half]))}" for half in HALVES)
    judged = labelled(folder / "drafts", labels / "drafts", book, lambda identifier: half_of.get(identifier, ""))
    yield Bench("drafts", "shared drafts, in halves by site", halves, judged)
    if (folder / "seeds").is_dir():
        yield Bench("seeds", "shared seeds", (), labelled(folder / "seeds", labels / "seeds", book))


def _owner(site: str) -> str:
    return site.partition("/")[0]


CHALLENGES = (
    ("challenge", "challenge set", ""),
    ("blind", "blind challenge set", "blind-"),
    ("oblique", "oblique challenge set", "oblique-"),
)
"""The challenge sets: name, title and what their files' names begin with."""


def set_of(name: str) -> str:
    """What a file's name begins with, of the beginnings that tell a challenge set."""
    return next((prefix for _, _, prefix in CHALLENGES if prefix and name.startswith(prefix)), "")


def challenges(book: RuleBook) -> Iterator[Bench]:
    """The challenge sets."""
    paths = sorted((TESTS / "challenge").glob("*.jsonl"))
    for name, title, prefix in CHALLENGES:
        judged = []
        for item in challenge.items(path for path in paths if set_of(path.name) == prefix):
            source = item.source
            judged.append(challenge.judge(item, source, lint_source(source, book)))
        if judged:
            yield Bench(name, title, ("tuning: odd pairs; check: even pairs",), judged)


def benches(folder: Path, only: str | None) -> Iterator[Bench]:
    """The sets that are asked for and there."""
    book = load_book()
    if only in (None, "articles"):
        yield articles(book)
    if only in (None, "labelled"):
        if (folder / "SOURCES.tsv").is_file():
            yield from shared(folder, book)
        else:
            print(f"no shared drafts in {folder}: left out", file=sys.stderr)
    if only in (None, "challenge"):
        yield from challenges(book)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of shared drafts; need not exist")
    parser.add_argument("--show", choices=("fp", "fn"), help="list the false alarms, or what was missed, in context")
    parser.add_argument("--half", choices=HALVES, default="all", help="list those of one half")
    parser.add_argument("--family", choices=FAMILIES, help="this family only")
    parser.add_argument("--only", choices=("articles", "labelled", "challenge"), help="these sets only")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    try:
        found = list(benches(options.folder, options.only))
    except (OSError, ValueError, TypeError, KeyError) as error:
        print(f"quality: cannot run: {error}", file=sys.stderr)
        return 2
    cases = [case for bench in found for case in bench.cases(options.show, options.half, options.family)]
    if options.json:
        report = {"sets": [to_json(bench, options.family) for bench in found], "cases": [vars(case) for case in cases]}
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return 0
    blocks = [[str(case) for case in cases]] if cases else []
    blocks += [family_table(bench, options.family) for bench in found]
    blocks += [finding_table(found, options.family)] if found else []
    if blocks:
        print("\n\n".join("\n".join(block) for block in blocks))
    return 0


if __name__ == "__main__":
    sys.exit(main())
