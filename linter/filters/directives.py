"""Inline directives: comments of a draft that waive findings, such as ``<!-- caveat: ignore RULE -- reason -->``.

A directive waives findings by block. It never changes any other finding: the rules run first, then the directives say
which of their findings are left out. A directive that is wrong in any way waives nothing, and is a finding itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from linter.document import BlockKind
from linter.filters.directive_rules import EXPIRED, INVALID, MISSING_REASON, UNUSED
from linter.filters.select import matches, unknown_selector
from linter.filters.today import today
from linter.findings import Finding, fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from linter.document import Comment, Document
    from linter.engine.rules import Rule

ACTIONS = ("ignore", "ignore-next", "ignore-file", "disable", "enable")
_DIRECTIVE = re.compile(r"caveat\s*:\s*(?P<action>[^\s,]*)\s*(?P<rest>.*)\Z", re.IGNORECASE | re.DOTALL)
_ALMOST = re.compile(r"caveat[\s_-]+(?:ignore|disable|enable)\b", re.IGNORECASE)
_REASON = re.compile(r"(?:^|\s)--+(?:\s|$)")
_DASH = re.compile(r"\s[–—-](?:\s|$)|[–—]")
_UNTIL = re.compile(r"\buntil:\s*([^\s;,)]*)", re.IGNORECASE)
_BY = re.compile(r"\bby:\s*(.*?)(?=\s*(?:;|,?\s*\buntil:|\Z))", re.IGNORECASE)
_NESTED = 50
"""How many blocks may stand within another one before it is no longer looked for."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive. ``problem`` tells what is wrong with it; ``rules`` are ids, families or globs."""

    comment: Comment
    action: str = ""
    rules: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    until: date | None = None
    problem: str = ""


@dataclass(slots=True)
class Waiver:
    """What a directive does for one of its names: ``state`` is ``active``, ``unused``, ``expired`` or ``invalid``."""

    directive: Directive
    line: int
    rule: str
    state: str
    findings: list[Finding] = field(default_factory=list)


def parse(comment: Comment, known: Collection[str]) -> Directive | None:
    """The directive of a comment, or nothing when it is an ordinary one. ``known`` are the ids of all rules."""
    text = " ".join(comment.text.split())
    match = _DIRECTIVE.match(text)
    if match is None:
        almost = _ALMOST.match(text)
        return Directive(comment, problem="a colon is missing: write caveat: before the rest") if almost else None
    action = match["action"].lower()
    if action not in ACTIONS:
        return Directive(comment, problem=_unknown_action(match["action"]))
    named, _, said = _split_reason(match["rest"])
    reason, by, until, problem = _reason(said)
    rules = tuple(name for name in map(str.strip, named.split(",")) if name)
    problem = problem or _names_problem(action, rules, named, known)
    return Directive(comment, action, rules, reason, by, until, problem)


