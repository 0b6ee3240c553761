"""Every mistake that a configuration can hold: its place, its message, and the table of them in the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import CARELESS, Caveat, caveat
from tests.drafts import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["caveat"]

PAGE = (ROOT / "docs" / "configuration.md").read_text("utf-8")


def rows() -> Iterator[tuple[str, str]]:
    """The configurations and their messages in the table of ``docs/configuration.md``."""
    table = PAGE.partition("<!-- mistakes -->")[2].partition("<!-- end of mistakes -->")[0]
    for line in table.splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("| `"):
            yield cells[0].replace("⏎", "\n"), cells[1]


@pytest.mark.parametrize(("text", "message"), list(rows()))
def test_documented_mistakes(caveat: Caveat, text: str, message: str) -> None:
    caveat.put("caveat.toml", text)
    caveat.put("house.toml", "")
    caveat.put("bad.md", CARELESS)
    code, out, err = caveat("bad.md")
    assert (code, out) == (2, "")
    told = err.splitlines()[0]
    start, dots, _ = message.partition("...")
    assert told.startswith(f"caveat: {start}") if dots else told == f"caveat: {message}"


def test_there_are_enough_of_them() -> None:
    assert len(list(rows())) >= 25


def test_all_mistakes_are_told_at_once(caveat: Caveat) -> None:
    caveat.put("caveat.toml", 'selct = []\nfail-level = 3\nexclude = ["./x"]\n')
    caveat.put("bad.md", CARELESS)
    assert [line.split(":")[2] for line in caveat("bad.md").err.splitlines()] == ["1", "2", "3"]


def test_place_in_pyproject(caveat: Caveat) -> None:
    head = '[project]\nname = "x"\nignore = ["a"]\n\n[tool.caveat]\n'
    caveat.put("pyproject.toml", head + 'ignore = [\n  "dose",\n  "efficasy",\n]\n')
    caveat.put("bad.md", CARELESS)
    assert caveat("bad.md").err.startswith("caveat: pyproject.toml:8:3: no rule or family is called 'efficasy'")


def test_place_in_an_extended_file(caveat: Caveat) -> None:
    caveat.put("house/house.toml", '\n[severity]\n"dose/*" = "fatal"\n')
    caveat.put("caveat.toml", 'extends = ["house/house.toml"]\n')
    caveat.put("bad.md", CARELESS)
    assert caveat("bad.md").err.startswith("caveat: house/house.toml:3:12: the severity of dose/* is 'fatal'; allowed")


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("CAVEAT_FAIL_LEVEL", "fatal", "CAVEAT_FAIL_LEVEL: is 'fatal'; allowed: error, info, warning"),
        ("CAVEAT_JOBS", "many", "CAVEAT_JOBS: is 'many'; allowed: auto, or a whole number from 1"),
        ("CAVEAT_REQUIRE_REASON", "maybe", "CAVEAT_REQUIRE_REASON: is 'maybe'; allowed: 1, true, 0, false"),
        ("CAVEAT_SELECT", "efficasy", "CAVEAT_SELECT efficasy: no rule or family is called 'efficasy'; did you mean"),
        ("CAVEAT_CONFIG", "gone.toml", "gone.toml: cannot be read: No such file or directory"),
    ],
)
def test_mistakes_in_the_environment(
    caveat: Caveat, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, message: str
) -> None:
    monkeypatch.setenv(variable, value)
    caveat.put("bad.md", CARELESS)
    code, _, err = caveat("bad.md")
    assert code == 2
    assert err.startswith(f"caveat: {message}")
