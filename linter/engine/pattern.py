"""The pattern language of rules: concepts, words and gaps in order.

    drug=@drug ..3 cures|heals ..4 @condition

- ``@name`` is a mention of a concept, ``@a|b`` of either; a dotted concept's parents match too (``@benefit``).
- A plain word, or words joined by ``|``, stands for itself in any case; ``"two words"`` in quotes for a phrase.
- ``..N`` allows up to N words in between, ``...`` up to 6. Without a gap, items stand side by side.
- ``name=`` before an item captures it; ``?`` after an item makes it optional.

A pattern is matched over the words of one sentence (clause, block); it needs at least one concept, which anchors it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linter.annotate.words import fold_term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.annotate.annotations import Annotations

_TOKEN = re.compile(
    r"\.\.(?P<gap>\d{1,2}|\.)(?!\S)"
    r'|(?:(?P<name>[a-z][a-z_-]*)=)?(?P<core>@[\w.|@-]+|"[^"]+"|(?!\.\.)[^\s"=@?]+)(?P<optional>\?)?(?!\S)'
)
DEFAULT_GAP = 6
LONGEST_TERM = 24
"""How many words before an item's end it may begin, when an item is looked for backwards."""


class PatternError(ValueError):
    """A pattern that cannot be read; ``offset`` is the 0-based place of the mistake."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Item:
    """One item: concepts or folded phrases (one of the two), the gap in words allowed before it, its capture name."""

    concepts: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    gap: int = 0
    name: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern matched: word indexes, end exclusive, and the captures as (name, word, word_end, entry)."""

    word: int
    word_end: int
    captures: tuple[tuple[str, int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; ``anchor`` is the index of the item that the search starts from."""

    items: tuple[Item, ...]
    anchor: int

    @property
    def concepts(self) -> frozenset[str]:
        """All concepts that the pattern names."""
        return frozenset(concept for item in self.items for concept in item.concepts)

    def find(self, annotations: Annotations, word: int, word_end: int) -> Iterator[Hit]:
        """The matches within the words [word, word_end), one per anchor, shortest first."""
        anchor = self.items[self.anchor]
        for a, b, entry in _places(annotations, anchor, word, word_end, word, word_end):
            before = self.items[: self.anchor][::-1]
            gaps = [item.gap for item in self.items[1 : self.anchor + 1]][::-1]
            left = _extend(annotations, before, gaps, a, word, forward=False, failed=set())
            if left is None:
                continue
            rest = self.items[self.anchor + 1 :]
            gaps = [item.gap for item in rest]
            right = _extend(annotations, rest, gaps, b, word_end, forward=True, failed=set())
            if right is None:
                continue
            own = ((anchor.name, a, b, entry),) if anchor.name else ()
            yield Hit(min(left[0], a), max(right[0], b), (*left[1], *own, *right[1]))


def _places(
    annotations: Annotations, item: Item, low: int, high: int, word: int, word_end: int
) -> Iterator[tuple[int, int, str]]:
    """(word, word_end, entry) of each place where an item matches, starting in [low, high), inside [word, word_end)."""
    if item.concepts:
        starts = annotations.word_starts
        if low >= high or low >= len(starts):
            return
        start = starts[low]
        end = starts[high] if high < len(starts) else len(annotations.text)
        found = annotations.within(start, end, *item.concepts)
        found.sort(key=lambda mention: mention.word)
        for mention in found:
            if word <= mention.word and mention.word_end <= word_end:
                yield mention.word, mention.word_end, mention.entry
        return
    words = annotations.words
    for i in range(max(low, word), min(high, word_end)):
        for phrase in item.phrases:
            if words[i] == phrase[0] and i + len(phrase) <= word_end and tuple(words[i : i + len(phrase)]) == phrase:
                yield i, i + len(phrase), ""


def _extend(
    annotations: Annotations,
    items: Sequence[Item],
    gaps: Sequence[int],
    edge: int,
    limit: int,
    *,
    forward: bool,
    failed: set[tuple[int, int, int]],
) -> tuple[int, tuple[tuple[str, int, int, str], ...]] | None:
    """Match ``items`` outwards from a word edge: the far edge and the captures, or nothing.

    ``failed`` remembers where the rest of a pattern did not fit, which keeps a text full of near misses cheap.
    """
    if not items:
        return edge, ()
    item, gap = items[0], gaps[0]
    state = (len(items), edge, gap)
    if state in failed:
        return None
    if forward:
        places = _places(annotations, item, edge, edge + gap + 1, edge, limit)
    else:
        low = max(limit, edge - gap - LONGEST_TERM)
        near = [p for p in _places(annotations, item, low, edge, limit, edge) if edge - p[1] <= gap]
        places = iter(sorted(near, key=lambda p: -p[1]))
    for a, b, entry in places:
        next_edge = b if forward else a
        rest = _extend(annotations, items[1:], gaps[1:], next_edge, limit, forward=forward, failed=failed)
        if rest is not None:
            own = ((item.name, a, b, entry),) if item.name else ()
            return rest[0], ((*own, *rest[1]) if forward else (*rest[1], *own))
    if item.optional:
        wider = [gap + sum(gaps[1:2]), *gaps[2:]]
        rest = _extend(annotations, items[1:], wider, edge, limit, forward=forward, failed=failed)
        if rest is not None:
            return rest
    failed.add(state)
    return None


def compile_pattern(text: str, known: frozenset[str] | None = None) -> Pattern:
    """Read a pattern.

    Raises:
        PatternError: with the place and what is allowed there. ``known`` are the concepts that exist.

    """
    items: list[Item] = []
    gap: int | None = None
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if match is None:
            raise PatternError(_unreadable(text[position:].split()[0]), position)
        if match["gap"]:
            if gap is not None or not items:
                raise PatternError("a gap stands between two parts", position)
            gap = DEFAULT_GAP if match["gap"] == "." else int(match["gap"])
        else:
            item = _item(match, gap or 0, position, known)
            if item.name and any(item.name == other.name for other in items):
                raise PatternError(f"two parts are named {item.name!r}", position)
            items.append(item)
            gap = None
        position = match.end()
    if gap is not None:
        raise PatternError("a gap stands between two parts", text.rindex(".."))
    anchors = [i for i, item in enumerate(items) if item.concepts and not item.optional]
    if not anchors:
        raise PatternError("a pattern needs at least one @concept that is not optional", 0)
    return Pattern(tuple(items), anchors[0])


def _unreadable(part: str) -> str:
    if re.match(r"\.\.\d", part):
        return f"cannot read {part!r}: a gap is .. and a number from 0 to 99, and a space behind it"
    if part.startswith('"'):
        return f"cannot read {part!r}: a phrase ends with a quotation mark, and a space behind it"
    return f"cannot read {part!r}: a pattern holds @concepts, words and gaps (..5), with spaces between them"


def _item(match: re.Match[str], gap: int, position: int, known: frozenset[str] | None) -> Item:
    core, name, optional = match["core"], match["name"] or "", bool(match["optional"])
    if core.startswith("@"):
        concepts = tuple(dict.fromkeys(part.lstrip("@") for part in core.split("|") if part.strip("@")))
        if not concepts:
            raise PatternError(f"{core!r} names no concept", position)
        for concept in concepts:
            if known is not None and concept not in known:
                from linter.yamlfile import allowed

                raise PatternError(f"unknown concept @{concept}; {allowed(concept, known)}", position)
        return Item(concepts=concepts, gap=gap, name=name, optional=optional)
    phrases = tuple(tuple(fold_term(part).split()) for part in core.strip('"').split("|") if fold_term(part))
    if not phrases:
        raise PatternError(f"{core!r} holds no word", position)
    return Item(phrases=phrases, gap=gap, name=name, optional=optional)


def word_span(annotations: Annotations, word: int, word_end: int) -> tuple[int, int]:
    """The text span of the words [word, word_end)."""
    last = word_end - 1
    return annotations.word_starts[word], annotations.word_starts[last] + len(annotations.words[last])


def word_range(annotations: Annotations, start: int, end: int) -> tuple[int, int]:
    """The indexes of the words that start in the text span [start, end)."""
    return bisect_left(annotations.word_starts, start), bisect_left(annotations.word_starts, end)
