"""Checks YAML data against a JSON Schema and tells every mistake with its place.

The schema that an editor uses for completion is the one that the loader obeys; this module interprets the part of JSON
Schema that our schemas use, so that reading a rule file needs no validator package at run time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from linter.yamlfile import allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from linter.yamlfile import Path, YamlFile

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
_A = {"object": "a mapping", "array": "a list", "string": "text", "boolean": "true or false", "integer": "a whole number",
      "number": "a number"}  # fmt: skip


def validate(file: YamlFile, schema: Mapping[str, Any]) -> None:
    """Report every place of the file's data that breaks the schema, on ``file``."""
    _Validator(file, schema).check(file.data, schema, ())


class _Validator:
    def __init__(self, file: YamlFile, root: Mapping[str, Any]) -> None:
        self.file = file
        self.root = root

    def check(self, data: Any, schema: Mapping[str, Any], path: Path) -> None:  # noqa: ANN401 - YAML data is anything
        if "$ref" in schema:
            self.check(data, self.root["$defs"][schema["$ref"].rpartition("/")[2]], path)
            return
        if "enum" in schema:
            if data not in schema["enum"]:
                self.file.report(path, f"found {_shown(data)}; {allowed(data, map(str, schema['enum']))}")
            return
        kinds = schema.get("type", ())
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if kinds and not any(_is(data, kind) for kind in kinds):
            self.file.report(path, f"found {_shown(data)}; expected {' or '.join(_A[kind] for kind in kinds)}")
            return
        if isinstance(data, dict) and "properties" in schema:
            self._check_mapping(data, schema, path)
        elif isinstance(data, list):
            if len(data) < schema.get("minItems", 0):
                self.file.report(path, f"found {len(data)} entries; at least {schema['minItems']} are needed")
            for i, item in enumerate(data):
                self.check(item, schema.get("items", {}), (*path, i))
        elif isinstance(data, str) and "pattern" in schema and not re.search(schema["pattern"], data):
            self.file.report(path, f"found {_shown(data)}; it must match {schema['pattern']}")

    def _check_mapping(self, data: Mapping[str, Any], schema: Mapping[str, Any], path: Path) -> None:
        properties = schema["properties"]
        for key, value in data.items():
            if key in properties:
                self.check(value, properties[key], (*path, key))
            elif not schema.get("additionalProperties", True):
                self.file.report((*path, key), f"unknown key {key!r}; {allowed(key, properties)}", key=True)
        for key in schema.get("required", ()):
            if key not in data:
                self.file.report(path, f"the key {key!r} is missing")


def _is(data: Any, kind: str) -> bool:  # noqa: ANN401
    return isinstance(data, _TYPES[kind]) and not (isinstance(data, bool) and kind in ("integer", "number"))


def _shown(data: Any) -> str:  # noqa: ANN401
    text = repr(data)
    return text if len(text) <= 60 else text[:57] + "..."
