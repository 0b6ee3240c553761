"""Show how suggestions would change drafts, as a diff. Nothing is written without --write.

A suggestion is taken only when it mends its finding and brings no new one; read the diff before you keep it.
"""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from linter.cli import EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE
from linter.cli.options import add_config_options, add_exclude_options, add_selection_options, configuration
from linter.cli.output import complain
from linter.cli.outputs import write_bytes
from linter.files import STDIN, find_drafts
from linter.reporters.layout import inert, visible
from linter.source import BinaryFileError, Source, read_source

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from linter.cli.options import Configuration
    from linter.findings import Edit, Finding

    Linter = Callable[[Source], Sequence[Finding]]

MARKS = {"utf-8": b"", "utf-8-sig": b"\xef\xbb\xbf"}
"""The encodings that are written back, and what a file in them begins with."""
MOST = 500
"""How many suggestions are tried in one draft."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``caveat fix``."""
    parser.add_argument("paths", nargs="*", metavar="PATHS", default=[],
                        help="drafts and folders of drafts; default: this folder")  # fmt: skip
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--suggest", action="store_true", help="show the changes as a diff; what happens when left out")
    how.add_argument("--write", action="store_true", help="change the drafts")
    add_selection_options(parser)
    add_config_options(parser)
    add_exclude_options(parser)


def run(options: argparse.Namespace) -> int:
    """Show or make the changes; 1 when there are any that were not made."""
    configured = configuration(options)
    paths, problems = find_drafts(options.paths or ["."], configured.excluded, configured.force_excluded)
    for problem in problems:
        complain(str(problem))
    codes = {EXIT_TROUBLE} if problems else {EXIT_CLEAN}
    for path in paths:
        codes.add(_fixed(path, configured, write=options.write))
    return max(codes)


def _fixed(path: str, configured: Configuration, *, write: bool) -> int:
    """Show or make the changes of one draft; the exit code that it asks for."""
    if path == STDIN:
        complain("fix reads files, not standard input")
        return EXIT_TROUBLE
    try:
        source = read_source(path)
    except BinaryFileError:
        complain(f"{path}: looks like a binary file, not a draft")
        return EXIT_TROUBLE
    except OSError as error:
        complain(f"{path}: cannot be read: {error.strerror}")
        return EXIT_TROUBLE
    mended = mend(source, _linter(path, configured))
    if mended.text == source.text:
        return EXIT_CLEAN
    if not write:
        sys.stdout.writelines(diff(source, mended))
        return EXIT_FINDINGS
    if source.encoding not in MARKS:
        complain(f"{path}: is not UTF-8, so it is left as it is; save it as UTF-8 first")
        return EXIT_TROUBLE
    try:
        write_bytes(Path(path), MARKS[source.encoding] + mended.text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        complain(f"{path}: cannot be written: {error.strerror}")
        return EXIT_TROUBLE
    sys.stdout.write(f"changed {visible(path)}\n")
    return EXIT_CLEAN


def _linter(path: str, configured: Configuration) -> Linter:
    """A function that gives the findings of a draft as they are reported."""
    from linter.lint import lint_draft

    settings = configured.for_path(path)
    book = configured.book(settings)
    levels = configured.levels(settings)
    return lambda draft: [finding for finding in map(levels, lint_draft(draft, book).findings) if finding]


def mend(source: Source, linted: Linter) -> Source:
    """A draft with every suggestion in it that mends its finding and brings no new one."""
    findings = linted(source)
    refused: set[tuple[str, str]] = set()
    for _ in range(MOST):
        finding = next((f for f in findings if f.edit and (f.rule, f.fingerprint) not in refused), None)
        if finding is None or finding.edit is None:
            break
        tried = edited(source, finding.edit)
        after = linted(tried)
        if is_better(findings, after, finding.rule):
            source, findings = tried, after
        else:
            refused.add((finding.rule, finding.fingerprint))
    return source


def is_better(before: Sequence[Finding], after: Sequence[Finding], rule: str) -> bool:
    """Whether fewer findings of a rule are left, and no more of any other."""
    old, new = Counter(f.rule for f in before), Counter(f.rule for f in after)
    return new[rule] < old[rule] and all(count <= old[name] for name, count in new.items())


def edited(source: Source, edit: Edit) -> Source:
    """A draft with one edit made."""
    start, end = source.offset(edit.line, edit.column), source.offset(edit.end_line, edit.end_column)
    text = source.text[:start] + edit.text + source.text[end:]
    return Source.from_text(text, source.path, source.encoding, source.fallback)


def diff(old: Source, new: Source) -> list[str]:
    """A unified diff that no draft can use to steer the terminal."""
    lines = difflib.unified_diff(_lines(old.text), _lines(new.text), f"a/{old.path}", f"b/{new.path}", lineterm="")
    return [inert(visible(line).replace("\\x09", "\t")) + "\n" for line in lines]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
