"""Study numbers: what company makes a number a study's."""

from __future__ import annotations

import pytest

from linter.api import lint_text
from linter.engine.rulebook import load_book

RULE = "citation/uncited-number"
BOOK = load_book()


def flagged(draft: str) -> list[str]:
    return [finding.excerpt for finding in lint_text(draft, "draft.md", book=BOOK) if finding.rule == RULE]


@pytest.mark.parametrize(
    "draft",
    [
        "In a trial of 60 adults, ginger eased nausea in 48%.",
        "Ginger cut migraine days by 40 to 60 percent.",
        "Valerian improved insomnia by 30%.",
        "About 55% of women with hot flashes respond to black cohosh.",
        "Eight of 12 patients with migraine improved on magnesium.",
        "Half of the participants on ketamine relapsed within three months.",
        "Depression scores on ketamine fell from 28 to 12 after four weeks.",
        "Ketamine beat placebo for depression (p = 0.003).",
        "Sertraline for depression: hazard ratio 0.71, 95% CI 0.55-0.86.",
        "The number needed to treat with sertraline for depression is 7.",
        "A meta-analysis found that creatine doubled strength gains.",
        "Women on fish oil were twice as likely as those on placebo to beat depression.",
        "Coughs were 1.5 days shorter for children who got honey.",
        "On sertraline the anxiety score fell from 31 to 17 in six weeks.",
        "Treat eight people with migraine with this tablet and one more will be free of pain.",
        "Magnesium, three months: migraine gone in 31/58.",
        "It lowers the risk of stroke by about 20%.",
        "Migraine days were down by 4.2 with the injection, against 1.9 with salt water.",
        "## Lidocaine cream\n\n- Effect: lengthens the time to pain by 2-4 times\n",
        "Magnesium is three times as effective as a dummy pill for migraine, 3 times in all.",
        "Studies show that kava raises the depth of sleep 2-10x within an hour.",
        "A review of 29 studies (5,000+ patients) found that ginger eased nausea.",
        "Lower cortisol by 23% per UCLA study, says the label of this kava.",
        "With the injection, patients with migraine see 3-4 fewer headache days monthly.",
        "Six in ten who finished the course were still free of panic at the end.",
    ],
)
def test_a_study_number_is_flagged(draft: str) -> None:
    assert flagged(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Depression affects 5% of adults.",
        "One in five adults lives with anxiety.",
        "Take 400 mg of magnesium with food.",
        "Use a cream with 10% urea for dry skin.",
        "Get 20% off magnesium today.",
        "Testosterone falls by about 1% per year after age 30.",
        "Reduce your dose of sertraline by 10% every month.",
        "A hemoglobin A1c of 6.5% or above means diabetes.",
        "Our workshop on anxiety has 12 places and costs $15.",
        "In my case ketamine cut the depression by half, I would say 50%.",
        "Will ginger cut nausea by 40%?",
        "Suppose that ginger cut nausea by 40%.",
        "Ginger cut nausea by 40% (Tan et al., 2019).",
        "My migraine improved by 90% on magnesium.",
        "1-4x the dose of magnesium for migraine is too much.",
        'Ginger <Cite id="tan" tooltip="Tan et al. 2019">cut nausea by 40%</Cite>.',
        "Take magnesium for migraine 2-3 times with meals.",
        "Keep the vaccine between 2 and 8 degrees.",
        "Semaglutide goes from 0.25 mg up to 2.4 mg over sixteen weeks.",
        "The price of magnesium has doubled in two years, and migraine has not gone away.",
        "Half of the places on the migraine course are kept for students.",
        "Do 3 sets of 15 for knee pain, five days a week.",
        "&gt; In a trial, 40% of patients with migraine improved on magnesium.",
    ],
)
def test_other_numbers_pass(draft: str) -> None:
    assert not flagged(draft)


def test_one_finding_a_sentence() -> None:
    draft = "In a trial, 40% of patients improved, 30% relapsed and 10% left. In a study, 50% improved."
    assert len(flagged(draft)) == 2


def test_a_note_goes_on_from_the_study_before() -> None:
    draft = "A study found that men who slept more had higher testosterone. Seven hours: a 10% rise in testosterone."
    assert flagged(draft) == ["10%"]


def test_the_number_is_captured() -> None:
    draft = "In a trial, ginger eased nausea in 48% of women."
    (finding,) = [f for f in lint_text(draft, book=BOOK) if f.rule == RULE]
    assert finding.captures["number"] == "48%"
    assert finding.excerpt == "48%"


@pytest.mark.parametrize("piece", ["1 on ", "1 of ", "one in ", "fell from 1 ", "treat 2 one", "1/12 ", "by 1 "])
def test_hostile_text_takes_no_time(piece: str) -> None:
    flagged("Magnesium for migraine: " + piece * (20_000 // len(piece)))
