"""Drafts with their expected findings typed on the line where they belong.

    LDN stops fibromyalgia pain. <!-- expect: efficacy/unqualified-claim, off-label/missing-note -->

In .mdx files the comment is ``{/* expect: ... */}``. The comments, and the spaces before them, are taken out before a
draft is linted, so that they change nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from linter.readers import SUFFIXES

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
_EXPECT = re.compile(r"[ \t]*(?:<!--|\{/\*)\s*expect:\s*(?P<rules>[^>*]*?)\s*(?:-->|\*/\})")


@dataclass(frozen=True)
class Draft:
    """A draft without its comments, and the (line, rule) pairs that they name."""

    name: str
    text: str
    expected: frozenset[tuple[int, str]]


def read_draft(path: Path) -> Draft:
    """A fixture."""
    text = path.read_bytes().decode()
    expected: set[tuple[int, str]] = set()
    for match in _EXPECT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        expected |= {(line, rule.strip()) for rule in match["rules"].split(",") if rule.strip()}
    return Draft(path.relative_to(ROOT).as_posix(), _EXPECT.sub("", text), frozenset(expected))


def fixture_paths() -> list[Path]:
    """All fixtures."""
    return sorted(path for path in FIXTURES.rglob("*") if path.suffix in SUFFIXES)
