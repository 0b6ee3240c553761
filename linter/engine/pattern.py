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

_TOKEN = re.compile(r'\.\.(?P<gap>\d+|\.)|(?:(?P<name>[a-z][a-z-]*)=)?(?P<core>@[\w.|@-]+|"[^"]+"|[^\s"=@?]+)(?P<optional>\?)?')
DEFAULT_GAP = 6


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
            left = _extend(annotations, tuple(reversed(self.items[: self.anchor])), a, word, forward=False,
                           gaps=[item.gap for item in reversed(self.items[1 : self.anchor + 1])])  # fmt: skip
            if left is None:
                continue
            rest = self.items[self.anchor + 1 :]
            right = _extend(annotations, rest, b, word_end, forward=True, gaps=[item.gap for item in rest])
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
    annotations: Annotations, items: Sequence[Item], edge: int, limit: int, *, forward: bool, gaps: Sequence[int]
) -> tuple[int, tuple[tuple[str, int, int, str], ...]] | None:
    """Match ``items`` outwards from a word edge: the far edge and the captures, or nothing."""
    if not items:
        return edge, ()
    item, gap = items[0], gaps[0]
    if forward:
        places = _places(annotations, item, edge, edge + gap + 1, edge, limit)
    else:
        low = max(limit, edge - gap - 8)
        near = [p for p in _places(annotations, item, low, edge, limit, edge) if edge - p[1] <= gap]
        places = iter(sorted(near, key=lambda p: -p[1]))
    for a, b, entry in places:
        rest = _extend(annotations, items[1:], b if forward else a, limit, forward=forward, gaps=gaps[1:])
        if rest is not None:
            own = ((item.name, a, b, entry),) if item.name else ()
            return rest[0], ((*own, *rest[1]) if forward else (*rest[1], *own))
    if item.optional:
        return _extend(annotations, items[1:], edge, limit, forward=forward, gaps=[gap + sum(gaps[1:2]), *gaps[2:]])
    return None


def compile_pattern(text: str, known: frozenset[str] | None = None) -> Pattern:
    """Read a pattern.

    Raises:
        PatternError: with the place and what is allowed there. ``known`` are the concepts that exist.

    """
    items: list[Item] = []
    gap = 0
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if match is None:
            raise PatternError(f"cannot read {text[position:]!r}: a pattern holds @concepts, words and gaps (..5)", position)
        if match["gap"]:
            gap = DEFAULT_GAP if match["gap"] == "." else int(match["gap"])
        else:
            items.append(_item(match, gap, position, known))
            gap = 0
        position = match.end()
    anchors = [i for i, item in enumerate(items) if item.concepts and not item.optional]
    if not anchors:
        raise PatternError("a pattern needs at least one @concept that is not optional", 0)
    return Pattern(tuple(items), anchors[0])


def _item(match: re.Match[str], gap: int, position: int, known: frozenset[str] | None) -> Item:
    core, name, optional = match["core"], match["name"] or "", bool(match["optional"])
    if core.startswith("@"):
        concepts = tuple(part.lstrip("@") for part in core.split("|") if part.strip("@"))
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
