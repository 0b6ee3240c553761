"""A user's own knowledge file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.knowledge.base import KnowledgeBase, compile_base
from linter.knowledge.load import default_directory, load_knowledge
from linter.knowledge.model import KnowledgeFileError
from linter.knowledge.terms import iter_terms

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
drugs:
  - name: examplinib
    status: rx
    class: example inhibitor
    brands: [Exa]
    aliases: [XMP]
    guard:
      XMP: [case, needs-dose]
    approved-for: [asthma, desk shoulder]
    source: https://example.org/label
    checked: 2026-11-01
products:
  - name: Exa Forte
    generic: examplinib
    form: tablet
    approved-for: asthma
    source: https://example.org/forte
conditions:
  - name: desk shoulder
    synonyms: [office shoulder]
    parents: [pain, mouse elbow]
  - name: mouse elbow
    kind: plain
overrides:
  - drug: naltrexone
    add: [obesity]
    remove: [opioid dependence]
    source: https://example.org/decision
    checked: 2026-11-01
  - drug: Wegovy
    remove: [mash]
"""


def read(tmp_path: Path, text: str) -> KnowledgeBase:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return KnowledgeBase.from_compiled(compile_base([default_directory(), path]))


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(KnowledgeFileError) as caught:
        read(tmp_path, text)
    return [str(problem).removeprefix(str(tmp_path / "mine.yaml") + ":") for problem in caught.value.problems]


def test_a_file_that_adds_and_overrides(tmp_path: Path) -> None:
    base = read(tmp_path, GOOD)
    assert base.covers("examplinib", "asthma")
    assert base.covers("examplinib", "mouse-elbow")
    assert base.covers("exa-forte", "asthma")
    assert not base.covers("exa-forte", "desk-shoulder")
    assert base.covers("naltrexone", "obesity")
    assert not base.covers("naltrexone", "opioid-use-disorder") or "opioid-cessation" in base.approved_conditions(
        "naltrexone"
    )
    assert "opioid-use-disorder" not in base.approved_conditions("naltrexone")
    assert "opioid-use-disorder" not in base.approved_conditions("revia")
    assert not base.covers("wegovy", "mash")
    assert base.covers("semaglutide", "mash")
    (approval,) = [a for a in base.approvals("naltrexone") if a.condition == "obesity"]
    assert (approval.source, approval.checked_on) == ("https://example.org/decision", "2026-11-01")
    assert base.find("xmp") == "examplinib"
    drug = base.drug("examplinib")
    assert drug is not None
    assert drug.guard == (("XMP", ("case", "needs-dose")),)


def test_its_terms_are_found(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, encoding="utf-8")
    terms = {term.key: term for term in iter_terms(load_knowledge([default_directory(), path]))}
    assert terms["examplinib"].entry == "examplinib"
    assert terms["exa forte"].entry == "exa-forte"
    assert terms["office shoulders"].entry == "desk-shoulder"


def test_three_mistakes_are_three_located_errors(tmp_path: Path) -> None:
    text = (
        "drugs:\n"
        "  - name: examplinib\n"
        "    status: prescription\n"
        "    approved-for: [astma]\n"
        "    source: https://example.org\n"
        "overrides:\n"
        "  - drug: naltrexon hydrochlorid\n"
        "    add: [obesity]\n"
        "    source: https://example.org\n"
    )
    found = mistakes(tmp_path, text)
    assert len(found) == 3
    assert found[0].startswith("3:13: 'status' is 'prescription'")
    assert found[1].startswith("4:20: 'approved-for' names no known condition: 'astma'; did you mean 'asthma'?")
    assert found[2].startswith("7:11: 'drug' names no known drug or product")
    assert "did you mean 'naltrexone" in found[2]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("drugs: [3]\n", "1:9", "must hold keys"),
        ("drugs: asthma\n", "1:8", "must be a list"),
        ("- a\n", "1:1", "must hold sections"),
        ("drug: []\n", "1:1", "did you mean 'drugs'"),
        ("drugs:\n  - brand: x\n    name: examplinib\n", "2:5", "unknown key 'brand'; did you mean 'brands'"),
        ("drugs:\n  - status: rx\n", "2:5", "needs a 'name'"),
        ("drugs:\n  - name: naltrexone\n", "2:11", "in the knowledge base already"),
        ("drugs:\n  - name: examplinib\n    approved-for: [asthma]\n", "2:5", "needs a 'source'"),
        (
            "drugs:\n  - name: examplinib\n    status: supplement\n    approved-for: [asthma]\n    source: x\n",
            "4:20",
            "such a drug has no approvals",
        ),
        ("drugs:\n  - name: examplinib\n    brands: [Exa, 7]\n", "3:19", "must be a list of texts; found 7"),
        ("drugs:\n  - name: examplinib\n    checked: soon\n", "3:14", "is no date"),
        ("drugs:\n  - name: examplinib\n    guard: {examplinib: odd}\n", "3:25", "unknown guard 'odd'"),
        ("drugs:\n  - name: examplinib\n    guard: {Exa: case}\n", "2:5", "a term that the row does not list"),
        ("drugs:\n  - name: examplinib\n    aliases: [Prozac]\n", "2:5", "'Prozac' names 'prozac' already"),
        ("drugs:\n  - name: examplinib\n    aliases: [about]\n", "2:5", "ordinary English word"),
        ("products:\n  - name: Exa\n    generic: Prozac\n", "3:14", "'generic' must name a drug"),
        ("products:\n  - name: Exa\n", "2:5", "'generic' names no known drug"),
        ("conditions:\n  - name: desk shoulder\n    parents: [pane]\n", "3:15", "did you mean"),
        ("conditions:\n  - name: desk shoulder\n    icd10cm: [M999]\n", "2:5", "is no ICD-10-CM code"),
        ("conditions:\n  - name: a\n    parents: [b2]\n  - name: b2\n    parents: [a]\n", "2:5", "in a circle"),
        ("overrides:\n  - drug: naltrexone\n", "2:5", "needs 'add' or 'remove'"),
        ("overrides:\n  - drug: naltrexone\n    remove: [acne]\n", "3:14", "does not have: 'acne'; it is approved for"),
        (
            "overrides:\n  - drug: naltrexone\n    add: [acne]\n    source: x\n    region: uk\n",
            "5:13",
            "'region' is 'uk'",
        ),
        ("drugs:\n  - name: examplinib\n    checked: 2026-02-31\n", "3:14", "is no date"),
        ("drugs: [\n", "2:1", "not valid YAML"),
        ("drugs: []\ndrugs: []\n", "2:1", "given twice"),
    ],
)
def test_mistake(tmp_path: Path, text: str, place: str, said: str) -> None:
    found = mistakes(tmp_path, text)
    assert any(one.startswith(f"{place}: ") and said in one for one in found), found


def test_an_empty_file_is_fine(tmp_path: Path) -> None:
    assert read(tmp_path, "").is_drug("naltrexone")
    assert read(tmp_path, "# nothing yet\ndrugs:\n").is_drug("naltrexone")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeFileError, match="cannot be read"):
        compile_base([default_directory(), tmp_path / "none.yaml"])


def test_a_later_file_sees_an_earlier_one(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("drugs:\n  - name: examplinib\n", encoding="utf-8")
    two.write_text("overrides:\n  - drug: examplinib\n    add: [asthma]\n    source: x\n", encoding="utf-8")
    base = KnowledgeBase.from_compiled(compile_base([default_directory(), one, two]))
    assert base.covers("examplinib", "asthma")
