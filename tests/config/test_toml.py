"""Places in TOML: every key and value is found where it stands."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.config.toml import Positions

TEXT = '''\
# a comment = "x"
plain = 1
"quoted key" = 'literal # no comment'
dotted."a.b".c = [1, "]", [2, "3"], # comment ]
  """multi
line""", { x = 1, 'y' = [4] } ]

[table . "sub"]
date = 2027-03-01T10:00:00Z
text = """
[not.a.table]
key = "no"
"""
[[rows]]
name = "first"
[rows.inner]
deep = true
[[rows]]
name = "second"
'''


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("plain",), (2, 1), (2, 9)),
        (("quoted key",), (3, 1), (3, 16)),
        (("dotted", "a.b", "c"), (4, 14), (4, 18)),
        (("dotted", "a.b", "c", 1), (4, 22), (4, 22)),
        (("dotted", "a.b", "c", 2, 1), (4, 31), (4, 31)),
        (("dotted", "a.b", "c", 3), (5, 3), (5, 3)),
        (("dotted", "a.b", "c", 4, "y", 0), (6, 26), (6, 26)),
        (("table", "sub", "date"), (9, 1), (9, 8)),
        (("rows", 0, "name"), (15, 1), (15, 8)),
        (("rows", 0, "inner", "deep"), (17, 1), (17, 8)),
        (("rows", 1, "name"), (19, 1), (19, 8)),
        (("rows", 1, "nothing"), (18, 3), (18, 3)),
        (("nothing",), (0, 0), (0, 0)),
    ],
)
def test_places(path: tuple[str | int, ...], key: tuple[int, int], value: tuple[int, int]) -> None:
    positions = Positions(TEXT)
    assert positions.place(path, key=True) == key
    assert positions.place(path) == value


def test_every_value_has_a_place() -> None:
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    positions = Positions(TEXT)

    def walk(data: Any, path: tuple[str | int, ...]) -> None:
        if path:
            assert path in positions.keys or path in positions.values, path
        for name, item in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
            walk(item, (*path, name))

    walk(tomllib.loads(TEXT), ())


@given(st.text(alphabet="ab=[]{}\"'.,#\n \\", max_size=60))
def test_anything_ends(text: str) -> None:
    Positions(text)
