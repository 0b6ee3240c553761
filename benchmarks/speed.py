"""``make bench``: throughput of each stage and of the whole pipeline, and what one draft costs as a whole process."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import SEED, blocks, make_draft, write_corpus
from linter.annotate import annotate
from linter.api import lint_source
from linter.engine.rulebook import load_book
from linter.engine.run import run_rules
from linter.readers import format_of, read
from linter.source import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from linter.annotate.annotations import Annotations

MEGABYTE = 1_000_000


def best(function: Callable[..., object], rounds: int, prepare: Callable[[], object] | None = None) -> float:
    """The shortest of some runs, in seconds: the one that the machine disturbed least.

    What ``prepare`` returns is made anew before each run, outside its time, and handed to ``function``.
    """
    times = []
    for _ in range(rounds):
        arguments = () if prepare is None else (prepare(),)
        start = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - start)
    return min(times)


def throughput(paths: list[Path], rounds: int) -> None:
    """Print megabytes a second, of each stage and of all together."""
    book = load_book()
    data = [(path.read_bytes(), path.name) for path in paths]
    size = sum(len(content) for content, _ in data)
    sources = [decode(content, name) for content, name in data]
    documents = [read(source, format_of(source.path)) for source in sources]
    findings = sum(len(lint_source(source, book)) for source in sources)

    def annotate_all() -> list[Annotations]:
        return [annotate(document, book.lexicon) for document in documents]

    # Annotations remember each layer that a rule asked for, so that the rules need fresh ones in every round.
    stages: list[tuple[str, Callable[..., object], Callable[[], object] | None]] = [
        ("decode", lambda: [decode(content, name) for content, name in data], None),
        ("read", lambda: [read(source, format_of(source.path)) for source in sources], None),
        ("annotate", annotate_all, None),
        ("rules", lambda annotated: [run_rules(annotations, book) for annotations in annotated], annotate_all),
        ("whole", lambda: [lint_source(decode(content, name), book) for content, name in data], None),
    ]
    print(f"corpus: {size / MEGABYTE:.2f} MB of Markdown in {len(paths)} drafts, {findings} findings")
    print(f"{'stage':12}{'seconds':>9}{'MB/s':>9}")
    for name, function, prepare in stages:
        seconds = best(function, rounds, prepare)
        print(f"{name:12}{seconds:9.3f}{size / MEGABYTE / seconds:9.2f}")


def start_up(rounds: int) -> None:
    """Print the time of a whole process on one 5 KB draft, beside that of a Python that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "draft.md")
        draft.write_text(make_draft(random.Random(SEED), blocks(), 5000), "utf-8")  # noqa: S311
        cache = Path(folder, "cache")
        environment = {**os.environ, "CAVEAT_CACHE_DIR": str(cache)}
        command = [sys.executable, "-m", "linter", "--isolated", "--exit-zero", "--format", "concise", str(draft)]

        def process(arguments: list[str]) -> float:
            start = time.perf_counter()
            subprocess.run(arguments, check=True, env=environment, stdout=subprocess.DEVNULL)
            return time.perf_counter() - start

        def cold() -> float:
            shutil.rmtree(cache, ignore_errors=True)
            return process(command)

        bare = statistics.median(process([sys.executable, "-c", "pass"]) for _ in range(rounds))
        colds = statistics.median(cold() for _ in range(max(rounds // 5, 2)))
        process(command)
        unchanged = statistics.median(process(command) for _ in range(rounds))
        changed = statistics.median(process([*command, "--no-cache"]) for _ in range(rounds))
    print(f"\none draft of 5 KB, whole process (median of {rounds})")
    print("unchanged: its findings are cached; changed: the rule book is; cold: nothing is")
    print(f"{'':12}{'ms':>9}{'ratio':>9}")
    for name, seconds in (("python -c", bare), ("unchanged", unchanged), ("changed", changed), ("cold", colds)):
        print(f"{name:12}{seconds * 1000:9.0f}{seconds / bare:9.1f}")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--starts", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        throughput(write_corpus(Path(folder), int(options.megabytes * MEGABYTE)), options.rounds)
    start_up(options.starts)


if __name__ == "__main__":
    main()
