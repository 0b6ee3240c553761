"""Doses with no word about whom to ask: how much of a drug or supplement to take, and no prescriber in reach.

A unit is a paragraph, a whole list or a whole table. Amounts that stand for something else (a product's content, a
meal, a laboratory value, what participants got, the writer's own story) are told apart by the words around them; the
words are data (``rules/lexicons/dose.yaml``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from linter.annotate.quantities import DOSE, FORMS, Quantity
from linter.checks import Match
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from linter.annotate import Annotations, Mention, Sentence
    from linter.document import Block
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule

SUBSTANCES = ("drug", "supplement", "intervention.supplement", "dose.substance")
SILENT_BLOCKS = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION})
FRAGMENTS = frozenset({BlockKind.ITEM, BlockKind.CELL, BlockKind.TERM})

# Forms that are swallowed or breathed in: an amount of these is an amount of a medicine or supplement by itself.
PLAIN_FORMS = frozenset(
    [
        "tablet",
        "capsule",
        "caplet",
        "softgel",
        "pill",
        "gummy",
        "lozenge",
        "dropper",
        "dropperful",
        "puff",
        "spray",
        "gelcap",
        "troche",
        "suppository",
    ]
)
KITCHEN_UNITS = frozenset(
    {"g", "mL", "teaspoon", "tsp", "tablespoon", "tbsp", "pound", "pump", "scoop", "stick", "strip"}
)
MEDICAL_UNITS = frozenset({"mg", "mcg", "IU", "unit", "CFU"})
CAFFEINE = frozenset({"caffeine", "espresso"})
TIMES = frozenset({"day", "night", "week", "hour", "month", "dose", "kg"})
CONTENT_PER = frozenset({"serving", "bottle", "cup", "capsule", "tablet", "gummy", "scoop", "puff", "spray", "drop"})

_NUMBER_ALONE = re.compile(r"\s*[~≈<≤]?\s*(\d[\d,.]*)\s*(?:[-–—]\s*(\d[\d,.]*))?\s*(?:x\s*\d|/\s?day)?\s*$")
_HEADER_UNIT = re.compile(r"(?<![\w/])(mg|mcg|µg|μg|ug|g|IU|units|mL|ml)(?:\s?/\s?(\w+))?(?!\w)")
_FORM_AFTER = re.compile(r"[ -]([A-Za-z]+)")
_PLAIN_FORM_WORDS = PLAIN_FORMS | {f"{form}s" for form in PLAIN_FORMS} | {"gummies", "suppositories"}
_FORBIDS = frozenset({"no", "not", "never", "don", "shouldn", "mustn", "avoid", "won"})
_EQUATION = re.compile(r"\s?(?:=|→|≈)")
_REACH = {"caveat.consult": 14, "caveat.refer": 9}
"""How many words may part a clinician from the words that send the reader there."""
_CLOSE = 48  # characters between a substance and its amount when nothing else ties them


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """One match for each unit that gives doses, at its first dose."""
    options = rule.find[0].options if rule.find else {}
    finder = _Finder(annotations)
    units: dict[tuple[str, int], _Unit] = {}
    for index, quantity in finder.candidates():
        block = annotations.block(index)
        key = ("group", block.group) if block.group >= 0 else ("block", index)
        unit = units.setdefault(key, _Unit())
        unit.add(index, quantity)
    caveats = _Caveats(annotations)
    for key, unit in units.items():
        doses = [(index, dose) for index, dose in unit.doses if finder.is_instruction(index, dose)]
        if not doses or caveats.in_reach(unit.members(annotations, key)):
            continue
        if options.get("document-caveat", "silent") == "silent" and caveats.in_document():
            continue
        yield finder.match(doses)


@dataclass(slots=True)
class _Unit:
    """A paragraph, list or table with the amounts in it."""

    doses: list[tuple[int, Quantity]] = field(default_factory=list)

    def add(self, index: int, quantity: Quantity) -> None:
        self.doses.append((index, quantity))

    def members(self, annotations: Annotations, key: tuple[str, int]) -> list[int]:
        """The indexes of the unit's blocks."""
        kind, number = key
        if kind == "block":
            return [number]
        first = self.doses[0][0]
        blocks = annotations.document.blocks
        low = high = first
        while low > 0 and blocks[low - 1].group == number:
            low -= 1
        while high + 1 < len(blocks) and blocks[high + 1].group == number:
            high += 1
        return list(range(low, high + 1))


