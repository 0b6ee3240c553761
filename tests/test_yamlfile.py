"""YAML with places: what is read, and how mistakes are told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from linter.errors import DataFileError, Problem
from linter.yamlfile import DEEPEST, YamlFile, allowed, nearest

if TYPE_CHECKING:
    from pathlib import Path


def read(text: str) -> Any:
    return YamlFile("f.yaml", text).data


def mistake(text: str) -> Problem:
    """The one mistake that a file is refused for, or that is noted."""
    with pytest.raises(DataFileError) as caught:
        YamlFile("f.yaml", text).finish()
    (problem,) = caught.value.problems
    assert problem.path == "f.yaml"
    return problem


class TestData:
    @pytest.mark.parametrize(
        ("text", "data"),
        [
            ("a: 1", {"a": 1}),
            ("- a\n- [b, {c: d}]", ["a", ["b", {"c": "d"}]]),
            ("", None),
            ("# nothing\n", None),
            ("---\na: b\n", {"a": "b"}),
            ("\ufeffa: 1", {"a": 1}),
            ("a: >-\n  one\n  two\n", {"a": "one two"}),
            ("a: “ä” 🙂", {"a": "“ä” 🙂"}),
            ("1: a\nno: b\n~: c", {"1": "a", "no": "b", "~": "c"}),
            ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
            ("a: 2026-11-25", {"a": dt.date(2026, 11, 25)}),
            ("a: 'quoted'\nb: \"1\"", {"a": "quoted", "b": "1"}),
        ],
    )
    def test_is_plain(self, text: str, data: object) -> None:
        assert read(text) == data

    @pytest.mark.parametrize("word", ["no", "No", "NO", "on", "off", "yes", "y", "n", "Off", "ON"])
    def test_words_stay_words(self, word: str) -> None:
        assert read(f"[{word}]") == [word]

    @pytest.mark.parametrize(
        ("word", "value"), [("true", True), ("False", False), ("null", None), ("~", None), ("", None)]
    )
    def test_true_false_and_nothing_do_not(self, word: str, value: object) -> None:
        assert read(f"a: {word}") == {"a": value}

    @pytest.mark.parametrize("number", ["16:8", "12:30:00", "007", "0x1F", "0o7", "1_000", ".5", ".inf", ".nan", "1e3"])
    def test_numbers_that_a_writer_would_not_know_stand_as_written(self, number: str) -> None:
        assert read(f"a: {number}") == {"a": number}

    @pytest.mark.parametrize(("number", "value"), [("0", 0), ("-5", -5), ("120", 120), ("1.5", 1.5), ("+0.25", 0.25)])
    def test_plain_numbers_are_numbers(self, number: str, value: float) -> None:
        assert read(f"a: {number}") == {"a": value}

    def test_tags_make_no_objects(self) -> None:
        assert read("!!python/object/apply:os.getcwd []") == []
        assert read("[!!binary Zm9v, !mine x, !!str 5]") == ["Zm9v", "x", "5"]

    @given(
        st.recursive(
            st.text(max_size=8) | st.integers() | st.booleans() | st.none(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=8,
        )
    )
    def test_is_what_was_written(self, data: object) -> None:
        assert read(yaml.safe_dump(data)) == data


class TestPlaces:
    FILE = YamlFile("f.yaml", "a:\n  b: [x, {c: y}]\n'd': 'z'\n")

    @pytest.mark.parametrize(
        ("path", "key", "place"),
        [
            ((), False, (1, 1)),
            (("a",), True, (1, 1)),
            (("a",), False, (2, 3)),
            (("a", "b"), True, (2, 3)),
            (("a", "b"), False, (2, 6)),
            (("a", "b", 0), False, (2, 7)),
            (("a", "b", 1, "c"), True, (2, 11)),
            (("a", "b", 1, "c"), False, (2, 14)),
            (("d",), False, (3, 6)),
        ],
    )
    def test_of_keys_and_values(self, path: tuple[str | int, ...], key: bool, place: tuple[int, int]) -> None:
        file = YamlFile("f.yaml", "a:\n  b: [x, {c: y}]\n'd': 'z'\n")
        file.report(path, "wrong", key=key)
        assert [(p.line, p.column) for p in file.problems] == [place]

    def test_count_characters(self) -> None:
        file = YamlFile("f.yaml", "{ä🙂: x, b: y}")
        file.report(("b",), "wrong")
        assert file.problems[0].column == 13 - 1

    @pytest.mark.parametrize(
        ("text", "column"),
        [("a: one two", 8), ("a: 'one two'", 9), ('a: "one two"', 9), ('a: "\\x6fne two"', 4), ("a: >-\n  one two", 4)],
    )
    def test_inside_a_text_where_it_stands_as_written(self, text: str, column: int) -> None:
        file = YamlFile("f.yaml", text)
        file.report_inside(("a",), "one two", 4, "wrong")
        assert (file.problems[0].line, file.problems[0].column) == (1, column)

    def test_problems_come_in_the_order_of_the_file(self) -> None:
        file = YamlFile("f.yaml", "a: 1\nb: 2\n")
        file.report(("b",), "second")
        file.report(("a",), "first")
        with pytest.raises(DataFileError, match=r"f.yaml:1:4: first\nf.yaml:2:4: second"):
            file.finish()

    def test_without_a_problem_nothing_is_raised(self) -> None:
        YamlFile("f.yaml", "a: 1").finish()


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "line", "column", "message"),
        [
            ("a: 1\na: 2", 2, 1, "'a' is given twice"),
            ("a:\n  b: 1\n  b: 2", 3, 3, "'b' is given twice"),
            ("a:\n\tb: 1", 2, 1, "cannot start any token"),
            ("a: [1, 2", 2, 1, "not valid YAML"),
            ("a: b: c", 1, 5, "not valid YAML"),
            ('a: "b', 1, 6, "not valid YAML"),
            ("a: *b", 1, 4, "undefined alias"),
            ("a: 1\n---\nb: 2", 2, 1, "another document"),
            ("&a [*a]", 1, 1, "an alias of itself"),
            ("&a {x: *a}", 1, 1, "an alias of itself"),
            ("x: &a {y: [1, {z: *a}]}", 1, 4, "an alias of itself"),
            ("a: 2026-02-30", 1, 4, "'2026-02-30' is no date"),
            ("b: 1\na: [2026-13-01]", 2, 5, "'2026-13-01' is no date"),
            ("a: !!timestamp soon", 1, 4, "'soon' is no date"),
            ("? [a, b]\n: c", 1, 3, "a key must be text"),
            ("a: \0", 1, 4, "the character U+0000"),
            ("a: 1\nb: '\x07'", 2, 5, "the character U+0007"),
            ("a: \ud800", 1, 4, "the character U+D800"),
            ("[" * 5000, 1, 1001, "nesting depth"),
            ("[" * (DEEPEST + 5) + "]" * (DEEPEST + 5), 1, DEEPEST + 2, "nest too deep"),
        ],
    )
    def test_are_told_with_their_place(self, text: str, line: int, column: int, message: str) -> None:
        problem = mistake(text)
        assert message in problem.message
        assert problem.line == line
        if "not valid YAML" not in message and "nesting" not in message:
            assert problem.column == column

    def test_aliases_that_multiply_are_refused(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
        assert "with its aliases" in mistake("\n".join(lines)).message

    @given(st.text(st.sampled_from("ab:-[]{}&*!?|>'\"%#@`,. \n\t~12\0\ud800é"), max_size=30))
    def test_any_text_is_read_or_refused_with_a_place(self, text: str) -> None:
        try:
            YamlFile("f.yaml", text)
        except DataFileError as error:
            assert all(problem.line and problem.column for problem in error.problems)

    @given(st.binary(max_size=30))
    def test_so_are_any_bytes(self, content: bytes) -> None:
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "f.yaml"
            path.write_bytes(content)
            try:
                YamlFile.read(path)
            except DataFileError as error:
                assert all(problem.line for problem in error.problems)


class TestReading:
    def test_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "f.yaml"
        path.write_text("a: ä", "utf-8")
        file = YamlFile.read(path)
        assert (file.path, file.data) == (str(path), {"a": "ä"})

    def test_a_file_that_is_no_utf_8(self, tmp_path: Path) -> None:
        path = tmp_path / "f.yaml"
        path.write_bytes(b"a: 1\nb: \xe4\n")
        with pytest.raises(DataFileError) as caught:
            YamlFile.read(path)
        assert [(p.line, p.column, p.message) for p in caught.value.problems] == [(2, 4, "not UTF-8 text")]

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            YamlFile.read(tmp_path / "f.yaml")


class TestAllowed:
    def test_names_the_nearest_first(self) -> None:
        assert allowed("hegde", ["question", "hedge"]) == "did you mean 'hedge'? allowed: hedge, question"

    def test_names_all_when_none_is_near(self) -> None:
        assert allowed("x", ["b", "a"]) == "allowed: a, b"

    def test_says_when_there_are_none(self) -> None:
        assert allowed("x", []) == "none is allowed here"

    def test_takes_anything(self) -> None:
        assert nearest(None, ["a"]) == nearest(["a"], []) == ""


def test_a_problem_without_a_place_shows_its_path_only() -> None:
    assert str(Problem("f.yaml", 0, 0, "wrong")) == "f.yaml: wrong"
    assert str(Problem("f.yaml", 2, 3, "wrong")) == "f.yaml:2:3: wrong"
