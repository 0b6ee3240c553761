"""Named checks: what data cannot say.

A check is a function ``(annotations, rule, book) -> iterator of Match``. A rule calls it by name (``find: - check:``)
and keeps its metadata, excuses, examples and documentation. Each check stands in a module of its own here; the module
is imported when a rule first needs it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from linter.annotate import Annotations
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule

CHECKS: Mapping[str, str] = {
    "absolute": "linter.checks.absolute",
    "claim": "linter.checks.claim",
    "dose": "linter.checks.dose",
    "study-number": "linter.checks.study_number",
    "vague-attribution": "linter.checks.vague_attribution",
    "off-label-use": "linter.checks.off_label_use",
    "approval-claim": "linter.checks.approval_claim",
    "evidence-transfer": "linter.checks.evidence_transfer",
    "hype": "linter.checks.hype",
    "confusable": "linter.checks.confusable",
    "outdated-name": "linter.checks.outdated_name",
}
"""Check name to the module whose ``check`` function it is."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule found, before its excuses: a text span and captures.

    ``anchor`` is the text span whose context decides on excuses, the whole match when left out.

    ``captures`` go into the message and the finding; ``ids`` (knowledge entry ids) replace a capture's text in the
    finding's captures. ``message``, ``advice``, ``suggestion``, ``severity`` and ``confidence`` override the rule's
    when set. ``replacement`` are words that may take the place of the anchor's.
    """

    start: int
    end: int
    captures: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    severity: str = ""
    confidence: str = ""
    message: str = ""
    advice: str = ""
    suggestion: str = ""
    replacement: str = ""
    anchor: tuple[int, int] | None = None


class Check(Protocol):
    """The signature of a check."""

    def __call__(self, annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
        """Yield the matches of one rule in one draft."""


def get_check(name: str) -> Check:
    """The check of a name in ``CHECKS``."""
    check: Check = import_module(CHECKS[name]).check
    return check
