"""What ties an amount to a reader: a substance, and words of use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.annotate.quantities import FORMS
from linter.checks.dose.amounts import COUNT, FRAGMENTS, SUBSTANCES
from linter.checks.dose.senses import KITCHEN_UNITS, PLAIN_FORMS, is_filled_form
from linter.document import BlockKind

if TYPE_CHECKING:
    from linter.annotate import Mention
    from linter.checks.dose.amounts import Reading

MEDICAL_UNITS = frozenset({"mg", "mcg", "IU", "unit", "CFU"})
CAFFEINE = frozenset({"caffeine", "espresso"})
_CLOSE = 48  # characters between a substance and its amount when nothing else ties them


def is_tied(reading: Reading) -> bool:
    """Whether a substance and words of use go with the amount."""
    form = reading.amount.unit in FORMS
    near = [m for m in reading.substances if form or not reading.covers(m)]
    if (near and all(m.entry in CAFFEINE for m in near)) or (not near and _is_about_caffeine(reading)):
        return _is_taken(reading) and reading.block.kind is not BlockKind.HEADING
    if reading.block.kind is BlockKind.HEADING:
        return bool(near) and (reading.named or reading.timed)
    used = bool(reading.take) or reading.named or reading.timed
    if reading.amount.unit == "mL" and not used:
        return False
    if reading.amount.unit == COUNT:
        return reading.timed and _is_of_named(reading)
    if reading.block.kind in FRAGMENTS:
        return _is_tied_in_list(reading, near, used=used)
    if near:
        return used or (not form and (reading.has("dose.usual") or any(reading.distance(m) <= _CLOSE for m in near)))
    return _is_tied_from_afar(reading, used=used)


def substance_of(reading: Reading) -> Mention | None:
    """The drug or supplement that the amount is of: the nearest in the sentence, else in what stands around."""
    annotations = reading.annotations
    spans = [(reading.sentence.start, reading.sentence.end)]
    blocks = map(annotations.block, reading.layout.around(reading.index))
    spans += [(block.start, block.end) for block in blocks]
    for start, end in spans:
        found = annotations.within(start, end, *SUBSTANCES)
        if found:
            return min(found, key=lambda m: (abs(reading.distance(m)), m.concept == "dose.substance"))
    return None


def _is_plain(reading: Reading) -> bool:
    return reading.amount.unit in PLAIN_FORMS or is_filled_form(reading)


def _is_tied_in_list(reading: Reading, near: list[Mention], *, used: bool) -> bool:
    """Whether an item or a cell gives a dose: what stands around says what of."""
    if near or _is_plain(reading):
        return True
    if (used or reading.amount.unit not in FORMS) and reading.layout.is_about_substance(reading.index):
        return True
    return reading.amount.unit in MEDICAL_UNITS and (reading.named or reading.timed or _is_about_doses(reading))


def _is_tied_from_afar(reading: Reading, *, used: bool) -> bool:
    """Whether a sentence that names no substance gives a dose."""
    unit = reading.amount.unit
    if _is_plain(reading) and (reading.take or reading.timed):
        return True
    if unit in MEDICAL_UNITS and (reading.timed or (reading.named and reading.has("dose.usual"))):
        return True
    if unit in KITCHEN_UNITS - {"g", "mL"}:
        return _is_of_named(reading)
    return (used or _stands_alone(reading)) and reading.layout.is_about_substance(reading.index)


def _is_of_named(reading: Reading) -> bool:
    """Whether a measure that other things share is one of a substance that the block or its heading names."""
    layout, index = reading.layout, reading.index
    if layout.has(index, *SUBSTANCES):
        return bool(reading.take) or reading.timed
    headings = reading.annotations.headings(index)[:1]
    return bool(reading.take) and any(layout.has(i, *SUBSTANCES) for i in headings)


def _stands_alone(reading: Reading) -> bool:
    """Whether a sentence opens with the amount, as an answer does: 0.3 mg, not 10."""
    return reading.start == reading.sentence.start and reading.amount.unit in MEDICAL_UNITS


def _is_taken(reading: Reading) -> bool:
    """Whether the amount is swallowed as tablets, or plainly taken: what it needs where drinks hold it too."""
    return is_filled_form(reading) or any(m.entry in ("take", "pop", "swallow") for m in reading.take)


def _is_about_caffeine(reading: Reading) -> bool:
    """Whether the column of a cell, the block, or what introduces it is about caffeine."""
    header = reading.layout.column_header(reading.index)
    return any(reading.layout.has(i, "dose.caffeine") for i in (reading.index, header, reading.block.lead) if i >= 0)


def _is_about_doses(reading: Reading) -> bool:
    """Whether the heading or what introduces a list or table speaks of doses."""
    layout, index = reading.layout, reading.index
    places = [*reading.annotations.headings(index)[:1], reading.block.lead, layout.corner(index)]
    return any(i >= 0 and layout.has(i, "dose.word") for i in places)
