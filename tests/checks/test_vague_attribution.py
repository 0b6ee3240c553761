"""Vague authority: who is not named, and what is no appeal to authority."""

from __future__ import annotations

import pytest

from linter.api import lint_text
from linter.engine.pattern import compile_pattern
from linter.engine.rulebook import load_book

RULE = "citation/vague-attribution"
BOOK = load_book()


def flagged(draft: str) -> list[str]:
    return [finding.excerpt for finding in lint_text(draft, "draft.md", book=BOOK) if finding.rule == RULE]


def test_the_patterns_name_known_concepts() -> None:
    rule = BOOK.rule(RULE)
    assert rule is not None
    patterns = rule.find[0].options["patterns"]
    assert len(patterns) > 5
    for pattern in patterns:
        compile_pattern(pattern, BOOK.lexicon.known)


@pytest.mark.parametrize(
    "draft",
    [
        "Research suggests that magnesium may help with migraine.",
        "Several studies on ginger and nausea have consistently found a benefit.",
        "Scientists have discovered that ginger stops nausea.",
        "Doctors swear by ginger for nausea.",
        "Ginger is backed by decades of research on nausea.",
        "A science-backed remedy for insomnia.",
        "Ginger has long been proven to relieve nausea.",
        "There is strong evidence behind ginger for nausea.",
        "According to experts, ginger relieves nausea.",
        "In clinical trials, ginger relieved nausea.",
        "## Ginger for nausea\n\nThe research is clear: it works.\n",
        "One large study found no effect of ginger on nausea.",
        "Leading cardiologists call garlic the best defence against a stroke.",
        "Among neurologists it is no longer in doubt that magnesium prevents migraine.",
        "Magnesium helps migraine, according to the consensus of neurologists.",
        "Research carried out at universities in two big cities has shown that magnesium prevents migraine.",
        "Several studies have looked at ginger for nausea, with encouraging results.",
        "Research is ongoing, but early studies suggest that ginger relieves nausea.",
        "Reports show that ginger relieves nausea.",
        "A review in 2014 suggested that ginger relieves nausea.",
        "Research on the roots of ginger has shown that they relieve nausea.",
        "In an industry-funded study, ginger reduced nausea.",
        "In a study funded by the National Ginger Council, ginger reduced nausea.",
        "There's a study where saffron cured depression.",
    ],
)
def test_vague_authority_is_flagged(draft: str) -> None:
    assert flagged(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Research suggests that magnesium may help with migraine [@smith2019].",
        "Research suggests that magnesium may help with migraine ([review](https://example.org/r)).",
        "A study in the Journal of Pain found that ginger eases migraine.",
        "More research on ginger and nausea is needed.",
        "Ginger hasn’t been clearly shown to relieve nausea.",
        "The evidence on ginger for nausea is limited.",
        "Studies have not shown that ginger relieves nausea.",
        "Do studies show that ginger relieves nausea?",
        "Here is what the research shows about ginger and nausea.",
        "Your doctor may recommend ginger for nausea.",
        "Our research on ginger and nausea shows promise.",
        "Based on current evidence, ginger may be an option for nausea.",
        "Try an elimination trial of ginger, with positive signs for nausea.",
        "Ginger is backed by varying levels of evidence for nausea.",
        "The evidence base for ginger against nausea is modest.",
        'According to the paper "Ginger Root and the Stomachs of Forty Sailors," ginger relieves nausea.',
        "Experts recommend backing up your files every day.",
        "They pick studies that show that ginger relieves nausea.",
        "It is a common misconception that studies show ginger to cure nausea.",
        "Research shows that most shoppers prefer a blue box.",
    ],
)
def test_what_is_no_vague_authority_passes(draft: str) -> None:
    assert not flagged(draft)


def test_a_number_in_the_sentence_wins() -> None:
    findings = lint_text("Studies show that ginger cuts nausea by 40%.", book=BOOK)
    rules = {finding.rule for finding in findings if finding.rule.startswith("citation/")}
    assert rules == {"citation/uncited-number"}
