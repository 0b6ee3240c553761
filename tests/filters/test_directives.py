"""Inline directives: what each covers, in every kind of block of every format, and what is wrong with them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.document import BlockKind, Comment
from linter.filters.directives import ACTIONS, parse
from linter.lint import Linted, book_for, known_rules, lint_draft
from linter.source import Source

RULE = "efficacy/absolute-claim"
CLAIM = "Turmeric cures arthritis."
OTHER = "Garlic cures asthma."
KNOWN = known_rules(book_for())


def lint(text: str, name: str = "draft.md", *, day: str = "2026-11-25", require_reason: bool = False) -> Linted:
    source = Source.from_text(text, name)
    return lint_draft(source, book_for(), require_reason=require_reason, day=date.fromisoformat(day))


def found(text: str, name: str = "draft.md", **named: object) -> list[tuple[int, str]]:
    return [(f.line, f.rule) for f in lint(text, name, **named).findings if f.rule.startswith(("directive", RULE))]  # type: ignore[arg-type]


def comment(text: str, name: str) -> str:
    """A directive in the comment form of a format."""
    said = f"caveat: {text}"
    return f"{{/* {said} */}}" if name.endswith(".mdx") else f"<!-- {said} -->"


MARKDOWN = {
    "paragraph": f"Before.\n\n@{CLAIM}\n\nAfter.\n",
    "heading": f"# Title\n\n## @{CLAIM}\n\nAfter.\n",
    "setext heading": f"@{CLAIM}\n===\n\nAfter.\n",
    "item": f"- One.\n- @{CLAIM}\n- Three.\n",
    "nested item": f"- One.\n  - @{CLAIM}\n- Three.\n",
    "ordered item": f"1. One.\n2. @{CLAIM}\n",
    "cell": f"| a | b |\n|---|---|\n| x | @{CLAIM} |\n",
    "header cell": f"| a | @{CLAIM} |\n|---|---|\n| x | y |\n",
    "quotation": f"> Before.\n>\n> @{CLAIM}\n",
    "footnote": f"Text.[^1]\n\n[^1]: @{CLAIM}\n",
    "wrapped paragraph": f"A line of text that\ngoes on. @{CLAIM} And\non it goes.\n",
}
HTML = {
    "paragraph": f"<p>Before.</p>\n<p>@{CLAIM}</p>\n",
    "heading": f"<h2>@{CLAIM}</h2>\n<p>After.</p>\n",
    "item": f"<ul><li>One.</li>\n<li>@{CLAIM}</li></ul>\n",
    "cell": f"<table><tr><td>x</td>\n<td>@{CLAIM}</td></tr></table>\n",
    "caption": f"<table><caption>@{CLAIM}</caption><tr><td>x</td></tr></table>\n",
    "quotation": f"<blockquote><p>@{CLAIM}</p></blockquote>\n",
    "definition": f"<dl><dt>Turmeric</dt>\n<dd>@{CLAIM}</dd></dl>\n",
}
CASES = [
    *((f"{kind}.md", text) for kind, text in MARKDOWN.items()),
    *((f"{kind}.mdx", text) for kind, text in MARKDOWN.items()),
    *((f"{kind}.html", text) for kind, text in HTML.items()),
]


@pytest.mark.parametrize(("name", "text"), CASES)
@pytest.mark.parametrize("where", ["before", "after"])
def test_inside_every_kind_of_block(name: str, text: str, where: str) -> None:
    bare = text.replace("@", "")
    assert [rule for _, rule in found(bare, name)] == [RULE]
    said = comment(f"ignore {RULE} -- checked", name)
    marked = text.replace(f"@{CLAIM}", f"{said} {CLAIM}" if where == "before" else f"{CLAIM} {said}")
    assert found(marked, name) == []


@pytest.mark.parametrize("name", ["draft.md", "draft.mdx", "draft.html", "draft.txt"])
def test_on_a_line_of_its_own(name: str) -> None:
    said = comment(f"ignore {RULE}", name)
    blocks = [CLAIM, OTHER] if not name.endswith("html") else [f"<p>{CLAIM}</p>", f"<p>{OTHER}</p>"]
    assert found(f"{said}\n\n{blocks[0]}\n\n{blocks[1]}\n", name) == [(5, RULE)]
    assert found(f"{said}\n{blocks[0]}\n\n{blocks[1]}\n", name) == [(4, RULE)]
    assert found(f"{blocks[0]}\n\n{said}\n\n{blocks[1]}\n", name) == [(1, RULE)]


def test_plain_text_has_a_form_of_its_own() -> None:
    assert found(f"# caveat: ignore {RULE} -- checked\n{CLAIM}\n\n{OTHER}\n", "a.txt") == [(4, RULE)]


def test_before_an_item_it_covers_that_item() -> None:
    text = f"- {OTHER}\n\n<!-- caveat: ignore {RULE} -->\n\n- {CLAIM}\n- {OTHER}\n"
    assert found(text) == [(1, RULE), (6, RULE)]


def test_in_a_table() -> None:
    said = f"<!-- caveat: ignore {RULE} -->"
    table = f"| a | b |\n|---|---|\n| {CLAIM} | x |\n| {OTHER} | y @|\n"
    assert found(table.replace("@", "")) == [(3, RULE), (4, RULE)]
    assert found(table.replace("@", said)) == [(3, RULE)]  # its row
    assert found(f"{said}\n\n" + table.replace("@", "")) == []  # before it: the table


def test_ignore_next_and_file() -> None:
    assert found(f"Text. <!-- caveat: ignore-next {RULE} -->\n\n{CLAIM}\n\n{OTHER}\n") == [(5, RULE)]
    assert found(f"{CLAIM}\n\n{OTHER}\n\n<!-- caveat: ignore-file {RULE} -->\n") == []
    assert found(f"{CLAIM}\n\n<!-- caveat: ignore-file efficacy/* -->\n") == []


def test_ranges() -> None:
    covered = f"<!-- caveat: disable {RULE} -->\n\n{CLAIM}\n\n{OTHER}\n\n<!-- caveat: enable -->"
    text = f"{CLAIM}\n\n{covered}\n\n{CLAIM}\n"
    assert found(text) == [(1, RULE), (11, RULE)]
    assert found(text.replace("<!-- caveat: enable -->", "")) == [(1, RULE)]
    assert found(text.replace("enable", "enable efficacy")) == [(1, RULE), (11, RULE)]
    inside = f"{CLAIM} <!-- caveat: disable {RULE} -->\n\n{CLAIM} <!-- caveat: enable -->\n\n{OTHER}\n"
    assert found(inside) == [(5, RULE)]


@pytest.mark.parametrize(
    ("said", "rule", "message"),
    [
        ("caveat: ignore efficacy/absolut-claim", "invalid", "did you mean 'efficacy/absolute-claim'?"),
        ("caveat: ignore", "invalid", "ignore needs the rules that it is about"),
        ("caveat: disable -- all of it", "invalid", "disable needs the rules that it is about"),
        ("caveat: ignroe efficacy", "invalid", "'ignroe' is no directive; did you mean ignore?"),
        ("caveat: ", "invalid", "'nothing' is no directive"),
        ("caveat ignore efficacy", "invalid", "a colon is missing"),
        ("caveat: ignore efficacy — it is fine", "invalid", "write two hyphens (--) before the reason"),
        ("caveat: ignore efficacy dose", "invalid", "part rules with commas"),
        ("caveat: ignore efficacy because it is fine", "invalid", "part rules with commas"),
        ("caveat: ignore directive/unused", "invalid", "use ignore in the configuration"),
        ("caveat: ignore efficacy -- until: soon", "invalid", "until: needs a day written as 2027-03-01, not 'soon'"),
        ("caveat: ignore efficacy -- until: 2027-02-30", "invalid", "not '2027-02-30'"),
        ("caveat: enable efficacy", "invalid", "efficacy was not disabled above"),
        ("caveat: ignore efficacy -- ok; until: 2026-11-24", "expired", "this waiver held until 2026-11-24"),
        ("caveat: ignore dose -- ok", "unused", "nothing here is flagged by dose"),
    ],
)
def test_mistakes_waive_nothing_and_are_told(said: str, rule: str, message: str) -> None:
    linted = lint(f"<!-- {said} -->\n{CLAIM}\n")
    told = [f.rule for f in linted.findings if f.rule.startswith(("directive", "efficacy/abs"))]
    assert told == [f"directive/{rule}", RULE]
    assert message in linted.findings[0].message


def test_last_day() -> None:
    text = f"<!-- caveat: ignore {RULE} -- checked; until: 2027-03-01 -->\n{CLAIM}\n"
    assert found(text, day="2027-03-01") == []
    assert found(text, day="2027-03-02") == [(1, "directive/expired"), (2, RULE)]
    assert lint(text).dates == [date(2027, 3, 1)]


def test_reason_can_be_required() -> None:
    text = f"<!-- caveat: ignore {RULE} @-->\n{CLAIM}\n"
    assert found(text.replace("@", "-- "), require_reason=True) == [(1, "directive/missing-reason")]
    assert found(text.replace("@", "-- by: A. Meyer "), require_reason=True) == [(1, "directive/missing-reason")]
    assert found(text.replace("@", "-- quoted "), require_reason=True) == []


@pytest.mark.parametrize(
    ("said", "reason", "by", "until"),
    [
        ("cleared by: Dr. A. Meyer; until: 2027-03-01", "cleared", "Dr. A. Meyer", "2027-03-01"),
        ("a quotation; by: A. Meyer, until: 2027-03-01", "a quotation", "A. Meyer", "2027-03-01"),
        ("until: 2027-03-01; by: A. Meyer; from a leaflet", "from a leaflet", "A. Meyer", "2027-03-01"),
        ("stands by its source", "stands by its source", "", ""),
        ("a -- b", "a -- b", "", ""),
    ],
)
def test_what_a_reason_says(said: str, reason: str, by: str, until: str) -> None:
    directive = parse(Comment(0, 1, f"caveat: ignore {RULE} -- {said}", 0, False), KNOWN)
    assert directive
    assert (directive.reason, directive.by, str(directive.until or "")) == (reason, by, until)
    assert not directive.problem


def test_several_rules_and_unused_ones() -> None:
    linted = lint(f"{CLAIM} <!-- caveat: ignore {RULE}, dose, citation/* -- checked -->\n")
    assert [f.message for f in linted.findings] == [
        "nothing here is flagged by dose", "nothing here is flagged by citation/*",
    ]  # fmt: skip
    states = [(waiver.rule, waiver.state) for waiver in linted.waivers]
    assert states == [(RULE, "active"), ("dose", "unused"), ("citation/*", "unused")]


def test_ordinary_comments_are_none() -> None:
    assert found(f"<!-- a caveat: ignore {RULE} -->\n{CLAIM}\n") == [(2, RULE)]
    assert found(f"<!-- caveats apply -->\n{CLAIM}\n") == [(2, RULE)]
    assert found(f"```\n<!-- caveat: ignore nothing -->\n```\n\n{CLAIM}\n") == [(5, RULE)]


SENTENCES = st.sampled_from([CLAIM, OTHER, "Rest is good.", "Take 5 mg of melatonin.", "Studies show that zinc works."])
NAMED = ("efficacy", "dose", RULE, "x/y", "*")
SAID = st.sampled_from([f"{action} {rule} -- because" for action in ACTIONS for rule in NAMED])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SENTENCES, st.booleans(), st.one_of(st.none(), SAID)), min_size=1, max_size=6))
def test_a_directive_never_changes_another_finding(parts: list[tuple[str, bool, str | None]]) -> None:
    """With directives, what is reported or waived is exactly what is found without them."""
    plain = "\n\n".join(f"- {text}" if item else text for text, item, _ in parts)
    marked = "\n\n".join(
        f"{'- ' * item}{text}" + (f" <!-- caveat: {said} -->" if said else "") for text, item, said in parts
    )
    bare = [(f.line, f.column, f.rule, f.message, f.fingerprint) for f in lint(plain).findings]
    linted = lint(marked)
    waived = {id(f): f for waiver in linted.waivers for f in waiver.findings}
    together = [f for f in [*linted.findings, *waived.values()] if not f.rule.startswith("directive/")]
    assert sorted((f.line, f.column, f.rule, f.message, f.fingerprint) for f in together) == sorted(bare)


def test_every_kind_of_block_is_tried() -> None:
    tried = {"paragraph", "heading", "item", "cell", "caption", "footnote", "term"}
    assert {kind.value for kind in BlockKind} - tried == {"title", "description"}  # no comment can stand there
