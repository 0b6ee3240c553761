"""What the HTML reader makes of a page."""

from __future__ import annotations

import pytest

from linter.document import PLACEHOLDER, BlockKind
from tests.readers.support import document, outline, source_of, texts


def page(html: str) -> list[str]:
    """The texts of a page's blocks."""
    return texts(document(html, "html"))


def test_a_page() -> None:
    html = """<!doctype html>
<html><head><title>The &amp; title</title>
<meta property="og:description" content="gone"><meta name="description" content="What it&#39;s about">
<script type="application/ld+json">{"a": "gone"}</script><style>p { color: red }</style></head>
<body><nav>gone</nav><header><h1>gone</h1></header>
<main><h1>Head</h1><p>One <b>two</b>
three.</p></main><aside>gone</aside><footer>gone</footer></body></html>"""
    assert outline(html, "html") == [
        ("title", "The & title"),
        ("description", "What it's about"),
        ("heading", "Head"),
        ("paragraph", "One two three."),
    ]
    doc = document(html, "html")
    assert source_of(doc, "The & title") == "The &amp; title"
    assert source_of(doc, "it's about") == "it&#39;s about"
    assert source_of(doc, "two three") == "two</b>\nthree"


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>one<p>two", ["one", "two"]),
        ("<div>one<p>two</p>three</div>four", ["one", "two", "three", "four"]),
        ("<p>one<br>two", ["one two"]),
        ("<p>one<br><br>two", ["one", "two"]),
        ("<p>one<br/>\n<br/>two", ["one", "two"]),
        ("<P>ONE</P>", ["ONE"]),
        ("<p>5&nbsp;mg &lt; 6&mdash;7 &copy &bogus; & <b>x</b>", ["5 mg < 6—7 © &bogus; & x"]),
        ("<p>less < more, x<5, <10 mg", ["less < more, x<5, <10 mg"]),
        ("<p>a <code>b</code> c <img src=x alt=y> d", [f"a {PLACEHOLDER} c {PLACEHOLDER} d"]),
        ("<p>H<sub>2</sub>O<sup>1</sup>", ["H2O1"]),
        ("<p>a<!-- b -->c", ["ac"]),
        ("<p title='a > b'>c", ["c"]),
        ("<p title=a>b>c", ["b>c"]),
        ('<p title="open>one</p><p>two</p>', ["one", "two"]),
        ("<pre>gone</pre><p>a", ["a"]),
        ("<p>a <s>gone</s> <del>gone</del> b", ["a b"]),
        ("<p>a <span hidden>gone</span> b", ["a b"]),
        ("<p>a <span aria-hidden='true'>gone</span> b", ["a b"]),
        ("<p>a <span style='color:red;display: none'>gone</span> b", ["a b"]),
        ("<p class='hidden md:block'>kept", ["kept"]),
        ("<div hidden>gone<div>gone</div>gone</div>kept", ["kept"]),
        ("<nav>kept, for it never ends", ["kept, for it never ends"]),
        ("<script>gone, for it never ends", []),
        ("<!-- gone, for it never ends", []),
        ("<svg><title>gone</title><text>gone</text></svg><p>a", ["a"]),
        ("<svg/><p>a", ["a"]),
        ("<form><label>gone</label></form><p>a<button>gone</button>", ["a"]),
        ("<template><p>gone</p></template><noscript>gone</noscript><p>a", ["a"]),
        ("<article><header>gone<h1>Head</h1>gone</header><p>a</article>", ["Head", "a"]),
        ("<figure><img src=a><figcaption>Cap</figcaption></figure>", ["Cap"]),
        ("<dialog>gone</dialog><dialog open>a</dialog>", ["a"]),
        ("<details><summary>a</summary>b</details>", ["a", "b"]),
        ("a <!-- > -> b --> c", ["a c"]),
        ("<?xml version='1.0'?><p>a", ["a"]),
        ("<p>a</x><y>b</y></p>", ["ab"]),
        ("<title>One</title><title>gone</title>", ["One"]),
        ("<title><b>a</b></title>", ["<b>a</b>"]),
        ("<p>a<", ["a<"]),
        ("<p>a<b", ["a<b"]),
    ],
)
def test_blocks(html: str, blocks: list[str]) -> None:
    assert page(html) == blocks


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
def test_headings(level: int) -> None:
    doc = document(f"<h{level}>Head</h{level}><p>a", "html")
    assert (doc.blocks[0].kind, doc.blocks[0].level) == (BlockKind.HEADING, level)
    assert doc.blocks[1].section == 1


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<p><strong>Dosage</strong></p>", True),
        ("<p><b>Dosage:</b></p>", True),
        ("<p><b>Dosage</b>:</p>", True),
        ("<p><b>Take it.</b></p>", False),
        ("<p><b>Dosage</b> is low</p>", False),
        ("<ul><li><b>Dosage</b></ul>", False),
        ("<table><tr><td><b>Dosage</b></table>", False),
    ],
)
def test_a_bold_paragraph_acts_as_a_heading(html: str, heading: bool) -> None:
    block = document(html, "html").blocks[0]
    assert (block.kind is BlockKind.HEADING and block.level == 7) == heading


