"""Mentions: where the terms of the lexicons stand in a draft.

The longest term wins and mentions of one layer do not overlap. The words of a draft are indexed once, and each layer
asks that index for the words that begin its terms: a draft has few different words, a layer few that are among them.
Dictionaries serve better than an automaton here: the words are needed anyway (gaps are counted in words), and the
compiled form loads in milliseconds. Measured in ``benchmarks/``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from linter.lexicon.model import MASK, MASKED, NULL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


def index_words(words: Iterable[str]) -> dict[str, list[int]]:
    """Where each word stands: its indexes among the words, in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        places[word].append(i)
    return dict(places)


def find_hits(words: Sequence[str], places: Mapping[str, list[int]], layer: Layer) -> list[int]:
    """The indexes of the words at which a term of a layer may begin, in order.

    ``places`` is what ``index_words`` gave for the words. Most words that begin a term begin only longer ones, and the
    next word rules those out.
    """
    first, terms = layer.first, layer.terms
    last = len(words) - 1
    hits: list[int] = []
    for word in first.keys() & places.keys():
        if word in terms:
            hits += places[word]
            continue
        # What may follow is a mapping, or text that holds its keys (``Layer``): both tell by ``in`` what cannot.
        following = first[word]
        hits += [i for i in places[word] if i < last and words[i + 1] in following]
    hits.sort()
    return hits


def find_mentions(
    text: str,
    words: Sequence[str],
    starts: Sequence[int],
    layer: Layer,
    hits: Iterable[int],
    end: int,
    breaks: frozenset[int] = frozenset(),
) -> list[Mention]:
    """The mentions of a layer's terms that begin at the word indexes ``hits``, in order of the text.

    A term with several senses gives several mentions. No term runs over a word index in ``breaks``, or over ``end``.
    """
    first, terms = layer.first, layer.terms
    found: list[Mention] = []
    make = tuple.__new__  # what ``Mention(...)`` comes to, at half its cost: this is where the most objects are made
    skip = masked_until = 0
    last = len(words) - 1
    for i in hits:
        if i < skip:
            continue
        word = words[i]
        following = first[word]
        lengths: tuple[int, ...] = ()
        if following and i < last and words[i + 1] in following:
            if isinstance(following, str):
                following = layer.following_of(word)
            lengths = following.get(words[i + 1], ())
        for length in (*lengths, 1) if lengths else _ALONE:
            stop = i + length
            if stop > end:
                continue
            key = word if length == 1 else " ".join(words[i:stop])
            senses = terms.get(key)
            if senses is None or (length > 1 and not breaks.isdisjoint(range(i + 1, stop))):
                continue
            if isinstance(senses, str):
                senses = layer.senses_of(key)
            start = starts[i]
            close = starts[stop - 1] + len(words[stop - 1])
            matched = False
            for concept, entry, form, flags in senses:
                if flags and not fits_case(flags, text[start:close], text, start):
                    continue
                if concept == MASK:
                    masked_until = stop
                    continue
                if i < masked_until and concept in MASKED:
                    continue
                matched = True
                if concept != NULL:
                    guard = flags.partition("=")[0] if flags else ""
                    found.append(make(Mention, (start, close, i, stop, concept, entry, form, guard)))
            if matched:
                skip = stop
                break
    return found


_ALONE = (1,)
"""The length of a term of one word."""


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
