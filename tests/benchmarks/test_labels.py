"""The scorer agrees with cases that were judged by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.challenge import Item, items
from benchmarks.challenge import judge as judge_item
from benchmarks.labels import Label, halves_by_site, judge, judge_folder, odd_and_even, place, sources
from benchmarks.scores import Bench, Score, context
from linter.findings import Finding
from linter.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.scores import Judged

TEXT = """# Rest

Valerian cures insomnia. Studies show that it works, and it calms nerves.

Take 300 mg at night.
Some take 600 mg.

Prazosin is for nightmares.
"""
CLAIM = Label("efficacy", 3, "Valerian cures")
VAGUE = Label("vague", 3, "Studies show")
DOSE = Label("dose", 5, "300 mg")
DRUG = Label("off-label", 8, "Prazosin", key="Prazosin")


def at(words: str, rule: str, confidence: str = "high", text: str = TEXT, **captures: str) -> Finding:
    source = Source.from_text(text)
    start = text.index(words)
    place = (*source.position(start), *source.position(start + len(words)))
    return Finding("d.md", *place, rule, "warning", "", "", words, confidence, captures)


def judged(labels: list[Label], *findings: Finding) -> Judged:
    return judge(Source.from_text(TEXT, "d.md"), labels, findings, "tuning")


def outcomes(result: Judged) -> list[str]:
    return [verdict.outcome for verdict in result.verdicts]


def test_hit_in_the_sentence_of_the_quote() -> None:
    result = judged([CLAIM], at("insomnia", "efficacy/absolute-claim"))
    assert result.scores == {"efficacy": Score(hit=1)}
    assert outcomes(result) == ["hit"]
    assert not result.cases


def test_miss() -> None:
    result = judged([CLAIM])
    assert result.scores == {"efficacy": Score(miss=1)}
    (case,) = result.cases
    assert str(case).startswith("FN efficacy d.md:3 [tuning] # Rest «Valerian cures» insomnia.")


def test_false_outside_of_the_sentence() -> None:
    result = judged([CLAIM], at("calms nerves", "efficacy/unqualified-claim"))
    assert result.scores == {"efficacy": Score(miss=1, false=1)}
    assert {case.kind for case in result.cases} == {"fp", "fn"}


def test_neutral_on_a_borderline_label() -> None:
    result = judged([Label("efficacy", 3, "it calms nerves", must=False)], at("calms", "efficacy/unqualified-claim"))
    assert result.scores == {"efficacy": Score(neutral=1)}
    assert not judged([Label("efficacy", 3, "it calms nerves", must=False)]).scores


def test_a_borderline_and_a_certain_label_in_one_sentence() -> None:
    labels = [Label("efficacy", 3, "it works", must=False), Label("efficacy", 3, "it calms nerves")]
    result = judged(labels, at("works", "efficacy/unqualified-claim"))
    assert result.scores == {"efficacy": Score(hit=1)}


def test_two_labels_and_two_findings_in_one_sentence_are_one_unit() -> None:
    labels = [Label("efficacy", 3, "it works"), Label("efficacy", 3, "it calms nerves")]
    findings = [at("works", "efficacy/unqualified-claim"), at("calms", "efficacy/unqualified-claim")]
    result = judged(labels, *findings)
    assert result.scores == {"efficacy": Score(hit=1)}
    assert outcomes(result) == ["hit", "hit"]


def test_one_of_efficacy_and_vague_on_the_other_is_neutral_and_finds_nothing() -> None:
    result = judged([VAGUE], at("calms nerves", "efficacy/unqualified-claim"))
    assert result.scores == {"vague": Score(miss=1), "efficacy": Score(neutral=1)}
    result = judged([CLAIM], at("insomnia", "citation/vague-attribution"))
    assert result.scores == {"efficacy": Score(miss=1), "vague": Score(neutral=1)}
    result = judged([CLAIM], at("insomnia", "citation/uncited-number"))
    assert result.scores == {"efficacy": Score(miss=1), "trial-number": Score(false=1)}


def test_a_dose_stands_for_its_block() -> None:
    assert judged([DOSE], at("600 mg", "dose/missing-prescriber-caveat")).scores == {"dose": Score(hit=1)}
    result = judged([DOSE], at("Prazosin", "dose/missing-prescriber-caveat"))
    assert result.scores == {"dose": Score(miss=1, false=1)}


def test_off_label_by_the_drug_wherever_it_stands() -> None:
    result = judged([DRUG], at("Rest", "off-label/missing-note", drug="prazosin"))
    assert result.scores == {"off-label": Score(hit=1)}
    result = judged([DRUG], at("nightmares", "off-label/missing-note", drug="doxazosin"))
    assert result.scores == {"off-label": Score(hit=1)}
    result = judged([DRUG], at("Rest", "off-label/missing-note", drug="doxazosin"))
    assert result.scores == {"off-label": Score(miss=1, false=1)}


def test_labels_of_one_drug_are_one_unit() -> None:
    labels = [DRUG, Label("off-label", 5, "300 mg", key="prazosin")]
    assert judged(labels).scores == {"off-label": Score(miss=1)}


def test_rules_of_no_family_and_low_confidence_do_not_count() -> None:
    findings = [at("insomnia", "efficacy/hype", "low"), at("Rest", "encoding/not-utf-8")]
    result = judged([CLAIM], *findings)
    assert result.scores == {"efficacy": Score(miss=1)}
    assert not result.verdicts


@pytest.mark.parametrize(
    ("text", "quote", "unit"),
    [
        ("One. Two cures all. Three.", "cures", " Two cures all."),
        ("One.\n\nTwo cures all\n\nThree.", "cures", "Two cures all\n\n"),
        ("<li>One</li><li>Two cures all</li>", "cures", ">Two cures all</li"),
        ("Two (really!) cures 1.5 ills", "cures", " cures 1.5 ills"),
        ("It cures “all.” Three.", "cures", "It cures “all.”"),
    ],
)
def test_sentences(text: str, quote: str, unit: str) -> None:
    start, end = place(Source.from_text(text), Label("efficacy", text[: text.index(quote)].count("\n") + 1, quote)).unit
    assert text[start:end] == unit


def test_rates() -> None:
    score = Score(hit=6, miss=2, false=2, neutral=9)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.75, 0.75)
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)
    assert (Score(miss=1).precision, Score(miss=1).recall, Score(miss=1).f1) == (None, 0, 0)


def test_bench_adds_up_by_half_rule_and_confidence() -> None:
    first = judged([CLAIM, DOSE], at("insomnia", "efficacy/hype"), at("calms", "efficacy/hype", "medium"))
    second = judge(Source.from_text(TEXT), [CLAIM], [], "check")
    bench = Bench("x", "x", (), [first, second])
    assert bench.scores()["efficacy"] == Score(hit=1, miss=1, false=1)
    assert bench.scores()["all"] == Score(hit=1, miss=2, false=1)
    assert bench.scores("check")["all"] == Score(miss=1)
    assert list(bench.scores(family="dose")) == ["dose"]
    assert bench.findings("rule") == {"efficacy/hype": {"hit": 1, "false": 1}}
    assert bench.findings("confidence") == {"high": {"hit": 1}, "medium": {"false": 1}}
    assert [case.half for case in bench.cases("fn", family="efficacy")] == ["check"]


def test_folders(tmp_path: Path) -> None:
    labels = tmp_path / "labels"
    labels.mkdir()
    for name in ("a01", "a02", "a03"):
        (tmp_path / f"{name}.md").write_text(TEXT, "utf-8")
    for name in ("a01", "a02"):
        (labels / f"{name}.jsonl").write_text(json.dumps(vars(CLAIM)) + "\n", "utf-8")
    findings = {"a02.md": [at("insomnia", "efficacy/hype")]}
    first, second = judge_folder(sources(tmp_path), labels, findings, odd_and_even)
    assert (first.half, first.scores["efficacy"]) == ("tuning", Score(miss=1))
    assert (second.half, second.scores["efficacy"]) == ("check", Score(hit=1))


def test_no_site_is_in_both_halves(tmp_path: Path) -> None:
    weights = {"d1": ("o/big", 5), "d2": ("o/mid", 3), "d3": ("o/big", 1), "d4": ("o/low", 2), "d5": ("o/none", 0)}
    rows = ["id\trepository"]
    for name, (site, count) in weights.items():
        rows.append(f"{name}\t{site}")
        (tmp_path / f"{name}.jsonl").write_text((json.dumps(vars(CLAIM)) + "\n") * count, "utf-8")
    table = tmp_path / "SOURCES.tsv"
    table.write_text("\n".join(rows) + "\n", "utf-8")
    half_of, sites = halves_by_site(table, tmp_path)
    assert sites == {"tuning": ["o/big"], "check": ["o/low", "o/mid", "o/none"]}
    assert half_of == {"d1": "tuning", "d2": "check", "d3": "tuning", "d4": "check", "d5": "check"}


def item(kind: str, **more: str) -> Item:
    return Item("i", more.pop("family", "efficacy"), kind, TEXT, **more)


@pytest.mark.parametrize(
    ("mini", "finding", "score"),
    [
        (item("flag", target="cures insomnia"), at("insomnia", "efficacy/hype"), Score(hit=1)),
        (item("flag", target="cures insomnia"), at("calms", "efficacy/hype"), Score(miss=1, neutral=1)),
        (item("flag", target="cures insomnia"), at("insomnia", "dose/missing-prescriber-caveat"), Score(miss=1)),
        (item("pass"), at("calms", "efficacy/hype"), Score(false=1)),
        (item("pass"), at("calms", "citation/vague-attribution"), Score()),
        (
            item("flag", family="off-label", target="nightmares", key="prazosin"),
            at("Rest", "off-label/missing-note", drug="Prazosin"),
            Score(hit=1),
        ),
    ],
)
def test_challenge_items(mini: Item, finding: Finding, score: Score) -> None:
    assert judge_item(mini, mini.source, [finding]).scores[mini.family] == score


def test_an_item_to_pass_is_one_false_alarm_whatever_is_found() -> None:
    mini = item("pass")
    result = judge_item(mini, mini.source, [at("cures", "efficacy/hype"), at("calms", "efficacy/hype")])
    assert result.scores["efficacy"] == Score(false=1)
    assert outcomes(result) == ["false", "false"]
    assert len(result.cases) == 1


def test_no_pair_of_the_challenge_set_is_torn(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps({"id": str(i), "family": "dose", "kind": "pass", "text": ""}) + "\n"
                            for i in range(6)), "utf-8")  # fmt: skip
    assert [one.half for one in items([path])] == ["tuning", "tuning", "check", "check", "tuning", "tuning"]


def test_context_is_one_line() -> None:
    assert context("a\nb c d\n\ne", 4, 5, 2) == "…b «c» d…"
