"""Which reader reads what, and what holds of all of them."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.readers import FORMATS, format_of, read
from linter.source import Source
from tests.readers.support import check, document

PIECES = st.sampled_from(
    [
        *("<!-- note -->", "<!--", "-->", "\n", "\n\n", "> ", "- ", "1. ", "**", "_", "`", "```\n", "~~", "~", "[^1]"),
        *("[a](b)", "![x](y)", "[^1]: ", "[[a|b]]", "| a | b |\n|---|---|\n| c | d |\n", "\r\n", "\r", "\t", "    "),
        *("é", "😀", "e\u0301", "\u00a0", "\u200b", "\u00ad", "&amp;", "&nbsp;", "&ngE;", "<div>", "</div>", "<p>"),
        *("<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "<br>", "<b>", "</b>", '<a href="x">', "</a>", "<s>"),
        *("<script>", "</script>", "<div hidden>", "<code>", "</code>", "{{< x >}}", "{{ y }}", "{% z %}", "{", "}"),
        *("<Note a={1}>", "</Note>", "{/* k */}", "---\n", "title: T\n", "# ", "## H {#i}\n", "Term\n: Def\n", "word"),
        *("Two words. ", "\ufffc", "\0", "$a_b$", "\\", "\\*", "<", ">", '"', "=", "https://a.b/c)", "• ", "===\n"),
        *("> [!note] T\n> b\n", "<title>", "</title>", '<meta name="description" content="d">', "<dl><dt>", "<dd>"),
    ]
)
DRAFTS = st.lists(PIECES, max_size=20).map("".join)


@pytest.mark.parametrize(
    ("path", "fmt"),
    [
        ("draft.md", "markdown"),
        ("a/b.markdown", "markdown"),
        ("B.MDOWN", "markdown"),
        ("x.mkd", "markdown"),
        ("page.mdx", "mdx"),
        ("page.html", "html"),
        ("page.htm", "html"),
        ("page.xhtml", "html"),
        ("notes.txt", "text"),
        ("notes.text", "text"),
        ("README", "text"),
        ("a.md/README", "text"),
        (".md", "text"),
        ("draft.docx", "text"),
    ],
)
def test_format_of(path: str, fmt: str) -> None:
    assert format_of(path) == fmt


def test_the_format_may_be_named() -> None:
    source = Source.from_text("# One", "a.txt")
    assert read(source, "markdown").format == "markdown"
    assert read(source).format == "text"
    with pytest.raises(ValueError, match="unknown format 'docx'"):
        read(source, "docx")


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("text", ["", "\n", " \t\r\n", "\ufffc", "\u200b", "\0", "<!-- x -->", "---\n---\n"])
def test_drafts_without_prose(fmt: str, text: str) -> None:
    doc = document(text, fmt)
    assert len(doc.sections) >= 1


@pytest.mark.parametrize("fmt", FORMATS)
def test_line_endings_do_not_matter(fmt: str) -> None:
    text = "First paragraph on\ntwo lines.\n\n- one\n- two\n\nLast paragraph.\n"
    plain = document(text, fmt)
    for ending in ("\r\n", "\r"):
        doc = document(text.replace("\n", ending), fmt)
        assert doc.text == plain.text
        for block, other in zip(doc.blocks, plain.blocks, strict=True):
            here = doc.source.position(doc.source_span(block.start, block.end)[0])
            assert here == plain.source.position(plain.source_span(other.start, other.end)[0])


@pytest.mark.parametrize("fmt", FORMATS)
def test_lone_surrogates(fmt: str) -> None:
    assert "a" in document("a \ud800 b", fmt).text


@pytest.mark.parametrize("fmt", FORMATS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(text=DRAFTS)
def test_any_draft(fmt: str, text: str) -> None:
    check(read(Source.from_text(text, "draft"), fmt))


@pytest.mark.parametrize("fmt", FORMATS)
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text(fmt: str, text: str) -> None:
    check(read(Source.from_text(text, "draft"), fmt))


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(
    "unit",
    [
        *("<div>", "<", "<!--", '<a x="', '<a x=">" ', "<nav>", "<ul>", "<li>", "<b>x", "<p hidden>", "<a<", "&", "{{"),
        *("{", "{%", "`` ` ", "[", "](", "**a", "_a", "> ", "| a |\n|---|\n", "<A ", "http://((", "title: '\n", "<s>"),
    ],
)
def test_hostile_drafts_take_their_share_and_no_more(fmt: str, unit: str) -> None:
    text = unit * (20_000 // len(unit)) + ">"
    start = time.perf_counter()
    read(Source.from_text(text, "draft"), fmt)
    assert time.perf_counter() - start < 5


def test_a_reader_is_loaded_when_it_is_needed() -> None:
    code = (
        "import sys; from linter.readers import read; from linter.source import Source;"
        "read(Source.from_text('a'), 'text');"
        "print([name for name in ('yaml', 'pyromark', 'linter.readers.html') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
