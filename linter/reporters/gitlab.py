"""GitLab's Code Quality report."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from linter.reporters import UNREADABLE
from linter.reporters.escape import json_text, one_line
from linter.reporters.places import shown_path

if TYPE_CHECKING:
    from linter.reporters import Checked, Options, Summary

SEVERITIES = {"error": "critical", "warning": "major", "info": "info"}


class Reporter:
    """Collects all findings and prints one list."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.issues: list[dict[str, Any]] = []
        self.used: set[str] = set()

    def file(self, checked: Checked) -> None:
        """Keep the findings of one draft."""
        for f in checked.findings:
            # GitLab does not show check_name, so the description names the rule.
            description = f"{f.rule}: {one_line(f.message)}"
            identity = f.fingerprint or f.message
            self._add(description, f.rule, SEVERITIES[f.severity], f.path, f.line, f.end_line, identity)

    def finish(self, summary: Summary) -> None:
        """Print the list."""
        for error in summary.errors:
            self._add(one_line(error.message), UNREADABLE, "blocker", error.path, max(error.line, 1), 0, error.message)
        self.write(json_text(self.issues, indent=2) + "\n")

    def _add(self, text: str, rule: str, severity: str, path: str, line: int, end: int, identity: str) -> None:
        name = shown_path(path)
        lines = {"begin": line, "end": end} if end else {"begin": line}
        self.issues.append({
            "description": text,
            "check_name": rule,
            "fingerprint": self._fingerprint(name, rule, identity),
            "severity": severity,
            "location": {"path": name, "lines": lines},
        })  # fmt: skip

    def _fingerprint(self, path: str, rule: str, identity: str) -> str:
        """A name that stays when lines move. GitLab keeps only the first of equal ones, so none is given twice."""
        count = 0
        while True:
            key = "\0".join((path, rule, identity, str(count)))
            name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:40]
            if name not in self.used:
                self.used.add(name)
                return name
            count += 1
