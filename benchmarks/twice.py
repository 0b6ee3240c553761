"""``python -m benchmarks.twice``: two runs over the same drafts, the second from the cache; times, ratio and memory."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import SEED, blocks, make_draft

MEMORY = (
    "import resource, sys\n"
    "from linter.cli import main\n"
    "main(sys.argv[1:])\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
)


def timed(folder: Path, *options: str) -> tuple[float, int, str]:
    """Seconds, megabytes at the most, and the report of one run."""
    environment = {**os.environ, "CAVEAT_CACHE_DIR": str(folder.parent / "cache"), "PYTHONPATH": str(Path.cwd())}
    fixed = ["--isolated", "--quiet", "--exit-zero", "--format", "concise"]
    command = [sys.executable, "-c", MEMORY, *fixed, *options, "."]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(done.stderr.split()[-1]) // 1024, done.stdout


def main() -> None:
    """Make the drafts, lint them twice, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--size", type=int, default=5000, help="characters of a draft")
    parser.add_argument("--jobs", default="1")
    options = parser.parse_args()
    for count in options.drafts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "drafts"
            generator = random.Random(SEED)  # noqa: S311 - the same drafts each time
            material = blocks()
            for number in range(count):
                path = folder / f"{number % 100:02}" / f"{number:05}.md"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(make_draft(generator, material, options.size), "utf-8")
            first, first_memory, report = timed(folder, "--jobs", options.jobs)
            second, second_memory, again = timed(folder, "--jobs", options.jobs)
            found = report.count("\n")
            print(
                f"{count} drafts, {found} findings: {first:.1f} s, then {second:.1f} s "
                f"({first / second:.0f} times as fast); {first_memory} MB, then {second_memory} MB; "
                f"the same report: {'yes' if report == again else 'no'}",
                flush=True,
            )


if __name__ == "__main__":
    main()
