"""``caveat cache``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Caveat


def test_dir(caveat: Caveat) -> None:
    assert caveat("cache", "dir", "--cache-dir", "here").out == f"{caveat.folder / 'here'}\n"


def test_dir_of_the_configuration(caveat: Caveat) -> None:
    caveat.monkeypatch.delenv("CAVEAT_CACHE_DIR", raising=False)
    caveat.put("caveat.toml", 'cache-dir = "here"')
    assert caveat("cache", "dir").out == f"{caveat.folder / 'here'}\n"


def test_clear(caveat: Caveat) -> None:
    caveat.monkeypatch.delenv("CAVEAT_CACHE")
    caveat.put("a.md", "Rest is good.\n")
    caveat("--cache-dir", "here")
    assert caveat("cache", "clear", "--cache-dir", "here").out == "2 cached drafts and 0 compiled rule books deleted\n"
    assert caveat("cache", "clear", "--cache-dir", "here").out == "0 cached drafts and 0 compiled rule books deleted\n"
