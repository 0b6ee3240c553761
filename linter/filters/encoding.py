"""``file/encoding``: a draft that is not UTF-8, read as Windows-1252. The one finding that no rule file describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.engine.rules import Rule
from linter.findings import Finding, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.source import Source

ENCODING = Rule(
    id="file/encoding",
    summary="a draft whose bytes are not valid UTF-8; it was read as Windows-1252",
    severity="info",
    confidence="high",
    message="not valid UTF-8 (first at line {line}), so it was read as Windows-1252",
    advice="Save the file as UTF-8, and check its quotation marks and accents.",
    why=(
        "Drafts that come from an old word processor are often stored in Windows-1252. Read with the wrong table, "
        "a dash or a \u00b5 turns into another character, and a dose can turn into another dose."
    ),
    sources=(),
    find=(),
)


def encoding_findings(source: Source, data: bytes) -> Iterator[Finding]:
    """One finding where the encoding of a source was guessed; ``data`` are its bytes."""
    if not source.fallback:
        return
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = source.position(error.start)[0]  # in Windows-1252 every byte is a character
    else:
        return
    yield Finding(
        path=source.path,
        line=1,
        column=1,
        end_line=1,
        end_column=1,
        rule=ENCODING.id,
        severity=ENCODING.severity,
        confidence=ENCODING.confidence,
        message=ENCODING.message.format(line=line),
        advice=ENCODING.advice,
        excerpt="",
        captures={"encoding": source.encoding},
        url=ENCODING.url,
        fingerprint=fingerprint(ENCODING.id, "", 0),
    )
