"""The dose check: what is an amount to take, and what is a caveat in reach."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from linter import lint_text
from linter.engine.rulebook import RuleBook, load_book

if TYPE_CHECKING:
    from linter.findings import Finding

RULE = "dose/missing-prescriber-caveat"


@lru_cache(maxsize=1)
def book() -> RuleBook:
    """The shipped book with the dose rule alone."""
    whole = load_book()
    return RuleBook(tuple(rule for rule in whole.rules if rule.id == RULE), whole.lexicon, whole.knowledge)


def findings(draft: str, filename: str = "draft.md") -> list[Finding]:
    return list(lint_text(draft, filename, book=book()))


@pytest.mark.parametrize(
    "draft",
    [
        "Adults usually take 25 to 50 mg of diphenhydramine at bedtime.",
        "The typical dosage of NAC is 600 mg twice a day.",
        "Start with one capsule a day and work up to three.",
        "**Dosage:** 250-500 mg, 2x/day",
        "I recommend 200 mg of magnesium glycinate before bed.",
        "- Rhodiola rosea (200-400 mg): for stamina\n- Bacopa (300 mg): for memory",
        "### L-theanine\n\nAim for 200 mg, paired with your morning coffee.",
        "Do not take more than 4 g of paracetamol in 24 hours.",
        "Most patients respond to 1.5 to 4.5 mg of naltrexone.",
        "| Supplement | Dosage |\n|---|---|\n| Vitamin D3 | 5,000 IU |\n| Omega-3 | 2 g |",
        "| Supplement | Dose (mg) |\n|---|---|\n| Magnesium | 300 |",
        "Studies show that ashwagandha lowers cortisol, so take 600 mg daily.",
        "Take 3 mg of melatonin. No need to bother your GP about it.",
        "Take 3 mg of melatonin. This is not medical advice.",
        "Take 3 mg of melatonin and an old episode of *Doctor Who*.",
    ],
)
def test_flags(draft: str) -> None:
    assert findings(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Pumpkin seeds are rich in magnesium, with about 150 mg per ounce.",
        "## Foods rich in magnesium\n\n- Pumpkin seeds: 150 mg\n- Almonds: 80 mg",
        "| Food | Iron (mg) |\n|---|---|\n| Liver | 6.5 |",
        "| Drink | Caffeine (mg) |\n|---|---|\n| Cocoa | 8 |",
        "| Marker | Usual |\n|---|---|\n| TSH (mIU/L) | 2 |\n| Cortisol (µg/dL) | 14 |",
        "Limit sodium to 2,300 mg a day.",
        "In the study, patients took 300 mg of magnesium daily for 12 weeks.",
        "The RDA for vitamin D is 600 IU for adults.",
        "I took 25 mg of sertraline for a year before I felt anything.",
        "She was prescribed 20 mg of fluoxetine.",
        "Each softgel delivers 1,000 mg of fish oil.",
        "Adults can safely have up to 400 mg of caffeine a day.",
        "You need 1.6 g of protein per kg of body weight a day.",
        "Her ferritin was 12 ng/mL and she lost 14 kg on semaglutide.",
        "The half-life of a 10 mg dose is six hours.",
        "The lethal dose of caffeine is above 10 g.",
        "```\nTake 50 mg of sertraline daily.\n```",
        "![Take 50 mg of sertraline daily](x.png)",
    ],
)
def test_passes(draft: str) -> None:
    assert not findings(draft)


DOSE = "Take 50 mg of sertraline each morning."


@pytest.mark.parametrize(
    "draft",
    [
        f"{DOSE} Ask your doctor first.",
        f"{DOSE}\n\nTalk to your pharmacist about other medicines.",
        f"See your GP first.\n\n{DOSE}",
        f"## Sertraline\n\n{DOSE}\n\nIt may upset your stomach.\n\nEat first.\n\nYour prescriber may change it.",
        f"{DOSE} Follow the label.",
        f"{DOSE} Only under medical supervision.",
        f"- {DOSE}\n- Let a nurse check your pulse.",
        "| Drug | Dose |\n|---|---|\n| Sertraline | 50 mg |\n\nYour clinic sets the dose.",
        f"## Dose\n\n{DOSE}\n\n## Safety\n\nAlways talk to your doctor before starting a new medicine.",
    ],
)
def test_caveat_in_reach(draft: str) -> None:
    assert not findings(draft)


@pytest.mark.parametrize(
    "draft",
    [
        f"## Dose\n\n{DOSE}\n\n## Kidneys\n\nIf you have kidney disease, ask your doctor.",
        f"**Dose**\n\n{DOSE}\n\n**History**\n\nA doctor in Basel first described it.",
        f"{DOSE} Doctors love it.",
    ],
)
def test_no_caveat(draft: str) -> None:
    assert findings(draft)


def test_one_finding_a_list() -> None:
    found = findings("For sleep:\n\n- Glycine: 3 g\n- Melatonin: 1 mg\n- Magnesium: 300 mg\n")
    assert [(f.line, f.excerpt) for f in found] == [(3, "3 g")]
    assert "2 more" in found[0].message
    assert found[0].captures["drug"] == "glycine"


def test_a_finding_for_each_paragraph() -> None:
    assert [f.line for f in findings(f"{DOSE}\n\nThen take 100 mg of sertraline each morning.")] == [1, 3]


def test_place_in_html() -> None:
    found = findings("<h2>Sleep</h2>\n<p>Take <b>3&nbsp;mg</b> of melatonin at night.</p>", "draft.html")
    assert [(f.line, f.column, f.excerpt) for f in found] == [(2, 12, "3&nbsp;mg")]


def test_linear_in_doses() -> None:
    def seconds(count: int) -> float:
        draft = "Take 50 mg of sertraline each morning.\n\n" * count
        start = time.perf_counter()
        assert len(findings(draft)) == count
        return time.perf_counter() - start

    small, large = max(seconds(200), 0.01), seconds(2000)
    assert large < small * 40
