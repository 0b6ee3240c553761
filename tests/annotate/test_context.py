"""Context: which cue reaches which word. The toy cues stand in ``toy.py``."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.annotate.toy import annotated, book


def modalities(draft: str, word: str) -> set[str]:
    annotations = annotated(draft)
    start = annotations.text.index(word)
    return annotations.context.modalities(start, start + len(word))


def shipped(draft: str, word: str) -> set[str]:
    annotations = annotated(draft, book().lexicon)
    start = annotations.text.index(word)
    return annotations.context.modalities(start, start + len(word))


def inherited(draft: str, word: str) -> set[str]:
    annotations = annotated(draft, book().lexicon)
    return annotations.context.inherited(annotations.sentence_at(annotations.text.index(word)).block)


class TestDirection:
    def test_a_forward_cue_reaches_what_follows(self) -> None:
        assert modalities("Aspirin may heal.", "heal") == {"hedge"}
        assert modalities("Aspirin heals. It may hurt.", "heals") == set()
        assert modalities("Aspirin heals and may hurt.", "heals") == set()

    def test_a_backward_cue_reaches_what_precedes(self) -> None:
        assert modalities("It heals, perhaps.", "heals") == {"hedge.after"}
        assert modalities("Perhaps it heals.", "heals") == set()

    def test_a_cue_of_both_directions(self) -> None:
        assert modalities("Small studies: it heals.", "heals") == {"limit"}
        assert modalities("It heals in small studies.", "heals") == {"limit"}

    def test_a_cue_holds_the_word_that_it_contains(self) -> None:
        assert modalities("It does not cure you.", "cure") == {"negation"}

    def test_two_cues_add_up(self) -> None:
        assert modalities("It may not heal in small studies.", "heal") == {"hedge", "negation", "limit"}


class TestClauses:
    @pytest.mark.parametrize(
        "draft",
        [
            "It may hurt but heals.",
            "It may hurt although it heals.",
            "It may hurt; it heals.",
            "It may hurt, it heals.",
            "It may hurt, yet heals.",
            "It may hurt, while it heals.",
            "It may hurt — it heals.",
            "It may hurt—it heals.",
            "It may hurt – it heals.",
            "It may hurt - it heals.",
            "It may hurt -- it heals.",
            "It may hurt: it heals.",
        ],
    )
    def test_a_cue_ends_at_the_end_of_its_clause(self, draft: str) -> None:
        assert "hedge" not in modalities(draft, "heals")

    @pytest.mark.parametrize(
        "draft",
        [
            "It may cure and heal.",
            "It may cure migraine, calm nerves, or heal.",
            "It may, over 2–4 weeks, heal.",
            "It may at a 1:1 ratio heal.",
            "It may by 10:30 heal.",
            "It may follow a dose–response curve and heal.",
            "It may, in well-known ways, heal.",
        ],
    )
    def test_a_cue_goes_on_within_its_clause(self, draft: str) -> None:
        assert "hedge" in modalities(draft, "heal")

    def test_a_cue_with_the_scope_of_a_sentence_crosses_clauses(self) -> None:
        assert modalities("According to the maker it hurts, but it heals.", "heals") == {"attribution"}
        assert modalities("According to the maker it hurts. It heals.", "heals") == set()

    def test_a_participle_behind_while_goes_on_with_the_clause(self) -> None:
        assert modalities("It may hurt while healing.", "healing") == {"hedge"}
        assert modalities("It may hurt, while healing.", "healing") == {"hedge"}

    def test_the_span_of_a_clause(self) -> None:
        annotations = annotated("It hurts, but it heals; he slept.")
        sentence = annotations.sentences[0]
        start = annotations.text.index("heals")
        left, right = annotations.context.clause(sentence, start, start + 5)
        assert annotations.text[left:right].strip(" ,") == "but it heals"


class TestCaps:
    def test_a_capped_cue_ends_after_so_many_words(self) -> None:
        assert modalities("It did not in five days heal.", "heal") == {"negation"}
        assert modalities("It did not in one two three four five days heal.", "heal") == set()

    def test_backwards_too(self) -> None:
        assert modalities("It heals old dogs perhaps.", "heals") == {"hedge.after"}
        assert modalities("It heals one two three four five perhaps.", "heals") == set()


class TestPseudoCues:
    def test_a_longer_phrase_takes_the_place_of_the_cue_that_it_holds(self) -> None:
        assert modalities("It not only heals.", "heals") == set()
        assert modalities("It not just heals.", "heals") == set()

    @pytest.mark.parametrize(
        "draft",
        ["It not only reduces anxiety.", "No doubt it reduces anxiety.", "No wonder it reduces anxiety."],
    )
    def test_shipped_ones(self, draft: str) -> None:
        assert shipped(draft, "reduces") == set()


class TestBrackets:
    def test_a_cue_in_brackets_ends_with_them(self) -> None:
        assert modalities("Aspirin (not the syrup) heals.", "heals") == set()

    def test_one_that_fills_them_is_meant_for_what_follows(self) -> None:
        assert shipped("Aspirin (possibly) heals.", "heals") == {"hedge"}


class TestRepeats:
    def test_a_cue_does_not_reach_a_span_that_begins_with_it(self) -> None:
        assert shipped("It has no withdrawal and no side effects.", "no side effects") == set()
        assert shipped("It never has no side effects.", "no side effects") == {"negation"}


class TestOtherSentences:
    def test_neighbours(self) -> None:
        assert modalities("Small studies. It heals.", "heals") == {"limit"}
        assert modalities("It heals. Small studies.", "heals") == {"limit"}
        assert modalities("Small studies. It hurts. It heals.", "heals") == set()
        assert modalities("Small studies.\n\nIt heals.", "heals") == set()

    def test_a_direction_holds_for_neighbours_too(self) -> None:
        assert modalities("Take this with salt. It heals.", "heals") == {"warning"}
        assert modalities("It heals. Take this with salt.", "heals") == set()

    def test_the_block(self) -> None:
        assert modalities("Says the maker. One. Two. It heals.", "heals") == {"remark"}
        assert modalities("It heals. One. Two. Says the maker.", "heals") == {"remark"}
        assert modalities("Says the maker.\n\nIt heals.", "heals") == set()

    def test_the_section(self) -> None:
        assert modalities("# A\n\nIt heals.\n\nAn advertisement.", "heals") == {"notice"}
        assert modalities("# A\n\nIt heals.\n\n# B\n\nAn advertisement.", "heals") == set()

    def test_the_document(self) -> None:
        assert modalities("Sponsored.\n\n# A\n\nIt heals.", "heals") == {"banner"}
        assert modalities("# A\n\nIt heals.\n\nSponsored.", "heals") == set()


class TestQuestions:
    @pytest.mark.parametrize("draft", ["Does it heal?", "**Does it heal?**", "“Does it heal?”", "(Does it heal?)"])
    def test_a_sentence_that_asks(self, draft: str) -> None:
        assert "question" in modalities(draft, "heal")

    def test_one_that_the_next_sentence_affirms_does_not(self) -> None:
        assert "question" not in shipped("Can it heal? Absolutely!", "heal")
        assert "question" in shipped("Can it heal? Absolutely not.", "heal")
        assert "question" in shipped("Can it heal? Absolutely nobody has ever asked.", "heal")
        assert "question" in shipped("Can it heal?\n\nYes.", "heal")

    def test_the_next_sentence_does_not(self) -> None:
        assert modalities("Really? It heals.", "heals") == set()


class TestQuotes:
    @pytest.mark.parametrize(
        "draft",
        [
            "He said “it heals”.",
            'He said "it heals".',
            "He said «it heals».",
            "He said ‘it heals all the way’.",
            "It “heals” all.",
            "“One. It heals. Two.”",
        ],
    )
    def test_between_marks(self, draft: str) -> None:
        assert "quoted" in modalities(draft, "heals")

    @pytest.mark.parametrize(
        "draft",
        [
            "“No,” she said. It heals. “Oh.”",
            'A 5" cut heals, and a 7" one.',
            "It’s true that it heals; it’s so.",
            "“It” heals “all”.",
            "An open “mark: it heals.",
        ],
    )
    def test_not_between_marks(self, draft: str) -> None:
        assert "quoted" not in modalities(draft, "heals")

    def test_no_quotation_crosses_a_block(self) -> None:
        assert modalities("- “One\n- it heals\n- two”\n", "heals") == set()


class TestAnswers:
    @pytest.mark.parametrize(
        "draft",
        [
            "Heals: no",
            "Heals: No.",
            "Heals migraine: not yet proven",
            "Heals: unproven",
            "| Claim | So? |\n|---|---|\n| Heals | No |\n",
            "| So? | Claim |\n|---|---|\n| no | Heals |\n",
            "| Claim | Who | So? |\n|---|---|---|\n| Heals | all | unproven |\n",
        ],
    )
    def test_a_short_answer_holds_for_its_label(self, draft: str) -> None:
        assert modalities(draft, "Heals") & {"negation", "limit"}

    @pytest.mark.parametrize(
        "draft",
        [
            "Heals: yes",
            "Heals: no pain is left after a week",
            "Heals: fast, and not by chance",
            "| Claim | So? |\n|---|---|\n| Heals | Yes |\n| Hurts | No |\n",
            "| Claim | Note |\n|---|---|\n| Heals | no food with it for an hour |\n",
            "| Heals | No |\n|---|---|\n| x | y |\n",
            "Heals: ",
        ],
    )
    def test_another_text_does_not(self, draft: str) -> None:
        assert not modalities(draft, "Heals") & {"negation", "limit"}


class TestInherited:
    @pytest.mark.parametrize(
        ("draft", "names"),
        [
            ("It may help with:\n\n- calm\n", {"hedge"}),
            ("It may help with:\n\n- calm\n\n1. other\n", {"hedge"}),
            ("It may help with:\n\n- nerves\n  - calm\n", {"hedge"}),
            ("It helps with:\n\n- calm\n", set()),
            ("It may hurt. It helps with:\n\n- calm\n", set()),
            ("Does it help with?\n\n- calm\n", {"question"}),
            ("## Potential benefits\n\n- calm\n", {"hedge"}),
            ("## Benefits\n\n- calm\n", set()),
            ("## Does it work?\n\n- calm\n", {"question"}),
            ("# It may help\n\n## Benefits\n\n- calm\n", set()),
            ("| Potential benefit | Who |\n|---|---|\n| calm | all |\n", {"hedge"}),
            ("| Benefit | Possibly for |\n|---|---|\n| calm | all |\n", set()),
            ("It may give:\n\n| Benefit | Who |\n|---|---|\n| calm | all |\n", {"hedge"}),
        ],
    )
    def test_what_lead_ins_headings_and_columns_pass_down(self, draft: str, names: set[str]) -> None:
        assert inherited(draft, "calm") & {"hedge", "question"} == names - (set() if "?" in draft else {"question"})


class TestFinishedLeadIns:
    def test_a_finished_sentence_passes_down_no_hedge(self) -> None:
        assert "hedge" in inherited("It can help with:\n\n- pain\n", "pain")
        assert "hedge" not in inherited("There are herbs that can help.\n\n- pain goes\n", "pain")


class TestRegressions:
    def test_a_question_without_words_leads_a_list(self) -> None:
        assert "question" in inherited("It.\n\n?\n\n- !\n", "!")


class TestShippedCues:
    @pytest.mark.parametrize(
        ("draft", "name"),
        [
            ("Magnesium may reduce anxiety.", "hedge"),
            ("Magnesium is thought to reduce anxiety.", "hedge"),
            ("Magnesium might also calm nerves and reduce anxiety.", "hedge"),
            ("Magnesium does not reduce anxiety.", "negation"),
            ("Magnesium didn’t reduce anxiety.", "negation"),
            ("Magnesium fails to reduce anxiety.", "negation"),
            ("That magnesium will reduce anxiety is not supported.", "negation.after"),
            ("Some say it will reduce anxiety in mice.", "hedge.after"),
            ("It will reduce anxiety, but the evidence is weak.", "limit"),
            ("If you want to reduce anxiety, sleep.", "conditional"),
            ("It is designed to reduce anxiety.", "aim"),
            ("It is approved to reduce anxiety.", "regulatory"),
            ("According to fans, it will reduce anxiety.", "attribution"),
            ("One study found that it will reduce anxiety.", "study-report"),
            ("Contrary to ads, it will not reduce anxiety.", "rejection"),
            ("It was once thought to reduce anxiety.", "past-belief"),
            ("Does magnesium reduce anxiety?", "question"),
        ],
    )
    def test_each_kind(self, draft: str, name: str) -> None:
        assert name in shipped(draft, "reduce anxiety") | shipped(draft, "reduce")

    def test_a_hedge_elsewhere_does_not_count(self) -> None:
        assert "hedge" not in shipped("Magnesium will reduce anxiety, but it may upset the gut.", "reduce")


@given(st.text(st.sampled_from('ab .,;:?–—"“”()-\n|'), max_size=60), st.data())
def test_any_place_of_any_draft_has_a_context(draft: str, data: st.DataObject) -> None:
    annotations = annotated(draft)
    if annotations.sentences:
        start = data.draw(st.integers(0, len(annotations.text)))
        annotations.context.modalities(start, data.draw(st.integers(start, len(annotations.text))))
        for index in range(len(annotations.document.blocks)):
            annotations.context.inherited(index)


@pytest.mark.parametrize(
    "draft",
    [
        "“It heals” may, but not " * 4000,
        "| a | may heal | no |\n" * 3000,
        "- may heal\n" * 4000,
        "It may heal. " * 6000,
    ],
    ids=["quotes", "rows", "items", "sentences"],
)
def test_a_long_draft_takes_no_more_than_its_share(draft: str) -> None:
    annotations = annotated("| a | b | c |\n|---|---|---|\n" + draft if draft[0] == "|" else draft)
    start = time.perf_counter()
    for mention in annotations.by_concept.get("benefit", ()):
        annotations.context.modalities(mention.start, mention.end)
        annotations.context.inherited(annotations.sentence_at(mention.start).block)
    assert time.perf_counter() - start < 8
