"""A draft and hand-made findings in it: what reporters print must not depend on what rules find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.findings import Finding
from linter.reporters import Checked, Options, Summary, get_reporter
from linter.source import Source

if TYPE_CHECKING:
    from linter.errors import Problem

LONG = "It was a long day, " * 9 + "and naltrexone clears the fog of dissociation for good, " + "or so they say, " * 9
DRAFT = f"""# Low-dose naltrexone

Naltrexone clears the fog of dissociation.

> 25 mg at night, then 50 mg.

{LONG}

Prüfung: 日本の薬 cures fog \U0001f600 at once,
and then some.
"""


def finding(line: int, column: int, length: int, **changes: object) -> Finding:
    """A finding on one line of the draft."""
    text = DRAFT.split("\n")[line - 1]
    values: dict[str, object] = {
        "path": "drafts/ldn.md",
        "line": line,
        "column": column,
        "end_line": line,
        "end_column": column + length,
        "rule": "efficacy/unqualified-claim",
        "severity": "warning",
        "message": "stated as fact, with no word on the evidence",
        "advice": 'small open trials, one controlled; none in DID? Say so: "In small studies, naltrexone reduced ..."',
        "excerpt": text[column - 1 : column - 1 + length],
        "confidence": "high",
        "captures": {"drug": "naltrexone", "condition": "dissociative-disorders"},
        "url": "https://example.org/rules/efficacy/unqualified-claim/",
        "fingerprint": "0123456789abcdef0123",
        **changes,
    }
    return Finding(**values)  # type: ignore[arg-type]


FINDINGS = [
    finding(3, 12, 6),
    finding(5, 3, 5, rule="dose/missing-prescriber-caveat", severity="error", advice="",
            message="a dose, and nobody to ask about it", suggestion="Ask your prescriber first."),
    finding(7, LONG.index("clears") + 1, 6),
    finding(9, 10, 4, severity="info", message="who says so?", end_line=10, end_column=4,
            excerpt="日本の薬 cures fog \U0001f600 at once,\nand"),
]  # fmt: skip
SOURCE = Source.from_text(DRAFT, "drafts/ldn.md")


def report(
    name: str,
    *,
    source: Source = SOURCE,
    findings: list[Finding] = FINDINGS,
    errors: list[Problem] | None = None,
    width: int = 80,
    colour: bool = False,
    quiet: bool = False,
    statistics: bool = False,
) -> str:
    """What a reporter prints for a clean draft and one with findings."""
    parts: list[str] = []
    reporter = get_reporter(name, Options(parts.append, width, colour, quiet, statistics))
    summary = Summary(errors=errors or [])
    for checked in (Checked(Source.from_text("All is well.\n", "drafts/clean.md"), []), Checked(source, findings)):
        summary.add(checked.findings)
        reporter.file(checked)
    reporter.finish(summary)
    return "".join(parts)
