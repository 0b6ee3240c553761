"""Rules over an annotated draft: matches, their excuses, and findings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from linter.checks import Match, get_check
from linter.document import BlockKind
from linter.engine.pattern import word_range, word_span
from linter.engine.suggest import edit_for
from linter.findings import Finding, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.annotate import Annotations
    from linter.engine.pattern import Pattern
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Excuse, Find, Rule

REGEX_SECONDS = 2.0
"""How long one regular expression of a rule may take on one draft; a slower one is given up for that draft."""


def run_rules(annotations: Annotations, book: RuleBook) -> list[Finding]:
    """All findings of the book's rules in one draft, in order of the source."""
    by_rule = {rule.id: list(_accepted(annotations, rule, book)) for rule in book.rules}
    findings: list[Finding] = []
    counts: dict[tuple[str, str], int] = {}
    for rule in book.rules:
        stronger = {
            annotations.sentence_at(match.start).index
            for other in rule.yields_to
            for match, _ in by_rule.get(other, ())
        }
        for match, severity in by_rule[rule.id]:
            sentence = annotations.sentence_at(match.start)
            if sentence.index in stronger:
                continue
            text = annotations.text[sentence.start : sentence.end]
            occurrence = counts[rule.id, text] = counts.get((rule.id, text), -1) + 1
            findings.append(_finding(annotations, rule, match, severity, fingerprint(rule.id, text, occurrence)))
    findings.sort(key=lambda finding: finding.place)
    return findings


