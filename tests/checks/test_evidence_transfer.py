"""The check ``evidence-transfer``: a study of the one, applied to the other."""

from __future__ import annotations

import pytest

from tests.checks.test_confusable import findings, rules


@pytest.mark.parametrize(
    ("draft", "excerpt"),
    [
        ("The trial enrolled people with depersonalization disorder. So it works for DID as well.", "DID"),
        ("The trial was small. Those people had DPDR. So if you have DID, that trial is evidence for you.", "DID"),
        ("In a study of people with DID, self-harm fell. So the same course suits derealization.", "derealization"),
        ("Naltrexone calms DID. In a trial of people with depersonalization, scores fell.", "DID"),
        ("Naltrexone for DID is backed by a trial in depersonalization.", "DID"),
        ("A pilot in depersonalization shows that naltrexone works for DID.", "DID"),
        ("## Medicines for DID\n\nA pilot study in depersonalization was promising.", "depersonalization"),
        ("A survey found dissociation in most students. That means most of them have DID.", "DID"),
        (
            "| Blend | For | Tested in |\n|---|---|---|\n| Calm | DID | adults with depersonalization |",
            "depersonalization",
        ),
    ],
)
def test_evidence_carried_over(draft: str, excerpt: str) -> None:
    [finding] = findings(draft)
    assert finding.rule == "conflation/did-dpdr"
    assert finding.excerpt == excerpt


def test_between_other_conditions() -> None:
    draft = "In a trial in psoriasis the drug cleared the skin. So ask for it if your child has eczema."
    assert rules(draft) == ["confusable-conditions"]


@pytest.mark.parametrize(
    "draft",
    [
        "The trial enrolled people with depersonalization disorder. Nobody with DID took part.",
        "The trial enrolled people with depersonalization disorder. Does it work for DID as well?",
        "A trial in DPDR was negative. DID is treated with psychotherapy.",
        "The trial enrolled people with DPDR and people with DID. So it speaks to both.",
        "A trial in depersonalization was positive. It might help in DID, but nobody has looked.",
        "## Medicines for DID\n\nNone was studied. The trials in depersonalization enrolled nobody with DID.",
        "## What is known about DID?\n\nA pilot study in depersonalization disorder was promising.",
        "In a trial in DPDR naltrexone helped. So it is worth a try in DPDR.",
        "Methotrexate slowed rheumatoid arthritis in trials. In osteoarthritis it is not recommended.",
    ],
)
def test_evidence_kept_where_it_belongs(draft: str) -> None:
    assert rules(draft) == []
