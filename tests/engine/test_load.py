"""Rule files: what loads, and how mistakes are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.engine.load import rule_schema
from linter.errors import DataFileError
from linter.resources import data_directory
from tests.engine.rulefile import dump, load, make_rule, rule_data

if TYPE_CHECKING:
    from linter.errors import Problem


def mistakes(text: str) -> list[Problem]:
    with pytest.raises(DataFileError) as caught:
        load(text)
    return list(caught.value.problems)


def mistake(**changes: Any) -> str:
    (problem,) = mistakes(dump(rule_data(**changes)))
    assert problem.line
    assert problem.column
    return problem.message


class TestARule:
    def test_loads(self) -> None:
        rule = make_rule()
        assert (rule.id, rule.family, rule.severity, rule.once) == ("house/heals", "house", "warning", "sentence")
        assert rule.sources[0].url == "https://example.org/style"
        assert rule.url.endswith("/house/heals/")
        assert (rule.path, rule.line) == ("house.yaml", 2)

    def test_may_say_names_as_text_or_list(self) -> None:
        for names in ("hedge negation", ["hedge", "negation"], ["@hedge", "@negation"]):
            (excuse,) = make_rule(unless=[{"context": names}]).unless
            assert excuse.context == {"hedge", "negation"}

    def test_may_use_parents_of_concepts(self) -> None:
        assert make_rule(find=[{"pattern": "@benefit ..3 @condition"}]).find[0].pattern


class TestFiveMistakes:
    TEXT = """\
rules:
  - id: house/heals
    sumary: Says that it heals
    severity: fatal
    confidence: high
    message: "“{match}” is said to heal"
    advice: Say how sure we are.
    why: Readers act on it.
    sources:
      - {title: House style, url: "https://example.org/style", checked: "2026-11-25"}
    find:
      - pattern: "@drug ..3 @conditoin"
        within: chapter
    unless:
      - context: [hedge, hegde]
    examples:
      flag: [a, b, c, d, e, f]
      pass: [a, b, c, d, e, f]
