"""``make quality``: tables, cases and JSON, on small sets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks import quality

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = "# Rest\n\nTurmeric cures arthritis.\n\nValerian ends insomnia for good.\n"
LABELS = [{"family": "efficacy", "line": 3, "quote": "cures", "must": True, "key": "", "why": "a cure"}]


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's sets, and where shared drafts would be."""
    labels = tmp_path / "articles" / "labels"
    labels.mkdir(parents=True)
    for name in ("a1", "a2"):
        (tmp_path / "articles" / f"{name}.md").write_text(DRAFT, "utf-8")
        (labels / f"{name}.jsonl").write_text("".join(json.dumps(label) + "\n" for label in LABELS), "utf-8")
    (tmp_path / "challenge").mkdir()
    mini = {"id": "e1", "family": "efficacy", "kind": "flag", "text": "It rained.", "target": "rained", "note": "no"}
    (tmp_path / "challenge" / "efficacy.jsonl").write_text(json.dumps(mini) + "\n", "utf-8")
    monkeypatch.setattr(quality, "TESTS", tmp_path)
    return tmp_path / "shared"


def test_tables_without_shared_drafts(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main([str(sets)]) == 0
    out, err = capsys.readouterr()
    assert err == f"no shared drafts in {sets}: left out\n"
    assert out.startswith("articles written for this project (2)\n")
    assert "challenge set (1)\n" in out
    assert "\nefficacy/absolute-claim" in out
    assert "\nhigh" in out
    assert max(map(len, out.splitlines())) <= 120


def test_shared_drafts(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sets / "drafts").mkdir(parents=True)
    (sets / "labels" / "drafts").mkdir(parents=True)
    (sets / "SOURCES.tsv").write_text("id\trepository\nd1\tone/site\n", "utf-8")
    (sets / "drafts" / "d1.md").write_text(DRAFT, "utf-8")
    (sets / "labels" / "drafts" / "d1.jsonl").write_text(json.dumps(LABELS[0]) + "\n", "utf-8")
    assert quality.main([str(sets), "--only", "labelled"]) == 0
    out, err = capsys.readouterr()
    assert not err
    assert out.startswith("shared drafts, in halves by site (1)\ntuning: one\ncheck: \n")


def test_show_and_json(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main([str(sets), "--only", "challenge", "--show", "fn"]) == 0
    assert capsys.readouterr().out.startswith("FN efficacy e1 [tuning] It «rained». (no)\n\nchallenge set (1)\n")
    assert quality.main([str(sets), "--only", "challenge", "--show", "fn", "--half", "check", "--json"]) == 0
    assert not json.loads(capsys.readouterr().out)["cases"]
    assert quality.main([str(sets), "--only", "articles", "--family", "efficacy", "--json"]) == 0
    (articles,) = json.loads(capsys.readouterr().out)["sets"]
    assert list(articles["all"]["families"]) == ["efficacy"]
    assert articles["all"]["families"]["efficacy"]["hit"] == 2
    assert articles["tuning"]["drafts"] == articles["check"]["drafts"] == 1


def test_what_cannot_run(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sets.parent / "articles" / "labels" / "a1.jsonl").write_text("{", "utf-8")
    assert quality.main([str(sets), "--only", "articles"]) == 2
    assert capsys.readouterr().err.startswith("quality: cannot run: ")
