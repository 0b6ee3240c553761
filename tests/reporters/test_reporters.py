"""What each format prints, to the character. `UPDATE_GOLDEN=1 pytest tests/reporters` writes the files anew."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.errors import Problem
from linter.findings import Finding
from linter.reporters import FORMATS
from linter.reporters.layout import columns, visible, window, wrapped
from linter.source import Source
from tests.reporters.samples import FINDINGS, report

GOLDEN = Path(__file__).parent / "golden"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
CASES = {
    "text.txt": lambda: report("text", statistics=True),
    "text-60.txt": lambda: report("text", width=60),
    "text-120.txt": lambda: report("text", width=120),
    "concise.txt": lambda: report("concise"),
    "report.json": lambda: report("json", errors=[Problem("drafts/gone.md", 0, 0, "no such file or folder")]),
}


@pytest.mark.parametrize("name", CASES)
def test_golden_output(name: str) -> None:
    path = GOLDEN / name
    output = CASES[name]()
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(output, "utf-8")
    assert output == path.read_text("utf-8")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_text_keeps_to_its_width(width: int) -> None:
    for line in report("text", width=width).splitlines():
        if not line.startswith("drafts/"):  # a path is never broken: it is there to be clicked
            assert columns(line) <= width


def test_colour_changes_nothing_but_the_colour() -> None:
    coloured = report("text", colour=True)
    assert "\x1b[" in coloured
    bare = "\n".join(line.rstrip() for line in ANSI.sub("", coloured).split("\n"))
    assert bare == report("text")


def test_nothing_is_printed_for_clean_drafts() -> None:
    assert report("text", findings=[], statistics=True) == ""
    assert report("concise", findings=[]) == ""


def test_quiet_leaves_out_the_summary() -> None:
    assert report("text").endswith("4 findings (1 error, 2 warnings, 1 note) in 1 of 2 drafts\n")
    assert report("text", quiet=True).endswith("= caveat explain efficacy/unqualified-claim\n")


def test_summary_line_of_one_finding() -> None:
    assert report("text", findings=FINDINGS[:1]).endswith("\n\n1 finding (1 warning) in 1 of 2 drafts\n")


def hostile(text: str) -> tuple[Source, list[Finding]]:
    source = Source.from_text(text, "\x1b[31mred\x1b[0m.md")
    line = source.line_text(1)
    return source, [Finding(source.path, 1, 1, 1, len(line) + 1, "own/rule", "warning", line, line, line)]


@pytest.mark.parametrize("name", ["text", "concise"])
@pytest.mark.parametrize("colour", [False, True])
def test_a_draft_cannot_act_on_the_terminal(name: str, colour: bool) -> None:
    source, findings = hostile("\x1b]0;owned\x07\x9b2J \u202e[bold]x[/bold] :smile: \u2028 \r")
    output = ANSI.sub("", report(name, source=source, findings=findings, colour=colour))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]", output)
    assert "[bold]x[/bold] :smile:" in output


@given(st.text(min_size=1, max_size=300), st.integers(0, 300), st.integers(0, 300), st.integers(20, 120))
def test_window_shows_the_span_and_fits(line: str, a: int, b: int, width: int) -> None:
    start, end = sorted((min(a, len(line)), min(b, len(line))))
    shown, column, size = window(line, start, end, width)
    assert columns(shown) <= width
    assert column >= 0
    assert column + size <= max(columns(shown), column + 1)


@given(st.text(alphabet="abcdefg .,()", min_size=1, max_size=400), st.data())
def test_underline_stands_below_the_span(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    shown, column, size = window(line, start, end, 60)
    marked = shown[column : column + size]
    assert line[start:end].startswith(marked.rstrip("…"))
    if end - start <= 50:
        assert marked == line[start:end]


@given(st.text(max_size=300), st.integers(8, 100))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(visible(" ".join(text.split())).split())


@given(st.text())
def test_visible_text_is_safe(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", visible(text))


def test_json_shape() -> None:
    data = json.loads(report("json"))
    assert list(data) == ["version", "tool", "files", "findings", "errors"]
    assert data["version"] == 1
    assert data["files"] == 2
    assert set(data["findings"][0]) == {
        "path", "line", "column", "end_line", "end_column", "rule", "severity", "confidence", "message", "advice",
        "excerpt", "captures", "suggestion", "edit", "url", "fingerprint",
    }  # fmt: skip


def test_every_format_has_a_reporter() -> None:
    for name in FORMATS:
        assert isinstance(report(name), str)
