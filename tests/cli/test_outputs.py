"""Where reports go, and which format is chosen when none is asked for."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import CARELESS
from tests.reporters.parsers import commands

if TYPE_CHECKING:
    from tests.cli.conftest import Caveat


def test_several_at_once(caveat: Caveat) -> None:
    caveat.write(bad_md=CARELESS)
    code, out, err = caveat("bad.md", "--output", "sarif:out/a.sarif", "--output", "json:a.json", "--output", "concise")
    assert (code, err) == (1, "")
    assert out.startswith("bad.md:3:10: error ")
    assert json.loads((caveat.folder / "out" / "a.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert json.loads((caveat.folder / "a.json").read_text("utf-8"))["findings"][0]["line"] == 3


def test_format_and_output_add_up(caveat: Caveat) -> None:
    caveat.write(bad_md=CARELESS)
    assert caveat("bad.md", "--format", "json", "--output", "csv:a.csv").json["findings"]
    assert (caveat.folder / "a.csv").read_text("utf-8").startswith("path,")


def test_file_alone_leaves_standard_output_alone(caveat: Caveat) -> None:
    caveat.write(bad_md=CARELESS)
    assert caveat("bad.md", "--output", "text:a.txt") == (1, "", "")


@pytest.mark.parametrize(("arguments", "message"), [
    (("--output", "sariff:a"), "no format is called 'sariff'"),
    (("--output", "sarif:"), "the name of the file is missing"),
    (("--output", "sarif:a", "--output", "json:./a"), "two reports cannot both go to"),
    (("--output", "text", "--format", "json"), "two reports cannot both go to standard output"),
    (("--output", "json:bad.md/x.json"), "cannot be written"),
])  # fmt: skip
def test_what_cannot_be_done(caveat: Caveat, arguments: tuple[str, ...], message: str) -> None:
    caveat.write(bad_md=CARELESS)
    code, _, err = caveat("bad.md", *arguments)
    assert code == 2
    assert message in err


def test_default_is_for_whoever_reads(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    caveat.write(bad_md=CARELESS)
    assert caveat("bad.md").out.startswith("bad.md:3:10: error ")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert caveat("bad.md").out.startswith("::error file=bad.md,line=3,")
    caveat.put("caveat.toml", 'format = "csv"\n')
    assert caveat("bad.md").out.startswith("path,line,")


@pytest.mark.skipif(sys.platform == "win32", reason="no such device")
def test_device_is_written_to_and_not_replaced(caveat: Caveat) -> None:
    caveat.write(bad_md=CARELESS)
    assert caveat("bad.md", "--output", f"json:{os.devnull}").code == 1
    assert not os.path.isfile(os.devnull)  # noqa: PTH113


@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
def test_name_that_forges_commands(caveat: Caveat) -> None:
    caveat.put("::error::a\n::add-mask::b.md", CARELESS)
    caveat.put("##[error]c.md", CARELESS)
    for name in ("text", "concise", "csv", "json", "checkstyle", "markdown"):
        code, out, err = caveat("--format", name)
        assert code == 1
        assert commands(out + err) == []
    assert [c.name for c in commands(caveat("--format", "github").out)] == ["error", "error"]


def test_own_rule_is_described_in_sarif(caveat: Caveat) -> None:
    caveat.put("caveat.toml", 'rules = ["own.yaml"]\n')
    example = "Turmeric is a spice."
    caveat.put("own.yaml", json.dumps({"rules": [{
        "id": "house/spice", "summary": "A spice", "severity": "warning", "confidence": "high", "message": "spice",
        "advice": "Say herb.", "why": "House style.",
        "sources": [{"title": "Style", "url": "https://example.org", "checked": "2026-11-25"}],
        "find": [{"regex": r"\bspice\b"}],
        "examples": {"flag": [f"{example} {i}" for i in range(6)], "pass": [f"A herb {i}." for i in range(6)]},
    }]}))  # fmt: skip
    caveat.write(a_md=example + "\n")
    log = caveat("--format", "sarif", "a.md").json
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["house/spice"]["shortDescription"]["text"] == "A spice"
