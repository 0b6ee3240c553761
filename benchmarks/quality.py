"""``make quality``: precision and recall on labelled drafts, when they are there, and on the challenge set.

The labelled drafts are other people's articles and no part of the project; their folder holds the scorer as well.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import challenge

CHALLENGE = Path(__file__).resolve().parent.parent / "tests" / "challenge"


def labelled(folder: Path, extra: list[str]) -> int:
    """Print the score on the drafts of a folder; the exit code of what failed, or 0."""
    if not (folder / "score.py").is_file():
        print(f"no labelled drafts in {folder}: nothing to score there")
        return 0
    with tempfile.TemporaryDirectory() as work:
        findings = Path(work, "findings.json")
        for name in ("drafts", "seeds"):
            labels = folder / "labels" / name
            if not labels.is_dir():
                continue
            with findings.open("wb") as file:
                options = ["--isolated", "--format", "json", "--exit-zero", str(folder / name)]
                code = subprocess.run([sys.executable, "-m", "linter", *options], stdout=file, check=False).returncode
            if code:
                return code
            print(f"labelled {name}", flush=True)
            score = [sys.executable, str(folder / "score.py"), str(folder / name), str(labels), str(findings), *extra]
            code = subprocess.run(score, check=False).returncode
            if code:
                return code
            print()
    return 0


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of labelled drafts; need not exist")
    parser.add_argument("--show", choices=("fp", "fn"), help="also print the false alarms, or what was missed")
    parser.add_argument("--family", help="of this family only")
    parser.add_argument("--only", choices=("labelled", "challenge"), help="print one of the tables")
    options = parser.parse_args()
    extra = ["--show", options.show] if options.show else []
    extra += ["--family", options.family] if options.family else []
    code = 0
    if options.only != "challenge":
        code = labelled(options.folder, extra)
    if options.only != "labelled":
        result = challenge.run(CHALLENGE)
        for kind, family, line in result.wrong:
            if kind == options.show and options.family in (None, family):
                print(line)
        print("challenge set")
        print("\n".join(challenge.table(result)))
    return code


if __name__ == "__main__":
    sys.exit(main())
