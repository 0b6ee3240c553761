"""Lexicon files: what loads, and how mistakes are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.errors import DataFileError, Problem
from linter.lexicon.load import LexiconBuilder, load_lexicons
from linter.lexicon.model import Cue
from linter.yamlfile import YamlFile
from tests.annotate.toy import lexicon_of

if TYPE_CHECKING:
    from pathlib import Path


def mistakes(text: str) -> list[Problem]:
    with pytest.raises(DataFileError) as caught:
        lexicon_of(text)
    return list(caught.value.problems)


def terms(text: str, layer: str = "claim") -> set[str]:
    return set(lexicon_of(text).layers[layer].terms)


class TestTerms:
    def test_verbs_nouns_phrases_exact(self) -> None:
        assert terms("{layer: claim, concepts: {a: {verbs: [heal it], nouns: [cure]}}}") == {
            "heal it", "heals it", "healed it", "healing it", "cure", "cures",
        }  # fmt: skip
        assert terms("{layer: claim, concepts: {a: {phrases: [B-12 doesn't], exact: [DID]}}}") == {
            "b 12 doesn t",
            "did",
        }

    def test_a_british_spelling_is_added(self) -> None:
        assert terms("{layer: claim, concepts: {a: {phrases: [anti-tumor]}}}") == {"anti tumor", "anti tumour"}

    def test_words_that_yaml_takes_for_something_else(self) -> None:
        listed = "[no, on, off, yes, true, False, 16:8, 007, 5, 2.5]"
        assert terms(f"{{layer: claim, concepts: {{a: {{phrases: {listed}}}}}}}") == {
            "no", "on", "off", "yes", "true", "false", "16 8", "007", "5", "2 5",
        }  # fmt: skip

    def test_a_term_may_run_over_a_line(self) -> None:
        assert terms("layer: claim\nconcepts:\n  a:\n    phrases: [one\n      two]\n") == {"one two"}

    def test_an_empty_list_is_none(self) -> None:
        assert terms("{layer: claim, concepts: {a: {verbs: []}}}") == set()


class TestConcepts:
    def test_a_dotted_one_makes_its_parents_known(self) -> None:
        assert lexicon_of("{layer: claim, concepts: {a.b.c: {phrases: [x]}}}").known == {"a", "a.b", "a.b.c"}

    def test_one_may_live_in_two_layers(self) -> None:
        builder = LexiconBuilder()
        for layer in ("claim", "cue"):
            builder.read(YamlFile("x", f"{{layer: {layer}, concepts: {{a: {{phrases: [x]}}}}}}"))
        assert builder.build().homes["a"] == ["claim", "cue"]

    def test_a_cue_has_a_reach(self) -> None:
        lexicon = lexicon_of(
            "{layer: cue, concepts: {a: {phrases: [x]}, b: {direction: both, scope: block, cap: 3, phrases: [y]}}}"
        )
        assert lexicon.cues == {"a": Cue("forward", "clause", 0), "b": Cue("both", "block", 3)}


class TestMistakes:
    TEXT = """\
layer: cue
concepts:
  Hedge:
    phrases: [may]
  hedge:
    phrase: [may]
    direction: forwards
    scope: page
    cap: many
    nouns: [a, "-", , {b: c}, "a§b"]
