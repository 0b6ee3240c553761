"""The pattern language: every construct, its mistakes, and the time it takes."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine.pattern import PatternError, compile_pattern, word_range, word_span
from tests.annotate.toy import annotated, toy_lexicon

KNOWN = toy_lexicon().known


def matches(pattern: str, draft: str) -> list[str]:
    """The texts that a pattern matches in the sentences of a draft."""
    compiled = compile_pattern(pattern, KNOWN)
    annotations = annotated(draft)
    found = []
    for sentence in annotations.sentences:
        for hit in compiled.find(annotations, sentence.word, sentence.word_end):
            start, end = word_span(annotations, hit.word, hit.word_end)
            found.append(annotations.text[start:end])
    return found


def captures(pattern: str, draft: str) -> dict[str, str]:
    annotations = annotated(draft)
    (hit,) = compile_pattern(pattern, KNOWN).find(annotations, 0, len(annotations.words))
    return {name: " ".join(annotations.words[a:b]) for name, a, b, _ in hit.captures}


class TestParts:
    @pytest.mark.parametrize(
        ("pattern", "draft", "found"),
        [
            ("@drug", "Take aspirin or fish oil.", ["aspirin", "fish oil"]),
            ("@drug|condition", "Aspirin, migraine.", ["Aspirin", "migraine"]),
            ("@condition", "A depression.", ["depression"]),
            ("@condition.mood", "A migraine.", []),
            ("@drug heals", "Aspirin heals. Aspirin never heals.", ["Aspirin heals"]),
            ("@drug heals|cures", "Aspirin cures. Aspirin heals. Aspirin kills.", ["Aspirin cures", "Aspirin heals"]),
            ("@drug HEALS", "aspirin heals", ["aspirin heals"]),
            ('@drug "takes away"', "Aspirin takes away pain.", ["Aspirin takes away"]),
            ('@drug "takes away|cures"', "Aspirin cures.", ["Aspirin cures"]),
            ("@drug doesn't", "Aspirin doesn’t.", ["Aspirin doesn’t"]),
            ("@drug anti-pain", "Aspirin, anti pain.", ["Aspirin, anti pain"]),
            ("@drug ..2 heals", "Aspirin never ever heals.", ["Aspirin never ever heals"]),
            ("@drug ..1 heals", "Aspirin never ever heals.", []),
            ("@drug ..0 heals", "Aspirin heals.", ["Aspirin heals"]),
            ("@drug ... heals", "Aspirin a b c d e f heals.", ["Aspirin a b c d e f heals"]),
            ("@drug ... heals", "Aspirin a b c d e f g heals.", []),
            ("@drug never? heals", "Aspirin heals. Aspirin never heals.", ["Aspirin heals", "Aspirin never heals"]),
            ("@drug @hedge? @benefit", "Aspirin may heal. Aspirin heals.", ["Aspirin may heal", "Aspirin heals"]),
            ("@drug ..1 never? ..1 heals", "Aspirin a b heals.", ["Aspirin a b heals"]),
            ("@drug never?", "Aspirin. Aspirin never.", ["Aspirin", "Aspirin never"]),
        ],
    )
    def test_matches(self, pattern: str, draft: str, found: list[str]) -> None:
        assert matches(pattern, draft) == found


class TestBackwards:
    @pytest.mark.parametrize(
        ("pattern", "draft", "found"),
        [
            ("take @drug", "Take aspirin.", ["Take aspirin"]),
            ("take ..2 @drug", "Take some old aspirin.", ["Take some old aspirin"]),
            ("take ..1 @drug", "Take some old aspirin.", []),
            ("never? take @drug", "Never take aspirin.", ["Never take aspirin"]),
            ("never ..3 take? @drug", "Never ever take aspirin.", ["Never ever take aspirin"]),
            ("@hedge? @drug heals", "It may aspirin heals.", ["may aspirin heals"]),
            (
                '"one two three four five six seven eight nine ten" @drug',
                "One two three four five six seven eight nine ten aspirin.",
                ["One two three four five six seven eight nine ten aspirin"],
            ),
            ("a b? c? @drug", "a @ a b aspirin", ["a b aspirin"]),
        ],
    )
    def test_what_stands_before_the_first_concept(self, pattern: str, draft: str, found: list[str]) -> None:
        assert matches(pattern, draft) == found

    def test_tries_the_nearest_first_and_goes_on_to_others(self) -> None:
        assert matches("take ..9 now ..9 @drug", "Take it now or now some aspirin.") == [
            "Take it now or now some aspirin"
        ]
        assert matches("now ..9 @drug", "Take it now or now some aspirin.") == ["now some aspirin"]


class TestHits:
    def test_one_for_each_anchor(self) -> None:
        assert matches("@drug ..9 heals", "Aspirin and ibuprofen heals.") == [
            "Aspirin and ibuprofen heals",
            "ibuprofen heals",
        ]

    def test_the_shortest_match(self) -> None:
        assert matches("@drug ..9 heals", "Aspirin heals and heals.") == ["Aspirin heals"]

    def test_stays_within_the_words_given(self) -> None:
        assert matches("@drug ..5 heals", "Aspirin. It heals.") == []
        assert matches("heals ..5 @drug", "It heals. Aspirin.") == []

    def test_captures(self) -> None:
        found = captures(
            "who=we ..2 what=@drug ..2 how=@benefit ..3 from=@condition?", "We took aspirin to heal a migraine."
        )
        assert found == {"who": "we", "what": "aspirin", "how": "heal", "from": "migraine"}

    def test_an_optional_part_that_is_missing_captures_nothing(self) -> None:
        assert captures("what=@drug from=@condition?", "aspirin heals") == {"what": "aspirin"}

    def test_a_concept_captures_its_entry(self) -> None:
        annotations = annotated("Migraines.")
        (hit,) = compile_pattern("what=@condition").find(annotations, 0, 1)
        assert hit.captures == (("what", 0, 1, "migraine"),)

    def test_concepts_that_a_pattern_names(self) -> None:
        assert compile_pattern("@a|b ..3 word @c?").concepts == {"a", "b", "c"}


class TestMistakes:
    @pytest.mark.parametrize(
        ("pattern", "offset", "message"),
        [
            ("", 0, "at least one @concept"),
            ("heals", 0, "at least one @concept"),
            ("@drug? heals", 0, "at least one @concept that is not optional"),
            ("@drgu heals", 0, "unknown concept @drgu; did you mean 'drug'?"),
            ("heals @drug|condtion", 6, "unknown concept @condtion; did you mean 'condition'?"),
            ("@drug ..x heals", 6, "cannot read '..x'"),
            ("@drug .. heals", 6, "cannot read '..'"),
            ("@drug ..123 heals", 6, "from 0 to 99"),
            ("@drug ..3heals", 6, "from 0 to 99"),
            ('@drug "heals all', 6, "ends with a quotation mark"),
            ('@drug "heals"|cures', 6, "cannot read"),
            ("heals|@drug", 0, "with spaces between them"),
            ("Name=@drug", 0, "cannot read 'Name=@drug'"),
            ("a = @drug", 2, "cannot read '='"),
            ("@ heals", 0, "cannot read '@'"),
            ("@drug @|", 6, "names no concept"),
            ("@drug ---", 6, "holds no word"),
            ("@drug ..3", 6, "between two parts"),
            ("..3 @drug", 0, "between two parts"),
            ("@drug ..3 ..4 heals", 10, "between two parts"),
            ("x=@drug x=heals", 8, "two parts are named 'x'"),
            ("@drug heals??", 6, "cannot read"),
        ],
    )
    def test_are_told_with_their_place(self, pattern: str, offset: int, message: str) -> None:
        with pytest.raises(PatternError, match=re.escape(message)) as caught:
            compile_pattern(pattern, KNOWN)
        assert caught.value.offset == offset

    @given(st.text(st.sampled_from('@ab|. 0129?="-_ç\n'), max_size=20))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        try:
            pattern = compile_pattern(text, frozenset("ab"))
        except PatternError as error:
            assert 0 <= error.offset <= len(text)
        else:
            assert pattern.items[pattern.anchor].concepts


class TestTime:
    @pytest.mark.parametrize(
        ("pattern", "unit"),
        [
            ("@drug ..9 a ..9 a ..9 a ..9 a ..9 a ..9 a ..9 a ..9 b", "aspirin a a a a a a a "),
            ("b ..9 a ..9 a ..9 a ..9 a ..9 a ..9 a ..9 a ..9 @drug", "a a a a a a a aspirin "),
            ("@drug a? a? a? a? a? a? a? a? a? a? a? a? a? a? b", "aspirin a a a a a a a "),
            ("@drug ..99 @drug ..99 @drug ..99 b", "aspirin "),
        ],
    )
    def test_near_misses_take_no_more_than_their_share(self, pattern: str, unit: str) -> None:
        annotations = annotated(unit * 100)
        start = time.perf_counter()
        assert not list(compile_pattern(pattern, KNOWN).find(annotations, 0, len(annotations.words)))
        assert time.perf_counter() - start < 5


def test_word_spans_and_ranges_are_inverse() -> None:
    annotations = annotated("One two-three four.")
    start, end = word_span(annotations, 1, 3)
    assert annotations.text[start:end] == "two-three"
    assert word_range(annotations, start, end) == (1, 3)
