"""The checks ``confusable`` and ``outdated-name``: what makes one of two things, and what keeps them apart."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from linter import lint_text
from linter.engine.rulebook import load_book
from linter.errors import DataFileError
from linter.knowledge.confusables import Confusables
from linter.knowledge.confusables_file import load_confusables
from linter.lexicon.load import LexiconBuilder
from linter.resources import data_directory

if TYPE_CHECKING:
    from pathlib import Path

    from linter.engine.rulebook import RuleBook
    from linter.findings import Finding

FAMILY = "conflation/"


@lru_cache(maxsize=1)
def book() -> RuleBook:
    """The shipped book with the conflation rules alone."""
    whole = load_book()
    return replace(whole, rules=tuple(rule for rule in whole.rules if rule.id.startswith(FAMILY)))


def findings(draft: str, filename: str = "draft.md") -> list[Finding]:
    return list(lint_text(draft, filename, book=book()))


def rules(draft: str) -> list[str]:
    return [finding.rule.removeprefix(FAMILY) for finding in findings(draft)]


class TestTwoNamesMadeOne:
    @pytest.mark.parametrize(
        "draft",
        [
            "DPDR, otherwise known as DID, is treated here.",
            "Depersonalization is simply DID under another name.",
            "DID = DPDR",
            "Both names, DID and DPDR, refer to one illness.",
            "Depersonalization/derealization disorder (**DID**) comes in waves.",
            "Derealization, in plain English: multiple personalities.",
            "| Term | Meaning |\n|---|---|\n| DPDR | the proper name for DID |",
        ],
    )
    def test_dissociative(self, draft: str) -> None:
        assert rules(draft) == ["did-dpdr"]

    @pytest.mark.parametrize(
        "draft",
        [
            "Ozempic (tirzepatide) is injected weekly.",
            "You may know naltrexone as Narcan.",
            "Low-dose naloxone, or LDN, is taken at night.",
            "Adderall is the brand name of methylphenidate.",
            "Histamine intolerance is just MCAS under another name.",
            "Opiates and opioids are the same thing.",
            "Type 1 diabetes or type 2 diabetes makes no difference.",
            "Needing your pills to avoid withdrawal means you are addicted.",
            "Alzheimer's, the medical name for dementia, is on the rise.",
        ],
    )
    def test_others(self, draft: str) -> None:
        assert rules(draft) == ["confusable-conditions"]

    @pytest.mark.parametrize(
        "draft",
        [
            "Alzheimer's is a form of dementia.",
            "C-PTSD is a form of PTSD.",
            "DID is the most complex form of dissociation.",
            "The dissociative disorders are DID, DPDR and dissociative amnesia.",
            "Naltrexone is an opioid antagonist, like naloxone.",
            "Vivitrol is an extended-release form of naltrexone.",
            "Colds and flu are caused by viruses.",
            "Some clinicians argue that DPDR is a form of DID.",
            "DPDR might be a form of DID.",
            "“DPDR is a form of DID,” the leaflet says.",
            "DPDR is a form of DID. That is not true.",
            "## Myths about dissociation\n\n- DPDR is a form of DID.",
        ],
    )
    def test_right_or_not_the_authors_word(self, draft: str) -> None:
        assert rules(draft) == []


class TestTelltales:
    @pytest.mark.parametrize(
        ("draft", "rule"),
        [
            ("The author has DPDR and shares her body with nine alters.", "did-dpdr"),
            ("DID is feeling as if you were watching yourself in a film.", "did-dpdr"),
            ("Could this be depersonalization? Signs:\n\n- the world looks flat\n- another you takes over", "did-dpdr"),
            ("| Diagnosis | Code |\n|---|---|\n| Dissociative identity disorder | F48.1 |", "did-dpdr"),
            ("He watched himself from above. Doctors call this feeling unreal: it is called DID.", "did-dpdr"),
            ("A psychotic person is charming, ruthless and without remorse.", "confusable-conditions"),
            ("Rheumatoid arthritis is simple wear and tear.", "confusable-conditions"),
            ("Hives at night? Plaquenil helps you sleep through.", "confusable-conditions"),
            ("The AIDS virus is passed on through blood.", "confusable-conditions"),
            ("He has schizophrenia. His two personalities fight.", "confusable-conditions"),
        ],
    )
    def test_of_the_other_side(self, draft: str, rule: str) -> None:
        assert rules(draft) == [rule]

    @pytest.mark.parametrize(
        "draft",
        [
            "Many people with DID feel unreal as well: the room goes flat.",
            "In DID, alters take turns, and the world may look unreal.",
            "Is schizophrenia a split personality?",
            "Schizophrenia does not mean that two people live in one body.",
            "Unlike DID, depersonalization brings no alters.",
            "Naltrexone blocks opioids; carry naloxone in case someone stops breathing.",
            "Some people with celiac disease carry an EpiPen for a nut allergy.",
            "Could this be DID? Signs:\n\n- surroundings look distant\n- another you takes over",
        ],
    )
    def test_of_both_or_denied(self, draft: str) -> None:
        assert rules(draft) == []


class TestAbbreviations:
    def test_did_is_what_the_draft_spells_out(self) -> None:
        assert rules("A difference-in-differences (DID) model of dissociation is a form of DID.") == []

    def test_did_without_company_is_nothing(self) -> None:
        assert rules("What DID we see? DID is a form of alter table.") == []

    def test_unexplained_bpd(self) -> None:
        [finding] = findings("Her BPD brings mood swings.")
        assert finding.rule == "conflation/confusable-conditions"
        assert finding.excerpt == "BPD"
        assert "BPD" in finding.message

    @pytest.mark.parametrize(
        "draft",
        [
            "Borderline personality disorder (BPD) brings mood swings.",
            "BPD (bronchopulmonary dysplasia) lowers the mood of parents.",
            "Her BPD is treated with dialectical therapy; mood swings are rarer now.",
        ],
    )
    def test_explained_bpd(self, draft: str) -> None:
        assert rules(draft) == []


class TestOutdatedNames:
    @pytest.mark.parametrize(
        "draft",
        [
            "## Our split personality programme",
            "He was diagnosed with Asperger's last month.",
            "aka **manic depression**",
            "The book helps mentally retarded adults.",
        ],
    )
    def test_used_as_current(self, draft: str) -> None:
        assert rules(draft) == ["outdated-name"]

    @pytest.mark.parametrize(
        "draft",
        [
            "What used to be known as Asperger's is part of the autism spectrum.",
            "Hans Asperger's work is under scrutiny.",
            "In DSM-III it was listed as multiple personality disorder.",
            "For bipolar disorder, which older books call manic depression, lithium is first.",
            "> Multiple personality disorder, she wrote.",
            "Spectators loved “split personality”.",
        ],
    )
    def test_spoken_of_as_past_or_as_a_name(self, draft: str) -> None:
        assert rules(draft) == []

    def test_message_names_the_current_one(self) -> None:
        [finding] = findings("She lives with manic depression.")
        assert finding.message == "“manic depression” is out of date; the name is bipolar disorder since 1980"
        assert finding.captures["current"] == "bipolar disorder"


class TestData:
    def test_every_pair_says_why_and_from_where(self) -> None:
        for pair in book().confusables.pairs:
            assert pair.source.startswith("https://"), pair.id
            assert pair.reason, pair.id
            assert not pair.reason.endswith("."), pair.id

    def test_round_trip(self) -> None:
        confusables = book().confusables
        assert Confusables.from_data(confusables.to_data()) == confusables

    def test_mistakes_are_told_with_their_place(self, tmp_path: Path) -> None:
        path = tmp_path / "confusables.yaml"
        path.write_text("sides:\n  a: {names: [a], trait: [b]}\npairs:\n  x: {sides: [a]}\n", "utf-8")
        with pytest.raises(DataFileError) as caught:
            load_confusables([path], LexiconBuilder())
        assert "did you mean 'traits'" in str(caught.value.problems[0])

    def test_unknown_sides_are_mistakes(self, tmp_path: Path) -> None:
        path = tmp_path / "confusables.yaml"
        path.write_text("sides:\n  a: {names: [a]}\npairs:\n  x: {sides: [a, b]}\n", "utf-8")
        with pytest.raises(DataFileError):
            load_confusables([path], LexiconBuilder())

    def test_the_shipped_file_is_there(self) -> None:
        assert (data_directory() / "knowledge" / "confusables.yaml").exists()


def test_a_finding_says_why_the_two_differ() -> None:
    [finding] = findings("Every family should keep a naltrexone spray at home.")
    assert "naloxone reverses an overdose" in finding.message
    assert finding.captures["source"].startswith("https://www.fda.gov/")


class TestAnswers:
    @pytest.mark.parametrize(
        "draft",
        [
            "Is depersonalization the same as DID? Yes. Only the name differs.",
            "Is derealization a mild form of DID? Exactly.",
            "### Is IBS the same as Crohn's?\n\nYes.",
            "### What do doctors call dementia?\n\nAlzheimer's.",
            "What is another name for naltrexone? Narcan.",
            "**What form of DID is most common?** Depersonalization: the self has loosened.",
        ],
    )
    def test_a_wrong_answer_is_found(self, draft: str) -> None:
        assert rules(draft)

    @pytest.mark.parametrize(
        "draft",
        [
            "Is naltrexone the same as naloxone? Yes and no: they are used differently.",
            "Is OCPD a form of OCD? It is: a different diagnosis.",
            "Is Alzheimer's a form of dementia? Yes. It is the most common one.",
            "What form of dementia is most common? Alzheimer's disease.",
            "Is Crohn's the same as IBS? Absolutely not.",
            "Is dementia the same as Alzheimer's? It is not that simple.",
            "What is high blood pressure called? Hypertension.",
        ],
    )
    def test_a_right_answer_is_left_alone(self, draft: str) -> None:
        assert not rules(draft)


class TestColumnsThatRename:
    def test_the_cell_gives_the_row_another_name(self) -> None:
        assert rules("| Aid | What it is |\n|---|---|\n| Zyban | buspirone tablets |")
        assert not rules("| Aid | Not to be taken with |\n|---|---|\n| Zyban | buspirone tablets |")


class TestRelationsThatAreRight:
    @pytest.mark.parametrize(
        "draft",
        [
            "A person with dementia whose confusion came on overnight should see a doctor the same day.",
            "Before starting naltrexone, tell the clinic if you have ever overdosed.",
            "Children with type 1 diabetes who are overweight benefit from exercise.",
            "Hydroxychloroquine can cause itching.",
            "Treatment of hypertension that is too strong can cause low blood pressure.",
            "Without treatment, HIV becomes AIDS within about ten years.",
            "A trial in depersonalization disorder ended early. The clinic also treats people with DID.",
        ],
    )
    def test_it_is_left_alone(self, draft: str) -> None:
        assert not rules(draft)
