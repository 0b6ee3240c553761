"""Findings: what the rules report, in the coordinates of the source file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SEVERITIES = ("info", "warning", "error")
CONFIDENCES = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the draft's source that mends a finding: what stands between the two places gives way to ``text``.

    Lines and columns count as those of a finding do. The places are the same where something is inserted.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str

    def to_json(self) -> dict[str, Any]:
        """The documented JSON shape; keys are only ever added."""
        return {
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an editor would mend.

    ``line`` and ``column`` are 1-based, columns count code points, the end is exclusive. ``excerpt`` is the source text
    of the span. ``captures`` are named strings of the match. ``suggestion`` is a sentence that a writer may paste, or
    empty; ``edit`` says where it (or a replacement) goes, if there is a place where it is safe to put.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    severity: str
    message: str
    advice: str
    excerpt: str
    confidence: str = "medium"
    captures: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    fingerprint: str = ""
    suggestion: str = ""
    edit: Edit | None = None

    @property
    def place(self) -> tuple[str, int, int, str]:
        """The order in which findings are reported."""
        return (self.path, self.line, self.column, self.rule)

    @property
    def key(self) -> str:
        """The fingerprint without its count: the same for all findings of a rule in equal sentences."""
        return self.fingerprint.partition("-")[0]

    def to_json(self) -> dict[str, Any]:
        """The documented JSON shape of a finding; keys are only ever added."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "rule": self.rule,
            "severity": self.severity,
            "confidence": self.confidence,
            "message": self.message,
            "advice": self.advice,
            "excerpt": self.excerpt,
            "captures": dict(self.captures),
            "suggestion": self.suggestion,
            "edit": self.edit.to_json() if self.edit else None,
            "url": self.url,
            "fingerprint": self.fingerprint,
        }


def fingerprint(rule: str, sentence: str, occurrence: int) -> str:
    """A name for a finding that survives edits elsewhere: of its rule, its sentence (white space folded) and its count.

    ``occurrence`` tells equal findings of one file apart, from 0; it stands at the end, after a hyphen.
    """
    key = "\0".join((rule, " ".join(sentence.split())))
    name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return f"{name}-{occurrence}" if occurrence else name
