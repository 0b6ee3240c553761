"""Nothing that a draft or a path says can act on what shows the report, and nothing of it is lost.

Hostile text goes through every reporter; what comes out is read back by a parser of its language.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ET  # our own reports
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from linter.errors import Problem
from linter.findings import Edit, Finding
from linter.reporters import FORMATS
from linter.source import Source
from tests.reporters.parsers import azure_commands, commands
from tests.reporters.samples import report

if TYPE_CHECKING:
    from collections.abc import Callable

ATTACKS = (
    "::error::forged", "::error file=x.md,line=1::forged", "  ::add-mask::e", "::stop-commands::token",
    "::set-output name=a::b", "x\n::warning::forged", "x\r::warning::forged", "##[error]forged", "##[add-mask]e",
    "x ##[set-output name=a]b", "##vso[task.setvariable variable=a]b", "##teamcity[buildStop]", "%0A::error::forged",
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "\x9b2J",
    "\u202egnp",
    "[bold red]x[/bold red]", "[link=https://evil.example]x[/link]", ":warning:", "[/]", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "</td></tr></table><h1>x</h1>", "[x](https://evil.example)", "![x](http://evil)",
    "| a | b |", "`code`", "```\nfence", "<!-- comment", "-->", "@everyone", "#1", "https://evil.example",
    "www.evil.example", "a\\|b", "\\", "*x*", "_x_", "$x$", "~~x~~", "&lt;b&gt;", "&#64;x",
    "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "\t=1", '"=1', "\x00", "\x08", "\x0b", "\ufffe", "\uffff", "\ud800",
    "]]>", "<![CDATA[x", "<?xml?>", "&entity;", "'\"", "\u2028", "\x85",
)  # fmt: skip
LETTERS = st.text(
    st.sampled_from(" ab:#[]%\n\r\t\x00\x07\x1b\x9b\u202e\u2028<>&\"'`|*_\\=+-@!(){},;~$/.é\U0001f600\ud800\ufffe"),
    max_size=30,
)
HOSTILE = st.one_of(
    st.sampled_from(ATTACKS), LETTERS, st.lists(st.one_of(st.sampled_from(ATTACKS), LETTERS), max_size=4).map("".join)
)
NAMES = HOSTILE.filter(lambda name: name.strip("/. ") != "" and "\x00" not in name)


def hostile(text: str, path: str, rule: str = "own/rule") -> tuple[Source, list[Finding]]:
    source = Source.from_text(text or "x", path)
    line = source.line_text(1)
    one = Finding(
        path, 1, 1, 1, len(line) + 1, rule, "warning", text, text, line,
        captures={"drug": text}, suggestion=text, fingerprint="f", edit=Edit(1, 1, 1, 1, text),
    )  # fmt: skip
    return source, [one]


def through(name: str, text: str, path: str, *, colour: bool = False) -> str:
    source, findings = hostile(text, path)
    return report(name, source=source, findings=findings, errors=[Problem(path, 1, 1, text)], colour=colour)


def shown(text: str) -> str:
    """What is left of a text that went through a report: controls may be spelled out, white space folded."""
    text = re.sub(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})", lambda m: chr(int(m[1] or m[2], 16)), text)
    return "".join(text.split())


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_SHA"):
        monkeypatch.delenv(name, raising=False)


every_text: Callable[[Callable[..., None]], Callable[..., None]] = given(HOSTILE, NAMES)
quick = settings(max_examples=60, deadline=None)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_acts_on_a_log(name: str, attack: str) -> None:
    log_is_safe(name, attack, attack.strip("/\x00") or "x")


@pytest.mark.parametrize("name", FORMATS)
@quick
@every_text
@example("::error::x", "::error::y\n::add-mask::z")
def test_nothing_acts_on_a_log(name: str, text: str, path: str) -> None:
    log_is_safe(name, text, path)


def log_is_safe(name: str, text: str, path: str) -> None:
    for colour in (False, True) if name == "text" else (False,):
        output = through(name, text, path, colour=colour)
        found = commands(output)
        if name == "github":
            assert [c.name for c in found] == ["error", "warning"] == [c.name for c in commands(output)]
            assert len(output.splitlines()) == 2 or "\x85" in output or "\u2028" in output
        else:
            assert found == []
            assert azure_commands(output) == []
        bare = re.sub(r"\x1b\[[0-9;]*m", "", output) if colour else output
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", bare)
        output.encode()


@quick
@every_text
def test_github_gives_back_what_it_got(text: str, path: str) -> None:
    error, warning = commands(through("github", text, path))
    assert warning.properties["title"] == "own/rule"
    assert set(warning.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
    assert set(error.properties) <= {"file", "line", "col", "title"}
    assert shown(text) in shown(warning.data) or shown(shown(text)) in shown(warning.data) or len(text) > 4000


@quick
@every_text
def test_json_formats_give_back_what_they_got(text: str, path: str) -> None:
    source, findings = hostile(text, path)
    data = json.loads(report("json", source=source, findings=findings))
    assert data["findings"][0]["message"] == text
    assert data["findings"][0]["path"] == path
    lines = [json.loads(line) for line in through("jsonl", text, path).splitlines()]
    assert [line["type"] for line in lines] == ["finding", "error"]
    assert lines[0]["message"] == lines[1]["message"] == text
    for name in ("rdjson", "gitlab", "sarif"):
        json.loads(through(name, text, path))
    assert len(through("rdjsonl", text, path).splitlines()) == 2


@quick
@every_text
def test_xml_is_well_formed_and_complete(text: str, path: str) -> None:
    root = ET.fromstring(through("checkstyle", text, path).encode())  # noqa: S314
    error = root.findall("file/error")[0]
    assert error.get("source") == "own/rule"
    assert shown(error.get("message") or "") == shown(f"{text} {text}".strip())
    assert len(list(root)) == 3
    root = ET.fromstring(through("junit", text, path).encode())  # noqa: S314
    assert [child.tag for child in root.iter()].count("failure") == 1
    assert shown(root.findall("testsuite/testcase/failure")[0].get("message") or "") == shown(text)


@quick
@every_text
def test_csv_has_one_row_for_each_finding(text: str, path: str) -> None:
    rows = list(csv.DictReader(io.StringIO(through("csv", text, path))))
    assert len(rows) == 2
    for row in rows:
        for cell in row.values():
            assert not re.match(r"[\s\"']*[=+\-@|%]", cell) or cell.startswith("'")
            assert "\n" not in cell
            assert "\r" not in cell
    assert shown(rows[0]["message"].removeprefix("'")) == shown(text) or text.startswith("'")


@quick
@every_text
def test_markdown_shows_it_as_text(text: str, path: str) -> None:
    output = through("markdown", text, path)
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(output)
    kinds = [child.type for token in tokens for child in token.children or ()]
    raw = "".join(child.content for token in tokens for child in token.children or () if child.type == "html_inline")
    assert raw.replace("<!-- -->", "") == ""
    assert not {"link_open", "image", "code_inline", "em_open", "strong_open", "s_open"} & set(kinds)
    assert not [token for token in tokens if token.type in ("html_block", "fence", "code_block")]
    cells = [tokens[i + 1] for i, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 5
    plain = "".join(child.content for child in cells[3].children or () if child.type == "text")
    assert shown(plain) == shown(text)


@pytest.mark.parametrize("text", ["https://evil.example", "www.evil.example", "me@evil.example", "@everyone", "#1"])
def test_markdown_makes_no_links_of_bare_text(text: str) -> None:
    output = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(through("markdown", text, "a.md"))
    assert "<a " not in output
    source = through("markdown", text, "a.md")
    assert not re.search(r"https?://|www\.|@\w|#\d", re.sub(r"&#\d+;", "", source))
    assert text in html.unescape(output).replace("<!-- -->", "")


@quick
@every_text
def test_sarif_messages_hold_no_links(text: str, path: str) -> None:
    log = json.loads(through("sarif", text, path))
    message = log["runs"][0]["results"][0]["message"]["text"]
    assert not re.search(r"(?<!\\)(?:\\\\)*\[", message)
