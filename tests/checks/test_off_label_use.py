"""The rule off-label/missing-note: which uses it reports, and which notes silence it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from linter import lint_text
from linter.engine.rulebook import RuleBook, load_book

if TYPE_CHECKING:
    from linter.findings import Finding

RULE = "off-label/missing-note"


@lru_cache(maxsize=1)
def book() -> RuleBook:
    whole = load_book()
    return RuleBook(tuple(rule for rule in whole.rules if rule.id == RULE), whole.lexicon, whole.knowledge)


def findings(draft: str) -> list[Finding]:
    return [f for f in lint_text(draft, "draft.md", book=book()) if f.severity != "info"]


def drugs(draft: str) -> set[str]:
    return {f.captures["drug"] for f in findings(draft)}


class TestApprovals:
    def test_an_approved_use_is_none(self) -> None:
        assert not findings("Gabapentin for postherpetic neuralgia is often the first choice.")

    def test_a_wider_word_is_covered(self) -> None:
        assert not findings("Sertraline is taken for depression.")

    def test_a_brand_is_judged_by_its_own_approvals(self) -> None:
        assert findings("Ozempic for weight loss is everywhere.")
        assert not findings("Wegovy for weight loss is everywhere.")
        assert not findings("Semaglutide for weight loss is everywhere.")

    def test_a_product_beside_its_generic_vouches_for_it(self) -> None:
        assert not findings(
            "## Auvelity\n\nDextromethorphan for depression, with a second drug to slow its breakdown.\n"
        )

    def test_a_combination_counts_as_such(self) -> None:
        assert not findings("Naltrexone with bupropion is taken for obesity.")
        assert findings("Naltrexone is taken for obesity.")

    def test_supplements_and_therapies_are_left_out(self) -> None:
        assert not findings("Magnesium for migraine, turmeric for arthritis, a light box for depression.")

    def test_a_symptom_of_the_approved_topic_is_covered(self) -> None:
        assert not findings("# Medicines for ADHD\n\nMethylphenidate helps with focus.\n")

    def test_standard_uses_are_told_as_info(self) -> None:
        draft = "Estradiol for gender dysphoria is started low."
        assert not findings(draft)
        assert [f.severity for f in lint_text(draft, "draft.md", book=book())] == ["info"]


class TestNotes:
    BARE = "Prazosin helps with nightmares."

    def test_the_bare_use_is_reported(self) -> None:
        assert drugs(self.BARE) == {"prazosin"}

    @pytest.mark.parametrize(
        "draft",
        [
            "Prazosin, an off-label choice, helps with nightmares.",
            "Prazosin helps with nightmares. This use is off-label.",
            "Prazosin helps with nightmares. It is not approved for that.",
            "Prazosin helps with nightmares, though no regulator has licensed it for them.",
            "Prazosin helps with nightmares.\n\nPrazosin is approved for high blood pressure only; anything else is unlicensed.",  # noqa: E501
            "All uses below are off-label.\n\n## Nights\n\nPrazosin helps with nightmares.",
            "## Off-label options\n\nPrazosin helps with nightmares.",
            "Off-label options:\n\n- prazosin for nightmares\n- clonidine for nightmares\n",
            "| Use | Status |\n|---|---|\n| prazosin for nightmares | off-label |\n",
            "Prazosin helps with nightmares.\n\n## Status\n\nPrazosin for nightmares is still investigational.",
            "Prazosin is being studied for nightmares.",
            "Clonidine too.\n\n## Prazosin\n\nMany ask. Its use for nightmares is off-label.",
            "---\ntitle: Off-label prazosin\n---\n\nPrazosin helps with nightmares.",
        ],
    )
    def test_a_note_silences(self, draft: str) -> None:
        assert not findings(draft)

    @pytest.mark.parametrize(
        "draft",
        [
            "Prazosin helps with nightmares. Clonidine is off-label for hot flashes.",
            "Prazosin helps with nightmares; clonidine is off-label there.",
            "Prazosin, a repurposed drug, helps with nightmares.",
            "Prazosin helps with nightmares. Ask your doctor first.",
            "Experimental research began in 1901. Prazosin helps with nightmares.",
            "Prazosin helps with nightmares.\n\n## Clonidine\n\nA question I often hear. It is off-label.",
        ],
    )
    def test_what_is_no_note_on_it_does_not(self, draft: str) -> None:
        assert "prazosin" in drugs(draft)

    def test_an_unapproved_substance_wants_a_note_too(self) -> None:
        assert drugs("Phenibut for social anxiety works within the hour.") == {"phenibut"}
        assert not findings(
            "Phenibut for social anxiety is illegal here. Phenibut is not approved anywhere in the West."
        )


class TestFinding:
    def test_one_for_each_medicine_and_condition_at_the_first_link(self) -> None:
        draft = (
            "Prazosin helps with nightmares.\n\nPrazosin helps with insomnia too.\n\nPrazosin helps with nightmares.\n"
        )
        found = findings(draft)
        assert [f.line for f in found] == [1, 3]
        assert found[0].captures["condition"] == "nightmares"
        assert found[1].captures["condition"] == "insomnia"

    def test_conditions_of_one_sentence_share_a_finding(self) -> None:
        found = findings("Prazosin for nightmares and insomnia is popular.")
        assert [f.captures["more"] for f in found] == ["insomnia"]

    def test_says_what_it_is_approved_for(self) -> None:
        found = findings("Prazosin helps with nightmares.")[0]
        assert "prazosin" in found.message
        assert "nightmares" in found.message
        assert "hypertension" in found.advice
        assert found.suggestion.startswith("Prazosin is approved for ")
        assert found.suggestion.endswith("its use for nightmares is off-label.")

    def test_says_so_when_nothing_is_approved(self) -> None:
        found = findings("Phenibut for social anxiety works within the hour.")[0]
        assert "not approved for any use" in found.message
        assert "not approved for any use" in found.suggestion

    def test_a_product_without_approvals_names_those_of_its_medicine(self) -> None:
        found = findings("LDN for fibromyalgia is on offer.")[0]
        assert found.captures["drug"] == "naltrexone"
        assert "opioid use disorder" in found.suggestion or "alcohol use disorder" in found.suggestion

    def test_spans_the_pair(self) -> None:
        assert findings("Prazosin helps with nightmares.")[0].excerpt == "Prazosin helps with nightmares"


def test_a_draft_without_medicines_is_silent() -> None:
    assert not findings("Walks, sleep and friends help with depression.")


@pytest.mark.parametrize(
    "draft",
    [
        "## Opioid addiction\n\nOpioid addiction treatment starts with the drugs themselves, such as oxycodone.",
        "## Bipolar disorder\n\nI am quitting two things:\n\n- THC\n- beer\n",
        "Other reasons for hypothyroidism are medicines such as lithium.",
        "## ADHD\n\nFor many with ADHD nicotine is self-medication.",
    ],
)
def test_what_causes_an_illness_or_is_given_up_is_no_offer(draft: str) -> None:
    assert not findings(draft)


def test_a_study_is_no_offer() -> None:
    assert not findings("In a randomized trial, 40 patients with nightmares were given prazosin or placebo.")


class TestOtherWords:
    @pytest.mark.parametrize(
        "note",
        [
            "This isn't what it's licensed for.",
            "It is approved only for high blood pressure.",
            "Its licence covers high blood pressure only.",
            "The label says nothing about that.",
            "It is a specialist use outside the label.",
            "The FDA hasn't signed off on that.",
            "It is still experimental for hot flashes.",
            "Its makers never sought approval for it.",
            "Regulators have not approved it for that.",
            "It was turned down by the FDA.",
        ],
    )
    def test_a_note_may_take_many_words(self, note: str) -> None:
        assert not findings(f"Clonidine cools hot flashes. {note}")

    def test_a_column_may_hold_the_note(self) -> None:
        draft = "| Drug | Use | Licensed? |\n|---|---|---|\n| Trazodone | insomnia | {} |\n"
        assert not findings(draft.format("no"))
        assert not findings(draft.format("✗"))
        assert findings(draft.format("yes"))

    def test_one_on_the_condition_covers_every_medicine(self) -> None:
        draft = "No medicine is approved for depersonalization.\n\n## Talking\n\nIt helps.\n\n## Pills\n\nLamotrigine is often tried for depersonalization.\n"  # noqa: E501
        assert not findings(draft)

    def test_one_on_a_class_covers_its_members(self) -> None:
        assert not findings("BPC-157 heals tendons.\n\n## Law\n\nPeptides are not approved for anything.\n")

    def test_one_below_a_list_covers_the_list(self) -> None:
        assert not findings(
            "What helps:\n\n- prazosin for nightmares\n- trazodone for insomnia\n\nNeither is licensed for that.\n"
        )

    def test_a_setting_of_an_approved_use_is_none(self) -> None:
        assert not findings("Baclofen helps with spasticity in multiple sclerosis.")
        assert not findings("Duloxetine eases nerve pain from diabetes.")

    def test_a_british_draft_goes_by_its_own_approvals(self) -> None:
        assert findings("Pregabalin for generalised anxiety disorder is common.")
        assert not findings("On the NHS, pregabalin for generalised anxiety disorder is common.")

    def test_a_compound_is_told_of_without_a_condition(self) -> None:
        (finding,) = findings("BPC-157 heals tendons and the gut lining.")
        assert "tendons" in finding.message
        assert "not approved for any use" in finding.message

    def test_for_what_is_approved_for_nothing_any_condition_counts(self) -> None:
        assert findings("Cycloferon for inflammation is sold by the kiosk.")
        assert not findings("Lisinopril for inflammation is sold by the kiosk.")

    def test_a_named_condition_comes_before_everyday_words(self) -> None:
        (finding,) = findings("We sleep through on quetiapine, and insomnia is a stranger.")
        assert "insomnia" in finding.message

    def test_what_goes_on_about_a_medicine_counts_beside_its_approved_use(self) -> None:
        draft = "Seroquel treats schizophrenia. It blocks receptors. For insomnia, it is prescribed at night."
        assert any("insomnia" in f.message for f in findings(draft))

    def test_how_it_works_is_no_harm(self) -> None:
        assert findings("Mirtazapine causes a release of serotonin. It is taken at night for sleep.")
        assert not findings("Mirtazapine causes weight gain. It is taken at night.")

    def test_a_lacking_approval_is_a_note(self) -> None:
        assert not findings("Semax improves memory. It lacks FDA approval.")

    def test_a_sentence_comes_before_the_title(self) -> None:
        draft = "# Cognitive enhancement\n\n## Names\n\n- Semax\n\n## Uses\n\nSemax helps with focus.\n"
        assert [f.line for f in findings(draft)] == [9]

    def test_the_writers_word_for_a_medicine_is_told_with_its_name(self) -> None:
        (finding,) = findings("Rapamycin for longevity is in fashion.")
        assert "rapamycin (sirolimus)" in finding.message

    def test_a_heading_with_research_bars_nothing(self) -> None:
        assert findings("# Notes\n\n# Peptide research group\n\nBPC-157 heals tendons.\n")
        assert not findings("# Notes\n\n# Recent research\n\nBPC-157 heals tendons.\n")

    def test_a_hormone_that_the_body_makes_is_no_medicine(self) -> None:
        assert not findings("Menopause is a drop in progesterone.")

    def test_a_short_form_is_known_by_its_family(self) -> None:
        assert drugs("KPV is a peptide that reduces anxiety.") == {"kpv"}
        assert not drugs("KPV is a band that reduces anxiety.")
