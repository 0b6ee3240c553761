"""Doses with no word about whom to ask: how much of a drug or supplement to take, and no prescriber in reach.

A unit is a paragraph, a whole list or a whole table. Its amounts are read one by one (``amounts``): one that stands for
something else (a product's content, a meal, a laboratory value, what participants got, the writer's own story) is told
apart by the words around it (``senses``), and what is left must go with a substance or with words of use (``ties``).
Only then is a caveat looked for (``caveats``). The words are data (``rules/lexicons/dose.yaml``); a draft without
amounts costs a glance at its quantities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.checks import Match
from linter.checks.dose.amounts import Layout, Reading, find_amounts
from linter.checks.dose.caveats import Caveats
from linter.checks.dose.senses import is_something_else
from linter.checks.dose.ties import is_tied, substance_of
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.annotate import Annotations
    from linter.engine.rulebook import RuleBook
    from linter.engine.rules import Rule

SILENT_BLOCKS = frozenset({BlockKind.TITLE, BlockKind.DESCRIPTION})


def check(annotations: Annotations, rule: Rule, book: RuleBook) -> Iterator[Match]:
    """One match for each unit that gives doses, at its first dose."""
    options = rule.find[0].options if rule.find else {}
    whole_draft = options.get("document-caveat", "silent") == "silent"
    caveats = Caveats(annotations)
    for doses in _units(annotations):
        if not caveats.in_reach(doses[0].members) and not (whole_draft and caveats.in_document):
            yield _match(doses)


def is_dose(reading: Reading) -> bool:
    """Whether an amount says how much of a drug or supplement to take."""
    return reading.block.kind not in SILENT_BLOCKS and not is_something_else(reading) and is_tied(reading)


def _units(annotations: Annotations) -> Iterator[list[Reading]]:
    """The doses of each paragraph, list or table that gives any, in order."""
    layout = Layout(annotations)
    units: dict[tuple[int, int], list[Reading]] = {}
    for index, amount in find_amounts(layout):
        reading = Reading(layout, index, amount)
        if is_dose(reading):
            group = reading.block.group
            units.setdefault((group, -1) if group >= 0 else (-1, index), []).append(reading)
    yield from units.values()


def _match(doses: Sequence[Reading]) -> Match:
    """The match at the first of a unit's doses."""
    first = doses[0]
    text = first.annotations.text
    captures = {"dose": text[first.start : first.end], "more": ""}
    if len(doses) > 1:
        captures["more"] = f" (and {len(doses) - 1} more here)"
    ids: dict[str, str] = {}
    substance = substance_of(first)
    if substance is not None:
        captures["drug"] = text[substance.start : substance.end]
        if substance.concept in ("drug", "supplement"):
            ids["drug"] = substance.entry
    captures["subject"] = captures.get("drug", "this")
    return Match(first.start, first.end, captures, ids)
