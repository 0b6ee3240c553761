"""The rule off-label/false-approval: claims of approval against the base."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from linter import lint_text
from linter.engine.rulebook import RuleBook, load_book

if TYPE_CHECKING:
    from linter.findings import Finding

RULE = "off-label/false-approval"


@lru_cache(maxsize=1)
def book() -> RuleBook:
    whole = load_book()
    return RuleBook(tuple(rule for rule in whole.rules if rule.id == RULE), whole.lexicon, whole.knowledge)


def findings(draft: str) -> list[Finding]:
    return list(lint_text(draft, "draft.md", book=book()))


@pytest.mark.parametrize(
    ("draft", "drug"),
    [
        ("Gabapentin is FDA-approved for anxiety.", "gabapentin"),
        ("The FDA approved gabapentin for anxiety years ago.", "gabapentin"),
        ("Spironolactone is licensed for acne.", "spironolactone"),
        ("Trazodone is indicated for insomnia.", "trazodone"),
        ("Naltrexone was the first drug approved for fibromyalgia.", "naltrexone"),
        ("Naltrexone is the only FDA-approved treatment for fibromyalgia.", "naltrexone"),
        ("For stage fright, propranolol has the FDA's blessing.", "propranolol"),
        ("Prazosin is approved for hypertension and nightmares.", "prazosin"),
        ("Three drugs have the FDA's nod for restless legs: ropinirole, pramipexole and Neurontin.", "gabapentin"),
        ("Two drugs carry a US fibromyalgia indication. They are pregabalin and amitriptyline.", "amitriptyline"),
        ("Metformin is cheap. The FDA approved it for polycystic ovary syndrome.", "metformin"),
        ("Ozempic is FDA-approved for weight loss.", "semaglutide"),
        ("Dapoxetine is the only pill that the FDA has cleared for premature ejaculation.", "dapoxetine"),
        ("Phenibut is FDA-approved.", "phenibut"),
        (
            "| Drug | Status in anxiety, United States |\n|---|---|\n| Pregabalin | on label for generalized anxiety |\n",  # noqa: E501
            "pregabalin",
        ),
    ],
)
def test_flags(draft: str, drug: str) -> None:
    assert drug in {f.captures["drug"] for f in findings(draft)}


@pytest.mark.parametrize(
    "draft",
    [
        "Gabapentin is not FDA-approved for anxiety.",
        "No agency has approved gabapentin for anxiety.",
        "Gabapentin has never been approved for anxiety.",
        "Gabapentin is approved for postherpetic neuralgia but not for anxiety.",
        "Gabapentin is approved for postherpetic neuralgia; off-label, it is given for anxiety.",
        "Fenfluramine was approved for weight loss until 1997.",
        "Bevacizumab's breast cancer approval lasted three years.",
        "The FDA may approve MDMA for PTSD.",
        "The maker hopes for FDA approval of psilocybin for depression.",
        "Semax lacks FDA approval for memory.",
        "Semax failed to win approval for memory.",
        "Is gabapentin approved for anxiety?",
        "If gabapentin were approved for anxiety, insurers would pay.",
        "Pregabalin is approved for generalized anxiety disorder in the European Union.",
        "Agomelatine is licensed for depression in Australia.",
        "Wegovy is FDA-approved for weight loss.",
        "Semaglutide is FDA-approved for weight loss.",
        "Sertraline is FDA-approved for depression.",
        "Auvelity, dextromethorphan with bupropion, is approved for depression.",
        "Naltrexone plus bupropion is FDA-approved for obesity.",
        "My insurer approved dapagliflozin for type 1 diabetes.",
        "The ethics committee approved the ketamine study in depression.",
        "An FDA-approved medicine for diabetes, metformin is cheap; some hope that it slows ageing.",
        "In depression, FDA-approved ketamine nasal spray is a myth.",
        "“Oxytocin is FDA-approved for autism,” the advert says. It is not.",
        "Aripiprazole is approved for the irritability of autism.",
    ],
)
def test_passes(draft: str) -> None:
    assert not findings(draft)


def test_is_an_error_where_the_base_is_sure() -> None:
    found = findings("Gabapentin is FDA-approved for anxiety.")[0]
    assert (found.severity, found.confidence) == ("error", "high")


def test_is_a_warning_where_it_is_not() -> None:
    assert [f.severity for f in findings("Phenibut is FDA-approved.")] == ["warning"]


def test_says_what_the_label_covers() -> None:
    found = findings("Gabapentin is FDA-approved for anxiety.")[0]
    assert "anxiety" in found.message
    assert "postherpetic neuralgia" in found.advice
    assert found.suggestion.startswith("Gabapentin is approved for ")


@pytest.mark.parametrize(
    "draft",
    [
        "Baclofen is approved for spasticity in multiple sclerosis.",
        "Duloxetine is approved for nerve pain from diabetes.",
        "Modafinil is approved for narcolepsy, alongside sleepiness in shift work and sleep apnea.",
        "Kratom is not safe for opioid withdrawal; buprenorphine is approved.",
        "Thymosin alpha-1 is approved in 30 countries for hepatitis B, not the US.",
        "Prazosin, approved for blood pressure, is given for nightmares.",
        "Clonidine cools hot flashes. The approval is for blood pressure.",
        "FDA approval for MDMA in PTSD is expected.",
    ],
)
def test_passes_what_only_looks_like_a_claim(draft: str) -> None:
    assert not findings(draft)


def test_both_takes_up_the_two_medicines_of_the_title() -> None:
    draft = "# Gabapentin or pregabalin?\n\nBoth drugs are FDA-approved for hot flashes."
    assert {f.captures["drug"].lower() for f in findings(draft)} == {"gabapentin", "pregabalin"}