def _accepted(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[tuple[Match, str]]:
    """The matches of a rule that no excuse takes away, with their severity; one for each unit of ``rule.once``."""
    if not annotations.document.blocks:
        return
    units: set[object] = set()
    matches = sorted(_matches(annotations, rule, book), key=lambda match: match.start)
    for match in matches:
        sentence = annotations.sentence_at(match.start)
        if sentence.block in annotations.apparatus:
            continue
        unit: object = {
            "match": (match.start, match.end, tuple(match.ids.items())),
            "sentence": sentence.index,
            "block": sentence.block,
            "document": 0,
        }[rule.once]
        if unit in units:
            continue
        if not all(_near(annotations, match, company.concepts, company.within) for company in rule.require):
            continue
        severity = match.severity or rule.severity
        reports = {excuse.report for excuse in rule.unless if _excuses(annotations, excuse, match)}
        if "silent" in reports:
            continue
        units.add(unit)
        yield match, "info" if "info" in reports else severity


def _matches(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    for find in rule.find:
        if find.check:
            yield from get_check(find.check)(annotations, rule, book)
        elif find.pattern:
            yield from _pattern_matches(annotations, find, find.pattern)
        elif find.regex:
            yield from _regex_matches(annotations, find)


def _pattern_matches(annotations: Annotations, find: Find, pattern: Pattern) -> Iterator[Match]:
    anchor = pattern.items[pattern.anchor]
    seen: set[tuple[int, int]] = set()
    for concept in anchor.concepts:
        for mention in annotations.by_concept.get(concept, ()):
            sentence = annotations.sentence_at(mention.start)
            low, high = sentence.word, sentence.word_end
            if find.within == "clause":
                low, high = word_range(annotations, *annotations.context.clause(sentence, mention.start, mention.end))
            elif find.within == "block":
                block = annotations.block(sentence.block)
                low, high = word_range(annotations, block.start, block.end)
            if (low, high) in seen:
                continue
            seen.add((low, high))
            for hit in pattern.find(annotations, low, high):
                start, end = word_span(annotations, hit.word, hit.word_end)
                captures, ids = {}, {}
                for name, word, word_end, entry in hit.captures:
                    a, b = word_span(annotations, word, word_end)
                    captures[name] = annotations.text[a:b]
                    if entry:
                        ids[name] = entry
                    if name == "flag":
                        start, end = a, b
                yield Match(start, end, captures, ids)


@lru_cache(maxsize=256)
def _compiled(source: str) -> Any:  # noqa: ANN401 - the regex package has no types
    import regex

    return regex.compile(source, regex.IGNORECASE | regex.VERSION1)


def _regex_matches(annotations: Annotations, find: Find) -> Iterator[Match]:
    try:
        for match in _compiled(find.regex).finditer(annotations.text, timeout=REGEX_SECONDS):
            if match.end() > match.start() and "\n" not in match.group():
                captures = {name: text for name, text in match.groupdict().items() if text}
                yield Match(match.start(), match.end(), captures)
    except TimeoutError:
        return


def _near(annotations: Annotations, match: Match, concepts: tuple[str, ...], within: str) -> bool:
    return any(annotations.has(start, end, *concepts) for start, end in _scope(annotations, match, within))


def _scope(annotations: Annotations, match: Match, within: str) -> list[tuple[int, int]]:
    """The text spans that a scope means for a match."""
    sentence = annotations.sentence_at(match.start)
    if within == "clause":
        return [annotations.context.clause(sentence, match.start, match.end)]
    if within == "sentence":
        return [(sentence.start, sentence.end)]
    if within == "neighbours":
        return [(s.start, s.end) for s in (sentence, *annotations.neighbours(sentence))]
    block = annotations.block(sentence.block)
    if within == "block":
        return [(block.start, block.end)]
    if within == "section":
        return [annotations.section_span(block.section)]
    return [(0, len(annotations.text))]


def _excuses(annotations: Annotations, excuse: Excuse, match: Match) -> bool:
    """Whether all conditions that an excuse states hold for a match."""
    sentence = annotations.sentence_at(match.start)
    block = annotations.block(sentence.block)
    if excuse.blocks and not (block.kind.value in excuse.blocks or (block.quoted and "quotation" in excuse.blocks)):
        return False
    anchor = match.anchor or (match.start, match.end)
    if excuse.context and not excuse.context & annotations.context.modalities(*anchor):
        return False
    if excuse.inherited and not (
        block.kind in (BlockKind.ITEM, BlockKind.CELL, BlockKind.HEADING)
        and excuse.inherited & annotations.context.inherited(sentence.block)
    ):
        return False
    if excuse.cited and not is_cited(annotations, match, excuse.cited):
        return False
    if not (excuse.concepts or excuse.pattern or excuse.regex):
        return bool(excuse.blocks or excuse.context or excuse.inherited or excuse.cited)
    return any(
        _found_in(annotations, excuse, *_directed(excuse.direction, match, start, end))
        for start, end in _scope(annotations, match, excuse.within)
    )


def _directed(direction: str, match: Match, start: int, end: int) -> tuple[int, int]:
    if direction == "before":
        return start, min(end, match.start)
    if direction == "after":
        return max(start, match.end), end
    return start, end


def _found_in(annotations: Annotations, excuse: Excuse, start: int, end: int) -> bool:
    if excuse.concepts and annotations.has(start, end, *excuse.concepts):
        return True
    if excuse.pattern and any(True for _ in excuse.pattern.find(annotations, *word_range(annotations, start, end))):
        return True
    if excuse.regex and start < end:
        try:
            return bool(_compiled(excuse.regex).search(annotations.text, start, end, timeout=REGEX_SECONDS))
        except TimeoutError:
            return False
    return False


def is_cited(annotations: Annotations, match: Match, within: str) -> bool:
    """Whether a citation that a reader could follow stands in the scope of a match."""
    from linter.annotate.citations import cited

    return any(cited(annotations, start, end) for start, end in _scope(annotations, match, within))


class _Captures(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _finding(annotations: Annotations, rule: Rule, match: Match, severity: str, mark: str) -> Finding:
    document = annotations.document
    source = document.source
    start, end = document.source_span(match.start, match.end)
    line, column = source.position(start)
    end_line, end_column = source.position(end)
    words = _Captures(match.captures)
    words.setdefault("match", annotations.text[match.start : match.end])
    suggestion = (match.suggestion or rule.suggestion).format_map(words)
    return Finding(
        path=source.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        rule=rule.id,
        severity=severity,
        confidence=match.confidence or rule.confidence,
        message=match.message or rule.message.format_map(words),
        advice=match.advice or rule.advice.format_map(words),
        suggestion=suggestion,
        edit=edit_for(annotations, match, suggestion) if suggestion or match.replacement else None,
        excerpt=source.text[start:end],
        captures={**match.captures, **match.ids},
        url=rule.url,
        fingerprint=mark,
    )
