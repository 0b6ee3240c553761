"""The forms of a term, and what each asks for."""

from __future__ import annotations

import pytest

from linter.knowledge.load import load_knowledge
from linter.knowledge.terms import NULL, SUPPLEMENT, Term, iter_terms, plural, variants

DATA = load_knowledge()
TERMS = list(iter_terms(DATA))
BY_KEY: dict[str, list[Term]] = {}
for _term in TERMS:
    BY_KEY.setdefault(_term.key, []).append(_term)


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("anemia", "anaemia"),
        ("hypoglycemia", "hypoglycaemia"),
        ("hemorrhoids", "haemorrhoids"),
        ("edema", "oedema"),
        ("angioedema", "angio-oedema"),
        ("esophagitis", "oesophagitis"),
        ("gastroesophageal reflux disease", "gastro-oesophageal reflux disease"),
        ("diarrhea", "diarrhoea"),
        ("sleep apnea", "sleep apnoea"),
        ("anesthesia", "anaesthesia"),
        ("gynecomastia", "gynaecomastia"),
        ("pediatric", "paediatric"),
        ("tumor", "tumour"),
        ("behavior", "behaviour"),
        ("labor induction", "labour induction"),
        ("depersonalization", "depersonalisation"),
        ("ischemic stroke", "ischaemic stroke"),
        ("small fiber neuropathy", "small fibre neuropathy"),
        ("estradiol", "oestradiol"),
        ("sulfasalazine", "sulphasalazine"),
        ("dysmenorrhea", "dysmenorrhoea"),
    ],
)
def test_british_spelling(american: str, british: str) -> None:
    assert british in variants(american)


@pytest.mark.parametrize("text", ["academia", "epidemic", "systemic", "size", "seizure", "prized", "hemp", "elaborate"])
def test_words_that_only_look_american_stay(text: str) -> None:
    assert variants(text, plurals=False) == {text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("migraine", "migraines"), ("allergy", "allergies"), ("itch", "itches"), ("hives", None), ("B12", None)],
)
def test_plural(text: str, expected: str | None) -> None:
    assert plural(text) == expected


def test_each_folded_form_belongs_to_one_entry_unless_case_tells() -> None:
    for key, terms in BY_KEY.items():
        entries = {term.entry for term in terms}
        assert len(entries) == 1 or all(term.case for term in terms), key


def one(key: str) -> Term:
    (term,) = BY_KEY[key]
    return term


def test_flags() -> None:
    assert one("ozempic").proper
    assert one("ozempic").flags == "P"
    assert one("ldn").case
    assert one("ldn").flags == "C=LDN"
    assert one("soma").guard == ("needs-drug",)
    assert one("oud").case
    assert one("zinc").guard == ("needs-dose",)
    assert one("zinc").flags == "Q"
    assert one("add").flags == "CK=ADD"


def test_a_product_owns_its_name() -> None:
    assert one("ozempic").entry == "ozempic"
    assert one("low dose naltrexone").entry == "low-dose-naltrexone"
    assert one("naltrexone").entry == "naltrexone"


def test_supplements_are_a_concept_of_their_own() -> None:
    assert one("ashwagandha").concept == SUPPLEMENT
    assert one("psilocybin").concept == "drug"


def test_a_null_phrase_yields_to_a_row_that_lists_it() -> None:
    assert one("respiratory depression").concept == NULL
    assert one("hay fever").entry == "allergic-rhinitis"
    assert one("pulmonary hypertension").entry == "pulmonary-hypertension"


def test_a_null_phrase_beats_a_made_plural() -> None:
    assert one("dmts").concept == NULL


def test_variants_keep_what_their_term_asks_for() -> None:
    term = one("diarrhoea")
    assert term.guard == one("diarrhea").guard
