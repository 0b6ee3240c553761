"""Ambiguous terms: which mentions count, by the company that they keep.

A guarded mention counts when the company that its guard names is there: ``D`` a medicine or a use word in the same
sentence or table row, ``Q`` an amount with a unit or a dose form beside it, ``K`` a condition in the same sentence or
row (for a condition: its long form elsewhere in the draft), or, for a short form, a word of its own family nearby
(the concepts ``company.*`` of ``rules/lexicons/relations.yaml``: "relapses" beside "MS"). A symptom or aim that
stands under a heading or lead-in naming a medicine has that for company. A short form that the draft itself spells
out as something else ("difference in differences (DID)") never counts, and one that it spells out as the term's own
long form always does; the spelling out is found after Schwartz and Hearst (2003).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from linter.annotate.annotations import Annotations
    from linter.annotate.mentions import Mention

_AMOUNT = re.compile(r"\d\s?(?:mg|mcg|µg|μg|ug|g|iu|ml|units?|%)\b", re.IGNORECASE)
_SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z0-9/-]{1,9})\)")
_LONG_FORM = re.compile(r"\b([A-Z][A-Z0-9]{1,5}) \(([A-Za-z][A-Za-z' -]{5,60})\)")
NAMED = 6
"""A heading or lead-in of up to this many words may be a medicine's own, and lends what stands under it company."""
AROUND = 1
"""How many blocks before and after are looked through for a short form's family."""
BESIDE = 30
"""How many characters around a mention count as beside it."""


def resolve_guards(annotations: Annotations, mentions: list[Mention]) -> list[Mention]:
    """The mentions without those whose guard is not met."""
    if not any(mention.guard.strip("CP") for mention in mentions):
        return mentions
    company = _Company(annotations, mentions)
    return [mention for mention in mentions if not mention.guard.strip("CP") or company.admits(mention)]


class _Company:
    def __init__(self, annotations: Annotations, mentions: Iterable[Mention]) -> None:
        self.annotations = annotations
        self.drugs: list[int] = []
        self.uses: list[int] = []
        self.forms: list[int] = []
        self.conditions: list[int] = []
        self.entries: set[str] = set()
        self.names: dict[str, set[str]] = {}
        text = annotations.text
        for mention in mentions:
            if mention.guard.strip("CP"):
                continue
            if mention.concept in ("drug", "supplement", "condition"):
                self.names.setdefault(mention.entry, set()).add(text[mention.start : mention.end].lower())
            if mention.concept in ("drug", "supplement"):
                self.drugs.append(mention.start)
            elif mention.concept == "use.word":
                self.uses.append(mention.start)
            elif mention.concept == "use.form":
                self.forms.append(mention.start)
                self.uses.append(mention.start)
            elif mention.concept == "condition":
                self.conditions.append(mention.start)
                self.entries.add(mention.entry)
        self.expansions = annotations.expansions

    def admits(self, mention: Mention) -> bool:
        """Whether the company that a guarded mention needs is there."""
        text = self.annotations.text
        long_form = self.expansions.get(text[mention.start : mention.end])
        if long_form is not None:
            return self._spells_out(mention.entry, long_form)
        start, end = self._span(mention)
        needs = mention.guard
        if "D" in needs and not (
            _any(self.drugs, start, end)
            or _any(self.uses, start, end)
            or (mention.concept == "condition" and self._under_drug(mention))
        ):
            return self._kept(mention)
        if "Q" in needs:
            left, right = max(start, mention.start - BESIDE), min(end, mention.end + BESIDE)
            if not (_AMOUNT.search(text, left, right) or _any(self.forms, left, right)):
                return self._kept(mention)
        if "K" in needs:
            if mention.concept != "condition":
                return _any(self.conditions, start, end) or self._kept(mention)
            return mention.entry in self.entries or self._kept(mention)
        return True

    def _kept(self, mention: Mention) -> bool:
        """Whether a word of a short form's own family stands in its block or the next ones."""
        annotations = self.annotations
        text = annotations.text[mention.start : mention.end]
        concept = f"company.{mention.entry}"
        if not text.isupper() and not any(char.isdigit() for char in text):
            return False
        if concept not in annotations.lexicon.homes:
            return False
        blocks = annotations.document.blocks
        here = annotations.sentence_at(mention.start).block
        first, last = blocks[max(here - AROUND, 0)], blocks[min(here + AROUND, len(blocks) - 1)]
        return annotations.has(first.start, last.end, concept)

    def _under_drug(self, mention: Mention) -> bool:
        """Whether the nearest heading or the lead-in of a mention's block is short and names a medicine."""
        annotations = self.annotations
        block = annotations.sentence_at(mention.start).block
        places = annotations.headings(block)[:1]
        lead = annotations.document.blocks[block].lead
        for place in (*places, lead):
            if place >= 0:
                here = annotations.document.blocks[place]
                if annotations.text.count(" ", here.start, here.end) < NAMED and _any(self.drugs, here.start, here.end):
                    return True
        return False

    def _spells_out(self, entry: str, long_form: str) -> bool:
        """Whether the words that a draft gives a short form for hold a name of the entry."""
        lowered = long_form.lower()
        return any(name in lowered or lowered in name for name in self.names.get(entry, ()))

    def _span(self, mention: Mention) -> tuple[int, int]:
        """The text span of a mention's sentence; in a table, of its whole row."""
        annotations = self.annotations
        sentence = annotations.sentence_at(mention.start)
        row = annotations.document.row(sentence.block)
        if not row:
            return sentence.start, sentence.end
        return annotations.block(row[0]).start, annotations.block(row[-1]).end


def _any(starts: list[int], start: int, end: int) -> bool:
    i = bisect_left(starts, start)
    return i < len(starts) and starts[i] < end


def find_expansions(text: str) -> Mapping[str, str]:
    """Short forms that a text spells out, "long form (SF)" or "SF (long form)", with their long forms.

    The method is that of Schwartz and Hearst (2003): going backwards, the letters of the short form are found in the
    words before the bracket, the first letter at the beginning of a word.
    """
    found: dict[str, str] = {}
    for match in _SHORT_FORM.finditer(text):
        short = match[1]
        size = min(len(short) + 5, len(short) * 2)
        before = text[max(0, match.start() - 160) : match.start()].rstrip()
        words = before.split()[-size:]
        candidate = " ".join(words)
        long_form = _best_long_form(short, candidate)
        if long_form:
            found.setdefault(short, long_form)
    for match in _LONG_FORM.finditer(text):
        if _initials(match[2]) == match[1].lower():
            found.setdefault(match[1], match[2])
    return found


def _initials(words: str) -> str:
    """The first letters of words, small words left out unless nothing else remains."""
    return "".join(
        word[0] for word in words.lower().replace("-", " ").split() if word not in ("of", "the", "and", "in")
    )


def _best_long_form(short: str, candidate: str) -> str:
    position = len(candidate) - 1
    letters = [letter for letter in short.lower() if letter.isalnum()]
    lowered = candidate.lower()
    for i in range(len(letters) - 1, -1, -1):
        while position >= 0 and (
            lowered[position] != letters[i] or (i == 0 and position > 0 and lowered[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return ""
        position -= 1
    return candidate[position + 1 :].strip()
