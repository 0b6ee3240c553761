"""Citations: what counts as a way to the source, and what does not."""

from __future__ import annotations

import pytest

from linter.annotate import Annotations, annotate
from linter.annotate.citations import (
    cited,
    find_citations,
    introduces_another,
    is_source_link,
    named,
    one_source,
    within_reach,
)
from linter.engine.rulebook import load_book
from linter.readers import read
from linter.source import decode

LEXICON = load_book().lexicon


def annotated(text: str, fmt: str = "markdown") -> Annotations:
    return annotate(read(decode(text.encode(), "draft"), fmt), LEXICON)


def kinds(text: str) -> set[str]:
    return {citation.kind for citation in find_citations(annotated(text))}


def reaches(text: str, place: str, fmt: str = "markdown") -> bool:
    annotations = annotated(text, fmt)
    start = annotations.text.index(place)
    return within_reach(annotations, start, start + len(place))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It helped [in one trial](https://example.org/trial).", "link"),
        ("It helped <https://example.org/trial>.", "url"),
        ("It helped (doi:10.5555/abc.12).", "doi"),
        ("It helped (PMID: 12345678).", "pmid"),
        ("It helped (PMC1234567).", "pmcid"),
        ("It helped (NCT01234567).", "registry"),
        ("It helped (ISRCTN12345678).", "registry"),
        ("It helped (EudraCT 2010-012345-11).", "registry"),
        ("It helped (arXiv:2101.01234).", "arxiv"),
        ("It helped (Smith et al., 2019).", "author-year"),
        ("It helped (Okoro & Tan, 2013).", "author-year"),
        ("Maddox and Iyer (2019) gave it to children.", "author-year"),
        ("Kowalska's 2015 paper is the one to read.", "author-year"),
        ("The figures are in Holm 2011.", "author-year"),
        ("Azcue et al. measured it.", "author"),
        ("It helped [@smith2019, p. 4].", "key"),
        ("It helped, says @smith2019.", "key"),
        ("A 2011 study in Hormone and Metabolic Research found it.", "journal-year"),
        ("A study in the Journal of Sleep Medicine found it.", "journal"),
        ("The REDUCE-IT trial found it.", "trial-name"),
        ('So says the paper "Warm Milk and the Sleep of Young Sailors," and nobody else.', "title"),
        ("It helped.[^1]\n\n[^1]: Smith, 2019.\n", "footnote"),
        ("It helped.[[47]](#psc1005n1046)", "link"),
        ("It helped [2].\n\n## References\n\n1. Abe, 2001.\n2. Smith, 2019.\n", "numbered"),
        ('It <Cite id="abe" tooltip="Abe, 2001">helped</Cite>.', "key"),
        ("It helped.<sup>1, 2</sup>\n\n## References\n\n1. Abe, 2001.\n2. Smith, 2019.\n", "numbered"),
        ("It helped.¹\n\n¹ Pohl and Reyes 2010, doi:10.5555/x.1\n", "numbered"),
        ("See ISBN 978-0-306-40615-7.", "isbn"),
    ],
)
def test_a_citation_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "It helped.[^1]",
        "It helped [3].",
        "It helped.<sup>3</sup>",
        "It helped in March 2019.",
        "It helped in 2019.",
        "Buy it [here](https://www.amazon.com/dp/B000).",
        "Buy it [here](https://shop.example.org/item).",
        "[Book a visit](https://example.org/book).",
        "See [our other page](/articles/sleep) and [this](#part-two).",
        "Write to [us](mailto:a@example.org).",
        "It has 5-HT2A and CYP2D6 in it.",
    ],
)
def test_no_citation_is_found(text: str) -> None:
    assert kinds(text) <= {"journal", "person"}


def test_one_source_may_take_two_blocks() -> None:
    text = "Ginger eases pain.\n\nMore of it.\n\nThe full article: https://pubmed.ncbi.nlm.nih.gov/12345678/\n\n"
    assert one_source(annotated(text + "Citation: Abe. Ginger. doi:10.5555/x.1\n"))
    assert not one_source(annotated(text + "\n\n".join(["Words."] * 4) + "\n\nCitation: doi:10.5555/x.1\n"))


