"""The report on one drug, the counts, and the compiled form."""

from __future__ import annotations

import json
import time

import pytest

from linter.knowledge.base import KnowledgeBase, compile_base, join_words
from linter.knowledge.describe import drug_report, format_drug, format_stats
from linter.knowledge.load import load_knowledge

COMPILED = compile_base()
BASE = KnowledgeBase.from_compiled(COMPILED)


def test_a_report_holds_what_the_base_knows() -> None:
    report = drug_report(BASE, "Naltrexone")
    assert json.loads(json.dumps(report)) == report
    assert report["found"]
    assert report["status"] == "rx"
    assert "Vivitrol" in report["brands"]
    assert {row["condition"] for row in report["approvals"]} >= {"alcohol-use-disorder", "opioid-use-disorder"}
    assert all(row["source"] for row in report["approvals"])
    assert any(product["name"] == "low-dose naltrexone" and not product["approvals"] for product in report["products"])
    off = {use["condition"]: use["covered"] for use in report["often_off_label"]}
    assert off["fibromyalgia"] is False


def test_known_uses_without_an_approval_are_told_by_drug() -> None:
    assert "fibromyalgia" in BASE.often_off_label("naltrexone")
    assert "opioid-use-disorder" not in BASE.often_off_label("naltrexone")
    assert BASE.often_off_label("no-such-drug") == frozenset()


def test_a_brand_leads_to_its_generic() -> None:
    report = drug_report(BASE, "ozempic")
    assert (report["entry"], report["id"], report["asked"]) == ("ozempic", "semaglutide", "ozempic")


def test_eu_only_approvals_stand_apart() -> None:
    report = drug_report(BASE, "nalmefene")
    assert [row["condition"] for row in report["eu_only"]] == ["alcohol-use-disorder"]


def test_an_unknown_name_gets_near_ones() -> None:
    report = drug_report(BASE, "naltraxon")
    assert not report["found"]
    assert "naltrexone" in report["near"]
    assert any(line.startswith("Did you mean ") for line in format_drug(report))
    assert format_drug(drug_report(BASE, "xqzw")) == ["No drug called 'xqzw' in the knowledge base."]


@pytest.mark.parametrize("drug", sorted(load_knowledge().drugs))
def test_every_drug_can_be_printed(drug: str) -> None:
    report = drug_report(BASE, drug)
    assert report["id"] == drug
    lines = format_drug(report)
    assert lines[0].startswith(report["name"])
    assert all("\n" not in line and line == line.rstrip() for line in lines)


def test_text_form() -> None:
    text = "\n".join(format_drug(drug_report(BASE, "naltrexone")))
    assert "Approved in the US for:" in text
    assert "Often mentioned, not approved:" in text
    assert "Doses on the label:" in text
    assert "No clinician has reviewed" in text
    assert "No approved use in the US" in "\n".join(format_drug(drug_report(BASE, "BPC-157")))


def test_counts() -> None:
    stats = BASE.stats()
    assert stats["drugs"] == sum(stats["drugs_by_status"].values())
    assert stats["approvals"] == stats["approvals_us"] + stats["approvals_eu"]
    assert len(format_stats(stats)) == 8


def test_the_compiled_form_survives_json() -> None:
    again = KnowledgeBase.from_compiled(json.loads(json.dumps(COMPILED)))
    assert again.drug("naltrexone") == BASE.drug("naltrexone")
    assert again.approvals("semaglutide") == BASE.approvals("semaglutide")
    assert again.doses("fluoxetine") == BASE.doses("fluoxetine")
    assert again.condition("ptsd") == load_knowledge().conditions["ptsd"]
    assert again.product("ozempic") == load_knowledge().products["ozempic"]


def test_details_may_be_kept_apart() -> None:
    asked = []

    def details() -> dict[str, str]:
        asked.append(1)
        return dict(COMPILED["details"])

    base = KnowledgeBase.from_compiled({"format": COMPILED["format"], "core": COMPILED["core"]}, details)
    assert base.covers("sertraline", "ptsd")
    assert not asked
    assert base.drug("sertraline") is not None
    assert base.drug("prazosin") is not None
    assert len(asked) == 1


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        KnowledgeBase.from_compiled({"format": 0, "core": {}, "details": {}})


def test_loading_the_compiled_form_is_instant() -> None:
    start = time.perf_counter()
    base = KnowledgeBase.from_compiled(COMPILED)
    assert base.covers("sertraline", "ptsd")
    assert time.perf_counter() - start < 0.05


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_join_words(words: list[str], text: str) -> None:
    assert join_words(words) == text
