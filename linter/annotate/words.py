"""Words of a draft: folded for comparison, with the place of each.

The same folding is applied to lexicon terms, so that both sides compare equal: lower case, every character that is
neither letter nor digit becomes a space (hyphens, apostrophes, slashes). Folding keeps the length of the text, so that
offsets into the folded text are offsets into the text.
"""

from __future__ import annotations

import re
from itertools import accumulate, compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ASCII = {i: (chr(i).lower() if chr(i).isalnum() else " ") for i in range(128)}
_ASCII_TABLE = str.maketrans("".join(map(chr, _ASCII)), "".join(_ASCII.values()))
_OTHER = re.compile(r"[^\w\s]|_|[^\S ]|[⁰¹²³⁴-⁹]")
"""What is no part of a word: signs, and raised digits, which point to notes."""
_ADDRESS = re.compile(
    r"(?:\bhttps?://|\bwww\.|\bdoi\.org/)[^\s<>\"]+|\b10\.\d{4,9}/[^\s<>\"]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """The text in lower case with every non-word character as a space; same length as ``text``."""
    if text.isascii():
        return text.translate(_ASCII_TABLE)
    lowered = text.lower()
    if len(lowered) != len(text):
        # A few capitals (such as the dotted I) grow when lowered; they stay as they are.
        lowered = "".join(c if len(low := c.lower()) != 1 else low for c in text)
    # A text has few different characters: replacing each at once costs less than a visit to every place of one.
    for character in set(lowered):
        if character != " " and _OTHER.match(character):
            lowered = lowered.replace(character, " ")
    return lowered


def fold_term(term: str) -> str:
    """A lexicon term as the words that a folded text would hold, single spaces between them."""
    return " ".join(fold(term).split())


def mask_addresses(text: str, folded: str) -> str:
    """``folded`` with web addresses, DOIs and e-mail addresses blanked: the words in them are not prose."""
    if "://" not in text and "www." not in text and "WWW." not in text and "10." not in text and "@" not in text:
        return folded
    parts: list[str] = []
    last = 0
    for match in _ADDRESS.finditer(text):
        parts += (folded[last : match.start()], " " * (match.end() - match.start()))
        last = match.end()
    parts.append(folded[last:])
    return "".join(parts)


def blank(text: str, spans: Iterable[tuple[int, int]], after_letter: str = " ") -> str:
    """``text`` with spaces for what stands in ``spans``, or ``after_letter`` right behind a letter; same length."""
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        if end > last:
            filling = after_letter if text[start - 1 : start].isalpha() else " "
            parts += (text[last:start], filling * (end - max(start, last)))
            last = end
    return "".join((*parts, text[last:])) if parts else text


def split_words(folded: str) -> tuple[list[str], list[int]]:
    """The words of a folded text and the offset at which each starts."""
    parts = folded.split(" ")
    starts = accumulate(map(len, parts), lambda position, length: position + length + 1, initial=0)
    return list(filter(None, parts)), list(compress(starts, parts))