"""

    def test_are_told_in_one_go_each_with_its_place(self) -> None:
        problems = mistakes(self.TEXT.replace(", ,", ", ~,"))
        assert [(p.line, p.column) for p in problems] == [
            (3, 3), (6, 5), (7, 16), (8, 12), (9, 10), (10, 16), (10, 21), (10, 24), (10, 32),
        ]  # fmt: skip
        assert "did you mean 'phrases'?" in problems[1].message
        assert "did you mean 'forward'?" in problems[2].message

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "a mapping with `layer` and `concepts`"),
            ("- a", "a mapping with `layer` and `concepts`"),
            ("{layer: clam, concepts: {}}", "unknown layer 'clam'; did you mean 'claim'?"),
            ("{layer: [claim], concepts: {}}", "unknown layer ['claim']"),
            ("{concepts: {}}", "unknown layer None"),
            ("{layer: claim}", "`concepts` must map names to term lists"),
            ("{layer: claim, concepts: [a]}", "`concepts` must map names to term lists"),
            ("{layer: claim, concepts: {}, more: 1}", "unknown key 'more'"),
            ("{layer: claim, concepts: {a: [x]}}", "a concept holds term lists"),
            ("{layer: claim, concepts: {a: }}", "a concept holds term lists"),
            ("{layer: claim, concepts: {a: {nouns: x}}}", "'nouns' must be a list of terms"),
            ("{layer: claim, concepts: {a: {nouns: }}}", "'nouns' must be a list of terms"),
            ("{layer: claim, concepts: {a: {nouns: [~]}}}", "found nothing; a term is text"),
            ("{layer: claim, concepts: {a: {nouns: ['?']}}}", "the term '?' holds no word"),
            ("{layer: claim, concepts: {a: {nouns: ['a ¦ b']}}}", "which no term may"),
            ("{layer: claim, concepts: {a: {nouns: [x], cap: 5}}}", "'claim' holds no cues"),
            ("{layer: cue, concepts: {a: {nouns: [x], cap: true}}}", "a cap is a number of words"),
            ("{layer: cue, concepts: {a: {nouns: [x], cap: -1}}}", "a cap is a number of words"),
            ("{layer: claim, concepts: {a: {nouns: [x]}, a: {nouns: [y]}}}", "'a' is given twice"),
        ],
    )
    def test_one(self, text: str, message: str) -> None:
        (problem,) = mistakes(text)
        assert message in problem.message
        assert problem.line

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("irregular: [take]", "must map verbs to their forms"),
            ("irregular: {take: took}", "the forms of 'take' must be a mapping"),
            ("irregular: {take: {past: took}}", "'past' is no verb form; allowed: ed, en, ing, s"),
            ("irregular: {take: {ed: [took]}}", "a verb form is text"),
            ("irregular: {}\nlayer: claim", "unknown key 'layer'"),
        ],
    )
    def test_of_irregular_verbs(self, text: str, message: str) -> None:
        with pytest.raises(DataFileError, match=message):
            LexiconBuilder().read_irregular(YamlFile("irregular.yaml", text))

    def test_of_all_files_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text("layer: clam\nconcepts: {}\n")
        (tmp_path / "b.yaml").write_text("a: *b")
        (tmp_path / "c.yaml").write_bytes(b"a: \xff")
        with pytest.raises(DataFileError) as caught:
            load_lexicons(tmp_path.iterdir())
        assert [(p.path[-6:], p.line) for p in caught.value.problems] == [("a.yaml", 1), ("b.yaml", 1), ("c.yaml", 1)]


def test_irregular_verbs_are_read_first(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("{layer: claim, concepts: {a: {verbs: [take]}}}")
    (tmp_path / "z.yaml").write_text("irregular: {take: {ed: took, en: taken}}")
    terms = load_lexicons(tmp_path.iterdir()).build().layers["claim"].terms
    assert set(terms) == {"take", "takes", "took", "taken", "taking"}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a b", "-", "both", "page", "é"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["verbs", "x"]), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=200)
@given(
    st.sampled_from(["cue", "claim"]),
    st.dictionaries(st.sampled_from(["verbs", "nouns", "exact", "direction", "scope", "cap", "x"]), VALUES),
)
def test_whatever_stands_in_a_concept_it_loads_or_is_told(layer: str, body: dict[str, object]) -> None:
    try:
        lexicon_of(yaml.safe_dump({"layer": layer, "concepts": {"a": body}}, allow_unicode=True))
    except DataFileError as error:
        assert all(problem.line for problem in error.problems)
