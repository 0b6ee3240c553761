"""What the Markdown and MDX reader makes of a draft."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.document import PLACEHOLDER, BlockKind
from tests.readers.support import block_with, document, outline, source_of, texts


def test_headings_and_paragraphs() -> None:
    assert outline("# Title\n\nFirst one.\n\nUnder\n=====\n") == [
        ("heading", "Title"),
        ("paragraph", "First one."),
        ("heading", "Under"),
    ]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one two"),
        ("one\\\ntwo", "one two"),
        ("one \t  two", "one two"),
        ("5\u00a0mg and 5\u202fmg", "5 mg and 5 mg"),
        ("natu\u00adral\u200b\ufeff\u2060", "natural"),
        ("5&nbsp;mg &amp; &lt;more&gt; &#8211; &eacute;", "5 mg & <more> – é"),
        (r"5\*10 \_x\_", "5*10 _x_"),
        ("*a* **b** ***c*** __d__", "a b c d"),
        ("H~~H~~ello ~~gone~~there", "Hello there"),
        ("takes ~5~ mg", "takes ~5~ mg"),
        ("“quotes” as written -- and ... so", "“quotes” as written -- and ... so"),
        ("say `code` now", f"say {PLACEHOLDER} now"),
        ("see ![alt text](a.png) now", f"see {PLACEHOLDER} now"),
        ("a [link text](http://a.b 'title') b", "a link text b"),
        ("a [[target|label]] b", "a label b"),
        ("a [[target]] b", "a target b"),
        ("claim [[1]](http://a.b).", "claim [1]."),
        ("costs $20-$30 a month", "costs $20-$30 a month"),
        ("let $x_1 = 2$ be", f"let {PLACEHOLDER} be"),
        ("a<sup>1</sup> b<br>c </br>d", "a1 b c d"),
        ("a <span hidden>gone</span> b <s>gone</s> c", "a b c"),
        ("a <kbd>x</kbd> b", f"a {PLACEHOLDER} b"),
        ("a <!-- note --> b", "a b"),
        ("a <s>unclosed b", "a unclosed b"),
        ("less < more > [@key] [x]", "less < more > [@key] [x]"),
        ("a footnote[^1] b\n\n[^1]: Note.", "a footnote b\n\nNote."),
        ("no footnote[^9] b", "no footnote[^9] b"),
    ],
)
def test_inline_text(markdown: str, text: str) -> None:
    assert document(markdown).text == text


@pytest.mark.parametrize(
    "markdown",
    [
        "```\ncode\n```",
        "~~~\ncode\n~~~",
        "    code",
        "$$\nx\n$$",
        "`code`",
        "![alt](a.png)",
        "***",
        "[a]: http://a.b",
        "<script>\nvar a = 'cure';\n</script>",
        "<style>\np { color: red }\n</style>",
        "<div hidden>\ngone\n</div>",
        "<div hidden>\n\ngone\n\n</div>",
        "<!-- gone -->",
        '{{< figure src="a" caption="gone" >}}',
        "{% include gone.html %}",
        "{% highlight python %}\ngone\n{% endhighlight %}",
    ],
)
def test_no_prose(markdown: str) -> None:
    assert outline(markdown) == []
    assert outline(f"Before.\n\n{markdown}\n\nAfter.") == [("paragraph", "Before."), ("paragraph", "After.")]


@pytest.mark.parametrize(
    ("markdown", "part", "source"),
    [
        ("Take 5&nbsp;mg now", "5 mg", "5&nbsp;mg"),
        ("Take &lt;5 mg", "<5", "&lt;5"),
        ("one\n   two", "one two", "one\n   two"),
        ("> one\n> two", "one two", "one\n> two"),
        ("natu\u00adral way", "natural way", "natu\u00adral way"),
        ("é😀 *Take* it", "Take", "Take"),
        ("a `x` b", PLACEHOLDER, "`x`"),
        ("| a | é *b* |\n|---|---|\n| c | d |", "é b", "é *b"),
        ("a {{< x >}} b **c**", "c", "c"),
        ("a <!-- c --> b", "a b", "a <!-- c --> b"),
        ("a <!-- c --> b", "b", "b"),
        ("<!-- c -->\nafter", "after", "after"),
        ("<div>\n<p>in &amp; out</p>\n</div>", "in & out", "in &amp; out"),
        ("---\ntitle: A &b\n---\n\ntext é", "A &b", "A &b"),
        ("a &ngE; bc", "bc", "bc"),
    ],
)
def test_source_of_a_span(markdown: str, part: str, source: str) -> None:
    assert source_of(document(markdown), part) == source


# Structure


def test_lists() -> None:
    doc = document("Intro:\n\n- one\n- two\n  - deep\n    - deeper\n- three\n\nEnd.\n\n1. other\n")
    items = [
        (doc.block_text(i), b.level, b.group, b.lead) for i, b in enumerate(doc.blocks) if b.kind is BlockKind.ITEM
    ]
    assert items == [
        ("one", 1, 0, 0),
        ("two", 1, 0, 0),
        ("deep", 2, 0, 2),
        ("deeper", 3, 0, 3),
        ("three", 1, 0, 0),
        ("other", 1, 1, 6),
    ]


def test_an_item_of_several_paragraphs() -> None:
    doc = document("- one\n\n  more\n\n- two\n")
    assert [(b.kind, b.level, b.group) for b in doc.blocks] == [(BlockKind.ITEM, 1, 0)] * 3
    assert texts(doc) == ["one", "more", "two"]


def test_text_after_a_nested_list_belongs_to_the_item() -> None:
    doc = document("- one\n  - two\n\n  three\n")
    assert [(b.level, b.kind.value) for b in doc.blocks] == [(1, "item"), (2, "item"), (1, "item")]


@pytest.mark.parametrize("box", ["[ ]", "[x]", "[X]"])
def test_task_lists(box: str) -> None:
    assert outline(f"- {box} take it") == [("item", "take it")]


def test_a_table() -> None:
    doc = document("Doses:\n\n| Drug | Dose |\n|---|---|\n| A | 5 mg |\n| B \\| C |\n")
    cells = [(doc.block_text(i), b.row, b.column, b.header, b.lead) for i, b in enumerate(doc.blocks) if b.row >= 0]
    assert cells == [
        ("Drug", 0, 0, True, 0),
        ("Dose", 0, 1, True, 0),
        ("A", 1, 0, False, 0),
        ("5 mg", 1, 1, False, 0),
        ("B | C", 2, 0, False, 0),
    ]
    assert {block.group for block in doc.blocks if block.row >= 0} == {0}


def test_a_wikilink_in_a_table_loses_its_backslash() -> None:
    doc = document("| a |\n|---|\n| [[t\\|label]] |\n")
    assert texts(doc) == ["a", "label"]
    assert doc.marks[0].target == "t"


def test_definition_list() -> None:
    doc = document("Term\n: First.\n: Second.\n")
    assert [(b.kind.value, b.level, b.lead) for b in doc.blocks] == [("term", 1, -1), ("item", 1, 0), ("item", 1, 0)]


def test_quotations() -> None:
    doc = document("> one\n>\n> - two\n\nthree\n")
    assert [(t, b.quoted) for t, b in zip(texts(doc), doc.blocks, strict=True)] == [
        ("one", True),
        ("two", True),
        ("three", False),
    ]


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("> [!note] Title\n> body", ["Title", "body"]),
        ("> [!warning]\n> body", ["body"]),
        ("> [!tip]- Title", ["Title"]),
        ("> [not one] body", ["[not one] body"]),
    ],
)
def test_callouts(markdown: str, blocks: list[str]) -> None:
    doc = document(markdown)
    assert texts(doc) == blocks
    assert all(block.quoted for block in doc.blocks)


def test_footnotes() -> None:
    doc = document("Claim.[^a] More.\n\n[^a]: The note.\n\n    Goes on.\n\nEnd.\n")
    assert [(b.kind.value, b.label) for b in doc.blocks] == [
        ("paragraph", ""),
        ("footnote", "a"),
        ("footnote", "a"),
        ("paragraph", ""),
    ]
    assert doc.footnotes == {"a": 1}
    (mark,) = doc.marks
    assert (mark.kind, mark.target, mark.start, mark.end) == ("footnote-ref", "a", 6, 6)


@pytest.mark.parametrize(
    ("markdown", "heading"),
    [
        ("**Dosage**", True),
        ("**Dosage:**", True),
        ("**Dosage**:", True),
        ("__Is it safe?__", True),
        ("**Take five milligrams daily.**", False),
        ("**Dosage** is low", False),
        ("- **Dosage**", False),
        ("> **Dosage**", False),
        ("**one two three four five six seven eight nine ten eleven twelve thirteen**", False),
        ("**One** **Two**", False),
    ],
)
def test_a_bold_line_acts_as_a_heading(markdown: str, heading: bool) -> None:
    block = document(markdown).blocks[0]
    assert (block.kind is BlockKind.HEADING) == heading
    assert (block.level == 7) == heading


def test_sections() -> None:
    doc = document("Before.\n\n# A\n\na\n\n### B\n\n**C**\n\nc\n\n## D\n\n# E\n")
    assert [(s.heading, s.level, s.first, s.last, s.parent) for s in doc.sections] == [
        (-1, 0, 0, 1, -1),
        (1, 1, 1, 3, -1),
        (3, 3, 3, 4, 1),
        (4, 7, 4, 6, 2),
        (6, 2, 6, 7, 1),
        (7, 1, 7, 8, -1),
    ]


@pytest.mark.parametrize(
    ("markdown", "marks"),
    [
        ("[a b](http://x)", [("link", "a b", "http://x")]),
        ("[a][r]\n\n[r]: http://x", [("link", "a", "http://x")]),
        ("<http://x.y>", [("link", "http://x.y", "http://x.y")]),
        ("see https://x.y/z_(a).", [("link", "https://x.y/z_(a)", "https://x.y/z_(a)")]),
        ("(see https://x.y/z), or", [("link", "https://x.y/z", "https://x.y/z")]),
        ("[https://x.y](https://x.y)", [("link", "https://x.y", "https://x.y")]),
        ("a **b *c* d**", [("strong", "b c d", ""), ("emphasis", "c", "")]),
        ("a `b`", [("code", PLACEHOLDER, "")]),
        ("a ![b](c.png)", [("image", PLACEHOLDER, "c.png")]),
        ('a <a href="http://x">b</a>', [("link", "b", "http://x")]),
        ("a <b>b</b>", [("strong", "b", "")]),
        ('a <Cite id="x" tooltip="Abe, 2001">b</Cite>', [("citation", "b", "Abe, 2001")]),
        ("a<sup>1</sup>", [("superscript", "1", "")]),
        ('a [b]({{< ref "c.md" >}}) d', []),
    ],
)
def test_marks(markdown: str, marks: list[tuple[str, str, str]]) -> None:
    doc = document(markdown)
    assert [(m.kind, doc.text[m.start : m.end], m.target) for m in doc.marks] == marks


# Front matter


@pytest.mark.parametrize(
    ("front", "blocks"),
    [
        ("title: A plain title", [("title", "A plain title")]),
        ('title: "It\'s: quoted"', [("title", "It's: quoted")]),
        ("title: 'single'", [("title", "single")]),
        ("title: 'it''s'", [("title", "it's")]),
        ('title: "a \\"b\\" \\u00e9"', [("title", 'a "b" é')]),
        ("title: A\ndescription: B\ntags: [c]", [("title", "A"), ("description", "B")]),
        ("description: >\n  folded\n  text\ntitle: A", [("description", "folded text"), ("title", "A")]),
        ("description: |-\n  kept\n  text", [("description", "kept text")]),
        ("title: a plain one\n  on two lines", [("title", "a plain one on two lines")]),
        ("title: A # comment", [("title", "A")]),
        ("title: A\ntitle: B", [("title", "A")]),
        ("seo:\n  title: nested", []),
        ("title:", []),
        ("title: [a", []),
        ("title: {{ broken", []),
        ("layout: post", []),
    ],
)
def test_yaml_front_matter(front: str, blocks: list[tuple[str, str]]) -> None:
    assert outline(f"---\n{front}\n---\n\nText é.\n") == [*blocks, ("paragraph", "Text é.")]


@pytest.mark.parametrize(
    ("front", "blocks"),
    [
        ('title = "A \\"b\\""', [("title", 'A "b"')]),
        ('title = \'A\'\ndescription = """\nB\nC"""', [("title", "A"), ("description", "B C")]),
        ('[params]\ntitle = "A"', []),
    ],
)
def test_toml_front_matter(front: str, blocks: list[tuple[str, str]]) -> None:
    assert outline(f"+++\n{front}\n+++\n\nText.\n") == [*blocks, ("paragraph", "Text.")]


def test_thematic_breaks_are_no_front_matter() -> None:
    assert texts(document("---\n\nText.\n\n---\n\nMore.\n")) == ["Text.", "More."]
    assert texts(document("One.\n\n---\ntitle: Two\n---\n")) == ["One.", "title: Two"]
    assert texts(document("---\ntitle: open\n\nText.\n")) == ["title: open", "Text."]


# Templates and comments


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("{{% note %}}\nThe *text*.\n{{% /note %}}", ["The text."]),
        ("{{< tip >}}The text.{{< /tip >}}", ["The text."]),
        ("{% if a %}One{% else %}Two{% endif %}", ["OneTwo"]),
        ("At {{ site.clinic }} we", [f"At {PLACEHOLDER} we"]),
        ("Text.\n{: .note}", ["Text."]),
        ("- one\n{% raw %}\n- two", ["one", "two"]),
        ("Braces {{ unclosed and text", ["Braces {{ unclosed and text"]),
        ("Use `{{` and then `}}` here", [f"Use {PLACEHOLDER} and then {PLACEHOLDER} here"]),
        ("```\n{{< x >}}\n<!-- y -->\n```\n\nText.", ["Text."]),
    ],
)
def test_shortcodes(markdown: str, blocks: list[str]) -> None:
    assert texts(document(markdown)) == blocks


@given(
    st.lists(
        st.sampled_from(
            ['{{< a b="c" >}}', "{% x %}", "{{ y }}", "Take", "5 mg", "é😀", "**bold**", "\n\n", "x ", "- "]
        ),
        max_size=15,
    ).map("".join)
)
@settings(max_examples=200, deadline=None)
def test_shortcodes_keep_offsets(markdown: str) -> None:
    doc = document(markdown)
    for word in ("Take", "5 mg", "bold"):
        assert doc.text.count(word) == markdown.count(word)
        if word in doc.text:
            assert source_of(doc, word) == word


@pytest.mark.parametrize(
    ("markdown", "placed"),
    [
        ("<!-- c -->\n\nText.", [("c", 0, False)]),
        ("<!-- c -->\nText.", [("c", 0, False)]),
        ("Text.\n\n<!-- c -->\n\nMore.", [("c", 1, False)]),
        ("One <!-- c --> two.", [("c", 0, True)]),
        ("One.\n<!-- c -->\ntwo.", [("c", 0, True)]),
        ("One. <!-- c -->\n\nTwo.", [("c", 0, True)]),
        ("- one\n<!-- c -->\n- two", [("c", 1, False)]),
        ("Text.\n\n<!-- c\nd -->", [("c\nd", 1, False)]),
        ("`<!-- code -->`", []),
        ("```\n<!-- code -->\n```", []),
    ],
)
def test_comments(markdown: str, placed: list[tuple[str, int, bool]]) -> None:
    doc = document(markdown)
    assert [(c.text, c.block, c.inside) for c in doc.comments] == placed
    for comment in doc.comments:
        assert doc.source.text[comment.start : comment.end] == f"<!-- {comment.text} -->"


@pytest.mark.parametrize(
    "markdown",
    ["One\ntwo\n\nthree.\n", "- one\n- two\n", "| a |\n|---|\n| b |\n", "> one\n> two\n", "1. one\n2. two\n"],
)
def test_a_comment_changes_no_block(markdown: str) -> None:
    lines = markdown.splitlines(keepends=True)
    plain = document(markdown)
    for at in range(len(lines) + 1):
        doc = document("".join([*lines[:at], "<!-- caveat: ignore -->\n", *lines[at:]]))
        assert doc.blocks == plain.blocks
        assert doc.text == plain.text


# HTML within Markdown


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("<div>Text</div>", [("paragraph", "Text")]),
        ("<p>One &amp;\ntwo</p>\n\nThree", [("paragraph", "One & two"), ("paragraph", "Three")]),
        ("<ul>\n<li>One\n<li>Two\n</ul>", [("item", "One"), ("item", "Two")]),
        (
            "<details><summary>Sum</summary>\n\nThe *text*.\n\n</details>",
            [("paragraph", "Sum"), ("paragraph", "The text.")],
        ),
        ("<table><tr><th>A<td>B</table>", [("cell", "A"), ("cell", "B")]),
        ("<h2>Head</h2>", [("heading", "Head")]),
        ("<aside>\nread\n</aside>", [("paragraph", "read")]),
        ("- a\n\n  <div>b</div>\n", [("item", "a"), ("item", "b")]),
        ("> <div>\n> a\n> </div>\n", [("paragraph", "a")]),
    ],
)
def test_html_blocks(markdown: str, blocks: list[tuple[str, str]]) -> None:
    assert outline(markdown) == blocks


def test_a_quoted_html_block_keeps_its_offsets() -> None:
    doc = document("> <div>\n> take *it*\n> </div>\n")
    assert source_of(doc, "take") == "take"
    assert doc.blocks[0].quoted


# MDX


@pytest.mark.parametrize(
    ("mdx", "blocks"),
    [
        ('import A from "a"\n\nText.', ["Text."]),
        ("export const meta = {\n  title: 'gone'\n}\n\nText.", ["Text."]),
        ('<Note title="gone">\nThe *text*.\n</Note>', ["The text."]),
        ("<Note kind={{a: '>'}}>The text.</Note>", ["The text."]),
        ("<Note>\n    Indented text.\n</Note>", ["Indented text."]),
        ("A {value} b", [f"A {PLACEHOLDER} b"]),
        ("A{' '}b", ["A b"]),
        ("{/* gone */}\n\nText.", ["Text."]),
        ("A <Chart data={[1, 2]} /> b", ["A b"]),
        ("import this is prose", ["import this is prose"]),
        ("a { unclosed", ["a { unclosed"]),
        ("<> a </>", ["a"]),
    ],
)
def test_mdx(mdx: str, blocks: list[str]) -> None:
    assert texts(document(mdx, "mdx")) == blocks


def test_mdx_comments() -> None:
    doc = document("One {/* c */} two.", "mdx")
    assert [(c.text, c.block, c.inside) for c in doc.comments] == [("c", 0, True)]


@pytest.mark.parametrize("name", ["Text", "read"])
def test_block_with_finds_a_block(name: str) -> None:
    assert block_with(document("Text to read."), name).start == 0