def test_lists() -> None:
    doc = document(
        "<p>Intro:<ul><li>one<li>two<ol><li>deep</li></ol>more<li>three</ul><p>x<ol><li><p>a<p>b</ol>", "html"
    )
    assert [(doc.block_text(i), b.level, b.group, b.lead) for i, b in enumerate(doc.blocks)] == [
        ("Intro:", 0, -1, -1),
        ("one", 1, 0, 0),
        ("two", 1, 0, 0),
        ("deep", 2, 0, 2),
        ("more", 1, 0, 0),
        ("three", 1, 0, 0),
        ("x", 0, -1, -1),
        ("a", 1, 1, 6),
        ("b", 1, 1, 6),
    ]


@pytest.mark.parametrize("close", [True, False])
def test_tables(close: bool) -> None:
    html = (
        "<p>Doses</p><table><caption>Cap</caption><thead><tr><th>Drug</th><th>Dose</th></tr></thead>"
        "<tbody><tr><td>A</td><td>5 mg</td></tr><tr><th colspan=2>B</th><td>x</td></tr></tbody></table><p>end</p>"
    )
    if not close:
        for name in ("caption", "thead", "tbody", "tr", "th", "td"):
            html = html.replace(f"</{name}>", "")
    doc = document(html, "html")
    assert [(doc.block_text(i), b.row, b.column, b.header) for i, b in enumerate(doc.blocks)] == [
        ("Doses", -1, -1, False),
        ("Cap", -1, -1, False),
        ("Drug", 0, 0, True),
        ("Dose", 0, 1, True),
        ("A", 1, 0, False),
        ("5 mg", 1, 1, False),
        ("B", 2, 0, True),
        ("x", 2, 2, False),
        ("end", -1, -1, False),
    ]
    assert doc.blocks[1].kind is BlockKind.CAPTION
    assert {b.lead for b in doc.blocks if b.row >= 0} == {0}


def test_a_cell_that_spans_rows() -> None:
    doc = document("<table><tr><td rowspan=2>A<td>b<tr><td>c</table>", "html")
    assert [(b.row, b.column) for b in doc.blocks] == [(0, 0), (0, 1), (1, 1)]


def test_definition_list() -> None:
    doc = document("<dl><dt>Term<dd>one<dd>two</dl>", "html")
    assert [(b.kind.value, b.lead) for b in doc.blocks] == [("term", -1), ("item", 0), ("item", 0)]


def test_quotations() -> None:
    doc = document("<blockquote><p>a</p><ul><li>b</ul></blockquote><p>c", "html")
    assert [b.quoted for b in doc.blocks] == [True, True, False]


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("<p>a <a href='http://x?a=1&amp;b'>b c</a>", [("link", "b c", "http://x?a=1&b")]),
        ("<p>a <a name=x>b</a>", []),
        ("<p><em>a <strong>b</strong></em>", [("emphasis", "a b", ""), ("strong", "b", "")]),
        ("<p>see https://x.y/z.", [("link", "https://x.y/z", "https://x.y/z")]),
        ("<p>a <b>b<p>c</b> d", [("strong", "b", ""), ("strong", "c", "")]),
        ("<p>a <img src=x.png>", [("image", PLACEHOLDER, "x.png")]),
        ("<p>a <cite id='x' title='Abe, 2001'>b</cite>", [("citation", "b", "Abe, 2001")]),
        ("<p>a <cite>b</cite>", []),
        ("<p>a<sup>1,2</sup>", [("superscript", "1,2", "")]),
        ("<p>a<sup><a href='#fn1'>1</a></sup>", [("link", "1", "#fn1"), ("superscript", "1", "")]),
    ],
)
def test_marks(html: str, marks: list[tuple[str, str, str]]) -> None:
    doc = document(html, "html")
    assert [(m.kind, doc.text[m.start : m.end], m.target) for m in doc.marks] == marks


@pytest.mark.parametrize(
    ("html", "block", "inside"),
    [
        ("<!-- c --><p>a", 0, False),
        ("<p>a</p>\n<!-- c -->\n<p>b", 1, False),
        ("<p>a <!-- c --> b", 0, True),
        ("<p>a\n<!-- c --></p><p>b", 0, True),
        ("<p>a</p>\n<!-- c -->", 1, False),
    ],
)
def test_comments(html: str, block: int, inside: bool) -> None:
    (comment,) = document(html, "html").comments
    assert (comment.text, comment.block, comment.inside) == ("c", block, inside)
    assert html[comment.start : comment.end] == "<!-- c -->"
