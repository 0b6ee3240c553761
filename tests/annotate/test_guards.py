"""Ambiguous terms: which mentions count."""

from __future__ import annotations

from functools import lru_cache

import pytest

from linter.annotate import annotate
from linter.annotate.guards import find_expansions
from linter.engine.rulebook import RuleBook, load_book
from linter.readers import read
from linter.source import decode


@lru_cache(maxsize=1)
def book() -> RuleBook:
    return load_book()


def entries(draft: str) -> set[str]:
    return set(listed(draft))


def listed(draft: str) -> list[str]:
    annotations = annotate(read(decode(draft.encode(), "draft.md"), None), book().lexicon)
    return [m.entry for m in annotations.within(0, len(annotations.text), "drug", "supplement", "condition")]


class TestExpansions:
    @pytest.mark.parametrize(
        ("text", "short", "long"),
        [
            ("borderline personality disorder (BPD)", "BPD", "borderline personality disorder"),
            ("a difference in differences (DID) design", "DID", "difference in differences"),
            ("BPD (bipolar disorder type) is", "BPD", "bipolar disorder type"[:0]),
            ("MS (multiple sclerosis) is", "MS", "multiple sclerosis"),
            ("PD (Parkinson's disease) is", "PD", "Parkinson's disease"),
        ],
    )
    def test_finds_both_orders(self, text: str, short: str, long: str) -> None:
        assert find_expansions(text).get(short, "") == long

    def test_takes_no_other_brackets(self) -> None:
        assert not find_expansions("He (JK) left (see Table 2) for MS (which he knew).")


class TestShortForms:
    def test_one_that_the_draft_spells_out_counts(self) -> None:
        assert "multiple-sclerosis" in entries("MS (multiple sclerosis) is common. MS tires people.")

    def test_one_with_its_long_form_elsewhere_counts(self) -> None:
        assert "parkinsons-disease" in entries("Parkinson's disease is common.\n\nPD tires people.")

    def test_one_that_nothing_explains_does_not(self) -> None:
        assert "multiple-sclerosis" not in entries("MS Word is a program.")
        assert "borderline-personality-disorder" not in entries("BPD can mean two things.")

    def test_one_spelled_out_as_something_else_does_not(self) -> None:
        draft = "We used a difference in differences (DID) design. Dissociative identity disorder was no outcome. DID was fitted."  # noqa: E501
        assert listed(draft).count("dissociative-identity-disorder") == 1


class TestCompany:
    def test_a_medicine_in_the_sentence(self) -> None:
        assert "stress" in entries("She takes propranolol for stress.")
        assert "stress" not in entries("Bridges bear stress.")

    def test_a_medicine_in_the_row(self) -> None:
        assert "longevity" in entries("| Drug | For |\n|---|---|\n| metformin | longevity |\n")
        assert "longevity" not in entries("| Firm | Virtue |\n|---|---|\n| Acme | longevity |\n")

    def test_an_amount_beside_it(self) -> None:
        assert "liothyronine" in entries("He added 5 mcg of T3 in the morning.")
        assert "liothyronine" not in entries("The T3 line stops at the airport.")


class TestFamily:
    """A short form that nothing spells out counts beside words of its own family, and not beside others."""

    @pytest.mark.parametrize(
        ("draft", "entry"),
        [
            ("DBT was made for people with BPD.", "borderline-personality-disorder"),
            ("The alters of a person with a DID diagnosis talk.", "dissociative-identity-disorder"),
            ("Relapses are rarer now. MS tires people.", "multiple-sclerosis"),
            ("Levodopa is the mainstay in PD.", "parkinsons-disease"),
            ("In AD, amyloid builds up for years.", "alzheimers-disease"),
            ("With DPD everything looks unreal.", "depersonalization-derealization-disorder"),
            ("NAC is an antioxidant.", "nac-supplement"),
            ("Fish oil holds EPA.", "omega-3"),
            ("Some with hypothyroidism want T3 as well.", "liothyronine"),
            ("GHB is a depressant.", "ghb"),
        ],
    )
    def test_beside_its_own(self, draft: str, entry: str) -> None:
        assert entry in entries(draft)

    @pytest.mark.parametrize(
        ("draft", "entry"),
        [
            ("Preterm babies may get BPD in the lungs.", "borderline-personality-disorder"),
            ("He DID it.", "dissociative-identity-disorder"),
            ("The MS in her name stands for master of science.", "multiple-sclerosis"),
            ("PD stands for police department.", "parkinsons-disease"),
            ("It was built in AD 79.", "alzheimers-disease"),
            ("DPD brings parcels.", "depersonalization-derealization-disorder"),
            ("The NAC meets in Brussels.", "nac-supplement"),
            ("The EPA sets limits for lead.", "omega-3"),
            ("Free T3 is measured in hypothyroidism.", "liothyronine"),
            ("The T3 line stops at the airport.", "liothyronine"),
        ],
    )
    def test_beside_others(self, draft: str, entry: str) -> None:
        assert entry not in entries(draft)

    def test_a_heading_lends_its_medicine(self) -> None:
        assert "obesity" in entries("## Tesamorelin\n\n- strips visceral fat\n")
        assert "obesity" not in entries("## Sugar\n\n- strips visceral fat\n")
