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
    [
        "References",
        "Reference",
        "7. References",
        "Sources",
        "Works cited",
        "Further reading",
        "See also",
        "**Read next**",
        "You might also like",
        "Related articles",
    ],
)
def test_the_entries_of_a_reference_list(heading: str) -> None:
    assert texts(f"# A\n\n- Not this, 2019\n\n## {heading}\n\n- Magnesium cures anxiety. J Med. 2019.\n") == {
        "Magnesium cures anxiety. J Med. 2019."
    }


@pytest.mark.parametrize("heading", ["Sources of magnesium", "Food sources", "Reference range", "How we see it"])
def test_another_heading_opens_no_reference_list(heading: str) -> None:
    assert texts(f"## {heading}\n\n- Magnesium cures anxiety. 2019.\n") == set()


@pytest.mark.parametrize(
    "entry", ["Ali B, et al. Zinc.", "Zinc. 2019.", "Zinc. doi:10.5555/a.", "Zinc. PMID 123.", "A page on [zinc](/a)"]
)
def test_a_block_there_must_look_like_an_entry(entry: str) -> None:
    assert len(texts(f"## References\n\n- Magnesium cures anxiety.\n- {entry}\n")) == 1


def test_the_list_ends_with_its_section() -> None:
    assert texts("## References\n\n- One 2019\n\n## After\n\n- Two 2019\n") == {"One 2019"}


def test_a_block_that_is_a_link_and_nothing_else() -> None:
    draft = "- [Magnesium cures anxiety](/a)\n- [Magnesium](/a) cures anxiety\n\n[Ten tips](/b).\n"
    assert texts(draft) == {"Magnesium cures anxiety", "Ten tips."}


def test_a_draft_without_any() -> None:
    assert texts("Magnesium cures anxiety.") == set()
    assert texts("") == set()
