"""What holds for every shipped rule: examples that work, public sources, ids and texts that read well."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from linter.cli.test import failures
from linter.engine.load import rule_schema
from linter.engine.rulebook import load_book
from linter.findings import CONFIDENCES, SEVERITIES

if TYPE_CHECKING:
    from linter.engine.rules import Rule

BOOK = load_book()
IDS = [rule.id for rule in BOOK.rules]
FIRST_RELEASE = {
    "efficacy/unqualified-claim",
    "efficacy/absolute-claim",
    "efficacy/hype",
    "dose/missing-prescriber-caveat",
    "off-label/missing-note",
    "off-label/false-approval",
    "conflation/did-dpdr",
    "conflation/confusable-conditions",
    "conflation/outdated-name",
    "citation/uncited-number",
    "citation/vague-attribution",
}
EXAMPLES = 6


def test_rules_of_the_first_release_exist() -> None:
    assert set(IDS) >= FIRST_RELEASE


def test_ids_are_unique() -> None:
    assert len(IDS) == len(set(IDS))


@pytest.mark.parametrize("rule", BOOK.rules, ids=IDS)
class TestEveryRule:
    def test_examples_hold(self, rule: Rule) -> None:
        wrong = [f"{f.kind} example {f.number}: {f.example}" for f in failures(rule, BOOK)]
        assert not wrong, "\n".join(wrong)

    def test_has_examples_of_both_kinds(self, rule: Rule) -> None:
        assert len(rule.flag) >= EXAMPLES
        assert len(rule.passes) >= EXAMPLES
        assert len({*rule.flag, *rule.passes}) == len(rule.flag) + len(rule.passes)

    def test_names_a_public_source_with_the_day_somebody_looked(self, rule: Rule) -> None:
        assert rule.sources
        for source in rule.sources:
            assert source.url.startswith("https://")
            assert source.title
            assert not source.checked or dt.date.fromisoformat(source.checked) >= dt.date(2026, 1, 1)

    def test_id_reads_well_after_ignore(self, rule: Rule) -> None:
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*/[a-z]+(?:-[a-z]+)*", rule.id)
        assert not rule.id.partition("/")[2].startswith(("no-", "disallow-"))

    def test_speaks_to_the_writer(self, rule: Rule) -> None:
        assert rule.severity in SEVERITIES
        assert rule.confidence in CONFIDENCES
        for text in (rule.summary, rule.message, rule.advice, rule.why):
            assert text.strip() == text != ""
        assert len(rule.summary) <= 100
        blame = re.compile(r"\b(?:please|simply|obviously|you should)\b", re.IGNORECASE)
        assert not blame.search(f"{rule.message} {rule.advice}")

    def test_is_not_excused_by_a_rule_that_does_not_exist(self, rule: Rule) -> None:
        assert set(rule.yields_to) <= set(IDS) - {rule.id}


def test_schema_is_valid_json_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(rule_schema())
