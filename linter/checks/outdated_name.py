"""The check ``outdated-name``: a superseded name of a diagnosis, used as if it were today's.

Left alone where the draft speaks of the name rather than of the illness: explained as former, dated, quoted, negated,
asked about, part of a title or of an organisation's name, or in a section on history.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.checks import Match
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.annotate import Annotations, Mention, Sentence
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule

EXCUSES = ("former", "rejection", "past-belief", "negation", "negation.after", "apart")
_PAST_YEAR = re.compile(r"\b1[5-9]\d\d\b|\b19\d0s\b")
_QUOTES = "\"'“”‘’«»„"


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """Yield the outdated names that a draft uses as current ones."""
    for mention in annotations.by_concept.get("outdated", ()):
        known = book.confusables.outdated.get(mention.concept.partition(".")[2])
        if known is None:
            continue
        sentence = annotations.sentence_at(mention.start)
        if _excused(annotations, mention, sentence):
            continue
        since = f" since {known.since}" if known.since else ""
        captures = {"old": annotations.text[mention.start : mention.end], "current": known.current, "since": since}
        yield Match(mention.start, mention.end, captures, replacement=known.current)


def _excused(annotations: Annotations, mention: Mention, sentence: Sentence) -> bool:
    context = annotations.context
    if annotations.block(sentence.block).kind is BlockKind.DESCRIPTION:
        return True  # words for search engines, which readers type
    if context.is_question(sentence) or context.is_quoted(mention.start, mention.end):
        return True
    if _in_quotes(annotations.text, mention) or annotations.block(sentence.block).quoted:
        return True
    if annotations.has(sentence.start, sentence.end, *EXCUSES):
        return True
    if _PAST_YEAR.search(annotations.text, sentence.start, sentence.end):
        return True
    if mention.word and annotations.words[mention.word - 1] in ("hans", "dr", "professor"):
        return True
    if _is_proper_name(annotations, mention) or _in_title(annotations, mention):
        return True
    return _explained_nearby(annotations, sentence) or _under_history(annotations, sentence)


def _in_quotes(text: str, mention: Mention) -> bool:
    """Whether the name stands in quotation marks of its own."""
    before, after = text[max(mention.start - 1, 0) : mention.start], text[mention.end : mention.end + 1]
    return bool(before and after) and before in _QUOTES and after in _QUOTES


def _is_proper_name(annotations: Annotations, mention: Mention) -> bool:
    """Whether the name is part of a longer one, as capitals tell (``Manic Depression Fellowship``)."""
    text = annotations.text
    following = text[mention.end : mention.end + 2]
    words = text[mention.start : mention.end].split()
    return len(words) > 1 and all(w[0].isupper() for w in words) and len(following) == 2 and following[1].isupper()


def _in_title(annotations: Annotations, mention: Mention) -> bool:
    """Whether the name stands inside emphasised words or a link that go on beyond it: a cited title."""
    return any(
        mark.kind in ("emphasis", "link", "image")
        and mark.start <= mention.start
        and mention.end <= mark.end
        and (mark.end - mark.start) > (mention.end - mention.start) + 12
        for mark in annotations.document.marks
    )


def _explained_nearby(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether a neighbouring sentence says that a name is a former one."""
    search, text = _RENAMED.search, annotations.text
    return any(search(text, other.start, other.end) for other in annotations.neighbours(sentence))


_RENAMED = re.compile(
    r"\b(?:renamed|no longer (?:uses?|used|called|says?)|now called|now known as|outdated|old name|older name"
    r"|former name|replaced (?:it|by|with)|name (?:was )?(?:changed|dropped)|today (?:it is )?called"
    r"|no longer a diagnosis|obsolete)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:history|historical|past|origins?|timeline|through the ages|century|then and now|1[5-9]\d\d)\b", re.IGNORECASE
)


def _under_history(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether a heading above speaks of history."""
    for index in annotations.headings(sentence.block):
        block = annotations.block(index)
        if _HISTORY.search(annotations.text, block.start, block.end):
            return True
    return False
