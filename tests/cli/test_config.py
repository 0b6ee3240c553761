"""Configuration: which file counts, what it may say, and how its mistakes are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import CARELESS

if TYPE_CHECKING:
    from tests.cli.conftest import Caveat


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("caveat.toml", 'ignore = ["efficacy"]'),
        (".caveat.toml", 'ignore = ["efficacy"]'),
        ("pyproject.toml", '[tool.caveat]\nignore = ["efficacy"]'),
    ],
)
def test_each_place_counts(caveat: Caveat, name: str, text: str) -> None:
    caveat.put(name, text)
    caveat.put("deep/er/bad.md", CARELESS)
    assert caveat("deep").code == 0
    assert caveat("--isolated", "deep").code == 1


def test_nearest_file_wins_for_each_draft(caveat: Caveat) -> None:
    caveat.put("caveat.toml", 'ignore = ["efficacy"]')
    caveat.put("strict/caveat.toml", "")
    caveat.put("strict/bad.md", CARELESS)
    caveat.put("loose/bad.md", CARELESS)
    assert [f["path"] for f in caveat("--format", "json").json["findings"]] == ["strict/bad.md"]


def test_config_option_holds_for_every_draft(caveat: Caveat) -> None:
    caveat.put("strict/caveat.toml", "")
    caveat.put("strict/bad.md", CARELESS)
    caveat.put("loose.toml", 'ignore = ["efficacy"]')
    assert caveat("--config", "loose.toml", "strict").code == 0


def test_pyproject_of_somebody_else_is_passed_over(caveat: Caveat) -> None:
    caveat.put("caveat.toml", 'ignore = ["efficacy"]')
    caveat.put("package/pyproject.toml", '[project]\nname = "x"\n')
    caveat.put("package/bad.md", CARELESS)
    assert caveat(".").code == 0


def test_command_line_comes_first(caveat: Caveat) -> None:
    caveat.put("caveat.toml", 'ignore = ["efficacy"]\nfail-level = "error"\nformat = "concise"\n')
    caveat.put("bad.md", CARELESS)
    assert caveat("bad.md").code == 0
    outcome = caveat("--select", "efficacy", "bad.md")
    assert outcome.code == 1
    assert outcome.out.count("\n") == 1  # concise
    assert outcome.out != caveat("--select", "efficacy", "--format", "text", "bad.md").out


def test_exclude_is_relative_to_its_file(caveat: Caveat) -> None:
    caveat.put("caveat.toml", 'exclude = ["old/", "*.tmp.md"]')
    for name in ("a.md", "old/b.md", "x/c.tmp.md", "x/old/d.md"):
        caveat.put(name, CARELESS)
    assert [f["path"] for f in caveat("--format", "json").json["findings"]] == ["a.md"]
    assert caveat("old/b.md").code == 1  # it was named


def test_own_rule(caveat: Caveat) -> None:
    examples = "".join(f'          - "Our clinic loves turmeric {i}."\n' for i in range(6))
    passes = "".join(f'          - "Our clinic loves tea {i}."\n' for i in range(6))
    caveat.put(
        "rules/own.yaml",
        f"""\
rules:
  - id: house/turmeric
    summary: Turmeric by name
    severity: warning
    confidence: high
    message: "“{{match}}” is named"
    advice: Write the supplement.
    why: The house style asks for it.
    sources:
      - {{title: House style, url: "https://example.org/style", checked: "2026-11-25"}}
      - {{title: Old house style, url: "https://example.org/old-style", checked: ""}}
    find:
      - regex: turmeric
    examples:
      flag:
{examples}      pass:
{passes}""",
    )
    caveat.put("caveat.toml", 'rules = ["rules/own.yaml"]\nselect = ["house"]')
    caveat.put("docs/a.md", "Our clinic loves turmeric.\n")
    assert "docs/a.md:1:18: warning house/turmeric" in caveat("docs").out
    assert caveat("test", "house/turmeric").out == "12 examples of 1 rules: all hold\n"
    explained = caveat("explain", "house/turmeric")
    assert explained.code == 0
    assert "House style (checked 2026-11-25)" in explained.out
    assert "Old house style (not checked yet)" in explained.out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('selct = ["dose"]\n', "caveat.toml:1:1: unknown key 'selct'; did you mean 'select'?"),
        ('\nfail-level = "fatal"\n', "caveat.toml:2:1: fail-level is 'fatal'; allowed: error, info, warning"),
        ('select = "dose"\n', "caveat.toml:1:1: select must be a list of strings"),
        ('ignore = [\n  "dose",\n  "efficasy",\n]\n', "caveat.toml:3:3: no rule or family is called 'efficasy'"),
        ("select = [\n", "caveat.toml:2:1: not valid TOML"),
        ("# nothing\n[table]\ny = 2\n", "caveat.toml:2:2: unknown key 'table'"),
    ],
)
def test_mistakes_are_told_with_their_place(caveat: Caveat, text: str, message: str) -> None:
    caveat.put("caveat.toml", text)
    caveat.put("bad.md", CARELESS)
    code, out, err = caveat("bad.md")
    assert (code, out) == (2, "")
    assert err.startswith(f"caveat: {message}")
    outcome = caveat("--format", "json", "bad.md")
    assert outcome.code == 2
    assert outcome.json["errors"][0]["line"] == int(message.split(":")[1])


def test_config_that_is_missing(caveat: Caveat) -> None:
    assert caveat("--config", "gone.toml").code == 2
