"""The check ``absolute``: cures, guarantees and perfect safety."""

from __future__ import annotations

import pytest

from linter import lint_text
from tests.annotate.toy import book

RULE = "efficacy/absolute-claim"


def found(draft: str) -> list[tuple[str, str]]:
    """(excerpt, severity) of each finding of the rule."""
    return [(f.excerpt, f.severity) for f in lint_text(draft, "draft.md", book=book()) if f.rule == RULE]


class TestFlagged:
    @pytest.mark.parametrize(
        "draft",
        [
            "Garlic cures the common cold.",
            "Ashwagandha will cure your anxiety.",
            "This protocol cured her migraine for good: magnesium and rest.",
            "Acupuncture eliminates back pain permanently.",
            "Melatonin has no side effects.",
            "Kratom is completely safe.",
            "CBD oil is 100% safe.",
            "Turmeric always relieves arthritis.",
            "Ketamine is guaranteed to end depression.",
            "Magnesium never fails to relieve migraine.",
            "Valerian is safe for everyone.",
            "Semaglutide works every time for obesity.",
            "Oregano oil is a guaranteed cure for colds.",
        ],
    )
    def test_one(self, draft: str) -> None:
        assert any(severity != "info" for _, severity in found(draft))


class TestPassed:
    @pytest.mark.parametrize(
        "draft",
        [
            "Garlic does not cure colds.",
            "There is no cure for fibromyalgia.",
            "Is kratom completely safe?",
            "Nobody can guarantee that ketamine will end depression.",
            "Cured ham raises blood pressure.",
            "It is a myth that garlic cures colds.",
            "Antibiotics may cure the infection.",
            "No drug is completely safe.",
            "“Garlic cures colds,” he said.",
            "According to the seller, kratom is completely safe.",
            "He always takes magnesium with food.",
            "Always ask your doctor about sertraline.",
            "The concrete must cure for a week.",
            "If garlic cured colds, nobody would sneeze.",
            "Researchers search for a cure for migraine.",
        ],
    )
    def test_one(self, draft: str) -> None:
        assert not found(draft)


def test_the_span_is_the_promise() -> None:
    assert found("Everyone knows that kratom is completely safe.") == [("completely safe", "error")]


def test_a_cure_needs_an_illness() -> None:
    assert found("Garlic cures the common cold.")
    assert not found("Smoke cures the ham.")


@pytest.mark.parametrize("word", ["always", "completely", "guaranteed"])
def test_a_word_of_degree_needs_a_claim(word: str) -> None:
    assert not found(f"The clinic is {word} open, and sells magnesium.")


def test_one_a_sentence() -> None:
    assert len(found("Garlic cures colds and cures asthma. Mint cures colds.")) == 2


def test_a_heading_that_asks_or_hedges_passes_it_down() -> None:
    assert not found("## Myths about garlic\n\n- Garlic cures colds\n")
