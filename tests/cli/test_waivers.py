"""``caveat waivers``: the audit page."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Caveat

DRAFT = """\
# Turmeric

<!-- caveat: ignore efficacy/absolute-claim -- from the leaflet; by: Dr A. Meyer; until: 2027-03-01 -->
Turmeric cures arthritis.

Zinc cures colds. <!-- caveat: ignore efficacy, dose -- =HYPERLINK("x") -->

<!-- caveat: ignore eficacy -->

<!-- caveat: ignore-file citation -- old; until: 2020-01-01 -->
"""
# fmt: off
ROWS = [
    ["a.md", "3", "efficacy/absolute-claim", "active", "1", "from the leaflet", "Dr A. Meyer", "2027-03-01", "ignore",
     ""],
    ["a.md", "6", "efficacy", "active", "1", '\'=HYPERLINK("x")', "", "", "ignore", ""],
    ["a.md", "6", "dose", "unused", "0", '\'=HYPERLINK("x")', "", "", "ignore", ""],
    ["a.md", "8", "eficacy", "invalid", "0", "", "", "", "ignore", "no rule or family is called 'eficacy'"],
    ["a.md", "10", "citation", "expired", "0", "old", "", "2020-01-01", "ignore-file", ""],
]


@pytest.fixture(autouse=True)
def _drafts(caveat: Caveat) -> None:
    caveat.monkeypatch.setenv("CAVEAT_TODAY", "2026-11-25")
    caveat.put("a.md", DRAFT)
    caveat.put("b.md", "Nothing to see.\n")


def test_csv(caveat: Caveat) -> None:
    head, *rows = csv.reader(io.StringIO(caveat("waivers", "--format", "csv").out))
    assert head == ["file", "line", "rule", "state", "findings", "reason", "by", "until", "scope", "note"]
    assert [[*row[:9], row[9].partition(";")[0]] for row in rows] == ROWS


def test_json(caveat: Caveat) -> None:
    data = caveat("waivers", "--format", "json", ".").json
    assert data["version"] == 1
    assert [(row["file"], str(row["line"]), row["rule"], row["state"]) for row in data["waivers"]] == [
        tuple(row[:4]) for row in ROWS
    ]
    assert data["waivers"][1]["reason"] == '=HYPERLINK("x")'


def test_table(caveat: Caveat) -> None:
    code, out, err = caveat("waivers")
    assert (code, err) == (0, "")
    assert out.startswith(
        "place    rule                     state    by           until\n"
        "a.md:3   efficacy/absolute-claim  active   Dr A. Meyer  2027-03-01\n"
        "    from the leaflet\n"
    )
    assert out.endswith("\n\n5 waivers in 1 draft: 2 active, 1 unused, 1 expired, 1 invalid\n")


def test_none(caveat: Caveat) -> None:
    assert caveat("waivers", "b.md") == (0, "no waivers\n", "")


def test_file_that_is_missing(caveat: Caveat) -> None:
    code, out, err = caveat("waivers", "gone.md", "b.md")
    assert (code, out, err) == (2, "no waivers\n", "caveat: gone.md: no such file or folder\n")
