"""The JSON Schema says what the loader does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.config import read_settings
from linter.config.keys import keys, per_file_keys, schema
from linter.errors import DataFileError
from tests.drafts import ROOT

if TYPE_CHECKING:
    from pathlib import Path

jsonschema: Any = pytest.importorskip("jsonschema")
VALIDATOR = jsonschema.Draft202012Validator(schema())
VALUES = st.one_of(
    st.sampled_from(["", "a", "dose", "auto", "error", "off", "high", "text", True, False, 0, 1, 7, -1, 1.5]),
    st.lists(st.sampled_from(["a", "dose", "docs/", "", 3]), max_size=2),
    st.dictionaries(st.sampled_from(["dose", "a/b"]), st.sampled_from(["error", "off", "x", 1, {"k": 1}]), max_size=2),
)
TABLES = st.lists(st.dictionaries(st.sampled_from([*per_file_keys(), "unknown"]), VALUES, max_size=3), max_size=2)
NAMES = sorted(set(keys()) - {"extends", "rules", "knowledge"})  # the loader also looks whether those files exist


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value)


def test_file_is_the_schema() -> None:
    """``caveat config schema > rules/config.schema.json`` writes it anew."""
    assert json.loads((ROOT / "rules" / "config.schema.json").read_text("utf-8")) == schema()
    VALIDATOR.check_schema(schema())


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.dictionaries(st.sampled_from([*NAMES, "unknown"]), st.one_of(VALUES, TABLES), max_size=3))
def test_loader_and_schema_agree(tmp_path: Path, table: dict[str, Any]) -> None:
    path = tmp_path / "caveat.toml"
    path.write_text("".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in table.items()), "utf-8")
    try:
        read_settings(str(path))
    except DataFileError as error:
        refused = True
        assert all(problem.line and problem.column for problem in error.problems)
    else:
        refused = False
    assert refused == bool(list(VALIDATOR.iter_errors(table)))
