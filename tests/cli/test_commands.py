"""The other commands: explain, rules, test, drug, knowledge, and the help pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from linter import __version__
from linter.cli import COMMANDS, main
from linter.engine.rulebook import load_book
from linter.reporters.layout import columns
from tests.drafts import ROOT

if TYPE_CHECKING:
    from tests.cli.conftest import Caveat


class TestExplain:
    def test_page_has_every_part(self, caveat: Caveat) -> None:
        code, out, _ = caveat("explain", "efficacy/absolute-claim")
        assert code == 0
        assert out.startswith("efficacy/absolute-claim\n===")
        for title in ("Why", "How to mend it", "Flagged", "Not flagged", "The standard behind it", "To leave it out"):
            assert f"\n{title}\n  " in out
        assert "  severity    error:" in out
        assert "https://" in out

    @pytest.mark.parametrize("rule", [rule.id for rule in load_book().rules])
    def test_every_rule_has_a_page_that_fits(self, caveat: Caveat, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "60")
        code, out, _ = caveat("explain", rule)
        assert code == 0
        assert all(columns(line) <= 60 for line in out.splitlines() if not re.search(r"://|--ignore|caveat.toml", line))
        assert "{" not in out

    def test_family_shows_all_of_its_rules(self, caveat: Caveat) -> None:
        out = caveat("explain", "conflation").out
        family = [rule.id for rule in load_book().rules if rule.family == "conflation"]
        assert re.findall(r"^(conflation/\S+)$", out, re.MULTILINE) == family

    def test_unknown_rule_gets_near_names(self, caveat: Caveat) -> None:
        code, out, err = caveat("explain", "absolute-clam")
        assert (code, out) == (2, "")
        assert "did you mean efficacy/absolute-claim" in err

    def test_encoding_has_a_page_too(self, caveat: Caveat) -> None:
        assert "UTF-8" in caveat("explain", "file/encoding").out


class TestRules:
    def test_lists_every_rule(self, caveat: Caveat) -> None:
        out = caveat("rules").out
        assert all(rule.id in out for rule in load_book().rules)

    def test_shows_what_is_off(self, caveat: Caveat) -> None:
        caveat.put("caveat.toml", 'ignore = ["dose"]')
        rows = {rule["id"]: rule for rule in caveat("rules", "--format", "json").json["rules"]}
        assert rows["dose/missing-prescriber-caveat"]["state"] == "off"
        assert rows["efficacy/absolute-claim"]["state"] == "on"
        assert rows["efficacy/absolute-claim"]["examples"]["flag"]


class TestTest:
    def test_shipped_examples_hold(self, caveat: Caveat) -> None:
        code, out, _ = caveat("test")
        assert code == 0, out
        assert out.endswith("all hold\n")

    def test_failing_example_is_shown(self, caveat: Caveat) -> None:
        pages = json.loads(caveat("rules", "--format", "json").out)["rules"]
        source = next(rule for rule in pages if rule["id"] == "efficacy/hype")
        flags = [*source["examples"]["flag"][:5], "Nothing is wrong here."]
        rule = {
            **{key: source[key] for key in ("summary", "severity", "confidence", "message", "advice", "why")},
            "sources": source["sources"],
            "id": "own/hype",
            "find": [{"regex": "breakthrough|miracle"}],
            "examples": {"flag": flags, "pass": [f"Fine {i}." for i in range(6)]},
        }
        path = caveat.put("own.yaml", json.dumps({"rules": [rule]}))
        code, out, _ = caveat("test", "own.yaml")
        assert code == 1
        assert f"{path}:1:" in out or "own.yaml:1:" in out
        assert "own/hype: flag example 6 is not flagged:\n    Nothing is wrong here.\n" in out

    def test_unknown_rule(self, caveat: Caveat) -> None:
        assert caveat("test", "no-such-rule").code == 2

    def test_missing_file(self, caveat: Caveat) -> None:
        assert caveat("test", "gone.yaml").code == 2


class TestDrug:
    def test_known(self, caveat: Caveat) -> None:
        code, out, _ = caveat("drug", "Ozempic")
        assert code == 0
        assert out.startswith("semaglutide")
        assert caveat("drug", "Ozempic", "--format", "json").json["id"] == "semaglutide"

    def test_unknown(self, caveat: Caveat) -> None:
        code, out, err = caveat("drug", "naltrexoone")
        assert (code, out) == (2, "")
        assert "naltrexone" in err
        outcome = caveat("drug", "naltrexoone", "--format", "json")
        assert outcome.code == 2
        assert outcome.json["found"] is False


class TestKnowledge:
    def test_check(self, caveat: Caveat) -> None:
        assert caveat("knowledge", "check") == (0, "", "")

    def test_stats(self, caveat: Caveat) -> None:
        code, out, _ = caveat("knowledge", "stats")
        assert code == 0
        assert re.match(r"\d+ drugs", out)


class TestHelp:
    @pytest.mark.parametrize("command", [*COMMANDS, None])
    def test_every_command_has_help(self, caveat: Caveat, command: str | None) -> None:
        code, out, _ = caveat(*([command] if command else []), "--help")
        assert code == 0
        assert out.startswith("usage: caveat")

    def test_version(self, caveat: Caveat) -> None:
        assert caveat("--version") == (0, f"caveat {__version__}\n", "")

    def test_options_are_not_abbreviated(self, caveat: Caveat) -> None:
        assert caveat("--stat").code == 2


def test_interrupt_is_quiet(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("linter.cli.check.run", interrupt)
    assert caveat("x.md") == (130, "", "")


def test_mistake_of_ours_does_not_look_like_findings(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("linter.cli.check.run", fail)
    assert caveat("x.md").code == 2


def test_start_up_imports_nothing_heavy() -> None:
    code = (
        "import sys; from linter.cli import main; main(['--isolated', '--exit-zero', 'fixtures/careful']);"
        "print([m for m in ('rich', 'yaml', 'asyncio', 'unittest', 'difflib') if m in sys.modules], file=sys.stderr)"
    )
    main(["--isolated", "--exit-zero", "--quiet", str(ROOT / "fixtures" / "careful")])  # fills the cache
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True)
    assert done.stderr.strip() == "[]"
