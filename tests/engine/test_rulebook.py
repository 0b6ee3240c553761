"""The rule book: compiled, cached and read back, it says the same."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from linter.engine import bookcache, rulebook
from linter.engine.rulebook import book_from_data, compile_book, load_book
from linter.engine.rules import rule_from_data, rule_to_data
from linter.engine.run import run_rules
from linter.errors import DataFileError
from linter.lexicon.model import Lexicon
from linter.resources import data_directory
from tests.annotate.toy import annotated, book, toy_lexicon
from tests.engine.rulefile import dump, make_rule, rule_data, toy_book

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = """\
# Magnesium

Magnesium relieves migraine and cures insomnia. It may help with sleep, studies show.

- Take 400 mg a day
- 40% of patients improved
"""


class TestRoundTrip:
    def test_of_a_rule(self) -> None:
        rule = make_rule(
            find=[{"pattern": "a=@drug ..2 \"one two|three\"? b=@condition", "within": "block"}, {"regex": "(?<x>y)"}],
            require=[{"concept": ["drug", "brand"], "within": "section"}],
            unless=[
                {"context": "hedge", "report": "info"},
                {"pattern": "@drug", "within": "neighbours", "direction": "before"},
                {"block": ["item", "heading"]},
            ],
            yields_to=["a/b"],
            suggestion="May help.",
        )  # fmt: skip
        assert rule_from_data(json.loads(json.dumps(rule_to_data(rule)))) == rule

    @pytest.mark.parametrize("number", range(len(book().rules)), ids=[rule.id for rule in book().rules])
    def test_of_each_shipped_rule(self, number: int) -> None:
        rule = book().rules[number]
        assert rule_from_data(json.loads(json.dumps(rule_to_data(rule)))) == rule

    def test_of_a_lexicon(self) -> None:
        data = json.loads(json.dumps(toy_lexicon().to_data()))
        again = Lexicon.from_data(data)
        assert again.cues == toy_lexicon().cues
        assert again.known == toy_lexicon().known
        draft = "Aspirin may cure migraines, MS and tumours; it took the edge off."
        for concept in sorted(again.known):
            assert annotated(draft, again).within(0, 99, concept) == annotated(draft).within(0, 99, concept)
        assert again.to_data() == data


class TestLoading:
    def test_from_the_cache_gives_the_same_findings(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAVEAT_CACHE_DIR", str(tmp_path))
        compiled = load_book()
        cached = load_book()
        assert cached.rules == compiled.rules
        first = run_rules(annotated(DRAFT, compiled.lexicon), compiled)
        assert first
        assert run_rules(annotated(DRAFT, cached.lexicon), cached) == first

    def test_compiles_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAVEAT_CACHE_DIR", str(tmp_path))
        load_book()
        monkeypatch.setattr(rulebook, "compile_book", None)
        assert load_book().rules

    def test_compiles_again_when_an_entry_is_damaged(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAVEAT_CACHE_DIR", str(tmp_path))
        load_book()
        for path in tmp_path.iterdir():
            path.write_bytes(path.read_bytes()[:-9])
        assert load_book().rules
        assert bookcache.load(bookcache.key([]), "book") is None

    def test_compiles_again_when_a_data_file_changes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAVEAT_CACHE_DIR", str(tmp_path / "cache"))
        rules = tmp_path / "rules"
        shutil.copytree(data_directory(), rules)
        monkeypatch.setattr(rulebook, "data_directory", lambda: rules)
        before = load_book()
        file = rules / "efficacy.yaml"
        file.write_text(file.read_text("utf-8").replace("severity: warning", "severity: info"), "utf-8")
        changed = load_book().rule("efficacy/hype")
        assert changed != before.rule("efficacy/hype")
        assert changed is not None
        assert changed.severity == "info"


class TestExtraRules:
    def house(self, folder: Path, text: str) -> Path:
        path = folder / "house.yaml"
        path.write_text(text, "utf-8")
        return path

    def test_stand_behind_the_shipped_ones(self, tmp_path: Path) -> None:
        loaded = load_book([self.house(tmp_path, dump(rule_data(find=[{"pattern": "@drug heals"}])))])
        assert [rule.id for rule in loaded.rules] == [*(rule.id for rule in book().rules), "house/heals"]
        assert "house/heals" in {f.rule for f in run_rules(annotated("Sertraline heals.", loaded.lexicon), loaded)}

    def test_tell_their_mistakes_with_their_own_path(self, tmp_path: Path) -> None:
        path = self.house(tmp_path, dump(rule_data(severity="fatal")))
        with pytest.raises(DataFileError) as caught:
            load_book([path])
        assert [(p.path, p.line) for p in caught.value.problems] == [(str(path), 4)]

    def test_tell_the_mistakes_of_all_files(self, tmp_path: Path) -> None:
        first = self.house(tmp_path, dump(rule_data(severity="fatal")))
        (tmp_path / "b").mkdir()
        second = self.house(tmp_path / "b", dump(rule_data(once="week")))
        with pytest.raises(DataFileError) as caught:
            load_book([first, second])
        assert [p.path for p in caught.value.problems] == [str(first), str(second)]


def test_a_rule_is_found_by_its_id() -> None:
    rule = make_rule()
    assert toy_book(rule).rule("house/heals") is rule
    assert toy_book(rule).rule("house/hurts") is None


def test_compiling_again_gives_the_same() -> None:
    root = data_directory()
    data = compile_book(sorted(root.glob("*.yaml")), sorted((root / "lexicons").glob("*.yaml")), [root / "knowledge"])
    assert book_from_data(data).rules == book().rules
    assert data["lexicon"] == book().lexicon.to_data()