def test_offsets_are_those_of_the_text() -> None:
    annotations = annotated("It *helped* (Smith et al., 2019) &amp; stayed.")
    (citation,) = annotations.citations
    assert annotations.text[citation.start : citation.end].startswith("Smith et al")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", True),
        ("https://www.bmj.com/content/1", True),
        ("https://doi.org/10.5555/x", True),
        ("papers/trial.pdf", True),
        ("https://www.nih.gov/", True),
        ("https://hairgrowth.example.com", False),
        ("https://brand.pxf.io/1rNj", False),
        ("https://example.org/app-store", False),
        ("https://example.org/glossary", False),
        ("https://www.facebook.com/sharer/x", False),
        ("https://example.org/figure.png", False),
        ("/articles/other", False),
        ("javascript:void(0)", False),
        ("http://[broken", False),
    ],
)
def test_which_links_lead_to_a_source(target: str, expected: bool) -> None:
    assert is_source_link(target) is expected


def test_the_own_site_is_no_source() -> None:
    page = (
        '<html><head><link rel="canonical" href="https://www.example.org/a"></head><body>'
        '<p>Ginger helped 8 of 12 people, see <a href="https://example.org/b">here</a>.</p></body></html>'
    )
    assert not reaches(page, "8 of 12", "html")


@pytest.mark.parametrize(
    "text",
    [
        "It helped 8 of 12. The trial is by Smith et al., 2019.",
        "- It helped 8 of 12.\n  - Smith et al., 2019\n",
        "As [the trial](https://example.org/t) found:\n\n- It helped 8 of 12.\n- No harm was seen.\n",
        "| What | Result | Source |\n|---|---|---|\n| Ginger | 8 of 12 | Smith 2019 |\n",
        "## What [the trial](https://example.org/t) found\n\nIt helped 8 of 12.\n",
        "It helped 8 of 12.\n\nSource: <https://example.org/t>\n",
        "> It helped 8 of 12.\n>\n> — Smith et al., 2019\n",
        "# Ginger\n\nOne paper: Smith J. Ginger. 2019. doi:10.5555/x.1\n\nPeople took it.\n\nIt helped 8 of 12.\n",
    ],
)
def test_a_citation_within_reach(text: str) -> None:
    assert reaches(text, "8 of 12")


@pytest.mark.parametrize(
    "text",
    [
        "It helped 8 of 12.\n\nSomething else, as Smith et al. (2019) say at some length in another place.\n",
        "- It helped 8 of 12.\n- It is cheap (Smith et al., 2019).\n",
        "| What | Result | Source |\n|---|---|---|\n| Ginger | 8 of 12 | |\n| Mint | 3 of 9 | Smith 2019 |\n",
        "It helped 8 of 12 [4].\n\n## References\n\n1. Abe, 2001.\n",
        "It helped 8 of 12.\n\n## References\n\n1. Smith, 2019. https://example.org/a\n2. Abe, 2001. https://example.org/b\n",
    ],
)
def test_a_citation_out_of_reach(text: str) -> None:
    assert not reaches(text, "8 of 12")


def test_cited_and_named_look_at_a_span_only() -> None:
    annotations = annotated("First. Second (Smith et al., 2019). A study in the Journal of Pain found it.")
    first, second, third = annotations.sentences
    assert not cited(annotations, first.start, first.end)
    assert cited(annotations, second.start, second.end)
    assert named(annotations, third.start, third.end)
    assert not cited(annotations, third.start, third.end)


def test_two_sources_are_not_one() -> None:
    annotations = annotated("Paper: doi:10.5555/x.1\n\nText.\n\nPaper: doi:10.5555/x.2\n")
    assert not one_source(annotations)


@pytest.mark.parametrize("piece", ["Aa-", "A, B, ", "1", "10.1234/)", "[1] ", "Smith ", "@a", "http://", "_a"])
def test_hostile_text_takes_no_time(piece: str) -> None:
    annotations = annotated(piece * (60_000 // len(piece)), "text")
    find_citations(annotations)


def test_a_section_may_open_with_the_study_that_it_reports() -> None:
    draft = (
        "# Digest\n\n## Ginger\n\n**Study:** [Tan 2019](https://example.org/tan)\n\nThey asked 60 women.\n\n"
        "Nausea eased in 48%.\n\n## Mint\n\nCramps eased in 30%.\n\n"
        "## Sage\n\n**Study:** [Lee 2020](https://example.org/lee)\n\nIt did nothing.\n"
    )
    assert reaches(draft, "48%")
    assert not reaches(draft, "30%")


def test_a_citation_before_is_not_for_another_study() -> None:
    annotations = annotated("Ginger eased nausea (Tan 2019). Another trial saw relief in 40%. It was short.")
    start = annotations.text.index("40%")
    assert introduces_another(annotations, annotations.sentence_at(start))
    assert within_reach(annotations, start, start + 3)
    assert not within_reach(annotations, start, start + 3, fresh=True)
