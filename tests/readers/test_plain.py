"""What the plain text reader makes of a draft."""

from __future__ import annotations

import pytest

from linter.document import BlockKind
from tests.readers.support import document, outline, source_of, texts

LONG = "This is a paragraph that goes on for a good while, as paragraphs pasted from the web do, without a break."
WRAPPED = """Sleep is the first thing to look at when someone says that they are
tired all day, and it costs nothing to look at it before anything
else is tried.
"""


def plain(text: str) -> list[tuple[str, str]]:
    return outline(text, "text")


def test_paragraphs_by_blank_lines() -> None:
    assert plain(f"{LONG}\n\n{LONG}\n") == [("paragraph", LONG)] * 2


def test_every_line_where_there_are_no_blank_lines() -> None:
    assert plain(f"{LONG}\n{LONG} {LONG}\n{LONG}") == [
        ("paragraph", LONG),
        ("paragraph", f"{LONG} {LONG}"),
        ("paragraph", LONG),
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    doc = document(f"{WRAPPED}\n{WRAPPED}", "text")
    assert texts(doc) == [" ".join(WRAPPED.split())] * 2
    assert source_of(doc, "they are tired") == "they are\ntired"


def test_a_table_that_lost_its_markup() -> None:
    text = f"{LONG}\n\nConditionDosage (mg)\nDepression or anxiety1.5 to 4.5\nOpioid dependencyApprox. 50\n\n{LONG}"
    assert plain(text)[1:4] == [
        ("paragraph", "ConditionDosage (mg)"),
        ("paragraph", "Depression or anxiety1.5 to 4.5"),
        ("paragraph", "Opioid dependencyApprox. 50"),
    ]


@pytest.mark.parametrize(
    "bullet",
    [
        "• ",
        "•",
        "- ",
        "* ",
        "– ",
        "· ",
        "◦ ",
        "▪ ",
        "‣ ",
        "o ",
        "1. ",
        "1) ",
        "(a) ",
        "(1) ",
        "[x] ",
        "[ ] ",
        "- [x] ",
        "  • ",
        "✓ ",
    ],
)
def test_bullets(bullet: str) -> None:
    doc = document(f"{bullet}take it daily\n{bullet}rest\n", "text")
    assert texts(doc) == ["take it daily", "rest"]
    assert {(block.kind, block.level, block.group) for block in doc.blocks} == {(BlockKind.ITEM, 1, 0)}


@pytest.mark.parametrize(
    "text", ["-5 degrees is cold", "[1] Smith J. A study. 2020.", "2019. A year.", "often it helps."]
)
def test_no_bullets(text: str) -> None:
    assert plain(text) == [("paragraph", text)]


def test_nested_items() -> None:
    doc = document("What to do:\n\n  1. One\n    • Deep\n  2. Two\n\nEnd of it.\n", "text")
    assert [(b.kind.value, b.level, b.group, b.lead) for b in doc.blocks] == [
        ("paragraph", 0, -1, -1),
        ("item", 1, 0, 0),
        ("item", 2, 0, 1),
        ("item", 1, 0, 0),
        ("paragraph", 0, -1, -1),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The Role of Sleep in Mood",
        "WHAT TO KNOW",
        "What is a placebo?",
        "Sleep and Mood: What Research Says",
        "What you need to know",
        "Conclusion",
    ],
)
def test_headings(line: str) -> None:
    for text in (f"{LONG}\n\n{line}\n\n{LONG}", f"{LONG}\n{line}\n{LONG}"):
        assert plain(text) == [("paragraph", LONG), ("heading", line), ("paragraph", LONG)]
        assert document(text, "text").blocks[1].level == 2


@pytest.mark.parametrize(
    "line",
    [
        "Dose: 50 mg",
        "Take it.",
        "Dosage:",
        "naltrexone and sleep",
        "Back to Blog »",
        "Primary UseSomething Else",
        "A 5 mg Dose",
    ],
)
def test_short_lines_that_are_no_headings(line: str) -> None:
    assert plain(f"{LONG}\n{line}")[1] == ("paragraph", line)


def test_the_first_line_is_the_first_heading() -> None:
    doc = document(
        f"A Word on Sleep\n{LONG}\n\nMore on Sleep\n-------------\n\n{LONG}\n\nlast one\n===\n{LONG}", "text"
    )
    assert [(b.kind.value, b.level) for b in doc.blocks if b.level] == [("heading", 1), ("heading", 2), ("heading", 1)]


def test_rulers_are_no_prose() -> None:
    assert texts(document(f"{LONG}\n\n-----\n\n{LONG}\n\n* * *\n", "text")) == [LONG, LONG]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<!-- caveat: ignore dose -- why -->", "caveat: ignore dose -- why"),
        ("# caveat: ignore dose", "caveat: ignore dose"),
        ("  <!-- caveat: off -->", "caveat: off"),
    ],
)
def test_comments(line: str, said: str) -> None:
    doc = document(f"{LONG}\n\n{line}\n{LONG}\n", "text")
    assert texts(doc) == [LONG, LONG]
    (comment,) = doc.comments
    assert (comment.text, comment.block, comment.inside) == (said, 1, False)
    assert doc.source.text[comment.start : comment.end] == line.strip()


def test_other_comments_are_text() -> None:
    assert texts(document("<!-- a note -->", "text")) == ["<!-- a note -->"]


def test_bare_addresses_are_links() -> None:
    doc = document("See https://example.org/a_(b), and http://example.org.", "text")
    assert [(m.kind, m.target) for m in doc.marks] == [
        ("link", "https://example.org/a_(b)"),
        ("link", "http://example.org"),
    ]
