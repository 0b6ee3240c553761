"""``directive/...``: findings about inline directives themselves. No rule file describes them."""

from __future__ import annotations

from linter.engine.rules import Rule

_WHY = (
    "A comment that silences a finding is read by everybody as a decision. It must do what it says, and say no more "
    "than it does."
)


def _rule(name: str, summary: str, message: str, advice: str, why: str = _WHY) -> Rule:
    return Rule(f"directive/{name}", summary, "warning", "high", message, advice, why, (), ())


INVALID = _rule(
    "invalid",
    "a caveat comment that cannot be understood, or names no rule that exists",
    "this comment waives nothing: {problem}",
    "Write <!-- caveat: ignore RULE -- reason -->; caveat rules lists the rules.",
)
UNUSED = _rule(
    "unused",
    "a waiver that has nothing to waive",
    "nothing here is flagged by {name}",
    "Take the comment away, or move it to the sentence that it is about.",
)
MISSING_REASON = _rule(
    "missing-reason",
    "a waiver without a reason, where the configuration asks for one",
    "no reason is given",
    "Write the reason after two hyphens: <!-- caveat: ignore RULE -- reason -->.",
)
EXPIRED = _rule(
    "expired",
    "a waiver whose last day is over",
    "this waiver held until {until}",
    "Have the sentence reviewed again, then write a new date, or mend it and take the comment away.",
)
DIRECTIVE_RULES = (INVALID, UNUSED, MISSING_REASON, EXPIRED)
