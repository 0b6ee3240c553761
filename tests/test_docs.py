"""The pages say what the program does: tables are complete, and the output in the README is real.

`UPDATE_GOLDEN=1 pytest tests/test_docs.py` writes the README's output and its table of rules anew.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from linter.cli import main
from linter.cli.options import VARIABLES
from linter.config import _keys
from linter.engine.load import rule_schema
from linter.engine.rulebook import load_book
from linter.findings import Finding
from tests.drafts import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = ROOT / "README.md"
README = PAGE.read_text("utf-8")


def block(kind: str) -> str:
    match = re.search(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert match
    return match[1]


def compare(old: str, new: str) -> None:
    """Compare a part of the README with what it should be, or put it right when asked to."""
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(PAGE.read_text("utf-8").replace(old, new), "utf-8")
    else:
        assert old == new


def test_readme_shows_real_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "ldn.md").write_text(block("markdown"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--isolated", "--format", "text", "drafts/ldn.md"]) == 1
    compare(block("text"), capsys.readouterr().out)


def test_readme_lists_every_rule() -> None:
    table = re.search(r"(?<=^\| rule \| severity \| flags \|\n\|---\|---\|---\|\n)(?:\|.*\n)+", README, re.MULTILINE)
    assert table
    rows = (f"| `{rule.id}` | {rule.severity} | {rule.summary} |\n" for rule in load_book().rules)
    compare(table[0], "".join(rows))


def test_configuration_page_has_every_key_and_variable() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for name, key in _keys().items():
        assert re.search(rf"^\| `{name}`.*\| {re.escape(key.text)} \|$", page, re.MULTILINE), name
    assert all(f"| `{variable}` | `{key}` |" in page for variable, key in VARIABLES.items())


def test_json_page_names_every_key_of_a_finding() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    finding = Finding("a", 1, 1, 1, 1, "a/b", "info", "", "", "")
    assert all(f"`{key}`" in page for key in finding.to_json())


def test_rules_page_names_every_key_of_the_schema() -> None:
    page = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
    definitions = rule_schema()["$defs"]
    rule = definitions["rule"]["properties"]
    keys = {*rule, *rule["find"]["items"]["properties"], *rule["unless"]["items"]["properties"]}
    assert not [key for key in keys if f"`{key}`" not in page]
    assert all(f"`{scope}`" in page for scope in definitions["scope"]["enum"])


def test_make_targets_are_named() -> None:
    assert "`make demo`" in README
    assert "`make test`" in README


def test_nothing_names_a_machine_path() -> None:
    for path in (README, (ROOT / "CONTRIBUTING.md").read_text("utf-8"), (ROOT / "Makefile").read_text("utf-8")):
        assert not re.search(r"(?<![\w.])/(?:home|root|tmp|Users)/", path)