"""

    def test_are_told_in_one_go_each_with_its_place(self) -> None:
        problems = mistakes(self.TEXT)
        assert [(p.line, p.column) for p in problems] == [(3, 5), (4, 15), (12, 29), (13, 17), (15, 26)]
        assert all(p.path == "house.yaml" for p in problems)

    def test_say_what_was_found_what_is_allowed_and_what_was_meant(self) -> None:
        texts = [str(p) for p in mistakes(self.TEXT)]
        assert texts[0].startswith("house.yaml:3:5: unknown key 'sumary'; did you mean 'summary'? allowed: advice, ")
        assert texts[1] == "house.yaml:4:15: found 'fatal'; allowed: error, info, warning"
        assert "at character 11: unknown concept @conditoin; did you mean 'condition'?" in texts[2]
        assert texts[3] == "house.yaml:13:17: found 'chapter'; allowed: block, clause, sentence"
        assert "unknown name 'hegde'; did you mean 'hedge'? allowed: attribution, banner, " in texts[4]

    def test_stand_one_a_line_in_the_error(self) -> None:
        with pytest.raises(DataFileError) as caught:
            load(self.TEXT)
        assert len(str(caught.value).splitlines()) == 5


class TestMistakes:
    @pytest.mark.parametrize("key", sorted(rule_schema()["$defs"]["rule"]["required"]))
    def test_a_missing_key(self, key: str) -> None:
        assert mistake(**{key: None}) == f"the key {key!r} is missing"

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"severity": "fatal"}, "found 'fatal'; allowed: error, info, warning"),
            ({"severity": ["error"]}, "found ['error']; did you mean 'error'? allowed: error"),
            ({"id": "heals"}, "it must match"),
            ({"id": 5}, "found 5; expected text in quotation marks"),
            ({"message": True}, "found true; expected text in quotation marks"),
            ({"message": []}, "found []; expected text"),
            ({"once": "week"}, "found 'week'; allowed: block, document, match, sentence"),
            ({"yields_to": "a/b"}, "found 'a/b'; expected a list"),
            ({"yields_to": 5}, "found 5; expected a list"),
            ({"find": []}, "found 0 entries; at least 1 are needed"),
            ({"find": "x"}, "found 'x'; expected a list"),
            ({"find": ["x"]}, "found 'x'; expected a mapping"),
            (
                {"sources": [{"title": "A", "url": "ftp://a", "checked": "2026-01-01"}]},
                "found 'ftp://a'; it must match",
            ),
            ({"examples": {"flag": ["a"] * 6}}, "the key 'pass' is missing"),
            ({"examples": {"flag": 5, "pass": ["a"] * 6}}, "found 5; expected a list"),
            ({"examples": {"flag": ["a"] * 5, "pass": ["a"] * 6}}, "found 5 entries; at least 6 are needed"),
            ({"unless": [{"within": "page", "concept": "drug"}]}, "found 'page'; allowed: block, clause, document"),
            ({"unless": [{"context": "hegde"}]}, "unknown name 'hegde'; did you mean 'hedge'?"),
            ({"unless": [{"context": "terminator"}]}, "unknown name 'terminator'"),
            ({"unless": [{"concept": ["drgu"]}]}, "unknown name 'drgu'; did you mean 'drug'?"),
            ({"unless": [{"block": "titel"}]}, "unknown name 'titel'; did you mean 'title'?"),
            ({"unless": [{"cited": "page"}]}, "found 'page'; allowed: block, document, section, sentence"),
            ({"require": [{"concept": "drug"}]}, "the key 'within' is missing"),
            ({"require": [{"concept": "drgu", "within": "block"}]}, "unknown name 'drgu'"),
            ({"find": [{"check": "clam"}]}, "unknown check 'clam'; did you mean 'claim'?"),
            ({"find": [{"check": ""}]}, "unknown check ''"),
            ({"find": [{}]}, "found none; one of pattern, regex, check is needed"),
            ({"find": [{"pattern": "@drug", "regex": "a"}]}, "found pattern, regex; one of pattern, regex, check"),
            ({"find": [{"patern": "@drug"}]}, "unknown key 'patern'; did you mean 'pattern'?"),
            ({"find": [{"pattern": "heals"}]}, "at character 1: a pattern needs at least one @concept"),
            ({"find": [{"regex": "a(b"}]}, "not a regular expression: missing )"),
            ({"find": [{"regex": "[[a]"}]}, "not a regular expression"),
            ({"find": [{"regex": "a*"}]}, "matches the empty text"),
            ({"find": [{"regex": ""}]}, "matches the empty text"),
            ({"find": [{"regex": "a", "within": "block"}]}, "'within' says nothing here: it goes with a pattern"),
            ({"find": [{"check": "hype", "within": "block"}]}, "'within' says nothing here: it goes with a pattern"),
            ({"find": [{"pattern": "@drug", "options": {}}]}, "'options' says nothing here: it goes with a check"),
            ({"unless": [{}]}, "an excuse needs a condition"),
            ({"unless": [{"report": "info"}]}, "an excuse needs a condition"),
            (
                {"unless": [{"context": "hedge", "within": "block"}]},
                "'within' says nothing here: it goes with a concept",
            ),
            ({"unless": [{"cited": "block", "direction": "after"}]}, "'direction' says nothing here"),
            ({"unless": [{"pattern": "@drug ..x a"}]}, "at character 7: cannot read '..x'"),
            ({"unless": [{"regex": "("}]}, "not a regular expression"),
        ],
    )
    def test_one(self, changes: dict[str, Any], message: str) -> None:
        assert message in mistake(**changes)

    def test_an_id_given_twice(self) -> None:
        (problem,) = mistakes(dump(rule_data(), rule_data()))
        assert problem.message == "the id 'house/heals' is given twice"
        assert problem.line > 20

    def test_an_entry_that_is_no_rule_moves_no_place(self) -> None:
        text = "rules:\n- 5\n" + dump(rule_data(severity="fatal")).partition("\n")[2]
        assert [(p.line, p.message[:11]) for p in mistakes(text)] == [(2, "found 5; ex"), (5, "found 'fata")]

    @pytest.mark.parametrize("text", ["", "- 1\n", "5", "rules:\n", "rules: {}\n", "rules: []\n", "rule: []\n"])
    def test_a_file_without_rules(self, text: str) -> None:
        assert all(p.line for p in mistakes(text))


class TestTemplates:
    @pytest.mark.parametrize("key", ["message", "advice", "suggestion"])
    @pytest.mark.parametrize("text", ["{", "}", "a {b", "{}", "{0}", "{a b}", "{match!r}", "{match.x}", "{match[0]}"])
    def test_braces_that_hold_no_name(self, key: str, text: str) -> None:
        assert "braces stand around the name of a capture" in mistake(**{key: text})

    def test_a_capture_that_nothing_makes(self) -> None:
        assert "no capture is called 'durg'; did you mean 'drug'?" in mistake(
            message="{durg}", find=[{"pattern": "drug=@drug"}]
        )

    @pytest.mark.parametrize("text", ["{match}", "{drug}", "{what}", "{{drug}}", "{{{drug}}}", "{{}}"])
    def test_what_is_right(self, text: str) -> None:
        assert make_rule(message=text, find=[{"pattern": "drug=@drug"}, {"regex": "(?<what>a)"}]).message == text

    def test_a_check_has_captures_of_its_own(self) -> None:
        assert make_rule(message="{anything}", find=[{"check": "hype"}])


class TestOptions:
    def test_patterns_are_read_at_load(self) -> None:
        patterns = ["@drug ..3 heals", "@drgu ..3 heals", "heals"]
        problems = mistakes(dump(rule_data(find=[{"check": "vague-attribution", "options": {"patterns": patterns}}])))
        assert ["unknown concept @drgu" in problems[0].message, "at least one @concept" in problems[1].message] == [
            True,
            True,
        ]
        assert problems[1].line == problems[0].line + 1

    def test_right_ones_reach_the_check(self) -> None:
        options = {"patterns": ["@drug ..3 heals"]}
        assert make_rule(find=[{"check": "vague-attribution", "options": options}]).find[0].options == options

    @pytest.mark.parametrize(
        ("check", "options", "message"),
        [
            ("vague-attribution", {"pattens": ["@drug"]}, "unknown key 'pattens'; did you mean 'patterns'?"),
            ("vague-attribution", {"patterns": "@drug"}, "found '@drug'; expected a list"),
            ("vague-attribution", {"patterns": [5]}, "found 5; expected text"),
            ("hype", {"level": 5}, "unknown key 'level'; none is allowed here"),
            ("dose", {"document-caveat": 5}, "found 5; expected text"),
        ],
    )
    def test_wrong_ones(self, check: str, options: dict[str, Any], message: str) -> None:
        assert message in mistake(find=[{"check": check, "options": options}])


@pytest.mark.parametrize("path", sorted(data_directory().glob("*.yaml")), ids=lambda path: path.name)
def test_the_shipped_files_obey_the_json_schema_by_another_validator(path: Any) -> None:
    import yaml

    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(yaml.safe_load(path.read_text("utf-8")), rule_schema())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "drug", "@drug", "a", "info", "{"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["pattern", "regex", "check", "options", "context", "flag", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(sorted(rule_schema()["$defs"]["rule"]["properties"])), JSON, min_size=1))
def test_whatever_stands_in_a_rule_it_loads_or_is_told(changes: dict[str, Any]) -> None:
    try:
        load(dump({**rule_data(), **changes}))
    except DataFileError as error:
        assert all(problem.line for problem in error.problems)
