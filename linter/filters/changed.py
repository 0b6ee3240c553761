"""Changed lines only: what git says was touched since a revision, and the findings that this concerns."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linter.errors import CaveatError
from linter.filters.directives import BlockPlaces

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from linter.document import Document
    from linter.findings import Finding

_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\(?:([0-7]{3})|(.))")
_SIGNS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


@dataclass(slots=True)
class Change:
    """What happened to one file: its name before (empty for a new one) and the line ranges touched, first and last.

    Where lines were only taken away the range runs from the line before to the line after: ``(9, 10)``.
    """

    old: str = ""
    lines: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)

    def touches(self, first: int, last: int) -> bool:
        """Whether anything from one line to another was changed. Lines taken away count when they stood between."""
        return (
            not self.old
            or any(start <= last and first <= end for start, end in self.lines)
            or any(first <= gap < last for gap in self.gaps)
        )


class Changes:
    """What was changed in the repository of a folder since a revision, or what is staged.

    Raises:
        CaveatError: when git cannot say.

    """

    def __init__(self, revision: str = "", *, staged: bool = False, folder: str = ".") -> None:
        self.folder = folder
        self.revision = revision or "HEAD"
        self.staged = staged
        if self.revision.startswith("-"):  # git would take it for an option
            raise CaveatError(f"--diff {self.revision}: that is no revision")
        self.root = os.fsdecode(self._git("rev-parse", "--show-toplevel")).rstrip("\n")
        # Before the first commit everything is new; git diff --cached knows that by itself.
        against = [self.revision] if not staged or self._has(self.revision) else []
        cached = ["--cached"] if staged else []
        diff = self._git("-c", "core.quotePath=true", "diff", "--unified=0", "-M", "--no-color", "--no-ext-diff",
                         "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", *cached, *against, "--")  # fmt: skip
        self.files = _parsed(diff)
        if not staged:
            names = self._git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
            self.files.update({os.fsdecode(name): Change() for name in names.split(b"\0") if name})

    def change(self, path: str) -> Change | None:
        """What happened to a file, or nothing when it is as it was."""
        return self.files.get(self._name(path))

    def data(self, path: str) -> bytes:
        """The bytes that are to be linted: of the file, or of what is staged of it."""
        return self._git("cat-file", "blob", f":{self._name(path)}")

    def old_data(self, change: Change) -> bytes | None:
        """The bytes that a file had before, or nothing when it is new."""
        return self._git("cat-file", "blob", f"{self.revision}:{change.old}") if change.old else None

    def _name(self, path: str) -> str:
        return os.path.relpath(os.path.realpath(path), os.path.realpath(self.root)).replace(os.sep, "/")

    def _has(self, revision: str) -> bool:
        try:
            self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        except CaveatError:
            return False
        return True

    def _git(self, *arguments: str) -> bytes:
        command = ["git", "-C", self.folder, *arguments]
        try:
            done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
        except OSError as error:
            raise CaveatError(f"git cannot be run: {error.strerror}") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0] or f"exit code {done.returncode}"
            raise CaveatError(f"git cannot tell what was changed since {self.revision}: {said}")
        return done.stdout


def _parsed(diff: bytes) -> dict[str, Change]:
    """The files of a diff. Content lines begin with +, - or a backslash, and count down what their hunk announced."""
    files: dict[str, Change] = {}
    old = new = ""
    change = Change()
    skip = 0
    for raw in diff.split(b"\n"):
        if skip and raw[:1] in (b"+", b"-"):
            skip -= 1
            continue
        if raw.startswith(b"diff --git "):
            old = new = ""
            change = Change()
        elif raw.startswith(b"rename from "):
            old = _path(raw[12:], b"")
        elif raw.startswith(b"rename to "):
            new = _path(raw[10:], b"")
            files[new] = change = Change(old)
        elif raw.startswith(b"--- "):
            old = old or _path(raw[4:], b"a/")
        elif raw.startswith(b"+++ "):
            new = new or _path(raw[4:], b"b/")
            if new:
                files[new] = change
                change.old = old
        elif raw.startswith(b"@@ "):
            skip = _hunk(raw.decode("ascii", "replace"), change)
    return files


def _hunk(header: str, change: Change) -> int:
    match = _HUNK.match(header)
    if match is None:
        return 0
    start, count = int(match[1]), int(match[2] or 1)
    if count:
        change.lines.append((start, start + count - 1))
    else:
        change.gaps.append(start)
    before = re.match(r"@@ -\d+(?:,(\d+))?", header)
    return count + (int(before[1] or 1) if before else 0)


def _path(raw: bytes, prefix: bytes) -> str:
    """A name as git writes it: in quotes with escapes, where it is not plain; empty for no file."""
    name = raw.rstrip(b"\t")
    if name == b"/dev/null":
        return ""
    if name.startswith(b'"') and name.endswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return os.fsdecode(name.removeprefix(prefix))


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8)]) if match[1] else _SIGNS.get(match[2], match[2])


def concerned(
    document: Document, findings: Sequence[Finding], change: Change, before: Collection[str]
) -> list[Finding]:
    """The findings whose block was touched, and those that the draft did not have before.

    ``before`` are the fingerprints of the findings that it had.
    """
    places = BlockPlaces(document)
    kept = []
    for finding in findings:
        block = places.block_of(finding)
        first, last = places.lines(block) if block >= 0 else (finding.line, finding.end_line)
        if finding.fingerprint not in before or change.touches(first, max(last, finding.end_line)):
            kept.append(finding)
    return kept
