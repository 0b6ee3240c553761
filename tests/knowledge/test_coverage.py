"""What covers what, and which words name what, case by case."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.knowledge.base import KnowledgeBase
from linter.knowledge.load import load_knowledge
from tests.knowledge.matching import Matcher

HERE = Path(__file__).parent
DATA = load_knowledge()
BASE = KnowledgeBase.from_data(DATA)
MATCHER = Matcher(DATA)


def cases(*files: str) -> list[tuple[str, str, str, str]]:
    rows = []
    for file in files:
        for line in (HERE / file).read_text(encoding="utf-8").splitlines()[1:]:
            kind, name, condition, expected = [*line.split("\t"), ""][:4]
            rows.append((kind, name, condition, expected))
    return rows


ALL = cases("coverage_cases.tsv", "hard_cases.tsv")


@pytest.mark.parametrize(
    ("kind", "name", "condition", "expected"), [case for case in ALL if case[0] in ("generic", "product")]
)
def test_covers(kind: str, name: str, condition: str, expected: str) -> None:
    entry = name if kind == "generic" else BASE.find_drug(name)
    assert entry is not None
    assert BASE.is_drug(entry)
    assert BASE.is_condition(condition)
    assert BASE.covers(entry, condition) is (expected == "yes")


@pytest.mark.parametrize(("text", "expected"), [(case[1], case[2]) for case in ALL if case[0] == "condition-term"])
def test_condition_terms(text: str, expected: str) -> None:
    found = {term.entry for term in MATCHER.find(text) if term.concept == "condition"}
    assert found == {part for part in expected.split("|") if part != "-"}


@pytest.mark.parametrize(("text", "expected"), [(case[1], case[2]) for case in ALL if case[0] == "drug-term"])
def test_drug_terms(text: str, expected: str) -> None:
    found = {BASE.generic_of(term.entry) for term in MATCHER.find(text) if term.concept in ("drug", "supplement")}
    assert found == {part for part in expected.split("|") if part != "-"}


@pytest.mark.parametrize("use", DATA.off_label, ids=lambda use: f"{use.drug}-{use.condition}")
def test_well_known_off_label_uses_are_outside_coverage(use: object) -> None:
    drug, condition = use.drug, use.condition  # type: ignore[attr-defined]
    assert BASE.is_drug(drug)
    assert BASE.is_condition(condition)
    assert not BASE.covers(drug, condition)


def test_a_category_is_never_covered() -> None:
    assert not BASE.covers("sertraline", "mental-disorders")
    assert not BASE.related("ptsd", "mental-disorders")
    assert not BASE.related("ptsd", "ocd")


def test_related_goes_up_and_down_through_any_parent() -> None:
    assert BASE.related("migraine", "headache")
    assert BASE.related("headache", "migraine-acute")
    assert BASE.related("ptsd", "ptsd")
    assert not BASE.related("type-1-diabetes", "type-2-diabetes")


def test_an_unknown_id_is_covered_by_nothing() -> None:
    assert not BASE.covers("no-such-drug", "pain")
    assert not BASE.covers("aspirin", "no-such-condition")
    assert BASE.generic_of("no-such-drug") is None
    assert BASE.status("no-such-drug") is None
    assert BASE.name("no-such-drug") == "no-such-drug"


def test_eu_approvals_stand_apart() -> None:
    assert not BASE.covers("nalmefene", "alcohol-use-disorder")
    assert BASE.covers("nalmefene", "alcohol-use-disorder", "eu")


def test_only_some_products_have_an_approval() -> None:
    assert "Wegovy" in BASE.only_as("semaglutide", "mash")
    assert "Ozempic" not in BASE.only_as("semaglutide", "mash")
    assert BASE.only_as("semaglutide", "pcos") == ()
    assert {product.name for product in BASE.approved_products("sildenafil", "erectile-dysfunction")} == {"Viagra"}


def test_approvals_in_words() -> None:
    text = BASE.describe_approvals("naltrexone")
    assert "alcohol use disorder" in text
    assert " and " in text
    assert BASE.describe_approvals("compounded-semaglutide") == ""
    assert BASE.describe_approvals("prednisone", limit=2).endswith(" more")


def test_a_name_is_found_in_any_case_and_number() -> None:
    assert BASE.find("OZEMPIC") == "ozempic"
    assert BASE.find("ssri nonsense") is None
    assert BASE.find("hot flush") == "menopause-vasomotor"
    assert BASE.find_drug("hot flush") is None
    assert "naltrexone" in BASE.near("naltrexne")
    assert BASE.near("qqqqqqqq") == ()
