"""Deferred patterns behave as compiled ones."""

from __future__ import annotations

import re

import pytest

from linter.annotate.deferred import Deferred


def test_the_methods_are_those_of_the_compiled_pattern() -> None:
    pattern = Deferred(r"\d+ MG", re.IGNORECASE)
    text = "5 mg, then 10 mg"
    assert [m.group() for m in pattern.finditer(text)] == ["5 mg", "10 mg"]
    assert pattern.match(text)
    assert not pattern.match(text, 1)
    found = pattern.search(text, 4)
    assert found
    assert found.span() == (11, 16)


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    pattern = Deferred("(")
    with pytest.raises(re.error):
        pattern.search("")


def test_it_has_nothing_else() -> None:
    assert not hasattr(Deferred("a"), "sub")
