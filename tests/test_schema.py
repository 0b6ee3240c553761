"""The schema that rule files obey: each part of it that our validator reads, against a complete validator."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.engine.load import rule_schema
from linter.schema import validate
from linter.yamlfile import YamlFile
from tests.engine.rulefile import rule_data

UNDERSTOOD = {
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "enum",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "pattern",
}


def messages(data: object, schema: dict[str, Any]) -> list[str]:
    file = YamlFile("f.yaml", yaml.safe_dump(data, allow_unicode=True))
    validate(file, schema)
    return [problem.message for problem in file.problems]


@pytest.mark.parametrize(
    ("schema", "good", "bad", "message"),
    [
        ({"type": "object"}, {}, [], "found []; expected a mapping"),
        ({"type": "array"}, [], {}, "found {}; expected a list"),
        ({"type": "string"}, "a", 5, "found 5; expected text in quotation marks"),
        ({"type": "string"}, "a", None, "found nothing; expected text"),
        ({"type": "string"}, "a", ["a"], "found ['a']; expected text"),
        ({"type": "boolean"}, True, "a", "found 'a'; expected true or false"),
        ({"type": "integer"}, 5, True, "found true; expected a whole number"),
        ({"type": "number"}, 1.5, "a", "found 'a'; expected a number"),
        ({"type": ["string", "array"]}, [], {}, "found {}; expected text or a list"),
        ({"enum": ["one", "two"]}, "one", "tow", "found 'tow'; did you mean 'two'? allowed: one, two"),
        ({"enum": ["one", "two"]}, "one", {}, "found {}; allowed: one, two"),
        ({"type": "string", "pattern": "^a+$"}, "aa", "b", "found 'b'; it must match ^a+$"),
        ({"type": "array", "minItems": 2}, [1, 2], [1], "found 1 entries; at least 2 are needed"),
        ({"type": "array", "items": {"type": "string"}}, ["a"], ["a", 1], "found 1; expected text in quotation marks"),
        ({"type": "object", "properties": {}, "required": ["a"]}, {"a": 1}, {"b": 1}, "the key 'a' is missing"),
        (
            {"type": "object", "properties": {"abc": {}}, "additionalProperties": False},
            {"abc": 1},
            {"acb": 1},
            "unknown key 'acb'; did you mean 'abc'? allowed: abc",
        ),
    ],
)
def test_each_keyword(schema: dict[str, Any], good: object, bad: object, message: str) -> None:
    assert messages(good, schema) == []
    assert messages(bad, schema) == [message]


def test_a_reference_is_followed() -> None:
    schema = {"type": "array", "items": {"$ref": "#/$defs/x"}, "$defs": {"x": {"enum": ["a"]}}}
    assert messages(["a", "b"], schema) == ["found 'b'; allowed: a"]


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    schema = {"type": "object", "properties": {"message": {}}, "required": ["message"], "additionalProperties": False}
    assert messages({"mesage": 1}, schema) == ["unknown key 'mesage'; did you mean 'message'? allowed: message"]


def test_an_unquoted_date_is_shown_as_it_was_written() -> None:
    file = YamlFile("f.yaml", "2026-11-25")
    validate(file, {"type": "string"})
    assert file.problems[0].message == "found 2026-11-25; expected text in quotation marks"


def test_a_long_value_is_cut() -> None:
    assert len(messages("a" * 500, {"type": "array"})[0]) < 100


def test_the_rule_schema_uses_only_what_is_understood() -> None:
    def keywords(schema: Any, inside: str = "") -> set[str]:
        if isinstance(schema, list):
            return set().union(*(keywords(item) for item in schema))
        if not isinstance(schema, dict):
            return set()
        own = set() if inside in ("properties", "$defs") else set(schema)
        return own.union(*(keywords(value, key) for key, value in schema.items() if key not in ("enum", "required")))

    assert keywords(rule_schema()) <= UNDERSTOOD


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(0, 9)
    | st.sampled_from(["", "a/b", "error", "high", "block", "2026-01-01"]),
    lambda inner: (
        st.lists(inner, max_size=7)
        | st.dictionaries(
            st.sampled_from(["title", "url", "checked", "pattern", "context", "flag", "pass", "x"]), inner
        )
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*sorted(rule_schema()["$defs"]["rule"]["properties"]), "x"]), VALUES, max_size=3),
    st.sets(st.sampled_from(rule_schema()["$defs"]["rule"]["required"]), max_size=1),
)
def test_what_it_accepts_a_complete_validator_accepts(changes: dict[str, Any], left_out: set[str]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    data = {"rules": [{key: value for key, value in {**rule_data(), **changes}.items() if key not in left_out}]}
    file = YamlFile("f.yaml", yaml.safe_dump(data))
    validate(file, rule_schema())
    complete = jsonschema.Draft202012Validator(rule_schema())
    assert (not file.problems) is complete.is_valid(file.data)
