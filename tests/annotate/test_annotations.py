"""Annotations: what is asked first must not change what is answered."""

from __future__ import annotations

import gc
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.document import BlockKind
from tests.annotate.toy import annotated, book, toy_lexicon

WORDS = (
    "aspirin", "fish", "oil", "migraine", "back", "pain", "depression", "cures", "take", "the", "edge", "off", "may",
    "not", "only", "shared", "with", "small", "studies", "perhaps", "but", "x", "MS",
)  # fmt: skip
DRAFTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join).map(lambda s: s.capitalize() + "."),
    min_size=1,
    max_size=6,
).map(lambda parts: " ".join(parts[:3]) + "\n\n- " + "\n- ".join(parts[3:] or ["x"]))
CONCEPTS = sorted(toy_lexicon().known)


class TestLaziness:
    @given(DRAFTS)
    def test_a_layer_is_the_same_whole_or_sentence_by_sentence(self, draft: str) -> None:
        whole, parts = annotated(draft), annotated(draft)
        end = len(whole.text)
        for concept in CONCEPTS:
            listed = list(whole.by_concept.get(concept, ()))
            assert sorted(parts.within(0, end, concept)) == sorted(listed)

    @given(DRAFTS, st.lists(st.sampled_from(CONCEPTS)), st.data())
    def test_earlier_questions_do_not_matter(self, draft: str, earlier: list[str], data: st.DataObject) -> None:
        asked, fresh = annotated(draft), annotated(draft)
        end = len(fresh.text)
        for concept in earlier:
            asked.by_concept.get(concept)
        start = data.draw(st.integers(0, end))
        stop = data.draw(st.integers(start, end))
        for concept in CONCEPTS:
            assert asked.within(start, stop, concept) == fresh.within(start, stop, concept)

    @given(DRAFTS, st.data())
    def test_within_has_and_by_concept_agree(self, draft: str, data: st.DataObject) -> None:
        annotations = annotated(draft)
        end = len(annotations.text)
        start = data.draw(st.integers(0, end))
        stop = data.draw(st.integers(start, end))
        for concept in CONCEPTS:
            listed = [m for m in annotations.by_concept.get(concept, ()) if start <= m.start < stop]
            assert sorted(annotations.within(start, stop, concept)) == sorted(listed)
            assert annotations.has(start, stop, concept) is bool(listed)

    def test_no_term_runs_over_the_end_of_a_sentence(self) -> None:
        annotations = annotated("I like fish. Oil is good.")
        assert not any(m.word_end - m.word > 1 for c in CONCEPTS for m in annotations.by_concept.get(c, ()))

    @pytest.mark.parametrize("draft", ["", "\n\n", "```\ncode\n```\n"])
    def test_a_draft_without_prose_has_nothing(self, draft: str) -> None:
        annotations = annotated(draft)
        assert annotations.sentences == []
        assert not annotations.within(0, 10, "drug")
        assert not annotations.has(0, 10, "hedge")
        assert not annotations.by_concept.get("benefit")
        assert annotations.title == -1


def test_the_number_of_a_note_is_no_part_of_a_word() -> None:
    annotations = annotated("Aspirin<sup>12</sup> may cure.")
    assert annotations.words == ["aspirin", "may", "cure"]
    assert annotated("The 1<sup>st</sup> of May.").words == ["the", "1st", "of", "may"]


def test_the_number_of_a_note_parts_no_sentences() -> None:
    annotations = annotated("Aspirin may cure<sup>1</sup>. It is old.<sup>2</sup> So am I.")
    spans = [annotations.text[s.start : s.end] for s in annotations.sentences]
    assert spans == ["Aspirin may cure1.", "It is old.2", "So am I."]


def test_what_is_released_is_freed_without_the_collector() -> None:
    annotations = annotated("Aspirin may cure migraine.")
    assert annotations.by_concept.get("drug")
    assert annotations.context.modalities(12, 16)
    gone = weakref.ref(annotations)
    gc.disable()
    try:
        annotations.release()
        del annotations
        assert gone() is None
    finally:
        gc.enable()


