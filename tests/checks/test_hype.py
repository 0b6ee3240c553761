"""The check ``hype``: words of wonder beside a treatment or an illness."""

from __future__ import annotations

import pytest

from linter import lint_text
from tests.annotate.toy import book

RULE = "efficacy/hype"


def found(draft: str) -> list[tuple[str, str]]:
    """(excerpt, severity) of each finding of the rule."""
    return [(f.excerpt, f.severity) for f in lint_text(draft, "draft.md", book=book()) if f.rule == RULE]


class TestFlagged:
    @pytest.mark.parametrize(
        "draft",
        [
            "Psilocybin is a breakthrough for depression.",
            "Semaglutide is a game-changer.",
            "Turmeric is a miracle cure.",
            "This revolutionary therapy ends PTSD.",
            "Berberine, nature’s Ozempic, is here.",
            "Magnesium is the holy grail of sleep.",
            "The wonder drug for migraine: magnesium.",
        ],
    )
    def test_one(self, draft: str) -> None:
        assert any(severity != "info" for _, severity in found(draft))


class TestPassed:
    @pytest.mark.parametrize(
        "draft",
        [
            "Ask about medicine for breakthrough pain on morphine.",
            "Breakthrough bleeding is common on the pill.",
            "There is no magic bullet for insomnia.",
            "Semaglutide could be a game-changer.",
            "Is turmeric a miracle cure?",
            "The new phone is a game-changer.",
            "Critics call magnesium a “miracle cure”.",
            "The revolutionary army had no quinine.",
            "Saffron is not a miracle.",
        ],
    )
    def test_one(self, draft: str) -> None:
        assert not found(draft)


def test_the_span_is_the_word() -> None:
    assert found("Psilocybin is a breakthrough for depression.") == [("breakthrough", "warning")]


def test_a_word_needs_a_treatment_or_an_illness() -> None:
    assert found("A breakthrough for depression.")
    assert not found("A breakthrough for sailors.")


def test_lighter_praise_is_worth_a_look_at_most() -> None:
    assert all(severity == "info" for _, severity in found("Turmeric is a superfood against arthritis."))


def test_the_title_is_left_to_the_editor() -> None:
    assert not found("---\ntitle: The miracle of magnesium for migraine\n---\n\nText.\n")
