"""Quantities: what is read as an amount, and of which kind."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import pytest

from linter.annotate.quantities import Quantity, find_quantities
from linter.annotate.words import fold, split_words

if TYPE_CHECKING:
    from linter.annotate import Annotations


class _Words:
    """The part of the annotations that quantities are read from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words, self.word_starts = split_words(fold(text))


def quantities(text: str) -> list[Quantity]:
    return find_quantities(cast("Annotations", _Words(text)))


def surfaces(text: str, kind: str) -> list[str]:
    return [text[q.start : q.end] for q in quantities(text) if q.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("take 50 mg at night", "50 mg"),
        ("take 50mg", "50mg"),
        ("from 25 up to 100 mg at night", "25 up to 100 mg"),
        ("for anxiety1.5 to 4.5mg", "1.5 to 4.5mg"),
        ("1.5–4.5mg", "1.5–4.5mg"),
        ("0.25 mg to 0.5 mg", "0.25 mg to 0.5 mg"),
        ("0.5 g/kg", "0.5 g/kg"),
        ("0.2 mg for each kilo they weigh", "0.2 mg for each kilo"),
        ("5,000 IU of D3", "5,000 IU"),
        ("50k IU a week", "50k IU a week"),
        ("50k IU", "50k IU"),
        ("50 mcg", "50 mcg"),
        ("100 µg", "100 µg"),
        ("100 μg", "100 μg"),
        ("10 units", "10 units"),
        ("3x80mg/day", "3x80mg/day"),
        ("5-10 billion CFUs", "5-10 billion CFUs"),
        ("300\u202fmg", "300\u202fmg"),
        ("tyrosine,500–1,000mgs,empty", "500–1,000mgs"),
        ("½ tsp", "½ tsp"),
        ("1/2 teaspoon", "1/2 teaspoon"),
        ("1 to 2 droppers", "1 to 2 droppers"),
        ("2 senna tablets", "2 senna tablets"),
        ("half a tablet", "half a tablet"),
        ("three quarters of a tablet", "three quarters of a tablet"),
        ("two capsules with food", "two capsules"),
        ("one to two capsules", "one to two capsules"),
        ("five vitamin D drops", "five vitamin D drops"),
        ("a gram an hour", "a gram an hour"),
        ("a tablet a day", "a tablet a day"),
        ("twenty-five milligrams", "twenty-five milligrams"),
        ("one hundred and fifty milligrams", "one hundred and fifty milligrams"),
        ("one and a half tablets", "one and a half tablets"),
        ("a couple of tablets", "a couple of tablets"),
        ("half a grain", "half a grain"),
        ("1,5 mg", "1,5 mg"),
        ("10\u202f000 IU", "10\u202f000 IU"),
        ("600MG", "600MG"),
        ("a teaspoon in water", "a teaspoon"),
        ("a tenth of a gram", "tenth of a gram"),
        ("ten micrograms", "ten micrograms"),
    ],
)
def test_dose(text: str, expected: str) -> None:
    assert surfaces(text, "dose") == [expected]


@pytest.mark.parametrize(
    "text",
    ["162 mg/dL", "50 ng/mL", "0.6 to 0.8 mmol/L", "30 to 300 mg/g", "10 µg/L", "25 IU/L", "20 mg/mL", "2 mIU/L"],
)
def test_lab_value(text: str) -> None:
    assert surfaces(text, "lab") == [text]
    assert not surfaces(text, "dose")


@pytest.mark.parametrize(
    "text",
    [
        "a 40 MB file", "vitamin B12", "COVID-19 tablets", "a 5G mast", "$50m", "$5 mg", "14 kg", "a tablet",
        "a few pills", "a 7-pill pack", "in 2019 the unit", "two of the most popular tablets", "one. Tablets",
        "a dose of humility", "25 °C", "the third tablet", "a quarter of gummies",
    ],
)  # fmt: skip
def test_no_dose(text: str) -> None:
    assert not surfaces(text, "dose")


@pytest.mark.parametrize(
    ("text", "kind"), [("45 %", "percent"), ("60 per cent", "percent"), ("6 weeks", "duration"), ("14 kg", "weight")]
)
def test_other_kinds(text: str, kind: str) -> None:
    assert surfaces(text, kind) == [text]


def test_values() -> None:
    assert [(q.value, q.high, q.unit, q.per) for q in quantities("1.5–4.5 mg a day, half a tablet, 50k IU")] == [
        (1.5, 4.5, "mg", "day"),
        (0.5, None, "tablet", ""),
        (50_000.0, None, "IU", ""),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-five milligrams", 25), ("one hundred and fifty milligrams", 150), ("a hundred milligrams", 100),
        ("one and a half tablets", 1.5), ("three quarters of a tablet", 0.75), ("half a tablet", 0.5),
        ("a couple of tablets", 2), ("1,5 mg", 1.5), ("10\u202f000 IU", 10_000), ("1,500 mg", 1500),
    ],
)  # fmt: skip
def test_value_of_a_number(text: str, value: float) -> None:
    assert [q.value for q in quantities(text)] == [value]


def test_order_and_overlap() -> None:
    found = quantities("one level scoop (10 g), then two 500 mg capsules, then 3 ml")
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [q.unit for q in found] == ["scoop", "g", "mg", "mL"]


def test_no_quantity_runs_over_a_block() -> None:
    assert not surfaces("In 50\n\nmg of it", "dose")
    assert not surfaces("two\n\ncapsules", "dose")


@pytest.mark.parametrize("piece", ["1 ", "1-1 ", "1,111", "1", "a half ", "1/1/", "half a of a tablet "])
def test_linear(piece: str) -> None:
    def seconds(count: int) -> float:
        words = _Words(piece * count)
        start = time.perf_counter()
        find_quantities(cast("Annotations", words))
        return time.perf_counter() - start

    small, large = max(seconds(5_000), 0.002), seconds(50_000)
    assert large < small * 60