class TestConcepts:
    def test_a_dotted_concept_counts_for_its_parents(self) -> None:
        annotations = annotated("Depression and migraine.")
        assert [m.start for m in annotations.by_concept.get("condition")] == [0, 15]
        assert [m.start for m in annotations.by_concept.get("condition.mood")] == [0]

    def test_an_unknown_concept_is_never_mentioned(self) -> None:
        annotations = annotated("Aspirin.")
        assert annotations.by_concept.get("nonsense") == ()
        assert not annotations.within(0, 99, "nonsense")

    def test_contains(self) -> None:
        annotations = annotated("Aspirin.")
        assert "drug" in annotations.by_concept
        assert "condition" not in annotations.by_concept

    def test_several_concepts_come_one_by_one_each_in_text_order(self) -> None:
        annotations = annotated("Migraine: aspirin. Back pain: fish oil.")
        assert [m.start for m in annotations.within(0, 99, "drug", "condition")] == [10, 30, 0, 19]

    def test_a_mention_counts_where_it_starts(self) -> None:
        annotations = annotated("Take fish oil now.")
        assert annotations.has(5, 6, "drug")
        assert not annotations.has(6, 18, "drug")
        assert not annotations.has(0, 5, "drug")


class TestSentences:
    def test_the_sentence_of_an_offset(self) -> None:
        annotations = annotated("One. Two.\n\nThree.")
        assert [annotations.sentence_at(i).index for i in (0, 3, 4, 5, 9, 11, 99)] == [0, 0, 0, 1, 1, 2, 2]

    def test_neighbours_stay_in_the_block(self) -> None:
        annotations = annotated("One. Two. Three.\n\nFour.")
        assert [s.index for s in annotations.neighbours(annotations.sentences[1])] == [0, 2]
        assert [s.index for s in annotations.neighbours(annotations.sentences[2])] == [1]
        assert annotations.neighbours(annotations.sentences[3]) == []

    def test_the_sentences_of_a_block(self) -> None:
        annotations = annotated("One. Two.\n\nThree.")
        assert [s.index for s in annotations.block_sentences(0)] == [0, 1]
        assert annotations.block_sentences(9) == ()


class TestStructure:
    DRAFT = "# Aspirin\n\nIntro.\n\n## Uses\n\n- Pain\n\n## Doses\n"

    def test_the_headings_of_a_block_nearest_first(self) -> None:
        annotations = annotated(self.DRAFT)
        item = next(i for i, b in enumerate(annotations.document.blocks) if b.kind is BlockKind.ITEM)
        texts = [annotations.document.block_text(i) for i in annotations.headings(item)]
        assert texts == ["Uses", "Aspirin"]

    def test_the_span_of_a_section(self) -> None:
        annotations = annotated(self.DRAFT)
        item = next(b for b in annotations.document.blocks if b.kind is BlockKind.ITEM)
        start, end = annotations.section_span(item.section)
        assert annotations.text[start:end].split() == ["Uses", "Pain"]

    def test_the_title(self) -> None:
        annotations = annotated("Intro.\n\n# Aspirin\n")
        assert annotations.document.block_text(annotations.title) == "Aspirin"

    def test_words_between(self) -> None:
        annotations = annotated("Aspirin cures a bad migraine.")
        drug, condition = annotations.within(0, 99, "drug", "condition")
        assert annotations.words_between(drug, condition) == 3
        assert annotations.words_between(condition, drug) == 3


def test_the_grammar_of_a_word() -> None:
    annotations = annotated("It helps to sleep.", book().lexicon)
    assert annotations.grammar_at(2, "grammar.to") or annotations.grammar_at(2) == "grammar.help"
    assert annotations.grammar_at(3) == ""


def test_the_grammar_of_the_word_behind_a_mention() -> None:
    annotations = annotated("Aspirin and mint help.", book().lexicon)
    (drug,) = annotations.within(0, 7, "drug")
    assert "grammar.and" in annotations.grammar_of(1)
    assert annotations.grammar_at_next(drug, "grammar.be", "grammar.and")
    assert not annotations.grammar_at_next(drug, "grammar.be")
