"""Mentions: which terms are found, and which of two that overlap."""

from __future__ import annotations

import time

import pytest

from linter.annotate.mentions import fits_case
from tests.annotate.toy import annotated, lexicon_of


def found(draft: str, *concepts: str) -> list[tuple[str, str]]:
    """(concept, text) of each mention."""
    annotations = annotated(draft)
    mentions = annotations.within(0, len(annotations.text), *concepts)
    return [(m.concept, annotations.text[m.start : m.end]) for m in mentions]


class TestForms:
    @pytest.mark.parametrize(
        ("draft", "form"),
        [
            ("It will cure you.", "base"),
            ("It cures you.", "s"),
            ("It is curing you.", "ing"),
            ("It took the edge off.", "ed"),
            ("It has taken the edge off.", "en"),
            ("TAKES THE EDGE OFF", "s"),
            ("takes-the-edge-off", "s"),
        ],
    )
    def test_a_verb_in_every_inflection(self, draft: str, form: str) -> None:
        annotations = annotated(draft)
        (mention,) = annotations.within(0, len(annotations.text), "benefit.treat")
        assert mention.form == form

    def test_a_regular_past_is_past_and_participle(self) -> None:
        annotations = annotated("It cured him.")
        assert [m.form for m in annotations.within(0, 99, "benefit.treat")] == ["ed", "en"]

    def test_a_noun_and_its_plural(self) -> None:
        annotations = annotated("One migraine, two migraines.")
        assert [m.form for m in annotations.within(0, 99, "condition")] == ["", "plural"]

    @pytest.mark.parametrize("word", ["tumor", "tumour", "tumors", "tumours", "hemorrhoid", "haemorrhoids"])
    def test_both_spellings(self, word: str) -> None:
        assert found(f"It is a {word}.", "condition") == [("condition", word)]

    def test_the_entry_is_the_listed_term(self) -> None:
        annotations = annotated("Two tumours grew.")
        assert [m.entry for m in annotations.within(0, 99, "condition")] == ["tumor"]


class TestCase:
    def test_is_ignored(self) -> None:
        assert found("ASPIRIN and Fish Oil", "drug") == [("drug", "ASPIRIN"), ("drug", "Fish Oil")]

    def test_counts_for_exact_terms(self) -> None:
        assert found("MS is not ms, nor Ms.", "brand") == [("brand", "MS")]

    def test_exact_terms_may_be_plural_or_lose_their_hyphen(self) -> None:
        assert found("Best Of wins.", "brand") == [("brand", "Best Of")]

    @pytest.mark.parametrize(
        ("flags", "surface", "before", "fits"),
        [
            ("C=MS", "MS", "", True),
            ("C=MS", "ms", "", False),
            ("C=T-3", "T 3", "", True),
            ("P", "Cipro", "", True),
            ("P", "cipro", "", False),
            ("P", "5-htp", "", True),
            ("P", "cipro", "X", True),
            ("K", "anything", "", True),
        ],
    )
    def test_flags(self, flags: str, surface: str, before: str, fits: bool) -> None:
        assert fits_case(flags, surface, before + surface, len(before)) is fits


class TestOverlap:
    def test_the_longest_term_wins(self) -> None:
        lexicon = lexicon_of("{layer: entity, concepts: {a: {phrases: [b, b c]}, d: {phrases: [b c d, c]}}}")
        annotations = annotated("x b c d y b c z b", lexicon)
        assert [(m.concept, m.word, m.word_end) for m in annotations.within(0, 99, "a", "d")] == [
            ("a", 5, 7),
            ("a", 8, 9),
            ("d", 1, 4),
        ]

    def test_a_shorter_term_is_tried_where_the_longer_does_not_fit(self) -> None:
        lexicon = lexicon_of("{layer: entity, concepts: {a: {phrases: [b, b c d e]}}}")
        annotations = annotated("b c d f", lexicon)
        assert [(m.word, m.word_end) for m in annotations.within(0, 99, "a")] == [(0, 1)]

    def test_layers_do_not_see_each_other(self) -> None:
        assert found("It is shared with migraine.", "shared") == [("shared", "shared"), ("shared", "shared with")]

    def test_a_null_phrase_hides_what_it_holds(self) -> None:
        lexicon = lexicon_of('{layer: claim, concepts: {cure: {phrases: [cured]}, "null": {phrases: [cured meat]}}}')
        annotations = annotated("Cured meat cured him.", lexicon)
        assert [m.start for m in annotations.within(0, 99, "cure")] == [11]

    def test_null_is_no_concept_to_ask_for(self) -> None:
        assert "null" not in lexicon_of('{layer: claim, concepts: {"null": {phrases: [cured meat]}}}').known

    def test_terms_do_not_cross_blocks(self) -> None:
        assert found("- fish\n- oil\n", "drug") == []

    def test_a_term_may_run_over_a_line(self) -> None:
        assert found("Take fish\noil daily.", "drug") == [("drug", "fish oil")]


class TestSenses:
    def test_a_term_of_two_concepts_gives_two_mentions(self) -> None:
        lexicon = lexicon_of("{layer: claim, concepts: {a: {phrases: [b]}, c: {phrases: [b]}}}")
        assert [m.concept for m in annotated("b", lexicon).within(0, 9, "a", "c")] == ["a", "c"]

    def test_a_mask_hides_the_names_of_medicines_and_nothing_else(self) -> None:
        from linter.lexicon.load import LexiconBuilder
        from linter.lexicon.model import MASK
        from linter.yamlfile import YamlFile

        builder = LexiconBuilder()
        text = "{layer: entity, concepts: {drug: {nouns: [testosterone]}, target: {nouns: [testosterone]}}}"
        builder.read(YamlFile("toy.yaml", text))
        builder.add_folded("entity", "raises testosterone", MASK, "")
        annotations = annotated("It raises testosterone. Testosterone works.", builder.build())
        assert [m.start for m in annotations.within(0, 99, "drug")] == [24]
        assert [m.start for m in annotations.within(0, 99, "target")] == [10, 24]


def test_an_address_holds_no_mention() -> None:
    assert found("See https://a.org/aspirin-cures-migraine now.", "drug", "benefit", "condition") == []


def test_code_holds_no_mention() -> None:
    assert found("Run `aspirin` and\n\n    migraine\n", "drug", "condition") == []


def test_a_text_of_near_misses_takes_no_more_than_its_share() -> None:
    draft = "take the edge take the edge of " * 10_000
    start = time.perf_counter()
    assert not found(draft, "benefit")
    assert time.perf_counter() - start < 5
