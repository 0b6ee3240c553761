"""Mentions: where the terms of the lexicons stand in a draft, found in one pass a layer over its words.

The longest term wins and mentions of one layer do not overlap. A dictionary from first word to longest term serves
better than an automaton here: the words are needed anyway (gaps are counted in words), and the compiled form loads in
milliseconds. Measured in ``benchmarks/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.lexicon.model import MASK, MASKED, NULL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.lexicon.model import Layer


class Mention(NamedTuple):
    """One sense of a term at one place.

    ``start`` and ``end`` are offsets into the document's text, ``word`` and ``word_end`` indexes into its words (end
    exclusive). ``concept``, ``entry`` and ``form`` say what it means (``linter.lexicon.model.Sense``); ``guard`` holds
    the conditions that are still to be met for it to count. A named tuple, because a draft makes very many of them and
    they cost a third of a frozen dataclass.
    """

    start: int
    end: int
    word: int
    word_end: int
    concept: str
    entry: str
    form: str = ""
    guard: str = ""


def find_mentions(
    text: str,
    words: Sequence[str],
    starts: Sequence[int],
    layer: Layer,
    low: int = 0,
    high: int | None = None,
    breaks: frozenset[int] = frozenset(),
) -> list[Mention]:
    """The mentions of a layer's terms among the words [low, high), in order of the text.

    A term with several senses gives several mentions. No term runs over a word index in ``breaks``.
    """
    first = layer.first
    terms = layer.terms
    found: list[Mention] = []
    skip = masked_until = 0
    count = len(words) if high is None else high
    part = words if high is None else words[low:high]
    # Most words begin some term and end none: two words settle them here. What may follow a word is a mapping, or text
    # that holds its keys (``Layer``); both tell by ``in`` that a word cannot follow.
    hits = [
        i
        for i, (word, after) in enumerate(zip(part, [*part[1:], "\n"]), low)  # noqa: B905 - of equal length by making
        if word in first and (word in terms or after in first[word])
    ]
    for i in hits:
        if i < skip:
            continue
        word = words[i]
        lengths: tuple[int, ...] = ()
        following = first[word]
        if following and i + 1 < count:
            if isinstance(following, str):
                following = layer.following_of(word)
            lengths = following.get(words[i + 1], ())
        for length in (*lengths, 1) if lengths else (1,):
            if i + length > count:
                continue
            key = word if length == 1 else " ".join(words[i : i + length])
            if key not in terms:
                continue
            last = i + length - 1
            start = starts[i]
            end = starts[last] + len(words[last])
            if length > 1 and not breaks.isdisjoint(range(i + 1, i + length)):
                continue
            matched = False
            for concept, entry, form, flags in layer.senses_of(key):
                if flags and not fits_case(flags, text[start:end], text, start):
                    continue
                if concept == MASK:
                    masked_until = i + length
                    continue
                if i < masked_until and concept in MASKED:
                    continue
                matched = True
                if concept != NULL:
                    guard = flags.partition("=")[0] if flags else ""
                    found.append(Mention(start, end, i, i + length, concept, entry, form, guard))
            if matched:
                skip = i + length
                break
    return found


def fits_case(flags: str, surface: str, text: str, start: int) -> bool:
    """Whether a surface has the case that the flags ask for.

    ``C`` wants the form after ``=``, hyphens and spaces alike; ``P`` wants a capital or digit first.
    """
    kinds, _, written = flags.partition("=")
    if "C" in kinds:
        return surface == written or surface.rstrip("s") == written or _loose(surface) == _loose(written)
    if "P" in kinds:
        return not surface[0].islower() or (start > 0 and text[start - 1].isupper())
    return True


def _loose(text: str) -> str:
    return text.replace("-", " ").replace("/", " ").replace("’", "'")