class _Finder:
    """Tells which amounts of a draft are doses to take."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self._about: dict[int, bool] = {}

    def candidates(self) -> Iterator[tuple[int, Quantity]]:
        """(block index, amount) of everything measured as a dose is, in order."""
        annotations = self.annotations
        found = [
            (annotations.document.block_at(quantity.start), quantity)
            for quantity in annotations.quantities
            if quantity.kind == DOSE
        ]
        found += self._bare_cells()
        found.sort(key=lambda pair: pair[1].start)
        yield from found

    def _bare_cells(self) -> Iterator[tuple[int, Quantity]]:
        """Table cells that hold a number whose unit stands in the column's header."""
        document = self.annotations.document
        for index, block in enumerate(document.blocks):
            if block.kind is not BlockKind.CELL or block.header or not block.group >= 0 or block.end - block.start > 24:
                continue
            number = _NUMBER_ALONE.match(document.block_text(index))
            if number is None:
                continue
            unit = self._header_unit(index, block)
            if unit:
                value = _float(number[1])
                high = _float(number[2]) if number[2] else None
                yield index, Quantity(block.start, block.end, DOSE, value, high, unit, "")

    def _header_unit(self, index: int, block: Block) -> str:
        header = self._column_header(index, block)
        if header < 0:
            return ""
        unit = _HEADER_UNIT.search(self.annotations.document.block_text(header))
        if unit is None or (unit[2] and unit[2].lower() not in ("day", "d", "kg", "night", "dose", "week")):
            return ""
        return unit[1]

    @cached_property
    def _headers(self) -> Mapping[tuple[int, int], int]:
        """(group, column) to the index of the header cell; the first row serves where no header is marked."""
        table: dict[tuple[int, int], int] = {}
        for index, block in enumerate(self.annotations.document.blocks):
            if block.kind is BlockKind.CELL and (block.header or block.row == 0):
                table.setdefault((block.group, block.column), index)
        return table

    def _column_header(self, index: int, block: Block) -> int:
        header = self._headers.get((block.group, block.column), -1)
        return -1 if header == index else header

    @cached_property
    def _rows(self) -> Mapping[tuple[int, int], int]:
        """(group, row) to the index of the row's first cell."""
        table: dict[tuple[int, int], int] = {}
        for index, block in enumerate(self.annotations.document.blocks):
            if block.kind is BlockKind.CELL:
                table.setdefault((block.group, block.row), index)
        return table

    # What the words around an amount say

    def is_instruction(self, index: int, dose: Quantity) -> bool:
        """Whether an amount says how much to take."""
        annotations = self.annotations
        block = annotations.block(index)
        if block.kind in SILENT_BLOCKS:
            return False
        sentence = annotations.sentence_at(dose.start)
        if self._is_something_else(block, sentence, dose):
            return False
        return self._is_tied(index, block, sentence, dose)

    def _is_something_else(self, block: Block, sentence: Sentence, dose: Quantity) -> bool:
        """Whether the words say that the amount is no dose for the reader."""
        annotations = self.annotations
        start, end = sentence.start, sentence.end
        if dose.per in CONTENT_PER or self._is_equation(dose) or self._is_food(sentence, dose):
            return True
        if self._is_size(dose, end) or annotations.text[max(dose.start - 4, start) : dose.start].lower() == " in ":
            return True
        if any(m.start < dose.end for m in annotations.within(max(dose.start - 12, start), dose.end, "dose.other-sense")
               if m.end > dose.start):  # fmt: skip
            return True
        if annotations.has(start, end, "dose.exposure"):
            return True
        advises = annotations.has(start, end, "dose.advise")
        if not advises and annotations.has(start, end, "dose.story"):
            return True
        left, right = annotations.context.clause(sentence, dose.start, dose.end)
        take = [m for m in annotations.within(left, right, "dose.take") if not self._inside(dose, m)]
        if annotations.has(start, end, "dose.study", "dose.fact") and not (advises or self._instructs(take)):
            return True
        if not any(m.form not in ("ed", "en") for m in take) and self._is_content(left, right, dose):
            return True
        if not take and not self._is_timed(sentence, dose) and self._is_food_list(sentence.block, block):
            return True
        return self._is_limit(sentence, dose)

    def _is_size(self, dose: Quantity, end: int) -> bool:
        """Whether a container follows at once: a 10 ml vial."""
        text = self.annotations.text
        after = self.annotations.within(dose.end, min(dose.end + 20, end), "dose.container")
        return any(text[dose.end : m.start].strip(" -").count(" ") == 0 and _adjoins(text[dose.end : m.start])
                   and " of " not in text[dose.end : m.start] for m in after)  # fmt: skip

    def _is_content(self, left: int, right: int, dose: Quantity) -> bool:
        """Whether words before the amount, or just behind it, say what a product holds."""
        annotations = self.annotations
        before = annotations.within(left, dose.start, "dose.content")
        if any(m.concept == "dose.content" or dose.start - m.end < 3 for m in before):
            return True
        after = annotations.within(dose.end, min(dose.end + 30, right), "dose.content")
        return any(m.concept == "dose.content" for m in after)

    @staticmethod
    def _instructs(take: Sequence[Mention]) -> bool:
        """Whether one of the verbs is an order or a custom, not a past event."""
        return any(m.form in ("base", "s") or (not m.form and not m.entry.split()[0].endswith("ed")) for m in take)

    @staticmethod
    def _inside(dose: Quantity, mention: Mention) -> bool:
        return mention.start >= dose.start and mention.end <= dose.end

    def _is_equation(self, dose: Quantity) -> bool:
        text = self.annotations.text
        return bool(_EQUATION.match(text, dose.end)) or text[max(dose.start - 2, 0) : dose.start].strip() in ("=", "≈")

    def _is_food(self, sentence: Sentence, dose: Quantity) -> bool:
        """Whether the amount is one of a nutrient, a food or a drink."""
        annotations = self.annotations
        start, end = sentence.start, sentence.end
        after = annotations.within(dose.end, min(dose.end + 40, end), "dose.nutrient", "dose.food")
        if any(_adjoins(annotations.text[dose.end : m.start]) for m in after):
            return True
        before = annotations.within(max(dose.start - 60, start), dose.start, "dose.nutrient", "dose.food")
        if any(
            annotations.text[m.end : dose.start].strip(" :(–-,") == "" and not self._completes_name(m) for m in before
        ):
            return True
        named = annotations.has(start, end, *SUBSTANCES)
        if not named and annotations.has(max(dose.start - 40, start), dose.start, "dose.nutrient"):
            return True
        if dose.unit not in KITCHEN_UNITS:
            return False
        after = annotations.within(dose.end, min(dose.end + 40, end), "dose.kitchen")
        if any(_adjoins(annotations.text[dose.end : m.start]) for m in after) and self._is_cooking(sentence):
            return True
        if annotations.has(start, end, "dose.cooking") and not self._is_timed(sentence, dose):
            return not annotations.has(dose.start, end, *SUBSTANCES)
        return not named and annotations.has(start, end, "dose.nutrient", "dose.food")

    def _completes_name(self, mention: Mention) -> bool:
        """Whether a food's word belongs to a medicine's name: paracetamol syrup."""
        before = self.annotations.within(max(mention.start - 30, 0), mention.start, *SUBSTANCES)
        return any(m.word_end == mention.word for m in before)

    def _is_food_list(self, index: int, block: Block) -> bool:
        """Whether a list or table names foods with what they hold."""
        if block.kind not in FRAGMENTS or self._labelled(index, block):
            return False
        corner = self._headers.get((block.group, 0), -1) if block.kind is BlockKind.CELL else -1
        places = [*self.annotations.headings(index)[:1], block.lead, self._column_header(index, block), corner]
        return any(i >= 0 and self._block_has(i, "dose.food-list") for i in places)

    def _is_cooking(self, sentence: Sentence) -> bool:
        """Whether the words are those of a recipe: kitchen verbs in the unit or a section that has them."""
        span = self.annotations.section_span(self.annotations.block(sentence.block).section)
        return self.annotations.has(*span, "dose.cooking") or self.annotations.has(
            sentence.start, sentence.end, "dose.food"
        )

    def _is_limit(self, sentence: Sentence, dose: Quantity) -> bool:
        """Whether the amount is a threshold told as a fact: not one that a reader is told to keep to."""
        annotations = self.annotations
        for mention in annotations.within(max(dose.start - 50, sentence.start), dose.start, "dose.limit"):
            between = annotations.text[mention.end : dose.start]
            ahead = annotations.words[max(mention.word - 4, sentence.word) : mention.word]
            if between.count(" ") <= 4 and not _FORBIDS.intersection(ahead):
                return True
        return False

    def _is_tied(self, index: int, block: Block, sentence: Sentence, dose: Quantity) -> bool:
        """Whether a substance and words of use go with the amount."""
        annotations = self.annotations
        start, end = sentence.start, sentence.end
        form = dose.unit in FORMS
        near = [m for m in annotations.within(start, end, *SUBSTANCES) if form or not self._inside(dose, m)]
        take = any(not self._inside(dose, m) for m in annotations.within(start, end, "dose.take"))
        named = annotations.has(start, end, "dose.word") or self._labelled(index, block)
        when = self._is_timed(sentence, dose)
        if (near and all(m.entry in CAFFEINE for m in near)) or (not near and self._is_about_caffeine(index, block)):
            return self._is_taken(sentence, dose) and block.kind is not BlockKind.HEADING
        if block.kind is BlockKind.HEADING:
            return bool(near) and (named or when)
        plain = dose.unit in PLAIN_FORMS or self._is_filled_form(dose)
        used = take or named or when
        if dose.unit == "mL" and not used:
            return False
        if block.kind in FRAGMENTS:
            if near or plain or (self._is_about_substance(index) and (used or not form)):
                return True
            return dose.unit in MEDICAL_UNITS and (named or when or self._is_about_doses(index))
        if near and form:
            return used
        if near:
            usual = annotations.has(start, end, "dose.usual")
            return used or usual or any(self._distance(m, dose) <= _CLOSE for m in near)
        if plain and (take or when):
            return True
        if dose.unit in MEDICAL_UNITS and (when or (named and annotations.has(start, end, "dose.usual"))):
            return True
        if dose.unit in KITCHEN_UNITS and dose.unit != "g" and not take:
            return when and self._block_has(index, *SUBSTANCES)
        return used and self._is_about_substance(index)

    def _is_taken(self, sentence: Sentence, dose: Quantity) -> bool:
        """Whether the amount is swallowed as tablets, or plainly taken: what it needs where drinks hold it too."""
        taken = self.annotations.within(sentence.start, sentence.end, "dose.take")
        return self._is_filled_form(dose) or any(m.entry in ("take", "pop", "swallow") for m in taken)

    def _is_filled_form(self, dose: Quantity) -> bool:
        """Whether a dose form follows the amount: one 200 mg lozenge."""
        form = _FORM_AFTER.match(self.annotations.text, dose.end)
        return form is not None and form[1].lower() in _PLAIN_FORM_WORDS

    def _is_timed(self, sentence: Sentence, dose: Quantity) -> bool:
        """Whether words beside the amount say how often or when."""
        annotations = self.annotations
        return dose.per in TIMES or (
            annotations.has(dose.end, min(dose.end + 80, sentence.end), "dose.when")
            or annotations.has(max(sentence.start, dose.start - 40), dose.start, "dose.when")
        )

    def _is_about_caffeine(self, index: int, block: Block) -> bool:
        """Whether the column of a cell, or the block, is about caffeine."""
        header = self._column_header(index, block) if block.kind is BlockKind.CELL else -1
        return any(self._block_has(i, "dose.caffeine") for i in (index, header) if i >= 0)

    def _labelled(self, index: int, block: Block) -> bool:
        """Whether the column's header says that the cells are doses."""
        if block.kind is not BlockKind.CELL:
            return False
        header = self._column_header(index, block)
        return header >= 0 and self._block_has(header, "dose.word")

    @staticmethod
    def _distance(mention: Mention, dose: Quantity) -> int:
        return max(dose.start - mention.end, mention.start - dose.end)

    def _block_has(self, index: int, *concepts: str) -> bool:
        block = self.annotations.block(index)
        return self.annotations.has(block.start, block.end, *concepts)

    def _is_about_substance(self, index: int) -> bool:
        """Whether the block, what introduces it, its row, its column or its headings name a drug or supplement."""
        known = self._about.get(index)
        if known is None:
            known = self._about[index] = any(self._block_has(i, *SUBSTANCES) for i in self._around(index))
        return known

    def _is_about_doses(self, index: int) -> bool:
        """Whether the heading or what introduces a list or table speaks of doses."""
        annotations = self.annotations
        block = annotations.block(index)
        places = [*annotations.headings(index)[:1], block.lead, self._headers.get((block.group, 0), -1)]
        return any(i >= 0 and self._block_has(i, "dose.word") for i in places)

    def _around(self, index: int) -> Iterator[int]:
        annotations = self.annotations
        block = annotations.block(index)
        yield index
        if block.kind is BlockKind.CELL:
            yield self._rows.get((block.group, block.row), index)
            header = self._column_header(index, block)
            if header >= 0:
                yield header
        lead, seen = block.lead, 0
        while lead >= 0 and seen < 4:
            yield lead
            lead, seen = annotations.block(lead).lead, seen + 1
        yield from annotations.headings(index)[:2]
        yield from self._beside(index, block)
        if annotations.title >= 0:
            yield annotations.title

    def _beside(self, index: int, block: Block) -> Iterator[int]:
        """The block before a paragraph, and those around a table."""
        blocks = self.annotations.document.blocks
        if block.kind is BlockKind.PARAGRAPH and index and blocks[index - 1].kind is BlockKind.PARAGRAPH:
            yield index - 1
        if block.kind is BlockKind.CELL:
            first, last = self._extent(block.group)
            yield from (i for i in (first - 1, last + 1) if 0 <= i < len(blocks))

    def _extent(self, group: int) -> tuple[int, int]:
        """The indexes of a table's first and last cells."""
        return self._extents.get(group, (0, 0))

    @cached_property
    def _extents(self) -> Mapping[int, tuple[int, int]]:
        table: dict[int, tuple[int, int]] = {}
        for index, block in enumerate(self.annotations.document.blocks):
            if block.kind is BlockKind.CELL:
                table[block.group] = (table.get(block.group, (index, 0))[0], index)
        return table

    # The finding

    def match(self, doses: Sequence[tuple[int, Quantity]]) -> Match:
        """The match at the first of a unit's doses."""
        annotations = self.annotations
        index, first = doses[0]
        text = annotations.text[first.start : first.end]
        captures = {"dose": text, "more": _more(len(doses) - 1)}
        ids: dict[str, str] = {}
        mention = self._substance(index, first)
        if mention is not None:
            captures["drug"] = annotations.text[mention.start : mention.end]
            if mention.concept in ("drug", "supplement"):
                ids["drug"] = mention.entry
        captures["subject"] = captures.get("drug", "this")
        return Match(first.start, first.end, captures, ids)

    def _substance(self, index: int, dose: Quantity) -> Mention | None:
        """The drug or supplement that the amount is of: the nearest in the sentence, else in what stands around."""
        annotations = self.annotations
        sentence = annotations.sentence_at(dose.start)
        spans = [(sentence.start, sentence.end)]
        spans += [(annotations.block(i).start, annotations.block(i).end) for i in self._around(index)]
        for start, end in spans:
            found = annotations.within(start, end, *SUBSTANCES)
            if found:
                return min(found, key=lambda m: (abs(self._distance(m, dose)), m.concept == "dose.substance"))
        return None


