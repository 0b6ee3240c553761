"""Rules over a draft: matches, company, excuses, and what a finding says."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine import run
from linter.engine.run import run_rules
from tests.annotate.toy import annotated
from tests.engine.rulefile import make_rule, toy_book

if TYPE_CHECKING:
    from linter.findings import Finding


def findings(draft: str, **changes: Any) -> list[Finding]:
    """What one rule, ``@drug ..3 heals`` unless changed, finds in a draft."""
    return run_rules(annotated(draft), toy_book(make_rule(**changes)))


def excerpts(draft: str, **changes: Any) -> list[str]:
    return [finding.excerpt for finding in findings(draft, **changes)]


class TestFind:
    def test_a_pattern(self) -> None:
        assert excerpts("Aspirin always heals. It heals.") == ["Aspirin always heals"]

    def test_a_pattern_stays_in_its_sentence(self) -> None:
        assert excerpts("Aspirin. It heals.") == []

    def test_or_in_its_clause(self) -> None:
        find = [{"pattern": "@drug ..5 heals", "within": "clause"}]
        assert excerpts("Aspirin hurts, but time heals.", find=find) == []
        assert excerpts("Aspirin hurts and heals.", find=find) == ["Aspirin hurts and heals"]

    def test_or_in_its_block(self) -> None:
        find = [{"pattern": "@drug ..5 heals", "within": "block"}]
        assert excerpts("Take aspirin. It heals.", find=find) == ["aspirin. It heals"]
        assert excerpts("Take aspirin.\n\nIt heals.", find=find) == []

    def test_a_capture_called_flag_is_what_is_shown(self) -> None:
        assert excerpts("Aspirin always heals.", find=[{"pattern": "@drug ..3 flag=heals"}]) == ["heals"]

    def test_a_regex_in_any_case_with_captures(self) -> None:
        (finding,) = findings("It HEALS fast.", find=[{"regex": r"\bheals (?<how>\w+)"}])
        assert (finding.excerpt, finding.captures) == ("HEALS fast", {"how": "fast"})

    def test_a_regex_does_not_cross_blocks(self) -> None:
        assert excerpts("- it heals\n- fast\n", find=[{"regex": r"heals\s+fast"}]) == []

    def test_a_regex_sees_prose_only(self) -> None:
        assert excerpts("`heals` <!-- heals --> [a](/heals)", find=[{"regex": "heals"}]) == []

    def test_any_one_of_several(self) -> None:
        find = [{"pattern": "@drug heals"}, {"regex": "wonder"}]
        assert excerpts("Aspirin heals. A wonder!", find=find) == ["Aspirin heals", "wonder"]

    def test_a_check(self) -> None:
        from linter import lint_text

        assert [f.rule for f in lint_text("Magnesium is the holy grail of sleep.")] == ["efficacy/hype"]

    @pytest.mark.parametrize("draft", ["", "\n", "<!-- heals -->", "```\nheals\n```"])
    def test_a_draft_without_prose(self, draft: str) -> None:
        assert excerpts(draft) == []
        assert excerpts(draft, find=[{"regex": "."}]) == []


class TestSlowRegex:
    SLOW = r"(?:a|aa)+\b\d"

    def test_is_given_up_for_the_draft(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(run, "REGEX_SECONDS", 0.3)
        start = time.perf_counter()
        assert excerpts("a" * 60 + " it heals", find=[{"regex": self.SLOW}, {"regex": "it heals"}]) == ["it heals"]
        assert 0.3 < time.perf_counter() - start < 5

    def test_excuses_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(run, "REGEX_SECONDS", 0.3)
        draft = "Aspirin heals " + "a" * 60 + "."
        assert excerpts(draft, unless=[{"regex": self.SLOW}]) == ["Aspirin heals"]


class TestOnce:
    DRAFT = "Aspirin heals, aspirin heals. Aspirin heals.\n\nAspirin heals."

    @pytest.mark.parametrize(("once", "count"), [("match", 4), ("sentence", 3), ("block", 2), ("document", 1)])
    def test_for_each_unit(self, once: str, count: int) -> None:
        found = findings(self.DRAFT, once=once)
        assert len(found) == count
        assert (found[0].line, found[0].column) == (1, 1)

    def test_an_excused_match_does_not_stand_for_the_others(self) -> None:
        assert excerpts("It may aspirin heals; aspirin heals.", once="block", unless=[{"context": "hedge"}]) == [
            "aspirin heals"
        ]


class TestRequire:
    def test_all_company_must_stand_there(self) -> None:
        require = [{"concept": "condition", "within": "sentence"}, {"concept": "brand", "within": "block"}]
        assert excerpts("Aspirin heals migraine. MS too.", require=require)
        assert not excerpts("Aspirin heals migraine.", require=require)
        assert not excerpts("Aspirin heals. Migraine. MS too.", require=require)

    @pytest.mark.parametrize(
        ("within", "drafts"),
        [
            ("clause", ["Aspirin heals migraine."]),
            ("sentence", ["Aspirin heals, but not migraine."]),
            ("neighbours", ["Migraine? Aspirin heals.", "Aspirin heals. Migraine."]),
            ("block", ["Migraine. One. Aspirin heals."]),
            ("section", ["# Migraine\n\nAspirin heals.", "# A\n\nAspirin heals.\n\nMigraine."]),
            ("document", ["Migraine.\n\n# A\n\nAspirin heals."]),
        ],
    )
    def test_each_scope_reaches_so_far_and_no_farther(self, within: str, drafts: list[str]) -> None:
        scopes = ["clause", "sentence", "neighbours", "block", "section", "document"]
        for draft in drafts:
            for scope in scopes:
                found = excerpts(draft, require=[{"concept": "condition", "within": scope}])
                assert bool(found) is (scopes.index(scope) >= scopes.index(within)), (draft, scope)


class TestExcuses:
    @pytest.mark.parametrize(
        ("excuse", "excused", "flagged"),
        [
            ({"context": "hedge"}, "It may be that aspirin heals.", "Aspirin heals."),
            ({"context": "question"}, "Is it true that aspirin heals?", "Aspirin heals."),
            ({"context": "quoted"}, "He said “aspirin heals”.", "“He” said aspirin heals."),
            ({"context": ["hedge", "limit"]}, "Small studies. Aspirin heals.", "Aspirin heals."),
            ({"inherited": "hedge"}, "It may be:\n\n- aspirin heals\n", "It may be:\n\naspirin heals\n"),
            ({"inherited": "hedge"}, "## It may\n\n- aspirin heals\n", "## It may\n\naspirin heals\n"),
            ({"concept": "condition"}, "Aspirin heals migraine.", "Aspirin heals. Migraine."),
            ({"concept": "condition", "within": "block"}, "Aspirin heals. Migraine.", "Aspirin heals.\n\nMigraine."),
            ({"concept": "condition", "direction": "after"}, "Aspirin heals migraine.", "Migraine: aspirin heals."),
            ({"concept": "condition", "direction": "before"}, "Migraine: aspirin heals.", "Aspirin heals migraine."),
            ({"concept": "condition", "direction": "any"}, "Migraine: aspirin heals.", "Aspirin heals."),
            ({"pattern": "heals ..2 @condition"}, "Aspirin heals a migraine.", "Migraine: aspirin heals."),
            (
                {"pattern": "@condition ..9 then", "within": "block"},
                "Migraine. Aspirin heals then.",
                "Aspirin heals then.",
            ),
            ({"regex": r"\bsome\b"}, "Aspirin heals SOME.", "Aspirin heals something."),
            ({"regex": "^aspirin heals$", "within": "block"}, "Aspirin heals", "So aspirin heals"),
            ({"cited": "sentence"}, "Aspirin heals (Smith et al., 2019).", "Aspirin heals. See Smith et al. (2019)."),
            ({"cited": "block"}, "Aspirin heals. See Smith et al. (2019).", "Aspirin heals.\n\nSmith et al. (2019)."),
            ({"block": "heading"}, "# Aspirin heals", "Aspirin heals"),
            ({"block": ["item", "cell"]}, "- Aspirin heals", "# Aspirin heals"),
            ({"block": "quotation"}, "> Aspirin heals.", "Aspirin heals."),
            (
                {"context": "hedge", "concept": "condition"},
                "It may be aspirin heals migraine.",
                "It may be aspirin heals.",
            ),
            ({"block": "item", "concept": "condition"}, "- Aspirin heals migraine", "Aspirin heals migraine"),
        ],
    )
    def test_each_kind(self, excuse: dict[str, Any], excused: str, flagged: str) -> None:
        assert excerpts(excused)
        assert not excerpts(excused, unless=[excuse])
        assert excerpts(flagged, unless=[excuse])

    def test_any_of_several(self) -> None:
        unless = [{"context": "hedge"}, {"block": "heading"}]
        assert not excerpts("# Aspirin heals", unless=unless)
        assert not excerpts("It may be aspirin heals.", unless=unless)

    def test_may_report_as_worth_a_look(self) -> None:
        (finding,) = findings("# Aspirin heals", unless=[{"block": "heading", "report": "info"}])
        assert finding.severity == "info"

    def test_silence_beats_a_report(self) -> None:
        unless = [{"block": "heading", "report": "info"}, {"concept": "drug"}]
        assert not findings("# Aspirin heals", unless=unless)

    def test_the_references_state_nothing(self) -> None:
        assert not excerpts("## References\n\n- Ali B. Aspirin heals. 2019.\n")


class TestYieldsTo:
    def test_another_finding_in_the_sentence_replaces_it(self) -> None:
        weak = make_rule(yields_to=["house/strong"])
        strong = make_rule(id="house/strong", find=[{"regex": "always"}])
        found = run_rules(annotated("Aspirin always heals. Aspirin heals."), toy_book(weak, strong))
        assert [(f.rule, f.column) for f in found] == [("house/strong", 9), ("house/heals", 23)]

    def test_an_excused_one_does_not(self) -> None:
        weak = make_rule(yields_to=["house/strong"])
        strong = make_rule(id="house/strong", find=[{"regex": "always"}], unless=[{"block": "paragraph"}])
        found = run_rules(annotated("Aspirin always heals."), toy_book(weak, strong))
        assert [f.rule for f in found] == ["house/heals"]


class TestFindings:
    def test_are_told_in_source_coordinates(self) -> None:
        (finding,) = findings("One.\n\n- **Aspirin**\n  heals &amp; more\n")
        assert (finding.line, finding.column, finding.end_line, finding.end_column) == (3, 5, 4, 8)
        assert finding.excerpt == "Aspirin**\n  heals"

    def test_come_in_order_of_the_source(self) -> None:
        find = [{"regex": "two"}, {"regex": "one"}]
        assert excerpts("One. Two. One.", find=find) == ["One", "Two", "One"]

    @pytest.mark.parametrize(
        ("message", "text"),
        [
            ("“{match}” heals", "“Aspirin heals” heals"),
            ("{drug} heals", "Aspirin heals"),
            ("{drug}, {drug}", "Aspirin, Aspirin"),
            ("{{drug}}", "{drug}"),
            ("no more", "no more"),
        ],
    )
    def test_fill_in_what_was_captured(self, message: str, text: str) -> None:
        find = [{"pattern": "drug=@drug ..3 heals"}]
        (finding,) = findings("Aspirin heals.", find=find, message=message, advice=message, suggestion=message)
        assert (finding.message, finding.advice, finding.suggestion) == (text, text, text)

    @pytest.mark.parametrize("word", ["{match}", "{0}", "{", "}", "{x!r:>9}", "%s"])
    def test_take_braces_in_the_draft_for_what_they_are(self, word: str) -> None:
        (finding,) = findings(
            f"It heals {word} now", message="{match}|{rest}", find=[{"regex": "heals (?<rest>.+) now"}]
        )
        assert finding.message == f"heals {word} now|{word}"

    def test_name_what_an_optional_part_did_not_capture_by_its_name(self) -> None:
        find = [{"pattern": "@drug what=never? heals"}]
        (finding,) = findings("Aspirin heals.", find=find, message="{what}")
        assert finding.message == "{what}"

    def test_carry_the_entry_of_a_concept(self) -> None:
        (finding,) = findings("Migraines and tumours.", find=[{"pattern": "a=@condition ..1 b=@condition"}])
        assert finding.captures == {"a": "migraine", "b": "tumor"}

    def test_are_the_same_on_every_run(self) -> None:
        assert findings("Aspirin heals. Aspirin heals.") == findings("Aspirin heals. Aspirin heals.")


class TestFingerprints:
    def marks(self, draft: str) -> list[str]:
        return [finding.fingerprint for finding in findings(draft)]

    def test_stay_when_something_else_changes(self) -> None:
        before = self.marks("Aspirin heals.")
        assert self.marks("# New\n\nMore. Aspirin\nheals. And *more*.") == before

    def test_tell_equal_sentences_apart_by_their_count(self) -> None:
        first, second = self.marks("Aspirin heals. Aspirin heals.")
        assert second == f"{first}-1"

    def test_change_with_the_sentence_and_the_rule(self) -> None:
        marks = {*self.marks("Aspirin heals."), *self.marks("Aspirin always heals.")}
        marks |= {finding.fingerprint for finding in findings("Aspirin heals.", id="house/other")}
        assert len(marks) == 3

    @given(st.lists(st.sampled_from(["One.", "Ibuprofen heals.", "# Two", "- three"]), max_size=5), st.data())
    def test_stay_wherever_the_sentence_goes(self, blocks: list[str], data: st.DataObject) -> None:
        (mark,) = self.marks("Aspirin heals.")
        blocks.insert(data.draw(st.integers(0, len(blocks))), "Aspirin heals.")
        assert mark in self.marks("\n\n".join(blocks))
