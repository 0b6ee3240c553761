"""Where reports go: ``--output FORMAT[:FILE]``, several of them in one run, and the format when none is asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli.output import require_utf8, wants_colour, width
from linter.errors import CaveatError
from linter.reporters import FORMATS, MACHINE_FORMATS, Options, get_reporter

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from linter.cli.options import Arguments
    from linter.engine.rules import Rule
    from linter.reporters import Checked, Reporter, Summary

FILE_WIDTH = 100
"""The columns of a text report that goes to a file."""


def add_output_options(group: Arguments) -> None:
    """``--format`` and ``--output``."""
    group.add_argument("--format", choices=FORMATS,
                       help="how findings are shown on standard output (default: github in GitHub Actions, text on a "
                       "terminal, concise in a pipe)")  # fmt: skip
    group.add_argument("--output", action="append", default=[], metavar="FORMAT[:FILE]",
                       help="write a report in a format to a file, or to standard output; may be repeated")  # fmt: skip


def default_format() -> str:
    """The format that suits whoever reads standard output."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "text" if sys.stdout.isatty() else "concise"


def outputs(options: argparse.Namespace, configured: str) -> list[tuple[str, str]]:
    """(format, file) for each report; an empty file is standard output.

    Raises:
        CaveatError: for a format that does not exist, or two reports that would go to the same place.

    """
    chosen: list[tuple[str, str]] = [(options.format, "")] if options.format else []
    for value in options.output:
        name, colon, file = value.partition(":")
        if name not in FORMATS:
            raise CaveatError(f"--output {value}: no format is called {name!r}; there are {', '.join(FORMATS)}")
        if colon and not file:
            raise CaveatError(f"--output {value}: the name of the file is missing")
        if (name, file) not in chosen:
            chosen.append((name, file))
    chosen = chosen or [(configured or default_format(), "")]
    places = [os.path.abspath(file) if file else "" for _, file in chosen]  # noqa: PTH100
    for place in places:
        if places.count(place) > 1:
            where = f"the file {place}" if place else "standard output"
            raise CaveatError(f"two reports cannot both go to {where}")
    return chosen


class Outputs:
    """All reports of a run, as one reporter."""

    def __init__(
        self,
        chosen: Sequence[tuple[str, str]],
        options: argparse.Namespace,
        write: Callable[[str], None],
        rules: Callable[[], Mapping[str, Rule]],
    ) -> None:
        self.stdout = next((name for name, file in chosen if not file), "")
        """The format on standard output, or nothing."""
        self.reporters: list[Reporter] = []
        self.files: list[tuple[str, list[str]]] = []
        if self.stdout in MACHINE_FORMATS:
            require_utf8()
        for name, file in chosen:
            if file:
                parts: list[str] = []
                self.files.append((file, parts))
                how = Options(parts.append, FILE_WIDTH, False, options.quiet, options.statistics, rules)
            else:
                how = Options(write, width(), wants_colour(options.color), options.quiet, options.statistics, rules)
            self.reporters.append(get_reporter(name, how))

    def file(self, checked: Checked) -> None:
        """Report the findings of one draft."""
        for reporter in self.reporters:
            reporter.file(checked)

    def finish(self, summary: Summary) -> None:
        """Close all reports and write the files.

        Raises:
            CaveatError: when a file cannot be written.

        """
        for reporter in self.reporters:
            reporter.finish(summary)
        for file, parts in self.files:
            _written(file, "".join(parts))


def _written(file: str, text: str) -> None:
    try:
        write_file(Path(file), text)
    except OSError as error:
        raise CaveatError(f"{file}: cannot be written: {error.strerror}") from error


def write_file(path: Path, text: str) -> None:
    """Write a report, as a whole or not at all: no reader meets half of it."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all."""
    if path.exists() and not path.is_file():  # a device or a pipe is written to, never replaced
        path.write_bytes(data)
        return
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    target = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(data)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