_FILLING = re.compile(
    r"\s*(?:of\s)?(?:(?!in\b|into\b|with\b|to\b|from\b|before\b|after\b|on\b|per\b|for\b|and\b|or\b)[\w-]+\s){0,2}\s*"
)


def _adjoins(between: str) -> bool:
    """Whether only filling words stand between an amount and what it is an amount of."""
    return len(between) < 26 and _FILLING.fullmatch(between) is not None


def _more(count: int) -> str:
    return "" if not count else f" (and {count} more here)"


def _float(number: str) -> float:
    try:
        return float(number.replace(",", "").rstrip("."))
    except ValueError:
        return 0.0


class _Caveats:
    """Where a draft sends its readers to somebody who can judge a dose."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self._blocks: dict[int, bool] = {}
        self._sections: dict[int, bool] = {}

    def in_reach(self, members: Sequence[int]) -> bool:
        """Whether a caveat stands in the unit, beside it or in its section."""
        last = len(self.annotations.document.blocks) - 1
        beside = (max(members[0] - 1, 0), min(members[-1] + 1, last))
        sections = {self.annotations.block(i).section for i in members}
        return any(map(self._in_block, (*members, *beside))) or any(map(self._in_section, sections))

    def _in_section(self, section: int) -> bool:
        known = self._sections.get(section)
        if known is None:
            known = self._sections[section] = any(map(self._in_block, self.annotations.section_blocks(section)))
        return known

    def _in_block(self, index: int) -> bool:
        known = self._blocks.get(index)
        if known is None:
            block = self.annotations.block(index)
            known = self._blocks[index] = self._possible(block.start, block.end) and any(
                self.is_caveat(s) for s in self.annotations.block_sentences(index)
            )
        return known

    def _possible(self, start: int, end: int) -> bool:
        return self.annotations.has(start, end, "clinician", "caveat.whole", "caveat.test")

    def is_caveat(self, sentence: Sentence) -> bool:
        """Whether a sentence sends the reader to a clinician, a label or a test."""
        annotations = self.annotations
        start, end = sentence.start, sentence.end
        if annotations.has(start, end, "caveat.dismiss"):
            return False
        if annotations.has(start, end, "caveat.whole", "caveat.test"):
            return True
        return any(self._refers(m, sentence) for m in annotations.within(start, end, "clinician"))

    def _refers(self, clinician: Mention, sentence: Sentence) -> bool:
        """Whether the words around a clinician are those of a referral."""
        annotations = self.annotations
        for concept, reach in _REACH.items():
            before = annotations.within(sentence.start, clinician.start, concept)
            if any(clinician.word - m.word_end <= reach for m in before):
                return True
        owner = annotations.words[clinician.word - 1] if clinician.word > sentence.word else ""
        after = annotations.within(clinician.end, sentence.end, "caveat.decide")
        if any(m.word - clinician.word_end <= 5 for m in after):
            return True
        return owner in ("your", "yours", "own")

    def in_document(self) -> bool:
        """Whether the draft anywhere tells all its readers to ask somebody before they take anything."""
        return self._general

    @cached_property
    def _general(self) -> bool:
        annotations = self.annotations
        sentences = {annotations.sentence_at(m.start).index for m in annotations.by_concept.get("clinician", ())}
        return any(self._is_general(annotations.sentences[i]) for i in sorted(sentences))

    def _is_general(self, sentence: Sentence) -> bool:
        annotations = self.annotations
        start, end = sentence.start, sentence.end
        if not annotations.has(start, end, "caveat.consult") or not annotations.has(start, end, "caveat.start"):
            return False
        grouped = annotations.within(start, end, "caveat.group")
        if any("especially" not in annotations.words[max(m.word - 3, 0) : m.word] for m in grouped):
            return False
        return not annotations.has(start, end, "caveat.test") and self.is_caveat(sentence)
