"""Apparatus: blocks that state nothing."""

from __future__ import annotations

import pytest

from linter.annotate.apparatus import find_apparatus
from tests.annotate.toy import document


def texts(draft: str) -> set[str]:
    doc = document(draft)
    return {doc.block_text(i) for i in find_apparatus(doc)}


@pytest.mark.parametrize(
    "heading",
    ["References", "Reference", "7. References", "Sources", "Works cited", "Further reading", "See also", "**Read next**",
     "You might also like", "Related articles"],
)  # fmt: skip
def test_the_entries_of_a_reference_list(heading: str) -> None:
    assert texts(f"# A\n\n- Not this\n\n## {heading}\n\n- Magnesium cures anxiety. J Med.\n") == {
        "Magnesium cures anxiety. J Med."
    }


@pytest.mark.parametrize("heading", ["Sources of magnesium", "Food sources", "Reference range", "How we see it"])
def test_another_heading_opens_no_reference_list(heading: str) -> None:
    assert texts(f"## {heading}\n\n- Magnesium cures anxiety.\n") == set()


def test_a_paragraph_there_must_look_like_an_entry() -> None:
    draft = "## References\n\nAli B, et al. Magnesium. 2019.\n\nMagnesium cures anxiety.\n"
    assert texts(draft) == {"Ali B, et al. Magnesium. 2019."}


def test_the_list_ends_with_its_section() -> None:
    assert texts("## References\n\n- One\n\n## After\n\n- Two\n") == {"One"}


def test_a_block_that_is_a_link_and_nothing_else() -> None:
    draft = "- [Magnesium cures anxiety](/a)\n- [Magnesium](/a) cures anxiety\n\n[Ten tips](/b).\n"
    assert texts(draft) == {"Magnesium cures anxiety", "Ten tips."}


def test_a_draft_without_any() -> None:
    assert texts("Magnesium cures anxiety.") == set()
    assert texts("") == set()
