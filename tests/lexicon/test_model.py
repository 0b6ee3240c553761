"""Compiled lexicons: what goes in comes out, through JSON too."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from linter.annotate.words import fold_term
from linter.lexicon.model import Layer, Lexicon, Sense
from tests.annotate.toy import book, lexicon_of

CONCEPTS = ("a", "b.c", "null")
TERM = st.text(st.sampled_from("ab é-"), min_size=1, max_size=8).map(fold_term).filter(bool)
SENSE: st.SearchStrategy[Sense] = st.tuples(
    st.sampled_from(CONCEPTS), st.text("xyÄ -'", max_size=4), st.sampled_from(["", "s", "ing"]),
    st.sampled_from(["", "C=A-B", "P", "KD"]),
)  # fmt: skip
TERMS = st.lists(st.tuples(TERM, SENSE), max_size=12)


def layer_of(terms: list[tuple[str, Sense]]) -> Layer:
    layer = Layer()
    for term, sense in terms:
        layer.add(term, sense)
    return layer


class TestLayer:
    def test_knows_what_may_follow_a_first_word(self) -> None:
        layer = layer_of([("a b c", ("a", "", "", "")), ("a b", ("a", "", "", "")), ("a d e f", ("a", "", "", ""))])
        assert layer.following_of("a") == {"b": (3, 2), "d": (4,)}

    def test_takes_an_empty_term_for_none(self) -> None:
        assert layer_of([("", ("a", "", "", ""))]).terms == {}

    def test_holds_a_sense_once(self) -> None:
        assert len(layer_of([("x", ("a", "", "", ""))] * 3).senses_of("x")) == 1

    @given(TERMS)
    def test_comes_back_from_its_data(self, terms: list[tuple[str, Sense]]) -> None:
        layer = layer_of(terms)
        numbers = {concept: i for i, concept in enumerate(CONCEPTS)}
        again = Layer.from_data(json.loads(json.dumps(layer.to_data(numbers))), CONCEPTS)
        assert again.terms.keys() == layer.terms.keys()
        for term in layer.terms:
            entries = [(c, entry or term, form, flags) for c, entry, form, flags in layer.senses_of(term)]
            assert again.senses_of(term) == entries
        assert all(again.following_of(word) == layer.following_of(word) for word in layer.first)


def test_the_data_of_a_lexicon_is_plain_json() -> None:
    data = book().lexicon.to_data()
    assert json.loads(json.dumps(data)) == data


def test_an_empty_lexicon() -> None:
    empty = lexicon_of("{layer: claim, concepts: {}}")
    assert empty.known == frozenset()
    assert Lexicon.from_data(empty.to_data()).known == frozenset()


def test_concepts_next_to_each_other_share_their_layer() -> None:
    lexicon = Lexicon({}, {}, (), {"a": ["x"], "b": ["x"], "c": ["y"], "d": ["x", "y"]})
    assert lexicon.by_layer(("a", "b", "c", "nonsense", "d")) == [
        ("x", ["a", "b"]),
        ("y", ["c"]),
        ("x", ["d"]),
        ("y", ["d"]),
    ]
    assert lexicon.by_layer(("nonsense",)) == []
