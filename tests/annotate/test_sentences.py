"""Sentences: where one ends, and where a stop ends none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.annotate.sentences import LONGEST, is_false_break, split_sentences
from linter.document import Block, BlockKind
from tests.annotate.toy import annotated


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in split_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])]


@pytest.mark.parametrize(
    "parts",
    [
        ["It helps.", "It fails."],
        ["Is it safe?", "Yes!", "So they say."],
        ["It helps [1].", "It fails."],
        ["It works.[1]", "It fails."],
        ["“It works!” she said.", "He left."],
        ['"It works."', "She smiled."],
        ["Take vitamin D.", "It helps bones."],
        ["It has vitamin C.", "Vitamin D is another."],
        ["Chronic hepatitis B.", "Treatment helps."],
        ["It was approved in the U.S.", "It works."],
        ["Stop at 5 mg.", "It helps."],
        ["The dose was 3.5 mg.", "The rest was 1.2 mg."],
        ["It helps some people.", "(The evidence is weak.)", "Then it stops."],
        ["P was below .05.", "The effect held."],
        ["The answer is no.", "It fails."],
        ["• It is a root.", "It helps."],
        ["3) It is a root.", "It helps."],
    ],
    ids=lambda parts: parts[0],
)
def test_a_stop_ends_a_sentence(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Take 5 mg. daily with food.",
        "We saw approx. 40 people.",
        "Smith et al. found a benefit.",
        "Smith et al. 2019 found a benefit.",
        "See Fig. 2 and Table 3.",
        "Dr. Smith saw Mr. Jones.",
        "Herbs, e.g. ginger, i.e. a root, are eaten.",
        "It beat placebo (vs. Aspirin) by far.",
        "The U.S. Food and Drug Administration said so.",
        "No. 5 is best.",
        "It helps... maybe.",
        "Take it at 8 a.m. and 8 p.m. daily.",
        "Published in J. Clin. Psychiatry. 2010.",
        "J Clin Psychiatry. 2010;71(3):1-5.",
        "It rose by 1.5 to 2.5 points.",
        "Reduces pain",
        "A herb (ginger, turmeric, etc.) Hildegard liked.",
    ],
)
def test_a_stop_that_ends_none(text: str) -> None:
    assert sentences(text) == [text]


class TestBlocks:
    def test_no_sentence_crosses_a_block(self) -> None:
        annotations = annotated("- Reduces pain\n- Ends\n  sleepless nights\n\nIt is\nsafe.")
        texts = [annotations.text[s.start : s.end] for s in annotations.sentences]
        assert texts == ["Reduces pain", "Ends sleepless nights", "It is safe."]

    def test_an_empty_block_has_none(self) -> None:
        assert list(split_sentences("", [Block(BlockKind.CELL, 0, 0)])) == []

    def test_words_belong_to_their_sentence(self) -> None:
        annotations = annotated("One two. Three four five.")
        assert [(s.word, s.word_end) for s in annotations.sentences] == [(0, 2), (2, 5)]


@given(st.text(st.sampled_from("aB .?!…\"'()[]1;:–\u2019"), max_size=80))
def test_sentences_are_trimmed_disjoint_and_hold_every_letter(text: str) -> None:
    spans = [(start, end) for start, end, _ in split_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])]
    assert all(start < end for start, end in spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")


class TestLongText:
    def test_without_a_stop_is_cut_at_a_space(self) -> None:
        text = "calm " * 5000
        parts = sentences(text)
        assert max(map(len, parts)) <= LONGEST
        assert " ".join(parts) == text.strip()

    def test_without_a_space_is_cut_all_the_same(self) -> None:
        assert "".join(sentences("x" * 10_000)) == "x" * 10_000

    @pytest.mark.parametrize("unit", ["a ", "A. ", "(A", "vitamin C. ", "…", "... ", "? ", "Fig. "])
    def test_takes_no_more_than_its_share(self, unit: str) -> None:
        text = unit * (100_000 // len(unit))
        start = time.perf_counter()
        sentences(text)
        assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("before", "after", "false"),
    [
        ("It helps.", " It fails.", False),
        ("Take 5 mg.", " daily", True),
        ("Smith et al.", " 2019", True),
        ("Smith et al.", " The study", False),
        ("Is it safe?", " she asked", False),
        ("It ends.", "  ", True),
        ("J Clin Med.", " 2020;9", True),
    ],
)
def test_false_breaks(before: str, after: str, false: bool) -> None:
    assert is_false_break(before, after) is false
