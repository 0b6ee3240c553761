"""What can go wrong with what a user gave us. Every error derives from the built-in that it resembles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file, at a 1-based line and column (0: not known)."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """``path:line:column: message``."""
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.path}{place}: {self.message}"


class CaveatError(Exception):
    """Base of all errors that end in exit code 2."""


class DataFileError(CaveatError, ValueError):
    """A rule, lexicon, knowledge or configuration file with mistakes; all of them are told at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