def _unknown_action(action: str) -> str:
    import difflib

    near = difflib.get_close_matches(action.lower(), ACTIONS, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    return f"{action or 'nothing'!r} is no directive; {hint}there are {', '.join(ACTIONS)}"


def _split_reason(rest: str) -> tuple[str, str, str]:
    match = _REASON.search(rest)
    return (rest[: match.start()], "--", rest[match.end() :]) if match else (rest, "", "")


def _reason(text: str) -> tuple[str, str, date | None, str]:
    """The reason, the reviewer, the last day, and what is wrong with it."""
    by = _BY.search(text)
    until = _UNTIL.search(text)
    last, problem = None, ""
    if until:
        written = until[1].rstrip(".")
        try:
            if not _DATE.match(written):
                raise ValueError
            last = date.fromisoformat(written)
        except ValueError:
            problem = f"until: needs a day written as 2027-03-01, not {written!r}"
    rest = _UNTIL.sub("", _BY.sub("", text))
    reason = re.sub(r"\s*[;,]\s*(?=[;,]|\Z)|^\s*[;,]\s*", "", " ".join(rest.split())).strip(" ;,")
    return reason, by[1].strip() if by else "", last, problem


def _names_problem(action: str, rules: tuple[str, ...], named: str, known: Collection[str]) -> str:
    if not rules:
        return "" if action == "enable" else f"{action} needs the rules that it is about"
    if _DASH.search(named):
        return "write two hyphens (--) before the reason"
    for name in rules:
        if " " in name:
            return f"{name!r} is no rule: part rules with commas, and write -- before the reason"
        if name.partition("/")[0] == "directive":
            return f"{name!r} cannot be waived in a draft; use ignore in the configuration"
        mistake = unknown_selector(name, known)
        if mistake:
            return mistake
    return ""


def apply(
    document: Document,
    findings: Sequence[Finding],
    known: Collection[str],
    *,
    require_reason: bool = False,
    day: date | None = None,
) -> tuple[list[Finding], list[Waiver]]:
    """Leave out what the draft's directives waive, and add what is to be said about the directives themselves.

    ``day`` is today, unless told. Returns the findings, and all waivers in order of the draft.
    """
    found = (parse(comment, known) for comment in document.comments)
    directives = [directive for directive in found if directive]
    if not directives:
        return list(findings), []
    run = _Run(document, findings, day or today())
    for directive in directives:
        run.take(directive, require_reason)
    return run.applied()


class _Run:
    """The directives of one draft at work."""

    def __init__(self, document: Document, findings: Sequence[Finding], day: date) -> None:
        self.document = document
        self.day = day
        self.places = BlockPlaces(document)
        self.findings = list(findings)
        self.blocks = [self.places.block_of(finding) for finding in findings]
        self.waived: set[int] = set()
        self.waivers: list[Waiver] = []
        self.open: list[tuple[Waiver, int]] = []  # what was disabled, and from which block on
        self.own: list[Finding] = []
        self.counts: dict[str, int] = {}

    def take(self, directive: Directive, require_reason: bool) -> None:
        line = self.document.source.position(directive.comment.start)[0]
        expired = directive.until is not None and self.day > directive.until
        state = "invalid" if directive.problem else "expired" if expired else "unused"
        if directive.action == "enable" and not directive.problem:
            problem = self.close(directive)
            if problem:
                self.report(INVALID, directive, problem=problem)
            return
        rules = directive.rules or ("",)
        waivers = [Waiver(directive, line, rule, state) for rule in rules]
        self.waivers += waivers
        if directive.problem:
            self.report(INVALID, directive, problem=directive.problem)
            return
        if require_reason and not directive.reason:
            self.report(MISSING_REASON, directive)
        if expired:
            self.report(EXPIRED, directive, until=str(directive.until))
        # A directive that has lapsed opens its range too, so that its enable does not stand alone.
        for waiver in waivers:
            if directive.action == "disable":
                self.open.append((waiver, directive.comment.block))
            elif not expired:
                self.waive(waiver, self.covered(directive))

    def covered(self, directive: Directive) -> range | None:
        """The blocks that a directive is about; nothing for the whole draft."""
        if directive.action == "ignore-file":
            return None
        comment = directive.comment
        following = directive.action == "ignore-next"
        first = comment.block + (following and comment.inside)
        return self.places.unit(first, inside=comment.inside and not following)

    def close(self, directive: Directive) -> str:
        """End what was disabled; what is wrong with that."""
        comment = directive.comment
        end = comment.block
        if comment.inside and comment.start > self.places.start(comment.block):
            end += 1  # in the middle of a block: a block is never covered by half
        closed = [
            entry for entry in self.open if not directive.rules or any(_same(entry[0].rule, r) for r in directive.rules)
        ]
        if not closed:
            return f"{' and '.join(directive.rules) or 'nothing'} was not disabled above"
        for waiver, first in closed:
            self.end(waiver, range(first, end))
        self.open = [entry for entry in self.open if entry not in closed]
        return ""

    def end(self, waiver: Waiver, blocks: range) -> None:
        if waiver.state != "expired":
            self.waive(waiver, blocks)

    def waive(self, waiver: Waiver, blocks: range | None) -> None:
        """Mark the findings of a waiver's rule in some blocks, or in the whole draft."""
        for number, finding in enumerate(self.findings):
            if (blocks is None or self.blocks[number] in blocks) and matches(waiver.rule, finding.rule):
                # Two directives may cover one finding: neither of them is without use.
                self.waived.add(number)
                waiver.findings.append(finding)
                waiver.state = "active"

    def applied(self) -> tuple[list[Finding], list[Waiver]]:
        for waiver, first in self.open:
            self.end(waiver, range(first, len(self.document.blocks)))
        for waiver in self.waivers:
            if waiver.state == "unused":
                self.report(UNUSED, waiver.directive, name=waiver.rule)
        kept = [finding for number, finding in enumerate(self.findings) if number not in self.waived]
        return sorted([*kept, *self.own], key=lambda finding: finding.place), self.waivers

    def report(self, rule: Rule, directive: Directive, **captures: str) -> None:
        source = self.document.source
        comment = directive.comment
        line, column = source.position(comment.start)
        end_line, end_column = source.position(comment.end)
        text = source.text[comment.start : comment.end]
        key = f"{rule.id}\0{text}\0{captures.get('name', '')}"
        occurrence = self.counts[key] = self.counts.get(key, -1) + 1
        self.own.append(
            Finding(
                path=source.path,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                rule=rule.id,
                severity=rule.severity,
                confidence=rule.confidence,
                message=rule.message.format(**captures),
                advice=rule.advice,
                excerpt=text,
                captures=captures,
                url=rule.url,
                fingerprint=fingerprint(rule.id, f"{text} {captures.get('name', '')}", occurrence),
            )
        )


def _same(disabled: str, enabled: str) -> bool:
    """Whether ``enable`` means what was disabled: the same name, or a family or glob that holds it."""
    return disabled == enabled or matches(enabled, disabled)


class BlockPlaces:
    """Which block a finding stands in, told by its place in the source."""

    def __init__(self, document: Document) -> None:
        self.document = document
        spans = sorted(
            (*document.source_span(block.start, block.end), index) for index, block in enumerate(document.blocks)
        )
        self.starts = [start for start, _, _ in spans]
        self.spans = spans

    def block_of(self, finding: Finding) -> int:
        """The index of the block that a finding starts in, or -1: a finding about the file has none."""
        offset = self.document.source.offset(finding.line, finding.column)
        number = bisect_right(self.starts, offset) - 1
        # An item's text may go on after the items nested in it, so the block that starts last need not be the one.
        for start, end, index in reversed(self.spans[max(number - _NESTED, 0) : number + 1]):
            if start <= offset < end:
                return index
        return -1

    def start(self, block: int) -> int:
        """The source offset of a block's first character."""
        first = self.document.blocks[block].start
        return self.document.source_span(first, first)[0]

    def lines(self, block: int) -> tuple[int, int]:
        """The first and the last line of a block."""
        found = self.document.blocks[block]
        start, end = self.document.source_span(found.start, found.end)
        return self.document.source.position(start)[0], self.document.source.position(end)[0]

    def unit(self, index: int, *, inside: bool) -> range:
        """The blocks that a directive covers which stands in, or before, a block.

        That is the block itself; in a table, the row; before a table, the table, because a line of its own cannot
        stand between the rows of one.
        """
        blocks = self.document.blocks
        if index >= len(blocks):
            return range(0)
        block = blocks[index]
        first, last = index, index + 1
        if block.kind is BlockKind.CAPTION and not inside and last < len(blocks):
            block = blocks[last]
        if block.kind is not BlockKind.CELL:
            return range(first, index + 1)
        whole = not inside and block.row == 0 and block.column == 0
        while last < len(blocks) and _shares(blocks[last].group, blocks[last].row, block.group, block.row, whole):
            last += 1
        while first and _shares(blocks[first - 1].group, blocks[first - 1].row, block.group, block.row, whole):
            first -= 1
        return range(first, last)


def _shares(group: int, row: int, own_group: int, own_row: int, whole: bool) -> bool:
    return group == own_group and (whole or row == own_row) and row >= 0
