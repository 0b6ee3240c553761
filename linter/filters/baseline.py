"""The baseline: findings that are known, so that a run reports what is new.

An entry stands for a rule and a sentence of a draft, white space folded, and says how often. So it survives edits
elsewhere and other line breaks; a sentence that was changed is a new one. A draft that was moved keeps its entries. The
file is only ever read by a check; it is written as a whole, and renamed.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linter.errors import DataFileError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from linter.findings import Finding

NAME = ".caveat-baseline.json"
VERSION = 1
SHOWN = 80
"""How many characters of a finding an entry shows to whoever reads the file."""

Entries = dict[tuple[str, str], int]
"""(rule, key of the sentence) and how often it is known."""


class Baseline:
    """A baseline file, and what a run has seen of it."""

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)  # noqa: PTH100
        self.folder = os.path.dirname(self.path)  # noqa: PTH120
        self.entries: dict[str, Entries] = {}
        self.excerpts: dict[tuple[str, str, str], str] = {}
        self.unused: dict[str, Entries] = {}  # of the drafts that were checked
        self.moved: dict[str, str] = {}  # where the drafts went that are no longer there
        self.gone: set[str] | None = None

    @classmethod
    def load(cls, path: str) -> Baseline:
        """Read a baseline.

        Raises:
            DataFileError: when it is none.

        """
        baseline = cls(path)
        shown = os.path.relpath(path).replace(os.sep, "/")
        try:
            data = json.loads(Path(path).read_bytes())
            version = data["version"]
            for name, entries in data["files"].items() if version == VERSION else ():
                baseline.entries[name] = {}
                for entry in entries:
                    key = (str(entry["rule"]), str(entry["key"]))
                    baseline.entries[name][key] = int(entry["count"])
                    baseline.excerpts[name, key[0], key[1]] = str(entry.get("excerpt", ""))
        except OSError as error:
            raise DataFileError([Problem(shown, 0, 0, f"cannot be read: {error.strerror}")]) from error
        except json.JSONDecodeError as error:
            problem = Problem(shown, error.lineno, error.colno, f"is no baseline: {error.msg}")
            raise DataFileError([problem]) from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            message = "is no baseline that caveat wrote; write it anew with --write-baseline"
            raise DataFileError([Problem(shown, 0, 0, message)]) from error
        if version != VERSION:
            message = f"is a baseline of version {version}; this caveat reads {VERSION}"
            raise DataFileError([Problem(shown, 0, 0, message)])
        return baseline

    def name(self, path: str) -> str:
        """The name of a draft in the file: from the file's folder, with ``/``."""
        return os.path.relpath(os.path.abspath(path), self.folder).replace(os.sep, "/")  # noqa: PTH100

    def new(self, path: str, findings: Sequence[Finding]) -> list[Finding]:
        """The findings of a draft that are not known."""
        name = self.name(path)
        if name not in self.entries and findings:
            name = self._moved_from(name, findings)
        left = dict(self.entries.get(name, {}))
        fresh = []
        for finding in findings:
            key = (finding.rule, finding.key)
            if left.get(key, 0) > 0:
                left[key] -= 1
            else:
                fresh.append(finding)
        self.unused[name] = {key: count for key, count in left.items() if count}
        return fresh

    def _moved_from(self, name: str, findings: Sequence[Finding]) -> str:
        """The draft that a new one was, if most of what is flagged in it was known of one that is no longer there."""
        if self.gone is None:
            self.gone = {old for old in self.entries if not self._exists(old)}
        here = Counter((finding.rule, finding.key) for finding in findings)
        best, shared = name, 0
        for old in sorted(self.gone):
            common = sum(min(count, here[key]) for key, count in self.entries[old].items())
            if common > shared:
                best, shared = old, common
        if best != name:
            self.gone.discard(best)
            self.moved[best] = name
        return best

    def stale(self, walked: Iterable[str]) -> int:
        """How many entries matched nothing: in the drafts that were checked, and in those gone from walked folders."""
        count = sum(sum(entries.values()) for entries in self.unused.values())
        return count + sum(sum(self.entries[name].values()) for name in self._vanished(walked))

    def _vanished(self, walked: Iterable[str]) -> list[str]:
        tops = [self.name(folder) for folder in walked]
        return [
            name
            for name in self.entries
            if name not in self.unused
            and any(top == "." or name.startswith(f"{top}/") for top in tops)
            and not self._exists(name)
        ]

    def _exists(self, name: str) -> bool:
        return (Path(self.folder) / name).exists()

    def prune(self, walked: Iterable[str]) -> int:
        """Take out what matched nothing, and write the file; how many entries went."""
        count = self.stale(walked)
        for name in self._vanished(walked):
            del self.entries[name]
        for name, unused in self.unused.items():
            kept = {key: number - unused.get(key, 0) for key, number in self.entries.get(name, {}).items()}
            self.entries[name] = {key: number for key, number in kept.items() if number > 0}
        for old, name in self.moved.items():
            self.entries[name] = self.entries.pop(old)
            self.excerpts.update({(name, *key): self.excerpts.get((old, *key), "") for key in self.entries[name]})
        self.save()
        return count

    def learn(self, path: str, findings: Sequence[Finding]) -> None:
        """Make the findings of a draft the known ones."""
        name = self.name(path)
        counts = Counter((finding.rule, finding.key) for finding in findings)
        self.entries[name] = dict(counts)
        for finding in findings:
            excerpt = " ".join(finding.excerpt.split())
            shown = excerpt if len(excerpt) <= SHOWN else excerpt[: SHOWN - 1] + "…"
            self.excerpts.setdefault((name, finding.rule, finding.key), shown)

    def forget_gone(self) -> None:
        """Take out the drafts that are no longer there."""
        for name in list(self.entries):
            if not self._exists(name):
                del self.entries[name]

    def save(self) -> None:
        """Write the file, sorted, an entry a line so that versions of it can be compared.

        Raises:
            OSError: when it cannot be written.

        """
        from linter.cli.outputs import write_file

        files = {name: self._written(name, entries) for name, entries in sorted(self.entries.items()) if entries}
        parts = [f"    {_quoted(name)}: [\n      {lines}\n    ]" for name, lines in files.items()]
        body = "{\n" + ",\n".join(parts) + "\n  }" if parts else "{}"
        write_file(Path(self.path), f'{{\n  "version": {VERSION},\n  "files": {body}\n}}\n')

    def _written(self, name: str, entries: Mapping[tuple[str, str], int]) -> str:
        rows: list[dict[str, Any]] = [
            {"rule": rule, "key": key, "count": count, "excerpt": self.excerpts.get((name, rule, key), "")}
            for (rule, key), count in sorted(entries.items())
        ]
        return ",\n      ".join(map(_quoted, rows))


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
