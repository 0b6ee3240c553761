"""Write a configuration for the repository at hand. A file that is there already is left as it is."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN, EXIT_TROUBLE
from linter.cli.output import complain
from linter.readers import SUFFIXES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

CONFIG = "caveat.toml"
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/caveat.yml"
UNLIKELY = {
    "vendor": "other people's text",
    "third_party": "other people's text",
    "third-party": "other people's text",
    "bower_components": "other people's text",
    "site-packages": "other people's text",
    "_site": "made by a site generator",
    "_build": "made by a site generator",
    "build": "made by a program",
    "dist": "made by a program",
    "public": "made by a site generator",
    "target": "made by a program",
    "out": "made by a program",
    "coverage": "made by a program",
    "archive": "old articles; a baseline may suit them better",
    "testdata": "not for readers",
    "fixtures": "not for readers",
    "__snapshots__": "not for readers",
}
"""Folders that are proposed for ``exclude``, and why."""
UNLIKELY_FILES = {
    "CHANGELOG.md": "names of versions, no claims",
    "CHANGES.md": "names of versions, no claims",
    "CODE_OF_CONDUCT.md": "not about health",
    "LICENSE.md": "not about health",
    "LICENSE.txt": "not about health",
    "requirements.txt": "no text",
    "robots.txt": "no text",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat init``."""
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="where to write (default: here)")
    parser.add_argument("--pre-commit", action="store_true", help=f"also write {HOOKS}")
    parser.add_argument("--workflow", action="store_true", help=f"also write {WORKFLOW}")


def run(options: argparse.Namespace) -> int:
    """Write what was asked for; 2 when a file was there already."""
    folder = Path(options.folder)
    if not folder.is_dir():
        complain(f"{folder}: no such folder")
        return EXIT_TROUBLE
    drafts, excludes = survey(str(folder))
    files = {CONFIG: configuration_text(drafts, excludes)}
    if options.pre_commit:
        files[HOOKS] = hooks_text()
    if options.workflow:
        files[WORKFLOW] = workflow_text()
    standing = _configuration_in(folder)
    code = EXIT_CLEAN
    for name, text in files.items():
        there = standing if name == CONFIG and standing else name
        try:
            _write_new(folder / there, text)
        except FileExistsError:
            complain(f"{_shown(folder, there)} is there already, and was left as it is{_by_hand(name)}")
            code = EXIT_TROUBLE
        except OSError as error:
            complain(f"{_shown(folder, there)} cannot be written: {error.strerror}")
            code = EXIT_TROUBLE
        else:
            sys.stdout.write(f"wrote {_shown(folder, there)}\n")
    total = sum(drafts.values())
    sys.stdout.write(f"{total} draft{'s' * (total != 1)} to lint{_where(drafts)}\n")
    return code


def survey(top: str) -> tuple[Counter[str], dict[str, str]]:
    """How many drafts there are of each ending, and what to exclude and why. What git ignores is not looked at."""
    from linter.files import find_drafts

    proposals: dict[str, str] = {}

    def unlikely(path: str) -> bool:
        name = path.rstrip("/").rpartition("/")[2]
        reason = UNLIKELY.get(name.lower()) if path.endswith("/") else UNLIKELY_FILES.get(name)
        if reason is None:
            return False
        inside = os.path.relpath(path, top).replace(os.sep, "/")
        proposals["/" + inside + "/" * path.endswith("/")] = reason
        return True

    paths, _ = find_drafts([top], unlikely)
    # A folder that holds no draft need not be excluded.
    useful = {
        glob: reason
        for glob, reason in proposals.items()
        if not glob.endswith("/") or find_drafts([os.path.join(top, glob.strip("/"))], lambda _: False)[0]  # noqa: PTH118
    }
    return Counter(os.path.splitext(path)[1].lower() for path in paths), useful  # noqa: PTH122


def configuration_text(drafts: Counter[str], excludes: dict[str, str]) -> str:
    """A configuration with a comment on every key."""
    return "\n".join(_lines(drafts, excludes)) + "\n"


def _lines(drafts: Counter[str], excludes: dict[str, str]) -> Iterator[str]:
    total = sum(drafts.values())
    yield "# caveat, a fact-check linter for health writing: what it reports in this repository."
    yield f"# When this file was written there were {total} drafts to lint{_where(drafts)}."
    yield "# caveat config show PATH tells what holds for a file; caveat rules lists the rules."
    yield ""
    yield "# Files and folders that are not linted, as in .gitignore. What git ignores is left out anyway."
    yield "exclude = ["
    for glob, reason in sorted(excludes.items()):
        yield f"  {_quoted(glob)}, # {reason}"
    yield "]"
    yield "# Leave them out even when a hook names them."
    yield "force-exclude = true"
    yield ""
    yield "# The least severity that fails a run: error, warning or info."
    yield 'fail-level = "warning"'
    yield ""
    yield "# Every waiver in a draft says why: <!-- caveat: ignore RULE -- reason; by: NAME; until: 2027-03-01 -->"
    yield "require-reason = true"
    yield ""
    yield "# Rules to leave out: ids, families or globs."
    yield '# ignore = ["efficacy/hype"]'
    yield ""
    yield "# Another severity for some rules: error, warning, info or off."
    yield "# [severity]"
    yield '# "citation/*" = "info"'
    yield ""
    yield "# Other settings for some files. Later tables win."
    yield "# [[per-file]]"
    yield '# files = ["stories/"]'
    yield '# ignore = ["citation"]'


def hooks_text() -> str:
    """A configuration for pre-commit, with the caveat that is installed."""
    endings = "|".join(ending[1:] for ending in SUFFIXES)
    return f"""\
# "pre-commit install" makes git run this before each commit, on the files that the commit changes.
repos:
  - repo: local
    hooks:
      - id: caveat
        name: caveat
        entry: caveat check --force-exclude
        language: system
        types: [file]
        files: \\.({endings})$
        require_serial: true
"""


def workflow_text() -> str:
    """A workflow for GitHub Actions."""
    from linter import __version__

    return f"""\
name: caveat
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  caveat:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install caveat=={__version__}
      - run: caveat --format github
"""


def _configuration_in(folder: Path) -> str:
    """The name of a configuration that stands in a folder already."""
    from linter.config import NAMES

    for name in NAMES:
        path = folder / name
        if path.is_file() and (name != "pyproject.toml" or "[tool.caveat" in path.read_text("utf-8", "replace")):
            return name
    return ""


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _by_hand(name: str) -> str:
    if name != HOOKS:
        return ""
    return ", so add this to it by hand:\n" + "\n".join(hooks_text().splitlines()[2:])


def _shown(folder: Path, name: str) -> str:
    return str(folder / name).replace(os.sep, "/")


def _where(drafts: Counter[str]) -> str:
    kinds: Sequence[tuple[str, int]] = drafts.most_common()
    return f" ({', '.join(f'{count} {suffix}' for suffix, count in kinds)})" if kinds else ""


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
