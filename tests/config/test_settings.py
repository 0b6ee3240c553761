"""What holds for a file: nearest file, extends, per-file tables, environment, command line; ``config show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.conftest import CARELESS, Caveat, caveat

if TYPE_CHECKING:
    import pytest

__all__ = ["caveat"]

BOTH = "Turmeric cures arthritis.\n\nZinc is a miracle for colds.\n"


def rules(caveat: Caveat, *arguments: str) -> list[str]:
    return [f"{f['severity']} {f['rule']}" for f in caveat("--format", "json", *arguments).json["findings"]]


def test_extends_adds_and_replaces(caveat: Caveat) -> None:
    house = 'ignore = ["efficacy/hype"]\nfail-level = "error"\n[severity]\n"efficacy/*" = "info"\n'
    caveat.put("house/house.toml", house)
    caveat.put("caveat.toml", 'extends = ["house/house.toml"]\nfail-level = "info"\n')
    caveat.put("a.md", BOTH)
    assert rules(caveat) == ["info efficacy/absolute-claim"]
    assert caveat().code == 1
    caveat.put("caveat.toml", 'extends = ["house/house.toml"]\nignore = ["efficacy/absolute-claim"]\n')
    assert rules(caveat) == []


def test_nearest_file_is_not_merged(caveat: Caveat) -> None:
    caveat.put("caveat.toml", 'ignore = ["efficacy"]')
    caveat.put("docs/caveat.toml", "")
    caveat.put("docs/a.md", BOTH)
    assert len(rules(caveat)) == 2
    caveat.put("docs/caveat.toml", 'extends = ["../caveat.toml"]')
    assert rules(caveat) == []


def test_severity_of_a_rule(caveat: Caveat) -> None:
    caveat.put("a.md", BOTH)
    caveat.put("caveat.toml", '[severity]\n"efficacy/hype" = "off"\nefficacy = "info"\n')
    assert rules(caveat) == ["info efficacy/absolute-claim"]  # the id itself counts before the family


def test_per_file(caveat: Caveat) -> None:
    caveat.put("stories/a.md", BOTH)
    caveat.put("b.md", BOTH)
    caveat.put(
        "caveat.toml",
        'ignore = ["efficacy/hype"]\n[[per-file]]\nfiles = ["stories/"]\nignore = ["efficacy/absolute-claim"]\n'
        '[[per-file]]\nfiles = ["*.md"]\nseverity = {efficacy = "warning"}\n',
    )
    assert rules(caveat, "stories") == []
    assert rules(caveat, "b.md") == ["warning efficacy/absolute-claim"]


def test_options_of_a_rule(caveat: Caveat) -> None:
    ending = "Rest well.\n\n" * 30 + "Ask your doctor before you take anything.\n"
    caveat.put("a.md", "Take 400 mg of magnesium before bed.\n\n" + ending)
    before = rules(caveat)
    caveat.put("caveat.toml", '[options."dose/missing-prescriber-caveat"]\ndocument-caveat = "report"\n')
    assert caveat().code in (0, 1)
    assert len(rules(caveat)) >= len(before)


def test_force_exclude(caveat: Caveat) -> None:
    caveat.put("old/a.md", BOTH)
    caveat.put("caveat.toml", 'exclude = ["/old/"]\n')
    assert caveat("old/a.md").code == 1
    assert caveat("--force-exclude", "old/a.md").code == 0
    caveat.put("caveat.toml", 'exclude = ["/old/"]\nforce-exclude = true\n')
    assert caveat("old/a.md").code == 0
    assert caveat("--no-force-exclude", "old/a.md").code == 1


def test_exclude_option_counts_from_here(caveat: Caveat) -> None:
    caveat.put("old/a.md", BOTH)
    caveat.put("b.md", BOTH)
    assert [f["path"] for f in caveat("--exclude", "old/", "--format", "json").json["findings"]] == ["b.md", "b.md"]


def test_order_of_precedence(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    caveat.put("a.md", BOTH)
    caveat.put("caveat.toml", 'select = ["dose"]\n')
    assert rules(caveat) == []
    monkeypatch.setenv("CAVEAT_SELECT", "efficacy/hype")
    assert rules(caveat) == ["warning efficacy/hype"]
    assert rules(caveat, "--select", "efficacy/absolute-claim") == ["error efficacy/absolute-claim"]
    monkeypatch.delenv("CAVEAT_SELECT")
    monkeypatch.setenv("CAVEAT_CONFIG", "other.toml")
    caveat.put("other.toml", 'ignore = ["efficacy/hype"]\n')
    assert rules(caveat) == ["error efficacy/absolute-claim"]
    assert len(rules(caveat, "--isolated")) == 2


def test_show_tells_where_values_come_from(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    caveat.put("house.toml", '\nmin-confidence = "low"\n')
    per_file = '[[per-file]]\nfiles = ["a.md"]\nfail-level = "info"\n'
    caveat.put("caveat.toml", 'extends = ["house.toml"]\n\nignore = ["dose"]\n' + per_file)
    monkeypatch.setenv("CAVEAT_FORMAT", "concise")
    caveat.put("a.md", CARELESS)
    report = caveat("config", "show", "a.md", "--format", "json").json
    rows = {row["key"]: (row["value"], row["from"]) for row in report["settings"]}
    assert rows["min-confidence"] == ('"low"', "house.toml:2")
    assert rows["ignore"] == ('["dose"]', "caveat.toml:3")
    assert rows["fail-level"] == ('"info"', "caveat.toml:6")
    assert rows["format"] == ('"concise"', "CAVEAT_FORMAT")
    assert rows["jobs"] == ('"auto"', "default")
    assert report["config"] == "caveat.toml"
    assert report["extends"] == ["house.toml"]
    assert {"rule": "dose/missing-prescriber-caveat", "severity": "off"} in report["rules"]
    text = caveat("config", "show", "a.md").out
    assert text.startswith("configuration of a.md: caveat.toml\n  extends house.toml\n")
    assert "house.toml:2" in text


def test_show_without_any(caveat: Caveat) -> None:
    assert "none found, the defaults hold" in caveat("config", "show", "--isolated").out
