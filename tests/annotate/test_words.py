"""Words: folding, splitting, and what is no prose."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.annotate.words import fold, fold_term, mask_addresses, split_words

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("Aspirin", "aspirin"),
            ("anti-inflammatory", "anti inflammatory"),
            ("doesn't", "doesn t"),
            ("doesn’t", "doesn t"),
            ("and/or_both", "and or both"),
            ("one\ttwo\nthree", "one two three"),
            ("Ménière", "ménière"),
            ("no\u00a0break", "no break"),
            ("5 µg", "5 µg"),
            ("migraine¹²", "migraine  "),
            ("", ""),
        ],
    )
    def test_keeps_letters_and_digits_only(self, text: str, folded: str) -> None:
        assert fold(text) == folded

    def test_a_capital_that_grows_when_lowered_stays(self) -> None:
        assert fold("İzmir Spa") == "İzmir spa"

    @given(ANY_TEXT)
    def test_keeps_the_length(self, text: str) -> None:
        assert len(fold(text)) == len(text)

    @given(ANY_TEXT)
    def test_is_idempotent(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    @given(ANY_TEXT)
    def test_has_no_white_space_but_spaces(self, text: str) -> None:
        assert not any(c.isspace() and c != " " for c in fold(text))

    @given(st.text(st.characters(max_codepoint=127)), st.text(st.characters(min_codepoint=128, max_codepoint=0x24F)))
    def test_ascii_is_folded_alike_whatever_stands_beside_it(self, ascii_text: str, other: str) -> None:
        assert fold(ascii_text + " " + other)[: len(ascii_text)] == fold(ascii_text)


def test_a_term_has_single_spaces() -> None:
    assert fold_term("  Anti-\n Inflammatory (oral) ") == "anti inflammatory oral"


class TestSplitWords:
    def test_gives_words_and_offsets(self) -> None:
        assert split_words("one  two three ") == (["one", "two", "three"], [0, 5, 9])

    def test_nothing_has_no_words(self) -> None:
        assert split_words("") == ([], [])
        assert split_words("   ") == ([], [])

    @given(ANY_TEXT)
    def test_each_word_stands_where_its_offset_says(self, text: str) -> None:
        folded = fold(text)
        words, starts = split_words(folded)
        assert words == folded.split()
        assert all(folded.startswith(word, start) for word, start in zip(words, starts, strict=True))
        assert starts == sorted(set(starts))


class TestAddresses:
    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("see https://a.org/cures-all now", "see now"),
            ("see http://a.org/x?y=cure#z now", "see now"),
            ("see HTTPS://A.ORG/CURE now", "see now"),
            ("see www.cures.com now", "see now"),
            ("see WWW.CURES.COM now", "see now"),
            ("doi.org/10.1000/cure.1 holds", "holds"),
            ("the DOI 10.1000/cure-all holds", "the doi holds"),
            ("mail cures@all.com now", "mail now"),
            ("<https://a.org/cure> now", "now"),
            ("10.5 mg at 10.30", "10 5 mg at 10 30"),
            ("ping @cure now", "ping cure now"),
        ],
    )
    def test_the_words_of_an_address_are_no_prose(self, text: str, left: str) -> None:
        assert " ".join(mask_addresses(text, fold(text)).split()) == left

    @given(st.text("htps:/w.@10aé \n", max_size=80))
    def test_keeps_the_length(self, text: str) -> None:
        assert len(mask_addresses(text, fold(text))) == len(text)

    @pytest.mark.parametrize("unit", ["a", "a.", "10.", "a@", "www.", "+", "http://"])
    def test_takes_no_more_than_its_share(self, unit: str) -> None:
        text = unit * (200_000 // len(unit)) + " @ 10. www. ://"
        start = time.perf_counter()
        mask_addresses(text, fold(text))
        assert time.perf_counter() - start < 2
