"""Every draft in fixtures/ gives the findings typed in it, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter import lint_text
from linter.source import Source
from tests.drafts import FIXTURES, fixture_paths, read_draft

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", fixture_paths(), ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_draft_gives_exactly_the_findings_typed_in_it(path: Path) -> None:
    draft = read_draft(path)
    found = [f for f in lint_text(draft.text, draft.name) if f.confidence != "low"]
    got = {(f.line, f.rule) for f in found}
    if got == draft.expected:
        return
    lines = draft.text.split("\n")
    said = {(f.line, f.rule): f"{f.excerpt!r}: {f.message}" for f in found}
    report = [f"{draft.name}:"]
    for line, rule in sorted(draft.expected - got):
        report.append(f"  missing     line {line}: {rule}\n      {lines[line - 1].strip()}")
    for line, rule in sorted(got - draft.expected):
        report.append(f"  unexpected  line {line}: {rule} at {said[line, rule]}\n      {lines[line - 1].strip()}")
    pytest.fail("\n".join(report), pytrace=False)


@pytest.mark.parametrize("path", fixture_paths(), ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_excerpt_is_the_text_at_its_span(path: Path) -> None:
    draft = read_draft(path)
    source = Source.from_text(draft.text, draft.name)
    for f in lint_text(draft.text, draft.name):
        start, end = source.offset(f.line, f.column), source.offset(f.end_line, f.end_column)
        assert source.text[start:end] == f.excerpt
        assert f.excerpt.strip() == f.excerpt != ""


def test_careful_drafts_expect_nothing_and_careless_ones_something() -> None:
    for path in fixture_paths():
        folder = path.relative_to(FIXTURES).parts[0]
        expected = read_draft(path).expected
        if folder == "careful":
            assert not expected, path
        elif folder == "careless":
            assert expected, path


def test_every_rule_has_a_draft_that_shows_it() -> None:
    from linter.engine.rulebook import load_book

    shown = {rule for path in fixture_paths() for _, rule in read_draft(path).expected}
    assert shown == {rule.id for rule in load_book().rules}
