"""``--watch``: lints again, tells when rules were changed, quits cleanly."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from linter.watch import watch
from tests.cli.conftest import CARELESS, Caveat, caveat

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

__all__ = ["caveat"]


def test_each_change_lints_again() -> None:
    runs: list[bool] = []

    def changes() -> Iterator[Any]:
        yield {(1, "a.md")}
        yield {(1, "caveat.toml"), (2, "a.md")}
        raise KeyboardInterrupt

    assert watch(["."], runs.append, changes()) == 0
    assert runs == [False, False, True]


def test_extra_that_is_missing(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    caveat.put("a.md", CARELESS)
    code, out, err = caveat("--watch", "a.md")
    assert (code, out) == (2, "")
    assert err == 'caveat: --watch needs the package watchfiles: pip install "caveat[watch]"\n'


def test_standard_input_cannot_be_watched(caveat: Caveat) -> None:
    assert caveat("--watch", "-").code == 2
